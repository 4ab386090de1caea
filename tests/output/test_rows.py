"""Rows from a source to an output: hidden bounds, limits, and names of columns with commas."""

import pytest

from transfer_cli.model.columns import split
from transfer_cli.model.schema import schemas
from transfer_cli.output.rows import Selection
from transfer_cli.query.condition import EVERY_ROW
from transfer_cli.tables.memory import MemorySource

CELLS = {"id": ["a", "b", "c"], "value": ["3", "1", "2"], "bound": ["over", "", "exact"],
         "code": ["1", "x", "2"]}  # fmt: skip


@pytest.fixture
def source(table):
    return MemorySource(table(CELLS, schemas()["metrics"], name="t"))


def selected(source, columns, **how):
    return Selection(source, EVERY_ROW, columns, **how).tables()


def test_the_bounds_of_numbers_come_hidden(source):
    [rows] = selected(source, ["value", "id", "value"])
    assert rows.columns == ["value", "id"] and rows.hidden == ("bound",)
    assert rows.frame["bound"].tolist() == CELLS["bound"]
    for names in ([], ["id"], ["value", "bound"]):
        assert next(selected(source, names)).hidden == ()


@pytest.mark.parametrize(("limit", "notes"), [(2, ("2 of 3 rows shown (--limit 2)",)), (3, ())])
def test_a_limit_says_what_it_leaves_out(source, limit, notes):
    [rows] = selected(source, ["id"], sort=["value"], limit=limit)
    assert rows.frame["id"].tolist() == ["b", "c", "a"][:limit]
    assert rows.notes == notes


def test_a_limit_of_a_source_in_chunks(source, parts):
    class Chunks:
        """A source that comes in chunks of one row."""

        schema, columns = source.schema, source.columns

        def rows(self, where, columns, *, sort, limit):
            [table] = source.rows(where, columns, sort=sort, limit=limit)
            yield from parts(table, 1)

    tables = list(selected(Chunks(), ["id"], limit=2))
    assert [row for table in tables for row in table.frame["id"]] == ["a", "b"]
    assert [note for table in tables for note in table.notes] == [
        "the first 2 rows shown (--limit); what follows was not read"
    ]
    assert all(not table.notes for table in selected(Chunks(), ["id"], limit=3))


def test_which_columns_are_numeric_in_the_selected_rows(source):
    numeric = Selection(source, EVERY_ROW).settings().numeric
    assert numeric(["value", "code"]) == {"value": True, "code": False}
    assert Selection(source, EVERY_ROW, limit=1).settings().numeric is None


@pytest.mark.parametrize(
    ("values", "names"),
    [
        (["a,b", "c"], ["a", "b", "c"]),
        (["GDP, 2023"], ["GDP, 2023"]),
        (["a,GDP, 2023,-b"], ["a", "GDP, 2023", "-b"]),
        (["-GDP, 2023，a"], ["-GDP, 2023", "a"]),
        (["GDP,x"], ["GDP", "x"]),
        ([" a , ,b"], ["a", "b"]),
        (None, []),
    ],
)
def test_names_with_commas(values, names):
    assert split(values, ["a", "b", "c", "GDP, 2023"]) == names


def test_names_without_commas_are_split():
    assert split(["a,b，c", "-d"], ["a"]) == ["a", "b", "c", "-d"]
