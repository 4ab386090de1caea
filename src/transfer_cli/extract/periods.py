"""The time expressions of a text.

Which period a figure belongs to is decided in ``timeline``.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace

from transfer_cli.extract.headings import DIGITS, EDITION, ISSUE, OF_MEETING, SUBHEADING, is_heading
from transfer_cli.extract.stated_periods import Parts, Reference, span, stated
from transfer_cli.extract.text import PARAGRAPH
from transfer_cli.extract.time_grammar import TIME


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """A time expression at its offsets in the text.

    ``period`` is empty if it names none (目前, 近年来). ``members`` are the periods of a list such
    as 一、二季度. ``since`` is true for 以来 and 起, ``base`` for the base of a comparison or of a
    ratio (比上年同期, 完成全年目标的), ``whole_year`` for 全年, ``same`` for 同期, whose period is
    the year alone; ``of_event`` for a day or a third of a month, at which something happens;
    ``lapse`` for the years of 四年间; ``plan`` for the time of a plan (全年目标, 年度计划).
    """

    start: int
    end: int
    period: str
    members: tuple[str, ...] = ()
    since: bool = False
    base: bool = False
    whole_year: bool = False
    same: bool = False
    of_event: bool = False
    plan: bool = False
    lapse: int = 0

    @property
    def periods(self) -> tuple[str, ...]:
        """The periods that the expression lists: one for most expressions."""
        return self.members or (self.period,)


# The base of a comparison: 比上年同期, 较2020年末, 与2019年相比, 去年的2.5倍, 占2023年的65%.

_NUMBER = rf"(?:\d[\d.,]*|[零〇半两{DIGITS}百千]+)"
_BASE_BEFORE = re.compile(
    "(?:(?<!占)比(?:[^，。；、\\d]{1,6}的)?|[较較]|相对于?|对比|[高低快慢多少大小好优强早晚]于|相当于|超[过出])(?:前|原)?$"
)
_BASE_AFTER = re.compile(r"(?:同期|末|底|全年)?(?:的?水平)?(?:相比|持平|相当|一致|相同)")
_BASIS_AFTER = re.compile("(?:同期|末|底|全年)?(?:的?水平)?的?基础上")
_JOINED_BEFORE = re.compile("(?:^|(?<=[，。；：\n]))[^，。；：\n]{0,6}[与與和同跟]$|[与與]$")
_RATIO = rf"[约近超]?过?{_NUMBER}(?:\.\d+)?[多余]?(?:倍|%|‰|成(?![为立果员本])|分之)"
_MULTIPLE_AFTER = re.compile(rf"的?[约近超]?过?{_NUMBER}[多余]?倍")
_RATIO_BEFORE = re.compile("(?:占到?|[为是]|达到?|接近|完成|不到|不足|实现|超)了?$")
_RATIO_AFTER = re.compile(rf"[^，。；\n]{{0,24}}?的{_RATIO}")
_COORDINATED = re.compile("[、和与與及]|以及")


# 根据“十四五”规划，到2025年: the plan is named, and its years are not those of the figures.
_NAMED_PLAN = re.compile("规划(?:$|[^期])")
_UP_TO = re.compile("截[至止]到?|到$")


def _is_base(text: str, start: int, end: int) -> bool:
    """Return whether a time only says what a figure is compared with, or is a share of."""
    head = text[max(0, start - 8) : start].rpartition(PARAGRAPH)[2]
    if (
        _BASE_BEFORE.search(head)
        or _MULTIPLE_AFTER.match(text, end)
        or _BASIS_AFTER.match(text, end)
    ):
        return True
    if _BASE_AFTER.match(text, end) and _JOINED_BEFORE.search(head):
        return True
    return bool(_RATIO_BEFORE.search(head) and _RATIO_AFTER.match(text, end))


# Reading the expressions.

# The year that opens a text is the year of its first section, if its title names none.
_MAX_FIRST_PARAGRAPH = 400


def find_times(text: str, year: int | None) -> list[TimeExpression]:
    """Return every time expression of a folded text, in order; ``year`` is the one called 今年."""
    return _with_lists(list(_Reader(text, year).read()), text)


def _headings(text: str) -> Iterator[int]:
    """Yield where the headings of a text begin, without those of a lower level."""
    start = 0
    for line in text.split(PARAGRAPH):
        if is_heading(line) and not SUBHEADING.match(line):
            yield start
        start += len(line) + 1


class _Reader:
    """Reads the time expressions of a text in order; later ones refer to earlier ones."""

    def __init__(self, text: str, year: int | None) -> None:
        self._text = text
        self._reference = Reference(text, year)
        self._headings = list(_headings(text))
        self._section = 0
        # Where the last match begins and ends.
        self._last = (-1, -1)
        self._in_heading = False

    def read(self) -> Iterator[TimeExpression]:
        for match in TIME.finditer(self._text):
            start, end = match.span()
            paragraph = self._enter(start, end)
            parts = Parts(match)
            # 2016年至2019年四年间 names the years.
            repeats = "lapse" in parts and start == self._last[1]
            self._last = (start, self._last[1] if repeats else end)
            if repeats:
                continue
            try:
                time = self._expression(start, end, parts)
            except ValueError:
                continue
            yield time
            if not time.base and time.period and not time.same and not time.plan:
                self._leave(time, parts.year(self._reference), paragraph)

    def _enter(self, start: int, end: int) -> int:
        """Forget what a sentence, a paragraph or a section that has ended referred to.

        Returns the line break since the last expression, or -1.
        """
        text, reference, last = self._text, self._reference, self._last[0]
        if text.find("。", max(last, 0), start) >= 0:
            reference.of_sentence = None
        begin = text.rfind(PARAGRAPH, max(last, 0), start)
        if begin >= 0 or last < 0:
            reference.of_sentence = reference.of_paragraph = None
            line_end = text.find(PARAGRAPH, start)
            heading = is_heading(text[begin + 1 : line_end if line_end >= 0 else None])
            others = (ISSUE, EDITION, OF_MEETING)
            self._in_heading = heading and not any(each.match(text, end) for each in others)
        if (index := bisect_right(self._headings, start)) != self._section:
            self._section, reference.of_section = index, None
        return begin

    def _expression(self, start: int, end: int, parts: Parts) -> TimeExpression:
        """Return a match as a time expression; raise ValueError for a date that does not exist."""
        found = stated(parts, self._reference)
        up_to = _UP_TO.search(self._text, max(0, start - 3), start) is not None
        return TimeExpression(
            start,
            end,
            found[0] if len(found) == 1 else span(found),
            found if len(found) > 1 else (),
            since="since" in parts or "plan_since" in parts,
            base=_is_base(self._text, start, end),
            whole_year="whole" in parts or "plan_of_year" in parts,
            same="same" in parts,
            of_event=not up_to and not parts.isdisjoint(("day", "third", "iso_day")),
            plan="plan_of_year" in parts
            or _NAMED_PLAN.search(self._text, start, end + 1) is not None,
            lapse=parts.number("lapse") if "lapse" in parts else 0,
        )

    def _leave(self, time: TimeExpression, named: int | None, paragraph: int) -> None:
        """Note what later expressions refer to: the year that was ``named``, and the period."""
        text, reference = self._text, self._reference
        reference.last = time.period
        reference.of_sentence = named or reference.of_sentence
        if self._in_heading:
            # Which year the parts of a work report are about is said below its title.
            if paragraph >= 0 or not reference.is_work_report:
                reference.of_section = named or reference.of_section
        elif named and reference.is_work_report and time.start - paragraph in (1, 2):
            reference.of_paragraph = reference.of_section = named
        elif (
            named
            and text.startswith(("，", ","), time.end)
            and not text.endswith("于", 0, time.start)
        ):
            # 开发区成立于2012年，: what follows is not of that year.
            reference.of_paragraph = named
            first = time.start < _MAX_FIRST_PARAGRAPH
            # 去年，…: what follows in the text is of this year.
            first = first and not text.startswith(("去年", "前年"), time.start)
            if first and text.count(PARAGRAPH, 0, time.start) < 3:
                reference.of_section = reference.of_section or named


# Lists of times: 2023年和2024年, 2019年和2020年同期.


def _with_lists(times: list[TimeExpression], text: str) -> list[TimeExpression]:
    """Return times with those that are coordinated in one: 2023年和2024年 has two members.

    A base before 和 makes all that follow it bases: 比去年一季度和去年四季度.
    """
    groups: list[list[TimeExpression]] = []
    for time in times:
        last = groups[-1][-1] if groups else None
        if (
            last
            and all(last.periods)
            and all(time.periods)
            and (groups[-1][0].base or not time.base)
            and _COORDINATED.fullmatch(text, last.end, time.start)
        ):
            groups[-1].append(time)
        else:
            groups.append([time])
    return [_joined(group) if len(group) > 1 else group[0] for group in groups]


def _joined(group: list[TimeExpression]) -> TimeExpression:
    members = tuple(period for time in group for period in time.periods)
    return replace(
        group[0],
        end=group[-1].end,
        period=span(members),
        members=members,
        same=any(time.same for time in group),
    )
