"""What figures amount to: the sums of like printed numbers, lifted to intervals in base units.

This is ``quantities.reported`` for whole groups: the rules are the same, and a test holds the
two together.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from transfer_cli import partials, units
from transfer_cli.errors import DataError
from transfer_cli.frames import pd
from transfer_cli.lookups import Indicator, indicators
from transfer_cli.order import ABOVE, BELOW, SIGNED
from transfer_cli.partials import Codes
from transfer_cli.schema import LIKENESS
from transfer_cli.table import Table
from transfer_cli.vocab import BOUNDS

SIGNED_KINDS = frozenset({"growth"})
INF = float("inf")
DIMENSION = "dimension"
"""The column of lifted sums that says in what they are measured."""
SIDES = ("value", "low", "high")
FLAGS = ("low_open", "high_open", "about", "inexact", "not_near")
_BELOW = ("under", "at_most", "nearly", "unknown")
_ABOVE = ("over", "at_least", "unknown")


@dataclass(frozen=True, slots=True)
class Roles:
    """Which columns of a table hold a value, its unit and bound, and must agree in a sum."""

    value: str
    unit: str
    bound: str
    likeness: tuple[str, ...]

    @property
    def guarded(self) -> bool:
        """Whether the rules of likeness hold for the table."""
        return bool(self.likeness)


COUNTED = Roles("", "", "", ())
"""The roles where rows are only counted."""


def roles(table: Table, value: str) -> Roles:
    """Return the roles of a table's columns when ``value`` holds the numbers."""
    field = table.field(value)
    unit = field.unit if field.unit in table.columns else ""
    bound = field.bound if field.bound in table.columns else ""
    source = ("source",) if "source" in table.columns else ()
    if table.guarded and value == "value":
        return Roles(value, unit, bound, (*LIKENESS, *source))
    if table.schema.name == "projects" and {"status", "year"} <= set(table.columns):
        return Roles(value, unit, bound, ("status", "year", *source))
    return Roles(value, "", "", ())


def check_bounds(table: Table, role: Roles) -> None:
    """Raise DataError, naming file, line and column, for a bound that is no word of the list."""
    if not role.bound:
        return
    cells = table.frame[role.bound]
    bad = cells[~cells.isin(["", *BOUNDS])]
    if len(bad):
        place = f"{table.name}:{bad.index[0]}: column {role.bound!r}"
        told = f"{place}: no bound is called {bad.iloc[0]!r}"
        raise DataError(told, "transfer-cli values bound")


def indicator_of(code: str) -> Indicator | None:
    """Return the indicator called ``code``, or None for one that is not in the look-up."""
    return indicators().get(code)


def unit_of(unit: str, indicator: str) -> units.Unit:
    """Return a printed unit as the indicator completes it: what it counts, and per what time."""
    row = indicators().get(indicator)
    if not unit and row is None:
        return units.ONE
    return units.parse(unit, row.per, row.counts) if row else units.parse(unit)


def dimension_key(unit: units.Unit) -> str:
    """Return a dimension as one word to group by."""
    return "·".join(f"{base}^{power}" if power != 1 else base for base, power in unit.dimension)


def lift(sums: pd.DataFrame, role: Roles) -> pd.DataFrame:
    """Return sums of like printed numbers (see ``partials``) as intervals in base units.

    Adds ``dimension``, ``unit``, ``factor``; ``sum_``, ``min_`` and ``max_`` of ``value``,
    ``low`` and ``high``; the flags of the bound, and as ``ends`` those that ``order`` needs.
    Rows agree in unit, bound and indicator.
    """
    lifted = sums.copy()
    _add_units(lifted, role)
    _add_sides(lifted, role)
    return lifted


def dimensions(rows: pd.DataFrame, role: Roles) -> pd.DataFrame:
    """Return rows with the dimension in which each is measured."""
    known = rows.copy()
    _add_units(known, role)
    return known


def _add_units(lifted: pd.DataFrame, role: Roles) -> None:
    blank = pd.Series("", lifted.index)
    names = lifted[role.unit].astype(str) if role.unit else blank
    codes = lifted["indicator"].astype(str) if "indicator" in role.likeness else blank
    pairs = list(zip(names, codes, strict=True))
    parsed = {pair: unit_of(*pair) for pair in set(pairs)}
    lifted["unit"] = names
    lifted[DIMENSION] = [dimension_key(parsed[pair]) for pair in pairs]
    lifted["factor"] = [float(parsed[pair].factor) for pair in pairs]


def _add_sides(lifted: pd.DataFrame, role: Roles) -> None:
    bound = lifted[role.bound].astype(str) if role.bound else pd.Series("exact", lifted.index)
    bound = bound.where(bound != "", "exact")
    below, above = bound.isin(_BELOW), bound.isin(_ABOVE)
    signed = _signed(lifted, role)
    for name, cells in (("sum", "total"), ("min", "least"), ("max", "greatest")):
        value = lifted[cells] * lifted["factor"]
        # A number below zero has no end below; a group of several has none if one of them has.
        reach = lifted["greatest" if name == "max" else "least"]
        floor = pd.Series(0.0, lifted.index).where((reach >= 0) & ~signed, -INF)
        lifted[f"{name}_value"] = value
        lifted[f"{name}_low"] = value.where(~below, floor)
        lifted[f"{name}_high"] = value.where(~above, INF)
    lifted["squares"] *= lifted["factor"] ** 2
    lifted["mean"] *= lifted["factor"]
    lifted["ends"] = below * BELOW + above * ABOVE + signed * SIGNED
    lifted["low_open"] = bound == "over"
    lifted["high_open"] = bound.isin(["under", "nearly"])
    lifted["about"] = bound == "about"
    lifted["inexact"] = bound != "exact"
    lifted["not_near"] = lifted["inexact"] & (bound != "nearly")


def _signed(lifted: pd.DataFrame, role: Roles) -> "pd.Series[bool]":
    """Tell which rows are of a kind that may be below zero, as growth may."""
    if "indicator" not in role.likeness:
        return pd.Series(False, lifted.index)
    codes = [code for code, row in indicators().items() if row.kind in SIGNED_KINDS]
    return lifted["indicator"].isin(codes)


def merge(lifted: pd.DataFrame, groups: Sequence[str]) -> tuple[pd.DataFrame, Codes]:
    """Put lifted sums together by group; also return the row of its group for each of them."""
    grouped = lifted.groupby(list(groups), sort=False, observed=True, dropna=False)
    columns: dict[str, Any] = {"n": grouped["n"].sum()}
    for side in SIDES:
        columns[f"sum_{side}"] = grouped[f"sum_{side}"].sum()
        columns[f"min_{side}"] = grouped[f"min_{side}"].min()
        columns[f"max_{side}"] = grouped[f"max_{side}"].max()
    for flag in FLAGS:
        columns[flag] = grouped[flag].any()
    columns["unit"] = grouped["unit"].first()
    columns["mixed"] = grouped["unit"].nunique() > 1
    codes = grouped.ngroup().to_numpy()
    merged = pd.DataFrame(columns).reset_index()
    means = (merged["sum_value"] / merged["n"]).to_numpy()
    merged["squares"] = partials.together(lifted, codes, means)
    return merged, codes
