"""The period that a sentence inherits: from its paragraph, its heading or the title of the text."""

import re
from collections.abc import Sequence
from typing import Literal, NamedTuple

from transfer_cli.extract.headings import (
    DATE_ALONE,
    EDITION,
    ISSUE,
    OF_MEETING,
    SUBHEADING,
    is_heading,
    is_plan,
    title_of,
)
from transfer_cli.extract.periods import TimeExpression
from transfer_cli.extract.text import PARAGRAPH, end_of
from transfer_cli.model import periods

Source = Literal["", "clause", "sentence", "paragraph", "inferred", "proposal"]


class Dating(NamedTuple):
    """The period of a figure, and where it is stated: near it, in its paragraph, or above it.

    ``source`` is ``inferred`` if it follows from several times, ``proposal`` if it is stated in a
    title or another paragraph, and empty if no period is stated.
    """

    period: str
    source: Source


UNDATED = Dating("", "")
MAX_LEAD = 12
"""Characters of the longest text before a dateline, or of a heading that leads into a paragraph."""
_EVENT = re.compile(
    "(?:推介|洽谈|博览|对接|恳谈|交易|签约|招商|发布|座谈|[大年峰展论])会|活动|仪式|论坛"
)
_SIGNING = re.compile(
    "(?:推介|洽谈|博览|恳谈|交易|签约|招商|投资)[^，。]{0,4}(?:会|仪式|活动)|博会"
)
_FAIR = re.compile("博会|展会")
_AT_THE_EVENT = re.compile(
    "(?:在?(?:此|本|这)[次届场]|会上|会议期间|大会|活动(?:现场|中|上)|签约的?项目中)"
)
_DATELINE = re.compile("[电讯]")


