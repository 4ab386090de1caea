"""A condition on rows as a tree of frozen dataclasses.

It is built from options (``query.options``) and from ``--where`` (``query.where``), evaluated in
pandas (``query.mask``) and written as SQL (``query.sql``).

A condition is true, false or unknown for a row, as in SQL: a missing cell satisfies neither a
comparison nor its negation, and neither does text that is compared with a number. Rows are
selected where the condition is true.
"""

import operator
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final, Literal

from transfer_cli.messages import _
from transfer_cli.model import names, numbers, regions
from transfer_cli.model.periods import Period
from transfer_cli.model.periods import find as find_period
from transfer_cli.model.units import Unit
from transfer_cli.model.vocabulary import DERIVED, Vocabulary

Operator = Literal["==", "!=", "<", "<=", ">", ">="]
Test = Callable[[str], bool | None]
"""Whether a cell satisfies a condition; None where that is unknown."""
Distinct = Callable[[str], Iterable[str]]
"""The distinct cells of a column."""

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

        def test(cell: str) -> bool | None:
            number = numbers.plain(cell, percent=self.percent)
            return None if number is None else compare(numbers.exact(number), value)

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
        def test(cell: str) -> bool | None:
            if not cell:
                return None
            if cell in self.texts or not self.values:
                return cell in self.texts
            number = numbers.plain(cell, percent=self.percent)
            return number is not None and numbers.exact(number) in self.values

        return test

    def __str__(self) -> str:
        words = [*map(_constant, sorted(self.texts)), *map(_constant, sorted(self.values))]
        return f"{self.column} {_(' or ').join(words)}"


@dataclass(frozen=True, slots=True)
class IsMissing(CellCondition):
    """True of empty cells; never unknown."""

    def test(self) -> Test:
        return lambda cell: not cell

    def __str__(self) -> str:
        return _("{column} is missing", column=self.column)


@dataclass(frozen=True, slots=True)
class Codes(CellCondition):
    """True of cells that name one of ``codes``: a province by any of its names, others folded.

    ``words`` are the names by which the user gave the codes; cells that hold them match, too.
    """

    codes: tuple[str, ...]
    words: tuple[str, ...] = ()

    def test(self) -> Test:
        folded = {names.fold(word) for word in (*self.codes, *self.words)}
        if self.column == "province":
            return lambda cell: (
                (regions.find(cell) in self.codes or names.fold(cell) in folded) if cell else None
            )
        return lambda cell: names.fold(cell) in folded if cell else None

    def __str__(self) -> str:
        return f"{self.column} {_(' or ').join(self.codes)}"


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
        return f"{self.column} {_(' or ').join(period.code for period in self.periods)}"


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
        return f"{self.column} {_(' or ').join(sorted(self.true))}"


@dataclass(frozen=True, slots=True)
class Named(Condition):
    """True of rows with one of ``names`` in one of ``columns``, whole or as its beginning.

    The columns are those in which a free name may stand: a place, its Chinese twin, a company.
    """

    columns: tuple[str, ...]
    names: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.columns[0]} {_(' or ').join(self.names)}"


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
        return compare(numbers.exact(one), numbers.exact(other))

    def __str__(self) -> str:
        return f"{self.left} {self.operator} {self.right}"


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
        unit = self.unit.name if self.unit else ""
        limit = f"{numbers.machine(self.value)}{unit}"
        if self.operator == ">=":
            return _("at least {limit}", limit=limit)
        return _("at most {limit}", limit=limit)


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


def columns_of(condition: Condition) -> tuple[str, ...]:
    """Return the columns that a condition reads, derived ones under their own name.

    ``Search`` reads every column and is not counted.
    """
    columns: dict[str, None] = {}
    for leaf in leaves(condition):
        match leaf:
            case CompareColumns():
                read: Sequence[str] = (leaf.left, leaf.right)
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


