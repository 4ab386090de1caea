"""Arithmetic on the cells of a row: one tree for ``--where`` and ``--derive``.

A condition compares the results as doubles (``query.mask``, ``query.sql``); a derived column is
computed exactly (``tables.derivation``). The result of a missing cell, of text and of a division by
zero is missing.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, Literal

from transfer_cli.model import numbers

Sign = Literal["+", "-", "*", "/"]
TOLERANCE: Final = 1e-14
"""Doubles that differ by less, relative to the largest number they are computed from, are equal."""
MAX_COST: Final = 500
"""Cells and numbers of the largest expression, those of a divisor counted three times."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number that was typed."""

    value: Fraction

    def __str__(self) -> str:
        return numbers.machine(self.value)


@dataclass(frozen=True, slots=True)
class Cell:
    """The number in a cell of the row; ``percent`` as in ``numbers.reads_percent``."""

    column: str
    percent: bool = False

    def __str__(self) -> str:
        return self.column


@dataclass(frozen=True, slots=True)
class Operation:
    """A sum, difference, product or quotient."""

    sign: Sign
    left: "Expression"
    right: "Expression"

    def __str__(self) -> str:
        parts = [f"({x})" if isinstance(x, Operation) else str(x) for x in (self.left, self.right)]
        return f" {self.sign} ".join(parts)


Expression = Number | Cell | Operation


def cells(expression: Expression) -> Iterator[Cell]:
    """Yield the cells that an expression reads, from left to right."""
    match expression:
        case Cell():
            yield expression
        case Operation(left=left, right=right):
            yield from cells(left)
            yield from cells(right)


def cost(expression: Expression) -> int:
    """Return how large an expression is, to be compared with ``MAX_COST``."""
    if not isinstance(expression, Operation):
        return 1
    return cost(expression.left) + cost(expression.right) * (3 if expression.sign == "/" else 1)
