"""How unequally a total is divided among groups: the Herfindahl-Hirschman index and Gini's."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import accumulate
from operator import add

from transfer_cli.model.intervals import INFINITY, Interval, exact
from transfer_cli.model.numbers import Number


def share(part: Interval, rest: Interval) -> Interval | None:
    """Return the share of a part in itself and the rest, from 0 to 1.

    It rises with the part and falls with the rest, so that its ends follow from theirs; they are
    closer together than those of a quotient, in which part and divisor vary independently.
    None where one may be below zero, or their sum is zero.
    """
    if min(part.low, rest.low) < 0 or not part.value + rest.value:
        return None
    if rest.low == rest.high == 0:
        return exact(1)
    low, high = _portion(part.low, rest.high), _portion(part.high, rest.low)
    return Interval(
        part.value / (part.value + rest.value),
        low,
        high,
        low != 0 and (part.low_open or rest.high_open),
        high != 1 and (part.high_open or rest.low_open),
        about=part.about or rest.about,
    )


def _portion(part: Number, rest: Number) -> Number:
    """Return part / (part + rest), where one or both may be infinite: its limit, the outer one."""
    if part == INFINITY:
        return Fraction(1)
    if rest == INFINITY or not part:
        return Fraction(0)
    return Fraction(part) / (Fraction(part) + Fraction(rest))


def shares(amounts: Sequence[Interval]) -> list[Interval | None]:
    """Return the share of each of several amounts in their sum, from 0 to 1; see ``share``.

    Where an amount is "about" and a share has one end, the share is that end.
    """
    found = _shares(amounts)
    if not any(one.about for one in amounts):
        return found
    widened = _shares([one.widened() for one in amounts])
    return [_at_end(one, wide) for one, wide in zip(found, widened, strict=True)]


def _at_end(one: Interval | None, widened: Interval | None) -> Interval | None:
    """Return a share with its only end as its value, if "about" hides it."""
    if one is None or widened is None or not one.about or one.bound != "unknown":
        return one
    high = INFINITY if widened.high == 1 else widened.high
    return replace(widened, high=high).at_end() or one


def read_about(amounts: Sequence[Interval], found: Iterable[Interval | None]) -> bool:
    """Return whether a share of amounts is an end that follows of "about" read as ±10 %."""
    return any(one.about for one in amounts) and any(
        one is not None and not one.about and one.bound != "exact" for one in found
    )


def _shares(amounts: Sequence[Interval]) -> list[Interval | None]:
    zero = exact(0)
    before = list(accumulate(amounts, add, initial=zero))
    after = list(accumulate(reversed(amounts), add, initial=zero))[::-1]
    return [share(one, before[place] + after[place + 1]) for place, one in enumerate(amounts)]


def inside(part: Interval, whole: Interval) -> Interval | None:
    """Return the share of a part in a whole that contains it, from 0 to 1.

    None where one may be below zero, or the whole is zero.
    """
    found = _inside(part, whole)
    if not part.about and not whole.about:
        return found
    return _at_end(found, _inside(part.widened(), whole.widened()))


def _inside(part: Interval, whole: Interval) -> Interval | None:
    if min(part.low, whole.low) < 0 or not whole.value:
        return None
    low = Fraction(0) if whole.high == INFINITY else Fraction(part.low) / Fraction(whole.high)
    high = Fraction(1)
    if part.high != INFINITY and whole.low:
        high = min(high, Fraction(part.high) / Fraction(whole.low))
    return Interval(
        part.value / whole.value,
        low,
        high,
        low != 0 and (part.low_open or whole.high_open),
        high != 1 and (part.high_open or whole.low_open),
        about=part.about or whole.about,
    )


def hhi(amounts: Sequence[Interval]) -> Interval | None:
    """Return the Herfindahl-Hirschman index: the sum of the squared shares, from 1/n to 1.

    One is that of a single group that holds all. A. O. Hirschman, The Paternity of an Index,
    American Economic Review 54 (1964), p. 761; S. A. Rhoades, The Herfindahl-Hirschman Index,
    Federal Reserve Bulletin 79 (1993), p. 188, who takes shares in per cent, which makes it 10,000
    times as large. Its ends follow from those of the shares. None where there are no shares.
    """
    found = [each for each in _shares(amounts) if each is not None]
    if not found or len(found) < len(amounts):
        return None
    value = sum((each.value**2 for each in found), Fraction(0))
    if all(one.low == one.high for one in amounts):
        return Interval(value, value, value, about=any(each.about for each in found))
    low = sum((Fraction(each.low) ** 2 for each in found), Fraction(0))
    high = sum((Fraction(each.high) ** 2 for each in found), Fraction(0))
    lowest = Fraction(1, len(found))
    about = any(each.about for each in found)
    return Interval(value, max(low, lowest), min(high, Fraction(1)), about=about)


def gini(amounts: Sequence[Interval]) -> Interval | None:
    """Return the Gini coefficient of amounts, from 0 to (n - 1) / n.

    It is half the mean difference of all pairs over the mean, without the correction n / (n - 1)
    for samples. C. Gini, Variabilità e mutabilità (1912); A. Sen, On Economic Inequality (1973),
    section 2.7. Of bounded amounts no more than these ends is known. None where an amount may be
    below zero, or all are zero.
    """
    n = len(amounts)
    whole = sum((one.value for one in amounts), Fraction(0))
    if not whole or any(one.low < 0 for one in amounts):
        return None
    ordered = sorted(one.value for one in amounts)
    weighted = sum((rank * value for rank, value in enumerate(ordered, 1)), Fraction(0))
    value = 2 * weighted / (n * whole) - Fraction(n + 1, n)
    if all(one.low == one.high for one in amounts):
        return Interval(value, value, value, about=any(one.about for one in amounts))
    return Interval(value, Fraction(0), Fraction(n - 1, n), about=any(one.about for one in amounts))
