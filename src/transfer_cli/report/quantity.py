"""A quantity of a report."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number that measures; `start` and `end` are offsets in the text of its Source."""

    start: int
    end: int
    line: int
    printed: str
    value: Decimal
    unit: str
    bound: str
