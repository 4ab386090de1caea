"""Tables for people: labels, grouped numbers, footnotes.

A terminal shows as many columns as fit and names the rest below; a document has room for all.
"""

from collections.abc import Container, Iterable, Mapping, Sequence
from fractions import Fraction
from pathlib import PurePath
from typing import Any

from transfer_cli import streams
from transfer_cli.messages import _, join, series
from transfer_cli.model.labels import MISSING
from transfer_cli.output import columns as table_columns
from transfer_cli.output import terminal
from transfer_cli.output.columns import Column
from transfer_cli.output.document import Cell, Document, Row
from transfer_cli.output.footnotes import MARKED, Footnotes, translated
from transfer_cli.output.formats import Settings
from transfer_cli.streams import safe
from transfer_cli.tables.table import Table

MAX_ROWS = 200
"""Rows that a screen shows; a rich table takes 0.7 ms a row."""


PREFERRED = {
    "metrics": ("value", "unit", "province", "indicator", "status", "period", "place", "subject",
                "scope", "industry", "id"),
    "projects": ("project", "province", "investment", "investment_unit", "status", "year", "place",
                 "industry", "capacity", "capacity_unit", "id"),
}  # fmt: skip
"""The columns of each schema that are shown first where there is no room for all."""
ORDER = ("province", "place", "subject", "project", "scope", "industry", "indicator", "status",
         "year", "period", "value", "unit", "investment", "investment_unit")  # fmt: skip
"""The order in which those are shown that find room; others follow, and the id comes last."""

SHARE_BAR = 10
"""The width of the small bar of a share of 100 %."""
MAX_CELL = 2000
"""Characters of a cell that a screen shows."""
MAX_COLUMNS = 100
"""Columns that are looked at: most of ten thousand find no room."""


def render(table: Table, rows: int, settings: Settings) -> str:
    """Return the first rows of a table drawn for a terminal, and below what was left out.

    ``rows`` is the number of rows of the result; ``table`` may have only the first of them.
    """
    head = table.with_frame(table.frame.head(MAX_ROWS).map(_shortened))
    notes = Footnotes(head, settings)
    footnoted = (notes.column, "line") if notes.present else ()
    names = _by_importance(head) if settings.all_columns else _preferred(head, settings)
    candidates = [name for name in names if name not in footnoted]
    every = [*table_columns.read(head, candidates[:MAX_COLUMNS])]
    units = {"unit", *(head.field(column.name).unit for column in every)}
    shown = _fitting(every, units, terminal.width() - notes.width, head, settings)
    names = [column.name for column in shown]
    twins = {f"{column.name}_zh" for column in every}
    words = [column for column in every if column.name not in (*units, *twins)]
    constant = _constant(head, words, names) if len(head) == rows else {}
    notes.number([one.name for one in every if one.name not in (*names, *constant)])
    shown = [column._replace(cells=notes.marked(column)) for column in shown]
    shown = _with_shares(shown, table, settings)
    body = terminal.draw(_grid(shown, len(head)), color=settings.color)
    lines = [
        *notes.lines(),
        *_same_in_every_row(constant, rows),
        *_left_out(
            table, [*names, *constant, *([notes.column] if notes.positions else [])], rows, settings
        ),
    ]
    return body + "".join(f"{line}\n" for line in lines)


def _fitting(
    columns: Sequence[Column], units: Container[str], room: int, table: Table, settings: Settings
) -> list[Column]:
    """Return the columns that fit into ``room``, the most important ones, in the order shown."""
    ordered = _by_variety(columns, table, settings)
    shown = table_columns.distinguishing(ordered, units, room)
    # A number is not shown without its unit.
    missing = {*table.columns} - {column.name for column in shown}
    shown = [one for one in shown if table.field(one.name).unit not in missing] or shown
    if settings.all_columns:
        return sorted(shown, key=lambda column: table.columns.index(column.name))
    return sorted(shown, key=lambda column: _place(column.name, table))


def _shortened(cell: str) -> str:
    """Return the beginning of a cell that is longer than a screen can show."""
    if len(cell) <= MAX_CELL:
        return cell
    more = _("{count:,} more characters", count=len(cell) - MAX_CELL)
    return f"{cell[:MAX_CELL]}… ({more})"


