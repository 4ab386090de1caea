"""Tables against their report: every row is printed there, and every numeral is in one row.

A share that is printed with its amounts is what one of them is of the other.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

from transfer_cli.check import shares
from transfer_cli.check.cells import number
from transfer_cli.check.coverage import Claim, Coverage, is_arabic, without_spaces
from transfer_cli.check.findings import Finding
from transfer_cli.check.row import Row, in_words, indicator_of, unit_of
from transfer_cli.check.shares import PrintedRow
from transfer_cli.extract import keywords
from transfer_cli.extract.coverage import Span, Token
from transfer_cli.extract.keywords import Context
from transfer_cli.extract.mentions import Mention
from transfer_cli.extract.omissions import SECOND_PRINTING
from transfer_cli.extract.text import ReportText
from transfer_cli.messages import _, join, to_people
from transfer_cli.model import numbers
from transfer_cli.model.vocabulary import Vocabulary

BY_HAND = "read by hand"
"""The words in the note of a figure, or the reason of an omission, that exempt it from checks."""
_PRINTED = {"metrics": "printed", "omitted": "token", "projects": "printed"}
"""The column of the printed form, by the kind of the table."""
_MAX_DISTANCE = 12
"""Characters before a number in which the time of a rate may be named: 月产能8000吨."""


class Report(NamedTuple):
    """The text that tables are compared with, and its name."""

    name: str
    text: ReportText


def check(
    rows: Mapping[str, Sequence[Row]], report: Report, vocabulary: Vocabulary, notes: list[str]
) -> Iterator[Finding]:
    """Yield the rows that the report does not print, and its numerals that are in no row.

    ``rows`` are those of the tables by kind. Figures claim their numerals first, and omissions
    what is left; projects only name what is printed, and claim nothing of either.
    """
    coverage, of_projects = Coverage(report.text), Coverage(report.text)
    for kind in _PRINTED:
        for row in _of_report(rows.get(kind, ()), report.name):
            claims = of_projects if kind == "projects" else coverage
            yield from _check_row(row, kind, claims, vocabulary)
    figures = _of_report(rows.get("metrics", ()), report.name)
    yield from shares.check(list(_printed_rows(figures, coverage)), report.text.text, vocabulary)
    for token in coverage.tokens:
        if not coverage.is_covered(token):
            yield _uncovered(token, coverage, report.name)
    notes += _notes(rows, coverage)


@to_people()
def _notes(rows: Mapping[str, Sequence[Row]], coverage: Coverage) -> list[str]:
    """Return how much of the report is in a row, and what was not compared."""
    notes = [_counts(coverage)]
    if "omitted" not in rows:
        command = "transfer-cli extract REPORT --omitted -o omitted.csv"
        notes.append(_("no omitted.csv among the tables: {command} writes one", command=command))
    by_hand = [row.get("id") for row in rows.get("metrics", ()) if _is_by_hand(row)]
    if by_hand:
        notes.append(_("read by hand, and not checked: {ids}", ids=join(by_hand)))
    return notes


def _of_report(rows: Sequence[Row], name: str) -> Iterator[Row]:
    """Yield the rows of a report: those that name another one in the column source are left out."""
    for row in rows:
        source = row.get("source")
        if not source or Path(source).name == Path(name).name:
            yield row


def _printed_rows(rows: Iterable[Row], coverage: Coverage) -> Iterator[PrintedRow]:
    """Yield the figures that the report prints, without those that were read by hand."""
    for row in rows:
        span = coverage.span_of(_label(row))
        if span and not _is_by_hand(row):
            yield PrintedRow(row, span)


def _label(row: Row) -> str:
    return f"{row.file}:{row.line}"


def _is_by_hand(row: Row) -> bool:
    return BY_HAND in row.get("note")


def _check_row(
    row: Row, kind: str, coverage: Coverage, vocabulary: Vocabulary
) -> Iterator[Finding]:
    column, line = _PRINTED[kind], row.get("line")
    form = row.get(column)
    if not (line.isascii() and line.isdigit() and len(line) < 10 and form.strip()):
        return
    bound = row.get("bound") if kind == "metrics" else None
    claim, other = coverage.claim(int(line), form, _label(row), bound)
    if claim is None:
        yield _unprinted(row, column, other, coverage)
    elif kind == "omitted" and BY_HAND not in row.get("reason"):
        figure = coverage.figure_at(claim.span)
        repeats = row.get("reason") == SECOND_PRINTING and figure and coverage.is_repeated(figure)
        if figure and not repeats:
            message = _("{form!r} is read as a figure: {figure}", form=form, figure=_words(figure))
            fix = _("move it to metrics.csv; if it is none, say {note!r} in the reason",
                    note=BY_HAND)  # fmt: skip
            yield row.finding("reason", message, fix)
    elif kind == "metrics" and not _is_by_hand(row):
        mentions = coverage.mentions_at(claim.span)[claim.reading :]
        mention = mentions[0] if mentions else None
        yield from _compare(row, mention, coverage.report, vocabulary)


def _unprinted(row: Row, column: str, other: Claim | None, coverage: Coverage) -> Finding:
    """Return the finding about a row whose printed form is not free on its line."""
    line, form = row.get("line"), row.get(column)
    if other:
        message = _("{form!r} on line {line} of the report is claimed by {row} already",
                    form=form, line=line, row=other.row)  # fmt: skip
        return row.finding(column, message, _("delete one of the two rows"))
    lines = coverage.lines_of(form)
    if lines:
        message = _("{form!r} does not begin on line {line} of the report", form=form, line=line)
        nearest = min(lines, key=lambda other: abs(other - int(line)))
        return row.finding("line", message, _("write {name}", name=nearest))
    message = _("{form!r} does not occur in the report", form=form)
    return row.finding(column, message, _("write what it prints, or delete the row"))


def _uncovered(token: Token, coverage: Coverage, name: str) -> Finding:
    """Return the finding about a numeral that no row claims."""
    message = _("{token!r} is in neither metrics nor omitted", token=token.printed)
    fix = _("add {row} to omitted.csv", row=f"{token.line},{token.printed},REASON")
    mentions = coverage.mentions_at(Span(token.start, token.end))
    if mentions:
        fix = _(
            "add {figure} (printed {printed!r}) to metrics.csv, or {fix}",
            figure=_words(mentions[0]), printed=mentions[0].printed, fix=fix,
        )  # fmt: skip
    return Finding(name, token.line, "", message, fix)


def _counts(coverage: Coverage) -> str:
    arabic = [coverage.is_covered(token) for token in coverage.tokens if is_arabic(token)]
    chinese = [coverage.is_covered(token) for token in coverage.tokens if not is_arabic(token)]
    return _(
        "{n} of {total} numerals accounted for; {chinese} of {chinese_total} Chinese numerals"
        " that measure",
        n=sum(arabic), total=len(arabic), chinese=sum(chinese), chinese_total=len(chinese),
    )  # fmt: skip


def _compare(
    row: Row, mention: Mention | None, report: ReportText, vocabulary: Vocabulary
) -> Iterator[Finding]:
    """Yield the differences of value, unit and bound between a row and the report."""
    if mention is None:
        message = _("{form!r} is not read as a quantity there", form=row.get("printed"))
        fix = _("move it to omitted.csv; if it is a figure, say {note!r} in the note", note=BY_HAND)
        yield row.finding("printed", message, fix)
        return
    if without_spaces(row.get("printed")) != without_spaces(mention.printed):
        message = _("the report prints {form!r} there, not {own!r}",
                    form=mention.printed, own=row.get("printed"))  # fmt: skip
        yield row.finding("printed", message, _("write {name!r}", name=mention.printed))
    for column, cell, agrees in (
        ("value", str(mention.value), _is_same_value(row, mention, report)),
        ("unit", mention.unit, _is_same_unit(row, mention, report, vocabulary)),
        ("bound", mention.bound, row.get("bound") == mention.bound),
    ):
        if row.get(column) and not agrees:
            message = _("{own!r}, where {figure} is printed",
                        own=row.get(column), figure=_words(mention))  # fmt: skip
            yield row.finding(column, message, _("write {name!r}", name=cell))


def _words(mention: Mention) -> str:
    """Return a quantity in words: ``over 1300 亿元``."""
    return in_words(mention.bound, numbers.machine(Fraction(mention.value)), mention.unit)


def _is_same_value(row: Row, mention: Mention, report: ReportText) -> bool:
    """Return whether the numbers are equal; a decrease may be given as a negative number."""
    value = number(row.get("value"))
    if value is None or value == mention.value:
        return True
    context = Context.of(report.text, mention.start, mention.end)
    return value == -mention.value and keywords.is_decline(context)


def _is_same_unit(row: Row, mention: Mention, report: ReportText, vocabulary: Vocabulary) -> bool:
    """Return whether the units are equal; the time of a rate may be printed before the number."""
    name = row.get("unit")
    head, _slash, time = name.partition("/")
    before = report.text[max(0, mention.start - _MAX_DISTANCE) : mention.start]
    if name == mention.unit or (head == mention.unit and time in before):
        return True
    indicator = indicator_of(row, vocabulary)
    own, other = (unit_of(each, indicator, vocabulary) for each in (name, mention.unit))
    if own is None or other is None:
        return False
    return (own.dimension, own.factor) == (other.dimension, other.factor)
