"""A row of a table to check, and the quantity in it if its cells are sound enough for one."""

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from typing import NamedTuple

from transfer_cli.check.cells import number
from transfer_cli.check.findings import Finding
from transfer_cli.messages import _, pick
from transfer_cli.model.codelists import BOUNDS
from transfer_cli.model.figure import Quantity
from transfer_cli.model.intervals import ABOUT, Interval, reported
from transfer_cli.model.labels import amount
from transfer_cli.model.units import ONE, Unit
from transfer_cli.model.vocabulary import Indicator, Vocabulary

_MAX_LENGTH = 40
"""Characters of the longest unit: a thousand 万 in a row would be parsed one by one."""


class Row(NamedTuple):
    """A row with its file and line."""

    file: str
    line: int
    cells: Mapping[str, str]

    def get(self, column: str) -> str:
        """Return a cell; empty for a column that the table lacks."""
        return self.cells.get(column, "")

    def finding(self, column: str, message: str, fix: str) -> Finding:
        """Return a finding about a cell of the row."""
        return Finding(self.file, self.line, column, message, fix)


def is_known_unit(name: str, vocabulary: Vocabulary) -> bool:
    """Return whether a unit is one of the look-up, or a magnitude or a quotient of such."""
    return len(name) <= _MAX_LENGTH and vocabulary.units.known(name)


def base_unit(indicator: Indicator, vocabulary: Vocabulary) -> Unit:
    """Return the unit in which the limits of an indicator are given."""
    return vocabulary.unit(indicator.unit, indicator)


def unit_of(name: str, indicator: Indicator | None, vocabulary: Vocabulary) -> Unit | None:
    """Return a unit as an indicator completes it; None for an unknown unit."""
    if not name:
        return ONE
    return vocabulary.unit(name, indicator) if is_known_unit(name, vocabulary) else None


def indicator_of(row: Row, vocabulary: Vocabulary) -> Indicator | None:
    """Return the indicator of a row, if its code is known."""
    return vocabulary.indicators.get(row.get("indicator"))


def quantity_of(row: Row, vocabulary: Vocabulary) -> Quantity | None:
    """Return the quantity in a row of metrics, or None if a cell of it is unsound."""
    value, indicator = number(row.get("value")), indicator_of(row, vocabulary)
    unit = unit_of(row.get("unit"), indicator, vocabulary)
    if value is None or unit is None:
        return None
    signed = indicator is not None and indicator.signed
    try:
        return Quantity(reported(value, row.get("bound"), signed=signed), unit)
    except ValueError:
        return None


def printed(row: Row) -> str:
    """Return the figure of a row in words: ``over 1300 亿元``."""
    bound = row.get("bound")
    return in_words(bound, row.get("value"), row.get("unit"))


def in_words(bound: str, value: str, unit: str) -> str:
    """Return a figure in words: ``over 1300 CNY 100m``, 超过1300亿元."""
    word = "" if bound == "exact" else pick(bound, BOUNDS.get(bound, bound))
    shown = amount(value, unit)
    return _("{bound} {amount}", bound=word, amount=shown) if word else shown


def last_place(row: Row, unit: Unit) -> Fraction:
    """Return the value of one unit in the last printed digit of a row, in base units."""
    decimals = len(row.get("value").partition(".")[2])
    return unit.factor * Fraction(1, 10**decimals)


def in_base_units(quantity: Quantity) -> Interval:
    """Return a quantity in base units; "about" and "nearly" have a margin of 10 %."""
    base = quantity.interval.scaled(quantity.unit.factor).widened()
    return replace(base, low=base.value - abs(base.value) * ABOUT) if base.near else base


def with_room(interval: Interval, room: Fraction) -> Interval:
    """Return an interval whose ends are further apart by ``room`` on each side."""
    return replace(interval, low=interval.low - room, high=interval.high + room)


def compared(one: Interval, two: Interval) -> int:
    """Return 1 if all of one interval is above the other, -1 if below, 0 if they may be equal."""
    return one.is_above(two) - two.is_above(one)
