"""What one option of ``compare`` derives of the figures of each row: differences, shares, ranks …

A row for which an option has no meaning is left out and named in a note; if that is every row, the
request is refused. A new option is a function of a row and an entry of ``MODES``.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from transfer_cli.compare import contribution, location_quotient, measures
from transfer_cli.compare.comparison import (
    BY,
    MAX_NAMED,
    Comparison,
    Row,
    about,
    is_period,
    together,
)
from transfer_cli.compare.measures import Cells, Context, Derivation
from transfer_cli.errors import Instead, RefusedError, UsageError, few
from transfer_cli.messages import _, join, marked, series
from transfer_cli.model import headings, labels
from transfer_cli.model.labels import TOTAL
from transfer_cli.model.schema import NO_SCHEMA
from transfer_cli.model.vocabulary import Vocabulary


class Derived(NamedTuple):
    """Rows of a comparison, and the measures of each, by column and by name.

    A measure is a quantity with its bound and unit, or a word: a rank, or the period since which
    there is growth. The measures of the column ``TOTAL`` are those of the total of the row.
    """

    comparison: Comparison
    measures: tuple[str, ...]
    rows: tuple[tuple[Row, Cells], ...]
    """A row that is only the base of others has no measures."""
    notes: tuple[str, ...] = ()


class Mode(NamedTuple):
    """An option: what it derives of a row, and the names of these measures in order.

    ``label`` is the measure in a sentence. ``periods`` says whether periods must be the columns
    (True) or must not (False). ``totals`` says whether it goes with ``--total``, ``takes`` whether
    the option names a column. ``apart`` are columns in which the figures of a row agree.
    """

    label: str
    measures: tuple[str, ...]
    derive: Callable[[Comparison], Derivation]
    notes: Callable[[Context], Sequence[str]] = lambda _context: ()
    periods: bool | None = None
    totals: bool = False
    takes: bool = False
    apart: tuple[str, ...] = ()


def _plain(function: Derivation) -> Callable[[Comparison], Derivation]:
    """Return a derivation that does not depend on the other rows of the comparison."""
    return lambda _comparison: function


MODES: dict[str, Mode] = {
    "vs": Mode(
        marked("difference"),
        ("difference", "ratio"),
        _plain(measures.versus),
        lambda context: [
            _("compared with {column}", column=context.comparison.named(context.base))
        ],
        takes=True,
    ),
    "share": Mode(
        marked("share"),
        ("share",),
        _plain(measures.share),
        lambda context: [_of_all(context) or _of_what(context.comparison)],
        totals=True,
    ),
    "rank": Mode(
        marked("rank"),
        ("rank",),
        _plain(measures.rank),
        lambda context: _of_ranks(context.comparison),
    ),
    "growth": Mode(
        marked("growth"),
        ("since", "change", "multiple", "annual"),
        _plain(measures.growth),
        lambda context: _alone(context.comparison),
        periods=True,
        totals=True,
    ),
    "index": Mode(
        marked("index"),
        ("index",),
        _plain(measures.index),
        lambda context: [_("{base} = 100", base=context.comparison.named(context.base))],
        periods=True,
        totals=True,
        takes=True,
    ),
    "contribution": Mode(
        marked("contribution"),
        ("contribution", "since", "change"),
        contribution.contributions,
        lambda context: [
            _of_all(context)
            or (
                _("contributions add up to the growth of the total of this selection")
                if context.comparison.selected
                else _("contributions add up to the growth of the total of what is printed")
            )
        ],
        periods=False,
        totals=True,
    ),
    "lq": Mode(
        marked("location quotient"),
        ("lq",),
        location_quotient.quotients,
        lambda _context: [_("location quotient: above 1 the industry is concentrated there")],
        periods=False,
        apart=("industry",),
    ),
}


class Choice(NamedTuple):
    """The name of an entry of ``MODES``, or empty, and the column or period of its option."""

    mode: str = ""
    column: str = ""


def choose(by: str, *, total: bool, **options: str | bool) -> Choice:
    """Return the one of ``options`` (``vs``, ``share`` …) that is requested, if any is.

    ``by`` is the column that spreads, as the option names it. Raises UsageError for several at
    once, and for one that does not go with ``by`` or ``total``.
    """
    by = headings.column(by, BY, NO_SCHEMA)  # year is the period
    requested = [name for name, value in options.items() if value]
    if total and requested and not MODES[requested[0]].totals:
        requested.append("total")
    if len(requested) > 1:
        named = _(" and ").join(f"--{name}" for name in requested)
        raise UsageError(
            _("{options} exclude each other", options=named),
            without(requested[1]),
        )
    if not requested:
        return Choice()
    [name] = requested
    if MODES[name].periods and not is_period(by):
        message = _("growth is between periods")
        if name == "index":
            message = _("an index is of periods")
        raise UsageError(message, Instead("--by", "period"))
    if MODES[name].periods is False and is_period(by):
        message = _("--{option} is of columns in one period, not of periods", option=name)
        raise UsageError(message, Instead("--by", "province"))
    value = options[name]
    return Choice(name, value if isinstance(value, str) else "")


def without(option: str) -> Instead:
    """Return the hint to leave out an option: an entry of ``MODES``, or ``total``."""
    return Instead(f"--{option}", flag=option == "total" or not MODES[option].takes)


def derive(comparison: Comparison, choice: Choice, vocabulary: Vocabulary) -> Derived:
    """Return what the option of a choice derives.

    Raises RefusedError if it has no meaning for any row of the comparison.
    """
    chosen = MODES[choice.mode]
    base = comparison.column(choice.column) if chosen.takes else ""
    context = Context(comparison, vocabulary, base, {}, {})
    of_row = chosen.derive(comparison)
    rows: list[tuple[Row, Cells]] = []
    refused: dict[str, list[str]] = {}
    for row in comparison.rows:
        try:
            rows.append((row, of_row(row, context)))
        except RefusedError as error:
            reason = str(error)
            own = reason.removeprefix(about(row))
            refused.setdefault(own, []).append(about(row) if own != reason else "")
    if not any(cells for _row, cells in rows):
        if not refused:
            raise RefusedError(_("there are no figures to compare"), "transfer-cli compare all")
        raise RefusedError(series(together(refused)[:MAX_NAMED]), without(choice.mode))
    notes = [*comparison.notes, *chosen.notes(context), *context.caveats]
    if comparison.by != "subject":
        notes += _different_subjects([row for row, _cells in rows])
    reasons = few(together(refused))
    if (count := sum(map(len, refused.values()))) == 1:
        notes.append(_("1 row left out: {reasons}", reasons=reasons))
    elif count:
        notes.append(_("{count} rows left out: {reasons}", count=count, reasons=reasons))
    if context.refused:
        reasons = few([*context.refused])
        notes.append(_("no {measure}: {reasons}", measure=_(chosen.label), reasons=reasons))
    return Derived(comparison, chosen.measures, tuple(rows), tuple(notes))


def _different_subjects(rows: Sequence[Row]) -> list[str]:
    """Return notes on rows that compare different events, programmes or firms."""
    notes = []
    for row in rows:
        own = [cell for column, cell in row.cells.items() if column != TOTAL and not row.is_total]
        subjects = [figure.named("subject") for cell in own for figure in cell]
        if len(names := dict.fromkeys(subjects)) > 1:
            listed = series(name or _("none named") for name in names)
            notes.append(_("{row}: different subjects: {names}", row=about(row), names=listed))
    if len(notes) > MAX_NAMED:
        more = len(notes) - MAX_NAMED
        notes[MAX_NAMED:] = [
            _("and 1 more row") if more == 1 else _("and {count} more rows", count=more)
        ]
    return notes


def _of_all(context: Context) -> str:
    """Return the note on shares of a column that contains the others, or an empty string."""
    by, columns = context.comparison.by, context.comparison.own_columns
    wider = [name for row in context.comparison.rows for name in measures.wider(row, columns)]
    if not wider:
        return ""
    names = join(labels.code(by, name) for name in dict.fromkeys(wider))
    return _("the total is what is printed for {names}", names=names)


def _of_what(comparison: Comparison) -> str:
    """Return the note on what shares are of."""
    if comparison.selected:
        return _("shares are of this selection, not of all")
    return _("shares are of the printed figures, not of all")


def _of_ranks(comparison: Comparison) -> list[str]:
    notes = [
        _("ranked within this selection; a range is every rank that the bounds allow")
        if comparison.selected
        else _("ranked among what is printed; a range is every rank that the bounds allow")
    ]
    if any(figure.quantity.interval.about for figure in comparison.figures):
        notes.append(_('"about" is read as ±10 %'))
    return notes


def _alone(comparison: Comparison) -> list[str]:
    """Return a note on periods without another one of their length to be compared with."""
    lengths: dict[int, list[str]] = {}
    for column in comparison.own_columns:
        name = comparison.named(column) or _("not printed")
        lengths.setdefault(measures.months(column), []).append(name)
    alone = [names[0] for names in lengths.values() if len(names) == 1]
    if not alone:
        return []
    return [
        _("no growth, as no other period has the same length: {periods}",
          periods=join(alone))
    ]  # fmt: skip
