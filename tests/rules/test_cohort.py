"""Which figures are of one event: those that agree in all that says where, when and what."""

import pytest

from transfer_cli.model.figure import Figure, Quantity
from transfer_cli.model.intervals import exact
from transfer_cli.model.units import ONE
from transfer_cli.rules import cohort

CELLS = {"province": "Gansu", "place": "Jiuquan", "subject": "Park", "status": "signed",
         "scope": "zone", "industry": "steel", "period": "2023"}  # fmt: skip


def figure(name, **cells):
    row = {"id": name, "indicator": "projects", **CELLS, **cells}
    return Figure(row, Quantity(exact(1), ONE), None)


def test_all_that_agree_in_another_indicator_are_of_the_cohort():
    one, money, firms = figure("a"), figure("b", indicator="investment"), figure("c", unit="家")
    assert cohort.others(money, [one, money, firms]) == [one, firms]


@pytest.mark.parametrize("column", CELLS)
def test_a_figure_that_differs_in_a_column_is_of_another(column):
    one = figure("a")
    assert (
        cohort.others(one, [figure("b", **{column: "another"}), figure("c", **{column: ""})]) == []
    )
    assert cohort.others(one, [figure("b")]) != []


@pytest.mark.parametrize("column", CELLS)
def test_one_column_that_both_have_is_enough(column):
    cells = dict.fromkeys(CELLS, "") | {column: CELLS[column]}
    assert [each.id for each in cohort.others(figure("a", **cells), [figure("b", **cells)])] == [
        "b"
    ]


def test_figures_of_which_nothing_is_known_have_none():
    cells = dict.fromkeys(CELLS, "")
    assert cohort.others(figure("a", **cells), [figure("b", **cells)]) == []
