"""What the Python API returns: a table for pandas and notebooks, and the answer of ``calc``."""

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from transfer_cli.errors import DataError
from transfer_cli.frames import pd
from transfer_cli.messages import _
from transfer_cli.model import numbers
from transfer_cli.output import screen, write
from transfer_cli.output.formats import Settings
from transfer_cli.streams import safe
from transfer_cli.tables import table as tables

if TYPE_CHECKING:
    from transfer_cli.output.write import View

_LARGEST_INTEGER = 2**63


@dataclass(frozen=True, eq=False, repr=False)
class Table(tables.Table):
    """A table with its notes: what a command writes, and what it says about it.

    ``frame`` holds the cells as text, ``""`` where missing; ``to_pandas`` returns typed columns.
    ``notes`` must be shown with the numbers. Every function takes a Table in place of the name of a
    table. A notebook shows it as a page shows it, footnotes included.
    """

    view: "View | None" = None
    """The view of a comparison, which people see in place of the rows."""
    all_columns: bool = False
    """Whether people see every column: those that were named, and those of statistics."""

    def to_pandas(self) -> "pd.DataFrame":
        """Return the rows with typed columns: numbers as Float64, whole numbers as Int64, text.

        Missing cells are NA. A number keeps some 15 digits; ``frame`` has all of them. Raises
        DataError for a cell that is not a number in a column of numbers.
        """
        [written] = write.TableStream([self])
        columns = {name: _typed(written, name) for name in written.columns}
        return pd.DataFrame(columns, index=pd.RangeIndex(len(self)))

    def __repr__(self) -> str:
        """Return the table as a terminal shows it, and its notes."""
        if self.view is not None:
            text = self.view.screen(False)
        else:
            [shown] = write.TableStream([self], screen=True)
            text = screen.render(shown, len(self), self._settings())
        notes = (_("Note: {text}", text=safe(note)) for note in self.notes)
        return "\n".join([text.strip("\n"), *notes])

    def _repr_html_(self) -> str:
        """Return the table and its notes as HTML; of a long table the first rows."""
        from transfer_cli.output.formats.html import fragment

        notes = list(self.notes)
        if self.view is not None and self.view.document is not None:
            document = self.view.document()
        else:
            [written] = write.TableStream([self], screen=True)
            shown = written.with_frame(written.frame.head(screen.MAX_ROWS))
            document = screen.document(shown, self._settings())
            if len(shown) < len(self):
                text = _("the first {shown:,} of {total:,} rows", shown=len(shown), total=len(self))
                notes.append(text)
        return fragment(document.with_notes(notes))

    def _settings(self) -> Settings:
        return Settings(all_columns=self.all_columns)


class Answer(NamedTuple):
    """The result of ``calc``: a number with its unit, its bound and its notes.

    ``value`` lies between ``low`` and ``high``, which are None where that end is open; ``bound`` is
    the strongest word that is true of it: exact, over, at_least, under, at_most, about, nearly or
    unknown. ``exact`` is the value as a fraction. ``figures`` are the ids of those used.
    """

    text: str
    value: float
    unit: str
    bound: str
    low: float | None
    high: float | None
    exact: Fraction
    figures: tuple[str, ...]
    notes: tuple[str, ...]

    def __str__(self) -> str:
        return self.text

    def __float__(self) -> float:
        return self.value


def _typed(table: tables.Table, name: str) -> "pd.api.extensions.ExtensionArray":
    """Return the cells of a column with the type that the schema, or else the cells, give it."""
    cells: list[str] = table.frame[name].tolist()
    if not table.is_numeric(name):
        return pd.array([cell or None for cell in cells], dtype="string")
    percent = numbers.reads_percent(name, table.columns)
    values = []
    for line, cell in zip(table.frame.index, cells, strict=True):
        number = numbers.decimal(cell, percent=percent) if cell else None
        if cell and number is None:
            message = _("{table}:{line}: {name}: {cell!r} is not a number",
                        table=table.name, line=line, name=name, cell=cell)  # fmt: skip
            raise DataError(message, _("table.frame has the cells as text"))
        values.append(number)
    present = [value for value in values if value is not None]
    whole = all(value % 1 == 0 and abs(value) < _LARGEST_INTEGER for value in present)
    if table.field(name).type != "number" and whole:
        return pd.array([None if v is None else int(v) for v in values], dtype="Int64")
    return pd.array([None if v is None else float(v) for v in values], dtype="Float64")
