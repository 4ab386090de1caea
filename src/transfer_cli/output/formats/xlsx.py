"""Excel workbooks: one sheet for each table, and one for notes and sources (xlsxwriter)."""

import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from transfer_cli.errors import RefusedError
from transfer_cli.messages import _
from transfer_cli.model.codelists import SYMBOLS
from transfer_cli.model.numbers import ROUNDED_DIGITS, json_number, people
from transfer_cli.output.document import Cell, Document
from transfer_cli.output.formats.interface import (
    Collection,
    DocumentFormat,
    Settings,
    numeric_columns,
)
from transfer_cli.tables.table import collect

if TYPE_CHECKING:
    from transfer_cli.tables.table import Table

MAX_ROWS = 1_048_576
"""Rows of a sheet, header included: https://support.microsoft.com/office/1672b34d-7043-467e."""
MAX_COLUMNS = 16_384
MAX_CHARACTERS = 32_767
"""Characters of a cell; Excel cannot open a longer one."""
MAX_WIDTH = 60
"""Characters of the widest column; longer text is wrapped."""
MEASURED_ROWS = 1_000
"""Rows by which the width of a column is chosen."""
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f]|^'|'$")
_AMOUNT = re.compile(r"[^\w\s.-]*(-?\d[\d,]*(?:\.\d+)?)(?:%/yr|[⁰¹²³⁴⁵⁶⁷⁸⁹×%]*)")
"""A number with its sign or bound, the mark of its footnote or its unit."""
_EPOCH = datetime(1980, 1, 1)
"""The date of creation that a file states: the same result is the same file."""


class Xlsx(Collection, DocumentFormat):
    """A workbook. Numbers are numbers with the decimals printed, and text is never a formula.

    The bound of a number shows in its number format: over 1,300 is ``>1,300``, and still 1300 in
    a calculation. A comparison keeps its layout, with footnotes.
    """

    name = "xlsx"
    suffixes = (".xlsx",)
    binary = True
    extra = ("xlsxwriter", "excel")

    def encode_all(
        self, tables: "Mapping[str, Iterable[Table]]", settings: Settings
    ) -> Iterator[bytes]:
        """Yield a workbook with a sheet for each table.

        Raises RefusedError for what no sheet can hold.
        """
        book = _Book()
        sources = []
        for name, parts in tables.items():
            numeric, rest = numeric_columns(parts, settings)
            table = collect(rest)
            book.table(name, table, numeric)
            sources.append(_source(name, table))
        yield book.finished([*settings.notes(), *sources])

    def draw(self, document: Document) -> bytes:
        """Return a workbook with a document on its first sheet."""
        book = _Book()
        book.document(document)
        return book.finished(document.notes)


def _source(name: str, table: "Table") -> str:
    from transfer_cli.model.schema import report_title

    title = report_title() if table.report else table.name or name
    return _("{name}: source {title}", name=name, title=title)


