"""A row of metrics as a figure: its quantity with unit and bound, and what it is about."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import NamedTuple

from transfer_cli.errors import DataError
from transfer_cli.model import lookups, numbers, units
from transfer_cli.model.containment import containment
from transfer_cli.model.intervals import Interval, reported
from transfer_cli.model.lookups import Indicator, indicators
from transfer_cli.sheet import Sheet


class Quantity(NamedTuple):
    """An interval in a unit."""

    interval: Interval
    unit: units.Unit

    @property
    def bound(self) -> str:
        """The strongest word that is true of the value."""
        return self.interval.bound

    def to(self, unit: units.Unit) -> "Quantity":
        """Return the same quantity in another unit of its dimension."""
        if unit is self.unit:
            return self
        factor = self.unit.convert(Fraction(1), unit)
        return self if factor == 1 else Quantity(self.interval.scaled(factor), unit)

    def cells(self) -> dict[str, str]:
        """Return ``value, bound, low, high, unit`` as machines read them."""
        low, high = self.interval.ends
        return {
            "value": numbers.machine(self.interval.value),
            "bound": self.bound,
            "low": numbers.machine(low),
            "high": numbers.machine(high),
            "unit": self.unit.name,
        }


class Figure(NamedTuple):
    """One reported figure: its row, how much, what it measures, its place in the table.

    ``wholes`` are the ids of the figures that contain it, nearest first.
    """

    row: Mapping[str, str]
    quantity: Quantity
    indicator: Indicator | None
    position: int = 0
    wholes: tuple[str, ...] = ()

    def get(self, column: str) -> str:
        """Return a cell of the row; empty for a column that the table lacks."""
        return self.row.get(column, "")

    def named(self, column: str, lang: str = "en") -> str:
        """Return a place or subject in a language, or in the one that the table has."""
        own, other = (f"{column}_zh", column) if lang == "zh" else (column, f"{column}_zh")
        return self.get(own) or self.get(other)

    def to(self, unit: units.Unit) -> "Figure":
        """Return the same figure with its quantity in another unit; its row stays as printed."""
        quantity = self.quantity.to(unit)
        return self if quantity is self.quantity else self._replace(quantity=quantity)

    @property
    def id(self) -> str:
        """The id of the figure, or empty."""
        return self.get("id")


def read(table: Sheet) -> Iterator[Figure]:
    """Yield the figures of a table that has ``value`` and, where it has them, unit and bound.

    Raises DataError, naming file, line and column, for a value or a bound that is none.
    """
    columns = table.columns
    contained = containment(table.cells)
    for position, cells in enumerate(zip(*table.cells.values(), strict=True)):
        row = dict(zip(columns, cells, strict=True))
        if row["value"]:
            found = figure(row, f"{table.name}:{table.lines[position]}", position)
            wholes = contained.get(found.id)
            yield found._replace(wholes=wholes) if wholes else found


def by_id(table: Sheet) -> dict[str, Figure]:
    """Return the figures of a table by id, each with the chain of figures that contain it."""
    found: dict[str, Figure] = {}
    for figure in read(table):
        if figure.id in found:
            raise DataError(
                f"{table.name}: the id {figure.id!r} stands twice", "transfer-cli check"
            )
        if figure.id:
            found[figure.id] = figure
    return found


def figure(row: Mapping[str, str], place: str, position: int = 0) -> Figure:
    """Return the figure in a row; ``place`` says where it stands, for errors."""
    known = indicators().get(row.get("indicator", ""))
    value = row["value"]
    if not numbers.is_number(value):
        raise DataError(f"{place}: column 'value': {value!r} is no number", "write plain digits")
    signed = known is not None and known.signed
    try:
        interval = reported(value, row.get("bound", ""), signed=signed)
    except ValueError as error:
        raise DataError(f"{place}: column 'bound': {error}", "transfer-cli values bound") from None
    return Figure(
        row, Quantity(interval, lookups.current().unit(row.get("unit", ""), known)), known, position
    )


def default_unit(figure: Figure) -> units.Unit:
    """Return the unit in which figures of an indicator are shown side by side."""
    return lookups.current().default_unit(figure.quantity.unit, figure.indicator)
