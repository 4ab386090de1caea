"""What a comparison says between its columns: differences, shares, ranks and growth.

A row that has no meaningful contrast is left out and named in a note; if none has, the request is
refused.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from transfer_cli.calc import arithmetic
from transfer_cli.calc.term import Term, of_figure
from transfer_cli.compare import ranking
from transfer_cli.compare.comparison import Comparison, Row
from transfer_cli.errors import Instead, RefusedError, TransferError, UsageError, few
from transfer_cli.messages import _
from transfer_cli.model import periods
from transfer_cli.model.figure import Quantity
from transfer_cli.model.vocabulary import Vocabulary
from transfer_cli.rules.decision import COMPARABILITY, decide
from transfer_cli.rules.decision import of_figure as record_of

MAX_NAMED = 3
"""Rows that a message names: a large table may have one for each of its groups."""

Cells = dict[str, dict[str, Quantity | str]]
"""The measures of a row by column and by name."""


class Contrast(NamedTuple):
    """Rows of a comparison with, for each column, named measures such as ``difference``."""

    comparison: Comparison
    measures: tuple[str, ...]
    rows: tuple[tuple[Row, Cells], ...]
    notes: tuple[str, ...] = ()


def mode_of(modes: Mapping[str, str | bool], by: str) -> str:
    """Return the one contrast that is requested, or none; raise UsageError for several at once."""
    requested = [name for name, value in modes.items() if value]
    if len(requested) > 1:
        options = _(" and ").join(f"--{name}" for name in requested)
        raise UsageError(
            _("{options} exclude each other", options=options),
            Instead(f"--{requested[1]}", flag=requested[1] != "vs"),
        )
    if "growth" in requested and by != "period":
        raise UsageError(_("growth is between periods"), Instead("--by", "period"))
    return requested[0] if requested else ""


def contrast(comparison: Comparison, mode: str, column: str, vocabulary: Vocabulary) -> Contrast:
    """Return the contrast of a mode: ``vs`` (with ``column``), ``share``, ``rank`` or ``growth``.

    Raises RefusedError if no row of the comparison has it.
    """
    if mode == "vs":
        return _versus(comparison, column, vocabulary)
    return {"share": _shares, "rank": _ranks, "growth": _growths}[mode](comparison, vocabulary)


def _contrast(
    comparison: Comparison,
    measures: tuple[str, ...],
    measure: Callable[[Row], Cells],
    without: Instead,
    *notes: str,
) -> Contrast:
    """Apply ``measure`` to each row, leaving out those that it refuses.

    ``without`` is the hint if it refuses all: the same comparison without the contrast.
    """
    rows: list[tuple[Row, Cells]] = []
    refused: dict[str, int] = {}
    for row in comparison.rows:
        try:
            rows.append((row, measure(row)))
        except RefusedError as error:
            refused[str(error)] = refused.get(str(error), 0) + 1
    if not rows:
        raise _nothing(list(refused), without)
    left_out = []
    if refused:
        count, reasons = sum(refused.values()), few(list(refused), MAX_NAMED)
        left_out = [_("{count} rows left out: {reasons}", count=count, reasons=reasons)]
    unlike = (
        [] if comparison.by == "subject" else _different_subjects([row for row, _cells in rows])
    )
    return Contrast(
        comparison, measures, tuple(rows), (*comparison.notes, *notes, *unlike, *left_out)
    )


def _nothing(reasons: Sequence[str], without: Instead) -> TransferError:
    if not reasons:
        return RefusedError(_("there are no figures to compare"), "transfer-cli compare all")
    return RefusedError("; ".join(reasons[:MAX_NAMED]), without)


def _different_subjects(rows: Sequence[Row]) -> list[str]:
    """Name the rows that compare different events, programmes or firms."""
    notes = []
    for row in rows:
        subjects = [figure.named("subject") for cell in row.cells.values() for figure in cell]
        if len(names := dict.fromkeys(subjects)) > 1:
            listed = "; ".join(name or _("none named") for name in names)
            notes.append(_("{row}: different subjects: {names}", row=_about(row), names=listed))
    if len(notes) > MAX_NAMED:
        notes[MAX_NAMED:] = [_("and {count} more rows", count=len(notes) - MAX_NAMED)]
    return notes


def _comparable_columns(row: Row, comparison: Comparison) -> list[str]:
    """Return the columns of a row that have a figure.

    Refuse a row with fewer than two, with several figures in one, or with figures of different
    industries or of periods of unequal length.
    """
    about = _about(row)
    if any(len(cell) > 1 for cell in row.cells.values()):
        raise RefusedError(_("{row}: a cell holds several figures", row=about))
    filled = [column for column in comparison.columns if row.single(column)]
    if len(filled) < 2:
        only = filled[0] or _("one column") if filled else _("nothing")
        if comparison.partial:
            message = _("{row}: only {column} has it in this selection", row=about, column=only)
            raise RefusedError(message)
        raise RefusedError(
            _("{row}: only {column} prints it, and silence is not zero", row=about, column=only)
        )
    if "period" not in row.keys and len({_months(column) for column in filled}) > 1:
        names = ", ".join(filled)
        raise RefusedError(_("{row}: {periods} are not equally long", row=about, periods=names))
    industries = {figure.get("industry") for cell in row.cells.values() for figure in cell}
    if len(industries) > 1 and row.keys.get("industry") is None:
        names = _(" and ").join(sorted(name or _("all industries") for name in industries))
        raise RefusedError(_("{row}: {industries} are not comparable", row=about, industries=names))
    return filled


def _about(row: Row) -> str:
    return " ".join(cell for key, cell in row.keys.items() if key in COMPARABILITY and cell)


def _months(period: str) -> int:
    """Return the length of a period in months; -1 if none is printed."""
    span = periods.find(period)
    return span.months if span else -1


def _term(row: Row, column: str) -> Term:
    figure = row.single(column)
    assert figure is not None  # noqa: S101  (_comparable_columns returns columns with one figure)
    return of_figure(figure)


def _versus(comparison: Comparison, name: str, vocabulary: Vocabulary) -> Contrast:
    """Return the difference of each column from one column, and its ratio to it."""
    base = comparison.column(name)

    def measure(row: Row) -> Cells:
        columns = _comparable_columns(row, comparison)
        if base not in columns:
            raise RefusedError(_("nothing comparable is printed for {column}", column=base))
        return {
            column: _against(row, column, base, vocabulary) for column in columns if column != base
        }

    note = _("compared with {column}", column=base)
    return _contrast(comparison, ("difference", "ratio"), measure, Instead("--vs"), note)


def _against(row: Row, column: str, base: str, vocabulary: Vocabulary) -> dict[str, Quantity | str]:
    one, two = _term(row, column), _term(row, base)
    measures: dict[str, Quantity | str] = {"difference": arithmetic.minus(one, two).quantity}
    known = one.figures[0].indicator
    if known is None or known.kind not in ("growth", "rank"):
        measures["ratio"] = arithmetic.over(one, two, vocabulary).quantity
    return measures


def _shares(comparison: Comparison, vocabulary: Vocabulary) -> Contrast:
    """Return the share of each column in the sum of the row, if the row may be summed."""

    def measure(row: Row) -> Cells:
        columns = _comparable_columns(row, comparison)
        terms = {column: _term(row, column) for column in columns}
        across = (comparison.by,) if comparison.by in COMPARABILITY else ()
        total = arithmetic.plus(list(terms.values()), vocabulary, across)
        return {
            column: {"share": arithmetic.share(term, total).quantity}
            for column, term in terms.items()
        }

    note = _("shares are of what is printed, not of all")
    return _contrast(comparison, ("share",), measure, Instead("--share", flag=True), note)


def _ranks(comparison: Comparison, _vocabulary: Vocabulary) -> Contrast:
    """Return the rank of each column in its row: one place, or all those it may have."""

    def measure(row: Row) -> Cells:
        columns = _comparable_columns(row, comparison)
        figures = [figure for column in columns if (figure := row.single(column))]
        for refusal in decide("rank", [record_of(figure) for figure in figures]).refusals:
            if comparison.by not in COMPARABILITY:
                raise RefusedError(f"{_about(row)}: {refusal.reason}")
        places = ranking.places(figures)
        return {column: {"rank": place} for column, place in zip(columns, places, strict=True)}

    notes = [_("ranked among what is printed; a range is every rank that the bounds allow")]
    if any(figure.quantity.interval.about for figure in comparison.figures):
        notes.append(_('"about" is read as ±10 %'))
    return _contrast(comparison, ("rank",), measure, Instead("--rank", flag=True), *notes)


def _growths(comparison: Comparison, vocabulary: Vocabulary) -> Contrast:
    """Return the change, multiple and annual growth of each period from the nearest one before."""

    def measure(row: Row) -> Cells:
        columns = [column for column in comparison.columns if row.single(column)]
        if len(columns) < 2:
            _comparable_columns(row, comparison)
        cells = {
            column: _grown(row, columns[:place], column, vocabulary)
            for place, column in enumerate(columns)
        }
        if not any(cells.values()):
            one, two = (_term(row, column) for column in columns[-2:])
            arithmetic.growth(one, two)
            raise RefusedError(_("no two periods are equally long"))
        return {column: cell for column, cell in cells.items() if cell}

    hint = Instead("--growth", flag=True)
    measures = ("since", "change", "multiple", "annual")
    return _contrast(comparison, measures, measure, hint, *_alone(comparison))


def _grown(
    row: Row, earlier: Sequence[str], column: str, vocabulary: Vocabulary
) -> dict[str, Quantity | str]:
    """Return the growth of a column from the nearest earlier one that it can be compared with."""
    term = _term(row, column)
    for before in reversed(earlier):
        base = _term(row, before)
        try:
            measures: dict[str, Quantity | str] = {
                "since": before,
                "change": arithmetic.growth(base, term).quantity,
                "multiple": arithmetic.over(term, base, vocabulary).quantity,
            }
        except RefusedError:
            continue
        try:
            measures["annual"] = arithmetic.cagr(base, term).quantity
        except RefusedError:
            return measures
        return measures
    return {}


def _alone(comparison: Comparison) -> list[str]:
    """Name the periods that have no other of their length to be compared with."""
    lengths: dict[int, list[str]] = {}
    for column in comparison.columns:
        lengths.setdefault(_months(column), []).append(column or _("not printed"))
    alone = [names[0] for names in lengths.values() if len(names) == 1]
    if not alone:
        return []
    return [
        _("no other period is as long, so there is no growth to: {periods}",
          periods=", ".join(alone))
    ]  # fmt: skip
