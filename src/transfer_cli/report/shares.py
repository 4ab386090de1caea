"""Reads the numbers that carry their own unit: shares, multiples, ranks and coins."""

import re
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal

from transfer_cli.report import shapes
from transfer_cli.report.numerals import divide, parse_number, tenth_of
from transfer_cli.report.readings import Reading

_PARTS = dict.fromkeys(("百", "佰", "一百"), "%") | dict.fromkeys(("千", "仟", "一千"), "‰")


def read_fraction(match: re.Match[str]) -> Reading:
    """四分之一 as 25 %, 百分之三点五 as 3.5 %, 千分之二 as 2 ‰."""
    whole, part = match["whole"], parse_number(match["part"])
    unit = _PARTS.get(whole, "%")
    value = part if whole in _PARTS else _percent(divide(part, parse_number(whole)))
    sign = -1 if match["sign"] else 1
    return Reading(match.start(), match.end(), sign * value, unit)


def _percent(ratio: Decimal) -> Decimal:
    """A ratio in percent: exact where it can be, to two places where it cannot (三分之二)."""
    percent = ratio * 100
    rounded = percent.quantize(Decimal("0.01"), ROUND_HALF_UP)
    return _plain(percent if len(percent.as_tuple().digits) < 12 else rounded)


def read_tenths(match: re.Match[str]) -> Reading | None:
    """三成 as 30 %, 三成五 as 35 %, 九成多 as over 90 %."""
    percent = (parse_number(match["number"]) + tenth_of(match["extra"])) * 10
    bound = "over" if match["more"] else None
    return Reading(match.start(), match.end(), _plain(percent), "%", bound)


def read_doubling(match: re.Match[str]) -> Reading | None:
    """翻番 as 2 倍, 翻了三番 as 8 倍: each doubling doubles again."""
    times = int(parse_number(match["number"] or "一"))
    bound = {"近": "nearly", "超": "over"}.get(match["bound"] or "")
    return Reading(match.start(), match.end(), Decimal(2) ** times, "倍", bound)


def read_half(match: re.Match[str]) -> Reading | None:
    """一半 and 半数 as 50 %, 过半 as over 50 %."""
    bound = "over" if match[0].startswith("过") else None
    return Reading(match.start(), match.end(), Decimal(50), "%", bound)


def read_slashed(match: re.Match[str]) -> Reading | None:
    """1/3 as a share in percent, where words such as 占 say that it is one."""
    share = parse_number(match["part"]) / parse_number(match["whole"])
    return Reading(match.start(), match.end(), _percent(share), "%") if share < 1 else None


def read_coins(match: re.Match[str]) -> Reading | None:
    """五元三毛 as 5.3 元."""
    jiao, fen = (parse_number(match[name] or "零") for name in ("jiao", "fen"))
    value = parse_number(match["yuan"]) + jiao / 10 + fen / 100
    return Reading(match.start(), match.end(), value, "元")


def read_rank(match: re.Match[str]) -> Reading | None:
    """第10位 and 全国第一 as 10 位 and 1 位; 前三 as 3 位 at most."""
    for group, bound in (("place", None), ("bare", None), ("count", "at_most")):
        if match[group]:
            start = match.start("top") if group == "count" else match.start(group) - 1
            return Reading(start, match.end(), parse_number(match[group]), "位", bound)
    return None


def _plain(value: Decimal) -> Decimal:
    """The value without the trailing zeros that multiplying leaves, and without an exponent."""
    return Decimal(f"{value.normalize():f}")


Reader = Callable[[re.Match[str]], Reading | None]
SPECIAL: tuple[tuple[re.Pattern[str], Reader], ...] = (
    (shapes.RANK, read_rank),
    (shapes.FRACTION, read_fraction),
    (shapes.TENTHS, read_tenths),
    (shapes.DOUBLING, read_doubling),
    (shapes.HALF, read_half),
    (shapes.SLASHED, read_slashed),
    (shapes.COINS, read_coins),
)
