"""Whether figures of several periods overlap: in time, and in place.

A period that is not printed may overlap any. Two places overlap unless they are of different
provinces, or are different places of one level.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from datetime import date
from operator import attrgetter
from typing import NamedTuple

from transfer_cli.model import names, periods
from transfer_cli.model.periods import Period
from transfer_cli.model.vocabulary import NATION
from transfer_cli.rules.record import Record

ALWAYS = Period("", date.min, date.max)
"""The span of a period that is not printed."""

_LEVELS = {"city": "prefecture", "company": "project", "programme": "project"}
"""Scopes whose places are of one level with those of another scope."""


def may_overlap(one: str | None, other: str | None) -> bool:
    """Return whether two periods, as cells, may share a day."""
    if one == other or not one or not other:
        return True
    first, second = periods.find(one), periods.find(other)
    return first is None or second is None or first.overlaps(second)


class _Item(NamedTuple):
    """Where and when some figures are; ``province`` is empty if they may be anywhere."""

    province: str
    place: str
    level: str
    span: Period


def conflict(records: Iterable[Record]) -> tuple[Period, Period] | None:
    """Return two different periods that overlap in places that can overlap, or None.

    A period that is not printed is ``ALWAYS``. The cells must be periods or empty. Takes time
    linear in the records, and n log n in the distinct places and periods.
    """
    items = {_item(record) for record in records}
    levels = {item.level for item in items}
    latest: dict[Hashable, _Latest] = defaultdict(_Latest)
    for item in sorted(items, key=_position):
        for key in _crossing(item, levels):
            earlier = latest[key].overlapping(item.span)
            if earlier:
                return earlier, item.span
        for key in _keys(item):
            latest[key].add(item.span)
    return None


def _position(item: _Item) -> tuple[date, int, tuple[str, ...]]:
    """Return a key that sorts by start, and then the longest first."""
    return item.span.start, -item.span.end.toordinal(), item[:3]


def _item(record: Record) -> _Item:
    province = record.province or ""
    if record.scope == "nation" or province == NATION or names.is_total(province):
        province = ""
    place = "" if record.scope == "province" else record.place or ""
    scope = record.scope or ""
    return _Item(province, place, _LEVELS.get(scope, scope), record.span or ALWAYS)


_END = attrgetter("end")


class _Latest:
    """The spans that end last among those seen, of two different periods."""

    def __init__(self) -> None:
        self.spans: list[Period] = []

    def add(self, span: Period) -> None:
        if any(span.code == seen.code for seen in self.spans):
            return
        if len(self.spans) < 2 or span.end > self.spans[1].end:
            self.spans = sorted([*self.spans, span], key=_END, reverse=True)[:2]

    def overlapping(self, span: Period) -> Period | None:
        """Return a span seen before, of another code, that has not ended when this one starts."""
        for seen in self.spans:
            if seen.code != span.code and seen.end >= span.start:
                return seen
        return None


def _keys(item: _Item) -> Sequence[Hashable]:
    """Return the keys under which an item is looked up by those that can overlap with it."""
    province, place, level, _ = item
    if not province:
        return ("all", "anywhere")
    if not place:
        return ("all", ("province", province), ("whole", province))
    return ("all", ("province", province), ("place", province, place),
            ("level", province, level))  # fmt: skip


def _crossing(item: _Item, levels: Iterable[str]) -> Sequence[Hashable]:
    """Return the keys of the items that can overlap with this one in place."""
    province, place, level, _ = item
    if not province:
        return ("all",)
    if not place:
        return ("anywhere", ("province", province))
    others = [("level", province, other) for other in levels if other != level]
    return ("anywhere", ("whole", province), ("place", province, place), *others)
