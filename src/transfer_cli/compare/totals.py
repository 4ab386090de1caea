"""Totals of a comparison: of each row, and of the rows that differ only in the place or subject.

They obey the rules of the sum. Where these refuse a total, its cell is empty and a note says why.
"""

from collections.abc import Iterator, Sequence

from transfer_cli.calc import arithmetic
from transfer_cli.calc.term import of_figure
from transfer_cli.compare.comparison import WHO, Comparison, Row, about, is_period, together
from transfer_cli.errors import RefusedError, few
from transfer_cli.messages import _, join
from transfer_cli.model.figure import Figure, Quantity
from transfer_cli.model.labels import TOTAL
from transfer_cli.model.vocabulary import Vocabulary
from transfer_cli.rules.comparability import CELLS, differences
from transfer_cli.rules.decision import COMPARABILITY
from transfer_cli.rules.decision import of_figure as record_of


def with_totals(comparison: Comparison, vocabulary: Vocabulary) -> Comparison:
    """Return a comparison with a column ``total``, and a row of totals below each group of rows.

    A group are rows that differ only in province, place or subject. Its row of totals has ``total``
    in the first of these. A column of totals that would be empty is left out.
    """
    totals = _Totals(comparison, vocabulary)
    rows: list[Row] = []
    group: list[Row] = []
    for row in comparison.rows:
        if group and _kind(row) != _kind(group[0]):
            rows += totals.of_group(group)
            group = []
        rows.append(totals.of_row(row))
        group.append(row)
    rows += totals.of_group(group)
    column = [TOTAL] if any(TOTAL in row.cells for row in rows) else []
    return comparison._replace(
        columns=(*comparison.columns, *column),
        rows=tuple(rows),
        notes=(*comparison.notes, *totals.notes()),
    )


def _kind(row: Row) -> tuple[object, ...]:
    """Return what the rows of a group have in common."""
    return (*(cell for key, cell in row.keys.items() if key not in WHO), row.unit)


class _Totals:
    """Makes the totals of a comparison, and the notes on them."""

    def __init__(self, comparison: Comparison, vocabulary: Vocabulary) -> None:
        self.comparison, self.vocabulary = comparison, vocabulary
        self.spread = "period" if is_period(comparison.by) else comparison.by
        self.refused: dict[str, list[str]] = {}
        self.caveats: dict[str, None] = {}

    def of_row(self, row: Row) -> Row:
        """Return a row with the total of its cells, if it has one."""
        total = self._total(row, TOTAL, [row])
        return row._replace(cells={**row.cells, TOTAL: total}) if total else row

    def of_group(self, rows: Sequence[Row]) -> Iterator[Row]:
        """Yield the row of totals of several rows: of each column, and of all."""
        who = [key for key in (rows[0].keys if rows else ()) if key in WHO]
        if len(rows) < 2 or not who:
            return
        keys = {**rows[0].keys, **dict.fromkeys(who, ""), who[0]: TOTAL}
        row = Row(keys, rows[0].unit, {}, {})
        for column in (*self.comparison.columns, TOTAL):
            if total := self._total(row, column, rows):
                row.cells[column] = total
        if row.cells:
            yield row

    def _total(self, row: Row, column: str, rows: Sequence[Row]) -> list[Figure]:
        """Return the sum of a column of rows, or of all columns, as a figure; empty if refused."""
        columns = self.comparison.columns if column == TOTAL else (column,)
        figures = [f for one in rows for name in columns for f in one.cells.get(name, ())]
        if not figures:
            return []
        try:
            if column == TOTAL:
                self._check_periods(figures)
            terms = [of_figure(figure) for figure in figures]
            across = (self.spread,) if column == TOTAL and self.spread in COMPARABILITY else ()
            total = arithmetic.total(terms, self.vocabulary, across)
        except RefusedError as error:
            name = about(row)
            reason = _("{row}: {reason}", row=name, reason=error).removeprefix(name)
            self.refused.setdefault(reason, []).append(name)
            return []
        # The columns and the rows differ by definition.
        spread = [name for name in ("place", self.spread) if name in CELLS]
        known = {
            note
            for some in (figures, total.addends)
            for note in differences([record_of(figure) for figure in some], spread)
        }
        self.caveats.update(dict.fromkeys(note for note in total.notes if note not in known))
        who = (" ".join(filter(None, map(figure.get, WHO))) for figure in figures)
        names = tuple(dict.fromkeys(who))
        if row.added is not None:
            row.added[column] = names
        return [self._figure(row, column, total.quantity.to(row.unit), figures, names)]

    def _check_periods(self, figures: Sequence[Figure]) -> None:
        """Refuse to add periods of what may be a stock: population does not add over years."""
        code = next((f.get("indicator") for f in figures if not f.indicator), "")
        if self.spread == "period" and code:
            message = _("whether {code} adds over periods is not known", code=code)
            raise RefusedError(message)

    def _figure(
        self,
        row: Row,
        column: str,
        quantity: Quantity,
        figures: Sequence[Figure],
        names: Sequence[str],
    ) -> Figure:
        cells = {name: cell for name, cell in quantity.cells().items() if cell}
        if not any("bound" in figure.row for figure in figures):
            cells = {name: cell for name, cell in cells.items() if name in ("value", "unit")}
        made = {**row.keys, self.comparison.by: column, **cells}
        name = _("the total of {names} ({column})", names=join(names), column=column)
        return Figure(made, quantity, figures[0].indicator, name=name)

    def notes(self) -> list[str]:
        """Return the caveats of the totals, and why some are empty."""
        of_what = (
            _("totals are of this selection, not of all")
            if self.comparison.selected
            else _("totals are of the printed figures, not of all")
        )
        notes = [of_what, *self.caveats]
        if self.refused:
            notes.append(_("no total: {reasons}", reasons=few(together(self.refused))))
        return notes
