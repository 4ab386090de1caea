"""Ranks of intervals: a place, a tie, or every place that the bounds allow."""

from collections.abc import Sequence

from transfer_cli.errors import RefusedError
from transfer_cli.messages import _
from transfer_cli.model.figure import Figure
from transfer_cli.model.intervals import Interval
from transfer_cli.rules.record import of_figure


def places(figures: Sequence[Figure]) -> list[str]:
    """Return the place of each figure: ``1``, ``2=`` for a tie, ``1–3`` if bounds leave it open.

    The indicator says which end is first; of an unknown rank it is the low one. Raises
    RefusedError if it says that neither is.
    """
    known = figures[0].indicator
    implied = "low" if of_figure(figures[0]).implied_kind == "rank" else "high"
    better = known.better if known else implied
    if not better:
        label = known.name if known else _("it")
        raise RefusedError(_("{label} has no better end, so there is no rank", label=label))
    intervals = [figure.quantity.interval.widened() for figure in figures]
    return [_place(i, intervals, better == "high") for i in range(len(intervals))]


def _place(index: int, intervals: Sequence[Interval], high_first: bool) -> str:
    own = intervals[index]
    others = [other for i, other in enumerate(intervals) if i != index]
    exact = [other for other in others if own.bound == other.bound == "exact"]
    ties = sum(other.value == own.value for other in exact)
    surely_ahead = sum(_ahead(other, own, high_first) for other in others)
    surely_behind = sum(_ahead(own, other, high_first) for other in others)
    first, last = surely_ahead + 1, len(intervals) - surely_behind - ties
    if first == last:
        return f"{first}=" if ties else str(first)
    return f"{first}–{last}"


def _ahead(one: Interval, other: Interval, high_first: bool) -> bool:
    """Return whether ``one`` comes before ``other``, whatever their true values."""
    return one.is_above(other) if high_first else other.is_above(one)
