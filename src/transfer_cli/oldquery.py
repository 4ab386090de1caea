"""Selects, orders and cuts rows: Table in, Table out."""

from collections.abc import Sequence

from transfer_cli.frames import pd
from transfer_cli.model import regions
from transfer_cli.model.derivation import DERIVED, derived
from transfer_cli.selecting import conditions
from transfer_cli.selecting.selection import Selection
from transfer_cli.table import Table


def derive(table: Table, columns: Sequence[str]) -> Table:
    """Return the table with those of ``columns`` that follow from others added.

    ``category`` follows from ``indicator``, ``region`` from ``province``.
    """
    frame = table.frame
    for name, source in DERIVED.items():
        if name in columns and name not in frame.columns and source in frame.columns:
            codes = {code: derived(name, code) for code in pd.unique(frame[source])}
            frame = frame.assign(**{name: frame[source].map(codes)})
    return table.with_frame(frame)


def decidable(table: Table, selection: Selection) -> Table:
    """Return the table with the derived columns on which a selection may decide."""
    anywhere = DERIVED if selection.where or selection.search else ()
    return derive(table, [*selection.equal, *anywhere])


def with_canonical_provinces(table: Table) -> Table:
    """Return the table with each province under its English name, however it was written."""
    if "province" not in table.columns:
        return table
    cells = table.frame["province"]
    names = {cell: regions.find(str(cell)) or cell for cell in pd.unique(cells)}
    if all(cell == name for cell, name in names.items()):
        return table
    return table.with_frame(table.frame.assign(province=cells.map(names)))


def select(table: Table, selection: Selection) -> Table:
    """Return the rows that meet every condition, in their order.

    When none does, a note says which condition matched nothing. Raises UsageError for a
    condition on a column that the table lacks.
    """
    masks = dict(conditions.masks(decidable(table, selection), selection))
    kept = pd.Series(True, index=table.frame.index)
    for mask in masks.values():
        kept &= mask
    result = table.with_frame(table.frame[kept], *_units_mixed(table, selection))
    if not len(table.frame):
        return result.with_frame(result.frame, "no rows: the table has none")
    if not kept.any():
        barren = [told for told, mask in masks.items() if not mask.any()]
        return result.with_frame(result.frame, conditions.why_empty(len(table.frame), barren))
    return result


def _units_mixed(table: Table, selection: Selection) -> list[str]:
    mixed = len(conditions.units_compared(table, selection)) > 1
    return [conditions.UNITS_MIXED] if mixed else []


def limit(table: Table, count: int | None) -> Table:
    """Return the first ``count`` rows, with a note that says how many were left out."""
    if count is None or len(table.frame) <= count:
        return table
    note = f"{count:,} of {len(table.frame):,} rows shown (--limit {count})"
    return table.with_frame(table.frame.head(count), note)


def columns(table: Table, wanted: Sequence[str]) -> Table:
    """Return only the columns ``wanted``, in that order."""
    if not wanted:
        return table
    wanted = list(dict.fromkeys(wanted))
    table = derive(table, wanted)
    table.require(wanted)
    bounds = {name: table.field(name).bound for name in wanted}
    lost = {name: list(table.frame[bound]) for name, bound in bounds.items()
            if bound in table.columns and bound not in wanted}  # fmt: skip
    return table._replace(frame=table.frame[list(wanted)], marks=lost)
