"""Bounds travel through arithmetic: a result never claims more than its figures do."""

from decimal import Decimal
from fractions import Fraction

import pytest

from transfer_cli.errors import RefusedError
from transfer_cli.model.intervals import Interval, exact, reported, root

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


@pytest.mark.parametrize("word", ["under", "nearly", "at_most", "unknown"])
def test_what_is_under_zero_is_negative(word):
    assert reported(0, word).bound == word
    assert reported(0, word).contains(-1)
    assert not reported(1, word).contains(-1)
    assert reported(1, word, signed=True).contains(-1)
    assert reported(1, word).contains(Fraction(1, 2))


@pytest.mark.parametrize(
    ("word", "ends"),
    [
        ("about", (None, None)),
        ("over", (-5, None)),
        ("under", (None, -5)),
        ("unknown", (None, None)),
    ],
)
def test_a_negative_figure_is_not_unsigned(word, ends):
    assert reported(-5, word).bound == word
    assert reported("-5", word).ends == ends


def test_the_bound_of_nothing_printed_is_exact():
    assert reported("1,000", "") == exact(1000)
    assert reported(5, "unknown").ends == (0, None)


@pytest.mark.parametrize(
    ("divisor", "value", "ends", "outside"),
    [
        (exact(2), "0.5", ("0.5", "0.5"), []),
        (reported("0.5", "over"), "2", ("0", "2"), ["2", "0"]),
        (reported(2, "under"), "0.5", ("0.5", None), ["0.5"]),
        (reported(2, "at_most"), "0.5", ("0.5", None), []),
        (-reported(2, "under"), "-0.5", (None, "-0.5"), ["-0.5"]),
        (-reported(2, "over"), "-0.5", ("-0.5", "0"), ["-0.5", "0"]),
        (-reported(2, "at_least"), "-0.5", ("-0.5", "0"), ["0"]),
        (reported(-2, "under"), "-0.5", ("-0.5", "0"), ["-0.5", "0"]),
    ],
)
def test_one_divided_by_a_figure(divisor, value, ends, outside):
    result = exact(1) / divisor
    assert result.value == Fraction(value)
    assert result.ends == tuple(None if end is None else Fraction(end) for end in ends)
    for end in filter(None, ends):
        assert result.contains(Fraction(end)) == (end not in outside)


@pytest.mark.parametrize(
    ("divide", "message"),
    [
        (lambda: exact(1) / exact(0), "the divisor may be zero"),
        (lambda: exact(1) / reported(-3, "over"), "the divisor may be zero"),
        (lambda: root(exact(0), Fraction(2)), "a root needs a positive figure"),
        (lambda: root(reported(3, "under", signed=True), Fraction(2)), "a root needs a"),
    ],
)
def test_what_has_no_result(divide, message):
    with pytest.raises(RefusedError, match=message) as caught:
        divide()
    assert caught.value.hint == "transfer-cli calc --help"


def test_powers_of_what_may_be_zero_or_negative():
    assert exact(0) ** 0 == exact(1)
    assert reported(3, "under", signed=True) ** 0 == exact(1)
    square = reported(3, "under", signed=True) ** 2
    assert square.contains(0) and square.contains(Fraction(1, 4))
    assert (reported(3, "under", signed=True) ** 3).contains(-1)
    assert (reported(0, "over") ** 2).bound == "over"
    assert (reported("0.5", "over") ** 2).bound == "over"
    assert (reported(2, "over") ** -2).ends == (0, Fraction(1, 4))


@pytest.mark.parametrize(
    ("left", "word", "right", "bound"),
    [
        (100, "about", "90", "about"),
        (100, "about", "90.5", "unknown"),
        (100, "nearly", "90", "nearly"),
        (100, "nearly", "90.5", "under"),
        (100, "over", "99", "over"),
    ],
)
def test_a_small_remainder_is_not_about(left, word, right, bound):
    """What is left is less than a tenth, which "about" leaves open."""
    difference = reported(left, word) - exact(right)
    assert difference.value == left - Fraction(right)
    assert difference.bound == bound


def test_about_is_read_as_ten_per_cent_where_an_order_is_needed():
    for value, low, high in ((100, 90, 110), (-100, -110, -90), (0, 0, 0)):
        widened = reported(value, "about").widened()
        assert (widened.low, widened.high, widened.about) == (low, high, False)
    assert reported(100, "over").widened() == reported(100, "over")
    no_end = (reported(100, "about") - exact(99)).widened()
    assert no_end.contains(-(10**9)) and no_end.contains(10**9)


@pytest.mark.parametrize(
    ("interval", "value", "bound"),
    [
        (reported(5, "over"), 5, "over"),
        (reported(5, "under"), 5, "under"),
        (reported(5, "nearly"), 5, "under"),
        (reported(5, "under", signed=True), 5, "under"),
        (reported(100, "about").widened() + reported(0, "over"), 90, "over"),
        (exact(5), None, ""),
        (reported(0, "over"), None, ""),
        (reported(5, "unknown"), None, ""),
        (reported(5, "unknown", signed=True), None, ""),
    ],
)
def test_the_only_end_of_an_interval(interval, value, bound):
    end = interval.at_end()
    assert (end and end.value, end.bound if end else "") == (value, bound)


def test_roots_are_rounded_outward():
    assert root(exact(2), Fraction(2)).value == Fraction("1.41421356237310")
    assert root(exact("0.25"), Fraction(2)).value == Fraction("0.5")
    assert root(reported(27, "under"), Fraction(3)).ends == (0, 3)
    between = root(Interval(Fraction(4), Fraction(3), Fraction(5)), Fraction(2))
    assert between.low == Fraction("1.73205080756887")
    assert between.value == 2
    assert between.high == Fraction("2.23606797749979")
    tiny = root(Interval(Fraction(4), Fraction(2), Fraction(7)), Fraction(2))
    assert tiny.low**2 < 2 and tiny.high**2 > 7


def test_a_sum_of_exact_figures_is_exact():
    assert exact(1) + exact(2) == exact(3)
    assert (exact(1) + exact(2) + reported(1, "under")).bound == "under"


def test_an_interval_in_a_smaller_unit():
    interval = Interval(Fraction(4), Fraction(3), Fraction(5), low_open=True)
    assert interval.scaled(Fraction(2)) == Interval(
        Fraction(8), Fraction(6), Fraction(10), low_open=True
    )
    assert reported(4, "about").scaled(Fraction(2)) == reported(8, "about")
    assert reported(4, "nearly").scaled(Fraction(2)) == reported(8, "nearly")


def test_a_product_has_an_end_that_one_pair_of_ends_has():
    below_one = Interval(Fraction(0), Fraction(-1), Fraction(1), high_open=True)
    above = Interval(Fraction(0), Fraction(-1), Fraction(1), low_open=True)
    every = Interval(Fraction(0), Fraction(-1), Fraction(1))
    for one in (below_one, above):
        for product in (one * every, every * one):
            assert product.contains(1) and product.contains(-1)
    assert not (below_one * below_one).contains(-1)
    assert (below_one * below_one).contains(1)
