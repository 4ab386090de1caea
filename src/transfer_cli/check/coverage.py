"""Coverage: the numerals of a report, and the rows of the tables that claim them."""

import re
from bisect import bisect_right
from typing import NamedTuple

from transfer_cli.extract import coverage
from transfer_cli.extract.coverage import Span, Token
from transfer_cli.extract.mentions import Mention
from transfer_cli.extract.text import ReportText, fold


def without_spaces(printed: str) -> str:
    """Return a printed form without spaces, its full-width characters folded."""
    return re.sub(r"\s", "", fold(printed))


class Claim(NamedTuple):
    """A stretch of a report, the row that claims it (``metrics.csv:12``), and as which reading."""

    span: Span
    row: str
    reading: int = 0


class Coverage:
    """A report with the claims of rows on it; two claims share no character."""

    def __init__(self, report: ReportText) -> None:
        self.report = report
        self.tokens = coverage.tokens(report)
        self._ends = {token.start: token.end for token in self.tokens}
        self._mentions = coverage.mentions(report)
        self._starts = [mention.start for mention in self._mentions]
        self._claims: dict[int, Claim] = {}
        self._spans: dict[str, Span] = {}

    def claim(
        self, line: int, printed: str, row: str, bound: str | None = None
    ) -> tuple[Claim | None, Claim | None]:
        """Claim the first free place on a line where a form is printed.

        A figure, which has a ``bound``, prefers a place that is read with that bound; another word
        prefers a numeral. Returns the claim, or None and the claim of another row that is in the
        way, if there is one.
        """
        other: Claim | None = None
        places = coverage.occurrences(self.report, line, printed)
        for span in sorted(places, key=lambda place: self._rank(place, bound)):
            taken = [self._claims[at] for at in range(span.start, span.end) if at in self._claims]
            reading = taken[0].reading + 1 if taken else 0
            # 三五年 has two readings, from 3 and up to 5 years: two rows may claim it.
            if not taken or (taken[0].span == span and reading < len(self.mentions_at(span))):
                claim = Claim(span, row, reading)
                self._claims.update(dict.fromkeys(range(span.start, span.end), claim))
                self._spans[row] = span
                return claim, None
            other = other or taken[0]
        return None, other

    def span_of(self, row: str) -> Span | None:
        """Return the stretch that a row has claimed."""
        return self._spans.get(row)

    def _rank(self, span: Span, bound: str | None) -> int:
        """Return the order of a place: 0 if it fits best, 1 if it fits, 2 if it does not.

        An omission fits best where no figure is read.
        """
        if bound is None:
            fits = self._ends.get(span.start) == span.end
            return (0 if fits else 2) + (self.figure_at(span) is not None)
        exact = [
            mention
            for mention in self.mentions_at(span)
            if (mention.start, mention.end) == (span.start, span.end)
        ]
        if not exact:
            return 2
        return 0 if bound in [mention.bound for mention in exact] else 1

    def mentions_at(self, span: Span) -> list[Mention]:
        """Return the quantities that are read in a stretch: none, one, or a pair."""
        first = bisect_right(self._starts, span.start)
        near = self._mentions[max(0, first - 2) : first + 2]
        here = [each for each in near if each.start < span.end and span.start < each.end]
        return [each for each in here if each.start == here[0].start]

    def figure_at(self, span: Span) -> Mention | None:
        """Return the figure that is read at the beginning of a stretch, unless printed before."""
        known = coverage.figures(self.report)
        here = [each for each in self.mentions_at(span) if (each.start, each.end) in known]
        return next((each for each in here if each.start == span.start), None)

    def is_repeated(self, figure: Mention) -> bool:
        """Return whether the report prints the value and the unit of a figure more than once."""
        same = [each for each in self._mentions if each.value == figure.value]
        return sum(each.unit == figure.unit for each in same) > 1

    def is_covered(self, token: Token) -> bool:
        """Return whether one claim covers a numeral: an Arabic one to its last digit."""
        claim = self._claims.get(token.start)
        if claim is None:
            return False
        return claim.span.end >= token.end or not is_arabic(token)

    def lines_of(self, printed: str) -> list[int]:
        """Return the lines on which a form is printed."""
        return coverage.lines_of(self.report, printed)


def is_arabic(token: Token) -> bool:
    """Return whether a numeral is written in digits."""
    return any(char.isdigit() for char in token.printed)
