"""Which figures contain others: parts of a whole, narrower areas, one industry among several."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import product
from typing import Literal, NamedTuple

from transfer_cli.model import names, regions
from transfer_cli.model.vocabulary import INDUSTRIES, NATION, industries_in
from transfer_cli.rules import overlap
from transfer_cli.rules.record import Record

Reason = Literal["part", "inside"]
"""Why a figure is left out: it is part of another one, or may be inside a wider one."""

AREAS = ("nation", "province", "prefecture", "city")
"""The scopes whose figures are of all that lies in an area, widest first."""

_WIDE = frozenset({"total", "place", *AREAS})
"""The levels whose figures may contain those of other areas."""

_PARTS = ("地区", "区", "部", "省", "市", "州", "盟", "县", "东北", "沿海")
"""How the names of parts of China end."""
_BELOW = re.compile(r"[市州盟县旗]$|(?<![地治济片])区$|(?<=\s)(?:city|prefecture|county|district)$")
"""How the names of areas below a province end; 东部地区 and 自治区 are none."""
_MUNICIPALITIES = frozenset({"Beijing", "Tianjin", "Shanghai", "Chongqing"})
"""Provinces that are cities, so that no other city lies in them."""
_CHINESE_SUFFIXES = ("自治州", "地区", "市", "州", "盟")
_ENGLISH_SUFFIXES = frozenset({"city", "prefecture", "municipality"})


_SOME_PROVINCE = ("province", None)
"""The area of a city of which no province is printed."""


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
    one_each = _one_of_each(records[place] for place in places)
    levels = {place: _level(records[place], one_each=one_each) for place in places}
    if not _WIDE.isdisjoint(kinds := {*levels.values()}) and (len(kinds) > 1 or "place" in kinds):
        found |= _areas(records, levels)
    if len({records[place].industry for place in places}) > 1:
        found |= _industries(records, levels)
    return found


def _parts(records: Sequence[Record]) -> dict[int, Container]:
    """Return the records whose whole is present. In a cycle of parts no record is a part."""
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


def _one_of_each(records: Iterable[Record]) -> bool:
    """Return whether no two figures are of the same area, subject, industry and period.

    Then a figure without a place is of the whole province, and one without an industry of all.
    Where they recur, the table is a register, in which a place or an industry may not be printed.
    """
    seen: set[tuple[str | None, ...]] = set()
    for record in records:
        key = (*_same_thing(record), record.industry, record.period, record.status, record.source)
        if record.rows > 1 or key in seen:
            return False
        seen.add(key)
    return True


def _level(record: Record, *, one_each: bool) -> str:
    """Return the scope of a figure, or in a table without scopes the level of its area.

    ``total`` is of all areas of the table, ``place`` of an area in a province. It is empty where
    the figure may be of anything.
    """
    scope = record.scope or ""
    if names.is_total(record.province or ""):
        return "total"
    if names.is_total(record.place or ""):
        return "province"
    if record.province == NATION and scope in ("", *AREAS):
        return "nation"
    if scope or not one_each or record.subject:
        return scope
    if record.place or is_below_province(record.province or ""):
        return "place"
    return "province" if record.province or record.place is not None else ""


def _areas(records: Sequence[Record], levels: Mapping[int, str]) -> dict[int, Container]:
    """Return the records inside the area of another of the same indicator.

    The other is of all industries, or of the same one, or of several with it among them. Their
    periods must be able to overlap.
    """
    wide: dict[tuple[str | None, ...], dict[str | None, int]] = {}
    for place, level in levels.items():
        record = records[place]
        if level in _WIDE:
            key = (*_area(record, level), record.code, industry_of(record), _subject(record))
            wide.setdefault(key, {}).setdefault(record.period, place)
            if level == "province" and not record.scope and _has_cities(record):
                wide.setdefault((*_SOME_PROVINCE, *key[2:]), {}).setdefault(record.period, place)
    composites = _composites(records[place] for place in levels)
    found = {}
    for place, level in levels.items():
        record = records[place]
        own = industry_of(record)
        wider = (each for each in composites if holds(each, own))
        industries = dict.fromkeys(("", own, *wider))
        subjects = dict.fromkeys((None, "", record.subject))
        for area, industry, subject in product(_wider_areas(record, level), industries, subjects):
            others = wide.get((*area, record.code, industry, subject), {})
            for period, other in others.items():
                if overlap.may_overlap(period, record.period):
                    found[place] = Container(other, "inside")
                    break
    no_wholes = {
        inside.position for place, inside in found.items()
        if _is_larger(records[place], records[inside.position])
    }  # fmt: skip
    return {place: one for place, one in found.items() if one.position not in no_wholes}


def _is_larger(part: Record, whole: Record) -> bool:
    """Return whether a figure without a place is not a whole, as it is smaller than its part.

    Where a scope or a place is printed, the amount does not matter.
    """
    if whole.scope or whole.place or part.province != whole.province:
        return False
    if part.amount is None or whole.amount is None:
        return False
    return part.amount > whole.amount


def industry_of(record: Record) -> str:
    """Return the industry of a record, empty for all of them."""
    industry = record.industry or ""
    return "" if names.is_total(industry) else industry


def _subject(record: Record) -> str | None:
    """Return the subject that the content of an area must have; any if the scope is printed."""
    return None if record.scope else record.subject or ""


def _composites(records: Iterable[Record]) -> list[str]:
    """Return the distinct cells of several industries."""
    return sorted({each for one in records if (each := one.industry or "") and INDUSTRIES in each})


@lru_cache(4096)
def holds(composite: str, member: str) -> bool:
    """Return whether the industries of a cell (``a;b``) include all of another cell, and more."""
    inner = {*industries_in(member)}
    return bool(inner) and inner < {*industries_in(composite)}


def _area(record: Record, level: str) -> tuple[str | None, ...]:
    """Return what identifies the area of a record whose level is a wide one."""
    match level:
        case "nation" | "total":
            return (level,)
        case "province":
            return ("province", record.province)
    return ("city", record.province, _city(record.place or ""))


def _wider_areas(record: Record, level: str) -> list[tuple[str | None, ...]]:
    """Return the areas in which a record may lie, widest first.

    A zone, a project or a firm lies in the city that its place is, or whose name begins its place:
    成都高新区 and Chengdu High-tech Zone lie in 成都 and Chengdu.
    """
    if level == "nation":
        return []
    areas: list[tuple[str | None, ...]] = []
    if level == "total" or record.scope or is_domestic(record.province):
        areas.append(("nation",))
    if level == "total":
        return areas
    areas.append(("total",))
    if level == "place" and not record.place:
        return [*areas, _SOME_PROVINCE]
    if level != "province":
        areas.append(("province", record.province))
    if level not in AREAS:
        cities = _cities(record.place or "")
        own = cities[0] if level == "place" else ""
        areas += [("city", record.province, city) for city in cities if city != own]
    return areas


@lru_cache(4096)
def is_below_province(word: str) -> bool:
    """Return whether a word in a column of provinces is an area below them: 成都市, 安宁县."""
    return bool(_BELOW.search(word.casefold())) and regions.find(word) is None


def _has_cities(record: Record) -> bool:
    """Return whether a record is of a province that has cities."""
    name = regions.find(record.province or "")
    return name is not None and name not in _MUNICIPALITIES


def containers(records: Sequence[Record], *reasons: Reason) -> list[int]:
    """Return the positions of the widest records that contain others, for one of ``reasons``.

    A city in a column of provinces may lie in each of the provinces.
    """
    inside = contained(records)
    found = {one.position for one in inside.values() if one.reason in reasons} - inside.keys()
    if any(is_below_province(records[place].province or "") for place in inside):
        found |= {place for place, one in enumerate(records)
                  if place not in inside and not one.place and _has_cities(one)}  # fmt: skip
    return sorted(found)


def cities_among(places: Iterable[str]) -> set[str]:
    """Return the places that are a city in which another of them lies, as its name says."""
    cells = {*places}
    wider = {city for cell in cells for city in _cities(cell)[1:]}
    return {cell for cell in cells if _city(cell) in wider}


@lru_cache(4096)
def is_domestic(province: str | None) -> bool:
    """Return whether a word is a province or another part of China, as far as it says so.

    A table of countries has no scopes either, and there China contains no other row.
    """
    return not province or regions.find(province) is not None or province.endswith(_PARTS)


@lru_cache(4096)
def _city(place: str) -> str:
    """Return the name of a city or prefecture without the word for it, case folded."""
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


def _industries(records: Sequence[Record], levels: Mapping[int, str]) -> dict[int, Container]:
    """Return the figures of one industry that a figure of all industries, or of several, contains.

    They agree in all but the industry, or, with a figure of several industries, in indicator and
    place. Their periods must be able to overlap.
    """
    wide: dict[tuple[str | None, ...], dict[str | None, int]] = {}
    for place, level in levels.items():
        record = records[place]
        if _of_every_industry(record, level):
            wide.setdefault(_same_thing(record), {}).setdefault(record.period, place)
    found = {}
    for place in levels if wide else ():
        record = records[place]
        if industry_of(record):
            for period, other in wide.get(_same_thing(record), {}).items():
                if overlap.may_overlap(period, record.period):
                    found[place] = Container(other, "inside")
                    break
    for place, other in composites(records, [*levels]):
        if overlap.may_overlap(records[other].period, records[place].period):
            found.setdefault(place, Container(other, "inside"))
    return found


def composites(records: Sequence[Record], places: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield pairs of positions: a record, and one of several industries that include its own.

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


def _of_every_industry(record: Record, level: str) -> bool:
    """Return whether a figure is of all industries; of a project the industry is not printed."""
    if record.industry is None or industry_of(record):
        return False
    if record.industry or level in _WIDE:
        return True
    if record.scope is None or record.province is None:
        return False
    return record.scope == "" or (level not in ("project", "company") and bool(record.subject))
