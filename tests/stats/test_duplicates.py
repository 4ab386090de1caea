"""Figures that may have been counted twice: which are named, and which are different figures."""

import pandas as pd
import pytest

from transfer_cli.stats.duplicates import same_figures
from transfer_cli.tables.table import Table

COLUMNS = ("indicator", "status", "scope", "period", "province", "place", "industry", "subject",
           "place_zh", "subject_zh", "source", "unit", "bound")  # fmt: skip


def table(*rows):
    cells = [{"id": f"a{number}", "value": "1", **dict.fromkeys(COLUMNS, "x"), **row}
             for number, row in enumerate(rows)]  # fmt: skip
    return Table(pd.DataFrame(cells, dtype=object).fillna(""))


@pytest.mark.parametrize("column", COLUMNS)
def test_figures_that_differ_in_a_column_are_two(column):
    assert same_figures(table({}, {column: "y"}), "value") == []
    assert same_figures(table({}, {column: ""}), "value") == []


@pytest.mark.parametrize("row", [{}, {"line": "7"}, {"note": "again"}, {"value": "1.0"}])
def test_figures_that_agree_in_all_that_they_are_about_may_be_one(row):
    [note] = same_figures(table({}, row), "value")
    assert note.endswith(": a0 and a1")


@pytest.mark.parametrize(
    "rows", [({}, {"value": "2"}), ({"value": ""}, {"value": ""}), ({"id": ""}, {"id": ""}),
             ({"part_of": "w"}, {"part_of": "w"}, {"id": "w", "value": "9", "part_of": ""})],
)  # fmt: skip
def test_other_numbers_cells_without_one_and_parts_are_passed_over(rows):
    assert same_figures(table(*rows), "value") == []


@pytest.mark.parametrize(
    ("count", "named"),
    [(3, "a0 and a1 and a2"), (4, "a0, a1, a2 and 1 more"), (6, "a0, a1, a2 and 3 more")],
)
def test_the_ids_of_one_figure_are_named_up_to_three(count, named):
    [note] = same_figures(table(*[{}] * count), "value")
    assert note.endswith(f": {named}")
