"""Periods: the time expressions of Chinese prose.

A period is written as in the column ``period``: 2023, 2024-Q1, 2024-S1, 2024-06-30,
2024-01/2024-04, 2021/.. (see ``model.periods``). Which period a figure belongs to is decided in
``timeline``.
"""

import re
from bisect import bisect_right
from calendar import monthrange
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from transfer_cli.extract.headings import (
    DAY,
    DIGITS,
    ISSUE,
    MONTH,
    OF_MEETING,
    SUBHEADING,
    YEAR,
    is_heading,
    is_work_report,
    year_reviewed,
)
from transfer_cli.extract.numerals import parse_number
from transfer_cli.extract.text import PARAGRAPH
from transfer_cli.extract.units import MAGNITUDE, UNIT
from transfer_cli.model import periods

_DASH = "(?:——?|––?|-|~|至|到)"
_QUARTER = "[一二三四1-4]"
_COUNT = rf"(?:\d{{1,2}}|[{DIGITS}两]{{1,3}})"
# 今年 is a year of the whole text; 当年 and 上年 refer to the year that was named last.
_OF_TEXT = {
    "今年": 0,
    "本年": 0,
    "去年": -1,
    "前年": -2,
    "明年": 1,
}
# The year that a text looks back on (see ``headings.year_reviewed``).
_REVIEWED = ("过去一年", "过去的一年", "一年来")
_OF_CONTEXT = {"当年": 0, "同年": 0, "上年": -1, "上一年": -1, "次年": 1, "翌年": 1}
_RELATIVE = "|".join(sorted((*_OF_TEXT, *_OF_CONTEXT, *_REVIEWED), key=len, reverse=True))


# 全年目标 and 年度计划投资 are about the year as a whole, and about nothing that follows them.
_PLANNED = "(?:全年|年度)(?=[^，。；\\d]{0,4}(?:目标|任务|计划))"


def _part_of_year(prefix: str, year_word: str) -> str:
    """Return the pattern of a part of a year, with a prefix to its group names.

    The prefix lets the pattern occur twice in one expression.
    """
    return "|".join(
        f"(?:{pattern})".replace("(?P<", f"(?P<{prefix}")
        for pattern in (
            rf"第?(?P<quarter_from>{_QUARTER})(?:季度)?{_DASH}第?(?P<quarter_to>{_QUARTER})季度",
            rf"第?(?P<quarter_list>{_QUARTER}(?:(?:季度)?[、和与及]第?{_QUARTER}){{1,3}})季度",
            rf"第?(?P<quarter>{_QUARTER})季度",
            "(?P<half>[上下])半年",
            "(?<![提之此以目日])前(?P<quarters>[二两三23])个?季度",
            rf"(?:(?<![提之此以目日])前|头)(?P<first_months>{_COUNT})个?月",
            rf"(?P<month_from>{MONTH})月?份?{_DASH}(?P<month_to>{MONTH})月份?",
            rf"(?P<month_list>{MONTH}(?:月?份?[、和与及]{MONTH}){{1,11}})月份?",
            rf"(?P<month>{MONTH})月(?:(?P<day>{DAY})[日号]"
            rf"(?:{_DASH}(?:(?P<last_month>{MONTH})月)?(?P<last_day>{DAY})[日号])?"
            r"|(?P<month_end>[底末])|份|初|(?P<third>中旬?|[上下]旬))?",
            f"(?P<plan_of_year>{_PLANNED})",
            "(?P<whole>全年)(?!可(?!达|实现|完成|望)|能|都|均|无|不)",
            f"{year_word}(?P<year_end>[底末])(?![部层端])",
            # 年初确定的目标 is of the year, not of its first day.
            f"{year_word}(?P<year_start>初)(?![既确制设预]定|提出|下达|计划|预期)",
            "(?P<same>同期)",
            "(?P<this_month>[当本]月)",
        )
    )


