"""What tells figures apart: no id stands twice, and two ids for one figure are named."""

from transfer_cli import digits
from transfer_cli.aggregation.plan import AREA
from transfer_cli.errors import DataError
from transfer_cli.schema import LIKENESS
from transfer_cli.table import Table

MOST = 3
"""Groups of like figures that are named."""
TOLD_APART_BY = (*dict.fromkeys((*LIKENESS, *AREA)), "place_zh", "subject_zh", "source", "unit",
                 "bound")  # fmt: skip
"""The columns, beside the value, that tell figures apart."""


def check(table: Table) -> None:
    """Raise DataError where an id stands twice: the same figure would be counted twice."""
    if table.guarded and "id" in table.columns:
        ids = table.frame["id"]
        twice = ids[ids.duplicated() & (ids != "")]
        if len(twice):
            told = f"{table.name}:{twice.index[0]}: column 'id': {twice.iloc[0]!r} stands twice"
            raise DataError(told, "give each figure an id of its own")


def alike(table: Table) -> list[str]:
    """Name figures that differ in nothing but their ids: they may be one that is printed twice.

    Parts of another figure are passed over, as they are not counted beside it.
    """
    if not table.guarded or "id" not in table.columns:
        return []
    names = [name for name in TOLD_APART_BY if name in table.columns]
    found: dict[tuple[str, ...], list[str]] = {}
    ids, whole = table.frame["id"].tolist(), table.frame.get("part_of")
    wholes = whole.tolist() if whole is not None else [""] * len(ids)
    present = {*ids} - {""}
    columns = [table.frame[name].tolist() for name in names]
    values = [_number(value) for value in table.frame["value"]]
    for name, part_of, value, *cells in zip(ids, wholes, values, *columns, strict=True):
        if name and value and part_of not in present:
            found.setdefault((value, *cells), []).append(name)
    told = [" and ".join(alike) for alike in found.values() if len(alike) > 1]
    if not told:
        return []
    more = f"; and {len(told) - MOST} more" if told[MOST:] else ""
    return [f"alike in all but their ids, and counted each: {'; '.join(told[:MOST])}{more}"]


def _number(text: str) -> str:
    return digits.machine(digits.exact(text)) if digits.is_number(text) else text
