"""Which time a sentence is about, and which times only add a number to compare with."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from transfer_cli.extract.inherited import Dating
from transfer_cli.extract.periods import TimeExpression
from transfer_cli.extract.text import CLAUSE
from transfer_cli.model import periods

# A line of a table.
_ROW = re.compile(r"\||\S  +\S")
# What may stand before a time that opens a sentence: 据统计，; 统计局10月20日发布数据，;
# 分产业看，; 二是; 全市; 截至; 答：.
_OPENING = re.compile(
    "(?:[^，。；：\\d]{1,6}：)?(?:(?:根?据|经|按|从|分)[^，。\\d]{1,24}，|[^，。\\d]{1,12}(?:方面|上)，|其中[，:：]?"
    "|[^，。]{0,24}(?:[电讯]|[）)])[ \u3000]?"
    "|[^，。]{1,40}(?:获悉|发布|数据|统计|介绍|显示|通报|消息|了解|透露|分析|指出|汇报|强调)"
    "[^，。\\d]{0,8}[，:：]?"
    "|(?:[（(]?[一二三四五六七八九十]+[)）、是][^，。\\d]{0,12}[，:：、]?)|“)*"
    "(?:截[至止]到?|到|在|自|从)?[^，。；:：、\\d]{0,8}(?:截[至止]到?|到|在|自|从|于)?"
)
# 2011年为15.8亿美元 after a later time only adds a number to compare with.
_STATES = re.compile("(?:全年)?(?:仅|只|分别|又)?[为是](?=[^，。；]{0,3}\\d)")
# 上年签约的299个项目中，已有241个开工: the time of the cohort, not of what became of it.
COHORT = re.compile(
    "[^，。；\\d]{0,10}[签引落开招][约进地户工引][^，。；]{0,4}的[^，。；]{0,12}(?:项目|企业)"
    "[之当]?中?[，,]?(?=(?:全[市省县])?[还已仍尚目]|其余|全部|[^，。；\\d]{0,4}(?:尚?未|没有))"
)


@dataclass(frozen=True, slots=True)
class Segment:
    """A sentence, or a part of it up to a semicolon, and what its numbers inherit."""

    start: int
    inherited: Dating


def opening(text: str, segment: Segment, times: Sequence[TimeExpression]) -> TimeExpression | None:
    """Return the time that a segment is about: the one that opens it, if it is the only one."""
    stated = [time for time in times if not time.base and not time.plan]
    # 统计局10月20日发布数据 only says when.
    reported = next((n for n, time in enumerate(stated) if not time.of_event), 0)
    stated = stated[reported:]
    # 上年同期为231个 says nothing about the next sentence.
    if not stated or stated[0].same or is_aside(text, stated[0], times, segment):
        return None
    first = stated[0]
    if COHORT.match(text, first.end):
        return None
    if _ROW.search(text, segment.start, first.end):
        return None
    if not _OPENING.fullmatch(text, segment.start, first.start):
        return None
    for time in stated[1:]:
        opens = text[time.start - 1] in CLAUSE
        if opens and _is_later_year(time, first) and not is_aside(text, time, times, segment):
            # 2020年产值624亿元，今年前十个月达到706亿元: the first is there to compare with.
            return time
        if opens and len(time.period) == len(first.period) and time.period != first.period:
            return None
    return first


def _is_later_year(time: TimeExpression, first: TimeExpression) -> bool:
    """Return whether a time is a part of a year after that of another one."""
    one, other = periods.find(time.period), periods.find(first.period)
    return one is not None and other is not None and one.months < 12 == other.months and (
        one.start.year == other.end.year + 1
    )  # fmt: skip


def is_aside(
    text: str, time: TimeExpression, times: Sequence[TimeExpression], segment: Segment
) -> bool:
    """Return whether a time only adds a number to compare with: 上年同期为231个."""
    if time.plan:
        return True
    own = periods.find(time.members[-1] if time.members else time.period)
    if own is None:
        return False
    states = _STATES.match(text, time.end)
    if not states and not time.same:
        return False
    earlier = [each.period for each in times if each.start < time.start and not each.base]
    others = map(periods.find, earlier or [segment.inherited.period])
    return any(other is not None and own.end < other.end for other in others)
