"""Periods: the time expressions of Chinese prose, and the period in which each figure is true.

A period is written as in the column ``period``: 2023, 2024-Q1, 2024-S1, 2024-06-30,
2024-01/2024-04 (see ``model.periods``).
"""

import re
from bisect import bisect_right
from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from transfer_cli.extract.numerals import parse_number
from transfer_cli.extract.text import CLAUSE, PARAGRAPH, SENTENCE, end_of, start_of
from transfer_cli.extract.units import MAGNITUDE, UNIT

_CN = "一二三四五六七八九十"
_DASH = "(?:——?|––?|-|~|至|到)"
_YEAR = r"(?:(?:19|20)\d\d|二[〇零][〇零一二三四五六七八九]{2})"
_MONTH = r"(?:1[0-2]|0?[1-9](?!\d)|十[一二]?|[一二三四五六七八九])"
_RELATIVE = {"今年": 0, "本年": 0, "当年": 0, "去年": -1, "上年": -1, "前年": -2, "明年": 1}
_COUNT = rf"(?:\d{{1,2}}|[{_CN}两]{{1,3}})"


def _part_of_year(prefix: str, year_word: str) -> str:
    """Return the pattern of a part of a year, with a prefix to its group names.

    The prefix lets the pattern occur twice in one expression.
    """
    return "|".join(
        f"(?:{pattern})".replace("(?P<", f"(?P<{prefix}")
        for pattern in (
            "第?(?P<quarter>[一二三四1-4])季度",
            "(?P<half>[上下])半年",
            "前(?P<quarters>[二两三23])个?季度",
            rf"前(?P<first_months>{_COUNT})个?月",
            rf"(?P<month_from>{_MONTH})月?份?{_DASH}(?P<month_to>{_MONTH})月份?",
            rf"(?P<month>{_MONTH})月"
            r"(?:(?P<day>[0-3]?\d)[日号]|(?P<month_end>[底末])|份|初|中旬?|[上下]旬)?",
            f"{year_word}(?P<year_end>[底末])(?![部层端])",
        )
    )


_BARE_YEAR = rf"(?<=\d\d\d\d)(?![\d.,%a-zA-Z+]|-\d| ?{MAGNITUDE}| ?{UNIT})"
_DATED = (
    rf"(?:(?:(?<![\d.A-Za-z])(?P<year>{_YEAR})(?:年度?(?!代)|{_BARE_YEAR})"
    # 上年 is no year in 网上年销售额 and 以上年份, nor 明年 in 表明年均.
    rf"|(?<![网线以说表证声])(?P<relative>{'|'.join(_RELATIVE)}))的?"
    rf"(?:{_part_of_year('with_', '年?')})?"
    rf"|(?<![\d.])(?:{_part_of_year('', '年')}))(?P<since>以来|来(?!看|说)|起(?!步|点|源))?"
)
_TIME = re.compile(
    "|".join(
        (
            rf"(?P<first_year>{_YEAR})年?{_DASH}(?P<last_year>{_YEAR})年度?",
            f"“?十(?P<plan>[{_CN}])五”?(?=规划|时期|期间|以来|末|[，。、的初])",
            rf"(?:过去|近|最近|此前)的?(?P<past>{_COUNT})[多余]?年[多间来]?",
            rf"(?:未来|今后)的?(?:{_COUNT}{_DASH})?(?P<future>{_COUNT})年[内间]?",
            r"(?P<iso_year>(?:19|20)\d\d)[-./](?P<iso_month>\d\d?)[-./](?P<iso_day>\d\d?)(?!\d)",
            _DATED,
            "(?P<now>截[至止]目前|目前|如今|当前|现已|迄今|至今|近年来?|长期以来|近期)",
        )
    )
)
# The base of a comparison: 比上年同期, 较2020年末, 与2019年相比, 去年的2.5倍.
_BASE_BEFORE = re.compile("(?:(?<!占)比|较|相对于?)$")
_BASE_AFTER = re.compile(r"(?:同期|末|底|全年)?(?:相比|持平)|的? ?\d[\d.]*倍")
# 预计2026年, 到2025年 and 2025年底前 are in the future; 由2019年增长到2023年 is in the past.
_IN_FUTURE = r"(?:1?\d月)?[底末]?之?前(?![\d一二三四五六七八九十两])"
_PAST_YEAR = (
    rf"(?<![计划较比将望争\d])(?<![\n。；，间争划标保望取]到)(?P<year>{_YEAR})年(?!{_IN_FUTURE})"
)
_CURRENT_YEAR = re.compile(
    rf"{_PAST_YEAR}(?:以来|来|[上下]半年|第?[一二三四]季度|前|1?\d月|1?\d?{_DASH}1?\d月)"
)
_ANY_YEAR = re.compile(_PAST_YEAR)


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """A time expression at its offsets in the text.

    ``period`` is empty if it names none (目前, 近年来). ``since`` is true for 以来 and 起. ``base``
    is true for the base of a comparison (比上年同期).
    """

    start: int
    end: int
    period: str
    since: bool = False
    base: bool = False


def current_year(text: str) -> int | None:
    """Return the year that a report calls 今年, or None.

    This is the latest year that it names a month or quarter of; else the latest year that it names
    and that is not in the future.
    """
    for pattern in (_CURRENT_YEAR, _ANY_YEAR):
        if years := [int(parse_number(match["year"])) for match in pattern.finditer("\n" + text)]:
            return max(years)
    return None


def find_times(text: str, year: int | None) -> list[TimeExpression]:
    """Return every time expression of a folded text, in order; ``year`` is the one called 今年."""
    return list(_times(text, year))


