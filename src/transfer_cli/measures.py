"""The numbers of a table as intervals in base units, column by column.

This is ``quantities.reported`` for whole columns: the rules are the same, and a test holds the
two together.
"""

from dataclasses import dataclass

from transfer_cli import units
from transfer_cli.errors import DataError
from transfer_cli.frames import pd
from transfer_cli.lookups import indicators
from transfer_cli.schema import LIKENESS
from transfer_cli.table import Table
from transfer_cli.vocab import BOUNDS

INF = float("inf")
DIMENSION = "dimension"
"""The column of measured rows that says in what they are measured."""


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
    return Roles(value, unit, bound, ())


def rows(table: Table, role: Roles) -> pd.DataFrame:
    """Return the rows of a table that have a number, with what ``measure`` makes of it."""
    measured = measure(table, role)
    frame = table.frame.loc[measured.index]
    kept = [name for name in frame.columns if name not in measured.columns]
    return pd.concat([frame[kept], measured], axis=1)


def check_bounds(table: Table, role: Roles) -> None:
    """Raise DataError, naming file, line and column, for a bound that is no word of the list."""
    if role.bound:
        cells = table.frame[role.bound]
        bad = cells[~cells.isin(["", *BOUNDS])]
        if len(bad):
            place = f"{table.name}:{bad.index[0]}: column {role.bound!r}"
            told = f"{place}: no bound is called {bad.iloc[0]!r}"
            raise DataError(told, "transfer-cli values bound")


def measure(table: Table, role: Roles) -> pd.DataFrame:
    """Return ``value, low, high, low_open, high_open, about, near, inexact`` and
    ``dimension``.

    Values and ends are in base units; ``unit`` is the printed unit. Rows without a number are
    left out; the index is the table's.
    """
    check_bounds(table, role)
    numbers = table.numbers(role.value)
    present = numbers.notna()
    frame = table.frame[present]
    known = pd.DataFrame({"value": numbers[present]})
    _add_units(known, frame, role)
    _add_ends(known, frame, role)
    return known


def _add_units(known: pd.DataFrame, frame: pd.DataFrame, role: Roles) -> None:
    known["unit"] = frame[role.unit] if role.unit else ""
    codes = frame["indicator"] if "indicator" in role.likeness else pd.Series("", frame.index)
    pairs = pd.Series(list(zip(known["unit"], codes, strict=True)), index=known.index, dtype=object)
    parsed = {pair: units.completed(pair[0], indicators().get(pair[1])) for pair in pairs.unique()}
    known[DIMENSION] = pairs.map({pair: dimension_key(unit) for pair, unit in parsed.items()})
    factors = pairs.map({pair: float(unit.factor) for pair, unit in parsed.items()})
    known["value"] = known["value"] * factors.astype(float)


def dimension_key(unit: units.Unit) -> str:
    """Return a dimension as one word to group by."""
    return "·".join(f"{base}^{power}" if power != 1 else base for base, power in unit.dimension)


def _add_ends(known: pd.DataFrame, frame: pd.DataFrame, role: Roles) -> None:
    bound = frame[role.bound] if role.bound else pd.Series("exact", frame.index)
    bound = bound.where(bound != "", "exact")
    value = known["value"]
    floor = pd.Series(0.0, index=known.index)
    floor[value < 0] = -INF
    if "indicator" in role.likeness:
        signed = {code for code, row in indicators().items() if row.signed}
        floor[frame["indicator"].isin(signed)] = -INF
    below = bound.isin(["under", "at_most", "nearly"])
    known["low"] = value.where(~below, floor)
    known.loc[bound == "unknown", "low"] = floor
    known["high"] = value.where(~bound.isin(["over", "at_least", "unknown"]), INF)
    known["low_open"] = bound == "over"
    known["high_open"] = bound.isin(["under", "nearly"])
    known["about"] = bound == "about"
    known["near"] = bound == "nearly"
    known["inexact"] = bound != "exact"