def bind(
    condition: Condition, columns: Sequence[str], vocabulary: Vocabulary, distinct: Distinct
) -> Condition:
    """Return the same condition over the columns of a table, as mask and SQL evaluate it.

    Names, codes and periods become the cells that match them, amounts become comparisons of
    numbers, and derived columns become those that they follow from. What is left are And, Or, Not,
    Compare, In, IsMissing, Cells, CompareColumns and Search.
    """

    def values(column: str) -> dict[str, str]:
        """Return the distinct cells of the base column of a derived one, with what they give."""
        return {cell: vocabulary.derived(column, cell) for cell in distinct(DERIVED[column])}

    def derived(column: str) -> bool:
        return column not in columns and column in DERIVED

    def cells(leaf: CellCondition) -> Condition:
        test = leaf.test()
        if derived(leaf.column):
            column = DERIVED[leaf.column]
            results = {cell: test(value) for cell, value in values(leaf.column).items()}
        else:
            column = leaf.column
            results = {cell: test(cell) for cell in distinct(column)}
        true = frozenset(cell for cell, result in results.items() if result)
        return Cells(column, true, frozenset(c for c, result in results.items() if result is None))

    def compared(leaf: CompareColumns) -> Condition:
        """Compare with each value that a derived column takes."""
        column, other, op = leaf.left, leaf.right, MIRRORED[leaf.operator]
        if not derived(column):
            column, other, op = leaf.right, leaf.left, leaf.operator
        parts = [
            And((cells(Compare(column, "==", value)), inner(Compare(other, op, value))))
            for value in sorted({*values(column).values()} - MISSING)
        ]
        return Or(tuple(parts))

    def searched(leaf: Search) -> Condition:
        text = search_key(leaf.text)
        parts: list[Condition] = [leaf]
        for name in (name for name in DERIVED if derived(name) and DERIVED[name] in columns):
            hits = {cell for cell, value in values(name).items() if text in search_key(value)}
            parts.append(Cells(DERIVED[name], frozenset(hits), frozenset()))
        return Or(tuple(parts)) if len(parts) > 1 else leaf

    def inner(leaf: Condition) -> Condition:
        match leaf:
            case And(parts):
                return And(tuple(map(inner, parts)))
            case Or(parts):
                return Or(tuple(map(inner, parts)))
            case Not(part):
                return Not(inner(part))
            case CompareColumns(left=left, right=right) if derived(left) or derived(right):
                return compared(leaf)
            case Compare() | In() | IsMissing() if not derived(leaf.column):
                return leaf
            case CellCondition():
                return cells(leaf)
            case Named():
                return Or(tuple(_named(leaf, distinct)))
            case Amount():
                return _limit(leaf, vocabulary, distinct)
            case Search():
                return searched(leaf)
        return leaf

    return inner(condition)


def _named(condition: Named, distinct: Distinct) -> Iterator[Condition]:
    for column in condition.columns:
        hits = [
            cell
            for cell in distinct(column)
            if any(names.matches(name, cell) for name in condition.names)
        ]
        yield Cells(column, frozenset(hits))


def _limit(limit: Amount, vocabulary: Vocabulary, distinct: Distinct) -> Condition:
    """Return an amount as comparisons of numbers, one for each unit and its indicators."""
    if limit.unit is None or not limit.units:
        return _beyond(limit, limit.value)
    codes = list(distinct(limit.indicators)) if limit.indicators else [""]
    parts: list[Condition] = []
    for name in distinct(limit.units):
        fitting: dict[Fraction, set[str]] = {}
        for code in codes:
            factor = _factor(vocabulary, name, code, limit.unit)
            if factor is not None:
                fitting.setdefault(factor, set()).add(code)
        for factor, of in fitting.items():
            rows: list[Condition] = [Cells(limit.units, frozenset({name}), frozenset())]
            if len(of) < len(codes):
                rows.append(Cells(limit.indicators, frozenset(of), frozenset()))
            parts.append(And((*rows, _beyond(limit, limit.value * limit.unit.factor / factor))))
    return Or(tuple(parts))


def _beyond(limit: Amount, value: Fraction) -> Condition:
    """Return the comparison with a limit in the unit that is printed, with regard to the bound."""
    if not limit.bounds:
        return Compare(limit.column, limit.operator, value, limit.percent)
    strict: Operator = "<" if limit.operator == "<=" else ">"
    beyond = frozenset({"over"} if limit.operator == "<=" else {"under", "nearly"})
    at_limit = And((
        Compare(limit.column, "==", value, limit.percent),
        Not(Cells(limit.bounds, beyond, frozenset())),
    ))  # fmt: skip
    return Or((Compare(limit.column, strict, value, limit.percent), at_limit))


def _factor(vocabulary: Vocabulary, name: str, code: str, unit: Unit) -> Fraction | None:
    """Return the factor of a unit as its indicator completes it, or else as it is printed.

    10万吨 is a limit for 120万吨/年 too, where the indicator is of a year. None where the unit is
    of another dimension.
    """
    indicator = vocabulary.indicators.get(code)
    completed, printed = vocabulary.unit(name, indicator), vocabulary.unit(name)
    pairs = (
        (completed, unit), (printed, unit), (completed, vocabulary.unit(unit.name, indicator))
    )  # fmt: skip
    return next((own.factor for own, other in pairs if own.dimension == other.dimension), None)


def _nested(condition: Condition) -> str:
    return f"({condition})" if isinstance(condition, And | Or) else str(condition)


def _constant(value: Fraction | str) -> str:
    return repr(value) if isinstance(value, str) else numbers.machine(value)
