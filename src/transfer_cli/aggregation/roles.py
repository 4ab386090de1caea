"""Which columns of a table hold its numbers, and what goes with them."""

from typing import NamedTuple

from transfer_cli.errors import DataError
from transfer_cli.model.codelists import BOUNDS
from transfer_cli.model.schema import LIKENESS
from transfer_cli.table import Table

DIMENSION = "dimension"
"""The column of an aggregate on its way that says in what its numbers are measured."""


class Roles(NamedTuple):
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
    beside = (field.unit, field.bound)
    if not table.schema.name and value == "value" and "unit" in table.columns:
        beside = ("unit", "bound")  # Some columns of a table like ours.
    unit, bound = (name if name in table.columns else "" for name in beside)
    source = ("source",) if "source" in table.columns else ()
    if table.guarded and value == "value":
        return Roles(value, unit, bound, (*LIKENESS, *source))
    if table.schema.name == "projects" and {"status", "year"} <= set(table.columns):
        return Roles(value, unit, bound, ("status", "year", *source))
    return Roles(value, unit, bound, ())


def check_bounds(table: Table, role: Roles) -> None:
    """Raise DataError, naming file, line and column, for a bound that is no word of the list."""
    if role.bound:
        cells = table.frame[role.bound]
        bad = cells[~cells.isin(["", *BOUNDS])]
        if len(bad):
            place = f"{table.name}:{bad.index[0]}: column {role.bound!r}"
            told = f"{place}: no bound is called {bad.iloc[0]!r}"
            raise DataError(told, "transfer-cli values bound")
