"""Values of Chinese, Arabic and mixed numerals, as exact decimals."""

import re
from decimal import Decimal

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
_ARABIC = re.compile(r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|\.\d+")
_VAGUE = re.compile("[余餘多几幾数來来级]")
_FRACTION = re.compile("(?:(?P<add>.+)又)?(?P<whole>.+)分之(?P<part>.+)")
_TENTHS = re.compile(rf"([{_DIGITS}\d.点]+|[十半])成(半|[{_DIGITS}])?")
_SPOKEN_DECIMAL = re.compile(rf"([{_DIGITS}]*)点([{_DIGITS}]+)")


def parse_number(text: str) -> Decimal:
    """Return the value of a numeral: 三万五, 1.2万亿, 壹佰, 零点五, 四分之一, 三成五, 两千余.

    Words that only make a number vague (余, 几, 级) are ignored. Raises ValueError if the text is
    not a numeral.
    """
    plain = _VAGUE.sub("", re.sub(r"\s+", "", text).translate(_VARIANTS))
    for short, tens in _ABBREVIATED_TENS.items():
        plain = plain.replace(short, tens)
    sign, plain = (-1, plain[1:]) if plain[:1] in ("负", "-") else (1, plain)
    return sign * _value(plain)


def _value(text: str) -> Decimal:
    if fraction := _FRACTION.fullmatch(text):
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
    """Split 一百二十万 into 120 and 万: the magnitude belongs to the unit as printed."""
    head = text.rstrip("万亿萬億")
    return (parse_number(head) if head else Decimal(1)), text[len(head) :]


def _positional(text: str) -> Decimal:
    return Decimal("".join(str(_DIGITS.index(char)) for char in text))


def _composed(text: str) -> Decimal:
    """Split a numeral at its largest unit: the head multiplies the unit, the tail is added."""
    for name, unit in _UNITS.items():
        head, separator, tail = text.rpartition(name)
        if separator:
            return _factor(head, unit) * unit + _remainder(tail, unit)
    return _leaf(text)


def _factor(head: str, unit: Decimal) -> Decimal:
    head = head.removeprefix("零")
    factor = _composed(head) if head else Decimal(1)
    # 一百千 is not a numeral, but 12.5千 is.
    if unit <= 1000 and factor >= 10 and not _ARABIC.fullmatch(head):
        raise ValueError(f"{head} cannot precede a unit of {unit}")
    return factor


def _remainder(tail: str, unit: Decimal) -> Decimal:
    if not tail:
        return Decimal(0)
    # 三万五 is short for 三万五千; 三万零五 is 30005.
    if len(tail) == 1 and unit > 10 and tail in _DIGITS:
        return _leaf(tail) * unit / 10
    rest = _composed(tail.lstrip("零") or "零")
    if rest >= unit:
        raise ValueError(f"{tail} is too large to follow a unit of {unit}")
    return rest


def _leaf(text: str) -> Decimal:
    if len(text) == 1 and text in _DIGITS:
        return Decimal(_DIGITS.index(text))
    if text == "半":
        return Decimal("0.5")
    if _ARABIC.fullmatch(text):
        return Decimal(text.replace(",", ""))
    if spoken := _SPOKEN_DECIMAL.fullmatch(text):
        whole, fraction = (part and _positional(part) for part in spoken.groups())
        return Decimal(f"{whole or 0}.{str(fraction).zfill(len(spoken[2]))}")
    raise ValueError(f"{text!r} is not a numeral")