_BARE_YEAR = rf"(?<=\d\d\d\d)(?![\d.,%a-zA-Z+]|-\d| ?{MAGNITUDE}| ?{UNIT})"
_DATED = (
    rf"(?:(?:(?<![\d.A-Za-z])(?P<year>{YEAR})(?:年度?(?!代)|{_BARE_YEAR})"
    # 上年 is no year in 网上年销售额 and 以上年份, nor 明年 in 表明年均.
    rf"|(?<![网线以说表证声])(?P<relative>{_RELATIVE})度?)的?"
    rf"(?:{_part_of_year('with_', '年?')})?"
    rf"|(?<![\d.{DIGITS}])(?:{_part_of_year('', '(?<![每历近往多])年')}))"
    "(?P<since>以来|来(?!看|说|自)|起(?!步|点|源|来))?"
)
# No time expression begins with another character: most of the text is passed over at once.
_FIRST = rf"(?=[\d{DIGITS}〇零两第今本去前明过当同上下次翌全年“近最此未截目如现迄至眼长接头])"
_TIME = re.compile(
    f"{_FIRST}(?:"
    + "|".join(
        (
            rf"(?P<from_year>{YEAR})年(?P<from_month>{MONTH})月{_DASH}"
            rf"(?P<to_year>{YEAR})年(?P<to_month>{MONTH})月份?",
            rf"(?P<first_year>{YEAR})年?{_DASH}(?P<last_year>{YEAR})年"
            rf"(?P<last_month_of_years>{MONTH})月",
            rf"(?P<first_year_only>{YEAR})年?{_DASH}(?P<last_year_only>{YEAR})年度?",
            f"(?:“(?P<plan>[七八九]|十[{DIGITS}]?)五”|(?P<bare_plan>十[一二三四五六])五"
            "(?=规划|时期|期间|以来|末|[，。、的初]))(?:规划|时期|期间)?"
            "(?:(?P<plan_since>以来)|前(?P<plan_years>[一二两三四])年)?",
            rf"(?:过去(?!的?一年)|近|最近|此前)的?(?P<past>{_COUNT})[多余]?年[多间来]?",
            rf"(?:未来|今后)的?(?:{_COUNT}{_DASH})?(?P<future>{_COUNT})年[内间]?",
            rf"(?<![\d.第{DIGITS}])(?!一年来)(?P<lapse>{_COUNT})[多余]?年(?:[来间里](?!看|自|程)|(?=累计|合计|共|总计|年均))",
            r"(?P<iso_year>(?:19|20)\d\d)[-./](?P<iso_month>\d\d?)[-./](?P<iso_day>\d\d?)(?!\d)",
            _DATED,
            "(?P<now>截[至止]目前|目前|如今|当前|现已|迄今|(?<!截)至今(?!年)|眼下|近年来?|长期以来|近期|下一?步|接下来)",
        )
    )
    + ")"
)


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
    "(?:(?<!占)比|[较較]|相对于?|对比|[高低快慢多少大小好优强早晚]于|相当于|超[过出])(?:前|原)?$"
)
_BASE_AFTER = re.compile(r"(?:同期|末|底|全年)?(?:的?水平)?(?:相比|持平|相当|一致|相同)")
_BASIS_AFTER = re.compile("(?:同期|末|底|全年)?(?:的?水平)?的?基础上")
_JOINED_BEFORE = re.compile("(?:^|(?<=[，。；：\n]))[^，。；：\n]{0,6}[与與和同跟]$|[与與]$")
_RATIO = rf"[约近超]?过?{_NUMBER}(?:\.\d+)?[多余]?(?:倍|%|‰|成(?![为立果员本])|分之)"
_MULTIPLE_AFTER = re.compile(rf"的?[约近超]?过?{_NUMBER}[多余]?倍")
_RATIO_BEFORE = re.compile("(?:占到?|[为是]|达到?|接近|完成|不到|不足|实现|超)了?$")
_RATIO_AFTER = re.compile(rf"[^，。；\n]{{0,24}}?的{_RATIO}")
_COORDINATED = re.compile("[、和与與及]|以及")


