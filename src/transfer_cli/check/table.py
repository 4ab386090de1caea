"""One table to check: a fold over its chunks, whatever its size.

Each chunk is checked by itself: broken rows, cells, words, plausibility. Rows for the checks that
compare rows (parts and wholes, the figures of projects) are collected for the end.
"""

from collections.abc import Container, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from transfer_cli.check import keys, parts, projects
from transfer_cli.check.cells import ColumnTests, Test, field_test
from transfer_cli.check.findings import MAX_LISTED, Finding, Findings, Problem
from transfer_cli.check.inputs import InputTable
from transfer_cli.check.plausibility import Columns, Limits, project_problems
from transfer_cli.check.row import Row
from transfer_cli.check.words import word_tests
from transfer_cli.errors import DataError, closest
from transfer_cli.messages import _
from transfer_cli.model.vocabulary import NATION, Vocabulary
from transfer_cli.tables.reader import BrokenRow, Chunk

MAX_SUGGESTIONS = 1000
"""Ids that are searched for the nearest: among more it takes minutes for many wrong ones."""


@dataclass
class CheckedTable:
    """The result for a table: its findings, the number of its rows, and the rows collected.

    ``rows`` are the rows that were requested. ``ids`` are the ids of projects and of broken rows.
    """

    table: InputTable
    findings: Findings
    count: int = 0
    rows: list[Row] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)


class Collect(NamedTuple):
    """Which rows of a table are collected: all, or the figures of these projects.

    ``others`` are the other tables of its kind: a part may name a whole in them.
    """

    all: bool = False
    projects: Container[str] = ()
    others: Sequence[InputTable] = ()


NO_ROWS = Collect()


def check(table: InputTable, vocabulary: Vocabulary, collect: Collect = NO_ROWS) -> CheckedTable:
    """Return the findings on a table by its fields, its words and its own rows."""
    findings = Findings(MAX_LISTED if table.is_large else None)
    fold = _Fold(table, vocabulary, collect, CheckedTable(table, findings))
    try:
        findings.extend(_column_findings(table))
        for file, chunk in table.chunks(fold.add_broken):
            fold.add(file, chunk)
        for key in table.keys:
            if {*key} <= {*table.columns}:
                keys.check(table, key, findings)
        fold.check_parts()
    except DataError as error:
        unreadable = Findings()
        unreadable.extend([table.finding_of(error)])
        return CheckedTable(table, unreadable)
    return fold.checked


def is_well_formed(table: InputTable, fields: Sequence[dict[str, Any]]) -> bool:
    """Return whether a table has the columns and the cells that these fields require."""
    return not any(check(replace(table, kind="", fields=fields), Vocabulary()).findings)


def _column_findings(table: InputTable) -> Iterator[Finding]:
    """Yield the columns that a table lacks, and those that it should not have."""
    if not table.fields:
        return
    known = [entry["name"] for entry in table.fields]
    # extract names the report of each row where there are several.
    allowed = [*known, "source"] if table.kind in ("metrics", "omitted") else known
    optional = [entry["name"] for entry in table.fields if entry.get("optional")]
    missing = [name for name in known if name not in (*table.columns, *optional)]
    for name in dict.fromkeys(table.columns):
        if name.strip() and name not in allowed:
            message = _("no column of {table}", table=table.kind or _("the schema"))
            yield Finding(table.name, 1, name, message, _column_fix(name, missing))
    for name in missing:
        fix = _("add a column {name!r}", name=name)
        yield Finding(table.name, 1, name, _("the column is missing"), fix)


def _column_fix(name: str, missing: Sequence[str]) -> str:
    # extract writes this column for the person who corrects its rows.
    if name == "confidence":
        return _("delete the column once its rows are corrected")
    near = closest(name, missing)
    if near:
        return _("did you mean {name!r}?", name=near[0])
    return _("delete the column, or rename it")


