"""Periods on an axis: which are equally long, which are adjacent, and which are missing."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from transfer_cli.model import periods
from transfer_cli.model.periods import Period

MAX_FILLED = 60
"""The maximum number of periods of an axis on which missing ones have a place."""


def kinds(codes: Iterable[str]) -> list[list[str]]:
    """Return the periods of each axis, which are equally long, in order of time.

    An open period has an axis of its own; cells that are not periods are left out.
    """
    found: dict[object, list[Period]] = {}
    for code in codes:
        period = periods.find(code)
        if period is not None:
            own = period._replace(code=code)
            found.setdefault(_kind(period), []).append(own)
    return [[one.code for one in sorted(group, key=lambda one: one.start)]
            for group in found.values()]  # fmt: skip


def _kind(period: Period) -> object:
    if period.end == date.max:
        return period.code
    return period.months or (period.end - period.start).days


def adjacent(first: str, second: str) -> bool:
    """Return whether the second period begins where the first ends."""
    one, two = periods.find(first), periods.find(second)
    if one is None or two is None or date.max in (one.end, two.end):
        return False
    return two.start == one.end + timedelta(days=1)


def filled(codes: Sequence[str]) -> list[str]:
    """Return periods in order, with the missing ones between them if these are few."""
    found = [periods.find(code) for code in codes]
    if not found or found[0] is None or found[0].end == date.max:
        return list(codes)
    known = {one.start: code for one, code in zip(found, codes, strict=True) if one}
    months, last = found[0].months, max(known)
    if months not in (1, 3, 6, 12) or (found[0].start.month - 1) % months:
        return list(codes)
    axis: list[str] = []
    start = found[0].start
    while start <= last and len(axis) <= MAX_FILLED:
        axis.append(known.get(start) or _code(start, months))
        year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
        start = date(year, month + 1, 1)
    return axis if len(axis) <= MAX_FILLED and {*known.values()} <= {*axis} else list(codes)


def _code(start: date, months: int) -> str:
    part = {12: "", 6: f"-S{start.month // 6 + 1}", 3: f"-Q{start.month // 3 + 1}"}
    return f"{start.year}{part.get(months, f'-{start.month:02}')}"
