"""The period that a time expression states, written as in the column ``period``.

2023, 2024-Q1, 2024-S1, 2024-06-30, 2024-01/2024-04, 2021/.. (see ``model.periods``).
"""

import re
from calendar import monthrange
from collections.abc import Iterable
from itertools import pairwise

from transfer_cli.extract.headings import DIGITS, is_work_report, year_reviewed
from transfer_cli.extract.numerals import parse_number
from transfer_cli.extract.time_grammar import OF_CONTEXT, OF_TEXT, REVIEWED
from transfer_cli.model import periods


class Reference:
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


class Parts:
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

    def year(self, reference: Reference) -> int | None:
        """Return the year that the expression names itself, or None."""
        if "year" in self:
            return self.number("year")
        if "relative" not in self:
            return None
        word = self["relative"]
        if word in REVIEWED:
            return reference.reviewed
        if word in OF_TEXT:
            return None if reference.today is None else reference.today + OF_TEXT[word]
        return None if reference.year is None else reference.year + OF_CONTEXT[word]


def stated(parts: Parts, reference: Reference) -> tuple[str, ...]:
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


def _plan(parts: Parts) -> str:
    """Return the years of a five-year plan: the fourteenth is 2021/2025, its end 2025."""
    first = 1951 + 5 * parts.number("plan" if "plan" in parts else "bare_plan")
    if "plan_since" in parts:
        return f"{first}/.."
    if "plan_end" in parts:
        return str(first + 4)
    return _years(first, first + (parts.number("plan_years") if "plan_years" in parts else 5) - 1)


def _span_of_years(parts: Parts, today: int | None) -> str:
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


def _open_or_closed(period: str, year: int, parts: Parts, reference: Reference) -> str:
    """Return a period in a year: open (2023-03/..) after 以来, except 2024年以来 in 2024."""
    ongoing = "since" in parts and (period != str(year) or year != (reference.today or year))
    return f"{period}/.." if ongoing and "/" not in period else period


def _within(parts: Parts, year: int) -> list[str]:
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


def _in_month(parts: Parts, year: int) -> str:
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


def span(members: tuple[str, ...]) -> str:
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