class _Fold:
    """The fold over the chunks of a table: it checks each, and collects rows to compare later."""

    def __init__(
        self, table: InputTable, vocabulary: Vocabulary, collect: Collect, checked: CheckedTable
    ) -> None:
        self.table = table
        self.checked = checked
        self._vocabulary = vocabulary
        self._collect = collect
        self._tests = _column_tests(table, vocabulary)
        self._limits = Limits(vocabulary) if table.kind == "metrics" else None
        self._parts: list[Row] = []
        self._suggestions: list[str] = []

    def add_broken(self, file: str, broken: BrokenRow) -> None:
        """Report a broken row or header, unchecked cell by cell; other rows may name its id."""
        problem = Problem(broken.message, broken.hint)
        self.checked.findings.add(file, broken.line, broken.column, problem)
        if broken.row:
            self.checked.count += 1
            if "id" in self.table.columns:
                self.checked.ids.update(broken.row[self.table.columns.index("id") :][:1])

    def add(self, file: str, chunk: Chunk) -> None:
        """Check the rows of a chunk, and collect some of them."""
        columns = _columns(self.table, chunk)
        self.checked.count += len(chunk.rows)
        for name, tests in self._tests.items():
            cells = _provinces(columns) if name == "province" else columns[name]
            self._judge_cells(file, chunk.lines, name, cells, tests)
        for position in self._suspects(columns):
            row = _row(file, chunk.lines[position], columns, position)
            problems = self._limits.problems(row) if self._limits else project_problems(row)
            for column, problem in problems:
                self.checked.findings.add(file, row.line, column, problem)
        if self.table.kind == "metrics":
            self._collect_parts(file, chunk.lines, columns)
        for position in self._requested(columns):
            self.checked.rows.append(_row(file, chunk.lines[position], columns, position))

    def _judge_cells(
        self,
        file: str,
        lines: Sequence[int],
        column: str,
        cells: Sequence[str],
        tests: ColumnTests,
    ) -> None:
        problems = tests.problems(cells)
        if problems:
            for line, cell in zip(lines, cells, strict=True):
                for problem in problems.get(cell, ()):
                    self.checked.findings.add(file, line, column, problem)

    def _suspects(self, columns: Columns) -> Iterator[int]:
        """Yield the positions of the rows whose cells may contradict each other."""
        if self._limits:
            yield from self._limits.suspects(columns)
        elif self.table.kind == "projects":
            yield from range(len(next(iter(columns.values()))))

    def _collect_parts(self, file: str, lines: Sequence[int], columns: Columns) -> None:
        if self.checked.count <= MAX_SUGGESTIONS:
            self._suggestions += filter(None, columns.get("id", ()))
        wholes = columns.get("part_of", ())
        if any(wholes):
            self._parts += (
                _row(file, lines[position], _compared(columns), position)
                for position, whole in enumerate(wholes)
                if whole
            )

    def _requested(self, columns: Columns) -> Iterator[int]:
        """Yield the positions of the rows that are to be collected."""
        ids = columns.get("id", ())
        if self.table.kind == "projects":
            self.checked.ids.update(ids)
        if self._collect.all:
            yield from range(len(next(iter(columns.values()))))
        elif self._collect.projects:
            for position, name in enumerate(ids):
                if projects.project_of(name, self._collect.projects):
                    yield position

    def check_parts(self) -> None:
        """Compare the parts with their wholes, which a second reading collects."""
        if not self._parts:
            return
        rows = [*self._parts, *self._wholes()]
        rows.sort(key=lambda row: (row.file, row.line))
        few = self.checked.count <= MAX_SUGGESTIONS
        suggestions = [*self._suggestions, *self.checked.ids] if few else ()
        known = self.checked.ids | self._ids_of_other_tables(rows)
        findings = parts.check(rows, known, suggestions, self._vocabulary)
        self.checked.findings.extend(findings)

    def _ids_of_other_tables(self, rows: Sequence[Row]) -> set[str]:
        """Return the wholes that the table lacks and another one has: metrics.new.csv."""
        missing = {row.get("part_of") for row in rows} - {row.get("id") for row in rows}
        found: set[str] = set()
        for other in self._collect.others if missing else ():
            # Findings on the other table are reported when it is checked itself.
            with suppress(DataError, ValueError):
                at = other.columns.index("id")
                for _file, chunk in other.chunks():
                    found.update(row[at] for row in chunk.rows if row[at] in missing)
        return found

    def _wholes(self) -> Iterator[Row]:
        """Yield the wholes that are parts of nothing themselves."""
        own = {row.get("id") for row in self._parts}
        missing = {row.get("part_of") for row in self._parts} - own
        if not missing or "id" not in self.table.columns:
            return
        for file, chunk in self.table.chunks():
            columns = _columns(self.table, chunk)
            for position, name in enumerate(columns["id"]):
                if name in missing:
                    yield _row(file, chunk.lines[position], _compared(columns), position)


def _column_tests(table: InputTable, vocabulary: Vocabulary) -> dict[str, ColumnTests]:
    tests: dict[str, list[Test]] = {}
    for entry in table.fields:
        if entry["name"] in table.columns:
            tests.setdefault(entry["name"], []).append(field_test(entry))
    for column, test in word_tests(table.kind, table.columns, vocabulary).items():
        tests.setdefault(column, []).append(test)
    return {column: ColumnTests(each) for column, each in tests.items()}


def _columns(table: InputTable, chunk: Chunk) -> Columns:
    """Return the cells of a chunk by column; of columns of one name the last counts."""
    return dict(zip(table.columns, zip(*chunk.rows, strict=True), strict=True))


def _provinces(columns: Columns) -> Sequence[str]:
    """Return the provinces of a chunk; in a row of scope nation it may be any country."""
    provinces = columns["province"]
    if "scope" not in columns:
        return provinces
    return [
        NATION if cell and scope == "nation" else cell
        for cell, scope in zip(provinces, columns["scope"], strict=True)
    ]


def _compared(columns: Columns) -> Columns:
    """Return the columns by which parts and wholes are compared."""
    return {name: columns[name] for name in parts.COLUMNS if name in columns}


def _row(file: str, line: int, columns: Columns, position: int) -> Row:
    return Row(file, line, {name: cells[position] for name, cells in columns.items()})
