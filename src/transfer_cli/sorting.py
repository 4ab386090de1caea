"""Orders rows, numbers by what they amount to."""

from collections.abc import Sequence

from transfer_cli.frames import pd
from transfer_cli.model import lookups
from transfer_cli.oldquery import derive
from transfer_cli.table import Table


def sort(table: Table, keys: Sequence[str]) -> Table:
    """Return the rows ordered by ``keys``; ``-key`` descends. Empty last, ties by id.

    Numbers with units are ordered by what they amount to, dimension by dimension.
    """
    derived = derive(table, [key.removeprefix("-") for key in keys])
    derived.require([key.removeprefix("-") for key in keys])
    rows = derived.with_frame(derived.frame.set_axis(range(len(derived.frame))))
    order = rows.frame.index
    for key in reversed([*keys, "id"] if "id" in table.columns else list(keys)):
        cells = _sort_key(rows, key.removeprefix("-")).loc[order]
        ascending = not key.startswith("-")
        order = cells.sort_values(ascending=ascending, kind="stable", na_position="last").index
    return table.with_frame(table.frame.iloc[order])


def _sort_key(table: Table, column: str) -> "pd.Series[float] | pd.Series[str]":
    cells = table.frame[column]
    if not table.is_numeric(column):
        return cells.where(cells.astype(str) != "")
    numbers = table.numbers(column)
    unit = table.field(column).unit
    if unit in table.columns:
        factors = table.frame[unit].map(
            lambda name: float(lookups.current().units.parse(name).factor) if name else 1.0
        )
        numbers = numbers * factors.astype(float)
    return numbers
