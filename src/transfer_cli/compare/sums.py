"""A table without figures side by side: the sums of its columns of numbers."""

import re
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

from transfer_cli.compare import averages, indicators
from transfer_cli.compare.comparison import Comparison, Request, Row
from transfer_cli.errors import DataError, RefusedError, UsageError, unknown
from transfer_cli.messages import _
from transfer_cli.model import names, numbers, ordering
from transfer_cli.model.figure import Figure, Quantity
from transfer_cli.model.intervals import reported
from transfer_cli.model.schema import require
from transfer_cli.model.vocabulary import Vocabulary
from transfer_cli.query.condition import EVERY_ROW, Condition
from transfer_cli.query.notes import notes as condition_notes
from transfer_cli.rules.decision import COMPARABILITY
from transfer_cli.stats import plan, statistic
from transfer_cli.stats.aggregate import aggregate
from transfer_cli.tables.source import Melted, Source
from transfer_cli.tables.table import Table

FIRST_ROWS = 1_000
"""Rows looked at before columns that hold text are left out."""
PLACES = ("province", "place")
"""What a row is about when the columns are periods."""
_KEPT = (*COMPARABILITY, *plan.PERIODS, *plan.NESTING, *plan.VALUES, "unit")
"""Columns that say how others may be added up."""
_AMOUNT = frozenset({"value", "unit", "bound", "low", "high"})
"""Cells that say how much a sum is; the others say of what."""
_YEAR = re.compile(r"(19|20)\d\d", re.ASCII)
_CODE = re.compile(r"\d{6}", re.ASCII)


def compare(source: Source, where: Condition, request: Request, total: int) -> Comparison:
    """Return a row for each column of amounts with its sum for each value of the column ``by``.

    The names of the request are columns, or quotients ``a / b`` of the sums of two. ``total``
    counts the rows that satisfy ``where``. Raises UsageError for an unknown column, or if the table
    has no column of amounts, RefusedError if no sum that is requested has a meaning.
    """
    by = request.by
    require(source.columns, [by, *request.apart])
    who = PLACES if by in plan.PERIODS else PLACES[:1] if by == "industry" else ()
    present_keys = (name for name in (*who, *request.apart) if name in source.columns)
    keys = tuple(dict.fromkeys((by, *present_keys)))
    amounts = _amounts(source, where, keys) if total else []
    if not amounts and total:
        raise UsageError(_("the table has no column of numbers"), "transfer-cli describe TABLE")
    requested = _requested(request.names, amounts) if total else []
    needed = list(dict.fromkeys(side for sides in requested for side in sides))
    figures, notes = _figures(source, where, keys, needed)
    shown = [figure for sides in requested for figure in _of(sides, figures, source.vocabulary)]
    rows = _rows(shown, by, source.vocabulary)
    present = {column for row in rows for column in row.cells}
    columns = tuple(sorted(present, key=ordering.sort_key(source.vocabulary, _meaning(by))))
    notes = [*source.notes, *condition_notes(source, where, total), *notes]
    return Comparison(
        by,
        columns,
        rows,
        source.name,
        total,
        notes=tuple(dict.fromkeys(notes)),
        summed=True,
        used=total,
    )


def _meaning(column: str) -> str:
    """Return by which column's order the cells of a column are sorted."""
    return "period" if column in plan.PERIODS else column


def _requested(requested: Sequence[str], amounts: Sequence[str]) -> list[list[str]]:
    """Return the columns that names stand for, two for a quotient; every one for no name.

    Raises UsageError, with did-you-mean, for a name that is no column of numbers.
    """
    if not requested or any(name.casefold() in indicators.EVERY for name in requested):
        return [[name] for name in amounts]
    folded = {names.fold(name): name for name in reversed(amounts)}
    sides = [[side] if side in amounts else indicators.sides(side) for side in requested]
    for name in (name for each in sides for name in each if names.fold(name) not in folded):
        raise unknown(_("column of numbers"), name, amounts)
    return [[folded[names.fold(name)] for name in each] for each in sides]


def _of(
    sides: Sequence[str], figures: Mapping[str, list[Figure]], vocabulary: Vocabulary
) -> list[Figure]:
    """Return the sums of a column, or the quotients of those of two."""
    found = [figure for side in dict.fromkeys(sides) for figure in figures.get(side, ())]
    if len(sides) == 1:
        return found
    made = averages.averages(found, sides[:1], sides[1:], vocabulary, key=_cells)
    return [average.figure for average in made]


def _cells(figure: Figure) -> tuple[str, ...]:
    """Return what a sum is of, besides its column of numbers."""
    apart = (*_AMOUNT, "indicator")
    return tuple(cell for name, cell in figure.row.items() if name not in apart)


def _amounts(source: Source, where: Condition, keys: Sequence[str]) -> list[str]:
    """Return the columns of numbers to add up: years and codes of six digits are none."""
    others = [
        name for name in source.columns if name not in keys and source.schema.field(name).adds
    ]
    first = next(source.rows(where, others, limit=FIRST_ROWS))
    # A text among the first cells settles that a column holds no numbers, without a summary.
    others = [name for name in others if first.is_numeric(name) or not any(first.frame[name])]
    summary = source.summary(where, others).to_dict("records")
    return [
        row["column"]
        for row in summary
        if row["filled"] and _is_number(source, row) and not _are_codes(row["min"], row["max"])
    ]


