"""Whatever the true values behind printed figures are, the true result lies in the interval."""

from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from strategies import WITH_ABOUT, figure
from transfer_cli.model.intervals import exact, reported

SIGNS = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "/": lambda a, b: a / b,
}


@pytest.mark.parametrize("sign", SIGNS)
@given(a=figure(), b=figure())
def test_two_figures(sign, a, b):
    result = SIGNS[sign](reported(a[0], a[1]), reported(b[0], b[1]))
    assert result.contains(SIGNS[sign](a[2], b[2]))


@given(first=figure(), rest=st.lists(st.tuples(st.sampled_from("+-*"), figure()), max_size=5))
def test_a_chain_of_figures(first, rest):
    result, true = reported(first[0], first[1]), first[2]
    for sign, (value, bound, real) in rest:
        result, true = SIGNS[sign](result, reported(value, bound)), SIGNS[sign](true, real)
    assert result.contains(true)


@given(a=figure(), b=figure(), c=figure())
def test_growth_and_shares(a, b, c):
    x, y, z = (reported(*item[:2]) for item in (a, b, c))
    assert ((x - y) / y).contains((a[2] - b[2]) / b[2])
    assert (x / (x + y + z)).contains(a[2] / (a[2] + b[2] + c[2]))


@given(a=figure(), exponent=st.integers(-4, 4))
def test_powers(a, exponent):
    assert (reported(*a[:2]) ** exponent).contains(a[2] ** exponent)


@pytest.mark.parametrize("sign", SIGNS)
@given(a=figure(WITH_ABOUT), b=figure(WITH_ABOUT))
def test_exact_comes_only_from_exact(sign, a, b):
    result = SIGNS[sign](reported(*a[:2]), reported(*b[:2]))
    if result.bound == "exact":
        assert a[1] == b[1] == "exact"
    if "about" in (a[1], b[1]):
        assert result.bound in ("about", "unknown")


@pytest.mark.parametrize("sign", SIGNS)
@given(a=figure(), b=figure())
def test_the_word_is_true_of_the_result(sign, a, b):
    """The true value lies on that side of the nominal one which the word names."""
    result = SIGNS[sign](reported(*a[:2]), reported(*b[:2]))
    true = SIGNS[sign](a[2], b[2])
    holds = {
        "exact": true == result.value,
        "over": true > result.value,
        "at_least": true >= result.value,
        "under": true < result.value,
        "nearly": true < result.value,
        "at_most": true <= result.value,
        "unknown": True,
    }
    assert holds[result.bound]


@given(a=figure(), b=figure())
def test_order_does_not_matter(a, b):
    x, y = reported(*a[:2]), reported(*b[:2])
    assert x + y == y + x
    assert x * y == y * x


@given(a=figure(WITH_ABOUT), factor=st.integers(1, 10**9))
def test_scaling_there_and_back_is_the_identity(a, factor):
    there = reported(*a[:2]).scaled(Fraction(factor))
    assert there.scaled(Fraction(1, factor)) == reported(*a[:2])
    assert there.bound == a[1]


@given(a=figure(), b=figure())
def test_taking_away_what_was_added_keeps_the_figure_inside(a, b):
    assume(b[1] == "exact")
    back, there = (reported(*a[:2]) + exact(b[0])) - exact(b[0]), reported(*a[:2])
    assert (back.value, back.low, back.high) == (there.value, there.low, there.high)
    assert (back.low_open, back.high_open) == (there.low_open, there.high_open)
