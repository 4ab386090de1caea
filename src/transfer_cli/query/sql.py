"""A condition as SQL for DuckDB.

The columns of a table are called ``c0``, ``c1`` … by position and hold text, ``''`` where missing.
Every value is a parameter. NULL means "unknown".
"""

import re
from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from typing import Literal, NamedTuple

from transfer_cli.model import numbers
from transfer_cli.model.vocabulary import Vocabulary
from transfer_cli.query import arithmetic
from transfer_cli.query.bind import bind
from transfer_cli.query.comparisons import (
    FUNCTIONS,
    Cells,
    Compare,
    CompareColumns,
    CompareResults,
    Contains,
    In,
    IsMissing,
    Operator,
    Search,
    search_key,
)
from transfer_cli.query.condition import And, Condition, Not, Or

_SQL: dict[Operator, str] = {
    "==": "=", "!=": "<>", "<": "<", "<=": "<=", ">": ">", ">=": ">="
}  # fmt: skip
_MANY = 50
"""Values from which a list is one parameter instead of many."""


class Sql(NamedTuple):
    """SQL text and the values of its parameters, in the order of their ``?``."""

    text: str
    values: tuple[object, ...] = ()


def predicate(
    condition: Condition,
    source_columns: Sequence[str],
    vocabulary: Vocabulary,
    distinct: Callable[[str], Iterable[str]],
) -> tuple[str, list[object]]:
    """Return a condition as an SQL expression, and the values of its parameters.

    ``distinct`` returns the distinct cells of a column; it is called where only Python can test a
    cell (names, periods, units). Raises UsageError for a column that the table lacks.
    """
    bound = bind(condition, source_columns, vocabulary, distinct)
    text, values = _Writer(source_columns).write(bound)
    return text, list(values)


class _Writer:
    """Writes bound conditions over the columns of a table."""

    def __init__(self, columns: Sequence[str]) -> None:
        self.names = {name: f"c{position}" for position, name in enumerate(columns)}

    def write(self, condition: Condition) -> Sql:
        """Return a condition as a SQL expression that is true, false or NULL."""
        match condition:
            case And(parts):
                return self._joined(parts, " AND ", "true")
            case Or(parts):
                return self._joined(parts, " OR ", "false")
            case Not(part):
                inner = self.write(part)
                return Sql(f"(NOT {inner.text})", inner.values)
            case IsMissing(column):
                return Sql(f"({self.names[column]} = '')")
            case Cells(column, true, unknown):
                return _cells(self.names[column], true, unknown)
            case In(column, texts, values, percent):
                return _in(self.names[column], texts, values, percent)
            case Compare(column, operator, str() as text):
                return Sql(f"(nullif({self.names[column]}, '') {_SQL[operator]} ?)", (text,))
            case Compare(column, operator, Fraction() as value, percent):
                return _compared(self.names[column], operator, value, percent)
            case CompareColumns(left, operator, right, percent):
                return _columns(self.names[left], operator, self.names[right], percent)
            case Contains(column, text, at_start):
                cell, function = self.names[column], "starts_with" if at_start else "contains"
                return Sql(f"CASE WHEN {cell} <> '' THEN {function}({cell}, ?) END", (text,))
            case CompareResults(left, operator, right):
                return self._results(left, _SQL[operator], right)
            case Search(text):
                key = search_key(text)
                tests = [f"contains(lower({name}), ?)" for name in self.names.values()]
                return Sql(f"({' OR '.join(tests)})", (key,) * len(tests))
        raise TypeError(f"{condition!r} is not bound")

    def _results(self, left: arithmetic.Expression, sign: str, right: arithmetic.Expression) -> Sql:
        difference, scale = self._evaluated(arithmetic.Operation("-", left, right))
        return _fill(
            "CASE WHEN isfinite({0}) AND isfinite({1})"
            f" THEN CASE WHEN abs({{0}}) <= {arithmetic.TOLERANCE} * {{1}} THEN 0 ELSE {{0}} END"
            f" {sign} 0 END",
            difference, scale,
        )  # fmt: skip

    def _evaluated(self, expression: arithmetic.Expression) -> tuple[Sql, Sql]:
        """Return SQL for a result, NULL where missing, and for the size of what it is made of."""
        match expression:
            case arithmetic.Number(value):
                return (Sql("?::DOUBLE", (float(value),)), Sql("?::DOUBLE", (float(abs(value)),)))
            case arithmetic.Cell(column, percent):
                double = Sql(f"({numbers.sql_double(self.names[column], percent=percent)})")
                return double, Sql(f"abs{double.text}")
        left, size = self._evaluated(expression.left)
        right, other = self._evaluated(expression.right)
        if expression.sign != "/":
            scale = "({0} * {1})" if expression.sign == "*" else "({0} + {1})"
            return _fill(f"({{0}} {expression.sign} {{1}})", left, right), _fill(scale, size, other)
        zero = f"abs({{0}}) <= {arithmetic.TOLERANCE} * {{1}}"
        divisor = _fill(f"(CASE WHEN {zero} THEN NULL ELSE {{0}} END)", right, other)
        return _fill("({0} / {1})", left, divisor), _fill("({0} / abs({1}))", size, divisor)

    def _joined(
        self, parts: Sequence[Condition], word: Literal[" AND ", " OR "], empty: str
    ) -> Sql:
        written = [self.write(part) for part in parts]
        values = tuple(value for part in written for value in part.values)
        return Sql(f"({word.join(part.text for part in written) or empty})", values)


