"""Checks a report against claims about it: what numerals it prints, and what stands where."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from transfer_cli.report.periods import current_year, find_moments
from transfer_cli.report.quantities import find_quantities
from transfer_cli.report.quantity import Quantity
from transfer_cli.report.shapes import ARABIC
from transfer_cli.report.text import Source, fold

_ARABIC = re.compile(ARABIC)
_DIGITS = "0123456789"
_NUMERALS = "零〇一二两三四五六七八九十百千万亿"


@dataclass(frozen=True, slots=True)
class Token:
    """A numeral of the report: every Arabic one, and the Chinese ones that measure."""

    start: int
    end: int
    line: int
    printed: str


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a Source's text."""

    start: int
    end: int


@lru_cache(maxsize=4)
def tokens(source: Source) -> tuple[Token, ...]:
    """Every Arabic numeral of the text, and every Chinese numeral that measures, in order."""
    arabic = [match.span() for match in _ARABIC.finditer(source.text)]
    chinese = {
        (quantity.start, quantity.end)
        for quantity in quantities(source)
        if not _ARABIC.search(source.text, quantity.start, quantity.end)
    }
    return tuple(
        Token(start, end, source.line_at(start), source.printed(start, end))
        for start, end in sorted([*arabic, *chinese])
    )


@lru_cache(maxsize=4)
def quantities(source: Source) -> tuple[Quantity, ...]:
    """Every quantity that the grammar reads in a text, second printings too."""
    moments = find_moments(source.text, current_year(source.text))
    return tuple(find_quantities(source, moments, repeats=True)[0])


def stands_at(source: Source, line: int, printed: str) -> Span | None:
    """Where a printed form begins on a line, whatever spaces and line breaks divide it."""
    return next(stands(source, line, printed), None)


def read_at(source: Source, line: int, printed: str) -> Quantity | None:
    """The quantity that the grammar reads where a printed form stands, if it reads one there."""
    for span in stands(source, line, printed):
        for quantity in quantities(source):
            if quantity.start <= span.start < quantity.end:
                return quantity
    return None


def stands(source: Source, line: int, printed: str) -> Iterator[Span]:
    """Every place where a printed form begins on a line, in order."""
    start, end = source.line_span(line)
    form = _form(printed)
    if form is None or start == end:
        return
    # A form may go on in the next lines, but never over more than a few spaces for each sign.
    for match in form.finditer(source.text, start, end + 4 * len(printed) + 64):
        if match.start() >= end:
            return
        if not _is_cut(source.text, match.start(), match.end()):
            yield Span(match.start(), match.end())


def lines(source: Source, printed: str) -> list[int]:
    """Every line on which a printed form begins."""
    form = _form(printed)
    found = form.finditer(source.text) if form else iter(())
    spans = (match.span() for match in found)
    return [source.line_at(start) for start, end in spans if not _is_cut(source.text, start, end)]


def _form(printed: str) -> re.Pattern[str] | None:
    form = re.sub(r"\s", "", fold(printed))
    return re.compile(r"\s*".join(map(re.escape, form))) if form else None


def _is_cut(text: str, start: int, end: int) -> bool:
    """Whether a number goes on beyond the stretch: 573 does not stand in 4573."""
    before, after = text[max(0, start - 2) : start], text[end : end + 2]
    if text[start] in _DIGITS and re.search(r"\d[.,]?$", before):
        return True
    if text[start] in _NUMERALS and before[-1:] and before[-1] in _NUMERALS:
        return True
    return text[end - 1] in _DIGITS and bool(re.match(r"[.,]?\d", after))
