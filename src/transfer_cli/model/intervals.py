"""A reported number as an interval, and the arithmetic that keeps its bound honest.

A figure is a nominal value and the two ends between which the true value lies, each open or
closed, with a flag for "about", whose ends are not known. The bound of a result follows from its
interval: the strongest word that is true of it, or else ``unknown``. Rules of interval
arithmetic follow R. E. Moore, Interval Analysis (1966).
"""

import math
from dataclasses import dataclass, replace
from decimal import (
    MAX_EMAX,
    MIN_EMIN,
    ROUND_CEILING,
    ROUND_FLOOR,
    ROUND_HALF_EVEN,
    Decimal,
    localcontext,
)
from fractions import Fraction

from transfer_cli.errors import RefusedError
from transfer_cli.messages import _
from transfer_cli.model import numbers
from transfer_cli.model.numbers import Number

INFINITY = math.inf
ABOUT = Fraction(1, 10)
"""The relative margin of "about", where an order or a remainder is needed."""


@dataclass(frozen=True, slots=True)
class Interval:
    """A nominal value between two ends. ``near`` is true for the bound "nearly"."""

    value: Fraction
    low: Number
    high: Number
    low_open: bool = False
    high_open: bool = False
    about: bool = False
    near: bool = False

    @property
    def bound(self) -> str:
        """The strongest word that is true of the value: ``exact``, ``over`` … ``unknown``."""
        low, high = (self.low, self.low_open), (self.high, self.high_open)
        return bound_word(self.value, low, high, about=self.about, near=self.near)

    @property
    def ends(self) -> tuple[Number | None, Number | None]:
        """The low and high end for machines: None for a missing one, and for "about"."""
        if self.about:
            return None, None
        low = None if self.low == -INFINITY else self.low
        return low, None if self.high == INFINITY else self.high

    def contains(self, value: Number) -> bool:
        """Return whether the true value may be ``value``; "about" adds no margin."""
        above = value > self.low or (value == self.low and not self.low_open)
        below = value < self.high or (value == self.high and not self.high_open)
        return above and below

    def is_above(self, other: "Interval") -> bool:
        """Return whether every value of this interval is larger than every one of the other."""
        return self.low > other.high or (
            self.low == other.high and (self.low_open or other.high_open)
        )

    def __add__(self, other: "Interval") -> "Interval":
        return Interval(
            self.value + other.value,
            self.low + other.low,
            self.high + other.high,
            self.low_open or other.low_open,
            self.high_open or other.high_open,
            **_flags(self, other),
        )

    def __neg__(self) -> "Interval":
        return replace(
            self,
            value=-self.value,
            low=-self.high,
            high=-self.low,
            low_open=self.high_open,
            high_open=self.low_open,
        )

    def __sub__(self, other: "Interval") -> "Interval":
        made = self + -other
        if abs(made.value) >= ABOUT * max(abs(self.value), abs(other.value)):
            return made
        if made.about:
            # What is left is less than what "about" leaves open.
            return replace(made, low=-INFINITY, high=INFINITY)
        return replace(made, near=False)

    def __mul__(self, other: "Interval") -> "Interval":
        ends = [
            _end_product(a, a_open, b, b_open)
            for a, a_open in ((self.low, self.low_open), (self.high, self.high_open))
            for b, b_open in ((other.low, other.low_open), (other.high, other.high_open))
        ]
        low, low_open = min(ends, key=lambda end: (end[0], end[1]))
        high, high_open = max(ends, key=lambda end: (end[0], not end[1]))
        value = self.value * other.value
        return Interval(value, low, high, low_open, high_open, **_flags(self, other))

    def __truediv__(self, other: "Interval") -> "Interval":
        return self * other.reciprocal()

    def reciprocal(self) -> "Interval":
        """Return one divided by this; refused where the true value may be on both sides of 0."""
        if self.low < 0 < self.high or self.value == 0:
            raise RefusedError(_("the divisor may be zero"), "transfer-cli calc --help")
        low = _invert(self.high, -INFINITY)
        high = _invert(self.low, INFINITY)
        return replace(
            self,
            value=1 / self.value,
            low=low,
            high=high,
            low_open=self.high_open or self.high == INFINITY,
            high_open=self.low_open or self.low == -INFINITY,
        )

    def __pow__(self, exponent: int) -> "Interval":
        if exponent < 0:
            return self.reciprocal() ** -exponent
        result = exact(1)
        for _time in range(exponent):
            result = result * self
        if exponent % 2 == 0 and exponent and self.low < 0 < self.high:
            result = replace(result, low=Fraction(0), low_open=False)
        return result

    def widened(self) -> "Interval":
        """Return the interval with "about" read as ±10 %, as an order needs it."""
        if not self.about:
            return self
        return replace(
            self,
            low=min(self.low * (1 - ABOUT), self.low * (1 + ABOUT)),
            high=max(self.high * (1 - ABOUT), self.high * (1 + ABOUT)),
            about=False,
        )

    def at_end(self) -> "Interval | None":
        """Return the interval with its only end as its value; None if it has no end, or two.

        A low end at 0 does not count, as every amount has it.
        """
        has_low = self.low not in (0, -INFINITY)
        if has_low == (self.high != INFINITY):
            return None
        return replace(self, value=Fraction(self.low if has_low else self.high), near=False)

    def scaled(self, factor: Fraction) -> "Interval":
        """Return the interval in a unit ``factor`` times smaller; ``factor`` is above zero."""
        # The same as a product, and many times faster: a comparison scales every figure.
        value = self.value * factor
        low, high = (value if end is self.value else end * factor for end in (self.low, self.high))
        return Interval(
            value, low, high, self.low_open, self.high_open, about=self.about, near=self.near
        )