_UP_TO = re.compile("截[至止]到?|到$")


def _is_base(text: str, start: int, end: int) -> bool:
    """Return whether a time only says what a figure is compared with, or is a share of."""
    head = text[max(0, start - 8) : start]
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
    return _with_lists(list(_times(text, year)), text)


class _Reference:
    """What a time expression without a year refers to, at a place in the text."""

    def __init__(self, text: str, today: int | None) -> None:
        self.today = today
        # The year that 过去一年 means.
        self.reviewed = None if today is None else year_reviewed(text, today)
        self.is_work_report = is_work_report(text)
        # The year that the sentence named last, and that the paragraph is about: 2025年，….
        self.of_sentence: int | None = None
        self.of_paragraph: int | None = None
        # The year of the heading: 2024年工作回顾.
        self.of_section: int | None = None
        # The period that was named last: 当月 is the last month of it.
        self.last = ""

    @property
    def year(self) -> int | None:
        return self.of_sentence or self.of_paragraph or self.of_section or self.today


def _headings(text: str) -> Iterator[int]:
    """Yield where the headings of a text begin, without those of a lower level."""
    start = 0
    for line in text.split(PARAGRAPH):
        if is_heading(line) and not SUBHEADING.match(line):
            yield start
        start += len(line) + 1


def _times(text: str, year: int | None) -> Iterator[TimeExpression]:
    reference = _Reference(text, year)
    headings = list(_headings(text))
    position, last_end, section, in_heading = -1, -1, 0, False
    for match in _TIME.finditer(text):
        start, end = match.span()
        if text.find("。", max(position, 0), start) >= 0:
            reference.of_sentence = None
        begin = text.rfind(PARAGRAPH, max(position, 0), start)
        if begin >= 0 or position < 0:
            reference.of_sentence = reference.of_paragraph = None
            line_end = text.find(PARAGRAPH, start)
            in_heading = is_heading(text[begin + 1 : line_end if line_end >= 0 else None])
            in_heading = in_heading and not (ISSUE.match(text, end) or OF_MEETING.match(text, end))
        if (index := bisect_right(headings, start)) != section:
            section, reference.of_section = index, None
        position = start
        base = _is_base(text, start, end)
        parts = _Parts(match)
        if "lapse" in parts and start == last_end:
            # 2016年至2019年四年间 names the years.
            continue
        last_end = end
        try:
            found = _period(parts, reference)
        except ValueError:
            continue
        up_to = _UP_TO.search(text, max(0, start - 3), start) is not None
        time = TimeExpression(
            start,
            end,
            found[0] if len(found) == 1 else _span(found),
            found if len(found) > 1 else (),
            since="since" in parts or "plan_since" in parts,
            base=base,
            whole_year="whole" in parts or "plan_of_year" in parts,
            same="same" in parts,
            of_event=not up_to and not parts.isdisjoint(("day", "third", "iso_day")),
            plan="plan_of_year" in parts,
            lapse=parts.number("lapse") if "lapse" in parts else 0,
        )
        yield time
        if not base and time.period and not time.same and not time.plan:
            reference.last = time.period
            named = parts.year(reference)
            reference.of_sentence = named or reference.of_sentence
            if in_heading:
                # Which year the parts of a work report are about is said below its title.
                if begin >= 0 or not reference.is_work_report:
                    reference.of_section = named or reference.of_section
            elif named and reference.is_work_report and start in (begin + 1, begin + 2):
                reference.of_paragraph = reference.of_section = named
            elif named and text[end : end + 1] in ("，", ","):
                reference.of_paragraph = named
                if start < _MAX_FIRST_PARAGRAPH and text.count(PARAGRAPH, 0, start) < 3:
                    reference.of_section = reference.of_section or named


