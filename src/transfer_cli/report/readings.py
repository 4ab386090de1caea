"""Reads a number with its unit: value, unit, and the bound that is part of the number."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from transfer_cli.report import shapes
from transfer_cli.report.numerals import parse_number, split_magnitude
from transfer_cli.report.units import is_measure

_ARABIC = re.compile(shapes.ARABIC)
_BARE_MAGNITUDE = re.compile("[百千万亿]+")
_CURRENCIES = {
    "$": "美元",
    "US$": "美元",
    "HK$": "港元",
    "￥": "元",
    "¥": "元",
    "€": "欧元",
    "£": "英镑",
}
# 千亿级 means money unless it is said to count something else.
_NOT_MONEY = re.compile("[^，。；\n]{0,4}(?:用户|人口|粉丝|流量|参数|访问|人次|数据|次|条)")
# With 一 these are articles: 一个, 一批, 一年.
_LOOSE = frozenset("年天周度秒斤克米升伏帕桶")
_BOTH = frozenset("国省市县区州村镇乡部门队组")


@dataclass(frozen=True, slots=True)
class Reading:
    """A number at its place; `bound` is what the number itself says (20余, 千亿级), or None."""

    start: int
    end: int
    value: Decimal
    unit: str
    bound: str | None = None
    scale: str = ""
    lone: bool = False


def read_quantity(match: re.Match[str]) -> Iterator[Reading]:
    """One reading of a number with its unit; two for a pair such as 三五年; none for an article."""
    try:
        yield from _pair(match) if match["pair"] else _single(match)
    except ValueError:
        return


def _pair(match: re.Match[str]) -> Iterator[Reading]:
    first, second, rest = match["number"][0], match["number"][1], match["number"][2:]
    for digit, bound in ((first, "at_least"), (second, "at_most")):
        value, scale = split_magnitude(digit + rest)
        yield Reading(match.start(), match.end(), value, scale + match["unit"], bound, scale)


def _single(match: re.Match[str]) -> Iterator[Reading]:
    value, scale = _number(match)
    unit = _unit(match, scale)
    if not _is_article(match, unit):
        value = value + Decimal("0.5") if match["half"] or match["halfunit"] else value
        bound = _inner_bound(match)
        sign = -1 if match["sign"] else 1
        yield Reading(match.start(), match.end(), sign * value, unit, bound, scale, _is_lone(match))


def _number(match: re.Match[str]) -> tuple[Decimal, str]:
    """The value, and the magnitude that is printed with the unit: 14.37 and 亿."""
    scale = (match["scale"] or "") + (match["scales"] or "")
    number = match["number"]
    if scale or _ARABIC.fullmatch(number) or re.search(r"\d", number):
        return parse_number(number), scale
    return split_magnitude(number)


def _unit(match: re.Match[str], scale: str) -> str:
    if match["symbol"]:
        return scale + _CURRENCIES[match["symbol"].strip()]
    if match["halfunit"]:
        return match["halfunit"].replace("半", "")
    unit = match["unit"] or match["loose"] or ""
    if unit.startswith("个多"):
        unit = "个" + unit[2:]
    money = not unit and match["level"] and not _NOT_MONEY.match(match.string, match.end())
    return scale + ("元" if money and scale else unit.replace(" ", ""))


def _inner_bound(match: re.Match[str]) -> str | None:
    if match["few"] == "上":
        return "at_least"
    if match["few"] or match["rough"] or match["more"] or match["loose"]:
        return "over"
    # 千亿元产业 is a size class like 千亿级产业.
    classed = _BARE_MAGNITUDE.fullmatch(match["number"]) and len(match["number"]) > 1
    return "at_least" if match["level"] or classed else None


def _is_article(match: re.Match[str], unit: str) -> bool:
    number = match["number"]
    if number in ("一", "半"):
        return number == "一" and (not is_measure(unit) or unit in _LOOSE)
    # 两省 and 两市 are "both", not two.
    if number == "两" and unit in _BOTH:
        return True
    return number[0] in "零〇" and "点" not in number


def _is_lone(match: re.Match[str]) -> bool:
    """万 or 百 alone, and 百万 without a unit, count only with a bound: 近百家, 万吨级."""
    return bool(_BARE_MAGNITUDE.fullmatch(match["number"])) and (
        len(match["number"]) == 1 or not match["unit"]
    )