class InheritedPeriods:
    """The periods that hold for the next sentence: of its paragraph, its section and the text."""

    def __init__(self, text: str, year: int | None) -> None:
        self._text = text
        # The first year that the text may report on: what is long past is history.
        self._first_year = 0 if year is None else year - 1
        # A text in sections says in each of them what it is about.
        self._has_sections = False
        self._plans = is_plan(title_of(text))
        self._title = ""
        self._opening = ""
        self._section = ""
        self._paragraph: Dating | None = None
        self._event = ""
        # The year or years that a paragraph stated last, next to the year of the title.
        self._stated = ""
        self._at_start_of_section = True
        self.is_heading = False
        self._seen = False
        self._first_paragraph = True

    def enter(self, start: int, end: int, times: Sequence[TimeExpression]) -> None:
        """Note where a segment stands: a new paragraph, or a heading."""
        if start == 0 or self._text[start - 1] == PARAGRAPH:
            self._paragraph = None
            self._first_paragraph = not self._seen
            paragraph = self._text[start : end_of(self._text, start, PARAGRAPH)]
            # （2012年3月6日） under a title is neither.
            self.is_heading = is_heading(paragraph) or bool(DATE_ALONE.fullmatch(paragraph))
            if is_heading(paragraph):
                self._enter_heading(start, times)

    def _enter_heading(self, start: int, times: Sequence[TimeExpression]) -> None:
        stated = [
            time.period
            for time in times
            if not (time.base or time.members or ISSUE.match(self._text, time.end))
            and not EDITION.match(self._text, time.end)
            and not OF_MEETING.match(self._text, time.end)
        ]
        one = stated[0] if len(stated) == 1 and not _is_span_of_years(stated[0]) else ""
        if not self._seen:
            self._title = one or self._title
            self._section = ""
        elif one or not SUBHEADING.match(self._text, start):
            self._section = one
        self._at_start_of_section = True
        # ——访某市负责人 is a second line of the title.
        self._has_sections |= self._seen and not self._text.startswith("—", start)

    def inherited(self, start: int) -> Dating:
        """Return the period that a number of the segment has if its sentence states none."""
        if self._event and _AT_THE_EVENT.match(self._text, start):
            self._paragraph = self._paragraph or Dating(self._event, "paragraph")
            return Dating(self._event, "paragraph")
        if self._paragraph is not None:
            return self._paragraph
        proposed = self._section or self._stated or self._title or self._opening
        if self._opening and not self._section and _is_cumulative_part(self._opening, proposed):
            proposed = self._opening
        if proposed.endswith("-12-31"):
            # What is true at the end of a year, is of that year in other paragraphs.
            proposed = proposed[:4]
        # 2017年以来 goes on, but what follows in other paragraphs need not be counted since then.
        closed = proposed and not proposed.endswith("..")
        return Dating(proposed, "proposal") if closed else UNDATED

    def _is_dateline_of_event(self, times: Sequence[TimeExpression], start: int, end: int) -> bool:
        """Return whether the day of a dispatch about an event opens a segment.

        本报西安2024年5月21日电　丝博会昨日闭幕; other dispatches report on a period of their own.
        """
        first = times[0]
        opens = self._first_paragraph and first.of_event and first.start - start <= MAX_LEAD
        if not opens or not all(time.of_event for time in times):
            return False
        event = _EVENT.search(self._text, first.end, end) or _FAIR.search(
            self._text, first.end, end
        )
        return event is not None and _DATELINE.match(self._text, first.end) is not None

    def _may_report(self, time: TimeExpression) -> bool:
        """Return whether what follows may be of a recent time: if the text has no sections."""
        return not self._has_sections and int(time.period[:4]) >= self._first_year

    def leave(
        self,
        start: int,
        end: int,
        times: Sequence[TimeExpression],
        opening: TimeExpression | None,
    ) -> None:
        """Take up what a segment states for the segments below it."""
        if self.is_heading:
            return
        if times and self._is_dateline_of_event(times, start, end):
            self._paragraph = Dating(times[0].period, "paragraph")
            self._opening = self._opening or times[0].period
            self._at_start_of_section, self._seen = False, True
            return
        at_start, first = self._at_start_of_section, not self._seen
        self._at_start_of_section, self._seen = False, True
        days = [time.period for time in times if time.of_event and not time.base]
        if days and _EVENT.search(self._text, start, end):
            self._event = days[0]
        if opening is None:
            if days and _SIGNING.search(self._text, start, end):
                self._paragraph = Dating(days[0], "paragraph")
                self._opening = self._opening or (days[0] if self._first_paragraph else "")
            return
        if opening.of_event and opening.period != self._event:
            return
        if opening.lapse and not opening.period and self._text[opening.end - 1] == "年":
            # 到2025年，…。五年累计…: the year holds for what follows.
            return
        if self._title and _is_next_to(opening.period, self._title):
            self._stated = opening.period
        elif opening.period == self._title:
            self._stated = ""
        opens_paragraph = self._paragraph is None
        # What is counted at the end of a year, is of that year in other sentences.
        period = opening.period[:4] if opening.period.endswith("-12-31") else opening.period
        self._paragraph = Dating(period, "paragraph" if period else "")
        if first or (self._first_paragraph and not self._opening):
            self._opening = opening.period
        elif (
            at_start and not self._title and _spans_months(opening)
            # 今年情况怎样？: a question says what its answer is about, not what the section is.
            and self._text[end - 1] != "？"
        ):  # fmt: skip
            self._section = opening.period
        elif (
            _spans_months(opening) and not _is_span_of_years(opening.period)
            and (self._opening or self._may_report(opening))
        ):  # fmt: skip
            # 今年以来，形势良好。1至11月，: the first paragraph says it more precisely.
            refines = self._first_paragraph and _is_cumulative_part(opening.period, self._opening)
            # 前三季度，…。今年以来，形势良好: what follows is of the quarters.
            widens = _is_cumulative_part(self._opening, opening.period) and (
                self._text.startswith("今年", opening.start) and not opening.whole_year
            )
            # 到2027年，…: only in a plan is what follows to come as well.
            to_come = not self._plans and self._text.endswith("到", 0, opening.start)
            if (opens_paragraph and not (widens or to_come)) or refines:
                self._opening = opening.period


def _is_next_to(period: str, year: str) -> bool:
    """Return whether a period is the year before or after another one, or years up to it."""
    one, other = periods.find(period), periods.find(year)
    if one is None or other is None or one.months % 12 or other.months != 12:
        return False
    return abs(one.end.year - other.end.year) == 1


def _spans_months(time: TimeExpression) -> bool:
    """Return whether a period is reported on as a whole; a month is when something happened."""
    found = periods.find(time.period)
    return found is not None and (found.months > 1 or time.since)


def _is_span_of_years(period: str) -> bool:
    found = periods.find(period)
    return found is not None and found.months > 12


def _is_cumulative_part(period: str, year: str) -> bool:
    """Return whether a period is the first months of a year: what a report of that year covers."""
    one, other = periods.find(period), periods.find(year)
    return one is not None and other is not None and one.start == other.start and one.within(other)
