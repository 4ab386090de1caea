"""combine(partials of the chunks) is the partial of the whole, however the rows are cut."""

import pickle
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transfer_cli.aggregation import measures, order, partials, stats
from transfer_cli.aggregation.plan import Plan
from transfer_cli.aggregation.roles import Roles
from transfer_cli.frames import pd
from transfer_cli.table import Table

KEYS = ["place", "status"]
BOUNDS = ("exact", "over", "about", "nearly")
ROLE = Roles("value", "unit", "bound", ("status",))
PLAN = Plan(tuple(KEYS), ROLE, ordered=True)
VALUES = st.integers(-(10**6), 10**9).map(lambda n: n / 100)
ROWS = st.lists(
    st.tuples(st.sampled_from("abc"), st.sampled_from("xy"), VALUES, st.integers(0, 3)),
    min_size=1,
    max_size=40,
)


def printed(rows):
    """Rows as they are printed, with several kinds of bound and two units among them."""
    cells = [
        (place, status, str(value), "万元" if bound == 3 else "亿元", BOUNDS[bound])
        for place, status, value, bound in rows
    ]
    return pd.DataFrame(cells, columns=[*KEYS, "value", "unit", "bound"], dtype=object)


def partial(frame):
    return partials.partial(Table(frame), PLAN)


def chunks(frame, cuts):
    places = sorted({0, *(cut % (len(frame) + 1) for cut in cuts), len(frame)})
    return [frame.iloc[a:b] for a, b in pairwise(places) if b > a]


def answers(whole, names):
    """Every statistic by group; the groups in order of their keys."""
    lifted = measures.lift(whole.sums, ROLE)
    sums, codes = measures.merge(lifted, KEYS)
    values = order.ordered(whole, lifted, codes, len(sums))
    out = sums[[*KEYS, "n", "about", "mixed"]].copy()
    for statistic in stats.parse(names):
        if statistic.kind != "count":
            for side, cells in stats.evaluate(statistic, sums, values).items():
                out[f"{statistic.name}_{side}"] = cells
    return out.sort_values(KEYS).reset_index(drop=True)


@settings(max_examples=30, deadline=None)
@given(ROWS, st.lists(st.integers(0, 60), max_size=6), st.randoms())
def test_any_chunking_and_any_order(rows, cuts, random):
    whole = printed(rows)
    shuffled = whole.sample(frac=1, random_state=random.randrange(2**32))
    merged = partials.combine([partial(part) for part in chunks(shuffled, cuts)], PLAN)
    direct = partial(whole)
    names = ["sum", "mean", "min", "max"]
    pd.testing.assert_frame_equal(
        answers(merged, names), answers(direct, names), rtol=1e-12, atol=1e2, check_dtype=False
    )
    exact = ["median", "q25", "q90", "min", "max", "count"]
    pd.testing.assert_frame_equal(
        answers(merged, exact), answers(direct, exact), rtol=0, atol=0, check_dtype=False
    )


@settings(max_examples=30, deadline=None)
@given(ROWS, st.lists(st.integers(0, 60), max_size=6))
def test_the_spread_is_that_of_the_whole(rows, cuts):
    whole = printed(rows)
    parts = [partial(part) for part in chunks(whole, cuts)]
    told = answers(partials.combine(parts, PLAN), ["std"])["std_value"].fillna(-1)
    yuan = whole["value"].astype(float) * whole["unit"].map({"亿元": 1e8, "万元": 1e4})
    expected = yuan.groupby([whole[key] for key in KEYS]).std().fillna(-1)
    assert list(told) == pytest.approx(list(expected), rel=1e-9, abs=1e2)


def test_partials_of_partials():
    frame = printed([("a", "x", float(n), 0) for n in range(10)])
    parts = [partial(part) for part in chunks(frame, [3, 5, 8])]
    nested = partials.combine([partials.combine(parts[:2], PLAN), *parts[2:]], PLAN)
    assert answers(nested, ["sum"])["sum_value"].tolist() == [45e8]
    assert answers(nested, ["median"])["median_value"].tolist() == [4.5e8]


def test_quantiles_interpolate_between_neighbours():
    frame = printed([("a", "x", value, 0) for value in (1.0, 2.0, 3.0, 10.0)])
    told = answers(partial(frame), ["q25", "median", "p90"])
    assert told[["q25_value", "median_value", "p90_value"]].iloc[0].tolist() == pytest.approx(
        [1.75e8, 2.5e8, 7.9e8]
    )


def test_missing_keys_are_a_group():
    frame = printed([("", "x", 1.0, 0), ("", "x", 2.0, 0), ("a", "x", 5.0, 0)])
    told = answers(partial(frame), ["sum"])
    assert told["sum_value"].tolist() == [3e8, 5e8]


@pytest.mark.parametrize("apart", [False, True])
def test_they_travel_to_the_workers_of_a_cluster(apart):
    plan = PLAN.kept_apart(frozenset({"a"})) if apart else PLAN
    whole = partials.partial(Table(printed([("a", "x", 1.0, 0)])), plan)
    assert pickle.loads(pickle.dumps(whole)).sums.equals(whole.sums)  # noqa: S301  (our own)


def test_rows_without_a_number_are_counted_apart():
    frame = printed([("a", "x", 1.0, 0), ("b", "y", 2.0, 0)])
    frame.loc[1, "value"] = ""
    whole = partials.combine([partial(frame), partial(frame)], PLAN)
    assert whole.silent.to_dict("records") == [{"place": "b", "status": "y", "n": 2}]
    assert whole.sums["n"].tolist() == [2]
