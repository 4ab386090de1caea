"""A table without figures side by side: its columns of numbers, summed where rows share a cell."""

import re
from collections import Counter
from collections.abc import Container, Hashable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from transfer_cli.compare import indicators, silence
from transfer_cli.compare.comparison import Comparison, key_columns, requested_figures, rows_of
from transfer_cli.compare.indicators import Request
from transfer_cli.errors import DataError, UsageError, few, unknown
from transfer_cli.messages import _, join, series
from transfer_cli.model import kinds, numbers, ordering, periods
from transfer_cli.model.figure import Figure, Quantity
from transfer_cli.model.headings import HEADINGS, ROW
from transfer_cli.model.intervals import reported
from transfer_cli.model.schema import PERIODS, Field, require
from transfer_cli.model.vocabulary import Vocabulary
from transfer_cli.query import mixed_units
from transfer_cli.query.comparisons import IsMissing
from transfer_cli.query.condition import EVERY_ROW, Condition, Not, both
from transfer_cli.query.notes import notes as condition_notes
from transfer_cli.query.options import VALUES
from transfer_cli.rules.comparability import unchecked
from transfer_cli.rules.decision import COMPARABILITY, Record, decide
from transfer_cli.stats import plan, statistic
from transfer_cli.stats.aggregate import aggregate
from transfer_cli.stats.notes import without_number
from transfer_cli.stats.statistic import Statistic
from transfer_cli.stats.totals import without_totals
from transfer_cli.stats.validate import no_number
from transfer_cli.stats.weights import without_cell
from transfer_cli.tables.source import Melted, Source
from transfer_cli.tables.table import Table

FIRST_ROWS = 1_000
"""Rows looked at before columns that hold text are left out."""
SERIES = ("period", "year", "status", "scope", "source")
"""Columns whose values describe the same province: each province has its own row."""
_APART = (*COMPARABILITY, *PERIODS)
"""Columns in which amounts that are added up agree."""
_KEPT = (*_APART, *plan.NESTING, *VALUES, "unit")
"""Columns that say how others may be added up."""
_YEAR = re.compile(r"(19|20)\d\d", re.ASCII)
_FEW = 8
"""Columns that a note names."""


def compare(source: Source, where: Condition, request: Request, total: int) -> Comparison:
    """Return a row for each column of amounts, with its amount for each value of ``request.by``.

    Rows that agree in it and in the period are added up, columns and periods never. ``total``
    counts the rows that satisfy ``where``. Raises UsageError if the table has no column of
    amounts.
    """
    selection = where
    require(source.columns, [request.by, *request.apart], source.schema)
    notes = condition_notes(source, where, total)
    if not total:
        return _nothing(source, request.by, total, notes)
    keys = _keys(source, request)
    groups = plan.plan(source, plan.Request(keys, (), ""))
    where, totals, of_totals = without_totals(source, where, groups)
    amounts, mixed = _amounts(source, where, keys)
    if mixed and not amounts and _has_row_of_units(source, where, mixed):
        message = _("the first row of {name} holds units, not numbers", name=source.name)
        raise UsageError(message, "transfer-cli tidy TABLE")
    notes += [_mixed(source, where, name) for name in mixed]
    if not amounts:
        message = series([_("the table has no column of numbers"), *notes])
        raise UsageError(message, "transfer-cli describe TABLE")
    selected = _requested(request.names, source.vocabulary, [*amounts, *mixed])
    if request.names and (unreadable := [name for name in mixed if name in selected]):
        raise no_number(source, where, unreadable[0])
    filled = {name: cells for name, cells in amounts.items() if name in selected}
    if not filled:
        named = join(request.names)
        note = _("{name} has no column on {names}; it has {own}",
                 name=source.name, names=named, own=few([*amounts], _FEW))  # fmt: skip
        return _nothing(source, request.by, total, [*notes, note])
    rows = total - totals.total()
    if sides := _sides(request.names, source.vocabulary, [*filled]):
        # A quotient is of rows that have both: sums of other provinces have none.
        full = both(where, *(Not(IsMissing(name)) for name in sides))
        if missing := source.count(where) - source.count(full):
            written = _(" or ").join(source.schema.field(name).written for name in sides)
            notes.append(without_cell(written, missing))
            where, rows = full, rows - missing
            filled |= dict.fromkeys(sides, rows)
    incomplete: set[str] = set()
    for name, cells in filled.items():
        mixed_units.check(source, where, name, keys)
        if missing := rows - cells:
            notes.append(without_number(source.schema.field(name).written, missing))
            incomplete |= {*_incomplete(source, where, keys, name)}
    sums = _sums(source, where, keys, [*filled])
    result = _side_by_side(source, request, [*filled], sums)
    notes = [*source.notes, *notes, *of_totals, *sums.notes, *result.notes]
    of_rows = key_columns(request.by, request.apart, sources=False)
    return result._replace(
        notes=tuple(dict.fromkeys(notes)),
        partial=silence.is_partial(selection, of_rows),
        selected=silence.is_selected(selection, of_rows),
        incomplete=frozenset(incomplete),
    )


