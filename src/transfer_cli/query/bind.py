"""A condition bound to a table: over its own columns and cells, for the mask and for SQL.

Names, codes and periods, which only Python can test, become the distinct cells that match them;
amounts become comparisons of numbers; derived columns become those that they follow from.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from fractions import Fraction

from transfer_cli.model import names
from transfer_cli.model.schema import require
from transfer_cli.model.units import Unit
from transfer_cli.model.vocabulary import DERIVED, Vocabulary, with_derived
from transfer_cli.query.comparisons import (
    MIRRORED,
    MISSING,
    Amount,
    Cells,
    Compare,
    CompareColumns,
    CompareResults,
    Contains,
    In,
    IsMissing,
    Named,
    Operator,
    Search,
    search_key,
)
from transfer_cli.query.condition import (
    And,
    CellCondition,
    Condition,
    Not,
    Or,
    columns_of,
    map_leaves,
)

Distinct = Callable[[str], Iterable[str]]
"""The distinct cells of a column."""


def bind(
    condition: Condition, columns: Sequence[str], vocabulary: Vocabulary, distinct: Distinct
) -> Condition:
    """Return the same condition over the columns and cells of a table.

    It holds And, Or, Not, Compare, In, IsMissing, Contains, Cells, CompareColumns, CompareResults
    and Search alone. Raises UsageError, with did-you-mean, for a column that is neither one of
    ``columns`` nor derived from one.
    """
    require(with_derived(columns), columns_of(condition))
    return _Binder(columns, vocabulary, distinct).bind(condition)


class _Binder:
    def __init__(self, columns: Sequence[str], vocabulary: Vocabulary, distinct: Distinct) -> None:
        self.columns = columns
        self.vocabulary = vocabulary
        self._distinct = distinct
        self._seen: dict[str, list[str]] = {}

    def bind(self, condition: Condition) -> Condition:
        """Return a bound condition."""
        return map_leaves(condition, self._bound)

    def _bound(self, condition: Condition) -> Condition:
        match condition:
            case Compare() | In() | IsMissing() | Contains() | Cells() if not self.is_derived(
                condition.column
            ):
                return condition
            case CompareResults():
                return condition
            case CellCondition():
                return self.cells(condition)
            case Named():
                return Or(tuple(self.named(condition)))
            case CompareColumns():
                return self.compared(condition)
            case Amount():
                return self.limit(condition)
            case Search():
                return self.searched(condition)
        raise TypeError(f"{condition!r} is not a condition")

    def distinct(self, column: str) -> list[str]:
        """Return the distinct cells of a column, looked up once."""
        if column not in self._seen:
            self._seen[column] = list(self._distinct(column))
        return self._seen[column]

    def is_derived(self, column: str) -> bool:
        """Return whether a column is not in the table but follows from one that is."""
        return column not in self.columns and DERIVED.get(column) in self.columns

    def values(self, column: str) -> dict[str, str]:
        """Return the distinct cells behind a derived column, each with what follows from it."""
        return {
            cell: self.vocabulary.derived(column, cell) for cell in self.distinct(DERIVED[column])
        }

    def cells(self, leaf: CellCondition) -> Condition:
        """Return the distinct cells for which a test is true, and those for which it is unknown."""
        test, column = leaf.test(), leaf.column
        if self.is_derived(column):
            results = {cell: test(value) for cell, value in self.values(column).items()}
            column = DERIVED[column]
        else:
            results = {cell: test(cell) for cell in self.distinct(column)}
        true = frozenset(cell for cell, result in results.items() if result)
        unknown = frozenset(cell for cell, result in results.items() if result is None)
        return Cells(column, true, unknown)

    def named(self, condition: Named) -> Iterator[Condition]:
        """Yield for each column the cells that one of the names matches."""
        for column in condition.columns:
            hits = [
                cell
                for cell in self.distinct(column)
                if any(names.matches(name, cell) for name in condition.names)
            ]
            yield Cells(column, frozenset(hits))

    def compared(self, condition: CompareColumns) -> Condition:
        """Compare a derived column value by value: its values are few, and text."""
        column, other, operator = condition.left, condition.right, MIRRORED[condition.operator]
        if not self.is_derived(column):
            column, other, operator = other, column, condition.operator
        if not self.is_derived(column):
            return condition
        parts = [
            And((self.cells(Compare(column, "==", value)),
                 self.bind(Compare(other, operator, value))))
            for value in sorted({*self.values(column).values()} - MISSING)
        ]  # fmt: skip
        return Or(tuple(parts))

    def searched(self, condition: Search) -> Condition:
        """Search derived columns as well."""
        key = search_key(condition.text)
        parts: list[Condition] = [condition]
        for name in filter(self.is_derived, DERIVED):
            hits = {cell for cell, value in self.values(name).items() if key in search_key(value)}
            parts.append(Cells(DERIVED[name], frozenset(hits), frozenset()))
        return Or(tuple(parts)) if len(parts) > 1 else condition

    def limit(self, limit: Amount) -> Condition:
        """Compare numbers with a limit in the unit of each row, as its indicator completes it."""
        if limit.unit is None or not limit.units:
            return _beyond(limit, limit.value)
        codes = self.distinct(limit.indicators) if limit.indicators else [""]
        parts: list[Condition] = []
        for name in self.distinct(limit.units):
            fitting: dict[Fraction, set[str]] = {}
            for code in codes:
                factor = self.factor(name, code, limit.unit)
                if factor is not None:
                    fitting.setdefault(factor, set()).add(code)
            for factor, of in fitting.items():
                rows: list[Condition] = [Cells(limit.units, frozenset({name}), frozenset())]
                if len(of) < len(codes):
                    rows.append(Cells(limit.indicators, frozenset(of), frozenset()))
                value = limit.value * limit.unit.factor / factor
                parts.append(And((*rows, _beyond(limit, value))))
        return Or(tuple(parts))

    def factor(self, name: str, code: str, unit: Unit) -> Fraction | None:
        """Return the factor of a unit as its indicator completes it, or else as it is printed.

        10万吨 is a limit for 120万吨/年 too, where the indicator is of a year. None where the unit
        is of another dimension.
        """
        indicator = self.vocabulary.indicators.get(code)
        completed, printed = self.vocabulary.unit(name, indicator), self.vocabulary.unit(name)
        pairs = (
            (completed, unit),
            (printed, unit),
            (completed, self.vocabulary.unit(unit.name, indicator)),
        )
        return next((own.factor for own, other in pairs if own.dimension == other.dimension), None)


def _beyond(limit: Amount, value: Fraction) -> Condition:
    """Return the comparison with a limit in the unit that is printed, with regard to the bound."""
    if not limit.bounds:
        return Compare(limit.column, limit.operator, value, limit.percent)
    strict: Operator = "<" if limit.operator == "<=" else ">"
    beyond = frozenset({"over"} if limit.operator == "<=" else {"under", "nearly"})
    at_limit = (
        Compare(limit.column, "==", value, limit.percent),
        Not(Cells(limit.bounds, beyond, frozenset())),
    )
    return Or((Compare(limit.column, strict, value, limit.percent), And(at_limit)))
