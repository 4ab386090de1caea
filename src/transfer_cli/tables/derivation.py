"""A derived column: its arithmetic, computed exactly for each row, with bounds and units."""

from __future__ import annotations

import operator
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from transfer_cli.errors import RefusedError
from transfer_cli.frames import pd
from transfer_cli.model import intervals, numbers, units
from transfer_cli.model.figure import Quantity
from transfer_cli.model.schema import Field
from transfer_cli.model.units import Unit
from transfer_cli.model.vocabulary import Vocabulary
from transfer_cli.query import arithmetic
from transfer_cli.query.arithmetic import Expression

_FUNCTIONS = {"+": operator.add, "-": operator.sub, "*": operator.mul}


class Derivation(NamedTuple):
    """A computed column: its name, its arithmetic, and the columns that describe the operands.

    ``units`` and ``bounds`` map a column of numbers to that of its unit and of its bound.
    """

    name: str
    expression: Expression
    units: Mapping[str, str]
    bounds: Mapping[str, str]

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that it adds to a table: the number, and its bound and unit if known."""
        bound, unit = f"{self.name}_bound", f"{self.name}_unit"
        return (self.name, *([bound] if self.bounds else []), *([unit] if self.units else []))

    @property
    def fields(self) -> tuple[Field, ...]:
        """The meaning of ``columns``."""
        unit = f"{self.name}_unit" if self.units else ""
        bound = f"{self.name}_bound" if self.bounds else ""
        number = Field(self.name, "number", unit=unit, bound=bound)
        return (number, *(Field(name, "string") for name in self.columns[1:]))

    @property
    def operands(self) -> tuple[str, ...]:
        """The columns that it reads."""
        read = [cell.column for cell in arithmetic.cells(self.expression)]
        return tuple(dict.fromkeys([*read, *self.units.values(), *self.bounds.values()]))


def with_columns(
    frame: pd.DataFrame, derivations: Sequence[Derivation], vocabulary: Vocabulary
) -> pd.DataFrame:
    """Return rows with derived columns, computed once for each distinct combination of cells."""
    for derivation in derivations:
        if derivation.units or derivation.bounds:
            made = list(_quantities(frame, derivation, vocabulary))
        else:
            results = _exact(derivation.expression, frame)
            made = [("" if result is None else numbers.machine(result),) for result in results]
        columns = pd.DataFrame(made, frame.index, derivation.columns, dtype=object)
        frame = pd.concat([frame, columns], axis=1)
    return frame


def _quantities(
    frame: pd.DataFrame, derivation: Derivation, vocabulary: Vocabulary
) -> Iterator[tuple[str, ...]]:
    """Yield the cells of the columns that a derivation adds, with bounds and units."""
    operands = [*derivation.operands, *(["indicator"] if "indicator" in frame else [])]
    results: dict[tuple[str, ...], tuple[str, ...]] = {}
    for row in zip(*(frame[name].tolist() for name in operands), strict=True):
        if row not in results:
            results[row] = _cells(derivation, dict(zip(operands, row, strict=True)), vocabulary)
        yield results[row]


def _cells(
    derivation: Derivation, row: Mapping[str, str], vocabulary: Vocabulary
) -> tuple[str, ...]:
    """Return the cells of the columns that a derivation adds to a row."""
    try:
        made = _quantity(derivation.expression, derivation, row, vocabulary)
    except RefusedError:
        made = None
    if made is None:
        return ("",) * len(derivation.columns)
    bound = [made.bound] if derivation.bounds else []
    unit = [made.unit.name] if derivation.units else []
    return (numbers.machine(made.interval.value), *bound, *unit)


def _exact(expression: Expression, frame: pd.DataFrame) -> list[Fraction | None]:
    """Return the results for rows of plain numbers; None for a cell of text and a divisor of 0."""
    match expression:
        case arithmetic.Number(value):
            return [value] * len(frame)
        case arithmetic.Cell(column, percent):
            cells = frame[column].tolist()
            known = {cell: _number(cell, percent) for cell in {*cells}}
            return [known[cell] for cell in cells]
    pairs = zip(_exact(expression.left, frame), _exact(expression.right, frame), strict=True)
    if expression.sign == "/":
        return [None if one is None or not other else one / other for one, other in pairs]
    function = _FUNCTIONS[expression.sign]
    return [None if one is None or other is None else function(one, other) for one, other in pairs]


def _number(cell: str, percent: bool) -> Fraction | None:
    text = numbers.plain(cell, percent=percent)
    return None if text is None else numbers.exact(text)


def _quantity(
    expression: Expression, derivation: Derivation, row: Mapping[str, str], vocabulary: Vocabulary
) -> Quantity | None:
    """Return the result for a row with its bound and unit; None if a cell is not a number.

    A quotient is of the units as printed, 亿元/GW, or a plain number if they are of one dimension.
    Raises RefusedError for a sum of different dimensions and for a divisor that may be zero.
    """
    match expression:
        case arithmetic.Number(value):
            return Quantity(intervals.exact(value), units.ONE)
        case arithmetic.Cell(column, percent):
            text = numbers.plain(row[column], percent=percent)
            if text is None:
                return None
            known = vocabulary.indicators.get(row.get("indicator", ""))
            bound = row.get(derivation.bounds.get(column, ""), "")
            try:
                signed = known is not None and known.signed
                interval = intervals.reported(text, bound, signed=signed)
            except ValueError:
                return None
            unit = row.get(derivation.units.get(column, ""), "")
            return Quantity(interval, vocabulary.unit(unit, known) if unit else units.ONE)
    left = _quantity(expression.left, derivation, row, vocabulary)
    right = _quantity(expression.right, derivation, row, vocabulary)
    if left is None or right is None:
        return None
    match expression.sign:
        case "+":
            return Quantity(left.interval + right.to(left.unit).interval, left.unit)
        case "-":
            return Quantity(left.interval - right.to(left.unit).interval, left.unit)
        case "*":
            return Quantity(left.interval * right.interval, _named("·", left.unit, right.unit))
    if left.unit.dimension == right.unit.dimension:
        return Quantity(left.interval / right.to(left.unit).interval, units.ONE)
    return Quantity(left.interval / right.interval, _named("/", left.unit, right.unit))


def _named(sign: str, one: Unit, other: Unit) -> Unit:
    """Return the unit of a product or quotient of numbers as they are printed."""
    power = 1 if sign == "·" else -1
    negative = [(base, power * exponent) for base, exponent in other.dimension]
    dimension = units.normalise([*one.dimension, *negative])
    factor = one.factor * other.factor**power
    if not other.dimension:
        return one
    if not one.dimension and sign == "·":
        return other
    return Unit(f"{one.name or 1}{sign}{other.name}", dimension, factor)
