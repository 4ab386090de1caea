"""Rows of a source for an output, with the bounds of numbers, in one unit, and their notes."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from transfer_cli.errors import Instead, RefusedError, UsageError
from transfer_cli.frames import pd
from transfer_cli.messages import _, join
from transfer_cli.model import numbers
from transfer_cli.model.headings import chosen, with_units
from transfer_cli.model.vocabulary import Vocabulary
from transfer_cli.output.formats.interface import Settings
from transfer_cli.query import mixed_units, unlike_dates
from transfer_cli.query.condition import Condition
from transfer_cli.query.notes import notes as condition_notes
from transfer_cli.query.options import unit_column, value_column
from transfer_cli.tables import derived
from transfer_cli.tables.memory import MemorySource
from transfer_cli.tables.source import Source
from transfer_cli.tables.table import Table


@dataclass
class Selection:
    """The rows of a source that ``filter`` and ``export`` write, and the notes on them.

    ``columns`` and ``sort`` are names of columns as options give them, ``unit`` is the unit in
    which amounts are shown. ``derive`` has the texts ``NAME=EXPR`` of the derived columns of the
    source.
    """

    source: Source
    where: Condition
    columns: Sequence[str] | None = None
    derive: Sequence[str] = ()
    sort: Sequence[str] | None = None
    limit: int | None = None
    unit: str = ""

    def __post_init__(self) -> None:
        columns, schema = self.source.columns, self.source.schema
        self.names = chosen(self.columns, columns, schema)
        self.keys = chosen(self.sort, columns, schema)
        self.results = derived.names(self.derive)
        self._shown = in_unit(self.source, self.unit) if self.unit else None
        self._empty: Counter[str] = Counter()

    def tables(self) -> Iterator[Table]:
        """Yield the rows in chunks, as ``Source.rows`` does.

        A bound whose column is not shown comes as a hidden column. Amounts in a unit come with the
        column of units. Rows without a derived result are counted, and a note says how many rows
        ``limit`` leaves out.
        """
        return derived.count_empty(self._tables(), self.results, self._empty)

    def _tables(self) -> Iterator[Table]:
        source, columns, shown = self.source, list(dict.fromkeys(self.names)), self._shown
        if shown and columns and shown.units not in columns:
            columns.append(shown.units)
        bounds = dict.fromkeys(source.schema.field(name).bound for name in columns)
        hidden = tuple(name for name in bounds if name in source.columns and name not in columns)
        if shown and columns and shown.indicators and shown.indicators not in columns:
            hidden = (*hidden, shown.indicators)
        converted = shown is not None or not {*columns}.isdisjoint(source.schema.constants)
        # One row more than the limit shows whether rows are left out.
        limit, rows = self.limit, 0
        limited = None if limit is None else limit + 1
        for chunk in source.rows(self.where, [*columns, *hidden], sort=self.keys, limit=limited):
            table = replace(chunk, hidden=hidden)
            if converted:
                table = replace(table, schema=with_units(table.schema))
            if limit is not None and rows + len(table) > limit:
                note = _limit_note(source, self.where, limit, ordered=bool(self.keys))
                table = table.with_frame(table.frame.head(limit - rows), note)
            rows += len(table)
            yield shown.convert(table) if shown else table

    def notes(self) -> list[str]:
        """Return the notes on the rows; complete once all rows are read."""
        return [
            *condition_notes(self.source, self.where),
            *(self._shown.notes() if self._shown else ()),
            *derived.notes(self._empty),
            *mixed_units.notes(
                self.source,
                self.where,
                [*derived.operands(self.source, self.derive), *self._amounts_sorted()],
            ),
            *unlike_dates.sorted_as_text(self.source, self.where, self.sorted_by),
        ]

    @property
    def sorted_by(self) -> list[str]:
        """The columns by which the rows are sorted."""
        return [key.removeprefix("-") for key in self.keys]

    def _amounts_sorted(self) -> list[str]:
        """Return the columns of numbers of the table by which the rows are sorted."""
        keys = [key for key in self.sorted_by if key not in self.results]
        return [name for name, numeric in self._numeric(keys).items() if numeric] if keys else []

    def settings(self, first: Sequence[str] = ()) -> Settings:
        """Return how the rows are written; a screen shows the columns ``first`` first."""
        return Settings(
            first=first,
            all_columns=bool(self.names),
            # Of limited rows all are looked at: the first may be numbers where not all are.
            numeric=self._numeric if self.limit is None else None,
            notes=self.notes,
            selectable=True,
        )

    def _numeric(self, names: Sequence[str]) -> dict[str, bool]:
        """Return which of several columns hold numbers in all rows that are selected."""
        summary = self.source.summary(self.where, names)
        return dict(zip(summary["column"], map(bool, summary["numeric"]), strict=True))


@dataclass
class InUnit:
    """The amounts of a table in one unit; rows of another dimension stay as they are printed."""

    name: str
    values: str
    units: str
    indicators: str
    vocabulary: Vocabulary
    others: Counter[str] = field(default_factory=Counter)
    """How many rows have an amount in each unit of another dimension."""

    def convert(self, table: Table) -> Table:
        """Return a table with its amounts in the unit, exactly."""
        frame = table.frame
        percent = numbers.reads_percent(self.values, list(frame.columns))
        codes = frame[self.indicators].tolist() if self.indicators else [""] * len(frame)
        values, names = frame[self.values].tolist(), frame[self.units].tolist()
        for place, (value, name, code) in enumerate(zip(values, names, codes, strict=True)):
            if not value or not numbers.is_number(value, percent=percent):
                continue
            factor, target = self._conversion(name, code)
            if not target:
                self.others[name] += 1
                continue
            values[place] = numbers.machine(numbers.exact(value) * factor)
            names[place] = target
        return table.with_frame(frame.assign(**{
            self.values: pd.Series(values, index=frame.index, dtype=object),
            self.units: pd.Series(names, index=frame.index, dtype=object),
        }))  # fmt: skip

    def _conversion(self, name: str, code: str) -> tuple[Fraction, str]:
        """Return the factor from a unit as printed, and the name of the unit shown.

        The name is empty for a unit of another dimension.
        """
        indicator = self.vocabulary.indicators.get(code)
        own = self.vocabulary.unit(name, indicator)
        try:
            target = self.vocabulary.units.target(self.name, own)
        except RefusedError:
            return Fraction(1), ""
        return own.convert(Fraction(1), target), target.name

    def notes(self) -> list[str]:
        """Return the note on rows of another dimension."""
        if not self.others:
            return []
        units = join(name or _("no unit") for name in self.others)
        if (n := self.others.total()) == 1:
            return [_("1 row is not converted to {unit}, which measures something else: {units}",
                      unit=self.name, units=units)]  # fmt: skip
        return [_("{n} rows are not converted to {unit}, which measures something else: {units}",
                  n=n, unit=self.name, units=units)]  # fmt: skip


def in_unit(source: Source, name: str) -> InUnit:
    """Return how the amounts of a source are shown in a unit.

    Raises UsageError for an unknown unit, and for a table without a column of units.
    """
    source.vocabulary.units.require(name)
    values = value_column(source, "--unit")
    units = unit_column(source.schema, source.columns, values)
    if not units:
        message = _("the table has no column of units, so nothing converts")
        raise UsageError(message, Instead("--unit"))
    indicators = "indicator" if "indicator" in source.columns else ""
    return InUnit(name, values, units, indicators, source.vocabulary)


def _limit_note(source: Source, where: Condition, limit: int, *, ordered: bool) -> str:
    """Return the note on rows left out; a large file is not read to its end to count them."""
    if ordered or isinstance(source, MemorySource):
        total = source.count(where)
        return _("{limit:,} of {total:,} rows shown (--limit {limit})", limit=limit, total=total)
    return _("the first {limit:,} rows shown (--limit); what follows was not read", limit=limit)