def _times(text: str, year: int | None) -> Iterator[TimeExpression]:
    # The months of a sentence belong to the year that it names last: the anchor.
    sentence, anchor = -1, year
    for match in _TIME.finditer(text):
        start, end = match.span()
        sentence_start = max(text.rfind("。", 0, start), text.rfind("\n", 0, start))
        if sentence_start != sentence:
            sentence, anchor = sentence_start, year
        try:
            period, anchor = _period(_Parts(match), year, anchor)
        except ValueError:
            continue
        base = _BASE_BEFORE.search(text, max(0, start - 3), start) or _BASE_AFTER.match(text, end)
        yield TimeExpression(start, end, period, match["since"] is not None, base is not None)


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

    def number(self, name: str) -> int:
        return int(parse_number(self[name]))


def _period(parts: _Parts, today: int | None, anchor: int | None) -> tuple[str, int | None]:
    """Return the period of a time expression, and the year of the months that follow it."""
    if "now" in parts:
        return "", anchor
    if "first_year" in parts:
        return _years(parts.number("first_year"), parts.number("last_year")), anchor
    if "plan" in parts:
        # The fourteenth five-year plan is 2021/2025.
        first = 1951 + 5 * (parts.number("plan") + 10)
        return _years(first, first + 4), anchor
    if "iso_year" in parts:
        year = parts.number("iso_year")
        return _day(year, parts.number("iso_month"), parts.number("iso_day")), year
    if "past" in parts or "future" in parts:
        return _span_of_years(parts, today), anchor
    year_named = anchor
    if "year" in parts:
        year_named = parts.number("year")
    elif "relative" in parts:
        year_named = None if today is None else today + _RELATIVE[parts["relative"]]
    return ("" if year_named is None else _open_or_closed(parts, year_named, today)), year_named


def _span_of_years(parts: _Parts, today: int | None) -> str:
    """Return 过去三年 as 2021/2023 and 未来两年 as 2025/2026, in 2024."""
    if today is None:
        return ""
    if "past" in parts:
        return _years(today - parts.number("past"), today - 1)
    return _years(today + 1, today + parts.number("future"))


def _open_or_closed(parts: _Parts, year: int, today: int | None) -> str:
    """Return a period in a year: open (2023-03/..) after 以来, except 2024年以来 in 2024."""
    period = _within_year(parts, year)
    ongoing = "since" in parts and (period != str(year) or year != (today or year))
    return f"{period}/.." if ongoing and "/" not in period else period


def _within_year(parts: _Parts, year: int) -> str:
    if "quarter" in parts:
        return f"{year}-Q{parts.number('quarter')}"
    if "half" in parts:
        return f"{year}-S{1 if parts['half'] == '上' else 2}"
    if "quarters" in parts:
        return _months(year, 1, 3 * parts.number("quarters"))
    if "first_months" in parts:
        return _months(year, 1, parts.number("first_months"))
    if "month_from" in parts:
        return _months(year, parts.number("month_from"), parts.number("month_to"))
    if "day" in parts:
        return _day(year, parts.number("month"), parts.number("day"))
    if "month_end" in parts:
        month = parts.number("month")
        return _day(year, month, monthrange(year, month)[1])
    if "month" in parts:
        return _month(year, parts.number("month"))
    return _day(year, 12, 31) if "year_end" in parts else str(year)


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
    if first > last:
        raise ValueError(f"month {first} is later than month {last}")
    return f"{_month(year, first)}/{_month(year, last)}"


def _years(first: int, last: int) -> str:
    if first > last:
        raise ValueError(f"{first} is later than {last}")
    return f"{first}/{last}" if first < last else f"{first}"


# The period of a figure.

_YEAR_ONLY = re.compile(r"\d{4}")
_CONTINUES = re.compile("其中|分[^，。]{1,4}看|同期|从[^，。]{1,6}看")
_MAX_LOOKBACK = 20


class Timeline:
    """The time expressions of a text: returns the period that applies to any stretch of it.

    ``sections`` are the offsets at which headed sections begin.
    """

    def __init__(self, text: str, times: Sequence[TimeExpression], sections: Sequence[int]) -> None:
        self._text = text
        self._times = [time for time in times if not time.base]
        self._starts = [time.start for time in self._times]
        self._sections = sections

    def period(self, start: int, end: int) -> str:
        """Return the period named in the clause, else the sentence, the paragraph, the section."""
        before, after = self._before(start), self._after(end)
        if before and before.start >= start_of(self._text, start, CLAUSE):
            return before.period
        if after and after.end <= end_of(self._text, end, CLAUSE):
            return after.period
        if before is None:
            return ""
        sentence = start_of(self._text, start, SENTENCE)
        if before.start >= sentence:
            return before.period
        if before.start >= start_of(self._text, start, PARAGRAPH):
            # A year applies to its paragraph; a month only if the sentence continues the last one.
            continues = _CONTINUES.match(self._text, sentence)
            return before.period if continues or _YEAR_ONLY.fullmatch(before.period) else ""
        return self._period_of_section(start)

    def _period_of_section(self, start: int) -> str:
        """Return the last period of the section that is said to hold since: 2024年以来."""
        section = bisect_right(self._sections, start) - 1
        floor = self._sections[section] if section >= 0 else start
        last = bisect_right(self._starts, start)
        for time in reversed(self._times[max(0, last - _MAX_LOOKBACK) : last]):
            if time.start >= floor and time.since:
                return time.period
        return ""

    def _before(self, start: int) -> TimeExpression | None:
        index = bisect_right(self._starts, start) - 1
        return self._times[index] if index >= 0 else None

    def _after(self, end: int) -> TimeExpression | None:
        index = bisect_right(self._starts, end - 1)
        return self._times[index] if index < len(self._times) else None
