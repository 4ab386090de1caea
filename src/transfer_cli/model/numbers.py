"""Numbers as text: what a cell holds, what a machine reads and what a person reads."""

import math
import re
from collections.abc import Callable, Iterable
from decimal import ROUND_HALF_EVEN, Decimal, Inexact, localcontext
from fractions import Fraction
from typing import Any

NUMBER = re.compile(r"[+-]?(\d{1,300}(\.\d{0,300})?|\.\d{1,300})([eE][+-]?\d{1,2})?", re.ASCII)
JSON_NUMBER = re.compile(r"-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?", re.ASCII)
DIGITS = 12
"""Significant digits of a computed number: what is beyond is noise of binary arithmetic."""

Number = Fraction | float
"""An exact number; the only floats among them are the two infinities."""


def is_number(text: str) -> bool:
    """Tell whether a cell holds one finite number in plain notation, and no absurdly long one."""
    return NUMBER.fullmatch(text.strip()) is not None


def exact(text: str) -> Fraction:
    """Return a printed number as it stands; plain digits in a third of the time of Fraction."""
    whole, _, decimals = text.partition(".")
    figures = whole + decimals
    if figures.isascii() and figures.isdigit():
        return Fraction(int(figures), 10 ** len(decimals))
    return Fraction(text)


def decimal(text: str) -> Decimal | None:
    """Return the number in a cell, exactly; None where it holds none."""
    return Decimal(text.strip()) if is_number(text) else None


def plain_number(cell: str) -> bool:
    """Tell whether a cell is a number and no code: codes have leading zeros or a plus sign."""
    digits = cell.lstrip("-")
    leading_zero = len(digits) > 1 and digits[0] == "0" and digits[1] != "."
    return not leading_zero and not cell.startswith("+") and is_number(cell)


def are_codes(cells: Iterable[str]) -> bool:
    """Tell whether all numbers of a column look like years or six-digit codes, not amounts."""
    filled = [cell for cell in cells if cell]
    return bool(filled) and all(re.fullmatch(r"(19|20)\d\d|\d{6}", cell) for cell in filled)


def column_text(cells: list[Any]) -> list[str]:
    """Return cells as machines read them: as printed, or computed numbers at full precision."""
    kinds = set(map(type, cells))
    write = _WRITERS.get(kinds.pop(), _cell_text) if len(kinds) == 1 else _cell_text
    return list(map(write, cells))


def _cell_text(cell: object) -> str:
    if isinstance(cell, str):
        return cell
    if cell is None or cell != cell:
        return ""
    if isinstance(cell, bool):
        return str(cell).lower()
    if type(cell) is int:
        return str(cell)
    plain = cell.item() if hasattr(cell, "item") else cell
    return machine(plain) if isinstance(plain, int | float | Fraction) else str(plain)


def machine(value: Number | int | None) -> str:
    """Return a number at full precision without noise; empty for none and for an infinity."""
    if value is None or (isinstance(value, float) and not math.isfinite(value)):
        return ""
    if isinstance(value, float):
        text = f"{value:.{DIGITS}g}"
        return _plain(Decimal(text)) if "e" in text or text == "-0" else text
    exact = Fraction(value)
    with localcontext(prec=38, rounding=ROUND_HALF_EVEN) as context:
        rounded = Decimal(exact.numerator) / Decimal(exact.denominator)
        if context.flags[Inexact]:
            context.prec = 15
            rounded = Decimal(exact.numerator) / Decimal(exact.denominator)
    return _plain(rounded)


_WRITERS: dict[type, Callable[[Any], str]] = {str: str, int: str, float: machine}
"""How the cells of a column of one type are written."""


def _plain(value: Decimal) -> str:
    text = f"{value.normalize():f}"
    return "0" if text == "-0" else text


def people(text: str) -> str:
    """Return a number in plain notation for people: grouped, and rounded where it runs on.

    A number with up to three decimals is shown whole; a longer one with three significant
    digits or, from a hundred on, one decimal.
    """
    if not is_number(text):
        return text
    value = Decimal(text)
    exponent = value.as_tuple().exponent
    decimals = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    if decimals > 3:
        size = value.adjusted()
        decimals = max(1, 2 - size) if size < 12 else 0
    return f"{value:,.{decimals}f}"
