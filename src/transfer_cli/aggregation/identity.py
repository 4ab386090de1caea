"""What tells figures apart: no id stands twice, and two ids for one figure are named."""

from transfer_cli.aggregation.plan import AREA
from transfer_cli.errors import DataError
from transfer_cli.schema import LIKENESS
from transfer_cli.table import Table

MOST = 3
"""Groups of like figures that are named."""
TOLD_APART_BY = (*dict.fromkeys((*LIKENESS, *AREA)), "source", "value", "unit", "bound")


def check(table: Table) -> None:
    """Raise DataError where an id stands twice: the same figure would be counted twice."""
    if table.guarded and "id" in table.columns:
        ids = table.frame["id"]
        twice = ids[ids.duplicated() & (ids != "")]
        if len(twice):
            told = f"{table.name}:{twice.index[0]}: column 'id': {twice.iloc[0]!r} stands twice"
            raise DataError(told, "give each figure an id of its own")


def alike(table: Table) -> list[str]:
    """Name figures that differ in nothing but their ids: they may be one that is printed twice."""
    if not table.guarded or "id" not in table.columns:
        return []
    names = [name for name in TOLD_APART_BY if name in table.columns]
    found: dict[tuple[str, ...], list[str]] = {}
    columns = (table.frame[name].tolist() for name in ("id", *names))
    for name, *cells in zip(*columns, strict=True):
        found.setdefault(tuple(cells), []).append(name)
    at = names.index("value")
    told = [" and ".join(ids) for cells, ids in found.items() if cells[at] and len(ids) > 1]
    if not told:
        return []
    more = f"; and {len(told) - MOST} more" if told[MOST:] else ""
    return [f"alike in all but their ids, and counted each: {'; '.join(told[:MOST])}{more}"]
