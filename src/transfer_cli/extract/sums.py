"""Sums: figures of a text that add up to another one, so that they are its parts."""

import re
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import groupby, pairwise

from transfer_cli.extract.levels import (
    TOLERANCE,
    WINDOW,
    Level,
    Levels,
    Link,
    Quantity,
    base_value,
    digits_of,
    last_digit,
    may_contain,
)
from transfer_cli.extract.text import COORDINATION, SENTENCE, start_of

# Notes on a whole whose parts do not come to it exactly; ``check`` reads them.
ROUNDED = "rounded"
NOT_EXHAUSTIVE = "not exhaustive"
OVERLAPPING = "parts overlap"
_TOTAL = re.compile("共|合计|总|累计|其中|其余|分别|依次|包括|：|里|中|分|[两三四五六]批")
_MANY_DIGITS = 4
_MAX_PARTS = 8
# The longest distance in characters between a total and what adds up to it.
_DISTANCE = 1500


def links(levels: Levels, known: Container[int]) -> Iterator[Link]:
    """Yield the parts of each figure that neighbouring figures of its unit add up to: 13 + 97.

    ``known`` are the parts so far: they may stand between those of another whole.
    """
    for same in levels.by_unit.values():
        yield from _add_up(levels.text, same)
        yield from _add_up(levels.text, _firsts(same))
        yield from _add_up(levels.text, [each for each in same if each.number not in known])
        for group in _sentences(_firsts(same)):
            yield from _add_up_group(levels, group)


def near(whole: Level, levels: Iterable[Level]) -> list[Level]:
    """Return the levels that are printed close to another one."""
    return [each for each in levels if abs(each.start - whole.start) <= _DISTANCE]


def is_sum(whole: Level, parts: Sequence[Level]) -> bool:
    """Return whether parts add up to a whole, as far as their printed digits say."""
    room = sum((part.last_place for part in parts), whole.last_place) / 2
    gap = abs(sum((part.base for part in parts), -whole.base))
    return gap <= min(room, whole.base * TOLERANCE)


def is_listed(text: str, one: Level, other: Level) -> bool:
    """Return whether two levels are neighbours in a list: 1600亿元、900亿元和700亿元."""
    return COORDINATION.fullmatch(text, one.end, other.start) is not None


def _add_up_group(levels: Levels, group: Sequence[Level]) -> Iterator[Link]:
    """Join the figures of a sentence to the one before them that they add up to."""
    for whole in near(group[-1], levels.of_unit_before(group[0], WINDOW)):
        if _closes(levels.text, whole, group, adjacent=True):
            for part in group:
                yield Link(part.number, whole.number, True)
            return


def _add_up(text: str, levels: Sequence[Level]) -> Iterator[Link]:
    """Join the runs of levels that add up to one before or after them, near first."""
    for at, whole in enumerate(levels):
        after = near(whole, levels[at + 1 : at + 1 + WINDOW])
        before = near(whole, levels[max(0, at - WINDOW) : at][::-1])
        for around in (after, before):
            closing = (
                run
                for run, adjacent in _runs(whole, around)
                if _closes(text, whole, run, adjacent=adjacent)
            )
            found = False
            for run in closing:
                # Two numbers of few digits may add up by chance.
                if found and len(run) == 2 and digits_of((whole, *run)) < _MANY_DIGITS:
                    continue
                found = True
                for part in run:
                    yield Link(part.number, whole.number, True)


def _closes(text: str, whole: Level, run: Sequence[Level], *, adjacent: bool) -> bool:
    """Return whether a run adds up to a whole, and not by chance."""
    if not is_sum(whole, run):
        return False
    nearest = min(run, key=lambda part: abs(part.start - whole.start))
    first, last = sorted((whole, nearest), key=lambda level: level.start)
    digits = digits_of((whole, *run))
    # 其余县区 may be placed above the whole.
    anywhere = digits > _MANY_DIGITS and len(run) > 2
    fits = all(may_contain(whole, part, anywhere=anywhere) for part in run)
    if not fits or is_listed(text, first, last) or not (adjacent or _in_one_form(text, run)):
        return False
    if not adjacent and digits < _MANY_DIGITS and len({part.kind for part in run}) > 1:
        # 建成171个, 未开工203个 and 58个 elsewhere.
        return False
    if digits >= _MANY_DIGITS or adjacent + (len(run) > 2) >= 4 - digits:
        return True
    around = text[max(0, whole.start - 12) : max(whole.end, run[-1].start)]
    return adjacent and _TOTAL.search(around) is not None


def _in_one_form(text: str, run: Sequence[Level]) -> bool:
    """Return whether figures are in one paragraph, or each in a paragraph or row of its own."""
    starts = sorted(level.start for level in run)
    return len({"\n" in text[one:other] for one, other in pairwise(starts)}) == 1


def _firsts(levels: Sequence[Level]) -> list[Level]:
    """Return the first of the levels in each segment: what it is about."""
    firsts: dict[int, Level] = {}
    for level in levels:
        firsts.setdefault(level.segment, level)
    return list(firsts.values())


def _sentences(levels: Iterable[Level]) -> Iterator[Sequence[Level]]:
    """Yield the levels of each sentence that has more than two: 甲市3亿元；乙市2亿元；丙市1亿元."""
    for _start, group in groupby(levels, key=lambda level: level.sentence):
        if 2 < len(members := list(group)) <= _MAX_PARTS:
            yield members


def _runs(whole: Level, levels: Sequence[Level]) -> Iterator[tuple[Sequence[Level], bool]]:
    """Yield the runs of neighbours that may add up to a whole, and whether they are next to it.

    ``levels`` are in the order of their distance from it. Floats only exclude what is far off.
    """
    size = whole.size
    ceiling = size * 1.01
    for first in range(len(levels) - 1):
        total = 0.0
        for last in range(first, min(len(levels), first + _MAX_PARTS)):
            part = levels[last].size
            total += part
            if part >= size or total > ceiling:
                break
            if last > first and total * 1.01 >= size:
                yield levels[first : last + 1], first == 0


def remark(text: str, whole: Quantity, parts: Sequence[Quantity]) -> str:
    """Return what ``check`` needs to know of a whole: how the sum of its parts compares with it.

    Lists in several sentences may divide one whole in several ways: each fits into it, and they
    overlap. A list that is more than its whole gets no remark; ``check`` reports it.
    """
    room = sum((last_digit(part) for part in parts), last_digit(whole)) / 2
    gap = _sum(parts) - base_value(whole)
    if len(parts) < 2 or gap == 0:
        return ""
    if abs(gap) <= room:
        return ROUNDED
    if gap < 0:
        return NOT_EXHAUSTIVE
    lists: dict[int, list[Quantity]] = defaultdict(list)
    for part in parts:
        lists[start_of(text, part.start, SENTENCE)].append(part)
    fits = all(_sum(each) <= base_value(whole) + room for each in lists.values())
    return OVERLAPPING if fits else ""


def _sum(quantities: Sequence[Quantity]) -> Decimal:
    return sum(map(base_value, quantities), Decimal(0))
