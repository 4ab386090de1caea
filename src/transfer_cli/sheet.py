"""A table as columns of text with their meaning. It needs no pandas."""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import compress

from transfer_cli.model.schema import NO_SCHEMA, Field, Schema, guarded, require


@dataclass(frozen=True, eq=False, repr=False)
class Sheet:
    """Columns of cells as machines read them, ``""`` where missing, with notes.

    ``marks`` are the bounds of numbers whose own column of bounds is not among them. Of a table
    that was read, ``lines`` has the line of each row, and ``report`` says that the built-in
    report's figures are among the rows.
    """

    cells: Mapping[str, Sequence[str]]
    schema: Schema = NO_SCHEMA
    notes: tuple[str, ...] = ()
    kinds: dict[str, bool] = field(default_factory=dict)
    marks: Mapping[str, Sequence[str]] = field(default_factory=dict)
    name: str = ""
    lines: Sequence[int] = ()
    report: bool = False

    @property
    def columns(self) -> list[str]:
        """The names of the columns, in order."""
        return list(self.cells)

    def __len__(self) -> int:
        return len(next(iter(self.cells.values()), ()))

    @property
    def guarded(self) -> bool:
        """Whether the table has the columns on which the rules of likeness rest."""
        return guarded(self.cells)

    def require(self, columns: Iterable[str]) -> None:
        """Raise UsageError, with did-you-mean, for the first column that the table lacks."""
        require(self.columns, columns)

    def where(self, name: str, wanted: Container[str]) -> "Sheet":
        """Return the rows whose cell in a column is among those ``wanted``."""
        kept = [cell in wanted for cell in self.cells[name]]
        if all(kept):
            return self
        cells = {column: list(compress(found, kept)) for column, found in self.cells.items()}
        lines = list(compress(self.lines, kept))
        return replace(self, cells=cells, lines=lines, kinds={}, marks={})

    def field(self, name: str) -> Field:
        """Return the meaning of a column."""
        return self.schema.field(name)

    def is_numeric(self, name: str) -> bool:
        """Tell whether a column holds numbers, by the schema or else by every one of its cells."""
        if name not in self.kinds:
            self.kinds[name] = self.field(name).holds_numbers(self.cells[name])
        return self.kinds[name]

    def head(self, count: int) -> "Sheet":
        """Return the first rows, with the kinds that the whole has."""
        kinds = {name: self.is_numeric(name) for name in self.columns}
        cells = {name: column[:count] for name, column in self.cells.items()}
        marks = {name: column[:count] for name, column in self.marks.items()}
        return Sheet(cells, self.schema, self.notes, kinds, marks)

    def bounds(self, name: str) -> Sequence[str]:
        """Return the bounds of a column of numbers; empty where it has none."""
        beside = self.field(name).bound or f"{name}_bound"
        return self.cells.get(beside) or self.marks.get(name, ())