def _side_by_side(
    source: Source, request: Request, names: Sequence[str], sums: "_Sums"
) -> Comparison:
    """Return the amounts of the columns ``names`` in rows, in the order of these columns."""
    by, vocabulary = request.by, source.vocabulary
    named = request._replace(names=request.names or tuple(names), own=tuple(names))
    shown, used = requested_figures(sums.figures, named, vocabulary, by)
    places = {name: place for place, name in enumerate(names)}
    rows = sorted(
        rows_of(shown, request, vocabulary),
        key=lambda row: places.get(row.keys["indicator"], len(places)),
    )
    present = {column for row in rows for column in row.cells}
    note = _("plain arithmetic: the table has no indicator and value, so no rule checks sums")
    return Comparison(
        by,
        tuple(sorted(present, key=ordering.sort_key(vocabulary, by))),
        tuple(rows),
        source.name,
        sums.rows if sums.summed else len(sums.figures),
        notes=(note,) if sums.summed else (),
        summed=sums.summed,
        used=used,
        schema=source.schema,
    )


def _nothing(source: Source, by: str, total: int, notes: Sequence[str]) -> Comparison:
    """Return a comparison without rows, with the notes that say why."""
    header = (by, "indicator", "value")
    return Comparison(by, (), (), source.name, total, notes=(*source.notes, *notes), header=header,
                      schema=source.schema)  # fmt: skip


def _requested(names: Sequence[str], vocabulary: Vocabulary, amounts: Sequence[str]) -> set[str]:
    """Return the columns that are requested, by their names or as indicators.

    Raises UsageError, with did-you-mean, for an unknown name.
    """
    if not names or indicators.is_every(names):
        return {*amounts}
    found: set[str] = set()
    for name in (side for each in names for side in indicators.sides(each, amounts)):
        try:
            found |= {*indicators.resolve([name], vocabulary, amounts)}
        except UsageError:
            raise unknown(_("column"), name, amounts) from None
    return found


def _sides(names: Sequence[str], vocabulary: Vocabulary, amounts: Sequence[str]) -> list[str]:
    """Return the columns that are requested as sides of a quotient ``a / b``."""
    quotients = [name for name in names if len(indicators.sides(name, amounts)) > 1]
    selected = _requested(quotients, vocabulary, amounts) if quotients else set()
    return [name for name in amounts if name in selected]


def _incomplete(source: Source, where: Condition, keys: Sequence[str], name: str) -> Iterator[str]:
    """Yield the names (see ``_figure``) of the sums of a column in which a row has no number."""
    columns = dict.fromkeys(key for key in (*keys, *_APART) if key in source.columns)
    by = [key for key in columns if key != "indicator"]
    for row in source.groups(both(where, IsMissing(name)), by).to_dict("records"):
        if row["rows"]:
            yield _called(name, [row[key] for key in by])


def _called(name: str, cells: Iterable[str]) -> str:
    return " ".join(filter(None, [name, *cells]))


def _left_out(name: str, cells: int) -> str:
    if cells == 1:
        return _("{column}: 1 cell left out, as several rows in it do not add", column=name)
    return _(
        "{column}: {n} cells left out, as several rows in each do not add",
        column=name, n=cells,
    )  # fmt: skip


