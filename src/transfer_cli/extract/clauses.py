"""Clauses and lists: which words belong to a number, and which numbers belong together."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from transfer_cli.extract.text import CLAUSE, COORDINATION, SENTENCE, end_of, start_of
from transfer_cli.extract.tokens import Token, tokenize


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the text, by offsets."""

    start: int
    end: int


class Syntax:
    """The tokens of a text, by clause and by sentence."""

    def __init__(self, text: str, known: Iterable[Token]) -> None:
        self.text = text
        self.tokens = tokenize(text, known)
        self._starts = [token.start for token in self.tokens]

    def clause(self, offset: int) -> Sequence[Token]:
        """Return the tokens of the clause around an offset; 、 is inside a clause."""
        start, end = start_of(self.text, offset, CLAUSE), end_of(self.text, offset, CLAUSE)
        return self._between(start, end)

    def sentence(self, offset: int) -> Sequence[Token]:
        """Return the tokens of the sentence around an offset."""
        start, end = start_of(self.text, offset, SENTENCE), end_of(self.text, offset, SENTENCE)
        return self._between(start, end)

    def before(self, offset: int, *, marks: str = CLAUSE) -> Iterator[Token]:
        """Yield the tokens of the clause (or the part up to ``marks``) before an offset.

        The nearest is first.
        """
        floor = start_of(self.text, offset, marks)
        for index in range(bisect_left(self._starts, offset) - 1, -1, -1):
            if self._starts[index] < floor:
                return
            yield self.tokens[index]

    def after(self, offset: int) -> Iterator[Token]:
        """Yield the tokens of the clause that begin at or after an offset."""
        limit = end_of(self.text, offset, CLAUSE)
        for index in range(bisect_left(self._starts, offset), len(self._starts)):
            if self._starts[index] >= limit:
                return
            yield self.tokens[index]

    def words(self, token: Token) -> str:
        """Return the text of a token."""
        return self.text[token.start : token.end]

    def _between(self, start: int, end: int) -> Sequence[Token]:
        return self.tokens[bisect_left(self._starts, start) : bisect_left(self._starts, end)]


# Lists of numbers: 1200、800和600亿元, and the nouns that they belong to.

_SEPARATOR = re.compile(r" ?(?:、|以及|[和与及])(?:以及|[和与及])? ?")
_COMMA_LIST = re.compile("、")
_DIGIT = re.compile(r"\d")
# 合肥、芜湖分别签约; 一季度、二季度各增长.
_DISTRIBUTES = re.compile("分别|依次|各自|各")


def list_of(numbers: Sequence[Span], text: str) -> Iterator[range]:
    """Yield the runs of two numbers or more that only 、 or 和 separates, as ranges of indexes."""
    first = 0
    for index in range(1, len(numbers) + 1):
        if index < len(numbers) and _is_listed(numbers[index - 1], numbers[index], text):
            continue
        if index - first > 1:
            yield range(first, index)
        first = index


def _is_listed(one: Span, other: Span, text: str) -> bool:
    # Two readings of one stretch (三五年) are not a list.
    gap = other.start - one.end
    return 0 < gap <= 6 and _SEPARATOR.fullmatch(text, one.end, other.start) is not None


def heads(numbers: Sequence[Span], text: str) -> list[Span]:
    """Return the nouns that the numbers of a list belong to, one for each, or no nouns.

    In 重庆、陕西利用内资分别达到4920亿元和2820亿元 they are 重庆 and 陕西利用内资. They are in the
    clause of the list, or else in the last clause of its sentence that has as many.
    """
    sentence = start_of(text, numbers[0].start, SENTENCE)
    end = numbers[0].start
    own_clause = True
    while end > sentence:
        start = max(start_of(text, end, CLAUSE), sentence)
        # Without 分别 the items of another clause need not belong to these numbers.
        if own_clause or _DISTRIBUTES.search(text, start_of(text, numbers[0].start, CLAUSE)):
            # The nouns of a clause stand before its own numbers.
            digit = None if own_clause else _DIGIT.search(text, start, end)
            stop = digit.start() if digit else end
            for pattern in (COORDINATION, _COMMA_LIST):
                items = _items(text, start, stop, pattern)
                if len(items) == len(numbers):
                    return items
        end, own_clause = start - 1, False
    return []


def _items(text: str, start: int, end: int, separator: re.Pattern[str]) -> list[Span]:
    cuts = [match.span() for match in separator.finditer(text, start, end)]
    edges = [(start, start), *cuts, (end, end)]
    return [Span(left[1], right[0]) for left, right in pairwise(edges)]
