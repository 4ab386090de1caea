"""Ranks that intervals settle: a place, a tie, or every place that the bounds allow."""

from collections.abc import Sequence

from transfer_cli.errors import RefusedError
from transfer_cli.model.figures import Figure
from transfer_cli.model.intervals import ABOUT, Interval


def places(figures: Sequence[Figure]) -> list[str]:
    """Return the place of each figure: ``1``, ``2=`` for a tie, ``1–3`` where bounds leave it open.

    The indicator says which end is first. Raises RefusedError where it says neither is.
    """
    known = figures[0].indicator
    better = known.better if known else "high"
    if not better:
        label = known.label.lower() if known else "it"
        raise RefusedError(f"{label} has no better end, so there is no rank")
    intervals = [_spread(figure.quantity.interval) for figure in figures]
    return [_place(i, intervals, better == "high") for i in range(len(intervals))]


def _spread(interval: Interval) -> Interval:
    if not interval.about:
        return interval
    room = abs(interval.value) * ABOUT
    return Interval(interval.value, interval.low - room, interval.high + room)


def _place(index: int, intervals: Sequence[Interval], high_first: bool) -> str:
    mine = intervals[index]
    others = [other for i, other in enumerate(intervals) if i != index]
    ties = sum(_tied(mine, other) for other in others)
    surely_ahead = sum(_ahead(other, mine, high_first) for other in others)
    surely_behind = sum(_ahead(mine, other, high_first) for other in others)
    first, last = surely_ahead + 1, len(intervals) - surely_behind - ties
    if first == last:
        return f"{first}=" if ties else str(first)
    return f"{first}–{last}"


def _tied(one: Interval, other: Interval) -> bool:
    return one.bound == other.bound == "exact" and one.value == other.value


def _ahead(one: Interval, other: Interval, high_first: bool) -> bool:
    """Tell whether ``one`` surely comes before ``other``, whatever their true values."""
    above, below = (one, other) if high_first else (other, one)
    if above.low > below.high:
        return True
    return above.low == below.high and (above.low_open or below.high_open)