def bound_word(
    value: Number,
    low: tuple[Number, bool],
    high: tuple[Number, bool],
    *,
    about: bool,
    near: bool,
) -> str:
    """Return the strongest word that is true of ``value`` between two ends, each with "is open".

    ``unknown`` where none is true.
    """
    if low[0] == high[0] == value:
        return "about" if about else "exact"
    if about:
        return "unknown"
    if value == low[0]:
        return "over" if low[1] else "at_least"
    if value == high[0]:
        return ("nearly" if near else "under") if high[1] else "at_most"
    return "unknown"


def _flags(a: Interval, b: Interval) -> dict[str, bool]:
    inexact = [x for x in (a, b) if x.bound != "exact"]
    return {
        "about": a.about or b.about,
        "near": bool(inexact) and all(x.near for x in inexact),
    }


def _end_product(a: Number, a_open: bool, b: Number, b_open: bool) -> tuple[Number, bool]:
    """Return the product of two ends; with a closed zero it is a closed zero."""
    if a == 0 or b == 0:
        closed_zero = (a == 0 and not a_open) or (b == 0 and not b_open)
        return Fraction(0), not closed_zero
    return a * b, a_open or b_open


def _invert(end: Number, at_zero: float) -> Number:
    if end == 0:
        return at_zero
    return Fraction(0) if isinstance(end, float) else 1 / end


def exact(value: Fraction | Decimal | int | str) -> Interval:
    """Return a number that is known exactly."""
    number = Fraction(value)
    return Interval(number, number, number)


def reported(
    value: Fraction | Decimal | int | str, bound: str, *, signed: bool = False
) -> Interval:
    """Return a printed number with its bound word as an interval.

    ``under`` and ``nearly`` of a count or an amount above 0 end at 0 below; ``signed`` figures
    (growth, points) have no end there. Raises ValueError for an unknown bound.
    """
    number = numbers.exact(value) if isinstance(value, str) else Fraction(value)
    if bound in ("exact", "", "about"):
        return Interval(number, number, number, about=bound == "about")
    floor: Number = -INFINITY if signed or number <= 0 else Fraction(0)
    match bound:
        case "over" | "at_least":
            return Interval(number, number, INFINITY, low_open=bound == "over")
        case "under" | "nearly" | "at_most":
            open_end = bound != "at_most"
            near = bound == "nearly"
            return Interval(number, floor, number, high_open=open_end, near=near)
        case "unknown":
            return Interval(number, floor, INFINITY)
    raise ValueError(_("no bound is called {bound!r}", bound=bound))


ROOT_DIGITS = 15
"""Significant digits to which a root is rounded."""


def root(base: Interval, degree: Fraction) -> Interval:
    """Return the ``degree``-th root of a positive interval, rounded to ``ROOT_DIGITS``.

    The value is rounded half to even, an end that is not the value outward. Raises RefusedError if
    the interval is not positive.
    """
    if base.low < 0 or base.value <= 0:
        raise RefusedError(_("a root needs a positive figure"), "transfer-cli calc --help")

    def power(end: Number, rounding: str) -> Number:
        return end if isinstance(end, float) else _power(end, 1 / degree, rounding)

    value = _power(base.value, 1 / degree, ROUND_HALF_EVEN)
    low = value if base.low == base.value else power(base.low, ROUND_FLOOR)
    high = value if base.high == base.value else power(base.high, ROUND_CEILING)
    return replace(base, value=value, low=low, high=high)


def _power(base: Fraction, exponent: Fraction, rounding: str) -> Fraction:
    """Return a positive power of a number that is not negative, rounded to ``ROOT_DIGITS``.

    Decimals neither underflow nor overflow where floats do: the cube root of 1e-384 is 1e-128.
    """
    with localcontext(prec=4 * ROOT_DIGITS, Emax=MAX_EMAX, Emin=MIN_EMIN) as context:
        number = Decimal(base.numerator) / Decimal(base.denominator)
        result = number ** (Decimal(exponent.numerator) / Decimal(exponent.denominator))
        context.prec, context.rounding = ROOT_DIGITS, rounding
        return Fraction(+result)