class _Book:
    """A workbook in the making: its sheets, and each cell format once."""

    def __init__(self) -> None:
        from xlsxwriter import Workbook

        self.stream = io.BytesIO()
        # Text stays text: no formula, no link, no number is made of it.
        options = {f"strings_to_{kind}": False for kind in ("formulas", "urls", "numbers")}
        self.book = Workbook(self.stream, {**options, "in_memory": True})
        self.book.set_properties({"created": _EPOCH})
        self.formats: dict[tuple[tuple[str, Any], ...], Any] = {}
        self.names: Counter[str] = Counter()

    def style(self, **properties: Any) -> Any:
        """Return a cell format."""
        key = tuple(properties.items())
        if key not in self.formats:
            self.formats[key] = self.book.add_format({"valign": "top", **properties})
        return self.formats[key]

    def sheet(self, name: str) -> Any:
        """Return a new sheet, under a name that Excel takes and no other sheet has."""
        clean = _NOT_IN_NAMES.sub("_", name)[:28].strip("'") or "table"
        if clean.casefold() == "history":
            clean = f"{clean}_"
        self.names[clean.casefold()] += 1
        again = self.names[clean.casefold()]
        return self.book.add_worksheet(clean if again == 1 else f"{clean}_{again}")

    def table(self, name: str, table: "Table", numeric: Mapping[str, bool]) -> None:
        """Write a table: its header frozen, a filter on each column."""
        if len(table) >= MAX_ROWS or len(table.columns) > MAX_COLUMNS:
            raise RefusedError(
                _("a sheet holds {rows:,} rows and {columns:,} columns, not {given:,} and {own:,}",
                  rows=MAX_ROWS - 1, columns=MAX_COLUMNS,
                  given=len(table), own=len(table.columns)),
                _("write another format: -o {name}.parquet", name=name),
            )  # fmt: skip
        sheet = self.sheet(name)
        for place, column in enumerate(table.columns):
            cells: list[str] = table.frame[column].tolist()
            title = _title(table, column) if numeric[column] else column
            sheet.write_string(0, place, _fitting(title), self.style(bold=True, bottom=1))
            shown = cells
            if numeric[column]:
                shown = self._numbers(sheet, place, table, column, cells)
            else:
                style = self.style(text_wrap=True) if _width(cells) > MAX_WIDTH else self.style()
                for row, cell in enumerate(cells, 1):
                    if cell:
                        sheet.write_string(row, place, _fitting(cell), style)
            # Room for the arrow of the filter after the title.
            width = max(_width([title]) + 3, _width(shown[:MEASURED_ROWS]) + 1)
            sheet.set_column(place, place, min(width, MAX_WIDTH))
        sheet.freeze_panes(1, 0)
        if table.columns:
            sheet.autofilter(0, 0, len(table), len(table.columns) - 1)

    def _numbers(
        self, sheet: Any, place: int, table: "Table", column: str, cells: Sequence[str]
    ) -> list[str]:
        """Write a column of numbers; return them as they show."""
        bound = table.field(column).bound_column
        bounds = table.frame[bound] if bound in table.frame.columns else [""] * len(cells)
        grouped = table.field(column).type == "number"
        shown = []
        for row, (cell, word) in enumerate(zip(cells, bounds, strict=True), 1):
            symbol = SYMBOLS.get(word, "")
            shown.append(f"{symbol}{people(cell, word)}")
            if cell:
                self._number(sheet, row, place, cell, symbol, grouped=grouped)
        return shown

    def _number(
        self, sheet: Any, row: int, place: int, cell: str, before: str = "", after: str = "",
        *, grouped: bool = True,
    ) -> None:  # fmt: skip
        """Write a number; as text if it is not a number, or has more digits than Excel keeps."""
        digits = json_number(cell)
        if digits is None or len(Decimal(digits).as_tuple().digits) > ROUNDED_DIGITS:
            sheet.write_string(row, place, _fitting(cell), self.style(align="right"))
            return
        exponent = Decimal(digits).as_tuple().exponent
        decimals = "0" * -exponent if isinstance(exponent, int) and exponent < 0 else ""
        form = f"{'#,##' if grouped else ''}0{'.' * bool(decimals)}{decimals}"
        before, after = _quoted(before), _quoted(after)
        # Excel writes the sign of a number before all of its format: -2 as ->2, not >-2.
        below = f";{before}-{form}{after}" if before and digits.startswith("-") else ""
        style = self.style(num_format=f"{before}{form}{after}{below}")
        sheet.write_number(row, place, float(digits), style)

    def document(self, document: Document) -> None:
        """Write a document in its own layout: headings of groups, and its notes below."""
        sheet = self.sheet(document.title)
        for place, (title, right) in enumerate(zip(document.header, document.right, strict=True)):
            align = "right" if right else "left"
            style = self.style(bold=True, bottom=1, align=align, text_wrap=True)
            sheet.write_string(0, place, _fitting(title), style)
            texts = [row.cells[place].text for row in document.rows]
            lines = [title, *(line for text in texts for line in text.split("\n"))]
            headings = [] if place else [row.heading for row in document.rows]
            sheet.set_column(place, place, min(_width([*lines, *headings]) + 2, MAX_WIDTH))
        line = 1
        for heading, rows in document.groups():
            if heading:
                sheet.write_string(line, 0, _fitting(heading), self.style(bold=True))
                line += 1
            for row in rows:
                stacked = [_lines(cell) for cell in row.cells]
                for place, (cells, right) in enumerate(zip(stacked, document.right, strict=True)):
                    for below, cell in enumerate(cells):
                        self._cell(sheet, line + below, place, cell, right=right)
                line += max(map(len, stacked))
        for below, note in enumerate(document.notes, 1):
            sheet.write_string(line + below, 0, _fitting(note), self.style())
        sheet.freeze_panes(1, 1 if document.labelled else 0)

    def _cell(self, sheet: Any, row: int, place: int, cell: Cell, *, right: bool) -> None:
        """Write a cell of a document; a number keeps the text before and after it."""
        signs = ((word, sign) for word, sign in SYMBOLS.items() if sign)
        bound = next((word for word, sign in signs if cell.text.startswith(sign)), "")
        number = people(cell.number, bound) if cell.number else "\0"
        before, found, after = cell.text.partition(number)
        if found:
            self._number(sheet, row, place, number, before, after)
            return
        properties: dict[str, Any] = {"align": "right"} if right else {"indent": 1}
        sheet.write_string(row, place, _fitting(cell.text), self.style(**properties))

    def finished(self, notes: Iterable[str]) -> bytes:
        """Write the sheet of notes and return the file."""
        sheet = self.sheet(_("Notes"))
        sheet.set_column(0, 0, 120)
        for row, note in enumerate(dict.fromkeys(notes)):
            sheet.write_string(row, 0, _fitting(note), self.style(text_wrap=True))
        self.book.close()
        return self.stream.getvalue()


def _title(table: "Table", column: str) -> str:
    """Return the title of a column of numbers, with its unit if one unit holds for all of them."""
    unit = table.field(column).unit or ("unit" if table.schema.name == "aggregate" else "")
    if unit not in table.columns or table.field(column).type != "number":
        return column
    units = {*table.frame[unit][table.frame[column] != ""]}
    [name] = units if len(units) == 1 else [""]
    return f"{column} ({name})" if name else column


def _lines(cell: Cell) -> list[Cell]:
    """Return a cell of several figures or measures as one cell for each.

    A cell with one number is that number: ``+1,200``, ``>1,300³``, ``0.28×``, ``12%/yr``.
    """
    if "\n" not in cell.text:
        return [cell]
    lines = []
    for text in cell.text.split("\n"):
        match = _AMOUNT.fullmatch(text)
        lines.append(Cell(text, match[1].replace(",", "") if match else ""))
    return lines


def _quoted(text: str) -> str:
    """Return text quoted for a number format."""
    clean = text.replace('"', "")
    return f'"{clean}"' if clean else ""


def _fitting(cell: str) -> str:
    """Return a cell; raise RefusedError for one that is longer than Excel can open."""
    if len(cell) > MAX_CHARACTERS:
        raise RefusedError(
            _("a cell has {count:,} characters; a workbook holds {most:,}",
              count=len(cell), most=MAX_CHARACTERS),
            _("write another format: -o FILE.csv"),
        )  # fmt: skip
    return cell


def _width(texts: Iterable[str]) -> int:
    """Return the width of the widest text, in which a Chinese character counts two."""
    from rich.cells import cell_len

    return max((cell_len(text[: MAX_WIDTH + 1]) for text in texts), default=0)
