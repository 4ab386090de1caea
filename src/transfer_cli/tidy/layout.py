"""The layout of a wide table: its titles, its header, its figures and its footer."""

import re
import shlex
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from transfer_cli.errors import DataError, UsageError
from transfer_cli.messages import _
from transfer_cli.model import headings, numbers
from transfer_cli.model.headings import HEADINGS
from transfer_cli.model.schema import has_figures
from transfer_cli.model.vocabulary import Vocabulary
from transfer_cli.tidy.grid import Grid
from transfer_cli.tidy.headings import clean, period_of

MISSING = {
    "", "-", "--", "–", "—", "——", "…", "……", "...", "..", ".", "/", "n.a.", "na", "n/a", "无",
}  # fmt: skip
"""The marks of tables for missing figures."""
_FOOTER = re.compile(
    r"\s*(?:[*#①]?\s*注|说明|备注|数据来源|资料来源|来源|source|note|data from|last updated)",
    re.IGNORECASE,
)
_TITLE = re.compile(
    r"\s*(?:(?:数据库|指标|地区|时间|(?:计量)?单位|unit)\s*[:：]|data source|last updated)",
    re.IGNORECASE,
)


class Layout(NamedTuple):
    """The parts of a table: rows and columns by place, counted from 0.

    ``parts`` are the headings of each column from the top down. ``labels`` are the columns that
    name rows, ``values`` those with figures.
    """

    titles: Sequence[int]
    header: Sequence[int]
    body: Sequence[int]
    footer: Sequence[int]
    parts: Sequence[Sequence[str]]
    labels: Sequence[int]
    values: Sequence[int]


def find(grid: Grid, vocabulary: Vocabulary, header_row: int | None = None) -> Layout:
    """Return the layout of a table; ``header_row`` is the last row of its header, from 1.

    Raises UsageError or DataError, naming ``--header-row``, if that cannot be decided.
    """
    rows = grid.rows
    if has_figures(headings.read(list(dict.fromkeys(rows[0])), vocabulary)[0]):
        message = _("the rows of {name} are figures already", name=grid.name)
        raise UsageError(message, f"transfer-cli check {shlex.quote(grid.name)}")
    numbered = {grid.line(place): place for place in range(len(rows) - 1)}
    if header_row is not None and header_row not in numbered:
        message = _("{name} has no row {row} with rows below it", name=grid.name, row=header_row)
        raise UsageError(message, _("--header-row counts from 1, as a spreadsheet does"))
    last = _header(rows) if header_row is None else numbered[header_row]
    if last is None:
        message = _("no header is found in {name}: no row has years or names above numbers",
                    name=grid.name)  # fmt: skip
        raise DataError(message, _("name it: --header-row NUMBER"))
    first = _first_header(grid, last)
    if header_row is None:
        last = _last_header(rows, last)
    header = range(first, last + 1)
    end = _end(rows, last + 1)
    body = range(last + 1, end)
    parts = _parts(grid, header)
    values = _values(rows, body, parts)
    if not values:
        message = _("no column of {name} has figures below row {row}", name=grid.name,
                    row=grid.line(last))  # fmt: skip
        raise DataError(message, _("name the row of the header: --header-row NUMBER"))
    labels = [place for place in range(grid.width()) if place not in values]
    titles = [place for place in range(first) if any(rows[place])]
    footer = [place for place in range(end, len(rows)) if any(rows[place])]
    return Layout(titles, header, body, footer, parts, labels, values)


def is_number(cell: str) -> bool:
    """Return whether a cell holds a number, such as a figure or a year."""
    return numbers.is_number(cell, percent=True)


def is_missing(cell: str) -> bool:
    """Return whether a cell is empty, or has a mark for a missing figure."""
    return cell.strip(" \t\u3000").lower() in MISSING


def _header(rows: Sequence[Sequence[str]]) -> int | None:
    """Return the row of years, or else the row above the first numbers, or None."""
    for place, row in enumerate(rows[:-1]):
        found = [cell for cell in row[1:] if period_of(clean(cell))]
        first = row.index(found[0]) if found else 1
        filled = [cell for cell in row[max(1, first) :] if cell.strip()]
        below = rows[place + 1]
        if len(set(found)) > 1 and 2 * len(found) >= len(filled) and _is_sequence(found, below):
            return place
        alone = len(found) == 1 and len(filled) == 1 and "年" in found[0]
        if alone and any(map(is_number, below[1:])):
            return place
    for place, row in enumerate(rows[1:], 1):
        cells = [cell for cell in row[1:] if not is_missing(cell)]
        if cells and 2 * sum(map(is_number, cells)) >= len(cells):
            above = (up for up in range(place - 1, -1, -1) if sum(map(bool, rows[up])) > 1)
            return next(above, None)
    return None


