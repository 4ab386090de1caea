"""Statistics of a group of figures: each as an interval in the unit of the group.

Sums, minima and maxima are exact, a mean is the exact sum divided once. Standard deviations and
quantiles are rounded to 15 significant digits.
"""

import math
from collections.abc import Iterable, Sequence
from decimal import Decimal, localcontext
from fractions import Fraction
from functools import reduce
from operator import add
from typing import NamedTuple

from transfer_cli.frames import NDArray, np
from transfer_cli.model import numbers
from transfer_cli.model.intervals import INFINITY, Interval, exact, reported
from transfer_cli.model.numbers import Number

_BELOW = ("under", "at_most", "nearly", "unknown")
_ABOVE = ("over", "at_least", "unknown")
_DIGITS = 30
"""Digits to which a square root is computed before it is rounded."""


class Part(NamedTuple):
    """Figures of one unit, bound and indicator: what a source computes of them, as printed.

    ``factor`` is how many units of the result the printed unit is. ``signed`` says that the figures
    may be below zero. ``values``, ``squares`` and the ``weight`` of each figure are there if a
    statistic needs them.
    """

    n: int
    total: Decimal
    minimum: Decimal
    maximum: Decimal
    bound: str
    factor: Fraction
    signed: bool
    squares: Decimal | None = None
    values: "NDArray[np.float64] | None" = None
    weight: Fraction | None = None


def combine(parts: Iterable[Part]) -> list[Part]:
    """Return the same figures in as few parts as can be: by bound, unit, sign and weight."""
    similar: dict[tuple[object, ...], list[Part]] = {}
    for part in parts:
        similar.setdefault((part.bound, part.factor, part.signed, part.weight), []).append(part)
    with localcontext(numbers.UNROUNDED):
        return [same[0] if len(same) == 1 else _combined(same) for same in similar.values()]


def _combined(parts: Sequence[Part]) -> Part:
    squares = [part.squares for part in parts if part.squares is not None]
    values = [part.values for part in parts if part.values is not None]
    return parts[0]._replace(
        n=sum(part.n for part in parts),
        total=sum((part.total for part in parts), Decimal(0)),
        minimum=min(part.minimum for part in parts),
        maximum=max(part.maximum for part in parts),
        squares=sum(squares, Decimal(0)) if squares else None,
        values=np.concatenate(values) if values else None,
    )


def total(parts: Iterable[Part]) -> Interval:
    """Return the sum of figures. It has no low end if one with a high end is not above zero."""
    return reduce(add, [_interval(part, part.total, part.minimum) for part in parts])


def mean(parts: Sequence[Part]) -> Interval | None:
    """Return the mean of figures, weighted if they have weights; None if the weights are all 0."""
    weights = [Fraction(1) if part.weight is None else part.weight for part in parts]
    n = sum((part.n * weight for part, weight in zip(parts, weights, strict=True)), Fraction(0))
    if not n:
        return None
    weighted = [
        total([part]).scaled(weight) for part, weight in zip(parts, weights, strict=True) if weight
    ]
    return reduce(add, weighted).scaled(1 / n)


def smallest(parts: Iterable[Part]) -> Interval:
    """Return the smallest of several figures."""
    return minimum(_interval(part, part.minimum) for part in parts)


def largest(parts: Iterable[Part]) -> Interval:
    """Return the largest of several figures."""
    return -minimum(-_interval(part, part.maximum) for part in parts)


def minimum(intervals: Iterable[Interval]) -> Interval:
    """Return the interval of the smallest of several figures.

    It is open below if all that reach down to its low end are, and above if any that ends at its
    high end is. It is near only if all are. Those that are larger in any case are left out, where
    "about" is read as ±10 %.
    """
    every = list(intervals)
    if any(one.about for one in every):
        highest = min(one.widened().high for one in every)
        every = [one for one in every if one.widened().low <= highest]
    low, high = min(one.low for one in every), min(one.high for one in every)
    return Interval(
        min(one.value for one in every),
        low,
        high,
        all(one.low_open for one in every if one.low == low),
        any(one.high_open for one in every if one.high == high),
        about=any(one.about for one in every),
        near=all(one.near for one in every),
    )


def deviation(parts: Sequence[Part]) -> Interval | None:
    """Return the sample standard deviation (divided by n - 1), None of fewer than two figures."""
    squared = _variance(parts)
    return None if squared is None else _scatter(_root(squared), parts)


