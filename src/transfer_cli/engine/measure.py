"""Exact statistics of numbers: DuckDB adds up plain decimals, Python the few that are odd.

A plain number has only digits, a minus sign and a point, and fits into the DECIMAL of the query.
All other cells that are not empty are odd: words, and numbers such as ``1,234.5`` or ``1e5``. They
are read in Python by ``model.numbers``, which alone says what a number is.
"""

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any, Final, NamedTuple

from transfer_cli.model import numbers

_SPLIT: Final = 10**9
_ROOM: Final = 9
"""Digits by which a sum may be longer than its summands: it is of less than 10⁹ rows."""
_PLAIN: Final = re.compile(r"-?([0-9]+)(?:[.]([0-9]+))?")


class Digits(NamedTuple):
    """The DECIMAL as which a query reads plain numbers: digits before and after the point."""

    whole: int = 14
    decimals: int = 4

    def number(self, cell: str) -> str:
        """Return SQL for a plain number as DECIMAL; NULL for every other cell."""
        pattern = f"-?[0-9]{{1,{self.whole}}}"
        pattern += f"([.][0-9]{{1,{self.decimals}}})?" if self.decimals else ""
        width = 18 if self.whole + self.decimals <= 18 else 38
        decimal = f"try_cast({cell} AS DECIMAL({width}, {self.decimals}))"
        return f"CASE WHEN regexp_full_match({cell}, '{pattern}') THEN {decimal} END"

    def columns(self, *, squares: bool) -> list[str]:
        """Return the SQL aggregates of a number ``v`` from which ``Total.of_row`` is made."""
        columns = ["sum(v)", "min(v)", "max(v)"]
        if squares:
            # As the squares of 18 digits overflow, their halves are multiplied.
            scaled = f"(v * {10**self.decimals})::BIGINT"
            high, low = f"({scaled} // {_SPLIT})", f"({scaled} % {_SPLIT})"
            columns += [f"sum({high} * {high})", f"sum({high} * {low})", f"sum({low} * {low})"]
        # As text they are fetched exactly, in rows as in arrays.
        return ["count(v)", *(f"{column}::VARCHAR" for column in columns)]


def digits_of(cells: Iterable[str], *, squares: bool) -> Digits | None:
    """Return the DECIMAL that fits the plain numbers among ``cells``; None if there is none.

    With ``squares`` it has at most 18 digits.
    """
    found = [match for match in map(_PLAIN.fullmatch, cells) if match]
    whole = max((len(match[1]) for match in found), default=0)
    decimals = max((len(match[2] or "") for match in found), default=0)
    room = 18 if squares else numbers.EXACT_DIGITS - _ROOM
    return Digits(room - decimals, decimals) if found and whole + decimals <= room else None


class Total:
    """Exact statistics of the numbers of a group."""

    __slots__ = ("max", "min", "n", "percent", "squares", "sum", "unreadable", "values")

    def __init__(self) -> None:
        self.n = self.unreadable = self.percent = 0
        self.sum = self.squares = Decimal(0)
        self.min: Decimal | None = None
        self.max: Decimal | None = None
        self.values: Any = []

    @classmethod
    def of_row(cls, row: Sequence[object], digits: Digits) -> "Total":
        """Return the total that the aggregates of ``Digits.columns`` describe."""
        total = cls()
        total.n = int(str(row[0]))
        if not total.n:
            return total
        total.sum, total.min, total.max, *squares = (Decimal(str(text)) for text in row[1:])
        if squares:
            high, cross, low = squares
            total.squares = ((high * _SPLIT + 2 * cross) * _SPLIT + low).scaleb(
                -2 * digits.decimals
            )
        return total

    def add(self, cell: str, times: int, *, percent: bool) -> None:
        """Add a cell that is not empty and occurs so many times."""
        value = numbers.decimal(cell, percent=percent)
        if value is None:
            self.unreadable += times
            return
        self.n += times
        self.percent += times * numbers.has_percent_sign(cell)
        self.sum += value * times
        self.squares += value * value * times
        self.min = value if self.min is None else min(self.min, value)
        self.max = value if self.max is None else max(self.max, value)
        self.values += [float(value)] * times
