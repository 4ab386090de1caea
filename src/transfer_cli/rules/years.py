"""Growth rates of years that follow one another, and figures of a part of a year."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

from transfer_cli.messages import _, join
from transfer_cli.model import labels, periods
from transfer_cli.rules.comparability import CELLS
from transfer_cli.rules.pair import SERIES
from transfer_cli.rules.record import Decision, Record, Refusal

_OF_ONE_PERIOD = ("flow", "")
"""The kinds of which a longer period has more; that of an unknown indicator may be one."""


def compound(records: Sequence[Record]) -> Decision:
    """Return whether growth rates may be compounded.

    They are rates of one series, in periods of one length of which each begins where another ends.
    """
    ids = " ".join(dict.fromkeys(record.id for record in records))
    hint = f"transfer-cli show {ids}"
    for column in SERIES:
        cells = list(dict.fromkeys(CELLS[column](record) for record in records))
        if len(cells) > 1:
            reason = _(
                "growth rates of different series do not compound: unlike {column}",
                column=labels.column(column),
            )
            return Decision(refusals=(Refusal(reason, hint),))
    spans = [periods.find(record.period or "") for record in records]
    dated = sorted((span for span in spans if span), key=lambda span: span.start)
    follow = all(
        one.months == two.months and one.end < date.max and two.start == one.end + timedelta(days=1)
        for one, two in pairwise(dated)
    )
    if len(dated) < len(records) or not follow:
        words = join(
            labels.code("period", record.period or "") or _("not printed") for record in records
        )
        reason = _(
            "growth rates compound over periods that follow one another: {periods}", periods=words
        )
        return Decision(refusals=(Refusal(reason, hint),))
    return Decision()


def months(record: Record) -> int | Refusal:
    """Return of how many months a figure is, fewer than twelve, or why it has no annual rate."""
    hint = f"transfer-cli show {record.id}"
    if record.kind not in _OF_ONE_PERIOD:
        reason = _(
            "{id} is a {kind}: a year has no more of it than a month", id=record.id,
            kind=labels.code("kind", record.kind),
        )  # fmt: skip
        return Refusal(reason, hint)
    span = periods.find(record.period or "")
    if span is None:
        reason = _("{id} has no printed period, so it has no annual rate", id=record.id)
        return Refusal(reason, hint)
    if not 0 < span.months < 12:
        reason = _(
            "{period} is no part of a year in whole months, so {id} has no annual rate",
            period=span.code, id=record.id,
        )  # fmt: skip
        return Refusal(reason, hint)
    return span.months


def year_of(period: str) -> str:
    """Return the year in which a period of some months lies, or the twelve months that it begins.

    Raises UsageError for what is no period.
    """
    span = periods.parse(period)
    if span.start.year == span.end.year:
        return str(span.start.year)
    last = (span.start.month + 10) % 12 + 1
    return f"{span.start:%Y-%m}/{span.start.year + 1}-{last:02}"
