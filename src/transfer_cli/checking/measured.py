"""A figure of a row as a quantity, if its cells are sound enough to be one."""

from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property

from transfer_cli.checking.cells import number
from transfer_cli.checking.tablefile import Row
from transfer_cli.model import lookups, units
from transfer_cli.model.intervals import Interval, reported
from transfer_cli.model.lookups import Indicator, indicators

_LONGEST = 40
"""A name of more characters is no unit: a thousand 万 in a row would be taken apart one by one."""
_LOOSE = Fraction(1, 10)
"""How far "about" and "nearly" may be from the number, where two figures are held together."""


@dataclass(frozen=True)
class Measured:
    """An interval in a unit."""

    interval: Interval
    unit: units.Unit

    @cached_property
    def based(self) -> Interval:
        """The interval in base units, with the ends that "about" and "nearly" may have."""
        found = self.interval.scaled(self.unit.factor)
        slack = abs(found.value) * _LOOSE
        if found.about:
            return replace(found, low=found.value - slack, high=found.value + slack)
        return replace(found, low=found.value - slack) if found.near else found


def indicator_of(row: Row) -> Indicator | None:
    """Return the indicator of a row, if its code is one."""
    return indicators().get(row.get("indicator"))


def known_unit(name: str) -> bool:
    """Tell whether a unit is one of the look-up, or a magnitude or a quotient of such."""
    return len(name) <= _LONGEST and lookups.current().units.known(name)


def base_unit(known: Indicator) -> units.Unit:
    """Return the unit in which the limits of an indicator are given."""
    return (
        lookups.current().units.parse(known.unit, known.per, known.counts)
        if known.unit
        else units.ONE
    )


def unit_of(row: Row, name: str) -> units.Unit | None:
    """Return a unit as the indicator of a row completes it, or None for one of no look-up."""
    known = indicator_of(row)
    if not name or not known_unit(name):
        return None if name else units.ONE
    return lookups.current().unit(name, known)


def measured(row: Row) -> Measured | None:
    """Return the figure of a row of metrics, or None where a cell of it is unsound."""
    value, unit = number(row.get("value")), unit_of(row, row.get("unit"))
    known = indicator_of(row)
    if value is None or unit is None:
        return None
    try:
        signed = known is not None and known.signed
        return Measured(reported(value, row.get("bound"), signed=signed), unit)
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Part:
    """A row with its figure."""

    row: Row
    found: Measured

    @property
    def unit(self) -> units.Unit:
        """The unit of the figure."""
        return self.found.unit

    @property
    def based(self) -> Interval:
        """The figure in base units."""
        return self.found.based

    @property
    def told(self) -> str:
        """The figure in words: its id, bound, value and unit."""
        words = (self.row.get(name) for name in ("bound", "value", "unit"))
        return " ".join(word for word in words if word not in ("", "exact"))

    @property
    def last_place(self) -> Fraction:
        """What one more in the last printed digit is, in base units."""
        decimals = len(self.row.get("value").partition(".")[2])
        return self.unit.factor * Fraction(1, 10**decimals)
