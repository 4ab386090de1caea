"""Whole groups follow the same rules as single figures."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from strategies import WITH_ABOUT, figure
from transfer_cli import dataset
from transfer_cli.aggregation import measures, partials, roles
from transfer_cli.aggregation.plan import Plan
from transfer_cli.frames import pd
from transfer_cli.model.figures import read
from transfer_cli.model.schema import schemas
from transfer_cli.table import Table

COLUMNS = ["indicator", "status", "scope", "period", "value", "unit", "bound"]


def lifted(table):
    """The rows of a table, each a group of its own, as intervals in base units."""
    plan = Plan(("row",), roles.roles(table, "value"))
    numbered = table.with_frame(table.frame.assign(row=range(len(table.frame))))
    return measures.lift(partials.partial(numbered, plan).sums, plan.role)


def agree(table):
    """Hold the sums of single rows against single figures in base units."""
    rows = lifted(table)
    found = list(read(table.sheet()))
    assert len(rows) == len(found)
    for (_, row), one in zip(rows.iterrows(), found, strict=True):
        interval = one.quantity.interval.scaled(one.quantity.unit.factor)
        for side in ("value", "low", "high"):
            for sums in ("sum", "min", "max"):
                assert row[f"{sums}_{side}"] == pytest.approx(
                    float(getattr(interval, side)), rel=1e-12
                ), (sums, one.row)
        assert row["dimension"] == measures.dimension_key(one.quantity.unit)
        for flag in ("low_open", "high_open", "about", "near"):
            assert bool(row[flag]) is getattr(interval, flag), (flag, one.row)
        assert bool(row["inexact"]) is (one.quantity.bound != "exact")


def test_on_the_report():
    agree(dataset.builtin("metrics"))


@given(
    st.lists(
        st.tuples(
            st.sampled_from([("investment", "亿元"), ("tax", "万元"), ("projects", "个"),
                             ("value_added_growth", "%"), ("growth_lead", "个百分点"),
                             ("cell_capacity", "GW"), ("jobs", "万个")]),
            figure(WITH_ABOUT),
            st.booleans(),
        ),
        max_size=12,
    )
)  # fmt: skip
def test_on_random_figures(rows):
    cells = [
        [code, "actual", "province", "2023", f"{'-' if minus and 'growth' in code else ''}"
         f"{float(value)}", unit, bound]
        for (code, unit), (value, bound, _), minus in rows
    ]  # fmt: skip
    frame = pd.DataFrame(cells, columns=COLUMNS, dtype=object)
    agree(Table(frame, schemas()["metrics"], "random"))


def test_rows_without_a_number_are_left_out():
    frame = pd.DataFrame(
        [["tax", "actual", "city", "2023", "", "亿元", "exact"],
         ["tax", "actual", "city", "2023", "5", "亿元", ""]], columns=COLUMNS, dtype=object
    )  # fmt: skip
    rows = lifted(Table(frame, schemas()["metrics"]))
    assert list(rows["row"]) == [1]
    assert not rows["inexact"].any()
