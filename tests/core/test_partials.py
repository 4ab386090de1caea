"""combine(partials of the chunks) is the partial of the whole, however the rows are cut."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transfer_cli import partials, stats
from transfer_cli.frames import pd

KEYS = ["place", "status"]
VALUES = st.integers(-(10**6), 10**9).map(lambda n: n / 100)
ROWS = st.lists(
    st.tuples(st.sampled_from("abc"), st.sampled_from("xy"), VALUES, st.integers(0, 3)),
    min_size=1,
    max_size=40,
)


def measured(rows):
    """Rows as ``measures.measure`` gives them, with every kind of bound among them."""
    cells = []
    for place, status, value, bound in rows:
        over, about = bound == 1, bound == 2
        cells.append((place, status, value, value, float("inf") if over else value, over,
                      False, about, False, bound > 0, "亿元" if bound < 3 else "万元"))  # fmt: skip
    names = [*KEYS, "value", "low", "high", "low_open", "high_open", "about", "near", "inexact"]
    return pd.DataFrame(cells, columns=[*names, "unit"])


def chunks(frame, cuts):
    places = sorted({0, *(cut % (len(frame) + 1) for cut in cuts), len(frame)})
    return [frame.iloc[a:b] for a, b in pairwise(places) if b > a]


def answers(whole, names):
    """Every statistic by group; the groups in order of their keys."""
    out = whole.sums[[*KEYS, "n", "about", "mixed"]].copy()
    for statistic in stats.parse(names):
        if statistic.kind != "count":
            for side, cells in stats.evaluate(statistic, whole, KEYS).items():
                out[f"{statistic.name}_{side}"] = cells
    return out.sort_values(KEYS).reset_index(drop=True)


@settings(max_examples=30, deadline=None)
@given(ROWS, st.lists(st.integers(0, 60), max_size=6), st.randoms())
def test_any_chunking_and_any_order(rows, cuts, random):
    whole = measured(rows)
    shuffled = whole.sample(frac=1, random_state=random.randrange(2**32))
    parts = [partials.partial(part, KEYS, ordered=True) for part in chunks(shuffled, cuts)]
    merged = partials.combine(parts, KEYS)
    direct = partials.combine([partials.partial(whole, KEYS, ordered=True)], KEYS)
    names = ["sum", "mean", "min", "max"]
    pd.testing.assert_frame_equal(
        answers(merged, names), answers(direct, names), rtol=1e-12, atol=1e-6, check_dtype=False
    )
    exact = ["median", "q25", "q90", "min", "max", "count"]
    pd.testing.assert_frame_equal(
        answers(merged, exact), answers(direct, exact), rtol=0, atol=0, check_dtype=False
    )


@settings(max_examples=30, deadline=None)
@given(ROWS, st.lists(st.integers(0, 60), max_size=6))
def test_the_spread_is_that_of_the_whole(rows, cuts):
    whole = measured(rows)
    parts = [partials.partial(part, KEYS, ordered=False) for part in chunks(whole, cuts)]
    told = answers(partials.combine(parts, KEYS), ["std"])["std_value"].fillna(-1)
    expected = whole.groupby(KEYS)["value"].std().fillna(-1)
    assert list(told) == pytest.approx(list(expected), rel=1e-9, abs=1e-4)


def test_partials_of_partials():
    frame = measured([("a", "x", float(n), 0) for n in range(10)])
    parts = [partials.partial(part, KEYS, ordered=True) for part in chunks(frame, [3, 5, 8])]
    nested = partials.combine([partials.combine(parts[:2], KEYS), *parts[2:]], KEYS)
    assert answers(nested, ["sum"])["sum_value"].tolist() == [45.0]
    assert answers(nested, ["median"])["median_value"].tolist() == [4.5]


def test_quantiles_interpolate_between_neighbours():
    frame = measured([("a", "x", value, 0) for value in (1.0, 2.0, 3.0, 10.0)])
    whole = partials.partial(frame, KEYS, ordered=True)
    told = answers(whole, ["q25", "median", "p90"])
    assert told[["q25_value", "median_value", "p90_value"]].iloc[0].tolist() == pytest.approx(
        [1.75, 2.5, 7.9]
    )


def test_missing_keys_are_a_group():
    frame = measured([("", "x", 1.0, 0), ("", "x", 2.0, 0), ("a", "x", 5.0, 0)])
    told = answers(partials.partial(frame, KEYS, ordered=False), ["sum"])
    assert told["sum_value"].tolist() == [3.0, 5.0]
