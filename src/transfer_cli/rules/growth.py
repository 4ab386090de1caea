"""Growth from one period to another, growth rates compounded, and parts of a year as a year."""

from collections.abc import Sequence
from itertools import pairwise

from transfer_cli.messages import _
from transfer_cli.model import labels, periods
from transfer_cli.model.periods import Period
from transfer_cli.rules.comparability import CELLS, listed
from transfer_cli.rules.ratio import RATES, refuse_ranks
from transfer_cli.rules.record import Decision, Record, Refusal, calc, show

SERIES = ("indicator", "status", "scope", "province", "place", "subject", "industry")
"""The columns in which a figure must agree with an earlier one to have grown from it."""

CALENDAR_DAYS = 3
"""Days by which periods shorter than a month may differ in length: February, leap years."""
_OF_ONE_PERIOD = ("flow", "")
"""The kinds of which a longer period has more; that of an unknown indicator may be one."""


def decide(one: Record, two: Record) -> Decision:
    """Return whether a figure may grow into another: the same one of a later, equal period."""
    quotient = calc("{} / {}", two.id, one.id)
    refused = refuse_ranks([one, two])
    if refused:
        return refused
    for record in (one, two):
        if record.implied_kind in RATES:
            reason = _(
                "{id} is a {kind}, and a {kind} changes by percentage points",
                id=record.id,
                kind=labels.code("kind", record.implied_kind),
            )
            return Decision.no(reason, calc("{} - {}", two.id, one.id))
    if one.id == two.id:
        return Decision.no(_("there is no growth from {id} to itself", id=one.id), show(one))
    for column in SERIES:
        if CELLS[column](one) != CELLS[column](two):
            reason = _(
                "{one} and {other} differ in {column}: there is no growth from one to the other",
                one=one.id,
                other=two.id,
                column=labels.column(column),
            )
            return Decision.no(reason, quotient)
    first, second = one.span, two.span
    if first is None or second is None:
        undated = one if first is None else two
        reason = _("{id} has no printed period, so growth has no span", id=undated.id)
        return Decision.no(reason, quotient)
    return _follows(one, first, two, second, quotient)


def _follows(one: Record, first: Period, two: Record, second: Period, quotient: str) -> Decision:
    """Return whether two periods are equally long, and one after the other."""
    days = [(span.end - span.start).days for span in (first, second)]
    short = not first.months and abs(days[0] - days[1]) > CALENDAR_DAYS
    if first.months != second.months or short:
        reason = _(
            "{first} and {second} differ in length, so there is no growth from {one} to {other}",
            first=labels.code("period", first.code),
            second=labels.code("period", second.code),
            one=one.id,
            other=two.id,
        )
        year = 0 < second.months < first.months == 12 and first.end < second.start
        if year and one.implied_kind in _OF_ONE_PERIOD:
            # A part of a year can be projected to the whole.
            return Decision.no(reason, calc("growth({}, per_year({}))", one.id, two.id))
        return Decision.no(reason, quotient)
    if first.start >= second.start:
        reason = _(
            "{first} does not come before {second}",
            first=labels.code("period", first.code),
            second=labels.code("period", second.code),
        )
        return Decision.no(reason, calc("growth({}, {})", two.id, one.id))
    return Decision()


def years_between(one: Record, two: Record) -> int | Refusal:
    """Return the number of years between two records that grow; a refusal if it is not whole."""
    first, second = (periods.parse(str(record.period)) for record in (one, two))
    months = (second.start.year - first.start.year) * 12 + second.start.month - first.start.month
    if months % 12 or first.start.day != second.start.day:
        reason = _(
            "{first} and {second} are not whole years apart",
            first=labels.code("period", first.code),
            second=labels.code("period", second.code),
        )
        return Refusal(reason, calc("growth({}, {})", one.id, two.id))
    return months // 12


def compound(records: Sequence[Record]) -> Decision:
    """Return whether growth rates may be compounded.

    They are rates of one series, in periods of one length of which each begins where another ends.
    """
    hint = show(*records)
    for column in SERIES:
        cells = list(dict.fromkeys(CELLS[column](record) for record in records))
        if len(cells) > 1:
            reason = _(
                "growth rates of different series do not compound: different {column}",
                column=labels.column(column),
            )
            return Decision.no(reason, hint)
    dated = sorted(
        (span for record in records if (span := record.span)), key=lambda span: span.start
    )
    follow = all(
        one.months == two.months and (two.start - one.end).days == 1 for one, two in pairwise(dated)
    )
    if len(dated) < len(records) or not follow:
        reason = _(
            "growth rates compound over periods that follow one another: {periods}",
            periods=listed((record.period for record in records), column="period"),
        )
        return Decision.no(reason, hint)
    return Decision()


def months(record: Record) -> int | Refusal:
    """Return the number of months of a figure, fewer than twelve, or why it has no annual rate."""
    hint = show(record)
    kind = record.implied_kind
    if kind not in _OF_ONE_PERIOD:
        reason = _(
            "{id} is a {kind}: a year has no more of it than a month", id=record.id,
            kind=labels.code("kind", kind),
        )  # fmt: skip
        return Refusal(reason, hint)
    span = record.span
    if span is None:
        reason = _("{id} has no printed period, so it has no annual rate", id=record.id)
        return Refusal(reason, hint)
    if not 0 < span.months < 12:
        reason = _(
            "{period} is not part of a year in whole months, so {id} has no annual rate",
            period=span.code, id=record.id,
        )  # fmt: skip
        return Refusal(reason, hint)
    return span.months


def year_of(period: str) -> str:
    """Return the year in which a period of some months lies, or the twelve months that it begins.

    Raises UsageError for other text.
    """
    span = periods.parse(period)
    if span.start.year == span.end.year:
        return str(span.start.year)
    last = (span.start.month + 10) % 12 + 1
    return f"{span.start:%Y-%m}/{span.start.year + 1}-{last:02}"
