"""The timeline of a text: which period each of its figures belongs to.

A period holds from where it is stated to where another is stated. It is looked for in the clause
of a figure, then in its sentence. A time that opens a sentence (2024年上半年，…) holds for the
sentences that follow in its paragraph. The time of a title, of a heading, or of the first sentence
under it is proposed for the paragraphs below.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from transfer_cli.extract.clauses import Span
from transfer_cli.extract.headings import is_heading, is_plan
from transfer_cli.extract.inherited import MAX_LEAD, UNDATED, Dating, InheritedPeriods, Source
from transfer_cli.extract.mentions import Mention
from transfer_cli.extract.openings import COHORT, Segment, is_aside, opening
from transfer_cli.extract.periods import TimeExpression
from transfer_cli.extract.stages import AIM_OF_PARAGRAPH, REVIEW
from transfer_cli.extract.stated_periods import same_part
from transfer_cli.extract.text import (
    CLAUSE,
    FULL_STOP,
    PARAGRAPH,
    SENTENCE,
    end_of,
    sentences,
    start_of,
)

_MAX_LOOKBACK = 20
_MAX_DISTANCE_OF_SAME = 200
_SO_FAR = re.compile("[，]?[^，。；]{0,6}(?:已|累计|共)")
_CHANGES = re.compile("[增提下减高低快慢多少升降回扩缩长]")
_MULTIPLE = re.compile(r"[\d.零半两一二三四五六七八九十]+多?倍")
_EACH = re.compile("分别|依次|各自?(?![地种类项级部省市县区界])")
_BEGINNING = re.compile("起步|成立|启动|开工|落户|组建|挂牌|设立|运营|动工")
_FOUNDED_IN = re.compile("(?:成立|设立|始建|组建|创建|创办|建)[于在]$")
_FOUNDED = re.compile(
    "(?:[^，。；\\d]{0,10}(?:批准|获批))?[^，。；\\d]{0,4}(?:成立|设立|组建|挂牌|获批)，"
)
_FORMER = re.compile("[由从][^，。；]*?(?:[增减提压缩上下调]?[升降到至加少高为长]+)[到至为]?")
# 由过去的30天压缩到7天.
_FROM = re.compile("[由从](?:(?:过去|原来|原先|以前|此前|最初)的?)?$")
_MAX_FROM = 6
# 由2015年的119.9亿元降至22.8亿元: the second value is of a later time.
_TO = re.compile(
    "(?:转|整合|优化|发展|跃升|攀升|[增减提压缩上下调升降回扩][^，。；\\d]{0,2})[到至为]"
)
# 上届签约的186个项目: of another event, whose time is not stated.
_MAX_EDITION = 20
_OTHER_EDITION = re.compile("(?<![比较])(?:上一?|往|历)届[^，。；、]{0,12}$")
_BY = re.compile(f"[{CLAUSE}]到")
# （二）项目建设。 is a heading that runs into its paragraph.
_NUMBERED_LEAD = re.compile("[（(][一二三四五六七八九十]+[）)][^，。；\\d]{1,16}[。：]")
_NOW = re.compile("目前|至今|如今|迄今|现已")


class Timeline:
    """The time expressions of a text: returns the period that applies to any stretch of it.

    ``numbers`` are the offsets at which the figures of the text begin, ``year`` is the one that it
    calls 今年.
    """

    def __init__(
        self,
        text: str,
        times: Sequence[TimeExpression],
        numbers: Sequence[int],
        year: int | None = None,
    ) -> None:
        self._text = text
        self._year = year
        self._times = list(times)
        self._starts = [time.start for time in times]
        self._numbers = numbers
        self._headings: list[int] = []
        # The headings, and the paragraphs that begin with a numbered lead.
        self._sections: list[int] = []
        # The last result of ``headings``, which is called for every figure of a paragraph.
        self._paragraph = -1
        self._above: list[str] = []
        self._segments = [Segment(0, UNDATED), *self._read_segments()]
        self._segment_starts = [segment.start for segment in self._segments]
        self._times = [self._with_part(time) if time.same else time for time in times]

    def dating(self, mention: Mention) -> Dating:
        """Return the period of a figure, and where it is stated.

        A stock at the end of a year is of its last day, its change is of the year:
        年末人口5844万人，比上年末增加14万人.
        """
        dating = self._since_base(mention.start, self._stated(mention))
        at_end_of_year = mention.change and dating.period.endswith("-12-31")
        return dating._replace(period=dating.period[:4]) if at_end_of_year else dating

    def is_former(self, mention: Mention) -> bool:
        """Return whether a figure is the first value of a change: 9户 in 由9户减少到5户."""
        before = _FROM.search(self._text, max(0, mention.start - _MAX_FROM), mention.start)
        return before is not None and bool(
            _FORMER.match(self._text, before.start(), mention.end + 14)
        )

    def _since_base(self, start: int, dating: Dating) -> Dating:
        """Return the period of a yearly rate: 2020年比2015年提高5%，年均增长1% is of 2015/2020."""
        clause = start_of(self._text, start, CLAUSE)
        if self._text.find("年均", clause, start) < 0:
            return dating
        first = bisect_left(self._starts, start_of(self._text, start, SENTENCE))
        times = self._times[max(first, 0) : bisect_left(self._starts, start)]
        bases = [each.period for each in times if each.base and len(each.period) == 4]
        if not bases or len(dating.period) != 4 or bases[-1] >= dating.period:
            return dating
        return Dating(f"{bases[-1]}/{dating.period}", "inferred")

    def _stated(self, mention: Mention) -> Dating:
        """Return the period that the text states for a figure.

        A time in the words that belong to the figure itself comes first: in the row label or the
        header of a cell.
        The first value of a change (由9户减少到5户) is of an earlier time, which is not stated.
        """
        start = mention.start
        if self.is_former(mention):
            return UNDATED
        for span in mention.near:
            if time := self._within(span):
                return Dating(time.period, "clause")
        segment = self._segments[self._segment_index(start)]
        if mention.cell:
            return segment.inherited if segment.inherited.source == "proposal" else UNDATED
        before = bisect_right(self._starts, start)
        nearby = self._times[max(0, before - _MAX_LOOKBACK) : before]
        times = [time for time in nearby if time.start >= segment.start]
        lead = self._text[max(segment.start, start - _MAX_EDITION) : start]
        if not times and _OTHER_EDITION.search(lead):
            return UNDATED
        return (
            self._from_clause(start, times)
            or self._from_behind(mention.end)
            or self._from_sentence(start, times, segment)
            or segment.inherited
        )

    def _from_clause(self, start: int, times: Sequence[TimeExpression]) -> Dating | None:
        """Return the period of the last time before a number in its clause."""
        clause = start_of(self._text, start, CLAUSE)
        for time in reversed([time for time in times if time.start >= clause]):
            # 去年签约的612个项目还有97个没有开工: the time is that of the 612.
            cohort = COHORT.match(self._text, time.end)
            if self._is_of_former(time, start) or (cohort and cohort.end() <= start):
                continue
            if self._is_now(time, times):
                return None
            period = self._in_clause(time, start, times)
            if period is not None:
                return self._dating(time, period, "clause")
        return None

    def _is_now(self, time: TimeExpression, times: Sequence[TimeExpression]) -> bool:
        """Return whether a time is 目前 after a cohort: then its figures are of the text's time.

        去年签约的299个项目中，目前已有241个开工.
        """
        dated = [each for each in times if each.period]
        cohorts = [each for each in dated if COHORT.match(self._text, each.end)]
        now = _NOW.match(self._text, time.start) is not None
        return now and bool(cohorts) and len(cohorts) == len(dated)

    def _is_of_former(self, time: TimeExpression, start: int) -> bool:
        """Return whether a time belongs to the first value of a change, and the number is later."""
        if self._text[time.start - 1 : time.start] not in ("由", "从"):
            return False
        former = bisect_left(self._numbers, time.end)
        between = self._text[self._numbers[former] : start] if former < len(self._numbers) else ""
        return _TO.search(between) is not None

    def _from_behind(self, end: int) -> Dating | None:
        """Return the period of the first time after a number in its clause: 3个于2023年开工.

        There is none if another number or a bracket is between, or if the time is a list.
        """
        index = bisect_left(self._starts, end)
        if index >= len(self._times) or self._times[index].base or self._times[index].members:
            return None
        time = self._times[index]
        number = bisect_left(self._numbers, end)
        between = number < len(self._numbers) and self._numbers[number] < time.start
        apart = self._text.rfind("（", end, time.start) > self._text.rfind("）", end, time.start)
        if between or apart or time.end > end_of(self._text, end, CLAUSE):
            return None
        return Dating(time.period, "clause")

    def _from_sentence(
        self, start: int, times: Sequence[TimeExpression], segment: Segment
    ) -> Dating | None:
        """Return the period of the last time in the clauses before that of a number."""
        clause = start_of(self._text, start, CLAUSE)
        for time in reversed([time for time in times if time.start < clause]):
            if time.base or is_aside(self._text, time, times, segment):
                continue
            # 五年年均增长20%，其中: the years of a rate are no time of what follows it.
            is_rate = self._text.startswith("年均", time.end)
            if self._is_of_former(time, start) or self._is_founding(time):
                continue
            if is_rate or COHORT.match(self._text, time.end) or self._is_now(time, times):
                continue
            if len(time.members) > 1 and (period := self._member(time, start)):
                return self._dating(time, period, "sentence")
            if year := self._year_of_span(time, start):
                return Dating(year, "inferred")
            return self._dating(time, time.period or self._elapsed(time, times), "sentence")
        return None

    def _dating(self, time: TimeExpression, period: str, source: Source) -> Dating:
        """Return a period with its source: inferred if the time does not state the period itself.

        So are all periods of a list together, the time up to 目前, and 同期 alone.
        """
        if not period:
            return UNDATED
        inferred = period not in time.periods or self._text.startswith("同期", time.start)
        return Dating(period, "inferred" if inferred else source)

    def _within(self, span: Span) -> TimeExpression | None:
        """Return the first time in a stretch of the text that names a period."""
        index = bisect_left(self._starts, span.start)
        times = self._times[index : bisect_left(self._starts, span.end)]
        return next((t for t in times if t.period and not (t.members or t.base)), None)

    def whole_year(self, start: int) -> str:
        """Return the 全年 that its sentence states before an offset, or an empty text.

        It is the period of a target that names none: 若预期实现，将增长168%.
        """
        sentence = start_of(self._text, start, FULL_STOP)
        before = bisect_right(self._starts, start)
        for time in reversed(self._times[max(0, before - _MAX_LOOKBACK) : before]):
            if time.start >= sentence and time.whole_year:
                return time.period
        return ""

    def plan(self, start: int) -> str:
        """Return the years of the plan that the title names: 2021/2025 for “十四五”规划.

        It is empty if there is no such title, or if the heading above an offset names another time
        or looks back.
        """
        if not self._headings or self._text[: self._headings[0]].strip():
            return ""
        first, last = self._headings[0], self._headings[bisect_right(self._headings, start) - 1]
        title = Span(first, end_of(self._text, first, PARAGRAPH))
        time = self._within(title) if is_plan(self._text[title.start : title.end]) else None
        heading = Span(last, end_of(self._text, last, PARAGRAPH))
        apart = self._within(heading) or REVIEW.search(self._text, heading.start, heading.end)
        is_own = last == first or not apart
        return time.period if time and "/" in time.period and is_own else ""

    def _segment_index(self, start: int) -> int:
        return bisect_right(self._segment_starts, start) - 1

    def section(self, start: int) -> int:
        """Return where the section of an offset begins: with its heading or lead, or at 0."""
        index = bisect_right(self._sections, start) - 1
        return self._sections[index] if index >= 0 else 0

    def paragraph(self, start: int) -> int:
        """Return where the paragraph of an offset begins."""
        return start_of(self._text, start, PARAGRAPH)

    def headings(self, start: int) -> list[str]:
        """Return what stands above an offset: the title, the heading, and a short first sentence.

        （一）主要目标。 is a heading that runs into its paragraph.
        """
        paragraph = start_of(self._text, start, PARAGRAPH)
        if paragraph != self._paragraph:
            self._paragraph, self._above = paragraph, self._headings_above(paragraph, start)
        return self._above

    def _headings_above(self, paragraph: int, start: int) -> list[str]:
        lead = self._text[paragraph : end_of(self._text, paragraph, "。，：；\n") + 1]
        leads = len(lead) <= MAX_LEAD and lead.endswith(("。", "："))
        leads = leads or AIM_OF_PARAGRAPH.match(lead) is not None
        end = bisect_right(self._headings, start)
        offsets = dict.fromkeys((*self._headings[:1], *self._headings[max(end - 1, 0) : end]))
        above = [self._text[each : end_of(self._text, each, PARAGRAPH)] for each in offsets]
        return [each for each in above if is_heading(each)] + [lead] * leads

    def _with_part(self, time: TimeExpression) -> TimeExpression:
        """Return 上年同期 with the part of the year that the text is about there."""
        index = self._segment_index(time.start)
        last = bisect_left(self._starts, time.start)
        first = bisect_left(self._starts, self._segments[index].start, hi=last)
        first = max(first, last - _MAX_LOOKBACK)
        if not time.period and not time.members:
            # 同期 alone repeats the time that was stated last near it, at most a paragraph above.
            begin = start_of(self._text, start_of(self._text, time.start, PARAGRAPH) - 1, PARAGRAPH)
            begin = max(begin, time.start - _MAX_DISTANCE_OF_SAME)
            first = max(0, last - _MAX_LOOKBACK, bisect_left(self._starts, begin))
        stated = [each.period for each in self._times[first:last] if not (each.base or each.same)]
        of = stated[-1] if stated else self._segments[index].inherited.period
        members = tuple(same_part(member, of) for member in time.members)
        return replace(time, period=same_part(time.period, of), members=members)

    def _in_clause(
        self, time: TimeExpression, start: int, times: Sequence[TimeExpression]
    ) -> str | None:
        """Return the period that a time in its clause gives to a number; None if it gives none."""
        if time.base or time.plan:
            return time.period if self._is_counted_by(time, start) else None
        if len(time.members) > 1:
            return self._member(time, start)
        if year := self._year_of_span(time, start):
            return year
        if not time.period:
            return self._elapsed(time, times)
        # 去年同期为12个，今年增至19个: 今年 means the same part of it.
        same = [each.period for each in times if each.same and each.start < time.start]
        is_year = same and self._text[time.start : time.end] == "今年"
        return same_part(time.period, same[-1]) if is_year else time.period

    def _is_counted_by(self, base: TimeExpression, start: int) -> bool:
        """Return whether a number is what a base counts: 比2011年的29.9亿美元增长168%.

        It is the first number after the base, and another one follows in the clause; the number of
        a plan may stand alone (年度计划投资245亿元), but not as a share of it (年度计划的70%).
        """
        index = bisect_left(self._numbers, base.end)
        if self._numbers[index : index + 1] != [start]:
            return False
        if base.plan and self._text[start - 1] == "的":
            return False
        if _CHANGES.search(self._text, base.end, start) or _MULTIPLE.match(self._text, start):
            return False
        clause_end = end_of(self._text, start, CLAUSE)
        if index + 1 < len(self._numbers) and self._numbers[index + 1] < clause_end:
            return True
        return base.plan and not base.base

    def _member(self, time: TimeExpression, start: int) -> str:
        """Return the period of a number after a list of periods: its own, or all of them.

        In 2023年和2024年分别签约80个和71个 each period has a number of its own.
        """
        clause = start_of(self._text, start, CLAUSE)
        each = _EACH.search(self._text, max(time.end, clause), start)
        begin = each.end() if each else max(time.end, clause)
        end = end_of(self._text, start, CLAUSE)
        first, last = bisect_left(self._numbers, begin), bisect_left(self._numbers, end)
        count, index = last - first, bisect_left(self._numbers, start) - first
        paired = count == len(time.members) and (each or clause <= time.start)
        if count > 1 and (paired or (each and index < len(time.members))):
            return time.members[index]
        return "" if each else time.period

    def _is_founding(self, time: TimeExpression) -> bool:
        """Return whether a clause says no more than when a park was founded: 2006年获批设立，."""
        clause = start_of(self._text, time.start, CLAUSE)
        if _FOUNDED_IN.search(self._text, clause, time.start):
            return self._text[time.end] in CLAUSE
        return _FOUNDED.match(self._text, time.end) is not None

    def _year_of_span(self, time: TimeExpression, start: int) -> str:
        """Return the year of a number in a list of one for each year of a span, else empty.

        2021—2023年分别为3、4和5亿元; 2021—2023年，签约9个，各年依次为2个、3个和4个.
        """
        years = _years(time.period)
        if not years or time.base:
            return ""
        clause = start_of(self._text, start, CLAUSE)
        begin = max(time.end, clause)
        first = bisect_left(self._numbers, begin)
        last = bisect_left(self._numbers, end_of(self._text, start, CLAUSE))
        lead = self._text[begin : self._numbers[first]]
        if not _EACH.search(lead) or "、" in lead or (time.start < clause and "年" not in lead):
            return ""
        return (
            str(years[bisect_left(self._numbers, start) - first])
            if last - first == len(years)
            else ""
        )

    def _elapsed(self, time: TimeExpression, times: Sequence[TimeExpression]) -> str:
        """Return the period from the times before to 目前, or over 四年间; else an empty text.

        2023年3月从零起步，目前 is 2023-03/..; 由2011年的38万吨增至2015年的75万吨，四年间 is
        2011/2015. 到2025年，…，五年 is 2021/2025, as 2021—2025年，…，五年 is.
        """
        earlier = [each for each in times if each.start < time.start and each.period]
        if _NOW.match(self._text, time.start):
            counts = _SO_FAR.match(self._text, time.end)
            for each in earlier:
                closed = "/" not in each.period and not each.base and counts
                if closed and _BEGINNING.search(self._text, each.end, time.start):
                    return f"{each.period}/.."
            return ""
        ends = [each.period for each in earlier if _BY.match(self._text, each.start - 2)]
        if ends and len(ends[-1]) == 4:
            return f"{int(ends[-1]) - time.lapse + 1}/{ends[-1]}"
        if earlier and (span := _years(earlier[-1].period)) and len(span) == time.lapse:
            return earlier[-1].period
        floor = start_of(self._text, time.start, PARAGRAPH)
        before = bisect_left(self._starts, time.start)
        nearby = self._times[max(0, before - _MAX_LOOKBACK) : before]
        nearby = [each for each in nearby if each.start >= floor]
        years = sorted({each.period for each in nearby if re.fullmatch(r"\d{4}", each.period)})
        if not years and self._headings[:1] == [0] and "/" in self._times[0].period:
            years = re.findall(r"\d{4}", self._times[0].period)
        years = years[-time.lapse :]
        gap = int(years[-1]) - int(years[0]) if years else 0
        lapses = gap and time.lapse in (gap, gap + 1)
        return f"{years[0]}/{years[-1]}" if lapses else ""

    # What a sentence inherits.

    def _read_segments(self) -> Iterator[Segment]:
        """Yield the segments of the text, each with the period that stands above it."""
        frames = InheritedPeriods(self._text, self._year)
        for start, end in sentences(self._text):
            if not self._text[start:end].strip():
                continue
            first, last = bisect_left(self._starts, start), bisect_left(self._starts, end)
            times = self._times[first:last]
            frames.enter(start, end, times)
            if frames.is_heading:
                self._headings.append(start)
            if frames.is_heading or _NUMBERED_LEAD.match(self._text, start):
                self._sections.append(start)
            inherited = frames.inherited(start)
            yield Segment(start, inherited)
            frames.leave(start, end, times, opening(self._text, Segment(start, inherited), times))


def _years(period: str) -> range:
    """Return the years of 2021/2023; no years for a period of another form."""
    span = re.fullmatch(r"(\d{4})/(\d{4})", period)
    return range(int(span[1]), int(span[2]) + 1) if span else range(0)
