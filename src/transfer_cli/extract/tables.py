"""Tables in the text of a report: their cells, with the unit that the words around them name."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from transfer_cli.extract import layout
from transfer_cli.extract.clauses import Span
from transfer_cli.extract.periods import TimeExpression
from transfer_cli.extract.text import ReportText
from transfer_cli.extract.units import MAGNITUDE, UNIT

_UNIT_NAME = rf"(?:(?:{MAGNITUDE})?(?:{UNIT})|{MAGNITUDE}|%)"
# 到位资金（亿元）, 到位资金/亿元, 增速%.
_UNIT_IN_WORDS = re.compile(
    rf"[（(\[](?:单位[:：]?)?(?P<in>{_UNIT_NAME})(?:[，、,][^）)]*)?[）)\]]|[/,，:：]\s*(?P<after>{_UNIT_NAME})\s*$"
    r"|(?P<bare>[%‰]|个百分点)\s*$"
)
_UNIT_OF_TABLE = re.compile(
    rf"单位[:：]?\s*(?P<units>{_UNIT_NAME}(?:\s*[，、,和]\s*{_UNIT_NAME})*)"
)
_UNIT_HEADER = re.compile(r"\s*(?:计量)?单位\s*")
_LABEL_HEADER = re.compile(
    r"\s*(?:年份|年度|年|时间|时期|月份|日期|季度|期间|指标\s*[/\\]\s*年份"
    r"|序号|编号|代码|行政区划代码|电话|邮编|页码)\s*"
)
_YEAR_CELL = re.compile(r"\s*(?:19|20)\d\d\s*年?度?\s*|\s*\d{1,2}\s*月份?\s*")
_RATIO_WORDS = re.compile("增长|增速|增幅|涨幅|降幅|同比|环比|占比|比重|份额|比例|[±%]|率$")
_GUESSES = (("%", _RATIO_WORDS), ("个", re.compile("项目")), ("家", re.compile("企业|公司|户数")),
            ("位", re.compile("位次|排名|名次")), ("人", re.compile("人数|人口|就业")))  # fmt: skip
_MAX_CAPTION = 80
_VALUE = re.compile(r"(?P<sign>[-+−]?)(?P<number>\d[\d,，]*(?:\.\d+)?)(?P<unit>.*)")
_FALL = re.compile("[降跌减]幅|下降|减少")


@dataclass(frozen=True, slots=True)
class Cell:
    """A number in a table at its offsets in the text, with the unit of its column or row.

    ``header`` is the head of its column, ``label`` the first cell of its row, ``caption`` the lines
    above the table; the words in them hold for this number. ``unit`` is empty if none is named.
    """

    start: int
    end: int
    unit: str
    header: Span
    label: Span
    caption: Span

    def value(self, text: str) -> tuple[Decimal, str]:
        """Return the number in the cell with its unit: the unit in the cell counts first.

        In a column of decreases (降幅) the number is below zero.
        """
        match = _VALUE.fullmatch(text, self.start, self.end)
        if match is None:
            raise ValueError(f"no number in {text[self.start : self.end]!r}")
        value = Decimal(re.sub("[,，]", "", match["number"]))
        falls = match["sign"] in ("-", "−") or _FALL.search(
            text, self.header.start, self.header.end
        )
        return -value if falls else value, match["unit"].strip() or self.unit


def find_cells(report: ReportText) -> list[Cell]:
    """Return the numbers in the tables of a report, in order.

    The years of a time column and running numbers are not figures.
    """
    return [cell for first, last in report.tables for cell in _Table(report, first, last).cells()]


def outside(times: Iterable[TimeExpression], cells: Iterable[Cell]) -> list[TimeExpression]:
    """Return the time expressions that are not in a cell with a number: 2064 may be a count."""
    starts = {cell.start for cell in cells}
    return [time for time in times if time.start not in starts]


class _Table:
    """The rows of a table as spans of the text, with the header above the first number."""

    def __init__(self, report: ReportText, first: int, last: int) -> None:
        self._text = report.text
        self._rows: list[list[Span]] = []
        starts = [report.line_span(line) for line in range(first, last + 1)]
        lines = [report.text[start:end].rstrip("\n") for start, end in starts]
        loose = layout.is_loose(lines[-1])
        for (start, _end), line in zip(starts, lines, strict=True):
            if spans := layout.cells(line, loose=loose):
                self._rows.append([Span(start + a, start + b) for a, b in spans])
        self._caption = self._lines_above(starts[0][0])
        self._headers = 0
        while self._headers < len(self._rows) and self._is_header(self._rows[self._headers]):
            self._headers += 1

    def _lines_above(self, top: int) -> Span:
        """Return the one or two short lines above the table: its title and its unit."""
        start = top
        for _line in range(2):
            begin = self._text.rfind("\n", max(0, start - _MAX_CAPTION), max(0, start - 1)) + 1
            if start == 0 or start - begin > _MAX_CAPTION or "。" in self._text[begin:start]:
                break
            start = begin
        return Span(start, top)

    def _words(self, span: Span) -> str:
        return self._text[span.start : span.end]

    def _is_header(self, row: list[Span]) -> bool:
        """Return whether no cell but the first is a number; a year is none."""
        words = [self._words(span) for span in row[1:]]
        return not any(layout.is_number(word) and not _YEAR_CELL.fullmatch(word) for word in words)

    def cells(self) -> Iterator[Cell]:
        """Yield the numbers below the header, without those of times and of rows."""
        header = self._rows[self._headers - 1] if self._headers else []
        for row in self._rows[self._headers :]:
            heads = self._heads(row, header)
            for span, head in list(zip(row, heads, strict=True))[1:]:
                if layout.is_number(self._words(span)) and not self._is_label(head):
                    unit = self._unit(head, row, heads)
                    head = head or Span(span.start, span.start)
                    yield Cell(span.start, span.end, unit, head, row[0], self._caption)

    def _is_label(self, head: Span | None) -> bool:
        """Return whether a column names times, or numbers its rows."""
        return head is not None and _LABEL_HEADER.fullmatch(self._words(head)) is not None

    def _heads(self, row: list[Span], header: list[Span]) -> list[Span | None]:
        """Return the head of each cell of a row: by number, or by position if cells are missing."""
        if len(row) == len(header):
            return list(header)
        if len(row) == len(header) + 1 and not layout.is_number(self._words(row[0])):
            # The column of labels has no head.
            return [None, *header]
        if not header or "|" in self._text[row[0].start : row[-1].end]:
            return [header[i] if i < len(header) else None for i in range(len(row))]
        at = self._position
        return [min(header, key=lambda head: abs(at(head) - at(span))) for span in row]

    def _position(self, span: Span) -> float:
        """Return the middle of a cell in its line, in columns of the screen."""
        line = self._text.rfind("\n", 0, span.start) + 1
        left = self._text[line : span.start]
        width = sum(2 if ord(char) > 0xFF else 1 for char in self._words(span))
        return sum(2 if ord(char) > 0xFF else 1 for char in left) + width / 2

    def _unit(self, head: Span | None, row: list[Span], heads: list[Span | None]) -> str:
        """Return the unit that the column, the row or the caption names, else the likely one."""
        words = [self._words(span) for span in (head, row[0]) if span]
        for each in words:
            if "百分点" in each:
                return "个百分点"
            if match := _UNIT_IN_WORDS.search(each):
                return match["in"] or match["after"] or match["bare"]
        ratio = any(_RATIO_WORDS.search(each) for each in words[:1])
        for span, name in zip(row, heads, strict=True):
            if name and _UNIT_HEADER.fullmatch(self._words(name)) and not ratio:
                return self._words(span).strip()
        guess = next((unit for unit, nouns in _GUESSES if nouns.search("".join(words))), "")
        if guess == "%":
            return guess
        caption = _UNIT_OF_TABLE.search(self._words(self._caption))
        units = re.findall(_UNIT_NAME, caption["units"]) if caption else []
        return units[0] if units and (not guess or len(units) == 1) else guess
