"""``--derive``: a source of any size with columns that are computed from others."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from transfer_cli.errors import UsageError
from transfer_cli.messages import _
from transfer_cli.model.vocabulary import DERIVED
from transfer_cli.query import arithmetic
from transfer_cli.query.arithmetic import Expression
from transfer_cli.query.comparisons import Compare, CompareColumns, CompareResults
from transfer_cli.query.condition import EVERY_ROW, Condition, columns_of, map_leaves
from transfer_cli.query.options import unit_column
from transfer_cli.query.where import parse_expression
from transfer_cli.tables.derivation import Derivation, with_columns
from transfer_cli.tables.memory import MemorySource
from transfer_cli.tables.source import Measure, Melted, Source, Unreadable
from transfer_cli.tables.table import Table, collect

if TYPE_CHECKING:
    from transfer_cli.frames import pd

_EXAMPLE = "--derive 'density=population / area'"


def derive(source: Source, texts: Sequence[str]) -> Source:
    """Return a source with a column for each ``NAME=EXPR``; a later one may use an earlier one.

    Raises UsageError for a name that the table has, and for other text than arithmetic.
    """
    derivations: list[Derivation] = []
    for text in texts:
        derivation = _parsed(text, source, derivations)
        derivations.append(derivation)
        if isinstance(source, MemorySource):
            frame = with_columns(source.table.frame, [derivation], source.vocabulary)
            fields = (*source.schema.fields, *derivation.fields)
            schema = source.schema._replace(fields=fields)
            source = MemorySource(replace(source.table, frame=frame, schema=schema))
        elif isinstance(source, LargeDerived):
            source = LargeDerived(source.base, derivations)
        else:
            source = LargeDerived(source, derivations)
    return source


def _parsed(text: str, source: Source, earlier: Sequence[Derivation]) -> Derivation:
    name, equals, formula = text.partition("=")
    name = name.strip()
    if not equals or not name or not formula.strip():
        raise UsageError(_("--derive {text!r} is not NAME=EXPR", text=text), _EXAMPLE)
    if re.search("[,，`]", name) or name.startswith("-"):
        message = _("--derive: {name!r} is not a name of a column", name=name)
        raise UsageError(message, _EXAMPLE)
    expression = parse_expression(formula, source.columns, source.vocabulary, source.schema)
    read = dict.fromkeys(cell.column for cell in arithmetic.cells(expression))
    schema, columns = source.schema, source.columns
    unit_of = {column: unit_column(schema, columns, column) for column in read}
    bound_of = {column: schema.field(column).bound for column in read}
    derivation = Derivation(
        name,
        expression,
        {column: unit for column, unit in unit_of.items() if unit},
        {column: bound for column, bound in bound_of.items() if bound in columns},
    )
    for column in derivation.columns:
        if column in columns or DERIVED.get(column) in columns:
            message = _("--derive: the table has a column {name!r}", name=column)
            raise UsageError(message, _("choose another name"))
    return derivation


class LargeDerived:
    """A source that is not in memory, with derived columns computed chunk by chunk.

    Conditions on them go to the source as arithmetic on its columns. Rows sorted by one of them are
    loaded into memory.
    """

    def __init__(self, base: Source, derivations: Sequence[Derivation]) -> None:
        self.base, self.derivations = base, tuple(derivations)
        self.name, self.report, self.vocabulary = base.name, base.report, base.vocabulary
        self.notes, self.paths = base.notes, base.paths
        added = [name for one in derivations for name in one.columns]
        self.columns: Sequence[str] = [*base.columns, *added]
        fields = (field for one in derivations for field in one.fields)
        self.schema = base.schema._replace(fields=(*base.schema.fields, *fields))

    def rows(
        self,
        where: Condition = EVERY_ROW,
        columns: Sequence[str] = (),
        *,
        sort: Sequence[str] = (),
        limit: int | None = None,
    ) -> Iterator[Table]:
        """Yield the rows that satisfy ``where``; see ``Source.rows``."""
        names = list(dict.fromkeys(columns)) or list(self.columns)
        keys = [key.removeprefix("-") for key in sort]
        added = {name for one in self.derivations for name in one.columns}
        if not added.isdisjoint(keys):
            extra = ["id"] if "id" in self.columns else []
            whole = collect(self.rows(where, [*names, *keys, *extra]))
            yield from MemorySource(whole).rows(EVERY_ROW, names, sort=sort, limit=limit)
            return
        operands = [name for one in self.derivations for name in one.operands]
        indicator = ["indicator"] if "indicator" in self.base.columns else []
        read = [name for name in dict.fromkeys([*names, *operands, *indicator])
                if name not in added]  # fmt: skip
        condition = self._substituted(where)
        for chunk in self.base.rows(condition, read, sort=sort, limit=limit):
            frame = with_columns(chunk.frame, self.derivations, self.vocabulary)
            yield replace(chunk, frame=frame[names], schema=self.schema)

    def count(self, where: Condition = EVERY_ROW) -> int:
        """Return how many rows satisfy ``where``."""
        return self.base.count(self._substituted(where))

    def counts(self, where: Condition, column: str) -> "pd.Series[int]":
        """Return how many rows have each distinct cell of a column; see ``Source.counts``."""
        if column in self.base.columns or column in DERIVED:
            return self.base.counts(self._substituted(where), column)
        return self._loaded(where, [column]).counts(EVERY_ROW, column)

    def summary(self, where: Condition, columns: Sequence[str]) -> "pd.DataFrame":
        """Return what each of ``columns`` holds; see ``Source.summary``."""
        if {*columns} <= {*self.base.columns, *DERIVED}:
            return self.base.summary(self._substituted(where), columns)
        return self._loaded(where, columns).summary(EVERY_ROW, columns)

    def groups(
        self,
        where: Condition,
        by: Sequence[str],
        measure: Measure | None = None,
        watch: Sequence[str] = (),
    ) -> "pd.DataFrame":
        """Return one row for each distinct combination of ``by``; see ``Source.groups``."""
        columns = [*by, *([measure.column] if measure else []), *watch]
        return self._loaded(where, columns).groups(EVERY_ROW, by, measure, watch)

    def distinct(self, where: Condition, by: Sequence[str], column: str) -> "pd.DataFrame":
        """Return how many distinct filled cells a column has by group; see ``Source.distinct``."""
        return self._loaded(where, [*by, column]).distinct(EVERY_ROW, by, column)

    def frequent(self, where: Condition, columns: Sequence[str]) -> "pd.DataFrame":
        """Return the most frequent cell of each of ``columns``; see ``Source.frequent``."""
        return self._loaded(where, columns).frequent(EVERY_ROW, columns)

    def quantiles(self, where: Condition, columns: Sequence[str]) -> dict[str, list[float]]:
        """Return the quartiles of columns of numbers; see ``Source.quantiles``."""
        return self._loaded(where, columns).quantiles(EVERY_ROW, columns)

    def unreadable(self, where: Condition, column: str) -> Unreadable:
        """Return the filled cells of a column that are not numbers; a result is always one."""
        if column in self.base.columns:
            return self.base.unreadable(self._substituted(where), column)
        return Unreadable(0)

    def melted(
        self, where: Condition, keep: Sequence[str], columns: Sequence[str], into: Melted
    ) -> MemorySource:
        """Return a source with a row for each cell of ``columns``; see ``Source.melted``."""
        return self._loaded(where, [*keep, *columns]).melted(EVERY_ROW, keep, columns, into)

    def _loaded(self, where: Condition, columns: Sequence[str]) -> MemorySource:
        return MemorySource(collect(self.rows(where, columns)))

    def _substituted(self, condition: Condition) -> Condition:
        """Return a condition with the arithmetic of a derived column in place of its name.

        Raises UsageError for what only the cells of a derived column could answer.
        """
        by_name = {one.name: one for one in self.derivations}
        added = {name for one in self.derivations for name in one.columns}

        def cell(column: str, percent: bool = False) -> Expression:
            if column not in by_name:
                return arithmetic.Cell(column, percent)
            if len({*by_name[column].units.values()}) > 1:
                raise self._refused(column)
            return inner(by_name[column].expression)

        def inner(expression: Expression) -> Expression:
            match expression:
                case arithmetic.Cell(column, percent):
                    return cell(column, percent)
                case arithmetic.Operation(sign, left, right):
                    return arithmetic.Operation(sign, inner(left), inner(right))
            return expression

        def results(leaf: Condition) -> Condition:
            if added.isdisjoint(columns_of(leaf)):
                return leaf
            match leaf:
                case Compare(column, sign, Fraction() as value):
                    return CompareResults(cell(column), sign, arithmetic.Number(value))
                case CompareColumns(left, sign, right, percent):
                    return CompareResults(cell(left, percent), sign, cell(right, percent))
                case CompareResults(one, sign, other):
                    return CompareResults(inner(one), sign, inner(other))
            raise self._refused(next(name for name in columns_of(leaf) if name in added))

        return map_leaves(condition, results)

    def _refused(self, column: str) -> UsageError:
        message = _(
            "{name} is too large for this condition on {column!r}: "
            "there a derived column is compared with numbers, in one unit",
            name=self.name, column=column,
        )  # fmt: skip
        return UsageError(message, _("write the derived table to a file first: -o FILE"))


def operands(source: Source, texts: Iterable[str]) -> list[str]:
    """Return the columns of a source that are read by ``--derive``."""
    formulas = (text.partition("=")[2] for text in texts)
    return [
        cell.column
        for formula in formulas
        for cell in arithmetic.cells(
            parse_expression(formula, source.columns, source.vocabulary, source.schema)
        )
    ]


def names(texts: Iterable[str]) -> list[str]:
    """Return the names of the columns that ``NAME=EXPR`` derive."""
    return [text.partition("=")[0].strip() for text in texts]


def count_empty(
    tables: Iterable[Table], names: Sequence[str], empty: Counter[str]
) -> Iterator[Table]:
    """Yield tables as they come, and count in ``empty`` the rows without a result by column."""
    for table in tables:
        for name in names:
            if name in table.frame:
                empty[name] += int((table.frame[name] == "").sum())
        yield table


def notes(empty: Counter[str]) -> list[str]:
    """Return the notes on derived columns that are empty in some rows."""
    return [_empty(name, n) for name, n in empty.items() if n]


def _empty(name: str, n: int) -> str:
    if n == 1:
        return _(
            "{name!r} is empty in 1 row: a cell is missing or not a number, a divisor is or may be "
            "0, or the units differ",
            name=name,
        )
    return _(
        "{name!r} is empty in {n} rows: a cell is missing or not a number, a divisor is or may be"
        " 0, or the units differ",
        name=name, n=n,
    )  # fmt: skip