def document(table: Table, settings: Settings) -> Document:
    """Return a table as people read it, with every column that a wide screen would show.

    Columns that a screen shows as symbols or footnotes are left out. Of a built-in table only the
    preferred columns that are not empty are shown.
    """
    notes = Footnotes(table, settings)
    names = _document_columns(table, settings)
    if not notes.present and notes.mark and notes.column in table.columns:
        names.append(notes.column)
    columns = [*table_columns.read(table, names)]
    if table.schema.name in PREFERRED and not settings.all_columns:
        columns = [
            one for one in columns if {*one.cells} != {MISSING} or one.name in settings.first
        ]
    notes.number(())
    cells = [[*map(Cell, notes.marked(column))] for column in columns]
    return Document(
        safe(PurePath(table.name).stem or table.schema.name),
        [column.header.replace("\n", " ") for column in columns],
        [column.right for column in columns],
        [*map(Row, zip(*cells, strict=True))],
        notes.texts(),
    )


def _document_columns(table: Table, settings: Settings) -> list[str]:
    if settings.all_columns:
        return _without_ends(table)
    names = _preferred(table, settings)
    if table.schema.headings:
        return [name for name in table.columns if name in names]
    if table.schema.name in PREFERRED:
        preferred = {*names[: len(PREFERRED[table.schema.name])], *settings.first}
        own = {field.name for field in table.schema.fields} - preferred
        names = [*names, *(name for name in table.columns if name not in {*names, *own})]
        names = [name for name in names if name not in own]
    return sorted(names, key=lambda name: _place(name, table))


def _by_variety(columns: Sequence[Column], table: Table, settings: Settings) -> list[Column]:
    """Return the columns; those with the same cell in every row come last.

    A line below the table names them. Numbers, units, requested columns, and those that every
    figure needs keep their place. The id comes before a constant scope or industry, empty columns
    at the end.
    """
    if len(table) < 2 or settings.all_columns or table.schema.name not in PREFERRED:
        return [*columns]
    units = {table.field(column.name).unit for column in columns}
    fixed = {*units, *settings.first, *MARKED.values(), *table_columns.ALWAYS}

    def position(column: Column) -> int:
        cells = {*column.cells}
        if column.right or column.name in fixed:
            return 0
        if len(cells) > 1:
            return 2 if column.name == "id" else 0
        if cells == {MISSING}:
            return 4
        return 3 if column.name in ("scope", "industry") else 1

    return sorted(columns, key=position)


def _preferred(table: Table, settings: Settings) -> list[str]:
    """Return the columns, the most important first: those requested, then the preferred."""
    names = [translated(name, table) for name in PREFERRED.get(table.schema.name, ())]
    requested = [part for name in settings.first for part in (name, table.field(name).unit)]
    order = [*names[:2], *requested, *names[2:]]
    present = set(table.columns)
    if not names or not present.issuperset(names):
        order += _without_ends(table)
    return [name for name in dict.fromkeys(order) if name in present]


def _place(name: str, table: Table) -> tuple[int, int]:
    """Return the position of a column: in ``ORDER``, or else in the table; the id last."""
    base = name.removesuffix("_zh") if name not in ORDER else name
    known = table.schema.name in PREFERRED and not table.schema.headings
    if known and base in ORDER:
        return (0, ORDER.index(base))
    return (2 if known and name == "id" else 1, table.columns.index(name))


def _constant(table: Table, columns: Iterable[Column], shown: Sequence[str]) -> dict[str, str]:
    """Return the columns without room that have the same cell in every row, each with it."""
    return {
        column.name: f"{column.header} {column.cells[0]}".replace("\n", " ")
        for column in columns
        if column.name not in shown
        and column.name != "id"
        and len({*column.cells}) == 1
        and column.cells[0] not in ("", MISSING)
        and not table.is_numeric(column.name)
    }


def _same_in_every_row(constant: Mapping[str, str], rows: int) -> list[str]:
    if not constant:
        return []
    cells = series(constant.values())
    if rows == 1:
        return terminal.wrap(_("Of this row also: {cells}.", cells=cells), "  ")
    return terminal.wrap(_("The same in every row: {cells}.", cells=cells), "  ")


