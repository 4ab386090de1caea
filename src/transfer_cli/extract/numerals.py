"""Values of Chinese, Arabic and mixed numerals, as exact decimals."""

import math
import re
from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

_DIGITS = "零一二三四五六七八九"
_UNITS = {
    "兆": Decimal(10**12),
    "亿": Decimal(10**8),
    "万": Decimal(10**4),
    "千": Decimal(1000),
    "百": Decimal(100),
    "十": Decimal(10),
}
_VARIANTS_OF = {
    "零": "〇○",
    "一": "壹",
    "二": "两兩俩倆贰貳",
    "三": "叁參",
    "四": "肆",
    "五": "伍",
    "六": "陆陸",
    "七": "柒",
    "八": "捌",
    "九": "玖",
    "十": "拾",
    "百": "佰",
    "千": "仟",
    "万": "萬",
    "亿": "億",
    "点": "點",
    "负": "負－",
    ",": "，",
    ".": "．",
}
_VARIANTS = {ord(char): plain for plain, chars in _VARIANTS_OF.items() for char in chars}
_VARIANTS |= {ord("０") + digit: str(digit) for digit in range(10)}
_ABBREVIATED_TENS = {"廿": "二十", "卅": "三十"}
_ARABIC = r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?|\.\d+"
_DECIMAL = re.compile(r"\d+(?:\.\d+)?")
_VAGUE = re.compile("[余餘多几幾数來来级]")
_FRACTION = re.compile("(?:(?P<add>.+)又)?(?P<whole>.+)分之(?P<part>.+)")
_TENTHS = re.compile(rf"([{_DIGITS}\d.点]+|[十半])成(半|[{_DIGITS}])?")
_SPOKEN = rf"[{_DIGITS}]*点[{_DIGITS}]+"
_ELEMENT = re.compile(
    rf"(?P<unit>[{''.join(_UNITS)}])|(?P<zero>零(?!点))"
    rf"|(?P<leaf>{_SPOKEN}|{_ARABIC}|[{_DIGITS}]|半)"
)
_MAGNITUDES = re.compile("[万亿萬億]+$")


def parse_number(text: str) -> Decimal:
    """Return the value of a numeral: 三万五, 1.2万亿, 壹佰, 零点五, 四分之一, 三成五, 两千余.

    Words that only make a number vague (余, 几, 级) are ignored. Raises ValueError if the text is
    not a numeral.
    """
    if text.isascii() and _DECIMAL.fullmatch(text):
        return Decimal(text)
    plain = _VAGUE.sub("", "".join(text.split()).translate(_VARIANTS))
    for short, tens in _ABBREVIATED_TENS.items():
        plain = plain.replace(short, tens)
    sign, plain = (-1, plain[1:]) if plain[:1] in ("负", "-") else (1, plain)
    return sign * _value(plain)


def _value(text: str) -> Decimal:
    if "分之" in text and (fraction := _FRACTION.fullmatch(text)):
        ratio = divide(parse_number(fraction["part"]), _composed(fraction["whole"]))
        return ratio + (_composed(fraction["add"]) if fraction["add"] else 0)
    if tenths := _TENTHS.fullmatch(text):
        return (_value(tenths[1]) + part_of_tenth(tenths[2])) / 10
    # 二〇二三 has no unit: it is read digit by digit.
    digits_only = len(text) > 1 and all(char in _DIGITS for char in text)
    return _positional(text) if digits_only else _composed(text)


def divide(part: Decimal, whole: Decimal) -> Decimal:
    """Return the value of a fraction; raise ValueError if the whole is zero."""
    if not whole:
        raise ValueError("division by zero in a fraction")
    return part / whole


def part_of_tenth(extra: str | None) -> Decimal:
    """Return what a digit or 半 after 成 adds, in tenths: 三成五 and 三成半 are 3.5 tenths."""
    if extra in (None, ""):
        return Decimal(0)
    return Decimal("0.5") if extra == "半" else _value(extra) / 10


def split_magnitude(text: str) -> tuple[Decimal, str]:
    """Split 一百二十万 into 120 and 万: the magnitude belongs to the unit as printed.

    Of two scales the last one is the magnitude: 二十三亿一千万 is 231000 and 万.
    """
    match = _MAGNITUDES.search(text)
    if match is None:
        return parse_number(text), ""
    scale = math.prod(_UNITS[char] for char in match[0].translate(_VARIANTS))
    return parse_number(text) / scale, match[0]


def _positional(text: str) -> Decimal:
    return Decimal("".join(str(_DIGITS.index(char)) for char in text))


class _Term(NamedTuple):
    """A part of a numeral: 五百 of 三千五百, with the value 500 and the unit 100.

    ``digit`` is true for a single digit without a unit that follows a unit directly.
    """

    value: Decimal
    unit: Decimal
    digit: bool = False


def _composed(text: str) -> Decimal:
    """Return the value of a numeral, read from left to right.

    A unit multiplies what was read since the last larger unit: 二十三 in 二十三亿一千万. Each
    numeral is read once, whatever its length.
    """
    terms: list[_Term] = []
    before, offset = "", 0
    while offset < len(text):
        match = _ELEMENT.match(text, offset)
        if match is None:
            raise ValueError(f"{text!r} is not a numeral")
        if match.lastgroup == "unit":
            _apply_unit(terms, _UNITS[match[0]], arabic=before.isdigit() and before.isascii())
        elif match.lastgroup == "leaf":
            follows_unit = before in _UNITS and len(match[0]) == 1 and match[0] in _DIGITS
            terms.append(_Term(_leaf(match[0]), Decimal(0), follows_unit))
        before, offset = match[0].replace(".", "").replace(",", ""), match.end()
    if not text:
        raise ValueError("an empty text is not a numeral")
    return _sum(terms)


def _apply_unit(terms: list[_Term], unit: Decimal, *, arabic: bool) -> None:
    """Multiply the terms since the last larger unit by a unit."""
    factors: list[_Term] = []
    while terms and terms[-1].unit <= unit:
        factors.insert(0, terms.pop())
    factor = _sum(factors) if factors else Decimal(1)
    # 一百千 is not a numeral, but 12.5千 is.
    if unit <= 1000 and factor >= 10 and not arabic:
        raise ValueError(f"{factor} cannot precede a unit of {unit}")
    terms.append(_Term(factor * unit, unit))


def _sum(terms: Sequence[_Term]) -> Decimal:
    total = Decimal(0)
    for last, term in zip((None, *terms), terms, strict=False):
        value = term.value
        if last is not None:
            # 三万五 is short for 三万五千; 三万零五 is 30005.
            value *= last.unit / 10 if term.digit and last.unit > 10 else 1
            if value >= last.unit:
                raise ValueError(f"{value} is too large to follow a unit of {last.unit}")
        total += value
    return total


def _leaf(text: str) -> Decimal:
    if text in _DIGITS:
        return Decimal(_DIGITS.index(text))
    if text == "半":
        return Decimal("0.5")
    if "点" in text:
        whole, fraction = (part and _positional(part) for part in text.split("点"))
        return Decimal(f"{whole or 0}.{str(fraction).zfill(len(text.split('点')[1]))}")
    return Decimal(text.replace(",", ""))
