"""What a condition compares: cells with numbers, words, periods and one another."""

import operator
from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final, Literal

from transfer_cli.messages import _
from transfer_cli.model import labels, names, numbers, regions
from transfer_cli.model.periods import Period
from transfer_cli.model.periods import find as find_period
from transfer_cli.model.units import Unit
from transfer_cli.model.vocabulary import INDUSTRIES, industries_in
from transfer_cli.query import arithmetic
from transfer_cli.query.condition import CellCondition, Condition, Test

Operator = Literal["==", "!=", "<", "<=", ">", ">="]
FUNCTIONS: Final[dict[Operator, Callable[[Any, Any], bool]]] = {
    "==": operator.eq, "!=": operator.ne, "<": operator.lt,
    "<=": operator.le, ">": operator.gt, ">=": operator.ge,
}  # fmt: skip
MIRRORED: Final[dict[Operator, Operator]] = {
    "==": "==", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="
}  # fmt: skip
MISSING: Final = frozenset({""})


@dataclass(frozen=True, slots=True)
class Compare(CellCondition):
    """Compare cells with a number, by value, or with text, by code points."""

    operator: Operator
    value: Fraction | str
    percent: bool = False
    """Whether ``12.5%`` is a number in the column (``numbers.reads_percent``)."""

    def test(self) -> Test:
        compare, value = FUNCTIONS[self.operator], self.value
        if isinstance(value, str):
            return lambda cell: compare(cell, value) if cell else None

        nearest = float(value)

        def test(cell: str) -> bool | None:
            number = numbers.plain(cell, percent=self.percent)
            if number is None:
                return None
            # Fractions take ten times as long as floats, and differ only where floats are equal.
            double = float(number)
            exactly = double == nearest
            return compare(numbers.exact(number), value) if exactly else compare(double, nearest)

        return test

    def __str__(self) -> str:
        return f"{self.column} {self.operator} {_constant(self.value)}"


@dataclass(frozen=True, slots=True)
class In(CellCondition):
    """True of cells that are one of ``texts``, or a number equal to one of ``values``."""

    texts: frozenset[str] = frozenset()
    values: frozenset[Fraction] = frozenset()
    percent: bool = False

    def test(self) -> Test:
        doubles = {float(value) for value in self.values}

        def test(cell: str) -> bool | None:
            if not cell:
                return None
            if cell in self.texts or not self.values:
                return cell in self.texts
            number = numbers.plain(cell, percent=self.percent)
            if number is None or float(number) not in doubles:
                return False
            return numbers.exact(number) in self.values

        return test

    def __str__(self) -> str:
        words = [*map(_constant, sorted(self.texts)), *map(_constant, sorted(self.values))]
        return _words(self.column, words)


@dataclass(frozen=True, slots=True)
class IsMissing(CellCondition):
    """True of empty cells; never unknown."""

    def test(self) -> Test:
        return lambda cell: not cell

    def __str__(self) -> str:
        return _("{column} is missing", column=labels.column(self.column))


@dataclass(frozen=True, slots=True)
class Codes(CellCondition):
    """True of cells that name one of ``codes``: a province by any of its names, others folded.

    ``words`` are the names by which the user gave the codes; cells that hold them match, too. A
    cell of several industries (``a;b``) names each of them, and all of them in any order.
    """

    codes: tuple[str, ...]
    words: tuple[str, ...] = ()

    def test(self) -> Test:
        folded = {names.fold(word) for word in (*self.codes, *self.words)}
        if self.column == "province":
            return lambda cell: (
                (regions.find(cell) in self.codes or names.fold(cell) in folded) if cell else None
            )
        if self.column == "industry":
            return _industry_test(self.codes, folded)
        return lambda cell: names.fold(cell) in folded if cell else None

    def __str__(self) -> str:
        return _words(self.column, self.codes)


def _industry_test(codes: Sequence[str], folded: Container[str]) -> Test:
    together = [{*map(names.fold, industries_in(code))} for code in codes if INDUSTRIES in code]

    def test(cell: str) -> bool | None:
        if not cell or names.fold(cell) in folded:
            return bool(cell) or None
        parts = {*map(names.fold, industries_in(cell))}
        return any(part in folded for part in parts) or any(each <= parts for each in together)

    return test


@dataclass(frozen=True, slots=True)
class Within(CellCondition):
    """True of periods that lie within one of ``periods``."""

    periods: tuple[Period, ...]

    def test(self) -> Test:
        def test(cell: str) -> bool | None:
            period = find_period(cell)
            return period and any(period.within(other) for other in self.periods)

        return test

    def __str__(self) -> str:
        return _words(self.column, (period.code for period in self.periods))


@dataclass(frozen=True, slots=True)
class ComparePeriod(CellCondition):
    """Compare periods with one, however they are written: ``2024/3/5`` is before 2024年6月.

    One is before another if it ends before that begins; unknown of cells that are no period.
    """

    operator: Operator
    period: Period

    def test(self) -> Test:
        start, end = self.period.start, self.period.end
        compare = FUNCTIONS[self.operator]

        def test(cell: str) -> bool | None:
            period = find_period(cell)
            if period is None:
                return None
            if self.operator in ("<", ">="):
                return compare(period.end if self.operator == "<" else period.start, start)
            return compare(period.start if self.operator == ">" else period.end, end)

        return test

    def __str__(self) -> str:
        return f"{self.column} {self.operator} {self.period.code!r}"


