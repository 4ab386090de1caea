"""Toponyms: the names of provinces, divisions, zones and regions in a text, and what they mean."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from transfer_cli.extract.divisions import Division, Name, names
from transfer_cli.model.vocabulary import NATION, provinces

ZONE_WORD = (
    "(?:高新区|高新技术产业开发区|经开区|经济技术开发区|经济开发区|科技城|新区|综保区|综合保税区|自贸区"
    "|自贸试验区|保税区|产业园区?|工业园区?|开发区|示范区|合作区)"
)
# 龙游经济开发区: what stands before such a zone is no common word.
_OFFICIAL_ZONE = re.compile("市?(?:高新区|高新技术产业开发区|经开区|经济技术开发区|经济开发区)")
_ZONE = re.compile(f"市?[\u4e00-\u9fff]{{0,4}}?{ZONE_WORD}")
# The new areas of the state that are not named after a division.
_NEW_AREAS = {
    "两江新区": "Chongqing", "天府新区": "Sichuan", "贵安新区": "Guizhou", "西咸新区": "Shaanxi",
    "雄安新区": "Hebei", "金普新区": "Liaoning", "湘江新区": "Hunan", "滇中新区": "Yunnan",
    "赣江新区": "Jiangxi", "贵安": "Guizhou",
}  # fmt: skip
# 湘南, 皖北, 皖江示范区: a part of the province that the first character abbreviates.
_ABBREVIATIONS = dict(
    zip("冀晋辽苏浙皖闽赣鲁豫鄂湘粤桂琼渝川黔滇陕陇蒙",
        ("Hebei", "Shanxi", "Liaoning", "Jiangsu", "Zhejiang", "Anhui", "Fujian", "Jiangxi",
         "Shandong", "Henan", "Hubei", "Hunan", "Guangdong", "Guangxi", "Hainan", "Chongqing",
         "Sichuan", "Guizhou", "Yunnan", "Shaanxi", "Gansu", "Inner Mongolia"), strict=True)
)  # fmt: skip
_REGION = re.compile(
    f"(?P<province>[{''.join(_ABBREVIATIONS)}])(?:[东西南北]{{1,2}}部?|中部?|(?<=皖)江)"
    "(?:(?:城市带)?(?:承接)?(?:产业转移)?(?:集中)?"
    "(?:示范区|片区|地区|经济区|经济带|城市群|城市带|都市圈))?"
)
_WHOLE = re.compile(
    "(?:全|[我本该](?=[省市县州盟旗]))(?P<level>省|自治区|市|县|州|盟|旗|区(?!域|间))(?!级|里)"
    "|(?P<own>[市州县])级(?=重点)"
)
# 三市合计: several divisions together.
_SEVERAL = re.compile(
    r"(?:[两二三四五六七八九十几]+|(?<!\d)\d{1,2})个?(?:省[区市]?|市州?|县[市区]?|州市?|地市)(?!里|级|内|场)"
)
_NATION = re.compile("全国|我国|中国(?=经济|的|共|有)|国内生产总值|国家统计局")
# Names that many divisions share, or that are common words.
_GENERIC = frozenset(
    ("新城区", "老城区", "新市区", "东区", "西区", "城中区", "城东区", "城西区", "城北区", "港口区",
     "市中区", "江北区", "江南区", "矿区", "桥东区", "桥西区", "新区", "合作市", "城关区")
)  # fmt: skip
# Short names of prefectures that are common words: names only in a list of names.
_COMMON_WORDS = frozenset(
    ("白银", "朝阳", "长治", "大庆", "通化", "中山", "阿里", "山南", "海东", "海北", "黄南", "安康",
     "海西", "来宾", "日照", "黄山", "白山")
)  # fmt: skip
# 江西 is not a province in 长江西岸.
_NOT_A_PROVINCE = re.compile("(?<=长)江西|(?<=珠)江西|(?<=黄)河[南北]|(?<=太)湖[南北]|(?<=环)海南")


@dataclass(frozen=True, slots=True)
class Place:
    """A place: the English name of its province, its division, and its zone or region.

    All are empty for no place; the division is None for the province as a whole. ``qualified`` is
    true for a county that is named with its prefecture: 昆明市东川区.
    """

    province: str = ""
    division: Division | None = None
    area: str = ""
    qualified: bool = field(default=False, compare=False)

    @property
    def place_zh(self) -> str:
        """The Chinese name of the place below the province."""
        if self.area or self.division is None:
            return self.area
        prefecture = self.division.above if self.qualified else None
        return f"{prefecture.name if prefecture else ''}{self.division.name}"

    @property
    def scope(self) -> str:
        """The scope of a figure about the place, where the name decides it."""
        if self.province == NATION:
            return "nation"
        if self.area:
            return "zone" if re.search(f"{ZONE_WORD}$", self.area) else ""
        return self.division.scope if self.division else ""

    def lies_in(self, other: "Place") -> bool:
        """Return whether it is a part of another place."""
        if self.province != other.province or other.area or self == other:
            return False
        if other.division is None:
            return bool(self.place_zh)
        if self.area and self.division == other.division:
            return True
        return self.division is not None and self.division.lies_in(other.division)

    def at_level(self, level: str) -> "Place | None":
        """Return the place of a level around it: 市 of a county is its prefecture; else None."""
        if level in ("省", "自治区"):
            return Place(self.province)
        if level == "区" and self.area:
            return self
        if level == "区" and self.province in _AUTONOMOUS_REGIONS and not self._ends_with("区"):
            return Place(self.province)
        if self.division is None:
            return Place(self.province) if level == "市" and self.is_municipality else None
        if self._ends_with(level):
            return self
        if level in "市州盟" and not self.division.is_prefecture:
            prefecture = self.division.above
            return Place(self.province, prefecture) if prefecture else None
        return None

    def _ends_with(self, level: str) -> bool:
        return self.division is not None and self.division.name.endswith(level)

    @property
    def is_municipality(self) -> bool:
        """Whether it is a city at the level of a province."""
        return self.division is None and not self.area and _is_city(self.province)


NOWHERE = Place()


def _is_city(province: str) -> bool:
    row = provinces().get(province)
    return row is not None and row.zh_full.endswith("市")


_AUTONOMOUS_REGIONS = ("Inner Mongolia", "Guangxi", "Tibet", "Ningxia", "Xinjiang")


@dataclass(frozen=True, slots=True)
class Toponym:
    """A name at its offsets in a text.

    ``kind`` is ``whole`` for 全省, 全市 or 全国, whose ``level`` says of what (几 for 三市),
    ``local`` for a locality of another place (see ``localities``), else ``name``.
    """

    start: int
    end: int
    kind: str
    level: str = ""
    place: Place | None = None
    name: Name | None = None
    zone: str = ""
    is_full: bool = True

    @property
    def is_weak(self) -> bool:
        """Whether it may be another word: a short name of a county, or a common one."""
        name = self.name
        if name is None or name.full or self.zone:
            return False
        return name.text in _COMMON_WORDS or not name.divisions[0].is_prefecture

    def resolve(self, near: Sequence[Place]) -> Place | None:
        """Return what the name means; of several divisions, the one in a place nearby.

        A short name that is a common word means a division only in the province of the text.
        """
        if self.kind == "local":
            return self._within(near)
        if self.place is not None or self.name is None:
            return self.place
        division = self._division(self.name, near)
        if division is None:
            return None
        zone = f"{_without_rank(division.name)}{self.zone}" if self.zone else ""
        names_of_others = {each.prefecture for each in self.name.divisions} - {division.prefecture}
        return Place(division.province, division, zone, qualified=bool(names_of_others))

    def _within(self, near: Sequence[Place]) -> Place | None:
        """Return a locality as a part of the first place nearby; None without one."""
        base = next((place for place in near if place.province not in ("", NATION)), None)
        zone = re.search(f"{ZONE_WORD}$", self.zone)
        is_bare = zone is not None and zone.start() == 0
        if base is None or (is_bare and base.division is None):
            return None
        name = base.division.name if base.division else ""
        area = f"{_without_rank(name) if zone else name}{self.zone}"
        return Place(base.province, base.division, area)

    def _division(self, name: Name, near: Sequence[Place]) -> Division | None:
        options = name.divisions
        for place in near:
            for each in options:
                if place.division and each.prefecture == place.division.prefecture:
                    return each
        if name.text in _GENERIC:
            cities = [place.province for place in near if _is_city(place.province)]
            return next((each for each in options if each.province in cities), None)
        for place in near:
            for each in options:
                if each.province == place.province:
                    return each
        is_unique = len({each.province for each in options}) == 1
        is_name = not name.common or _OFFICIAL_ZONE.fullmatch(self.zone)
        return options[0] if is_unique and is_name else None


def _without_rank(name: str) -> str:
    return re.sub("(?<=..)[市县区盟州]$", "", name)


@cache
def _index() -> dict[str, list[tuple[str, Place | Name]]]:
    """Return all names by their first two characters, the longest first."""
    entries: dict[str, Place | Name] = dict(names())
    for row in provinces().values():
        entries[row.zh_full] = entries[row.zh] = Place(row.name)
        entries[f"{row.zh}省" if row.zh_full.endswith("省") else row.zh_full] = Place(row.name)
    for zone, province in _NEW_AREAS.items():
        entries[zone] = Place(province, None, zone)
    for region in ("内蒙古", "广西", "西藏", "宁夏", "新疆"):
        entries[f"{region}自治区"] = entries[region]
    index: dict[str, list[tuple[str, Place | Name]]] = {}
    for text in sorted(entries, key=len, reverse=True):
        index.setdefault(text[:2], []).append((text, entries[text]))
    return index


def toponyms(text: str) -> Iterator[Toponym]:
    """Yield the names of places in a text, in order, and words such as 全省 and 全国."""
    index = _index()
    ignored = {match.start() for match in _NOT_A_PROVINCE.finditer(text)}
    position, last = 0, len(text) - 1
    while position < last:
        pair = text[position : position + 2]
        entries = index.get(pair)
        found = None
        if entries and position not in ignored:
            found = next((each for each in entries if text.startswith(each[0], position)), None)
        toponym = _toponym(text, position, *found) if found else _other(text, position)
        if toponym is None:
            position += 1
            continue
        yield toponym
        position = toponym.end


def _toponym(text: str, start: int, name: str, entry: Place | Name) -> Toponym:
    end = start + len(name)
    zone = _ZONE.match(text, end)
    if isinstance(entry, Place):
        if zone and entry.is_municipality:
            area = f"{name.removesuffix('市')}{zone[0].removeprefix('市')}"
            place = Place(entry.province, None, area)
            return Toponym(start, zone.end(), "name", place=place, zone=area)
        full = len(name) > 2 and (name.endswith(("省", "市", "自治区")) or bool(entry.area))
        return Toponym(start, end, "name", place=entry, is_full=full)
    if zone:
        zone_name = zone[0].removeprefix("市")
        return Toponym(start, zone.end(), "name", name=entry, zone=zone_name, is_full=True)
    return Toponym(start, end, "name", name=entry, is_full=entry.full)


_FIRST_OF_OTHERS = frozenset(
    "全我本该中国市州县两二三四五六七八九十几0123456789" + "".join(_ABBREVIATIONS)
)


def _other(text: str, start: int) -> Toponym | None:
    """Return a word for a whole, or the name of a region, that starts at an offset."""
    if text[start] not in _FIRST_OF_OTHERS:
        return None
    if match := _WHOLE.match(text, start):
        return Toponym(start, match.end(), "whole", level=match["level"] or match["own"])
    if match := _SEVERAL.match(text, start):
        return Toponym(start, match.end(), "whole", level="几")
    if match := _NATION.match(text, start):
        return Toponym(start, match.end(), "whole", level="国")
    if match := _REGION.match(text, start):
        region = Place(_ABBREVIATIONS[match["province"]], None, match[0])
        return Toponym(start, match.end(), "name", place=region)
    return None
