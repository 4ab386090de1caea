"""The cells of typed formats as the text that a person sees."""

import datetime as dt
import re
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, NamedTuple

_EXACT = 1 << 53
_NOT_SHOWN = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
_PLACES = re.compile(r"[0#?,]*[0#?](?:\.([0#?]*))?")


class Shown(NamedTuple):
    """How a number is shown: with at least ``low`` and at most ``high`` decimals, in per cent."""

    low: int
    high: int
    percent: bool = False


def number(value: float, shown: Shown | None = None) -> str:
    """Return a float as text: 12, not 12.0; with 15 significant digits, as spreadsheets show it.

    With ``shown``, as its number format shows it. Whole numbers up to 2^53 are exact.
    """
    whole = value.is_integer() and abs(value) <= _EXACT
    exact = Decimal(int(value)) if whole else Decimal(format(value, ".15g"))
    if shown is None:
        return format(exact.normalize(), "f") if exact else "0"
    if shown.percent:
        exact *= 100
    text = format(exact.normalize(), "f")
    decimals = len(text.partition(".")[2])
    places = min(max(decimals, shown.low), shown.high)
    text = format(exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP), "f")
    return f"{text}%" if shown.percent else text


def hides(value: float, shown: Shown) -> bool:
    """Return whether a number has digits that its number format does not show."""
    full = number(value, shown._replace(high=20))
    return Decimal(full.rstrip("%")) != Decimal(number(value, shown).rstrip("%"))


def number_format(code: str) -> Shown | None:
    """Return how a spreadsheet's number format shows numbers; None if not by decimals alone.

    General, dates, fractions, exponents and numbers shown in thousands are None.
    """
    positive = _NOT_SHOWN.sub("", code).partition(";")[0]
    if "General" in positive or re.search(r"[a-zA-Z@/]", positive):
        return None
    match = _PLACES.search(positive)
    if not match or match[0].endswith(",") or positive[match.end() :].startswith(","):
        return None
    decimals = match[1] or ""
    return Shown(decimals.count("0"), len(decimals), "%" in positive)


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
