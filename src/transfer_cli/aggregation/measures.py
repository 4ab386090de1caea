"""What figures amount to: the sums of like printed numbers as intervals in base units.

This is ``quantities.reported`` for whole groups: the rules are the same, and a test holds the
two together.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from transfer_cli.aggregation import partials
from transfer_cli.aggregation.grouping import Codes, numbered, wider
from transfer_cli.aggregation.roles import DIMENSION, Roles
from transfer_cli.frames import NDArray, np, pd
from transfer_cli.model import lookups, units
from transfer_cli.model.lookups import indicators

Values = NDArray[np.float64]
Flag = NDArray[np.bool_]
INF = float("inf")
BELOW, ABOVE, SIGNED = 1, 2, 4
"""What is known of a value: no low end but the floor, no high end, no floor."""

SIDES = ("value", "low", "high")
FLAGS = ("low_open", "high_open", "about", "inexact", "not_near")
"""Flags that a group has where any of its figures has them."""

EVERY = ("low_open", "high_open", "near")
"""Flags that an order statistic has only where every figure has them."""

ENDS = {
    "least_closed_low": ("min_low", "low_open", False, np.minimum),
    "greatest_open_low": ("max_low", "low_open", True, np.maximum),
    "greatest_closed_high": ("max_high", "high_open", False, np.maximum),
    "least_open_high": ("min_high", "high_open", True, np.minimum),
}
"""Ends that tell whether the least and the greatest are open: of what, flag, which, extreme."""

OWN = frozenset({*partials.SUMS, *FLAGS, *ENDS, "near", "ends", "mixed", "factor"})
"""Names that columns have on the way to an answer, and no column of a group can have."""

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
    parsed = {
        pair: lookups.current().unit(pair[0], indicators().get(pair[1])) for pair in set(pairs)
    }
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
    factor = lifted["factor"].to_numpy()
    bound = lifted[role.bound].astype(str) if role.bound else pd.Series("", lifted.index)
    bound = bound.where(bound != "", "exact")
    columns = _sides(lifted, factor, bound, _signed(lifted, role))
    columns |= {name: lifted.pop(name).to_numpy() * factor**power
                for name, power in (("mean", 1), ("squares", 2))}  # fmt: skip
    return wider(lifted, columns | _flags(columns, bound))


def _signed(lifted: pd.DataFrame, role: Roles) -> Flag:
    """Tell which rows are of a kind that may be below zero, as growth may."""
    if "indicator" not in role.likeness:
        return np.zeros(len(lifted), dtype=bool)
    codes = [code for code, row in indicators().items() if row.signed]
    return np.asarray(lifted["indicator"].isin(codes))


def _sides(
    lifted: pd.DataFrame, factor: Values, bound: "pd.Series[str]", signed: Flag
) -> dict[str, Any]:
    below, above = np.asarray(bound.isin(_BELOW)), np.asarray(bound.isin(_ABOVE))
    sides: dict[str, Any] = {"ends": below * BELOW + above * ABOVE + signed * SIGNED}
    for name, cells in (("sum", "total"), ("min", "least"), ("max", "greatest")):
        value = lifted[cells].to_numpy() * factor
        # A number below zero has no end below; a group of several has none if one of them has.
        reach = lifted["greatest" if name == "max" else "least"].to_numpy()
        floor = np.where((reach >= 0) & ~signed, 0.0, -INF)
        sides[f"{name}_value"] = value
        sides[f"{name}_low"] = np.where(below, floor, value)
        sides[f"{name}_high"] = np.where(above, INF, value)
    return sides


def _flags(sides: Mapping[str, Any], bound: "pd.Series[str]") -> dict[str, Any]:
    word = bound.to_numpy()
    inexact, near = word != "exact", word == "nearly"
    flags: dict[str, Any] = {
        "low_open": word == "over",
        "high_open": (word == "under") | near,
        "about": word == "about",
        "near": near,
        "inexact": inexact,
        "not_near": inexact & ~near,
    }
    for name, (side, flag, which, extreme) in ENDS.items():
        # The other ends stand out of the way of the extreme.
        away = INF if extreme is np.minimum else -INF
        flags[name] = np.where(flags[flag] == which, sides[side], away)
    return flags


def merge(lifted: pd.DataFrame, groups: Sequence[str]) -> tuple[pd.DataFrame, Codes]:
    """Put lifted sums together by group; also return the row of its group for each of them.

    A group has ``unit``, and ``mixed`` where its figures are printed in several: then it is the
    largest of them.
    """
    codes, keys = numbered(lifted, groups)
    order = np.lexsort((lifted["unit"], -lifted["factor"], codes))
    starts = np.searchsorted(codes[order], np.arange(len(keys)))

    def reduced(name: str, how: np.ufunc) -> Any:
        return how.reduceat(lifted[name].to_numpy()[order], starts)

    columns = {"n": reduced("n", np.add)}
    for side in SIDES:
        columns[f"sum_{side}"] = reduced(f"sum_{side}", np.add)
        columns[f"min_{side}"] = reduced(f"min_{side}", np.minimum)
        columns[f"max_{side}"] = reduced(f"max_{side}", np.maximum)
    columns |= {flag: reduced(flag, np.logical_or) for flag in FLAGS}
    columns |= {f"all_{flag}": reduced(flag, np.logical_and) for flag in EVERY}
    columns |= {name: reduced(name, end[-1]) for name, end in ENDS.items()}
    units_of = lifted["unit"].to_numpy()[order]
    if "unit" not in keys:
        columns["unit"] = units_of[starts]
    other = units_of != np.repeat(units_of[starts], np.diff([*starts, len(order)]))
    columns["mixed"] = np.logical_or.reduceat(other, starts)
    means = columns["sum_value"] / columns["n"]
    columns["squares"] = partials.together(lifted, codes, means)
    return wider(keys, columns), codes
