"""The cells of typed formats as text, as a spreadsheet shows them."""

import datetime as dt
import math
import re
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Any, NamedTuple

_EXACT = 1 << 53
_WIDE = Context(prec=400)
"""Enough digits for the largest float with all decimals that are shown."""
_NOT_SHOWN = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
_POINT = re.compile(r'\\\.|!\.|"\."')
_PLACES = re.compile(r"[0#?,]*[0#?](?:([.\x00])([0#?]*))?(,*)")


class Shown(NamedTuple):
    """How a number is shown: with at least ``low`` and at most ``high`` decimals.

    ``power`` is that of the ten that it is divided by: 3 if it is shown in thousands.
    """

    low: int
    high: int
    percent: bool = False
    power: int = 0


def number(value: float, shown: Shown | None = None) -> str:
    """Return a float as text: 12, not 12.0; with 15 significant digits, as spreadsheets show it.

    With ``shown``, as its number format shows it. Whole numbers up to 2^53 are exact.
    """
    if not math.isfinite(value):
        return str(value)
    whole = value.is_integer() and abs(value) <= _EXACT
    exact = Decimal(int(value)) if whole else Decimal(format(value, ".15g"))
    if shown is None:
        return format(exact.normalize(), "f") if exact else "0"
    exact = exact.scaleb(2 * shown.percent - shown.power)
    text = format(exact.normalize(), "f")
    decimals = len(text.partition(".")[2])
    places = min(max(decimals, shown.low), shown.high)
    text = format(exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, _WIDE), "f")
    return f"{text}%" if shown.percent else text


def hides(value: float, shown: Shown) -> bool:
    """Return whether a number has digits that its number format does not show."""
    if not math.isfinite(value):
        return False
    full = number(value, shown._replace(high=330))
    return Decimal(full.rstrip("%")) != Decimal(number(value, shown).rstrip("%"))


def number_format(code: str) -> Shown | None:
    """Return how a number format of a spreadsheet shows numbers; None if it is not a plain one.

    General, dates, fractions, exponents and formats that depend on the number are None. A comma at
    the end divides by a thousand; a point that is text (``0\\.0,``) divides by ten for each digit
    behind it, which shows numbers in 万.
    """
    positive = _NOT_SHOWN.sub("", _POINT.sub("\0", code)).partition(";")[0]
    if "General" in positive or re.search(r"[a-zA-Z@/]", positive) or re.search(r"\[[<>=]", code):
        return None
    match = _PLACES.search(positive)
    if not match:
        return None
    decimals = match[2] or ""
    power = 3 * len(match[3]) + (len(decimals) if match[1] == "\0" else 0)
    return Shown(decimals.count("0"), len(decimals), "%" in positive, power)


def cell(value: Any, shown: Shown | None = None) -> str:
    """Return the value of a cell of a spreadsheet as text; dates follow ISO 8601."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return number(float(value), shown)
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        return value.date().isoformat()
    if isinstance(value, dt.timedelta):
        minutes, seconds = divmod(round(value.total_seconds()), 60)
        return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"
    return "" if value is None else str(value.isoformat())


Detail = Shown | str
"""How a number is shown; or the error in a cell, empty for a formula without a stored result."""
Details = dict[tuple[int, int], Detail]
"""Details of cells by row and column, counted from 0."""
