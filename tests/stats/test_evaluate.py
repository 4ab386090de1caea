"""Statistics as intervals: exact, true whatever the true values are, and the same of any split."""

from decimal import Decimal, localcontext
from fractions import Fraction
from statistics import quantiles, stdev

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from strategies import WITH_ABOUT, WORDS, figure
from transfer_cli.model.intervals import exact, reported
from transfer_cli.stats import evaluate, result, statistic
from transfer_cli.stats.evaluate import Part

NAMES = ["sum", "mean", "min", "max", "median", "q25", "p90"]
TRUE = {
    "sum": np.sum,
    "mean": np.mean,
    "min": np.min,
    "max": np.max,
    "median": np.median,
    "q25": lambda values: np.quantile(values, 0.25),
    "p90": lambda values: np.quantile(values, 0.9),
}
CLAIMS = {
    "exact": lambda true, value: abs(true - value) <= 1e-9 * abs(value),
    "over": lambda true, value: true > value * (1 - 1e-12),
    "at_least": lambda true, value: true >= value * (1 - 1e-12),
    "under": lambda true, value: true < value * (1 + 1e-12),
    "nearly": lambda true, value: true < value * (1 + 1e-12),
    "at_most": lambda true, value: true <= value * (1 + 1e-12),
    "unknown": lambda true, value: True,
}
ROOT = Fraction("1.4142135623731")  # of 2, to 15 digits
FACTORS = st.sampled_from([Fraction(1), Fraction(10**4), Fraction(1, 12)])
PARTS = st.lists(
    st.builds(
        lambda value, bound, factor: part([value], bound, factor),
        st.decimals(-1000, 10**9, places=2),
        st.sampled_from(["", *WITH_ABOUT, "unknown"]),
        FACTORS,
    ),
    min_size=1,
    max_size=12,
)


def part(values, bound="", factor=Fraction(1), *, signed=False):
    """Figures of one unit and bound, as a source computes them."""
    decimals = [Decimal(str(value)) for value in values]
    with localcontext(prec=200):
        return Part(
            len(decimals), sum(decimals), min(decimals), max(decimals), bound, factor, signed,
            sum(value * value for value in decimals), np.sort(np.array(decimals, dtype=float)),
        )  # fmt: skip


def of(name, parts):
    [one] = statistic.parse([name])
    return one.of(parts)


def value(name, *values):
    return of(name, [part(values)]).value


def test_sums_and_extremes_are_exact_to_the_last_digit():
    assert value("sum", "3002112345678", "1") == 3002112345679
    assert value("sum", "0.1", "0.2") == Fraction(3, 10)
    assert value("sum", "1e30", "1e-7") == 10**30 + Fraction(1, 10**7)
    assert value("max", "110101199003070017", "110101199003070016") == 110101199003070017
    assert value("mean", "1", "2", "2") == Fraction(5, 3)


@pytest.mark.parametrize(
    ("name", "values", "expected"),
    [("q25", [1, 2, 3, 10], "1.75"), ("median", [1, 2, 3, 10], "2.5"),
     ("p90", [1, 2, 3, 10], "7.9"), ("median", ["0.1", "0.2"], "0.15"), ("q0.9", [5], "5")],
)  # fmt: skip
def test_quantiles_interpolate_between_neighbours(name, values, expected):
    assert value(name, *values) == Fraction(expected)


def test_figures_printed_in_several_units():
    parts = [part([2, 300]), part([1], factor=Fraction(10**4)), part([24], factor=Fraction(1, 12))]
    expected = {"sum": 10304, "mean": 2576, "min": 2, "max": 10**4, "median": 151, "q25": 2,
                "q75": 2725}  # fmt: skip
    assert {name: of(name, parts).value for name in expected} == expected


@pytest.mark.parametrize(
    ("name", "exact", "about", "bound"),
    [("min", 5, 100, "exact"), ("min", 95, 100, "about"), ("max", 100, 5, "exact"),
     ("max", 100, 95, "about")],
)  # fmt: skip
def test_an_extreme_is_exact_if_what_is_about_lies_far_from_it(name, exact, about, bound):
    result = of(name, [part([exact]), part([about], "about")])
    assert (result.value, result.bound) == (exact, bound)


def test_a_standard_deviation():
    assert value("std", "1", "2", "4") == Fraction("1.52752523165195")
    assert of("std", [part([5])]) is None
    assert of("std", [part([5]), part([7], "over")]).bound == "unknown"
    # Far from zero nothing is lost by cancellation.
    assert value("std", "1e15", "1000000000000001") == Fraction("0.707106781186548")


@given(st.lists(st.integers(-(10**6), 10**6), min_size=2, max_size=30))
def test_what_the_standard_library_computes(values):
    assert float(value("std", *values)) == pytest.approx(stdev(values), rel=1e-12)
    cuts = quantiles(values, n=4, method="inclusive")
    assert float(value("q25", *values)) == pytest.approx(cuts[0], rel=1e-12, abs=1e-9)


