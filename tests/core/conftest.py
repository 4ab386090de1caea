"""Reported figures, and true values that they allow, for the properties."""

from fractions import Fraction

import pytest
from hypothesis import strategies as st

WORDS = ("exact", "over", "at_least", "under", "at_most", "nearly")
STEP = Fraction(1, 8)


@st.composite
def figure(draw, words=WORDS, least=1, most=10_000):
    """A reported number, its bound, and a true value that the two allow."""
    value = Fraction(draw(st.integers(least, most)), draw(st.sampled_from([1, 10, 100])))
    bound = draw(st.sampled_from(words))
    share = Fraction(draw(st.integers(1, 999)), 1000)
    more = draw(st.integers(0, 100_000)) * STEP
    true = {
        "exact": value,
        "about": value,
        "over": value + more + STEP,
        "at_least": value + more,
        "under": value * share,
        "nearly": value * share,
        "at_most": value * (share if share > Fraction(1, 10) else 1),
        "unknown": value * share + more,
    }[bound]
    return value, bound, true


@pytest.fixture(scope="session")
def figures():
    """The strategy for reported figures; ``words`` limits the bounds."""
    return figure
