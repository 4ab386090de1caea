"""Readings: the value, the unit and the inner bound of each number that the grammar matches.

The inner bound is what the number itself says (20余, 千亿级). The words around a number are read in
``mentions``.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from transfer_cli.extract import grammar
from transfer_cli.extract.numerals import divide, parse_number, part_of_tenth, split_magnitude
from transfer_cli.extract.units import is_measure


@dataclass(frozen=True, slots=True)
class Reading:
    """A number at its offsets in the text; ``bound`` is its inner bound, or None.

    ``scale`` is the magnitude that is part of the unit: 亿 of 亿元. ``needs_bound`` is true for a
    magnitude alone (百家, 万吨), which is a quantity only with a bound: 近百家, 万吨级. ``note`` is
    ``ROUNDED`` if the value has fewer digits than the printed fraction. ``low_start`` is where the
    low end of a range begins, on its high end.
    """

    start: int
    end: int
    value: Decimal
    unit: str
    bound: str | None = None
    scale: str = ""
    needs_bound: bool = False
    note: str = ""
    low_start: int | None = None


ROUNDED = "rounded"

# Numbers with a unit after them, or a symbol before them.

BARE_MAGNITUDE = re.compile("[百千万亿]+")
_CURRENCIES = {
    "$": "美元",
    "US$": "美元",
    "HK$": "港元",
    "￥": "元",
    "¥": "元",
    "€": "欧元",
    "£": "英镑",
}
# 千亿级 means money, except before one of these words.
_NOT_MONEY = re.compile("[^，。；\n]{0,4}(?:用户|人口|粉丝|流量|参数|访问|人次|数据|次|条)")
_OF_POINTS = frozenset(("个百分点", "个基点", "个点"))
# 产值超过一千亿.
_OF_MONEY = re.compile(
    "(?:投资|资金|产值|收入|营收|GDP|总值|增加值|金额|总额|税收|利润|贷款|消费|[进出]口额?|外资|内资)"
    "(?:已|均|也|连续|分别|首次|累计)*(?:了|约|近|超过?|突破|达到?|逾|为|增至|升至|有望|接近)*$"
)
# After 一 these measures make an article as well: 一年, 一天.
_ARTICLE_MEASURES = frozenset("年天周度秒斤克米升伏帕桶")
_UNITS_OF_BOTH = frozenset("国省市县区州村镇乡部门队组")


def number_readings(text: str) -> Iterator[Reading]:
    """Yield the readings of numbers with their units: two for a pair such as 三五年."""
    for match in grammar.QUANTITY.finditer(text):
        with suppress(ValueError):
            yield from _pair(match) if match["pair"] else _single(match)


def _pair(match: re.Match[str]) -> Iterator[Reading]:
    first, second, rest = match["number"][0], match["number"][1], match["number"][2:]
    for digit, bound in ((first, "at_least"), (second, "at_most")):
        value, scale = split_magnitude(digit + rest)
        yield Reading(match.start(), match.end(), value, scale + match["unit"], bound, scale)


def _single(match: re.Match[str]) -> Iterator[Reading]:
    value, scale = _value(match)
    unit = _unit(match, scale)
    if _is_article(match, unit):
        return
    if match["half"] or match["halfunit"]:
        value += Decimal("0.5")
    magnitude = BARE_MAGNITUDE.fullmatch(match["number"])
    needs_bound = magnitude is not None and (len(magnitude[0]) == 1 or not match["unit"])
    value *= -1 if match["sign"] else 1
    bound = _inner_bound(match)
    yield Reading(match.start(), match.end(), value, unit, bound, scale, needs_bound)


def _value(match: re.Match[str]) -> tuple[Decimal, str]:
    """Return the value, and the magnitude that is part of the unit: 14.37 and 亿."""
    scale = (match["scale"] or "") + (match["scales"] or "")
    number = match["number"]
    return (parse_number(number), scale) if scale else split_magnitude(number)


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
    # 千亿元产业 is a size class, as 千亿级产业 is.
    size_class = BARE_MAGNITUDE.fullmatch(match["number"]) and len(match["number"]) > 1
    return "at_least" if match["level"] or size_class else None


def _is_article(match: re.Match[str], unit: str) -> bool:
    """Return whether a numeral counts nothing: 一个 is an article, 两省 means both."""
    number = match["number"]
    if number in ("一", "半"):
        return number == "一" and (not is_measure(unit) or unit in _ARTICLE_MEASURES)
    if number == "两" and unit in _UNITS_OF_BOTH:
        return True
    return number[0] in "零〇" and "点" not in number


# Numbers that contain their unit: shares, multiples, ranks and coins.

_PER_CENT_OR_MILLE = {
    **dict.fromkeys(("百", "佰", "一百"), "%"),
    **dict.fromkeys(("千", "仟", "一千"), "‰"),
}


def special_readings(text: str) -> Iterator[Reading]:
    """Yield the readings of ranks, fractions, tenths, doublings, halves and coins."""
    for match in grammar.TENTHS_PAIR.finditer(text):
        yield from _pair_of_tenths(match)
    for pattern, read in _SPECIAL:
        for match in pattern.finditer(text):
            with suppress(ValueError):
                if reading := read(match):
                    yield reading
                    yield from _high_end(match, reading)


def _rank(match: re.Match[str]) -> Reading | None:
    """Read 第10位 and 全国第一 as 10 位 and 1 位; 前三 as at most 3 位."""
    for group, bound in (("place", None), ("bare", None), ("count", "at_most")):
        if match[group]:
            start = match.start("top") if group == "count" else match.start(group) - 1
            return Reading(start, match.end(), parse_number(match[group]), "位", bound)
    return None


def _fraction(match: re.Match[str]) -> Reading:
    """Read 四分之一 as 25 %, 百分之三点五 as 3.5 %, 千分之二 as 2 ‰."""
    whole, part = match["whole"], parse_number(match["part"])
    unit = _PER_CENT_OR_MILLE.get(whole)
    ratio = Decimal(0) if unit else divide(part, parse_number(whole))
    value = part if unit else _percent(ratio)
    sign = -1 if match["sign"] else 1
    note = "" if unit or value == ratio * 100 else ROUNDED
    return Reading(match.start(), match.end("part"), sign * value, unit or "%", note=note)


def _high_end(match: re.Match[str], low: Reading) -> Iterator[Reading]:
    """Yield the other end of a range of fractions: 40 % in 百分之三十至四十."""
    if match.re is grammar.FRACTION and match["high"]:
        value = parse_number(match["high"])
        yield Reading(match.start("high"), match.end("high"), value, low.unit)


def _pair_of_tenths(match: re.Match[str]) -> Iterator[Reading]:
    """Read 三四成 as at least 30 % and at most 40 %."""
    for name, start, end, bound in (
        ("low", match.start(), match.end("low"), "at_least"),
        ("high", match.start("high"), match.end(), "at_most"),
    ):
        yield Reading(start, end, parse_number(match[name]) * 10, "%", bound)


def _tenths(match: re.Match[str]) -> Reading:
    """Read 三成 as 30 %, 三成五 as 35 %, 九成多 as over 90 %."""
    percent = (parse_number(match["number"]) + part_of_tenth(match["extra"])) * 10
    bound = "over" if match["more"] else None
    return Reading(match.start(), match.end(), _plain(percent), "%", bound)


def _doubling(match: re.Match[str]) -> Reading:
    """Read 翻番 as 2 倍 and 翻了三番 as 8 倍: n doublings multiply by 2 ** n."""
    times = int(parse_number(match["number"] or "一"))
    bound = {"近": "nearly", "超": "over"}.get(match["bound"] or "")
    return Reading(match.start(), match.end(), Decimal(2) ** times, "倍", bound)


def _half(match: re.Match[str]) -> Reading:
    """Read 一半 and 半数 as 50 %, 过半 as over 50 %."""
    bound = "over" if match[0].startswith("过") else None
    return Reading(match.start(), match.end(), Decimal(50), "%", bound)


def _slash(match: re.Match[str]) -> Reading | None:
    """Read 1/3 as a share in percent; the pattern requires a word such as 占 before it."""
    share = parse_number(match["part"]) / parse_number(match["whole"])
    if share >= 1:
        return None
    note = "" if _percent(share) == share * 100 else ROUNDED
    return Reading(match.start(), match.end(), _percent(share), "%", note=note)


def _coins(match: re.Match[str]) -> Reading:
    """Read 五元三毛 as 5.3 元."""
    jiao, fen = (parse_number(match[name] or "零") for name in ("jiao", "fen"))
    value = parse_number(match["yuan"]) + jiao / 10 + fen / 100
    return Reading(match.start(), match.end(), value, "元")


_SPECIAL: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Reading | None]], ...] = (
    (grammar.RANK, _rank),
    (grammar.FRACTION, _fraction),
    (grammar.TENTHS, _tenths),
    (grammar.DOUBLING, _doubling),
    (grammar.HALF, _half),
    (grammar.SLASHED, _slash),
    (grammar.COINS, _coins),
)


def _percent(ratio: Decimal) -> Decimal:
    """Return a ratio in percent: exact if it terminates, else (三分之二) to two places."""
    percent = ratio * 100
    rounded = percent.quantize(Decimal("0.01"), ROUND_HALF_UP)
    return _plain(percent if len(percent.as_tuple().digits) < 12 else rounded)


def _plain(value: Decimal) -> Decimal:
    """Return a value without trailing zeros and without an exponent."""
    return Decimal(f"{value.normalize():f}")


# Ranges: 30—50亿元, 6.5%至7%, 三至五年.

_CONNECTOR = re.compile(grammar.CONNECTOR)
_CHANGE = re.compile("(?:[从由自]|提[升高]|上升|下降)$")


def join_ranges(readings: Iterable[Reading], text: str) -> Iterator[Reading]:
    """Yield readings in order, with one unit and the bounds of both ends for each range."""
    last: Reading | None = None
    for reading in readings:
        if last and _is_range(last, reading, text):
            last, reading = _range_ends(last, reading, text)
        if last:
            yield last
        last = reading
    if last:
        yield last


def _is_range(low: Reading, high: Reading, text: str) -> bool:
    if not high.unit or not _CONNECTOR.fullmatch(text, low.end, high.start):
        return False
    if text[high.start] == "第" != text[low.start]:
        return False
    if low.unit not in ("", low.scale) and _unscaled(low) != _unscaled(high):
        return False
    return low.scale != high.scale or low.value < high.value


def _range_ends(low: Reading, high: Reading, text: str) -> tuple[Reading, Reading]:
    unit = low.scale + _unscaled(high) if low.scale else high.unit
    if not low.unit and "成" in text[high.start : high.end]:
        low = replace(low, value=low.value * 10)
    # 从10%到20% is a change: both values are exact.
    change = _CHANGE.search(text, max(0, low.start - 2), low.start)
    bounds = (low.bound, high.bound) if change else ("at_least", "at_most")
    return replace(low, unit=unit, bound=bounds[0]), replace(
        high, bound=bounds[1], low_start=low.start
    )


def _unscaled(reading: Reading) -> str:
    return reading.unit.removeprefix(reading.scale)


# Lists that print their unit once: 1.81、1.78和1.57倍, 一千亿、两千亿和四千亿元.


def share_units(readings: Sequence[Reading], text: str) -> list[Reading]:
    """Return the readings of a list; those without a unit have that of the next one.

    A magnitude stays: 一千亿 before 四千亿元 is 1000 亿元. If the list has magnitudes only, a noun
    such as 产值 before it says that they are money. A Chinese digit alone is not part of a list of
    Arabic numbers.
    """
    results: list[Reading] = []
    last: Reading | None = None
    for reading in reversed(readings):
        # 2.5个和1.4个百分点: the unit is cut in two.
        cut = reading.unit == "个" and last is not None and last.unit in _OF_POINTS
        bare = reading.unit in ("", reading.scale) or cut
        if last and bare and _is_like(reading, last, text):
            scale = reading.scale or last.scale
            unit = scale + last.unit.removeprefix(last.scale)
            reading = replace(reading, unit=unit, scale=scale, needs_bound=False)
        elif not bare:
            last = reading
        results.append(reading)
    if not last and _OF_MONEY.search(text, max(0, readings[0].start - 16), readings[0].start):
        results = [
            replace(each, unit=each.scale + "元") if each.scale else each for each in results
        ]
    return results[::-1]


def _is_like(one: Reading, other: Reading, text: str) -> bool:
    return one.end - one.start > 1 or text[one.start].isascii() or not text[other.start].isascii()