class _Parts:
    """The named groups of a match that are not empty, without the prefix of ``_part_of_year``."""

    def __init__(self, match: re.Match[str]) -> None:
        self._texts = {
            name.removeprefix("with_"): text for name, text in match.groupdict().items() if text
        }

    def __contains__(self, name: str) -> bool:
        return name in self._texts

    def __getitem__(self, name: str) -> str:
        return self._texts[name]

    def isdisjoint(self, names: Iterable[str]) -> bool:
        return self._texts.keys().isdisjoint(names)

    def number(self, name: str) -> int:
        return int(parse_number(self[name]))

    def numbers(self, name: str) -> list[int]:
        """Return the numbers of a list: 一季度和二季度 has 1 and 2."""
        items = re.findall(rf"\d+|[{DIGITS}]+", self[name])
        return [int(parse_number(item)) for item in items]

    def year(self, reference: _Reference) -> int | None:
        """Return the year that the expression names itself, or None."""
        if "year" in self:
            return self.number("year")
        if "relative" not in self:
            return None
        word = self["relative"]
        if word in _REVIEWED:
            return reference.reviewed
        if word in _OF_TEXT:
            return None if reference.today is None else reference.today + _OF_TEXT[word]
        return None if reference.year is None else reference.year + _OF_CONTEXT[word]


def _period(parts: _Parts, reference: _Reference) -> tuple[str, ...]:
    """Return the periods of a time expression: one, or those of a list; empty if it names none.

    Raises ValueError for a date that does not exist.
    """
    if "now" in parts or "lapse" in parts:
        return ("",)
    if "from_year" in parts:
        first = _month(parts.number("from_year"), parts.number("from_month"))
        return (_range(first, _month(parts.number("to_year"), parts.number("to_month"))),)
    if "first_year" in parts:
        last = _month(parts.number("last_year"), parts.number("last_month_of_years"))
        return (_range(f"{parts.number('first_year')}", last),)
    if "first_year_only" in parts:
        return (_years(parts.number("first_year_only"), parts.number("last_year_only")),)
    if "plan" in parts or "bare_plan" in parts:
        return (_plan(parts),)
    if "iso_year" in parts:
        day = _day(parts.number("iso_year"), parts.number("iso_month"), parts.number("iso_day"))
        return (day,)
    if "past" in parts or "future" in parts:
        return (_span_of_years(parts, reference.today),)
    year = parts.year(reference)
    if year is None and "relative" not in parts:
        year = reference.year
    if "same" in parts:
        named = "year" in parts or "relative" in parts
        return (str(year) if named and year else "",)
    if "this_month" in parts:
        return (_last_month(reference.last),)
    if year is None:
        return ("",)
    return tuple(_open_or_closed(each, year, parts, reference) for each in _within(parts, year))


def _plan(parts: _Parts) -> str:
    """Return the years of a five-year plan: the fourteenth is 2021/2025."""
    first = 1951 + 5 * parts.number("plan" if "plan" in parts else "bare_plan")
    if "plan_since" in parts:
        return f"{first}/.."
    return _years(first, first + (parts.number("plan_years") if "plan_years" in parts else 5) - 1)


def _span_of_years(parts: _Parts, today: int | None) -> str:
    """Return 过去三年 as 2021/2023 and 未来两年 as 2025/2026, in 2024."""
    if today is None:
        return ""
    if "past" in parts:
        return _years(today - parts.number("past"), today - 1)
    return _years(today + 1, today + parts.number("future"))


def same_part(period: str, of: str) -> str:
    """Return 上年同期 as the part of its year that another period is of its own: 2023, 2024-Q1.

    ``period`` is the year, or empty for 同期 alone. A period over several years has no such part.
    """
    if not period:
        return of
    in_one_year = len(set(re.findall(r"(?:^|/)(\d{4})", of))) == 1 and not of.endswith("..")
    return re.sub(r"(^|/)\d{4}", rf"\g<1>{period}", of) if in_one_year else period


