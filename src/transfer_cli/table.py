"""A table: rows in pandas with their meaning, which queries and aggregates take and give."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from transfer_cli.errors import DataError
from transfer_cli.frames import pd
from transfer_cli.model.numbers import column_text
from transfer_cli.model.schema import DERIVED_TITLES, NO_SCHEMA, Field, Schema, guarded, require
from transfer_cli.sheet import Sheet


class Table(NamedTuple):
    """Rows with the meaning of their columns and the notes that must stand beside them.

    Cells that were read are text, as printed, ``""`` where missing; cells that were computed
    are numbers. The index of a table that was read is the line of each row in its file.
    ``marks`` are the bounds of numbers whose own column of bounds was not asked for, and
    ``report`` says that the built-in report's figures are among the rows.
    """

    frame: pd.DataFrame
    schema: Schema = NO_SCHEMA
    name: str = ""
    notes: tuple[str, ...] = ()
    marks: Mapping[str, Sequence[str]] = {}
    report: bool = False

    @property
    def columns(self) -> list[str]:
        """The names of the columns, in order."""
        return list(self.frame.columns)

    @property
    def guarded(self) -> bool:
        """Whether the table has the columns on which the rules of likeness rest."""
        return guarded(self.columns)

    def field(self, name: str) -> Field:
        """Return the meaning of a column."""
        known = self.schema.field(name)
        return known if known.title or name not in DERIVED_TITLES else DERIVED_TITLES[name]

    def with_frame(self, frame: pd.DataFrame, *notes: str) -> "Table":
        """Return this table with other rows, and with ``notes`` after its own."""
        return self._replace(frame=frame, notes=(*self.notes, *notes))

    def require(self, columns: Sequence[str]) -> None:
        """Raise UsageError, with did-you-mean, for the first column that the table lacks."""
        require(self.columns, columns)

    def numbers(self, name: str) -> "pd.Series[float]":
        """Return a column as float64, NaN where missing.

        Raises DataError, naming file, line and column, for a cell that is no number.
        """
        cells = self.frame[name]
        if pd.api.types.is_numeric_dtype(cells):
            return cells.astype(float)
        values = pd.to_numeric(cells.where(cells != ""), errors="coerce")
        bad = cells[(values.isna() | (values.abs() == float("inf"))) & (cells != "")]
        if len(bad):
            raise DataError(
                f"{self.name}:{bad.index[0]}: column {name!r}: {bad.iloc[0]!r} is no number",
                "write plain digits, and leave the cell empty where nothing is known",
            )
        return values.astype(float)

    def is_numeric(self, name: str) -> bool:
        """Tell whether a column holds numbers, by the schema or else by every one of its cells."""
        field, cells = self.field(name), self.frame[name]
        computed = field.type == "any" and pd.api.types.is_numeric_dtype(cells)
        return computed or field.holds_numbers(pd.unique(cells))

    def sheet(self) -> Sheet:
        """Return the table as text: to be rendered, or read without pandas."""
        cells = {name: column_text(self.frame[name].tolist()) for name in self.columns}
        lines = self.frame.index.tolist()
        return Sheet(
            cells, self.schema, self.notes, marks=self.marks, name=self.name, lines=lines,
            report=self.report,
        )  # fmt: skip
