"""A table to check, as it stands in its file: its rows, what it is, and what it should be."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from transfer_cli.checking.cells import Wrong
from transfer_cli.checking.finding import Finding

if TYPE_CHECKING:
    from transfer_cli.scanning.tables import Scan

Judge = Callable[[str], Wrong | None]
"""Tells what is wrong with a cell and what to do about it, or None."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row by its columns, with the line it begins on; ``broken`` if its fields do not fit.

    ``file`` is where it stands, for a row of a table of many files.
    """

    line: int
    cells: dict[str, str]
    broken: bool = False
    file: str = ""

    def get(self, column: str) -> str:
        """Return a cell; empty for a column that the table lacks."""
        return self.cells.get(column, "")


@dataclass(slots=True)
class TableFile:
    """A table as it stands in its file, what it is, and the fields that it should have.

    ``kind`` is the built-in table that it is like, or empty; ``keys`` are columns that together
    tell its rows apart. A large table has a ``scan`` and no rows here: ``count`` is how many it
    has, and ``unlisted`` how many findings are only counted.
    """

    name: str
    columns: list[str] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    kind: str = ""
    fields: list[dict[str, Any]] = field(default_factory=list)
    keys: list[list[str]] = field(default_factory=list)
    scan: "Scan | None" = None
    count: int = 0
    unlisted: int = 0

    def __len__(self) -> int:
        return self.count or len(self.rows)

    @property
    def whole(self) -> list[Row]:
        """The rows that are not broken."""
        return [row for row in self.rows if not row.broken]

    def at(self, row: Row, column: str, problem: str, fix: str) -> Finding:
        """Return a finding about a cell."""
        return Finding(row.file or self.name, row.line, column, problem, fix)

    def judged(self, column: str, judge: Judge) -> Iterator[Finding]:
        """Yield what a judge says of the cells of a column."""
        rows = self.whole
        # Most cells of a column are alike: each is looked at once.
        wrong = {cell: judge(cell) for cell in {row.get(column) for row in rows}}
        for row in rows if any(wrong.values()) else ():
            if found := wrong[row.get(column)]:
                yield self.at(row, column, *found)

    def doubtful(self) -> Sequence[Row]:
        """Return the rows whose cells may contradict each other."""
        return self.whole


class Cells(Protocol):
    """What the cells of a table can be asked: of a table in memory, of a chunk of a large one."""

    @property
    def kind(self) -> str:
        """The built-in table that it is like, or empty."""

    @property
    def columns(self) -> list[str]:
        """The names of its columns."""

    @property
    def fields(self) -> list[dict[str, Any]]:
        """The fields that it should have."""

    def at(self, row: Row, column: str, problem: str, fix: str) -> Finding:
        """Return a finding about a cell."""

    def judged(self, column: str, judge: Judge) -> Iterator[Finding]:
        """Yield what a judge says of the cells of a column."""

    def doubtful(self) -> Sequence[Row]:
        """Return the rows whose cells may contradict each other."""
