"""Mentions: the quantities of a report, with printed form, value, unit, bound and line."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from transfer_cli.extract.grammar import ARABIC, bound_after, bound_before
from transfer_cli.extract.omissions import (
    SECOND_PRINTING,
    Exclusion,
    Omission,
    exclusions,
    omissions_in,
)
from transfer_cli.extract.periods import TimeExpression
from transfer_cli.extract.readings import (
    Reading,
    join_ranges,
    number_readings,
    special_readings,
)
from transfer_cli.extract.text import ReportText

_STATED = re.compile(r"(?:[为是达至到过]|指数|系数|得分|[≥≤＝=])[:：]?$")
_CLOSED = re.compile(r"[，。、；！,;)）”\s的和与及以左]|$")
_YEAR = re.compile(r"(?:19|20)\d\d")
_MAX_DISTANCE_OF_REPEAT = 80


@dataclass(frozen=True, slots=True)
class Mention:
    """A quantity as a report prints it; ``start`` and ``end`` are offsets in its text."""

    start: int
    end: int
    line: int
    printed: str
    value: Decimal
    unit: str
    bound: str


def find_mentions(
    report: ReportText, times: Iterable[TimeExpression], *, repeats: bool = False
) -> tuple[list[Mention], list[Omission]]:
    """Return all quantities in order, and every numeral that is none, with the reason.

    A quantity that is printed a second time close to the first is omitted, unless ``repeats`` is
    true. The steps run in order of precedence: each excludes its stretches from the later ones.
    """
    text = report.text
    remaining = _RemainingText(text)
    excluded = remaining.exclude(exclusions(text, "sure"))
    excluded += remaining.exclude(Exclusion(time.start, time.end, "date") for time in times)
    excluded += remaining.exclude(exclusions(remaining.text, "fragments"))
    special = [
        reading
        for reading in special_readings(remaining.text)
        if remaining.take(reading.start, reading.end)
    ]
    excluded += remaining.exclude(exclusions(remaining.text, "ordinals"))
    readings = [*special, *number_readings(remaining.text)]
    readings.sort(key=lambda reading: reading.start)
    mentions = list(_mentions(report, readings))
    second: list[Exclusion] = []
    if not repeats:
        mentions, second = _without_repeats(mentions, text)
    for mention in mentions:
        remaining.take(mention.start, mention.end)
    remaining.exclude(second)
    excluded += second
    excluded += _unread(remaining.text)
    return mentions, omissions_in(report, excluded)


class _RemainingText:
    """The text without the stretches that were taken: NUL replaces their characters."""

    def __init__(self, text: str) -> None:
        self._characters = list(text)

    @property
    def text(self) -> str:
        return "".join(self._characters)

    def take(self, start: int, end: int) -> bool:
        """Take a stretch out; return False, and change nothing, if a part of it was taken."""
        if "\0" in self._characters[start:end]:
            return False
        self._characters[start:end] = "\0" * (end - start)
        return True

    def exclude(self, stretches: Iterable[Exclusion]) -> list[Exclusion]:
        """Take stretches out, in order; return those that could be taken."""
        return [stretch for stretch in stretches if self.take(stretch.start, stretch.end)]


def _mentions(report: ReportText, readings: Iterable[Reading]) -> Iterator[Mention]:
    """Yield the readings that are quantities, with the bound that the words around them set."""
    text = report.text
    for reading in join_ranges(readings, text):
        start, end = reading.start, reading.end
        before = bound_before(text, start, comparable="百分点" not in reading.unit)
        bound = before or reading.bound or bound_after(text, end)
        if _is_quantity(reading, text, bounded=bound is not None):
            yield Mention(
                start,
                end,
                report.line_at(start),
                report.printed(start, end),
                reading.value,
                reading.unit,
                bound or "exact",
            )


def _is_quantity(reading: Reading, text: str, *, bounded: bool) -> bool:
    """Return whether a number has a unit, or the words around it show that it is a figure."""
    if reading.needs_bound and not bounded:
        return False
    if reading.unit:
        return True
    if not text[reading.end - 1].isascii():
        return False
    stated = _STATED.search(text, max(0, reading.start - 4), reading.start)
    year = _YEAR.fullmatch(text, reading.start, reading.end)
    return bool((stated or bounded) and _CLOSED.match(text, reading.end) and not year)


def _unread(text: str) -> Iterator[Exclusion]:
    """Yield the Arabic numerals that no step has read or excluded."""
    for match in re.finditer(ARABIC, text):
        reason = "date" if _YEAR.fullmatch(match[0]) else "no unit"
        yield Exclusion(match.start(), match.end(), reason)


def _without_repeats(
    mentions: Iterable[Mention], text: str
) -> tuple[list[Mention], list[Exclusion]]:
    """Separate the figures from second printings of the same figure in the same words close by."""
    first: list[Mention] = []
    second: list[Exclusion] = []
    for mention in mentions:
        if any(_repeats(mention, earlier, text) for earlier in first[-6:]):
            second.append(Exclusion(mention.start, mention.end, SECOND_PRINTING))
        else:
            first.append(mention)
    return first, second


def _repeats(later: Mention, earlier: Mention, text: str) -> bool:
    if (later.value, later.unit, later.bound) != (earlier.value, earlier.unit, earlier.bound):
        return False
    between = text[earlier.end : later.start]
    if not earlier.end <= later.start <= earlier.end + _MAX_DISTANCE_OF_REPEAT or "\n" in between:
        return False
    return _same_words(text[earlier.end :][:4], text[later.end :][:4]) or _same_words(
        text[max(0, earlier.start - 12) : earlier.start],
        text[max(earlier.end, later.start - 12) : later.start],
    )


def _same_words(one: str, other: str) -> bool:
    """Return whether both contain the same four characters without punctuation."""
    parts = (one[i : i + 4] for i in range(len(one) - 3))
    return any(part in other and part.isalpha() for part in parts)