def _mixed(source: Source, where: Condition, name: str) -> str:
    """Return the note on a column that is not compared, as some of its cells are not numbers."""
    bad = source.unreadable(where, name)
    place = f"{source.name}:{bad.line}: " if bad.line else ""
    return _(
        "{place}column {column!r} is not compared: {cell!r} is not a number; leave the cell empty"
        " where nothing is known",
        place=place, column=source.schema.field(name).written, cell=bad.cell,
    )  # fmt: skip


def _has_row_of_units(source: Source, where: Condition, names: Sequence[str]) -> bool:
    """Return whether the first cell of each column that is not a number is a unit."""
    first = (source.unreadable(where, name) for name in names)
    return all(source.vocabulary.units.known(bad.cell) for bad in first)


def _amounts(
    source: Source, where: Condition, keys: Sequence[str]
) -> tuple[dict[str, int], list[str]]:
    """Return the columns of numbers, each with its number of filled cells, and the mixed columns.

    Years and codes are no amounts. A column is mixed if some of its cells are text, and at least
    half of the first ones are numbers, or fewer under a year or a heading with a unit.
    """
    roles = {*HEADINGS, ROW, "year", *keys} - {"value"}
    others = [name for name in source.columns if name not in roles]
    first = next(source.rows(where, others, limit=FIRST_ROWS))
    # A text among the first cells settles that a column holds no numbers, without a summary.
    possible = [name for name in others if first.is_numeric(name) or not any(first.frame[name])]
    summary = source.summary(where, possible).to_dict("records")
    field = source.schema.field
    numbers_only = {
        row["column"] for row in summary if field(row["column"]).is_numeric(bool(row["numeric"]))
    }
    amounts = {
        str(row["column"]): int(row["filled"])
        for row in summary
        if row["filled"]
        and row["column"] in numbers_only
        and not plan.holds_codes(source, row["column"])
        and not _are_years(source, row["column"], row["min"], row["max"])
    }
    mixed = [
        name
        for name in others
        if name not in numbers_only
        and _are_mostly_numbers(
            first.frame[name].tolist(), 5 if field(name).unit or periods.find(name) else 2
        )
    ]
    return amounts, mixed


def _are_mostly_numbers(cells: Sequence[str], least: int) -> bool:
    """Return whether at least one of ``least`` cells is a number."""
    filled = [cell for cell in cells if cell]
    return least * sum(map(numbers.plain_number, filled)) >= len(filled) > 0


def _are_years(source: Source, name: str, low: str, high: str) -> bool:
    """Return whether a column with this minimum and maximum holds years.

    Numbers with a unit, of a known indicator, or of a name that says so, are amounts.
    """
    known = name in source.vocabulary.indicators
    if source.schema.field(name).unit or known or kinds.is_amount(name) or kinds.implied(name):
        return False
    return bool(_YEAR.fullmatch(low) and _YEAR.fullmatch(high))


def _keys(source: Source, request: Request) -> tuple[str, ...]:
    """Return the columns by which rows are added up; the last one becomes the columns."""
    who: tuple[str, ...] = ("province",) if request.by == "industry" else ()
    if request.by in SERIES:
        who = ("province", "place")
    present = {*source.columns}
    named = [key for key in (*who, *request.apart) if key in present and key != request.by]
    return (*dict.fromkeys(named), request.by)


class _Sums(NamedTuple):
    """The amounts of columns as figures, with notes; ``summed`` if a figure adds up several rows.

    ``rows`` is the number of rows behind the figures of a column, of the column with the most.
    """

    figures: list[Figure]
    notes: list[str]
    summed: bool
    rows: int


def _sums(source: Source, where: Condition, keys: tuple[str, ...], names: Sequence[str]) -> _Sums:
    """Return the amounts of the columns ``names`` by ``keys`` and period."""
    figures: list[Figure] = []
    refused, rows = Counter[str](), Counter[str]()
    notes: dict[str, None] = {}
    summed = False
    for table in _statistics(source, where, keys, names):
        notes |= dict.fromkeys(table.notes)
        for cells in table.frame.to_dict("records"):
            name = cells["indicator"]
            if not cells["max"]:
                continue
            if figure := _figure(source, cells, keys):
                figures.append(figure)
                rows[name] += int(cells["n"])
                summed |= int(cells["n"]) > 1
            else:
                refused[name] += 1
    of_each = ((), ("period",), ("unit",), ("period", "unit"))  # as each column has them
    unguarded = {unchecked([*source.columns, *own]) for own in of_each}
    lines = [note for note in notes if note not in unguarded]
    lines += [_left_out(name, n) for name, n in refused.items()]
    return _Sums(figures, lines, summed, max(rows.values(), default=0))


