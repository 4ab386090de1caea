"""A condition on rows as a tree of frozen dataclasses.

It is built from options (``query.options``) and from ``--where`` (``query.where``), evaluated in
pandas (``query.mask``) and written as SQL (``query.sql``).

A condition is true, false or unknown for a row, as in SQL: a missing cell satisfies neither a
comparison nor its negation, and neither does text that is compared with a number. Rows are
selected where the condition is true.
"""

import operator
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
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

Operator = Literal["==", "!=", "<", "<=", ">", ">="]
Test = Callable[[str], bool | None]
"""Whether a cell satisfies a condition; None where that is unknown."""

FUNCTIONS: Final[dict[Operator, Callable[[Any, Any], bool]]] = {
    "==": operator.eq, "!=": operator.ne, "<": operator.lt,
    "<=": operator.le, ">": operator.gt, ">=": operator.ge,
}  # fmt: skip
MIRRORED: Final[dict[Operator, Operator]] = {
    "==": "==", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="
}  # fmt: skip
MISSING: Final = frozenset({""})


class Condition:
    """A condition on the rows of a table; ``str`` describes it to people."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class And(Condition):
    """True where every part is true: everywhere if there are none."""

    parts: tuple[Condition, ...] = ()

    def __str__(self) -> str:
        return _(" and ").join(map(_nested, self.parts))


@dataclass(frozen=True, slots=True)
class Or(Condition):
    """True where a part is true."""

    parts: tuple[Condition, ...]

    def __str__(self) -> str:
        return _(" or ").join(map(_nested, self.parts))


@dataclass(frozen=True, slots=True)
class Not(Condition):
    """True where the part is false."""

    part: Condition

    def __str__(self) -> str:
        return _("not {part}", part=_nested(self.part))


@dataclass(frozen=True, slots=True)
class CellCondition(Condition):
    """A condition that a single cell decides."""

    column: str

    def test(self) -> Test:
        """Return the test for one cell."""
        raise NotImplementedError


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
            # Fractions take ten times as long as floats, and tell only equal floats apart.
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
    """True of rows with one of ``names`` in one of ``columns``, whole or as its beginning.

    The columns are those in which a free name may stand: a place, its Chinese twin, a company.
    """

    columns: tuple[str, ...]
    names: tuple[str, ...]

    def __str__(self) -> str:
        return _words(self.columns[0], self.names)


@dataclass(frozen=True, slots=True)
class CompareColumns(Condition):
    """Compare two cells of a row: by value where both are numbers, otherwise as text."""

    left: str
    operator: Operator
    right: str
    percent: bool = False

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
    def columns(self) -> tuple[str, ...]:
        """The columns that are read."""
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
    columns that hold the unit, the bound and the indicator; empty where the table has none.
    """

    column: str
    operator: Literal["<=", ">="]
    value: Fraction
    unit: Unit | None = None
    units: str = ""
    bounds: str = ""
    indicators: str = ""
    percent: bool = False

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


EVERY_ROW: Final[Condition] = And()


def both(*conditions: Condition) -> Condition:
    """Return the condition that is true where all of ``conditions`` are."""
    parts = tuple(part for condition in conditions for part in conjuncts(condition))
    return parts[0] if len(parts) == 1 else And(parts)


def conjuncts(condition: Condition) -> tuple[Condition, ...]:
    """Return the conditions that must all be true; none for ``EVERY_ROW``."""
    if isinstance(condition, And):
        return tuple(inner for part in condition.parts for inner in conjuncts(part))
    return (condition,)


def leaves(condition: Condition) -> Iterator[Condition]:
    """Yield the conditions of the tree that have no parts, from left to right."""
    match condition:
        case And(parts) | Or(parts):
            for part in parts:
                yield from leaves(part)
        case Not(part):
            yield from leaves(part)
        case _:
            yield condition


def map_leaves(condition: Condition, change: Callable[[Condition], Condition]) -> Condition:
    """Return the tree with each condition that has no parts replaced by what ``change`` returns."""
    match condition:
        case And(parts):
            return And(tuple(map_leaves(part, change) for part in parts))
        case Or(parts):
            return Or(tuple(map_leaves(part, change) for part in parts))
        case Not(part):
            return Not(map_leaves(part, change))
    return change(condition)


def columns_of(condition: Condition) -> tuple[str, ...]:
    """Return the columns that a condition reads, derived ones under their own name.

    ``Search`` reads every column and is not counted.
    """
    columns: dict[str, None] = {}
    for leaf in leaves(condition):
        match leaf:
            case CompareColumns():
                read: Sequence[str] = (leaf.left, leaf.right)
            case CompareResults():
                read = leaf.columns
            case Named():
                read = leaf.columns
            case Amount():
                units = (leaf.units, leaf.indicators) if leaf.unit else ()
                read = (leaf.column, *units, leaf.bounds)
            case CellCondition():
                read = (leaf.column,)
            case _:
                read = ()
        columns.update(dict.fromkeys(filter(None, read)))
    return tuple(columns)


def _nested(condition: Condition) -> str:
    return f"({condition})" if isinstance(condition, And | Or) else str(condition)


def _constant(value: Fraction | str) -> str:
    return repr(value) if isinstance(value, str) else numbers.machine(value)
