"""A comparison as people see it: a grid with numbered footnotes."""

import re
from collections.abc import Container, Iterable, Mapping, Sequence
from itertools import accumulate

from transfer_cli.compare.comparison import Comparison, Row
from transfer_cli.messages import _, join, series
from transfer_cli.model import codelists, numbers, regions
from transfer_cli.model.figure import Figure
from transfer_cli.model.labels import MISSING, TOTAL, label
from transfer_cli.model.schema import schemas
from transfer_cli.model.vocabulary import Vocabulary
from transfer_cli.output import grid, quantity, screen, terminal
from transfer_cli.output.document import Cell, Document
from transfer_cli.output.document import Row as DocumentRow
from transfer_cli.output.footnotes import citation, remark, superscript
from transfer_cli.streams import safe

MAX_FIGURES = 20
"""Figures of a cell that a screen shows."""
MAX_TITLE = 50
"""Characters of the indicators that a title names; it does not name more."""
Measures = Mapping[str, Sequence[str]]
"""The lines below the figures of a row, by column."""


def heading(row: Row, vocabulary: Vocabulary) -> str:
    """Return the indicator and the unit of a row: ``Investment, CNY 100m``."""
    title = label("indicator", row.keys["indicator"], vocabulary)
    unit = vocabulary.units.label(row.unit.name)
    if not unit:
        return safe(title)
    return safe(_("{title}, {unit}", title=title, unit=unit))


def _as_printed(figure: Figure) -> str:
    """Return the text of a figure that was printed in another unit than it is shown in."""
    printed = figure.get("printed")
    numerals = re.findall(r"\d+(?:\.\d+)?", printed.replace(",", ""))
    shown = abs(figure.quantity.interval.value)
    return printed if numerals and shown not in map(numbers.exact, numerals) else ""


def row_label(row: Row, vocabulary: Vocabulary) -> str:
    """Return what distinguishes a row of an indicator: ``signed · programme · 2023``."""
    figure = next((figure for cell in row.cells.values() for figure in cell), None)
    words = [
        figure.named(key)
        if figure and key in ("place", "subject") and not row.is_total
        else label(key, (key == "province" and regions.find(value)) or value, vocabulary)
        for key, value in row.keys.items()
        if value and key != "indicator"
    ]
    return safe(" · ".join(words))