def _last_month(period: str) -> str:
    """Return 当月 as the last month of a period that ends with a month: 2024-01/2024-08."""
    last = period.rpartition("/")[2][:7]
    return last if re.fullmatch(r"\d{4}-\d\d", last) else ""


def _open_or_closed(period: str, year: int, parts: _Parts, reference: _Reference) -> str:
    """Return a period in a year: open (2023-03/..) after 以来, except 2024年以来 in 2024."""
    ongoing = "since" in parts and (period != str(year) or year != (reference.today or year))
    return f"{period}/.." if ongoing and "/" not in period else period


def _within(parts: _Parts, year: int) -> list[str]:
    """Return the part of a year that an expression names, or the parts that it lists."""
    if "quarter_list" in parts:
        return [f"{year}-Q{number}" for number in parts.numbers("quarter_list")]
    if "month_list" in parts:
        return [_month(year, number) for number in parts.numbers("month_list")]
    if "quarter_from" in parts:
        first, last = parts.number("quarter_from"), parts.number("quarter_to")
        return [_range(f"{year}-Q{first}", f"{year}-Q{last}")]
    if "quarter" in parts:
        return [f"{year}-Q{parts.number('quarter')}"]
    if "half" in parts:
        return [f"{year}-S{1 if parts['half'] == '上' else 2}"]
    if "quarters" in parts:
        return [_months(year, 1, 3 * parts.number("quarters"))]
    if "first_months" in parts:
        return [_months(year, 1, parts.number("first_months"))]
    if "month_from" in parts:
        return [_months(year, parts.number("month_from"), parts.number("month_to"))]
    if "month" in parts:
        return [_in_month(parts, year)]
    if "year_end" in parts:
        return [_day(year, 12, 31)]
    return [_day(year, 1, 1) if "year_start" in parts and "since" not in parts else str(year)]


def _in_month(parts: _Parts, year: int) -> str:
    month = parts.number("month")
    if "last_day" in parts:
        last_month = parts.number("last_month") if "last_month" in parts else month
        last = _day(year, last_month, parts.number("last_day"))
        return _range(_day(year, month, parts.number("day")), last)
    if "day" in parts:
        return _day(year, month, parts.number("day"))
    if "month_end" in parts:
        return _day(year, month, monthrange(year, month)[1])
    return _month(year, month)


# Periods as they are written. Each raises ValueError for a date that does not exist.


def _month(year: int, month: int) -> str:
    if not 1 <= month <= 12:
        raise ValueError(f"month {month} does not exist")
    return f"{year}-{month:02d}"


def _day(year: int, month: int, day: int) -> str:
    if not 1 <= day <= monthrange(year, month)[1]:
        raise ValueError(f"day {day} of {year}-{month} does not exist")
    return f"{_month(year, month)}-{day:02d}"


def _months(year: int, first: int, last: int) -> str:
    return _range(_month(year, first), _month(year, last))


def _years(first: int, last: int) -> str:
    return _range(f"{first}", f"{last}") if first < last else f"{first}"


def _range(first: str, last: str) -> str:
    if periods.parse(first).start > periods.parse(last).start:
        raise ValueError(f"{first} is later than {last}")
    return f"{first}/{last}"


def _span(members: tuple[str, ...]) -> str:
    """Return the period that consecutive periods fill together, else an empty text."""
    parsed = [found for member in members if (found := periods.find(member))]
    if len(parsed) < len(members):
        return ""
    gaps = ((later.start - earlier.end).days for earlier, later in pairwise(parsed))
    if any(gap != 1 for gap in gaps):
        return ""
    first, last = members[0], members[-1]
    halves = {("Q1", "Q2"): "S1", ("Q3", "Q4"): "S2"}
    if first[:5] == last[:5] and (half := halves.get((first[5:], last[5:]))):
        return f"{first[:5]}{half}"
    return f"{first.partition('/')[0]}/{last.rpartition('/')[2]}"


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
        period=_span(members),
        members=members,
        same=any(time.same for time in group),
    )
