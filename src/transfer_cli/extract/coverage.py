"""Coverage: the numerals of a report, and where a printed form occurs in it.

``check`` compares tables with a report by these functions.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from transfer_cli.extract.grammar import ARABIC
from transfer_cli.extract.headings import current_year
from transfer_cli.extract.mentions import Mention, find_mentions
from transfer_cli.extract.periods import find_times
from transfer_cli.extract.text import ReportText, fold

_ARABIC = re.compile(ARABIC)
_DIGITS = "0123456789"
_CHINESE_DIGITS = "零〇一二两三四五六七八九十百千万亿"


@dataclass(frozen=True, slots=True)
class Token:
    """A numeral of a report: any Arabic numeral, or a Chinese numeral of a quantity."""

    start: int
    end: int
    line: int
    printed: str


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the text of a report, by offsets."""

    start: int
    end: int


@lru_cache(maxsize=4)
def tokens(report: ReportText) -> tuple[Token, ...]:
    """Return every Arabic numeral and every Chinese numeral of a quantity, in order."""
    arabic = [match.span() for match in _ARABIC.finditer(report.text)]
    chinese = {
        (mention.start, mention.end)
        for mention in mentions(report)
        if not _ARABIC.search(report.text, mention.start, mention.end)
    }
    return tuple(
        Token(start, end, report.line_at(start), report.printed(start, end))
        for start, end in sorted([*arabic, *chinese])
    )


@lru_cache(maxsize=4)
def mentions(report: ReportText) -> tuple[Mention, ...]:
    """Return every quantity of a report in order, with second printings."""
    times = find_times(report.text, current_year(report.text))
    return tuple(find_mentions(report, times, repeats=True)[0])


@lru_cache(maxsize=4)
def figures(report: ReportText) -> frozenset[tuple[int, int]]:
    """Return where the quantities of a report begin and end, without second printings."""
    times = find_times(report.text, current_year(report.text))
    return frozenset((each.start, each.end) for each in find_mentions(report, times)[0])


def occurrences(report: ReportText, line: int, printed: str) -> Iterator[Span]:
    """Yield every place where a printed form begins on a line, in order.

    Spaces and line breaks in the report are ignored. A place that cuts a number in two is none:
    573 does not occur in 4573.
    """
    start, end = report.line_span(line)
    pattern = _pattern(printed)
    if pattern is None or start == end:
        return
    # A form may continue in the next lines, with a few spaces for each of its characters.
    for match in pattern.finditer(report.text, start, end + 4 * len(printed) + 64):
        if match.start() >= end:
            return
        if _is_complete(report, *match.span(1)):
            yield Span(*match.span(1))


def lines_of(report: ReportText, printed: str) -> list[int]:
    """Return every line on which a printed form begins."""
    pattern = _pattern(printed)
    spans = [match.span(1) for match in pattern.finditer(report.text)] if pattern else []
    return [report.line_at(start) for start, end in spans if _is_complete(report, start, end)]


def _pattern(printed: str) -> re.Pattern[str] | None:
    """Return the pattern of a printed form; it is a lookahead, so that matches may overlap."""
    form = re.sub(r"\s", "", fold(printed))
    letters = r"\s*".join(map(re.escape, form))
    return re.compile(f"(?=({letters}))") if form else None


def _is_complete(report: ReportText, start: int, end: int) -> bool:
    """Return whether a stretch cuts no number in two.

    A stretch that is a token or a mention is complete, though a digit may follow it: 2024.6 in
    2024.6.30.
    """
    return not _is_cut(report.text, start, end) or (start, end) in _spans(report)


@lru_cache(maxsize=4)
def _spans(report: ReportText) -> frozenset[tuple[int, int]]:
    spans = {(token.start, token.end) for token in tokens(report)}
    return frozenset(spans | {(mention.start, mention.end) for mention in mentions(report)})


def _is_cut(text: str, start: int, end: int) -> bool:
    """Return whether a number continues before or after a stretch."""
    before, after = text[max(0, start - 2) : start], text[end : end + 2]
    if text[start] in _DIGITS and re.search(r"\d[.,]?$", before):
        return True
    if text[start] in _CHINESE_DIGITS and before[-1:] and before[-1] in _CHINESE_DIGITS:
        return True
    return text[end - 1] in _DIGITS and bool(re.match(r"[.,]?\d", after))
