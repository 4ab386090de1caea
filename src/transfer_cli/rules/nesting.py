"""Which figures contain others: parts of a whole, narrower areas, one industry among several."""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

from transfer_cli.model.vocabulary import INDUSTRIES, industries_in
from transfer_cli.rules import overlap
from transfer_cli.rules.record import Record

Reason = Literal["part", "inside"]
"""Why a figure is left out: it is part of another one, or may lie inside a wider one."""

AREAS = ("nation", "province", "prefecture", "city")
"""The scopes whose figures are of all that lies in an area, widest first."""

_CHINESE_SUFFIXES = ("自治州", "地区", "市", "州", "盟")
_ENGLISH_SUFFIXES = frozenset({"city", "prefecture", "municipality"})


class Container(NamedTuple):
    """The position of a record that contains another, and why the other is left out."""

    position: int
    reason: Reason


def contained(records: Sequence[Record]) -> dict[int, Container]:
    """Return the records that another of them contains, by position.

    Parts come first: a part that is left out contains nothing, so its area counts no more.
    """
    found = _parts(records)
    rest = [place for place in range(len(records)) if place not in found] if found else None
    places = range(len(records)) if rest is None else rest
    scopes = {records[place].scope for place in places}
    if len(scopes) > 1 and not scopes.isdisjoint(AREAS):
        found |= _areas(records, places)
    if len({records[place].industry for place in places}) > 1:
        found |= _industries(records, places)
    return found


def _parts(records: Sequence[Record]) -> dict[int, Container]:
    """Return the records of which a whole is present. In a circle of parts none is a part."""
    if not any(record.wholes for record in records):
        return {}
    by_id = {record.id: place for place, record in enumerate(records) if record.id}
    found = {}
    for place, record in enumerate(records):
        for whole in record.wholes:
            other = by_id.get(whole)
            if other is not None:
                # If the whole is in turn a part of it, all its wholes are in the same circle.
                if record.id not in records[other].wholes:
                    found[place] = Container(other, "part")
                break
    return found


def _areas(records: Sequence[Record], places: Sequence[int]) -> dict[int, Container]:
    """Return the records inside the area of another of the same indicator.

    The other is of all industries, or of the same one, or of several with it among them.
    """
    wide: dict[tuple[str | None, ...], int] = {}
    for place in places:
        record = records[place]
        if record.scope in AREAS and record.province is not None:
            wide.setdefault((*_area(record), record.code, record.industry or ""), place)
    composites = _composites(records[place] for place in places)
    found = {}
    for place in places:
        record = records[place]
        own = record.industry or ""
        wider = (each for each in composites if holds(each, own))
        for industry in dict.fromkeys(("", own, *wider)):
            for key in _wider_areas(record):
                container = wide.get((*key, record.code, industry))
                if container is not None:
                    found[place] = Container(container, "inside")
    return found


def _composites(records: Iterable[Record]) -> list[str]:
    """Return the distinct cells of several industries."""
    return sorted({each for one in records if (each := one.industry or "") and INDUSTRIES in each})


@lru_cache(4096)
def holds(composite: str, member: str) -> bool:
    """Return whether a cell of several industries (``a;b``) holds all of another, and more."""
    inner = {*industries_in(member)}
    return bool(inner) and inner < {*industries_in(composite)}


def _area(record: Record) -> tuple[str | None, ...]:
    """Return what identifies the area of a record whose scope is one of ``AREAS``."""
    match record.scope:
        case "nation":
            return ("nation",)
        case "province":
            return ("province", record.province)
    return ("city", record.province, _city(record.place or ""))


def _wider_areas(record: Record) -> list[tuple[str | None, ...]]:
    """Return the areas in which a record may lie, widest first.

    A zone, a project or a firm lies in the city that its place is, or whose name begins its place:
    成都高新区 and Chengdu High-tech Zone lie in 成都 and Chengdu.
    """
    if record.scope == "nation":
        return []
    areas: list[tuple[str | None, ...]] = [("nation",)]
    if record.scope != "province":
        areas.append(("province", record.province))
    if record.scope not in AREAS:
        areas += [("city", record.province, city) for city in _cities(record.place or "")]
    return areas


@lru_cache(4096)
def _city(place: str) -> str:
    """Return the name of a city or prefecture without the word that says so, case folded."""
    words = place.casefold().split()
    if len(words) > 1 and words[-1] in _ENGLISH_SUFFIXES:
        words.pop()
    name = " ".join(words)
    for suffix in _CHINESE_SUFFIXES:
        if len(name) > len(suffix) + 1 and name.endswith(suffix):
            return name.removesuffix(suffix)
    return name


@lru_cache(4096)
def _cities(place: str) -> tuple[str, ...]:
    """Return the names of cities in which a place may lie: its own, and how it begins."""
    name = _city(place)
    words = name.split()
    begins = [" ".join(words[:count]) for count in range(1, len(words))]
    if name and not name.isascii():
        begins += [name[:length] for length in range(2, len(name))]
    return (name, *begins)


def _industries(records: Sequence[Record], places: Sequence[int]) -> dict[int, Container]:
    """Return the figures of one industry beside one of all industries of the same thing.

    Those of one beside several together, too: there the subject may be another one. Their periods
    must be able to overlap.
    """
    wide: dict[tuple[str | None, ...], dict[str | None, int]] = {}
    for place in places:
        record = records[place]
        if _of_every_industry(record):
            wide.setdefault(_same_thing(record), {}).setdefault(record.period, place)
    found = {}
    for place in places if wide else ():
        record = records[place]
        if record.industry:
            for period, other in wide.get(_same_thing(record), {}).items():
                if overlap.may_overlap(period, record.period):
                    found[place] = Container(other, "inside")
                    break
    for place, other in composites(records, places):
        if overlap.may_overlap(records[other].period, records[place].period):
            found.setdefault(place, Container(other, "inside"))
    return found


def composites(records: Sequence[Record], places: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield each record beside one of several industries that holds its own, with the other.

    They agree in indicator and place; each pair of industries and periods of a place comes once.
    """
    several = _composites(records[place] for place in places)
    if not several:
        return
    wide: dict[tuple[str | None, ...], dict[str | None, int]] = {}
    for place in places:
        record = records[place]
        if record.industry in several:
            key = (*_same_place(record), record.industry)
            wide.setdefault(key, {}).setdefault(record.period, place)
    for place in places:
        record = records[place]
        for composite in several:
            if holds(composite, record.industry or ""):
                for other in wide.get((*_same_place(record), composite), {}).values():
                    yield place, other


def _same_place(record: Record) -> tuple[str | None, ...]:
    return record.code, record.province, record.place


def _same_thing(record: Record) -> tuple[str | None, ...]:
    return record.code, record.scope, record.province, record.place, record.subject


def _of_every_industry(record: Record) -> bool:
    """Return whether a figure is of all industries; of a project the industry is not printed."""
    if record.industry != "" or record.scope is None or record.province is None:
        return False
    if record.scope in AREAS or record.scope == "":
        return True
    return record.scope not in ("project", "company") and bool(record.subject)
