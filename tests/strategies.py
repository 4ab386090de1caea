"""Random reported figures, each with a true value that its bound allows."""

from fractions import Fraction

from hypothesis import settings
from hypothesis import strategies as st

FEW = settings(max_examples=settings.default.max_examples // 3)
"""For examples that cost as much as a command."""
WORDS = ("exact", "over", "at_least", "under", "at_most", "nearly")
WITH_ABOUT = (*WORDS, "about")
STEP = Fraction(1, 8)


@st.composite
def figure(draw, words=WORDS):
    """A reported number, its bound, and a true value that the two allow."""
    value = Fraction(draw(st.integers(1, 10_000)), draw(st.sampled_from([1, 10, 100])))
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
        "at_most": value * draw(st.sampled_from([share, 1])),
    }[bound]
    return value, bound, true
