"""The report under the tables: which numerals it prints, and which row claims which of them."""

import re
from bisect import bisect_right
from dataclasses import dataclass, field

from transfer_cli.extract import coverage
from transfer_cli.extract.coverage import Span, Token
from transfer_cli.extract.mentions import Mention as Quantity
from transfer_cli.extract.text import ReportText as Source
from transfer_cli.extract.text import fold


def bare(printed: str) -> str:
    """Return a printed form without spaces, its full-width characters folded."""
    return re.sub(r"\s", "", fold(printed))


@dataclass(frozen=True, slots=True)
class Claim:
    """A stretch of the report, who claims it (``metrics.csv:12``), and as which reading of it."""

    span: Span
    who: str
    turn: int = 0


@dataclass(frozen=True, slots=True)
class Place:
    """What a row got: its claim; or none, and then the claim of another that is in the way."""

    claim: Claim | None
    other: Claim | None = None


@dataclass(slots=True)
class Grounds:
    """A report with the claims made on it so far; no two claims share a character."""

    source: Source
    tokens: tuple[Token, ...] = field(init=False)
    _quantities: tuple[Quantity, ...] = field(init=False)
    _starts: list[int] = field(init=False)
    _ends: dict[int, int] = field(init=False)
    _claims: dict[int, Claim] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.tokens = coverage.tokens(self.source)
        self._ends = {token.start: token.end for token in self.tokens}
        self._quantities = coverage.mentions(self.source)
        self._starts = [quantity.start for quantity in self._quantities]

    def claim(self, line: int, printed: str, who: str, bound: str | None = None) -> Place:
        """Claim the first free place on a line where a form stands.

        A figure, which has a ``bound``, looks first where it is read with that bound; another word
        where a numeral is to be claimed.
        """
        other: Claim | None = None
        places = list(coverage.occurrences(self.source, line, printed))
        for span in sorted(places, key=lambda place: self._rank(place, bound)):
            taken = [self._claims[at] for at in range(span.start, span.end) if at in self._claims]
            turn = taken[0].turn + 1 if taken else 0
            # 三五年 is read as two figures, from 3 and up to 5: two rows may claim it.
            if not taken or (taken[0].span == span and turn < len(self.read(span))):
                mine = Claim(span, who, turn)
                self._claims.update(dict.fromkeys(range(span.start, span.end), mine))
                return Place(mine)
            other = other or taken[0]
        return Place(None, other)

    def _rank(self, span: Span, bound: str | None) -> int:
        """Return how little a place suits: 0 as well as can be, 1 well, 2 not at all."""
        if bound is None:
            return 0 if self._ends.get(span.start) == span.end else 2
        whole = [
            each for each in self.read(span) if (each.start, each.end) == (span.start, span.end)
        ]
        if not whole:
            return 2
        return 0 if bound in [each.bound for each in whole] else 1

    def read(self, span: Span) -> list[Quantity]:
        """Return the quantities that the grammar reads where a stretch is: none, one, or a pair."""
        first = bisect_right(self._starts, span.start)
        near = self._quantities[max(0, first - 2) : first + 2]
        found = [each for each in near if each.start < span.end and span.start < each.end]
        return [each for each in found if each.start == found[0].start]

    def holds(self, token: Token) -> bool:
        """Tell whether one claim holds a numeral: an Arabic one whole, not a digit of it."""
        claim = self._claims.get(token.start)
        if claim is None:
            return False
        return claim.span.end >= token.end or not is_arabic(token)

    def lines(self, printed: str) -> list[int]:
        """Return the lines on which a form stands."""
        return coverage.lines_of(self.source, printed)


def is_arabic(token: Token) -> bool:
    """Tell whether a numeral is written in digits."""
    return any(char.isdigit() for char in token.printed)
