"""Order statistics of many groups: values put side by side by group, each looked at alone.

Only the middle of a group is put in order (a partition, not a sort), and some groups at a time, so
that ten million values need little more memory than they take.
"""

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from transfer_cli.aggregation.grouping import Codes
from transfer_cli.aggregation.measures import ABOVE, BELOW, SIGNED
from transfer_cli.frames import NDArray, np, pd

if TYPE_CHECKING:
    from transfer_cli.aggregation.partials import Partial

Flags = NDArray[np.int8]
Values = NDArray[np.float64]
PIECE = 1 << 20
"""Values of which a copy is held at a time."""


class Ordered(NamedTuple):
    """Values in base units, those of a group side by side; group ``g`` begins at ``starts[g]``."""

    values: Values
    flags: Flags
    starts: Codes

    def quantile(self, share: float, side: str) -> Values:
        """Return a quantile of each group, for ``value`` or for the ``low`` or ``high`` ends."""
        last = len(self.starts) - 1
        cuts = np.searchsorted(self.starts, range(PIECE, len(self.values), PIECE))
        found = np.full(last, np.nan)
        for first, stop in pairwise(sorted({0, *map(int, cuts), last})):
            starts = self.starts[first : stop + 1]
            ends = self._ends(slice(starts[0], starts[-1]), side)
            found[first:stop] = _quantiles(ends, starts - starts[0], share, side)
        return found

    def _ends(self, rows: slice, side: str) -> Values:
        """Return the ends of some values on a side; a piece, as they are a copy."""
        if side == "value":
            return self.values[rows]
        ends, flags = self.values[rows].copy(), self.flags[rows]
        if side == "high":
            ends[flags & ABOVE > 0] = np.inf
        else:
            below = np.flatnonzero(flags & BELOW)
            floored = (ends[below] >= 0) & (flags[below] & SIGNED == 0)
            ends[below] = np.where(floored, 0.0, -np.inf)
        return ends


def _quantiles(values: Values, starts: Codes, share: float, side: str) -> Values:
    """Return the quantile of each group; those of one size are looked at together."""
    sizes = np.diff(starts)
    found = np.full(len(sizes), np.nan)
    order = np.argsort(sizes, kind="stable")
    for alike in np.split(order, np.flatnonzero(np.diff(sizes[order])) + 1):
        if len(alike) and (size := int(sizes[alike[0]])):
            rows = values[starts[alike][:, None] + np.arange(size)]
            found[alike] = _interpolated(rows, share * (size - 1), side)
    return found


def _interpolated(rows: Values, place: float, side: str) -> Values:
    """Interpolate linearly between order statistics; an infinite end stays infinite."""
    lower = int(place)
    upper = min(lower + 1, rows.shape[1] - 1)
    rows.partition((lower, upper), axis=1)
    low, high = rows[:, lower], rows[:, upper]
    if place == lower:
        return low
    endless = np.isinf(low) | np.isinf(high)
    with np.errstate(invalid="ignore"):  # Infinity less infinity, which is not used.
        between = low + (high - low) * (place - lower)
    return np.where(endless, low if side == "low" else high, between)


def ordered(figures: "Partial", lifted: pd.DataFrame, codes: Codes, count: int) -> Ordered:
    """Return the values of ``figures`` by their ``count`` groups.

    ``lifted`` holds the atoms that were kept, by their row in ``figures``, and ``codes`` their
    groups. Values come piece by piece to their place, so that little is held twice.
    """
    # The narrowest code there is room for: numpy sorts 16 bits by radix, in a tenth of the time.
    group = np.full(len(figures.sums), count, dtype=np.int16 if count < 1 << 15 else np.int32)
    group[lifted.index] = codes
    factor = np.ones(len(figures.sums))
    factor[lifted.index] = lifted["factor"]
    flags = np.zeros(len(figures.sums), dtype=np.int8)
    flags[lifted.index] = lifted["ends"]
    sizes = np.bincount(group, figures.sums["n"], minlength=count + 1).astype(np.intp)
    starts = np.concatenate([[0], np.cumsum(sizes)])
    placed = Ordered(np.empty(starts[-1]), np.empty(starts[-1], dtype=np.int8), starts[: count + 1])
    free = starts[:-1].copy()
    for atoms, values in zip(figures.codes, figures.values, strict=True):
        mine = group[atoms]
        order = np.argsort(mine, kind="stable")
        found = np.bincount(mine, minlength=count + 1)
        places = np.arange(len(order)) + np.repeat(free - np.cumsum(found) + found, found)
        placed.values[places] = (values * factor[atoms])[order]
        placed.flags[places] = flags[atoms][order]
        free += found
    return placed
