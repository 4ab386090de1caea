"""Bounds travel through arithmetic: a result never claims more than its figures do."""

from decimal import Decimal
from fractions import Fraction

import pytest

from transfer_cli.errors import RefusedError
from transfer_cli.model.intervals import exact, reported, root

A_FEW = [
    ("exact", "+", "exact", "exact"),
    ("over", "+", "exact", "over"),
    ("exact", "+", "over", "over"),
    ("at_least", "+", "exact", "at_least"),
    ("over", "+", "at_least", "over"),
    ("under", "+", "under", "under"),
    ("nearly", "+", "exact", "nearly"),
    ("under", "+", "at_most", "under"),
    ("over", "+", "under", "unknown"),
    ("about", "+", "exact", "about"),
    ("about", "+", "over", "unknown"),
    ("exact", "-", "over", "under"),
    ("exact", "-", "under", "over"),
    ("over", "-", "over", "unknown"),
    ("over", "-", "exact", "over"),
    ("over", "*", "exact", "over"),
    ("over", "*", "over", "over"),
    ("over", "*", "under", "unknown"),
    ("about", "*", "exact", "about"),
    ("exact", "/", "exact", "exact"),
    ("exact", "/", "under", "over"),
    ("exact", "/", "over", "under"),
    ("over", "/", "exact", "over"),
    ("over", "/", "over", "unknown"),
    ("under", "/", "over", "under"),
    ("over", "/", "under", "over"),
    ("about", "/", "exact", "about"),
    ("exact", "/", "about", "about"),
]


def result(left, sign, right):
    return {
        "+": lambda: left + right,
        "-": lambda: left - right,
        "*": lambda: left * right,
        "/": lambda: left / right,
    }[sign]()


@pytest.mark.parametrize(("left", "sign", "right", "word"), A_FEW)
def test_the_word_of_a_result(left, sign, right, word):
    assert result(reported(1000, left), sign, reported(20, right)).bound == word


@pytest.mark.parametrize(
    "word", ["exact", "over", "at_least", "under", "at_most", "about", "nearly"]
)
def test_a_figure_keeps_its_own_word(word):
    assert reported("14.37", word).bound == word


def test_an_unknown_word_is_refused():
    with pytest.raises(ValueError, match="some"):
        reported(1, "some")


def test_the_ends_for_machines():
    assert reported(1300, "over").ends == (1300, None)
    assert reported(2000, "nearly").ends == (0, 2000)
    assert reported(630, "about").ends == (None, None)
    assert reported(5, "under", signed=True).ends == (None, 5)
    assert (reported(1000, "over") / reported(20, "over")).ends == (0, None)


def test_over_is_open_and_at_least_is_closed():
    assert not reported(5, "over").contains(5)
    assert reported(5, "at_least").contains(5)
    assert not reported(5, "under").contains(5)
    assert reported(5, "at_most").contains(5)
    assert not reported(5, "under").contains(-1)


def test_a_divisor_that_may_be_zero():
    with pytest.raises(RefusedError):
        exact(1) / exact(0)
    with pytest.raises(RefusedError):
        exact(1) / reported(3, "under", signed=True)


def test_arithmetic_is_exact_in_decimals():
    assert (exact("3494.9") + exact("373.6")).value == Fraction("3868.5")
    assert (exact("0.1") + exact("0.2")).value == Fraction("0.3")


def test_powers():
    assert (reported(3, "over") ** 2).bound == "over"
    assert (reported(3, "over") ** -1).bound == "under"
    assert (reported(3, "exact") ** 0).value == 1
    signed = reported(3, "under", signed=True) ** 2
    assert signed.contains(Fraction(100)) and not signed.contains(Fraction(-1))


def test_roots():
    assert float(root(exact(27), Fraction(3)).value) == pytest.approx(3)
    assert root(reported(27, "over"), Fraction(3)).bound == "over"
    assert root(reported(27, "about"), Fraction(3)).bound == "about"
    with pytest.raises(RefusedError):
        root(exact(-1), Fraction(2))


@pytest.mark.parametrize(
    ("one", "other", "bound"),
    [(("0", "over"), ("2", ""), "over"), (("0", "at_least"), ("2", ""), "at_least"),
     (("0", "over"), ("2", "over"), "over"), (("0", "at_least"), ("2", "over"), "at_least"),
     (("0", "over"), ("2", "at_least"), "over"), (("0", ""), ("2", "over"), "exact")],
)  # fmt: skip
def test_a_product_is_zero_only_if_a_factor_can_be(one, other, bound):
    a, b = (reported(Decimal(value), word) for value, word in (one, other))
    assert (a * b).bound == (b * a).bound == bound


@pytest.mark.parametrize(
    ("one", "other", "above"),
    [
        (exact(2), exact(1), True),
        (exact(1), exact(1), False),
        (reported(1, "over"), exact(1), True),
        (reported(1, "at_least"), exact(1), False),
        (exact(1), reported(1, "under"), True),
        (exact(1), reported(1, "at_most"), False),
        (reported(2, "over"), reported(1, "over"), False),
        (exact(1), exact(2), False),
    ],
)
def test_an_interval_is_above_another_if_every_value_is_larger(one, other, above):
    assert one.is_above(other) is above
