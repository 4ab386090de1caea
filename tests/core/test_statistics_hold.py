"""Whatever the true values are, each statistic of them lies where the answer says."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from strategies import figure
from transfer_cli import aggregate
from transfer_cli.aggregation import stats
from transfer_cli.frames import pd
from transfer_cli.model.schema import schemas
from transfer_cli.table import Table

NAMES = ["sum", "mean", "min", "max", "median", "q25", "p90"]
TRUE = {
    "sum": np.sum,
    "mean": np.mean,
    "min": np.min,
    "max": np.max,
    "median": np.median,
    "q25": lambda v: np.quantile(v, 0.25),
    "p90": lambda v: np.quantile(v, 0.9),
}
CLAIMS = {
    "exact": lambda true, said: abs(true - said) <= 1e-9 * abs(said),
    "over": lambda true, said: true > said * (1 - 1e-12),
    "at_least": lambda true, said: true >= said * (1 - 1e-12),
    "under": lambda true, said: true < said * (1 + 1e-12),
    "nearly": lambda true, said: true < said * (1 + 1e-12),
    "at_most": lambda true, said: true <= said * (1 + 1e-12),
    "unknown": lambda true, said: True,
}


def answer(figures):
    cells = [
        [f"a_{n}", "tax", "actual", "province", "2023", str(float(value)), "亿元", bound]
        for n, (value, bound, _) in enumerate(figures)
    ]
    names = ["id", "indicator", "status", "scope", "period", "value", "unit", "bound"]
    table = Table(pd.DataFrame(cells, columns=names, dtype=object), schemas()["metrics"])
    request = aggregate.Request((), tuple(stats.parse(NAMES)))
    return aggregate.aggregate(table, request).frame.iloc[0]


@settings(max_examples=60, deadline=None)
@given(st.lists(figure(), min_size=1, max_size=6))
def test_the_truth_is_where_the_answer_says(figures):
    row = answer(figures)
    truths = np.array([float(truth) for _, _, truth in figures])
    for name in NAMES:
        true, bound = TRUE[name](truths), row[f"{name}_bound"]
        assert CLAIMS[bound](true, row[name]), (name, bound, row[name], true)
        low, high = row[f"{name}_low"], row[f"{name}_high"]
        assert pd.isna(low) or true >= low * (1 - 1e-12), name
        assert pd.isna(high) or true <= high * (1 + 1e-12), name
        if bound == "exact":
            assert all(kind == "exact" for _, kind, _ in figures) or name not in ("sum", "mean")


@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(["Yunnan", "Gansu"]), st.sampled_from("ab"),
                  st.integers(1, 10**6)), min_size=1, max_size=12,
    ),
    st.randoms(),
)  # fmt: skip
def test_sums_of_sums_by_place_are_the_sum_in_any_order(rows, random):
    def table(found):
        cells = [
            [f"a_{n}", province, place, "tax", "actual", "city", "2023", f"{value / 100}", "亿元"]
            for n, (province, place, value) in enumerate(found)
        ]
        names = [
            "id",
            "province",
            "place",
            "indicator",
            "status",
            "scope",
            "period",
            "value",
            "unit",
        ]
        return Table(pd.DataFrame(cells, columns=names, dtype=object), schemas()["metrics"])

    def sums(found, *by):
        request = aggregate.Request(by, tuple(stats.parse(["sum"])))
        return aggregate.aggregate(table(found), request).frame

    shuffled = random.sample(rows, len(rows))
    by_place, by_province = sums(rows, "province", "place"), sums(shuffled, "province")
    totals = by_place.groupby("province")["sum"].sum()
    for _, row in by_province.iterrows():
        assert abs(totals[row["province"]] - row["sum"]) <= 1e-12 * abs(row["sum"])
