"""Figures that would be counted twice: ids or rows that occur twice, one figure under two ids."""

from collections.abc import Sequence
from decimal import Decimal

from transfer_cli.errors import DataError, few
from transfer_cli.frames import pd
from transfer_cli.messages import _, join
from transfer_cli.model import numbers
from transfer_cli.tables.table import Table

_IDENTITY = ("indicator", "status", "scope", "period", "province", "place", "industry", "subject",
             "place_zh", "subject_zh", "source", "unit", "bound")  # fmt: skip
"""The columns, besides the value, in which different figures differ."""
MAX_IDS = 3
"""Ids of one figure that a note names."""


def check_ids(table: Table) -> None:
    """Raise DataError for an id that occurs twice: the same figure would be counted twice."""
    ids = table.frame["id"]
    twice = ids[ids.duplicated() & (ids != "")]
    if len(twice):
        message = _(
            "{table}:{line}: column 'id': {id!r} occurs twice",
            table=table.name,
            line=twice.index[0],
            id=twice.iloc[0],
        )
        raise DataError(message, _("give each figure an id of its own"))


def same_figures(table: Table, value: str) -> list[str]:
    """Return a note on figures that differ only in their ids: one may have been printed twice.

    Parts of another figure of the table are passed over, as they are not counted with it.
    """
    frame = table.frame
    parts = frame["part_of"].isin(set(frame["id"]) - {""}) if "part_of" in frame else False
    rows = frame[(frame["id"] != "") & (frame[value] != "") & ~pd.Series(parts, frame.index)]
    names = [name for name in _IDENTITY if name in rows]
    amounts = rows[value].map(_amount)
    groups: dict[tuple[object, ...], list[str]] = {}
    columns = [rows[name].tolist() for name in names]
    for name, *cells in zip(rows["id"].tolist(), amounts.tolist(), *columns, strict=True):
        groups.setdefault(tuple(cells), []).append(name)
    named = [_named(ids) for ids in groups.values() if len(ids) > 1]
    if not named:
        return []
    return [
        _("figures that differ only in their ids are counted each: {figures}", figures=few(named))
    ]


def same_rows(table: Table) -> list[str]:
    """Return a note on rows of a table without ids that are the same in every column."""
    frame = table.frame
    again = frame[frame.duplicated(keep=False)]
    groups: dict[tuple[str, ...], list[str]] = {}
    for line, *cells in again.itertuples(name=None):
        groups.setdefault(tuple(cells), []).append(f"{table.name}:{line}")
    if not groups:
        return []
    named = [_named(lines) for lines in groups.values()]
    return [_("rows that are the same in every column are counted each: {rows}", rows=few(named))]


def same_projects(table: Table, keys: Sequence[str]) -> list[str]:
    """Return a note on projects of which one group, by ``keys``, has several different rows."""
    if "project" not in table.frame:
        return []
    frame = table.frame[table.frame["project"] != ""].drop_duplicates()
    by = [*dict.fromkeys([*(name for name in keys if name in frame), "project"])]
    names = frame.loc[frame.duplicated(by), "project"].unique().tolist()
    if not names or "project" in keys:
        return []
    return [_("projects of several rows are counted with each: {names}", names=few(names))]


def _named(ids: Sequence[str]) -> str:
    """Return ids joined by "and", the first of many with how many more there are."""
    if len(ids) <= MAX_IDS:
        return _(" and ").join(ids)
    return _("{ids} and {count} more", ids=join(ids[:MAX_IDS]), count=len(ids) - MAX_IDS)


def _amount(cell: str) -> Decimal | str:
    """Return a number such that 1 and 1.0 are one."""
    amount = numbers.decimal(cell)
    return cell if amount is None else amount