def _statistics(
    source: Source, where: Condition, keys: tuple[str, ...], names: Sequence[str]
) -> Iterator[Table]:
    """Yield ``n``, the sum and the maximum of columns of numbers, by ``keys`` and period.

    ``indicator`` is the name of the column. Columns in one unit, which no other columns describe
    row by row, share a table: their rows are read once. Shares and averages have no sum.
    """
    schema = source.schema
    units = {field.name: schema.constants[field.unit] for field in schema.fields
             if field.unit in schema.constants}  # fmt: skip
    all_described = not {"indicator", "part_of"}.isdisjoint(source.columns)
    groups: dict[tuple[bool, str, str], list[str]] = {}
    for name in names:
        unit, field = units.get(name, ""), schema.field(name)
        described = all_described or field.bound or (field.unit and name not in units)
        alone = name if described or name == "value" else ""
        groups.setdefault((_adds(source, name, unit), unit, alone), []).append(name)
    for (adds, *_rest), group in groups.items():
        statistics = tuple(statistic.parse(["sum", "max"] if adds else ["max"]))
        if len(group) > 1:
            try:
                yield _melted(source, where, keys, group, statistics)
                continue
            except DataError:
                pass  # Read one by one, so that the error names the column.
        for name in group:
            request = plan.Request(keys, statistics, name, advised=False)
            table = aggregate(source, where, request)
            yield table.with_frame(table.frame.assign(indicator=name))


def _adds(source: Source, name: str, unit: str) -> bool:
    """Return whether a column holds amounts that add up: no shares, ranks or averages."""
    known = source.vocabulary.indicators.get(name)
    dimension = source.vocabulary.unit(unit, known).dimension
    return decide("sum", [Record(name, known, dimension)]).allowed


def _melted(
    source: Source,
    where: Condition,
    keys: tuple[str, ...],
    names: Sequence[str],
    statistics: tuple[Statistic, ...],
) -> Table:
    """Return the statistics of several columns in one unit, whose rows are read once."""
    present = {*source.columns} - {*names}
    into = Melted(*(_unused(name, {*source.columns}) for name in Melted._fields))
    unit = source.schema.field(names[0]).unit
    kept = dict.fromkeys(key for key in (*keys, *_KEPT, unit) if key in present)
    melted = source.melted(where, [*kept], names, into)
    fields = (*melted.schema.fields, Field(into.cell, unit=unit))
    melted.schema = melted.schema._replace(fields=fields)
    request = plan.Request((into.column, *keys), statistics, into.cell, noted=False, advised=False)
    table = aggregate(melted, EVERY_ROW, request)
    return table.with_frame(table.frame.assign(indicator=table.frame[into.column]))


def _unused(name: str, taken: Container[str]) -> str:
    while name in taken:
        name += "_"
    return name


def _figure(source: Source, cells: Mapping[Hashable, str], keys: Sequence[str]) -> Figure | None:
    """Return the amount of a group as a figure; its column is the indicator.

    Returns None if several rows have amounts that do not add up, such as shares.
    """
    name, several = cells["indicator"], int(cells["n"]) > 1
    known = source.vocabulary.indicators.get(name)
    chosen = "sum" if several else "max"
    if not cells.get(chosen):
        return None
    of = {key: cells[key] for key in (*keys, *_APART) if key in cells and key != "indicator"}
    unit = source.vocabulary.unit(cells.get("unit", ""))
    bound = cells.get(f"{chosen}_bound", "")
    row = {**of, "indicator": name, "value": cells[chosen]}
    if unit.name:
        row |= {"unit": unit.name, "bound": bound}
    amount = numbers.machine(Fraction(cells[chosen]))
    signed = known is not None and known.signed
    quantity = Quantity(reported(amount, bound, signed=signed), unit)
    return Figure(row, quantity, known, name=_called(name, of.values()))