def variance(parts: Sequence[Part]) -> Interval | None:
    """Return the sample variance (divided by n - 1), None of fewer than two figures.

    It is in the square of the unit.
    """
    squared = _variance(parts)
    return None if squared is None else _scatter(squared, parts)


def variation(parts: Sequence[Part]) -> Interval | None:
    """Return the coefficient of variation: the sample standard deviation over the mean.

    None of fewer than two figures, and where one is below zero or all are zero: it compares
    amounts that have a true zero.
    """
    squared, average = _variance(parts), total(parts).value / sum(part.n for part in parts)
    negative = any(part.minimum < 0 or part.signed for part in parts)
    if squared is None or negative or not average:
        return None
    return _scatter(_root(squared / average**2), parts)


def _variance(parts: Sequence[Part]) -> Fraction | None:
    n = sum(part.n for part in parts)
    if n < 2:
        return None
    whole = sum((Fraction(part.total) * part.factor for part in parts), Fraction(0))
    squares = sum((Fraction(part.squares or 0) * part.factor**2 for part in parts), Fraction(0))
    return (n * squares - whole**2) / (n * (n - 1))


def _root(value: Fraction) -> Fraction:
    with localcontext(prec=_DIGITS):
        return rounded((Decimal(value.numerator) / Decimal(value.denominator)).sqrt())


def _scatter(value: Fraction, parts: Sequence[Part]) -> Interval:
    """Return a measure of dispersion; of bounded figures its ends are not known."""
    if _are_bounded(parts):
        return Interval(value, -INFINITY, INFINITY)
    return exact(value)


def _are_bounded(parts: Iterable[Part]) -> bool:
    return any(part.bound not in ("", "exact") for part in parts)


def quantile(parts: Sequence[Part], share: Fraction) -> Interval:
    """Return a quantile of type 7 (Hyndman and Fan, 1996): interpolated between neighbours.

    Its ends are the quantiles of the ends; they are open only if those of every figure are.
    """
    printed = [_interval(part, part.minimum) for part in parts]
    low = high = value = _type_7(_ends(parts, "value"), share, "value")
    if _are_bounded(parts):
        low, high = (_type_7(_ends(parts, side), share, side) for side in ("low", "high"))
    return Interval(
        Fraction(value),
        low,
        high,
        all(one.low_open for one in printed),
        all(one.high_open for one in printed),
        about=any(one.about for one in printed),
        near=all(one.near for one in printed),
    )


def rounded(value: Decimal | float) -> Fraction:
    """Return a number rounded to the digits that floats hold."""
    return Fraction(f"{value:.{numbers.ROUNDED_DIGITS}g}")


def _interval(part: Part, value: Decimal, smallest: Decimal | None = None) -> Interval:
    """Return a printed number of a part as an interval, in the unit of the result."""
    signed = part.signed or (smallest is not None and smallest <= 0)
    return reported(value, part.bound, signed=signed).scaled(part.factor)


def _ends(parts: Sequence[Part], side: str) -> "NDArray[np.float64]":
    """Return the low or high ends of figures, or their values."""
    return np.concatenate([_ends_of(part, side) for part in parts])


def _ends_of(part: Part, side: str) -> "NDArray[np.float64]":
    assert part.values is not None  # noqa: S101  (computed wherever a quantile is requested)
    # Millions of values in one unit are not copied.
    values = part.values if part.factor == 1 else part.values * float(part.factor)
    if side == "high" and part.bound in _ABOVE:
        return np.full(len(values), np.inf)
    if side == "low" and part.bound in _BELOW:
        return np.where((values > 0) & (not part.signed), 0.0, -np.inf)
    return values


def _type_7(values: "NDArray[np.float64]", share: Fraction, side: str) -> Number:
    """Return a quantile of values; between two of which one is infinite, the outer one."""
    place = share * (len(values) - 1)
    lower = int(place)
    upper = min(lower + 1, len(values) - 1)
    ordered = np.partition(values, (lower, upper))
    low, high = float(ordered[lower]), float(ordered[upper])
    if place == lower or low == high:
        found = low
    elif math.isinf(low) or math.isinf(high):
        found = low if side == "low" else high
    else:
        found = low + (high - low) * float(place - lower)
    return found if math.isinf(found) else rounded(found)
