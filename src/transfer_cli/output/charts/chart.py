"""The picture of a comparison: panels of figures that may share an axis.

Figures share an axis only if they are comparable in all but the column ``by``. Panels of one
indicator and unit have one scale, so that no bar is longer than another of a larger amount.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from shlex import quote
from typing import NamedTuple

from transfer_cli.compare.comparison import WHO, Comparison, Row
from transfer_cli.errors import Instead, RefusedError
from transfer_cli.messages import _, join
from transfer_cli.model import numbers, periods
from transfer_cli.model.figure import Figure
from transfer_cli.model.labels import MISSING
from transfer_cli.model.numbers import Number
from transfer_cli.model.vocabulary import Vocabulary
from transfer_cli.output import comparison_screen as screens
from transfer_cli.output.charts import timeline
from transfer_cli.output.comparison_screen import Screen
from transfer_cli.streams import safe

BARS, NESTED, LINES = "bars", "nested", "lines"
UNLIKE = ("scope",)
"""Columns whose values are of different figures, which share no axis."""
HUNDRED_TIMES = 100
"""The minimum ratio of two bars for a note that the short one is hardly seen."""
MAX_LABEL = 40
"""Characters of the longest name that distinguishes figures of one cell."""


class Mark(NamedTuple):
    """A figure as it is drawn, or a missing one: its label, and the text at the end of its bar.

    The bar is drawn inside that of the figure ``whole``. In a chart of lines ``label`` is a period,
    ``series`` names the line, and ``joined`` says whether the line connects it to the mark before.
    """

    label: str
    text: str
    figure: Figure | None = None
    whole: Figure | None = None
    series: str = ""
    joined: bool = False

    @property
    def value(self) -> Number:
        """The nominal value in the unit of the panel; 0 for a missing figure."""
        return self.figure.quantity.interval.value if self.figure else 0

    @property
    def bound(self) -> str:
        """The bound of the figure; ``exact`` for a missing one."""
        return self.figure.quantity.bound if self.figure else "exact"


class Panel(NamedTuple):
    """Figures on one axis: the indicator with its unit, what they have in common, the marks.

    ``unprinted`` names the columns without a printed figure that have no mark.
    """

    heading: str
    title: str
    marks: tuple[Mark, ...]
    unprinted: str = ""

    @property
    def extent(self) -> tuple[Number, Number]:
        """The lowest and the highest end of the bars, which begin at zero."""
        values = [mark.value for mark in self.marks]
        values += [mark.whole.quantity.interval.value for mark in self.marks if mark.whole]
        return min(0, *values), max(0, *values)


class Chart(NamedTuple):
    """A picture: its title, its panels, and the lines below them."""

    kind: str
    title: str
    panels: tuple[Panel, ...]
    footer: tuple[str, ...]

    def extent(self, panel: Panel) -> tuple[Number, Number]:
        """Return the ends of the scale that a panel shares with those of its indicator and unit."""
        extents = [other.extent for other in self.panels if other.heading == panel.heading]
        return min(low for low, _high in extents), max(high for _low, high in extents)


def chart(comparison: Comparison, vocabulary: Vocabulary) -> Chart:
    """Return the picture of a comparison: bars, nested bars by stage, or lines by period.

    Totals are left out: a whole and its parts never share an axis.
    Raises RefusedError, with the way out, for figures that share no axis, and for ranks.
    """
    if comparison.by in UNLIKE:
        message = _("figures of different {column} share no axis", column=comparison.by)
        raise RefusedError(message, Instead("--by", "province"))
    rows = [row for row in comparison.rows if any(row.cells.values()) and not row.is_total]
    amounts = [row for row in rows if not _is_rank(row)]
    if rows and not amounts:
        command = f"transfer-cli compare {rows[0].keys['indicator']}"
        raise RefusedError(_("a rank is not an amount, so it has no bar"), command)
    drawing = _Drawing(comparison, vocabulary)
    kind = {"status": NESTED, "period": LINES}.get(comparison.by, BARS)
    make = {NESTED: drawing.nested, LINES: drawing.lines, BARS: drawing.bars}[kind]
    panels = tuple(make(amounts))
    if kind == NESTED and rows and not panels:
        message = _("no two stages are of one cohort, so they share no axis")
        placed = any("province" in figure.row for figure in comparison.figures)
        table = f"transfer-cli compare {quote(comparison.name)} --by status"
        raise RefusedError(message, Instead("--by", "province") if placed else table)
    caveats = [*drawing.notes, *_hundredfold(panels)]
    if len(amounts) < len(rows):
        caveats.insert(0, _("ranks are left out: a rank is not an amount, so it has no bar"))
    drawn, dashes = _drawn(amounts, panels)
    footer = [*drawing.screen.footer(drawn, dashes=dashes), *caveats] if panels else caveats
    title = drawing.screen.title(amounts)
    return Chart(kind, title, panels, tuple(footer))


def _drawn(rows: Sequence[Row], panels: Sequence[Panel]) -> tuple[list[Row], bool]:
    """Return the rows with the figures that panels draw, and whether these have dashes."""
    marks = [mark for panel in panels for mark in panel.marks]
    ids = {mark.figure.id for mark in marks if mark.figure}
    kept = [
        {column: [one for one in cell if one.id in ids] for column, cell in row.cells.items()}
        for row in rows
    ]
    drawn = [
        row._replace(cells={column: cell for column, cell in cells.items() if cell})
        for row, cells in zip(rows, kept, strict=True)
    ]
    dashes = any(mark.figure is None for mark in marks) or any(panel.unprinted for panel in panels)
    return [row for row in drawn if row.cells], dashes


def _is_rank(row: Row) -> bool:
    figures = (figure for cell in row.cells.values() for figure in cell)
    return any(one.indicator is not None and one.indicator.kind == "rank" for one in figures)


def _hundredfold(panels: Iterable[Panel]) -> list[str]:
    """Return a note for each scale on which a bar is a hundred times as long as another."""
    notes = []
    sizes: dict[str, dict[Number, Mark]] = {}
    for panel in panels:
        for mark in panel.marks:
            if mark.value:
                size = max(mark.value, -mark.value)
                sizes.setdefault(panel.heading, {})[size] = mark
    for heading, marks in sizes.items():
        small, large = min(marks), max(marks)
        if large >= HUNDRED_TIMES * small:
            notes.append(
                _(
                    "{heading}: {large} is about {times:,} times {small}, whose bar is hardly seen",
                    heading=heading,
                    large=_amount(marks[large]),
                    small=_amount(marks[small]),
                    times=round(large / small),
                )
            )
    return notes


def _amount(mark: Mark) -> str:
    return numbers.people(numbers.machine(mark.value))


class _Drawing:
    """Makes the panels of a comparison, whose footnotes are numbered as they are drawn."""

    def __init__(self, comparison: Comparison, vocabulary: Vocabulary) -> None:
        self.comparison = comparison
        self.vocabulary = vocabulary
        self.screen = Screen(comparison, vocabulary)
        self.notes: list[str] = []

    def bars(self, rows: Sequence[Row]) -> Iterator[Panel]:
        """Yield a panel for each row: a bar for each figure.

        Missing figures have a line each in a single panel; else one line names their provinces.
        """
        for row in rows:
            wholes = self._wholes(row)
            marks: list[Mark] = []
            unprinted: list[str] = []
            for column in self.comparison.own_columns:
                figures = row.shown(column)
                name = self._name(column)
                if figures:
                    marks += self._of_cell(name, figures, wholes)
                elif len(rows) == 1:
                    marks.append(Mark(name, MISSING))
                elif column and self.comparison.by == "province":
                    unprinted.append(name)
            yield self._panel(row, marks, unprinted)

    def _of_cell(
        self, name: str, figures: Sequence[Figure], wholes: Mapping[str, Figure]
    ) -> Iterator[Mark]:
        """Yield a mark for each figure of a cell.

        Several are distinguished by their places or else subjects, unless a name is too long for a
        label: then their footnotes do.
        """
        owns = [""] * len(figures)
        for column in ("subject", "place"):
            names = [safe(figure.named(column)) for figure in figures]
            if len({*names}) > 1:
                owns = [one if len(one) <= MAX_LABEL else "" for one in names]
        for figure, own in zip(figures, owns, strict=True):
            label = f"{name} · {own}" if own and own != name else name
            yield Mark(label, self.screen.figure(figure), figure, wholes.get(figure.id))

    def _wholes(self, row: Row) -> dict[str, Figure]:
        """Return for each part of a figure of a row the nearest whole in the row, by id."""
        every = [figure for column in self.comparison.own_columns for figure in row.shown(column)]
        known = {figure.id: figure for figure in every}
        found = {}
        for figure in every:
            whole = next((name for name in figure.wholes if name in known), "")
            if whole:
                found[figure.id] = known[whole]
        return found

    def nested(self, rows: Sequence[Row]) -> Iterator[Panel]:
        """Yield a panel for each cohort: the whole, and the parts inside it.

        Stages that no whole contains share no axis; a note names them.
        """
        alone: list[str] = []
        for row in rows:
            wholes = self._wholes(row)
            inside = {*wholes, *(whole.id for whole in wholes.values())}
            marks = []
            for column in self.comparison.own_columns:
                for figure in row.shown(column):
                    if figure.id not in inside:
                        alone.append(figure.id)
                        continue
                    text = self.screen.figure(figure)
                    marks.append(Mark(self._name(column), text, figure, wholes.get(figure.id)))
            if marks:
                yield self._panel(row, marks)
        if alone:
            self.notes.append(
                _("Not drawn, as no whole contains them: {names}.", names=join(alone))
            )

    def lines(self, rows: Sequence[Row]) -> Iterator[Panel]:
        """Yield a panel for each length of period, with a line for each comparable row.

        A period without a printed figure leaves a gap.
        """
        for _key, group in groupby(rows, key=self._comparable):
            comparable = list(group)
            for kind in timeline.kinds(
                dict.fromkeys(code for row in comparable for code in row.cells)
            ):
                axis = timeline.filled(kind)
                marks: list[Mark] = []
                series = [row for row in comparable if any(code in row.cells for code in kind)]
                for row in series:
                    label = self._series(row) if len(series) > 1 else ""
                    marks += self._on_line(row, axis, label)
                if marks:
                    yield self._panel(series[0], marks, shared=len(series) > 1)
        unread = [code for code in self.comparison.own_columns if periods.find(code) is None]
        count = sum(len(row.cells.get(code, ())) for row in rows for code in unread)
        if count:
            self.notes.append(_("{count} figures without a period are left out", count=count))

    def _on_line(self, row: Row, axis: Sequence[str], series: str) -> Iterator[Mark]:
        previous = ""
        for code in axis:
            figures = row.shown(code)
            label = safe(periods.label(code))
            for figure in figures:
                joined = len(figures) == 1 and timeline.adjacent(previous, code)
                yield Mark(label, self.screen.figure(figure), figure, series=series, joined=joined)
            if not figures:
                yield Mark(label, MISSING, series=series)
            previous = code if len(figures) == 1 else ""

    def _comparable(self, row: Row) -> tuple[str, ...]:
        keys = (value for key, value in row.keys.items() if key not in WHO)
        return (*keys, row.unit.name)

    def _series(self, row: Row) -> str:
        keys = {key: value for key, value in row.keys.items() if key in (*WHO, "indicator")}
        return screens.row_label(row._replace(keys=keys), self.vocabulary)

    def _name(self, column: str) -> str:
        return safe(self.screen.label(self.comparison.by, column)) or MISSING

    def _panel(
        self,
        row: Row,
        marks: Sequence[Mark],
        unprinted: Sequence[str] = (),
        *,
        shared: bool = False,
    ) -> Panel:
        keys = row.keys
        if shared:
            keys = {key: value for key, value in keys.items() if key not in WHO}
        return Panel(
            screens.heading(row, self.vocabulary),
            screens.row_label(row._replace(keys=keys), self.vocabulary),
            tuple(marks),
            f"{MISSING} {join(unprinted)}" if unprinted else "",
        )
