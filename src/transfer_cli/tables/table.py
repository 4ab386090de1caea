"""A table: text cells in pandas, with the meaning of their columns and notes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property

from transfer_cli.frames import pd
from transfer_cli.model.schema import DERIVED_TITLES, NO_SCHEMA, Field, Schema
from transfer_cli.model.vocabulary import Vocabulary


@dataclass(frozen=True, eq=False)
class Table:
    """Rows of text cells, with the meaning of their columns and the notes that belong to them.

    ``frame`` has dtype ``object``; a cell is the text that was printed, or a computed number at
    full precision, and ``""`` where missing. The index of a table that was read is the line of each
    row in its file. ``hidden`` are columns that no format writes: bounds of numbers, which screens
    show as symbols. ``report`` is true if the figures of the built-in report are among the rows.
    """

    frame: pd.DataFrame
    schema: Schema = NO_SCHEMA
    name: str = ""
    notes: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    report: bool = False
    vocabulary: Vocabulary = field(default_factory=Vocabulary)

    @cached_property
    def columns(self) -> list[str]:
        """The names of the columns that are written, in order."""
        return [name for name in self.frame.columns if name not in self.hidden]

    def __len__(self) -> int:
        return len(self.frame)

    def field(self, name: str) -> Field:
        """Return the meaning of a column."""
        known = self.schema.field(name)
        return known if known.title or name not in DERIVED_TITLES else DERIVED_TITLES[name]

    def with_frame(self, frame: pd.DataFrame, *notes: str) -> Table:
        """Return this table with other rows, and with ``notes`` after its own."""
        return replace(self, frame=frame, notes=(*self.notes, *notes))

    def is_numeric(self, name: str) -> bool:
        """Return whether a column holds numbers: by its type, or else if every cell is one."""
        return self.field(name).holds_numbers(pd.unique(self.frame[name]))


def collect(chunks: Iterable[Table]) -> Table:
    """Return chunks of one table as one, with the notes of all; there must be at least one."""
    tables = list(chunks)
    if len(tables) == 1:
        return tables[0]
    notes = dict.fromkeys(note for table in tables for note in table.notes)
    frame = pd.concat([table.frame for table in tables])
    return replace(tables[0], frame=frame, notes=tuple(notes))