def _is_sequence(found: Sequence[str], below: Sequence[str]) -> bool:
    """Return whether periods are those of a header: words, or ascending or descending years."""
    if not all(re.fullmatch(r"\d+", cell.strip()) for cell in found):
        return True
    years = list(map(int, found))
    return years in (sorted(set(years)), sorted(set(years), reverse=True)) and any(
        cell.strip() for cell in below
    )


def _first_header(grid: Grid, last: int) -> int:
    """Return the first row of a header that ends in ``last``: rows of several headings above it."""
    first = last
    while first and _is_heading(grid.rows[first - 1]):
        first -= 1
    return first


def _is_heading(row: Sequence[str]) -> bool:
    filled = [cell for cell in row if cell.strip()]
    return len(filled) > 1 and not _TITLE.match(filled[0]) and not any(map(is_number, filled))


def _last_header(rows: Sequence[Sequence[str]], last: int) -> int:
    """Return the last row of a header: rows of names without numbers below its years."""
    while last + 2 < len(rows):
        cells = [cell for cell in rows[last + 1][1:] if cell.strip()]
        if len(cells) < 2 or any(is_number(cell) or is_missing(cell) for cell in cells):
            break
        last += 1
    return last


def _end(rows: Sequence[Sequence[str]], start: int) -> int:
    """Return the row after the last one with a figure, or the first row of the notes."""
    end = start
    for place in range(start, len(rows)):
        first = next((cell for cell in rows[place] if cell.strip()), "")
        if _FOOTER.match(first):
            break
        if any(map(is_number, rows[place])) or any(map(is_missing, filter(None, rows[place][1:]))):
            end = place + 1
    return end


def _parts(grid: Grid, header: range) -> list[list[str]]:
    """Return the headings of each column; a merged heading is that of all its columns."""
    cells = {place: list(grid.rows[place]) for place in header}
    for (top, left), (bottom, right) in grid.merged:
        for place in range(top, bottom + 1):
            for column in range(left, min(right + 1, grid.width())):
                if place in cells and top in cells:
                    cells[place][column] = cells[top][left]
    for place in header[:-1]:  # Text files have no merged cells: the rest of them are blank.
        row = cells[place]
        for column in range(1, grid.width()):
            if not row[column].strip() and not grid.merged and row[0].strip() != row[column - 1]:
                row[column] = row[column - 1]
    columns = (dict.fromkeys(clean(cells[place][column]) for place in header)
               for column in range(grid.width()))  # fmt: skip
    return [[text for text in column if text] for column in columns]


def _values(
    rows: Sequence[Sequence[str]], body: range, parts: Sequence[Sequence[str]]
) -> list[int]:
    """Return the columns of figures: those with a period, or else the columns of numbers."""
    dated = [place for place, texts in enumerate(parts) if any(map(_names_period, texts))]
    if dated:
        return dated
    return [place for place in range(1, len(parts)) if _holds_numbers(rows, body, place)
            and not _CODES.fullmatch("".join(parts[place]))]  # fmt: skip


def _names_period(text: str) -> bool:
    return bool(period_of(text) or re.match(r"(?:19|20)\d\d年", text))


_PERIODS = "|".join(map(re.escape, (*HEADINGS["period"], "period", "年")))
_CODES = re.compile(rf"序号|代码|编码|no\.?|code|{_PERIODS}", re.IGNORECASE)


def _holds_numbers(rows: Sequence[Sequence[str]], body: range, place: int) -> bool:
    cells = [rows[line][place] for line in body if not is_missing(rows[line][place])]
    return bool(cells) and 2 * sum(map(is_number, cells)) >= len(cells)


def filled_down(grid: Grid, layout: Layout) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows of figures with their line in the file; cells of merged names are filled in.

    In text files a blank name is that of the row above, if a later column of names is filled.
    """
    tops = {
        (line, column): (top, left)
        for (top, left), (bottom, right) in grid.merged
        for line in range(top, bottom + 1)
        for column in range(left, right + 1)
        if column in layout.labels
    }
    above = [""] * grid.width()
    for line in layout.body:
        row = list(grid.rows[line])
        for column in layout.labels:
            top = tops.get((line, column))
            if top:
                row[column] = grid.rows[top[0]][top[1]]
            later = [other for other in layout.labels if other > column]
            if not row[column].strip() and any(row[other].strip() for other in later):
                row[column] = above[column]
        above = row
        yield grid.line(line), row