@dataclass(frozen=True, slots=True)
class Cells(CellCondition):
    """True of the cells in ``true``, unknown of those in ``unknown``, false of all others.

    What only Python can test becomes this before SQL is written.
    """

    true: frozenset[str]
    unknown: frozenset[str] = MISSING

    def test(self) -> Test:
        return lambda cell: cell in self.true or (None if cell in self.unknown else False)

    def __str__(self) -> str:
        return _words(self.column, sorted(self.true))


@dataclass(frozen=True, slots=True)
class Named(Condition):
    """True of rows in which a cell of ``columns`` is or begins with one of ``names``.

    The columns hold free names: a place and its Chinese name, a company.
    """

    columns: tuple[str, ...]
    names: tuple[str, ...]

    @property
    def reads(self) -> tuple[str, ...]:
        return self.columns

    def __str__(self) -> str:
        return _words(self.columns[0], self.names)


@dataclass(frozen=True, slots=True)
class CompareColumns(Condition):
    """Compare two cells of a row: by value where both are numbers, otherwise as text."""

    left: str
    operator: Operator
    right: str
    percent: bool = False

    @property
    def reads(self) -> tuple[str, ...]:
        return (self.left, self.right)

    def test(self, left: str, right: str) -> bool | None:
        """Return the result for two cells, None if one is missing."""
        if not left or not right:
            return None
        compare = FUNCTIONS[self.operator]
        one, other = (numbers.plain(cell, percent=self.percent) for cell in (left, right))
        if one is None or other is None:
            return compare(left, right)
        if float(one) != float(other):
            return compare(float(one), float(other))
        return compare(numbers.exact(one), numbers.exact(other))

    def __str__(self) -> str:
        return f"{self.left} {self.operator} {self.right}"


@dataclass(frozen=True, slots=True)
class CompareResults(Condition):
    """Compare the results of arithmetic on the cells of a row: unknown where one is missing.

    They are doubles, equal if they agree to ``arithmetic.TOLERANCE``.
    """

    left: arithmetic.Expression
    operator: Operator
    right: arithmetic.Expression

    @property
    def reads(self) -> tuple[str, ...]:
        sides = (self.left, self.right)
        return tuple(dict.fromkeys(c.column for side in sides for c in arithmetic.cells(side)))

    def __str__(self) -> str:
        return f"{self.left} {self.operator} {self.right}"


@dataclass(frozen=True, slots=True)
class Contains(CellCondition):
    """True of cells with ``text`` in them, or at their start."""

    text: str
    at_start: bool = False

    def test(self) -> Test:
        if self.at_start:
            return lambda cell: cell.startswith(self.text) if cell else None
        return lambda cell: self.text in cell if cell else None

    def __str__(self) -> str:
        return f"{'startswith' if self.at_start else 'contains'}({self.column}, {self.text!r})"


@dataclass(frozen=True, slots=True)
class Search(Condition):
    """True of rows with ``text`` in any cell, case ignored."""

    text: str

    def __str__(self) -> str:
        return _("the text {text!r}", text=self.text)


@dataclass(frozen=True, slots=True)
class Amount(Condition):
    """A limit on amounts (``--min``, ``--max``), in a unit or, without one, on numbers as printed.

    Units are converted within a dimension. At the limit the bound decides: "over 1000" is not at
    most 1000, and "nearly 1000" not at least 1000. ``units``, ``bounds`` and ``indicators`` are the
    columns that hold the unit, the bound and the indicator, or empty.
    """

    column: str
    operator: Literal["<=", ">="]
    value: Fraction
    unit: Unit | None = None
    units: str = ""
    bounds: str = ""
    indicators: str = ""
    percent: bool = False

    @property
    def reads(self) -> tuple[str, ...]:
        units = (self.units, self.indicators) if self.unit else ()
        return tuple(filter(None, (self.column, *units, self.bounds)))

    def __str__(self) -> str:
        limit = labels.amount(numbers.machine(self.value), self.unit.name if self.unit else "")
        if self.operator == ">=":
            return _("at least {limit}", limit=limit)
        return _("at most {limit}", limit=limit)


def _words(column: str, words: Iterable[str]) -> str:
    """Return the words that a column may have: ``status signed or started``, 阶段为签约或开工."""
    named = _(" or ").join(labels.code(column, word) for word in words)
    return _("{column} {words}", column=labels.column(column), words=named)


def search_key(text: str) -> str:
    """Return text in lower case, character by character as ``lower`` of DuckDB does."""
    return text.replace("İ", "i").replace("Σ", "σ").lower()


def _constant(value: Fraction | str) -> str:
    return repr(value) if isinstance(value, str) else numbers.machine(value)
