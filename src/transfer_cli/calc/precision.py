"""The rounding of printed figures: a note on a result, which does not change its bound.

A count of things (30个, 66家) is exact. Any other printed number may be off by half of its last
digit: 14.37亿元 is 14.365 to 14.375. A fraction in words (四分之一, 四成) is a whole per
cent.
"""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from math import floor, log10

from transfer_cli.calc.term import Term
from transfer_cli.errors import TransferError
from transfer_cli.messages import _
from transfer_cli.model import labels, numbers
from transfer_cli.model.figure import Figure, Quantity
from transfer_cli.model.intervals import Interval
from transfer_cli.model.units import ONE

_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_MULTIPLES = re.compile("[万亿]")
_COUNTS = frozenset({"个", "人", "位"})
"""The base units of things that are counted one by one: things, persons, places."""


def note(
    calculate: Callable[[Mapping[str, Figure]], Term], figures: Mapping[str, Figure], result: Term
) -> str:
    """Return the range of an exact result by the rounding of its figures; empty if it has none.

    ``calculate`` makes the result of figures by id; it is given those that the result is made of
    as the intervals that their last digits leave open.
    """
    if result.quantity.bound != "exact":
        return ""
    open_figures = {}
    for figure in result.figures:
        if quantity := rounded(figure):
            open_figures[figure.id] = figure._replace(quantity=quantity)
    if not open_figures:
        return ""
    try:
        made = calculate({**figures, **open_figures}).quantity.to(result.quantity.unit)
    except TransferError:  # A divisor that may be zero: then nothing can be said.
        return ""
    return allowed(made)


def rounded(figure: Figure) -> Quantity | None:
    """Return the range of a printed number by its last digit; None if it is exact or bounded."""
    interval, unit = figure.quantity
    half = Fraction(0) if _is_count(figure) else _half(figure)
    if interval.bound != "exact" or not half:
        return None
    return Quantity(Interval(interval.value, interval.value - half, interval.value + half), unit)


def allowed(quantity: Quantity) -> str:
    """Return a value with its ends for people: ``6.3 % (6.2 to 6.4 as printed)``."""
    value, low, high = quantity.interval.value, quantity.interval.low, quantity.interval.high
    if isinstance(low, float) or isinstance(high, float) or low >= high:
        return ""
    if not low <= value <= high:  # A result rounded by round().
        return ""
    places = 1 - floor(log10(high - low))
    ends = (numbers.machine(round(n, places)) for n in (value, low, high))
    shown, least, most = (f"{Decimal(end):,f}" for end in ends)
    text = labels.amount(shown, quantity.unit.name)
    return _("{value} ({low} to {high} as printed)", value=text, low=least, high=most)


def _is_count(figure: Figure) -> bool:
    """Return whether a number counts things one by one, or has no unit."""
    unit = figure.quantity.unit
    if unit.dimension == ONE.dimension:
        return True
    [(base, power), *others] = unit.dimension
    single = unit.factor == 1 and power == 1 and not others and (unit.counted or base in _COUNTS)
    return single and not _MULTIPLES.search(figure.get("printed"))


def _half(figure: Figure) -> Fraction:
    """Return half of the last digit of a printed number, in the unit of the figure."""
    printed = _NUMBER.search(figure.get("printed"))
    value = numbers.plain(figure.get("value")) or ""
    text = printed[0].replace(",", "") if printed else value
    if figure.get("printed") and not printed:
        text = str(floor(figure.quantity.interval.value))  # In words: a whole per cent.
    half = Fraction(1, 2 * 10 ** len(text.partition(".")[2]))
    number, exact = Fraction(text), figure.quantity.interval.value
    return half * abs(exact / number) if printed and number and exact else half
