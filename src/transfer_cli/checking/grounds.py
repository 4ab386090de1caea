"""The report under the tables: which numerals it prints, and which row claims which of them."""

import re
from bisect import bisect_right
from dataclasses import dataclass, field

from transfer_cli.report import audit
from transfer_cli.report.audit import Span, Token
from transfer_cli.report.quantity import Quantity
from transfer_cli.report.text import Source, fold


def bare(printed: str) -> str:
    """Return a printed form without spaces, its full-width characters folded."""
    return re.sub(r"\s", "", fold(printed))


@dataclass(frozen=True, slots=True)
class Claim:
    """A stretch of the report, and who claims it: ``metrics.csv:12``."""

    span: Span
    who: str


@dataclass(slots=True)
class Grounds:
    """A report with the claims made on it so far; no two claims share a character."""

    source: Source
    tokens: tuple[Token, ...] = field(init=False)
    _quantities: tuple[Quantity, ...] = field(init=False)
    _starts: list[int] = field(init=False)
    _claims: dict[int, Claim] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.tokens = audit.tokens(self.source)
        self._quantities = audit.quantities(self.source)
        self._starts = [quantity.start for quantity in self._quantities]

    def claim(self, line: int, printed: str, who: str) -> Span | Claim | None:
        """Claim the first free place on a line where a form stands.

        Returns the claim that is in the way where every place is taken, None where it nowhere
        stands.
        """
        other: Claim | None = None
        for span in audit.stands(self.source, line, printed):
            taken = [self._claims[at] for at in range(span.start, span.end) if at in self._claims]
            if not taken:
                mine = Claim(span, who)
                self._claims.update(dict.fromkeys(range(span.start, span.end), mine))
                return span
            other = other or taken[0]
        return other

    def read(self, span: Span) -> Quantity | None:
        """Return the quantity that the grammar reads where a stretch begins, or None."""
        index = bisect_right(self._starts, span.start) - 1
        for quantity in self._quantities[max(0, index) : index + 2]:
            if quantity.start < span.end and span.start < quantity.end:
                return quantity
        return None

    def holds(self, token: Token) -> bool:
        """Tell whether one claim holds a numeral: an Arabic one whole, not a digit of it."""
        claim = self._claims.get(token.start)
        if claim is None:
            return False
        return claim.span.end >= token.end or not is_arabic(token)

    def lines(self, printed: str) -> list[int]:
        """Return the lines on which a form stands."""
        return audit.lines(self.source, printed)


def is_arabic(token: Token) -> bool:
    """Tell whether a numeral is written in digits."""
    return any(char.isdigit() for char in token.printed)