def _is_number(source: Source, row: dict[Hashable, Any]) -> bool:
    kind = source.schema.field(row["column"]).type
    return bool(row["numeric"]) if kind == "any" else kind in ("number", "integer", "year")


def _are_codes(low: str, high: str) -> bool:
    """Return whether the minimum and maximum of a column are years or codes of six digits."""
    return any(form.fullmatch(low) and form.fullmatch(high) for form in (_YEAR, _CODE))


def _figures(
    source: Source, where: Condition, keys: Sequence[str], columns: Sequence[str]
) -> tuple[dict[str, list[Figure]], list[str]]:
    """Return the sums of columns for each value of ``keys``, by column, and the notes on them.

    There is one for each unit, and for each period and stage that the table has. Raises
    RefusedError if no column may be added up.
    """
    figures: dict[str, list[Figure]] = {}
    notes: list[str] = []
    refused: list[RefusedError] = []
    alone = dict.fromkeys(_described(source, columns))
    undescribed = [name for name in columns if name not in alone]
    for together in [undescribed, *([name] for name in alone)]:
        try:
            for table in _sums(source, where, keys, together) if together else ():
                notes += table.notes
                for figure in _read(table, source, keys[0]):
                    figures.setdefault(figure.get("indicator"), []).append(figure)
        except RefusedError as error:
            refused.append(error)
            notes.append(str(error))
    if refused and not figures:
        raise refused[0]
    return figures, notes


def _described(source: Source, columns: Sequence[str]) -> Iterator[str]:
    """Yield the columns of numbers that others describe: their unit or bound, what they are of."""
    every = not {"indicator", "part_of"}.isdisjoint(source.columns)
    related = {field.name for field in source.schema.fields if field.unit or field.bound}
    yield from (name for name in columns if every or name == "value" or name in related)


def _sums(
    source: Source, where: Condition, keys: Sequence[str], names: Sequence[str]
) -> Iterator[Table]:
    """Yield the sums of columns, whose names stand in the column ``indicator``.

    Many columns are melted into one, so that the rows are read once.
    """
    stats = tuple(statistic.parse(["sum"]))
    if len(names) > 1:
        taken, melted_names = {*source.columns}, {*names}
        into = Melted(*(_unused(name, taken) for name in Melted._fields))
        kept = [name for name in (*keys, *_KEPT) if name in taken and name not in melted_names]
        kept = list(dict.fromkeys(kept))
        melted = source.melted(where, kept, names, into)
        request = plan.Request((into.column, *keys), stats, into.cell)
        try:
            table = aggregate(melted, EVERY_ROW, request)
            yield replace(table, frame=table.frame.rename(columns={into.column: "indicator"}))
            return
        except DataError:
            pass  # Column by column the error says which it is.
    for name in names:
        table = aggregate(source, where, plan.Request(tuple(keys), stats, name))
        yield replace(table, frame=table.frame.assign(indicator=name))


def _unused(name: str, taken: set[str]) -> str:
    while name in taken:
        name += "_"
    return name


def _read(table: Table, source: Source, by: str) -> Iterator[Figure]:
    """Yield the sums in a table as figures; keys are the columns that the source has."""
    keys = [key for key in table.columns if key in source.columns and key not in (by, "unit")]
    for cells in table.frame.to_dict("records"):
        if not cells["sum"]:
            continue
        unit = source.vocabulary.unit(cells.get("unit", ""))
        bound = cells.get("sum_bound", "")
        named = {"indicator": cells["indicator"], **{key: cells[key] for key in keys}}
        row = {by: cells[by], **named, "value": cells["sum"]}
        if unit.name:
            row |= {"unit": unit.name, "bound": bound}
        amount = numbers.machine(Fraction(cells["sum"]))
        name = _(
            "{column} of {where}",
            column=named["indicator"],
            where=" ".join(cells[key] for key in (by, *keys)),
        )
        yield Figure(row, Quantity(reported(amount, bound), unit), None, name=name)


def _rows(figures: Sequence[Figure], by: str, vocabulary: Vocabulary) -> tuple[Row, ...]:
    """Return a row for each column, unit and further key; columns in the order of the figures."""
    rows: dict[tuple[str, ...], Row] = {}
    for figure in figures:
        keys = {key: cell for key, cell in figure.row.items() if key not in _AMOUNT and key != by}
        unit = figure.quantity.unit
        row = rows.setdefault((*keys.values(), unit.name), Row(keys, unit, {}))
        row.cells[figure.get(by)] = [figure]
    first = {name: n for n, name in enumerate({f.get("indicator"): 0 for f in figures})}
    others = dict.fromkeys(key for row in rows.values() for key in row.keys if key != "indicator")
    orders = {key: ordering.sort_key(vocabulary, _meaning(key)) for key in others}

    def position(row: Row) -> tuple[object, ...]:
        cells = (orders[key](row.keys.get(key, "")) for key in orders)
        return (first[row.keys["indicator"]], *cells, row.unit.name)

    return tuple(sorted(rows.values(), key=position))