def _by_importance(table: Table) -> list[str]:
    """Return the columns of a result, the most important first.

    In an aggregate counts of what was left out come last, and before them columns of text that
    are the same in every row. A unit is always important: no number is shown without it.
    """
    names = _without_ends(table)
    if table.schema.name != "aggregate":
        return names

    def key(name: str) -> tuple[bool, bool, bool]:
        result = name == "unit" or table.field(name).type == "number"
        cells = table.frame[name]
        constant = len(table) > 1 and not table.is_numeric(name) and cells.nunique() == 1
        return name in ("n", "left_out"), not result, constant and name != "unit"

    return sorted(names, key=key)


def _without_ends(table: Table) -> list[str]:
    """Return the columns without the ends of intervals, which a screen shows as symbols."""
    return [name for name in table.columns if not _is_end(name, table)]


def _is_end(name: str, table: Table) -> bool:
    base, _separator, part = name.rpartition("_")
    return part in ("low", "high") and f"{base}_bound" in table.columns


def _with_shares(shown: list[Column], table: Table, settings: Settings) -> list[Column]:
    """Return the columns with the shares of a count behind it as small bars, if there is room."""
    from transfer_cli.output.charts.screen import bar

    names = settings.shares
    place = next((i for i, column in enumerate(shown) if column.name in names[:1]), -1)
    taken = sum(column.width + table_columns.GAP for column in shown)
    if (
        place < 0
        or not len(table)
        or taken + SHARE_BAR + len(" 100%") + table_columns.GAP > terminal.width()
    ):
        return shown
    counts = [[int(cell or 0) for cell in table.frame[name]] for name in names]
    sums = [sum(row) for row in zip(*counts, strict=True)]
    totals = sums if len(names) > 1 else [sum(sums)] * len(sums)
    cells = []
    for count, total in zip(counts[0], totals, strict=True):
        drawn = bar(Fraction(count, total or 1), (Fraction(0), Fraction(1)), SHARE_BAR)
        cells.append(f"{drawn.ljust(SHARE_BAR)} {_percent(count, total):>4}")
    column = Column("", "", cells[:MAX_ROWS], right=False, prose=False)
    return [*shown[: place + 1], column, *shown[place + 1 :]]


def _percent(count: int, total: int) -> str:
    """Return a share in whole per cent; only all is 100%, and only nothing is 0%."""
    share = 100 * Fraction(count, total or 1)
    if 0 < share < 1:
        return "<1%"
    return ">99%" if 99 < share < 100 else f"{round(share)}%"


def _grid(columns: Sequence[Column], rows: int) -> Any:
    from rich import box
    from rich.table import Table as Grid
    from rich.text import Text

    grid = Grid(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0), header_style="bold")
    rooms = table_columns.widths(columns, terminal.width())
    for column, room in zip(columns, rooms, strict=True):
        grid.add_column(
            Text(column.header),
            justify="right" if column.right else "left",
            overflow="fold",
            no_wrap=room == column.width,
            width=room,
        )
    for row in range(rows):
        cells = (column.cells[row] for column in columns)
        grid.add_row(*(Text(_broken(cell, room)) for cell, room in zip(cells, rooms, strict=True)))
    return grid


def _broken(cell: str, room: int) -> str:
    """Return Chinese text with the breaks that it needs: rich would break inside a number."""
    if cell.isascii() or streams.width_of(cell) <= room:
        return cell
    return "\n".join(part for line in cell.split("\n") for part in streams.fill(line, room, "", ""))


def _left_out(table: Table, shown: Sequence[str], rows: int, settings: Settings) -> list[str]:
    """Return the lines below a table: how many rows it has, and the columns without room."""
    lines = []
    if rows > MAX_ROWS:
        lines.append(
            _(
                "{shown} of {rows:,} rows shown; pipe the command for all of them.",
                shown=MAX_ROWS,
                rows=rows,
            )
        )
    merged = [table.field(name).bound_column for name in shown]
    hidden = [safe(name) for name in _without_ends(table) if name not in (*shown, *merged)]
    if hidden:
        names = join(hidden)
        lines += terminal.wrap(_more_columns(rows, names, settings))
    return lines


def _more_columns(rows: int, names: str, settings: Settings) -> str:
    count = _("1 row") if rows == 1 else _("{rows:,} rows", rows=rows)
    if settings.all_columns or not settings.selectable:
        return _("{count}. More columns in a pipe: {names}", count=count, names=names)
    return _("{count}. More columns with --columns or in a pipe: {names}",
             count=count, names=names)  # fmt: skip
