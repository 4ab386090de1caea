"""Shares and indices of concentration: exact, and where the truth lies if figures are bounded."""

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from strategies import figure
from transfer_cli.model.intervals import exact, reported
from transfer_cli.stats import concentration

AMOUNTS = st.lists(st.integers(0, 1000), min_size=1, max_size=8).filter(any)
FIGURES = st.lists(figure(), min_size=1, max_size=6)


def intervals(figures):
    return [reported(value, bound) for value, bound, _truth in figures]


def textbook(truths):
    """The sum of squared shares, and the mean difference of pairs over twice the mean."""
    whole, n = sum(truths), len(truths)
    differences = sum(abs(one - other) for one in truths for other in truths)
    return sum((one / whole) ** 2 for one in truths), differences / (2 * n * whole)


@given(AMOUNTS)
def test_exact_amounts_have_exact_shares_and_indices(amounts):
    known = [Fraction(amount) for amount in amounts]
    found = [exact(amount) for amount in known]
    shares = concentration.shares(found)
    assert [share.value for share in shares] == [amount / sum(known) for amount in known]
    assert all(share.bound == "exact" for share in shares)
    hhi, gini = concentration.hhi(found), concentration.gini(found)
    assert (hhi.value, gini.value) == textbook(known)
    assert (hhi.bound, gini.bound) == ("exact", "exact")


@given(FIGURES)
def test_the_truth_is_within_the_ends(figures):
    printed, truths = intervals(figures), [truth for _value, _bound, truth in figures]
    for share, truth in zip(concentration.shares(printed), truths, strict=True):
        assert share.contains(truth / sum(truths)), (share, truth)
    hhi, gini = textbook(truths)
    assert concentration.hhi(printed).contains(hhi)
    assert concentration.gini(printed).contains(gini)


@given(FIGURES)
def test_a_part_is_inside_its_whole(figures):
    printed, truths = intervals(figures), [truth for _value, _bound, truth in figures]
    whole, true_whole = exact(0), sum(truths)
    for one in printed:
        whole = whole + one
    for one, truth in zip(printed, truths, strict=True):
        assert concentration.inside(one, whole).contains(truth / true_whole)


@given(FIGURES)
def test_a_share_knows_more_than_a_quotient(figures):
    printed = intervals(figures)
    whole = exact(0)
    for one in printed:
        whole = whole + one
    for one, share in zip(printed, concentration.shares(printed), strict=True):
        wider = concentration.inside(one, whole)
        assert wider.low <= share.low <= share.value <= share.high <= wider.high


@pytest.mark.parametrize("function", [concentration.hhi, concentration.gini])
def test_what_is_below_zero_or_nothing_has_no_index(function):
    assert function([exact(-1), exact(2)]) is None
    assert function([exact(0), exact(0)]) is None


@given(st.integers(1, 20))
def test_the_ends_of_the_scales(n):
    same, lone = [exact(7)] * n, [exact(7), *[exact(0)] * (n - 1)]
    assert (concentration.hhi(same).value, concentration.gini(same).value) == (Fraction(1, n), 0)
    assert concentration.hhi(lone).value == 1
    assert concentration.gini(lone).value == Fraction(n - 1, n)


def test_more_unequal_amounts_have_a_larger_index():
    rows = [[exact(50 + step), exact(50 - step)] for step in range(0, 51, 10)]
    for index in (concentration.hhi, concentration.gini):
        values = [index(row).value for row in rows]
        assert all(one < other for one, other in pairwise(values))


@pytest.mark.parametrize(
    ("figures", "bounds"),
    [
        # All of a total is exactly that, however large it is.
        ([(5, "about")], ["exact"]),
        ([(5, "over"), (0, "exact")], ["exact", "exact"]),
        ([(5, "about"), (5, "exact")], ["about", "about"]),
        ([(5, "over"), (5, "exact")], ["over", "under"]),
        ([(5, "at_least"), (5, "exact")], ["at_least", "at_most"]),
        ([(5, "under"), (5, "exact")], ["under", "over"]),
        # It is all of the total if there is nothing else, as there may be.
        ([(5, "under"), (0, "at_least")], ["at_most", "at_least"]),
    ],
)
def test_the_bounds_of_shares(figures, bounds):
    shares = concentration.shares([reported(value, bound) for value, bound in figures])
    assert [share.bound for share in shares] == bounds


@pytest.mark.parametrize(
    ("part", "whole", "bound", "ends"),
    [
        ((2, "over"), (10, "exact"), "over", (Fraction(1, 5), 1)),
        ((2, "at_least"), (10, "exact"), "at_least", (Fraction(1, 5), 1)),
        ((2, "exact"), (10, "over"), "under", (0, Fraction(1, 5))),
        ((2, "exact"), (10, "at_most"), "at_least", (Fraction(1, 5), 1)),
        ((2, "exact"), (10, "under"), "over", (Fraction(1, 5), 1)),
        ((2, "about"), (10, "exact"), "about", None),
        ((2, "exact"), (10, "about"), "about", None),
    ],
)
def test_the_bounds_of_a_share_in_a_whole(part, whole, bound, ends):
    share = concentration.inside(*(reported(value, word) for value, word in (part, whole)))
    assert (share.value, share.bound) == (Fraction(1, 5), bound)
    assert ends is None or share.ends == ends


def test_the_ends_of_the_indices():
    amounts = [reported(6, "at_least"), reported(4, "exact")]
    assert concentration.hhi(amounts).ends == (Fraction(1, 2), 1)
    assert concentration.gini(amounts).ends == (0, Fraction(1, 2))
    nearly = [reported(2, "nearly"), reported(8, "exact")]
    assert concentration.hhi(nearly).ends == (Fraction(16, 25), 1)
    three = [reported(2, "at_most"), reported(4, "exact"), reported(4, "exact")]
    assert concentration.hhi(three).ends == (Fraction(1, 3), Fraction(27, 50))


def amounts(*texts):
    """Return 500, ~500 (about), >500 (over) and <500 (under) as intervals."""
    words = {"~": "about", ">": "over", "<": "under"}
    return [
        reported(text.lstrip("~<>"), words.get(text[0], "exact"), signed=text.startswith("-"))
        for text in texts
    ]


def words(shares):
    return [share and f"{share.bound} {share.value}" for share in shares]


@pytest.mark.parametrize(
    ("texts", "expected", "reads_about"),
    [
        # About 500 is 450 to 550.
        (("~500", ">1000"), ["under 11/31", "over 20/31"], True),
        (("~500", "<1000"), ["over 9/29", "under 20/29"], True),
        (("~500", "500"), ["about 1/2", "about 1/2"], False),
        (("~500", "0"), ["exact 1", "about 0"], False),
        (("~5", "-1"), [None, None], False),
        (("500", ">1000"), ["under 1/3", "over 2/3"], False),
    ],
)
def test_shares_of_about(texts, expected, reads_about):
    found = concentration.shares(amounts(*texts))
    assert words(found) == expected
    assert concentration.read_about(amounts(*texts), found) == reads_about


@pytest.mark.parametrize(
    ("part", "whole", "expected"),
    [
        ("~500", ">1000", "under 11/20"), ("~500", "<1000", "over 9/20"),
        (">500", "~1000", "over 5/11"), ("<500", "~1000", "under 5/9"),
        ("~500", "1000", "about 1/2"), ("500", ">1000", "under 1/2"), ("~5", "0", None),
    ],
)  # fmt: skip
def test_the_share_of_a_part_of_about(part, whole, expected):
    assert words([concentration.inside(*amounts(part, whole))]) == [expected]
