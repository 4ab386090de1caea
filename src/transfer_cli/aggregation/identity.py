"""What tells figures apart: no id stands twice, and two ids for one figure are named."""

from fractions import Fraction

from transfer_cli.aggregation.plan import AREA
from transfer_cli.errors import DataError, few
from transfer_cli.model import numbers
from transfer_cli.model.schema import LIKENESS
from transfer_cli.table import Table

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
    frame = table.frame
    names = [name for name in TOLD_APART_BY if name in table.columns]
    columns = [frame[name].tolist() for name in ("id", "value", *names)]
    wholes = frame["part_of"].tolist() if "part_of" in table.columns else [""] * len(frame)
    present = {*columns[0]} - {""}
    found: dict[tuple[Fraction | str, ...], list[str]] = {}
    for whole, name, value, *cells in zip(wholes, *columns, strict=True):
        if name and value and whole not in present:
            found.setdefault((_number(value), *cells), []).append(name)
    told = [" and ".join(ids) for ids in found.values() if len(ids) > 1]
    return [f"alike in all but their ids, and counted each: {few(told)}"] if told else []


def _number(text: str) -> Fraction | str:
    """Return a number such that 1 and 1.0 are one."""
    return numbers.exact(text) if numbers.is_number(text) else text
