"""The statistics by name, and what each makes of a combined partial aggregate."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from transfer_cli.aggregation.measures import SIDES
from transfer_cli.errors import UsageError, unknown
from transfer_cli.frames import np, pd

if TYPE_CHECKING:
    from transfer_cli.aggregation.order import Ordered

NAMES = ("count", "sum", "mean", "median", "min", "max", "std")
_QUANTILE = re.compile(r"(?:q|p|quantile)(0?\.\d+|\d{1,3})")


class Statistic(NamedTuple):
    """A statistic by the name it has in the answer; ``quantile`` is set for order statistics."""

    name: str
    kind: str
    quantile: float | None = None

    @property
    def bounded(self) -> bool:
        """Whether the answer is a figure with a bound, in the unit of the figures."""
        return self.kind not in ("count", "std")


def parse(names: Sequence[str]) -> list[Statistic]:
    """Return the statistics a user names: ``sum``, ``median``, ``q25``, ``p90``, ``q0.9``.

    Raises UsageError for a name that is none.
    """
    return [_parse(name.strip().lower()) for name in names]


def _parse(name: str) -> Statistic:
    name = {"avg": "mean", "average": "mean", "total": "sum", "n": "count"}.get(name, name)
    if name == "median":
        return Statistic(name, "quantile", 0.5)
    if name in NAMES:
        return Statistic(name, name)
    match = _QUANTILE.fullmatch(name)
    if not match:
        raise unknown("statistic", name, [*NAMES, "q25", "p90"])
    share = float(match[1]) if "." in match[1] else int(match[1]) / 100
    if share > 1:
        raise UsageError(f"a quantile lies between 0 and 100: {name!r}", "write q25 or p90")
    return Statistic(name, "quantile", share)


def evaluate(statistic: Statistic, sums: pd.DataFrame, values: "Ordered | None") -> pd.DataFrame:
    """Return ``value, low, high, low_open, high_open, near`` of a statistic for each group.

    ``sums`` are those of ``measures.merge``; ``values`` are needed for an order statistic.
    """
    out = pd.DataFrame(index=sums.index)
    for side in SIDES:
        out[side] = _side(statistic, sums, values, side)
    adds = statistic.kind in ("sum", "mean")
    out["low_open"], out["high_open"] = _openness(statistic, sums)
    out["near"] = sums["inexact"] & ~sums["not_near"] if adds else sums["all_near"]
    return out


def bound_words(result: pd.DataFrame, about: "pd.Series[bool]") -> list[str]:
    """Return the strongest word that is true of each number that ``evaluate`` returns.

    This is ``quantities.bound_word`` for whole columns; empty where there is no number.
    """
    value, low, high = (result[side] for side in SIDES)
    open_above = np.where(result["near"], "nearly", "under")
    words = [
        (value.isna(), ""),
        ((low == value) & (high == value), np.where(about, "about", "exact")),
        (about, "unknown"),
        (low == value, np.where(result["low_open"], "over", "at_least")),
        (high == value, np.where(result["high_open"], open_above, "at_most")),
    ]
    tests, chosen = zip(*words, strict=True)
    return list(map(str, np.select(tests, chosen, "unknown")))


def _openness(
    statistic: Statistic, sums: pd.DataFrame
) -> "tuple[pd.Series[bool], pd.Series[bool]]":
    """Tell whether the ends of a statistic are open.

    Those of a sum are where any figure's is. The least is open below where all the figures that
    reach down to it are, and above where any that ends there is; the greatest the other way.
    """
    match statistic.kind:
        case "sum" | "mean":
            return sums["low_open"], sums["high_open"]
        case "min":
            low = sums["least_closed_low"] > sums["min_low"]
            return low, sums["least_open_high"] <= sums["min_high"]
        case "max":
            high = sums["greatest_closed_high"] < sums["max_high"]
            return sums["greatest_open_low"] >= sums["max_low"], high
    return sums["all_low_open"], sums["all_high_open"]


def _side(
    statistic: Statistic, sums: pd.DataFrame, values: "Ordered | None", side: str
) -> "pd.Series[float]":
    match statistic.kind:
        case "sum" | "min" | "max":
            return sums[f"{statistic.kind}_{side}"]
        case "mean":
            return sums[f"sum_{side}"] / sums["n"]
        case "std":
            return (sums["squares"] / (sums["n"] - 1).where(sums["n"] > 1)) ** 0.5
    assert values is not None  # noqa: S101  (kept whenever an order statistic is asked for)
    return pd.Series(values.quantile(statistic.quantile or 0.0, side), sums.index)
