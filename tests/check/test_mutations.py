"""Whatever single thing is altered in the built-in tables, the report gives it away.

A digit, a bound, a line, a row too few, a row too many: every one of them, in every third row, and
with ``HYPOTHESIS_PROFILE=thorough`` in every row.
"""

import os
import random
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transfer_cli.check import bundle
from transfer_cli.check.check import check_bundle, read_report
from transfer_cli.check.inputs import InputTable
from transfer_cli.check.row import Row
from transfer_cli.model.codelists import BOUNDS
from transfer_cli.model.vocabulary import Vocabulary
from transfer_cli.tables.reader import Chunk

DIGITS = "0123456789"
CHINESE = "一二三四五六七八九"
NUMBERS = {
    "metrics": ("value", "printed", "line"),
    "omitted": ("token", "line"),
    "projects": ("investment", "capacity", "output", "jobs", "printed", "line"),
}
BOUND = {"metrics": ("bound",), "omitted": (), "projects": ("investment_bound", "jobs_bound")}
UNITS = {"metrics": ("unit",), "omitted": (),
         "projects": ("investment_unit", "capacity_unit", "output_unit")}  # fmt: skip
STEP = 1 if os.environ.get("HYPOTHESIS_PROFILE") == "thorough" else 3


class Bundle(bundle.Bundle):
    """Tables whose look-ups are known to be sound."""

    def vocabulary(self) -> Vocabulary:
        return VOCABULARY


VOCABULARY = Vocabulary()


class Held(InputTable):
    """A table whose rows are in memory, to be altered."""

    def chunks(self, on_broken=None):
        cells = [[row.get(name) for name in self.columns] for row in self.rows]
        yield self.name, Chunk([row.line for row in self.rows], cells)


@pytest.fixture(scope="module")
def sound(report):
    """Return whether the built-in tables are sound with other rows in one of them."""
    [found] = bundle.find([])
    text = read_report(report)
    tables = {table.kind: held(table) for table in found.tables if table.kind in NUMBERS}

    def judged(kind: str, rows: list[Row]) -> bool:
        table = tables[kind]
        kept, table.rows = table.rows, rows
        try:
            return not check_bundle(Bundle(found.directories, list(tables.values())), text).findings
        finally:
            table.rows = kept

    judged.tables = tables
    return judged


def held(table: InputTable) -> Held:
    made = Held(table.name, table.files, table.columns, table.kind, table.fields, table.keys)
    made.rows = [
        Row(name, line, dict(zip(table.columns, row, strict=True)))
        for name, chunk in table.chunks()
        for line, row in zip(chunk.lines, chunk.rows, strict=True)
    ]
    return made


def altered(row: Row, **cells: str) -> Row:
    return row._replace(cells={**row.cells, **cells})


def in_place(table: Held, at: int, row: Row) -> list[Row]:
    return [*table.rows[:at], row, *table.rows[at + 1 :]]


def other_digits(row: Row, column: str) -> Iterator[Row]:
    """The row with every digit of a cell changed, one at a time; Chinese ones too."""
    cell = row.get(column)
    for at, char in enumerate(cell):
        digits = DIGITS if char in DIGITS else CHINESE if char in CHINESE else ""
        if digits:
            other = digits[(digits.index(char) + 1) % len(digits)]
            yield altered(row, **{column: cell[:at] + other + cell[at + 1 :]})


@pytest.fixture(params=NUMBERS)
def kind(request):
    return request.param


def missed(sound, kind, alterations) -> list[Row]:
    table = sound.tables[kind]
    return [
        row
        for at, old in [*enumerate(table.rows)][::STEP]
        for row in alterations(old)
        if sound(kind, in_place(table, at, row))
    ]


def test_unaltered_they_are_sound(sound, kind):
    assert sound(kind, list(sound.tables[kind].rows))


def test_every_digit(sound, kind):
    def alterations(row):
        for column in NUMBERS[kind]:
            yield from other_digits(row, column)

    assert missed(sound, kind, alterations) == []


def test_every_bound(sound, kind):
    def alterations(row):
        for column in BOUND[kind]:
            words = [word for word in BOUNDS if word not in ("unknown", row.get(column))]
            yield from (altered(row, **{column: w}) for w in words if row.get(column))

    assert missed(sound, kind, alterations) == []


def test_every_unit(sound, kind):
    def alterations(row):
        for column in UNITS[kind]:
            if row.get(column):
                yield altered(row, **{column: f"万{row.get(column)}"})
                yield altered(row, **{column: "天" if row.get(column) != "天" else "吨"})

    assert missed(sound, kind, alterations) == []


def test_every_line(sound, kind):
    def alterations(row):
        for step in (-1, 1):
            yield altered(row, line=str(int(row.get("line")) + step))

    assert missed(sound, kind, alterations) == []


def test_every_figure_deleted(sound):
    rows = sound.tables["metrics"].rows
    assert [r for at, r in enumerate(rows) if sound("metrics", rows[:at] + rows[at + 1 :])] == []


def test_every_numeral_omitted_no_more(sound):
    """Words such as 六大, in the name of a campaign, measure nothing: they may be left out."""
    rows = sound.tables["omitted"].rows
    left = [row for at, row in enumerate(rows) if sound("omitted", rows[:at] + rows[at + 1 :])]
    assert [row for row in left if any(char.isdigit() for char in row.get("token"))] == []


def test_every_project_with_a_figure_deleted(sound):
    """A project that is only named leaves no numeral behind; nothing can miss it."""
    rows = sound.tables["projects"].rows
    left = [row for at, row in enumerate(rows) if sound("projects", rows[:at] + rows[at + 1 :])]
    figures = ("investment", "capacity", "output", "jobs")
    assert [row for row in left if any(map(row.get, figures))] == []


def test_every_row_twice(sound, kind):
    """Under the same id, and under one of its own."""
    rows = sound.tables[kind].rows
    for row in rows[::STEP]:
        again = altered(row, id=f"{row.get('id')}_again") if row.get("id") else row
        assert not sound(kind, [*rows, again]), row
        assert not sound(kind, [*rows, row]), row


def test_rows_invented(sound):
    """Out of the words of two true rows, or of nothing."""
    choice = random.Random(4)  # noqa: S311
    metrics, omitted = sound.tables["metrics"].rows, sound.tables["omitted"].rows
    for row in metrics[:: 2 * STEP]:
        near = choice.choice(metrics)
        word = choice.choice(omitted)
        for cells in (
            {"line": near.get("line")},
            {"line": near.get("line"), "printed": near.get("printed")},
            {"line": word.get("line"), "printed": word.get("token")},
            {"line": str(choice.randint(1, 485))},
            {"printed": "77亿元"},
            {"printed": "产业"},
        ):
            new = altered(row, id=f"{row.get('id')}_new", **cells)
            assert not sound("metrics", [*metrics, new]), new


@given(data=st.data())
def test_any_other_number(sound, data):
    kind = data.draw(st.sampled_from(sorted(NUMBERS)))
    table = sound.tables[kind]
    at = data.draw(st.integers(0, len(table.rows) - 1))
    filled = [name for name in NUMBERS[kind] if table.rows[at].get(name) and name != "printed"]
    column = data.draw(st.sampled_from(filled))
    value = str(data.draw(st.integers(1, 10**6)))
    if value != table.rows[at].get(column):
        row = altered(table.rows[at], **{column: value})
        assert not sound(kind, in_place(table, at, row))
