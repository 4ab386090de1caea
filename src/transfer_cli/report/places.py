"""The province and the place that a quantity belongs to."""

import re
from bisect import bisect_right
from dataclasses import dataclass

from transfer_cli.report.provinces import AMBIGUOUS, AUTONOMOUS, PREFECTURES, PROVINCES
from transfer_cli.report.sentences import CLAUSE, PARAGRAPH, end_of, start_of

_HOME = {city: province for province, cities in PREFECTURES.items() for city in cities.split()}
_ZONE = (
    "(?:高新区|高新技术产业开发区|经开区|经济技术开发区|经济开发区|科技城|新区|综保区|综合保税区|自贸区"
    "|自贸试验区|保税区|产业园区?|工业园区?|开发区|示范区|合作区)"
)


def _longest_first(names: list[str]) -> str:
    return "|".join(sorted(names, key=len, reverse=True))


_CITY = "|".join(
    name + (f"(?=[市州盟]|地区|{_ZONE})" if name in AMBIGUOUS else "")
    for name in sorted(_HOME, key=len, reverse=True)
)
_NATIONS = r"[\u4e00-\u9fff]{1,9}?族(?:[\u4e00-\u9fff]{1,6}?族)*自治州"
_PLACE = re.compile(
    rf"(?P<city>{_CITY})(?P<rank>市|{_NATIONS}|自治州|州|盟|地区)?(?P<zone>[\u4e00-\u9fff]{{0,4}}?{_ZONE})?"
    rf"|(?P<province>{_longest_first(list(PROVINCES))})(?:省|市|(?:壮族|回族|维吾尔)?自治区)?"
)
# 全国 names the whole country unless the clause only compares with it.
_NATION = re.compile(
    r"(?<![占比居高低于列位为成是在超出])(?:全国|我国|中国(?=经济|的|共|有))"
    r"(?!第|最|首|唯一|领先|前列|平均|重要|各地|[（(])|国内生产总值"
)
_FULL = re.compile(
    rf"(?:{_longest_first(list(PROVINCES))})(?:省|(?:壮族|回族|维吾尔)?自治区)(?!.{{0,12}}公司)"
)
_PROVINCE_WIDE = ("全省", "全自治区")
"""What leads a clause that is about the whole province again."""
_HEADING_WIDTH = 24


@dataclass(frozen=True, slots=True)
class Place:
    """A name at its place in the text; `place_zh` is empty for a province as a whole."""

    start: int
    province: str
    place_zh: str = ""


class Gazetteer:
    """Finds the names of a text once, and answers for any offset which of them holds there."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._places = [_read(match) for match in _PLACE.finditer(text)]
        self._starts = [place.start for place in self._places]
        self._headings = [place for place in self._places if _is_heading(text, place.start)]
        self._heading_starts = [place.start for place in self._headings]

    def at(self, start: int) -> tuple[str, str]:
        """English province and Chinese place for the number here; empty where none is named."""
        heading = _last(self._headings, self._heading_starts, start)
        near = self._nearest(start, heading.start if heading else 0)
        if self._is_national(start):
            return "China", ""
        if near and self._text.startswith(
            _PROVINCE_WIDE, start_of(self._text, start, CLAUSE), start + 1
        ):
            near = Place(near.start, near.province)
        if heading is None:
            return (near.province, near.place_zh) if near else ("", "")
        if near and self._leads(near, start):
            return near.province, near.place_zh
        place = near.place_zh if near and near.province == heading.province else ""
        return heading.province, place

    def _leads(self, place: Place, start: int) -> bool:
        """Tell whether the clause of a number is about another province: its full name leads it.

        What stands later in it, as in 引进广东省企业12家, only says where something is from.
        """
        led = place.start == start_of(self._text, start, CLAUSE)
        return led and bool(_FULL.match(self._text, place.start))

    def _nearest(self, start: int, floor: int) -> Place | None:
        """The last name before the number; from a paragraph above, only its province."""
        place = _last(self._places, self._starts, start)
        if place is None or place.start < floor:
            return None
        if place.start < start_of(self._text, start, PARAGRAPH):
            return Place(place.start, place.province)
        return place

    def _is_national(self, start: int) -> bool:
        clause = start_of(self._text, start, CLAUSE + "、")
        return bool(_NATION.search(self._text, clause, start + 1))

    @property
    def sections(self) -> list[int]:
        """Where each headed section begins."""
        return self._heading_starts


def _read(match: re.Match[str]) -> Place:
    if match["province"]:
        return Place(match.start(), PROVINCES[match["province"]])
    city, zone = match["city"], match["zone"] or ""
    home = PROVINCES[_HOME[city]]
    if zone:
        return Place(match.start(), home, city + zone.removeprefix("市"))
    if city in AUTONOMOUS and match["rank"] != "市":
        return Place(match.start(), home, AUTONOMOUS[city])
    return Place(match.start(), home, city + (match["rank"] or ""))


def _is_heading(text: str, start: int) -> bool:
    """A short line without sentence punctuation, which names the province it is about."""
    line = text[start_of(text, start, PARAGRAPH) : end_of(text, start, PARAGRAPH)]
    return len(line) <= _HEADING_WIDTH and not re.search(r"[，。；：！？（）,\d]", line)


def _last(places: list[Place], starts: list[int], start: int) -> Place | None:
    index = bisect_right(starts, start) - 1
    return places[index] if index >= 0 else None
