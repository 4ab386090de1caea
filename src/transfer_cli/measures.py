"""What figures amount to: the sums of like printed numbers as intervals in base units.

This is ``quantities.reported`` for whole groups: the rules are the same, and a test holds the
two together.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np

from transfer_cli import partials, units
from transfer_cli.frames import pd
from transfer_cli.grouping import Codes, numbered
from transfer_cli.lookups import indicators
from transfer_cli.order import ABOVE, BELOW, SIGNED
from transfer_cli.roles import DIMENSION, Roles

INF = float("inf")
SIDES = ("value", "low", "high")
FLAGS = ("low_open", "high_open", "about", "inexact", "not_near")
"""Flags that a group has where any of its figures has them."""

EVERY = ("low_open", "high_open", "near")
"""Flags that an order statistic has only where every figure has them."""

ENDS = {
    "least_closed_low": ("min_low", "low_open", False, "min"),
    "greatest_open_low": ("max_low", "low_open", True, "max"),
    "greatest_closed_high": ("max_high", "high_open", False, "max"),
    "least_open_high": ("min_high", "high_open", True, "min"),
}
"""Ends that tell whether the least and the greatest are open: of what, flag, which, extreme."""

_BELOW = ("under", "at_most", "nearly", "unknown")
_ABOVE = ("over", "at_least", "unknown")


def dimension_key(unit: units.Unit) -> str:
    """Return a dimension as one word to group by."""
    return "·".join(f"{base}^{power}" if power != 1 else base for base, power in unit.dimension)


def dimensions(rows: pd.DataFrame, role: Roles) -> pd.DataFrame:
    """Return rows with ``unit`` as printed, their ``dimension`` and ``factor`` to base units."""
    blank = pd.Series("", rows.index)
    names = rows[role.unit].astype(str) if role.unit else blank
    guarded = "indicator" in role.likeness
    pairs = list(zip(names, rows["indicator"] if guarded else blank, strict=True))
    parsed = {pair: units.completed(pair[0], indicators().get(pair[1])) for pair in set(pairs)}
    words = {pair: dimension_key(unit) for pair, unit in parsed.items()}
    factors = {pair: float(unit.factor) for pair, unit in parsed.items()}
    columns: dict[str, Any] = {
        "unit": names,
        DIMENSION: [words[pair] for pair in pairs],
        "factor": np.array([factors[pair] for pair in pairs], dtype=float),
    }
    return rows.assign(**columns)


def lift(sums: pd.DataFrame, role: Roles) -> pd.DataFrame:
    """Return sums of like printed numbers (see ``partials``) as intervals in base units.

    Adds what ``dimensions`` does; ``sum_``, ``min_`` and ``max_`` of ``value``, ``low`` and
    ``high``; the flags of the bound, and as ``ends`` those that ``order`` needs.
    """
    lifted = dimensions(sums, role)
    bound = lifted[role.bound].astype(str) if role.bound else pd.Series("", lifted.index)
    bound = bound.where(bound != "", "exact")
    lifted["squares"] *= lifted["factor"] ** 2
    lifted["mean"] *= lifted["factor"]
    _add_sides(lifted, bound, _signed(lifted, role))
    _add_flags(lifted, bound)
    return lifted


def _signed(lifted: pd.DataFrame, role: Roles) -> "pd.Series[bool]":
    """Tell which rows are of a kind that may be below zero, as growth may."""
    if "indicator" not in role.likeness:
        return pd.Series(False, lifted.index)
    return lifted["indicator"].isin([code for code, row in indicators().items() if row.signed])


def _add_sides(lifted: pd.DataFrame, bound: "pd.Series[str]", signed: "pd.Series[bool]") -> None:
    below, above = bound.isin(_BELOW), bound.isin(_ABOVE)
    for name, cells in (("sum", "total"), ("min", "least"), ("max", "greatest")):
        value = lifted[cells] * lifted["factor"]
        # A number below zero has no end below; a group of several has none if one of them has.
        reach = lifted["greatest" if name == "max" else "least"]
        floor = pd.Series(0.0, lifted.index).where((reach >= 0) & ~signed, -INF)
        lifted[f"{name}_value"] = value
        lifted[f"{name}_low"] = value.where(~below, floor)
        lifted[f"{name}_high"] = value.where(~above, INF)
    lifted["ends"] = below * BELOW + above * ABOVE + signed * SIGNED


def _add_flags(lifted: pd.DataFrame, bound: "pd.Series[str]") -> None:
    lifted["low_open"] = bound == "over"
    lifted["high_open"] = bound.isin(["under", "nearly"])
    lifted["about"] = bound == "about"
    lifted["near"] = bound == "nearly"
    lifted["inexact"] = bound != "exact"
    lifted["not_near"] = lifted["inexact"] & ~lifted["near"]
    for name, (side, flag, which, extreme) in ENDS.items():
        # The other ends stand out of the way of the extreme.
        lifted[name] = lifted[side].where(lifted[flag] == which, INF if extreme == "min" else -INF)


def merge(lifted: pd.DataFrame, groups: Sequence[str]) -> tuple[pd.DataFrame, Codes]:
    """Put lifted sums together by group; also return the row of its group for each of them.

    A group has ``unit``, and ``mixed`` where its figures are printed in several.
    """
    codes, keys = numbered(lifted, groups)
    grouped = lifted.groupby(codes)
    columns: dict[str, Any] = {"n": grouped["n"].sum()}
    for side in SIDES:
        columns[f"sum_{side}"] = grouped[f"sum_{side}"].sum()
        columns[f"min_{side}"] = grouped[f"min_{side}"].min()
        columns[f"max_{side}"] = grouped[f"max_{side}"].max()
    columns |= {flag: grouped[flag].any() for flag in FLAGS}
    columns |= {f"all_{flag}": grouped[flag].all() for flag in EVERY}
    columns |= {name: getattr(grouped[name], end[-1])() for name, end in ENDS.items()}
    columns["unit"] = grouped["unit"].first()
    columns["mixed"] = grouped["unit"].nunique() > 1
    merged = pd.concat([keys, pd.DataFrame(columns)], axis=1)
    means = (merged["sum_value"] / merged["n"]).to_numpy()
    merged["squares"] = partials.together(lifted, codes, means)
    return merged, codes