class Screen:
    """The grid of a comparison, with a footnote for what each figure covers."""

    def __init__(self, comparison: Comparison, vocabulary: Vocabulary) -> None:
        self.comparison = comparison
        self.vocabulary = vocabulary
        self.footnotes: dict[str, int] = {}
        """Each remark with its number; equal remarks share one."""

    def render(self, rows: Sequence[Row], measures: Sequence[Measures] = (), *, color: bool) -> str:
        """Return rows of the comparison and the lines below them; empty for no rows.

        ``measures`` has the lines below the figures of each row, if there are any.
        """
        if not rows:
            return ""
        shown = _first_rows(rows)
        body = grid.draw(self._header(), self._grid(shown, measures), color=color)
        notes = terminal.wrap_all(self._notes(), "  ")
        symbols = "   ".join(self._symbols(rows))
        footer = [
            *(["", *notes, ""] if notes else [""]),
            *(terminal.wrap(symbols) if symbols else ()),
            *terminal.wrap_all(self._unprinted(), "  "),
            *terminal.wrap_all([self._source(rows), *self._more(), *self._cut(rows, shown)]),
        ]
        return body + "\n".join(footer) + "\n"

    def document(self, rows: Sequence[Row], measures: Sequence[Measures] = ()) -> Document:
        """Return all rows of the comparison as a document, and the lines below them."""
        header = self._header()
        lines = [
            DocumentRow(
                [
                    Cell(line.label),
                    *(
                        Cell(text, self._number(row, column, below.get(column)))
                        for column, text in zip(self.comparison.columns, line.cells, strict=True)
                    ),
                ],
                line.heading,
            )
            for row, below, line in zip(
                rows, measures or [{}] * len(rows), self._grid(rows, measures), strict=True
            )
        ]
        notes = [*self.footer(rows), *self._cut(rows, rows)]
        return Document(
            self.title(rows),
            ["", *header],
            [False, *(True for _name in header)],
            lines,
            notes,
            labelled=True,
        )

    def title(self, rows: Sequence[Row]) -> str:
        """Return what is compared by what: ``Investment by province``."""
        names = list(dict.fromkeys(self.label("indicator", row.keys["indicator"]) for row in rows))
        what = join(names)
        if not 0 < len(what) <= MAX_TITLE:
            what = _("Figures")
        by = schemas()["metrics"].field(self.comparison.by).label()
        return safe(_("{what} by {column}", what=what, column=by.lower()))

    def _header(self) -> list[str]:
        by = self.comparison.by
        return [safe(self.label(by, name) or MISSING) for name in self.comparison.columns]

    def _grid(self, rows: Sequence[Row], measures: Sequence[Measures]) -> list[grid.Line]:
        return [
            grid.Line(
                heading(row, self.vocabulary),
                row_label(row, self.vocabulary),
                [
                    self._cell(row, column, below.get(column, ()))
                    for column in self.comparison.columns
                ],
            )
            for row, below in zip(rows, measures or [{}] * len(rows), strict=False)
        ]

    def _number(self, row: Row, column: str, measures: Sequence[str] | None) -> str:
        """Return the number of a cell that shows one figure and no measure; else empty."""
        figure = None if measures else row.single(column)
        return numbers.machine(figure.quantity.interval.value) if figure else ""

    def label(self, column: str, code: str) -> str:
        """Return a cell of a column as people read it."""
        return label(column, code, self.vocabulary)

    def _cell(self, row: Row, column: str, measures: Sequence[str]) -> str:
        lines = []
        for figure in row.shown(column, MAX_FIGURES):
            plain = row.is_total or column == TOTAL
            level = quantity.level(figure)
            lines.append(level if plain else self.figure(figure))
        count = len(row.cells.get(column, ()))
        if count > MAX_FIGURES:
            lines.append(f"… {count:,}")
        return "\n".join([*lines, *measures]) or ("" if column == TOTAL else MISSING)

    def figure(self, figure: Figure) -> str:
        """Return a figure with its bound and the mark of its footnote: ``>1,300³``."""
        return quantity.level(figure) + self._mark(figure)

    def footer(self, rows: Sequence[Row], *, dashes: bool | None = None) -> list[str]:
        """Return the lines below rows: footnotes, symbols, what is not printed, and the source.

        ``dashes`` says whether a dash stands for a missing figure; by default if a cell is empty.
        """
        symbols = series(self._symbols(rows, dashes=dashes))
        lines = [*self._notes(), symbols, *self._unprinted(), self._source(rows)]
        return [line for line in lines if line]

    def _mark(self, figure: Figure) -> str:
        """Return the superscript of the footnote on a figure; empty if it needs none."""
        remark = self._remark(figure)
        if not remark:
            return ""
        return superscript(self.footnotes.setdefault(remark, len(self.footnotes) + 1))

    def _remark(self, figure: Figure) -> str:
        """Return what a figure covers: its place, its subject, its note and its line.

        Names alone that the headings show are no remark.
        """
        place = figure.named("place") if self.comparison.by != "place" else ""
        subject = figure.named("subject")
        industry = "" if subject else figure.get("industry")
        names = {"place": place, "subject": subject, "industry": self.label("industry", industry)}
        note, printed, line = figure.named("note"), _as_printed(figure), figure.get("line")
        shown = {self.comparison.by, *self.comparison.rows[0].keys}
        if not (note or printed or line) and {one for one in names if names[one]} <= shown:
            return ""
        covers = join(dict.fromkeys(filter(None, names.values())))
        return remark([covers, note], printed, line)

    def _notes(self) -> list[str]:
        return [f"{superscript(position)} {text}" for text, position in self.footnotes.items()]

    def _symbols(self, rows: Sequence[Row], *, dashes: bool | None = None) -> list[str]:
        """Return the symbols in the grid, each with its meaning."""
        bounds = {f.quantity.bound for row in rows for cell in row.cells.values() for f in cell}
        words = [
            f"{symbol} {self.label('bound', bound)}"
            for bound, symbol in codelists.SYMBOLS.items()
            if bound in bounds and symbol and bound != "unknown"
        ]
        if dashes is None:
            columns = self.comparison.own_columns
            dashes = any(column not in row.cells for row in rows for column in columns)
        if dashes:
            meaning = _("not printed")
            if self.comparison.partial:
                meaning = _("not printed, or not in this selection")
            words.append(f"{MISSING} {meaning}")
        return words

    def _unprinted(self) -> list[str]:
        """Return the lines on columns without printed figures, by topic, or selected ones."""
        silence = self.comparison.silence
        if not silence:
            return []
        columns = self.comparison.columns
        always = set.intersection(*map(set, silence.values()))
        topics: dict[tuple[str, ...], list[str]] = {}
        for topic, provinces in silence.items():
            if rest := tuple(name for name in provinces if name not in always):
                topics.setdefault(rest, []).append(self._topic(topic))
        lines = []
        if always:
            names = self._names(name for name in columns if name in always)
            lines.append(_("Nothing printed for: {names}.", names=names))
        for provinces, about in topics.items():
            names = self._names(provinces)
            lines.append(
                _("Nothing printed on {topics} for: {names}.", topics=join(about), names=names)
            )
        if names := self._names(self._not_selected(always)):
            lines.append(_("Nothing in this selection for: {names}.", names=names))
        return lines

    def _not_selected(self, always: Container[str]) -> list[str]:
        """Return the columns whose figures are printed, but not selected."""
        comparison = self.comparison
        if not comparison.narrowed:
            return []
        filled = {column for row in comparison.rows for column in row.cells}
        names = comparison.own_columns
        return [name for name in names if name not in filled and name not in always]

    def _names(self, provinces: Iterable[str]) -> str:
        return join(self.label(self.comparison.by, name) for name in provinces)

    def _topic(self, topic: str) -> str:
        """Return a category or an indicator as it reads in a sentence; an average by its name."""
        column = "category" if topic in codelists.CATEGORIES else "indicator"
        return self.label(column, topic).lower()

    def _source(self, rows: Sequence[Row]) -> str:
        """Return the line on the source: its name, and how many of its figures are used."""
        comparison = self.comparison
        unused = len(_reported(comparison.rows)) - len(_reported(rows))
        values = {
            "name": safe(comparison.name),
            "total": comparison.total,
            "used": comparison.used - unused,
        }
        if comparison.summed:
            return _("Source: {name}, sums of {total:,} rows.", **values)
        cited = citation([figure.row for figure in _reported(rows)], report=comparison.report)
        source = _("Source: {name}, {used:,} of {total:,} figures", **values)
        text = series(filter(None, (source, cited)))
        return _("{text}.", text=text)

    def _more(self) -> list[str]:
        """Return the line on categories that are not shown by default."""
        if not self.comparison.headline or self.comparison.summed:
            return []
        names = join(c for c in codelists.CATEGORIES if c not in codelists.HEADLINES)
        return [_("Other categories: transfer-cli compare all, or {names}", names=names)]

    def _cut(self, every: Sequence[Row], rows: Sequence[Row]) -> list[str]:
        """Return the line on figures and rows that a screen leaves out."""
        values = {
            "total": len(_reported(every)),
            "count": len(every),
            "shown": len(_reported(rows, MAX_FIGURES)),
            "rows": len(rows),
        }
        if values["shown"] == values["total"]:
            return []
        return [
            _(
                "{shown:,} of {total:,} figures shown, in {rows:,} of {count:,} rows;"
                " pipe the command for all of them.",
                **values,
            )
        ]


def _reported(rows: Sequence[Row], limit: int | None = None) -> list[Figure]:
    """Return the figures of rows that are no totals, at most ``limit`` of each cell."""
    return [
        figure
        for row in rows
        if not row.is_total
        for column, cell in row.cells.items()
        if column != TOTAL
        for figure in cell[:limit]
    ]


def _first_rows(rows: Sequence[Row]) -> Sequence[Row]:
    """Return the first rows, as many as a screen takes, and at least one."""
    heights = (max((len(cell) for cell in row.cells.values()), default=1) for row in rows)
    lines = accumulate(min(height, MAX_FIGURES) for height in heights)
    return rows[: max(1, sum(height <= screen.MAX_ROWS for height in lines))]
