"""A table without figures side by side: its columns of numbers, summed where rows share a cell."""

import re
from collections.abc import Hashable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from transfer_cli.compare import indicators
from transfer_cli.compare.comparison import Comparison, Request, requested_figures, rows_of
from transfer_cli.errors import UsageError, few, unknown
from transfer_cli.messages import _
from transfer_cli.model import numbers, ordering
from transfer_cli.model.figure import Figure, Quantity
from transfer_cli.model.headings import HEADINGS
from transfer_cli.model.intervals import reported
from transfer_cli.model.vocabulary import Vocabulary
from transfer_cli.query.condition import Condition
from transfer_cli.query.notes import notes as condition_notes
from transfer_cli.stats import plan, statistic
from transfer_cli.stats.aggregate import aggregate
from transfer_cli.stats.unsound import no_number
from transfer_cli.tables.source import Source

FIRST_ROWS = 1_000
"""Rows looked at before columns that hold text are left out."""
SERIES = ("period", "year", "status", "scope", "source")
"""Columns of which each value is one of the same province: a row for each province."""
_YEAR = re.compile(r"(19|20)\d\d", re.ASCII)
_CODE = re.compile(r"\d{6}", re.ASCII)
_FEW = 8
"""Columns that a note names."""


def compare(source: Source, where: Condition, request: Request, total: int) -> Comparison:
    """Return a row for each column of amounts, with its amount for each value of ``request.by``.

    Rows that agree in it and in the period are added up, columns and periods never. ``total``
    counts the rows that satisfy ``where``. Raises UsageError if the table has no column of
    amounts.
    """
    by, vocabulary = request.by, source.vocabulary
    selection = list(condition_notes(source, where, total))
    if not total:
        return _nothing(source, by, total, selection)
    amounts, mixed = _amounts(source, where, by)
    selection += [_mixed(source, where, name) for name in mixed]
    if not amounts:
        message = "; ".join([_("the table has no column of numbers"), *selection])
        raise UsageError(message, "transfer-cli describe TABLE")
    wanted = _requested(request.names, vocabulary, [*amounts, *mixed])
    if request.names and (unreadable := [name for name in mixed if name in wanted]):
        raise no_number(source, where, unreadable[0])
    every = [name for name in amounts if name in wanted]
    if not every:
        named = ", ".join(request.names)
        note = _("{name} has no column on {names}; it has {own}",
                 name=source.name, names=named, own=few(amounts, _FEW))  # fmt: skip
        return _nothing(source, by, total, [*selection, note])
    figures: list[Figure] = []
    notes = selection
    added = 0
    for name in every:
        made = list(_figures(source, where, by, name))
        figures += [figure for figure, _rows in made if figure]
        added += sum(rows > 1 for figure, rows in made if figure)
        if left_out := sum(figure is None for figure, _rows in made):
            notes.append(_left_out(name, left_out))
    shown, used = requested_figures(figures, request.names, vocabulary, every)
    if added:
        note = _("plain arithmetic: the table has no indicator and value, so no rule checks sums")
        notes.append(note)
    rows = rows_of(shown, request, vocabulary)
    present = {column for row in rows for column in row.cells}
    columns = tuple(sorted(present, key=ordering.sort_key(vocabulary, by)))
    return Comparison(
        by,
        columns,
        rows,
        source.name,
        total if added else len(figures),
        notes=tuple(dict.fromkeys([*source.notes, *notes])),
        summed=bool(added),
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

    Raises UsageError, with did-you-mean, for what is neither.
    """
    found: set[str] = set()
    for name in (side for each in names or amounts for side in indicators.sides(each, amounts)):
        try:
            found |= {*indicators.resolve([name], vocabulary, amounts)}
        except UsageError:
            raise unknown(_("column"), name, amounts) from None
    return found


def _left_out(name: str, cells: int) -> str:
    if cells == 1:
        return _("{column}: 1 cell left out, as several rows in it do not add", column=name)
    return _(
        "{column}: {n} cells left out, as several rows in each do not add",
        column=name, n=cells,
    )  # fmt: skip


def _mixed(source: Source, where: Condition, name: str) -> str:
    """Return the note on a column that is not compared, as some of its cells are no numbers."""
    bad = source.unreadable(where, name)
    place = f"{source.name}:{bad.line}: " if bad.line else ""
    return _(
        "{place}column {column!r} is not compared: {cell!r} is no number; leave the cell empty"
        " where nothing is known",
        place=place, column=source.schema.field(name).written, cell=bad.cell,
    )  # fmt: skip


def _amounts(source: Source, where: Condition, by: str) -> tuple[list[str], list[str]]:
    """Return the columns of numbers to compare, and those of numbers and text.

    Years and codes of six digits are no amounts. A column of which at least every second cell of
    the first rows is a number is one of numbers and text.
    """
    roles = {*HEADINGS, "year", by} - {"value"}
    others = [name for name in source.columns if name not in roles]
    first = next(source.rows(where, others, limit=FIRST_ROWS))
    # A text among the first cells settles that a column holds no numbers, without a summary.
    possible = [name for name in others if first.is_numeric(name) or not any(first.frame[name])]
    summary = source.summary(where, possible).to_dict("records")
    numbers_only = {row["column"] for row in summary if _is_number(source, row)}
    amounts = [
        row["column"]
        for row in summary
        if row["filled"]
        and row["column"] in numbers_only
        and not _are_codes(row["min"], row["max"])
    ]
    mixed = [
        name
        for name in others
        if name not in numbers_only and _are_mostly_numbers(first.frame[name].tolist())
    ]
    return amounts, mixed


def _are_mostly_numbers(cells: Sequence[str]) -> bool:
    filled = [cell for cell in cells if cell]
    return 2 * sum(map(numbers.plain_number, filled)) >= len(filled) > 0


def _is_number(source: Source, row: dict[Hashable, Any]) -> bool:
    kind = source.schema.field(row["column"]).type
    return bool(row["numeric"]) if kind == "any" else kind in ("number", "integer", "year")


def _are_codes(low: str, high: str) -> bool:
    """Return whether the minimum and maximum of a column are years or codes of six digits."""
    return any(form.fullmatch(low) and form.fullmatch(high) for form in (_YEAR, _CODE))


def _figures(
    source: Source, where: Condition, by: str, name: str
) -> Iterator[tuple[Figure | None, int]]:
    """Yield the amounts of a column as figures, each with the rows that it is the sum of.

    None where several rows have amounts that do not add up, such as shares.
    """
    who = [key for key in ("province", "place") if by in SERIES and key in source.columns]
    keys = (*who, by)
    known = source.vocabulary.indicators.get(name)
    request = plan.Request(keys, tuple(statistic.parse(["sum", "max"])), name)
    table = aggregate(source, where, request)
    apart = [key for key in table.columns if key in source.columns and key != "unit"]
    for cells in table.frame.to_dict("records"):
        rows = int(cells["n"])
        chosen = "sum" if rows > 1 else "max"
        if not cells["max"]:
            continue
        if not cells[chosen] or (rows > 1 and known and not known.additive):
            yield None, rows
            continue
        yield _figure(source, cells, {key: cells[key] for key in apart}, name, chosen), rows


def _figure(
    source: Source, cells: Mapping[Hashable, str], keys: Mapping[str, str], name: str, chosen: str
) -> Figure:
    """Return the amount ``chosen`` of a group as a figure on the indicator that its column is."""
    known = source.vocabulary.indicators.get(name)
    unit = source.vocabulary.unit(cells.get("unit", ""))
    bound = cells.get(f"{chosen}_bound", "")
    row = {**keys, "indicator": name, "value": cells[chosen]}
    if unit.name:
        row |= {"unit": unit.name, "bound": bound}
    amount = numbers.machine(Fraction(cells[chosen]))
    signed = known is not None and known.signed
    called = " ".join(filter(None, [name, *keys.values()]))
    quantity = Quantity(reported(amount, bound, signed=signed), unit)
    return Figure(row, quantity, known, name=called)
