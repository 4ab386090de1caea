"""What the titles and the footer of a wide table state about all its figures, and where."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from transfer_cli.messages import _, series
from transfer_cli.model.vocabulary import Vocabulary
from transfer_cli.tidy import headings
from transfer_cli.tidy.grid import Grid
from transfer_cli.tidy.layout import Layout

_KEY = re.compile(r"\s*(指标|地区|时间|indicator|region|period)\s*[:：]\s*(.+)", re.IGNORECASE)
_SOURCE = re.compile(
    r"\s*(?:数据来源|资料来源|来源|data source|source)\s*[:：]?\s*(.*)", re.IGNORECASE
)

_REMARK = re.compile(
    r"\s*(?:[*#①]?\s*注|说明|备注|notes?\b)\s*\d*\s*[:：.．、]?\s*(.+)", re.IGNORECASE
)
"""A remark on the figures, below a table."""


@dataclass
class Context:
    """What the titles of a table state about all its figures, and where."""

    indicator: str = ""
    unit: str = ""
    province: str = ""
    period: str = ""
    source: str = ""
    remarks: str = ""
    places: dict[str, str] = field(default_factory=dict)

    def set(self, name: str, value: str, place: str) -> None:
        """Keep the first value of a kind, and where it is printed."""
        if value and not getattr(self, name):
            setattr(self, name, value)
            self.places[name] = place


def read(grid: Grid, layout: Layout, given: Mapping[str, str], vocabulary: Vocabulary) -> Context:
    """Return what a user states in options, by their names, or else what the titles state.

    It holds for figures whose cells and headings say nothing else.
    """
    context = Context()
    for name, value in given.items():
        context.set(name, value, f"--{name}")
    titles = [(_row_name(grid, line), grid.rows[line]) for line in layout.titles]
    texts = [(place, headings.clean(cell)) for place, row in titles for cell in dict.fromkeys(
        _joined(row)) if cell.strip()]  # fmt: skip
    for place, text in texts:
        if match := _KEY.match(text):
            _read_key(context, match[1], match[2], place, vocabulary)
    for place, text in texts:
        if not _KEY.match(text):
            _read_title(context, text, place, vocabulary)
    for line in (*layout.footer, *layout.titles):
        row = [cell for cell in grid.rows[line] if cell.strip()]
        if row and (match := _SOURCE.match(row[0])):
            source = match[1] or (row[1] if len(row) > 1 else "")
            context.set("source", headings.clean(source), _row_name(grid, line))
            context.set("province", headings.province_within(source), _row_name(grid, line))
    remarks = [
        (line, headings.clean(match[1]))
        for line in layout.footer
        if (match := _REMARK.match(next(filter(None, grid.rows[line]), "")))
    ]
    if remarks:
        together = series(text for _line, text in remarks)
        context.set("remarks", together, _row_name(grid, remarks[0][0]))
    return context


def _read_key(context: Context, key: str, text: str, place: str, vocabulary: Vocabulary) -> None:
    match key.lower():
        case "指标" | "indicator":
            heading = headings.read(text, vocabulary.units)
            context.set("indicator", heading.name, place)
            context.set("unit", heading.unit, place)
            context.set("period", heading.period, place)
        case "地区" | "region":
            context.set("province", headings.province_of(text), place)
        case _:
            context.set("period", headings.period_of(text.strip()), place)


def _read_title(context: Context, text: str, place: str, vocabulary: Vocabulary) -> None:
    text = headings.without_number(text)
    context.set("unit", headings.unit_within(text, vocabulary.units), place)
    context.set("period", headings.period_within(text), place)
    context.set("province", headings.province_within(text), place)
    indicator = headings.indicator_within(text, vocabulary)
    context.set("indicator", indicator, place)


def _row_name(grid: Grid, line: int) -> str:
    """Return the name of a row in a message: its number in the sheet."""
    return _("row {row}", row=grid.line(line))


def _joined(row: Sequence[str]) -> list[str]:
    """Return the texts of a title line; a key that ends in a colon goes with the next cell."""
    texts: list[str] = []
    for cell in row:
        if texts and cell.strip() and texts[-1].rstrip().endswith((":", "：")):
            texts[-1] += cell
        else:
            texts.append(cell)
    return texts