def _fill(template: str, *parts: Sql) -> Sql:
    """Return SQL with ``parts`` in place of ``{0}``, ``{1}`` …, and their values in this order."""
    places = [int(place) for place in re.findall(r"\{(\d)\}", template)]
    values = tuple(value for place in places for value in parts[place].values)
    return Sql(template.format(*(part.text for part in parts)), values)


def _list(values: Iterable[object], type_: str = "VARCHAR") -> Sql:
    """Return values as the list after IN."""
    ordered = sorted(values)  # type: ignore[type-var]
    if len(ordered) < _MANY:
        return Sql(f"({', '.join('?' * len(ordered))})", tuple(ordered))
    return Sql(f"(SELECT unnest(?::{type_}[]))", (ordered,))


def _cells(cell: str, true: frozenset[str], unknown: frozenset[str]) -> Sql:
    hit = Sql("false")
    if true:
        listed = _list(true)
        hit = Sql(f"{cell} IN {listed.text}", listed.values)
    if not unknown:
        return Sql(f"({hit.text})", hit.values)
    if unknown == {""}:
        return Sql(f"CASE WHEN {cell} <> '' THEN {hit.text} END", hit.values)
    absent = _list(unknown)
    text = f"CASE WHEN {cell} IN {absent.text} THEN NULL ELSE {hit.text} END"
    return Sql(text, (*absent.values, *hit.values))


def _in(cell: str, texts: frozenset[str], values: frozenset[Fraction], percent: bool) -> Sql:
    """Return SQL for one of a list: numbers equal as DOUBLE are compared by all of their digits."""
    words = _cells(cell, texts, frozenset({""}))
    if not values:
        return words
    doubles = _list({float(value) for value in values}, "DOUBLE")
    digits = _list(map(numbers.digits, values))
    equal = (
        f"CASE WHEN {numbers.sql_double(cell, percent=percent)} IN {doubles.text}"
        f" THEN {numbers.sql_digits(cell)} IN {digits.text} ELSE false END"
    )
    return Sql(
        f"CASE WHEN {cell} <> '' THEN {words.text} OR {equal} END",
        (*words.values, *doubles.values, *digits.values),
    )


def _compared(cell: str, operator: Operator, value: Fraction, percent: bool) -> Sql:
    """Return SQL for a comparison with a number: as DOUBLE, and by all digits if these are equal.

    Decimals of up to 15 digits that are equal as DOUBLE are equal.
    """
    double, digits = numbers.sql_double(cell, percent=percent), numbers.digits(value)
    sign, strict = _SQL[operator], _SQL[operator].rstrip("=")
    tie = f"{numbers.sql_digits(cell)} {sign} ?"
    if sum(map(str.isdigit, digits.rstrip("0"))) <= numbers.ROUNDED_DIGITS:
        same = str(FUNCTIONS[operator](0, 0)).lower()
        tie = f"CASE WHEN strlen({cell}) <= {numbers.ROUNDED_DIGITS} THEN {same} ELSE {tie} END"
    # In a CASE the tie is computed for equal numbers alone.
    if strict:
        text = f"({double} {strict} ? OR CASE WHEN {double} = ? THEN {tie} ELSE false END)"
    else:
        text = f"({double} = ? AND CASE WHEN {double} = ? THEN {tie} ELSE true END)"
    return Sql(text, (float(value), float(value), digits))


def _columns(left: str, operator: Operator, right: str, percent: bool) -> Sql:
    """Return SQL for a comparison of two columns: numbers by value, others as text."""
    one, other = (numbers.sql_double(cell, percent=percent) for cell in (left, right))
    sign = _SQL[operator]
    digits = f"{numbers.sql_digits(left)} {sign} {numbers.sql_digits(right)}"
    return Sql(
        f"CASE WHEN {left} = '' OR {right} = '' THEN NULL"
        f" ELSE CASE sign({one} - {other}) WHEN 0 THEN {digits}"
        f" WHEN -1 THEN -1 {sign} 0 WHEN 1 THEN 1 {sign} 0 ELSE {left} {sign} {right} END END"
    )
