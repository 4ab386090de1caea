"""A table on its way out: columns of text with their meaning. It needs no pandas."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from transfer_cli.schema import NO_SCHEMA, Field, Schema


@dataclass(frozen=True)
class Sheet:
    """Columns of cells as machines read them, ``""`` where missing, with notes.

    ``marks`` are the bounds of numbers whose own column of bounds is not among them.
    """

    cells: Mapping[str, Sequence[str]]
    schema: Schema = NO_SCHEMA
    notes: tuple[str, ...] = ()
    kinds: dict[str, bool] = field(default_factory=dict)
    marks: Mapping[str, Sequence[str]] = field(default_factory=dict)

    @property
    def columns(self) -> list[str]:
        """The names of the columns, in order."""
        return list(self.cells)

    def __len__(self) -> int:
        return len(next(iter(self.cells.values()), ()))

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
