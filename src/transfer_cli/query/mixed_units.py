"""Numbers of which a column may say that they are in several units, 亿元 and 万元.

They are not combined, and what is sorted, compared or derived of them carries a note.
"""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from transfer_cli.errors import Instead, RefusedError
from transfer_cli.messages import _, join
from transfer_cli.model import labels
from transfer_cli.model.headings import HEADINGS, ROW
from transfer_cli.query.condition import Condition
from transfer_cli.query.options import unit_column

if TYPE_CHECKING:
    from transfer_cli.tables.source import Source

_NO_AMOUNTS = frozenset({*HEADINGS, ROW, "year", "id"} - {"value"})
"""Columns that hold no amounts, so that no unit is theirs."""


def check(source: "Source", where: Condition, column: str, by: Sequence[str] = ()) -> None:
    """Raise RefusedError if the numbers of a column may be in several units.

    Rows that are grouped ``by`` the column of units are not combined.
    """
    if refused := mixed(source, where, column, by):
        raise refused


def notes(source: "Source", where: Condition, columns: Iterable[str]) -> list[str]:
    """Return a note on each column whose numbers may be in several units."""
    found = (mixed(source, where, column) for column in dict.fromkeys(columns))
    return [str(refused) for refused in found if refused]


def mixed(
    source: "Source", where: Condition, column: str, by: Sequence[str] = ()
) -> RefusedError | None:
    """Return the refusal to combine the numbers of a column that may be in several units.

    A column 单位 or 投资单位 does not say of which numbers it is, where no column is called
    ``value`` or 投资. It may hold organisations too: it counts only if every cell is a unit.
    """
    if column in _NO_AMOUNTS:
        return None
    known = source.vocabulary.units
    for name in (name for name in _unclaimed_units(source, column) if name not in by):
        cells = [str(cell) for cell in source.counts(where, name).index if cell]
        if not all(map(known.known, cells)) or len({known.printed(cell) for cell in cells}) < 2:
            continue
        schema, columns = source.schema, list(source.columns)
        before = columns[columns.index(name) - 1]
        behind = columns.index(column) > columns.index(name) and before not in _NO_AMOUNTS
        message = _(
            "the numbers of {column!r} may be in several units: {names} (column {units!r})",
            column=schema.field(column).written,
            names=join(map(labels.unit, sorted(cells))),
            units=schema.field(name).written,
        )
        role = "" if name == "unit" else f",{schema.field(name).written}=unit"
        of = schema.field(before if behind else column).written
        return RefusedError(message, Instead("--map", f"{of}=value{role}"))
    return None


def _unclaimed_units(source: "Source", column: str) -> list[str]:
    """Return the columns that may hold the units of a column of numbers that has none of its own.

    They are those that are of no column by name, and those behind the numbers.
    """
    columns, schema = list(source.columns), source.schema
    if unit_column(schema, columns, column):
        return []
    claimed = {field.unit for field in schema.fields}
    found = []
    for place, name in enumerate(columns):
        if not schema.field(name).written.casefold().endswith(("单位", "unit")):
            continue
        first = next((n for n in range(place, 0, -1) if columns[n - 1] in _NO_AMOUNTS), 0)
        if name not in claimed or column in columns[first:place]:
            found.append(name)
    return found