@given(st.lists(figure(), min_size=1, max_size=6))
def test_the_truth_is_where_the_result_says(figures):
    parts = [part([Decimal(str(float(value)))], bound) for value, bound, _ in figures]
    truths = np.array([float(truth) for _, _, truth in figures])
    for name in NAMES:
        true, result = TRUE[name](truths), of(name, parts)
        assert CLAIMS[result.bound](true, float(result.value)), (name, result, true)
        low, high = result.ends
        assert low is None or true >= float(low) * (1 - 1e-12), name
        assert high is None or true <= float(high) * (1 + 1e-12), name
        if result.bound == "exact" and name in ("sum", "mean"):
            assert all(bound == "exact" for _, bound, _ in figures)


@given(st.lists(figure(WITH_ABOUT), min_size=1, max_size=8), st.booleans())
def test_a_single_figure_is_what_it_is_reported_to_be(figures, signed):
    for printed, bound, _ in figures:
        number = Decimal(str(float(printed)))
        interval = reported(number, bound, signed=signed)
        for name in ("sum", "mean", "min", "max"):
            assert of(name, [part([number], bound, signed=signed)]) == interval


@given(PARTS)
def test_a_sum_is_that_of_the_arithmetic_of_intervals(parts):
    whole = exact(0)
    for one in parts:
        interval = reported(one.total, one.bound, signed=one.total < 0)
        whole = whole + interval.scaled(one.factor)
    result = of("sum", parts)
    assert (result.value, result.low, result.high, result.bound) == (
        whole.value, whole.low, whole.high, whole.bound,
    )  # fmt: skip


@given(PARTS, st.randoms())
def test_any_split_and_any_order(parts, random):
    """Parts that are combined first, in any order, give what the figures themselves give."""
    shuffled = random.sample(parts, len(parts))
    cut = random.randrange(len(parts) + 1)
    combined = evaluate.combine([*evaluate.combine(shuffled[:cut]), *shuffled[cut:]])
    assert len(combined) == len({(one.bound, one.factor) for one in parts})
    for name in (*NAMES, "std"):
        one, other = of(name, parts), of(name, combined)
        assert (one and one.value, one and one.bound) == (
            other and other.value,
            other and other.bound,
        )
        assert one is None or one.ends == other.ends


@pytest.mark.parametrize("bound", WORDS)
def test_cells_of_a_bounded_statistic(bound):
    [one] = statistic.parse(["sum"])
    row = result.cells(one.name, of("sum", [part([5], bound)]), bounded=True)
    assert (row["sum"], row["sum_bound"]) == ("5", bound)
    assert result.cells(one.name, None, bounded=True) == {
        "sum": "", "sum_bound": "", "sum_low": "", "sum_high": ""
    }  # fmt: skip


@pytest.mark.parametrize("number", [-3, 0, 5])
@pytest.mark.parametrize("bound", ["", *WITH_ABOUT, "unknown"])
@pytest.mark.parametrize("signed", [False, True])
def test_any_statistic_of_one_figure_is_the_figure(number, bound, signed):
    interval = reported(Decimal(number), bound, signed=signed or number < 0)
    for name in NAMES:
        assert of(name, [part([number], bound, signed=signed)]) == interval, name


@pytest.mark.parametrize(
    ("name", "parts", "bound", "ends"),
    [
        # Wherever the largest lies, the one in the middle is known.
        ("median", [part([1, 2]), part([3], "over")], "exact", (2, 2)),
        ("median", [part([1]), part([3], "over")], "at_least", (2, None)),
        ("median", [part([-5], "under"), part([3])], "at_most", (None, -1)),
        ("median", [part([5], "under"), part([3])], "at_most", (Fraction(3, 2), 4)),
        ("min", [part([3], "over"), part([5])], "over", (3, 5)),
        ("max", [part([3], "over"), part([5])], "at_least", (5, None)),
        ("std", [part([1, 3], "exact")], "exact", (ROOT, ROOT)),
        ("std", [part([1, 3])], "exact", (ROOT, ROOT)),
        ("sum", [part([0, 5], "under")], "under", (None, 5)),
        ("sum", [part([1, 4], "under")], "under", (0, 5)),
        ("std", [part([1, 3], "over")], "unknown", (None, None)),
        ("cv", [part([0, 2], "exact")], "exact", (ROOT, ROOT)),
    ],
)  # fmt: skip
def test_the_ends_of_a_statistic(name, parts, bound, ends):
    found = of(name, parts)
    assert found.bound == bound
    assert found.ends == ends


def test_a_coefficient_of_variation_needs_two_amounts_that_are_not_below_zero():
    assert value("cv", 0, 2) == ROOT
    for parts in ([part([5])], [part([0, 0])], [part([-1, 5])], [part([1, 5], signed=True)]):
        assert of("cv", parts) is None


@pytest.mark.parametrize("bound", ["over", "about"])
def test_what_weighs_nothing_has_no_bound(bound):
    weighted = [part([3])._replace(weight=Fraction(2)),
                part([9], bound)._replace(weight=Fraction(0))]  # fmt: skip
    assert of("mean", weighted) == exact(3)
