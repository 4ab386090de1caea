"""An aggregate as two pure functions: ``partial`` of a frame, and ``combine`` of partials.

One small frame, the chunks of a large file and the workers of a cluster run the same two. What
sums can carry is carried as sums: counts, totals, means and squared deviations (Chan, Golub and
LeVeque, 1979). Median and quantiles carry the values and their group codes, nothing more.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from transfer_cli.frames import pd

SIDES = ("value", "low", "high")
FLAGS = ("low_open", "high_open", "about", "inexact", "not_near")
ENDS = {
    "least_closed_low": ("low", False, "min"),
    "greatest_open_low": ("low", True, "max"),
    "greatest_closed_high": ("high", False, "max"),
    "least_open_high": ("high", True, "min"),
}
"""Ends that tell whether the least and the greatest of a group are open: side, which, extreme."""

EVERY = ("low_open", "high_open", "near")
"""Flags that an order statistic has only where every figure has them; a sum, where any has."""


@dataclass(frozen=True)
class Partial:
    """Sums by group, and the values of the groups where an order statistic is asked for."""

    sums: pd.DataFrame
    values: pd.DataFrame | None = None


def partial(frame: pd.DataFrame, keys: Sequence[str], *, ordered: bool) -> Partial:
    """Return the partial aggregate of measured rows (see ``measures``) by ``keys``.

    ``ordered`` keeps the values too, for median and quantiles.
    """
    by = list(keys)
    ends = {name: _ends(frame, *end) for name, end in ENDS.items()}
    working = frame.assign(**ends, not_near=frame["inexact"] & ~frame["near"])
    grouped = working.groupby(by, sort=False, observed=True, dropna=False)
    columns: dict[str, Any] = {"n": grouped.size()}
    for side in SIDES:
        columns[f"sum_{side}"] = grouped[side].sum()
        columns[f"min_{side}"] = grouped[side].min()
        columns[f"max_{side}"] = grouped[side].max()
    for flag in FLAGS:
        columns[flag] = grouped[flag].any()
    for flag in EVERY:
        columns[f"all_{flag}"] = grouped[flag].all()
    for name, (_, _, reduction) in ENDS.items():
        columns[name] = getattr(grouped[name], reduction)()
    columns["mean"] = grouped["value"].mean()
    columns["squares"] = grouped["value"].var(ddof=0) * columns["n"]
    columns["unit"] = grouped["unit"].first()
    columns["mixed"] = grouped["unit"].nunique() > 1
    sums = pd.DataFrame(columns).reset_index()
    return Partial(sums, working[[*by, *SIDES]] if ordered else None)


def _ends(frame: pd.DataFrame, side: str, is_open: bool, reduction: str) -> "pd.Series[float]":
    """Return the open, or the closed, ends of a side; the others out of the way of the extreme."""
    away = float("inf") if reduction == "min" else float("-inf")
    return frame[side].where(frame[f"{side}_open"] == is_open, away)


def combine(parts: Sequence[Partial], keys: Sequence[str]) -> Partial:
    """Return the partial aggregate of all the rows behind ``parts``, in order of appearance."""
    if len(parts) == 1:
        return parts[0]
    by = list(keys)
    rows = pd.concat([part.sums for part in parts], ignore_index=True)
    grouped = rows.groupby(by, sort=False, observed=True, dropna=False)
    merged: dict[str, Any] = {"n": grouped["n"].sum()}
    for side in SIDES:
        merged[f"sum_{side}"] = grouped[f"sum_{side}"].sum()
        merged[f"min_{side}"] = grouped[f"min_{side}"].min()
        merged[f"max_{side}"] = grouped[f"max_{side}"].max()
    for flag in FLAGS:
        merged[flag] = grouped[flag].any()
    for flag in EVERY:
        merged[f"all_{flag}"] = grouped[f"all_{flag}"].all()
    for name, (_, _, reduction) in ENDS.items():
        merged[name] = getattr(grouped[name], reduction)()
    merged["mean"] = merged["sum_value"] / merged["n"]
    means = rows[by].merge(merged["mean"].rename("whole").reset_index(), on=by, how="left")
    spread = rows["squares"] + rows["n"] * (rows["mean"] - means["whole"].to_numpy()) ** 2
    merged["squares"] = (
        rows.assign(spread=spread)
        .groupby(by, sort=False, observed=True, dropna=False)["spread"]
        .sum()
    )
    merged["unit"] = grouped["unit"].first()
    merged["mixed"] = grouped["mixed"].any() | (grouped["unit"].nunique() > 1)
    values = [part.values for part in parts if part.values is not None]
    return Partial(pd.DataFrame(merged).reset_index(), pd.concat(values) if values else None)
