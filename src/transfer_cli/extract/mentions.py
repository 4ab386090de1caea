"""Mentions: the quantities of a report, with printed form, value, unit, bound and line."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from transfer_cli.extract import classes
from transfer_cli.extract.change import flipped, is_change, sign
from transfer_cli.extract.clauses import Span, Syntax, heads, list_of
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
    share_units,
    special_readings,
)
from transfer_cli.extract.tables import Cell, find_cells
from transfer_cli.extract.text import ReportText
from transfer_cli.extract.tokens import Kind, Token
from transfer_cli.extract.units import base_unit

_STATED = re.compile(r"(?:[为是达至到过]|指数|系数|得分|[≥≤＝=])[:：]?$")
_CLOSED = re.compile(r"[，。、；！,;)）”\s的和与及以左]|$")
_YEAR = re.compile(r"(?:19|20)\d\d")
NO_UNIT = "no unit"
_MAX_DISTANCE_OF_REPEAT = 80
# The longest base of a multiple, in characters: 不及上年同期总量的八成.
_MAX_BASE = 16


@dataclass(frozen=True, slots=True)
class Mention:
    """A quantity as a report prints it; ``start`` and ``end`` are offsets in its text.

    ``value`` is below zero for a decrease. ``near`` are the stretches whose words belong to this
    number before those of its clause: its noun in a list (合肥 in 合肥、芜湖分别投资5、6亿元), or
    the row label, the header and the caption of a cell, in this order. ``series`` are the numbers
    of its list, in order; it is empty for a number alone. ``change`` is true of an amount by which
    another one changed (减少3万人), which is not a level of it. ``cell`` is true in a table.
    """

    start: int
    end: int
    line: int
    printed: str
    value: Decimal
    unit: str
    bound: str
    note: str = ""
    near: tuple[Span, ...] = ()
    series: tuple[Span, ...] = ()
    change: bool = False
    cell: bool = False


def find_mentions(
    report: ReportText, times: Iterable[TimeExpression], *, repeats: bool = False
) -> tuple[list[Mention], list[Omission]]:
    """Return all quantities in order, and every numeral that is none, with the reason.

    A quantity that is printed a second time close to the first is omitted, unless ``repeats`` is
    true. The steps run in order of precedence: each excludes its stretches from the later ones.
    """
    text, times = report.text, list(times)
    remaining = _RemainingText(text)
    cells = [cell for cell in find_cells(report) if remaining.take(cell.start, cell.end)]
    excluded = [
        Exclusion(cell.start, cell.end, NO_UNIT) for cell in cells if not cell.value(text)[1]
    ]
    excluded += remaining.exclude(exclusions(text, "long"))
    excluded += remaining.exclude(exclusions(remaining.text, "sure"))
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
    readings = list(join_ranges(readings, text))
    mentions, no_figures = _mentions(report, readings, syntax_of(text, readings, times))
    mentions += _cell_mentions(report, cells)
    mentions.sort(key=lambda mention: mention.start)
    second: list[Exclusion] = []
    if not repeats:
        mentions, second = _without_repeats(mentions, times, text)
    for mention in mentions:
        remaining.take(mention.start, mention.end)
    excluded += remaining.exclude([*second, *no_figures])
    excluded += _unread(remaining.text)
    return mentions, omissions_in(report, excluded)


def syntax_of(
    text: str, numbers: Iterable[Reading | Mention], times: Iterable[TimeExpression]
) -> Syntax:
    """Return the tokens of a text in which numbers and times are known."""
    known = [Token(Kind.NUMBER, number.start, number.end) for number in numbers]
    known += [Token(Kind.TIME, time.start, time.end) for time in times]
    return Syntax(text, sorted(known, key=lambda token: token.start))


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


def _mentions(
    report: ReportText, readings: Sequence[Reading], syntax: Syntax
) -> tuple[list[Mention], list[Exclusion]]:
    """Separate the readings that are figures from those that are thresholds or names.

    Numbers of a list share the unit and the bound of each other, and the direction of their verb.
    """
    mentions: list[Mention] = []
    no_figures: list[Exclusion] = []
    for group in _groups(readings, report.text):
        group = share_units(group, report.text)
        bounds = _bounds(group, report.text, syntax)
        reasons = classes.reasons(group, syntax, bounded=bounds[-1] is not None)
        figures = _list_mentions(report, group, bounds, syntax)
        for reading, bound, reason, figure in zip(group, bounds, reasons, figures, strict=True):
            if not _is_quantity(reading, report.text, bounded=bound is not None):
                continue
            if reason:
                no_figures.append(Exclusion(reading.start, reading.end, reason, whole=True))
            else:
                mentions.append(figure)
    return mentions, no_figures


def _list_mentions(
    report: ReportText,
    group: Sequence[Reading],
    bounds: Iterable[str | None],
    syntax: Syntax,
) -> Iterator[Mention]:
    """Yield the numbers of a list as mentions, each with its noun and its sign."""
    spans = tuple(Span(reading.start, reading.end) for reading in group)
    nouns = heads(spans, report.text) if len(group) > 1 else []
    for index, (reading, bound) in enumerate(zip(group, bounds, strict=True)):
        governed = group[0].start if reading.low_start is None else reading.low_start
        falls = sign(syntax, governed, reading.unit) < 0
        yield Mention(
            reading.start,
            reading.end,
            report.line_at(reading.start),
            report.printed(reading.start, reading.end),
            -abs(reading.value) if falls else reading.value,
            reading.unit,
            (flipped(bound) if falls else bound) if bound else "exact",
            reading.note,
            change=is_change(syntax, governed, reading.unit, falls=falls),
            near=(nouns[index],) if nouns else (),
            series=spans if len(spans) > 1 else (),
        )


def _groups(readings: Sequence[Reading], text: str) -> Iterator[Sequence[Reading]]:
    """Yield the readings in order, those of a list together."""
    done = 0
    for run in list_of([Span(reading.start, reading.end) for reading in readings], text):
        yield from ([reading] for reading in readings[done : run.start])
        yield readings[run.start : run.stop]
        done = run.stop
    yield from ([reading] for reading in readings[done:])


def _bounds(group: Sequence[Reading], text: str, syntax: Syntax) -> list[str | None]:
    """Return the bound of each number: its own, else that before or after its list."""
    before = [_bound_before(reading, text, syntax) for reading in group]
    after = [bound_after(text, reading.end) for reading in group]
    shared = before[0] if any(before[:1]) else after[-1]
    holder = group[0] if before[0] else group[-1]
    results = []
    for reading, own_before, own_after in zip(group, before, after, strict=True):
        own = own_before or reading.bound or own_after
        if own is None and base_unit(reading.unit) == base_unit(holder.unit):
            own = shared
        results.append(own)
    return results


def _bound_before(reading: Reading, text: str, syntax: Syntax) -> str | None:
    comparable = "百分点" not in reading.unit
    direct = bound_before(text, reading.start, comparable=comparable)
    return direct or (_bound_over_base(reading, syntax) if comparable else None)


def _bound_over_base(reading: Reading, syntax: Syntax) -> str | None:
    """Return the bound before the base of a multiple or a share: 接近2020年的三倍."""
    if not syntax.text.endswith("的", 0, reading.start):
        return None
    for token in syntax.before(reading.start):
        if token.kind is Kind.BOUND:
            return token.sense
        if token.kind not in (Kind.NOUN, Kind.TIME) or reading.start - token.start > _MAX_BASE:
            return None
    return None


def _cell_mentions(report: ReportText, cells: Iterable[Cell]) -> Iterator[Mention]:
    for cell in cells:
        printed = report.printed(cell.start, cell.end)
        value, unit = cell.value(report.text)
        if unit:
            yield Mention(
                cell.start,
                cell.end,
                report.line_at(cell.start),
                printed,
                value,
                unit,
                "exact",
                near=(cell.label, cell.header, cell.caption),
                cell=True,
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
        reason = "date" if _YEAR.fullmatch(match[0]) else NO_UNIT
        yield Exclusion(match.start(), match.end(), reason)


# Second printings of one figure: 年产20万吨多晶硅项目是首个年产20万吨多晶硅项目.

# The second clause says what the first is: it has no subject of its own.
_APPOSITION = re.compile("(?:成为|作为|[也即]?是|系|这)")


def _without_repeats(
    mentions: Iterable[Mention], times: Sequence[TimeExpression], text: str
) -> tuple[list[Mention], list[Exclusion]]:
    """Separate the figures from second printings of the same figure in the same words close by."""
    first: list[Mention] = []
    second: list[Exclusion] = []
    starts = [time.start for time in times]
    for mention in mentions:
        if any(_repeats(mention, earlier, starts, text) for earlier in first[-6:]):
            second.append(Exclusion(mention.start, mention.end, SECOND_PRINTING))
        else:
            first.append(mention)
    return first, second


def _repeats(later: Mention, earlier: Mention, times: Sequence[int], text: str) -> bool:
    """Return whether a number states the same fact again: same subject, no other time."""
    if (later.value, later.unit, later.bound) != (earlier.value, earlier.unit, earlier.bound):
        return False
    between = text[earlier.end : later.start]
    if later.cell or later.series or "\n" in between or len(between) > _MAX_DISTANCE_OF_REPEAT:
        return False
    index = bisect_left(times, earlier.end)
    if index < len(times) and times[index] < later.start:
        return False
    if not _APPOSITION.search(between):
        return False
    return _same_words(text[earlier.end :][:4], text[later.end :][:4]) or _same_words(
        text[max(0, earlier.start - 12) : earlier.start],
        text[max(earlier.end, later.start - 12) : later.start],
    )


def _same_words(one: str, other: str) -> bool:
    """Return whether both contain the same four characters without punctuation."""
    parts = (one[i : i + 4] for i in range(len(one) - 3))
    return any(part in other and part.isalpha() for part in parts)
