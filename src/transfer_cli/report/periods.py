"""Time expressions in Chinese prose, and the period each one names."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from transfer_cli.report import calendar_codes as codes
from transfer_cli.report.numerals import parse_number
from transfer_cli.report.time_patterns import (
    ANY_YEAR,
    BASE_AFTER,
    BASE_BEFORE,
    CURRENT_YEAR,
    RELATIVE,
    TIME,
)


@dataclass(frozen=True, slots=True)
class Moment:
    """A time expression at its place; `code` is empty where it names no period (目前, 近年来).

    A `base` is a time that another is compared with.
    """

    start: int
    end: int
    code: str
    since: bool = False
    base: bool = False


def current_year(text: str) -> int | None:
    """The year a report calls 今年: the latest that it gives a month of, or else mentions."""
    for pattern in (CURRENT_YEAR, ANY_YEAR):
        if found := [_year(match["year"]) for match in pattern.finditer("\n" + text)]:
            return max(found)
    return None


def find_moments(text: str, year: int | None) -> list[Moment]:
    """Every time expression of a folded text, in order; `year` is the one called 今年."""
    return list(_moments(text, year))


def _moments(text: str, year: int | None) -> Iterator[Moment]:
    sentence, anchor = -1, year
    for match in TIME.finditer(text):
        start = max(text.rfind("。", 0, match.start()), text.rfind("\n", 0, match.start()))
        if start != sentence:
            sentence, anchor = start, year
        try:
            code, anchor = _code(_Parts(match), year, anchor)
        except ValueError:
            continue
        base = _is_base(text, match.start(), match.end())
        yield Moment(match.start(), match.end(), code, since=match["since"] is not None, base=base)


def _is_base(text: str, start: int, end: int) -> bool:
    led = BASE_BEFORE.search(text, max(0, start - 3), start)
    return bool(led or BASE_AFTER.match(text, end))


class _Parts:
    """The named parts of a match; those after a year and those that stand alone are one."""

    def __init__(self, match: re.Match[str]) -> None:
        self.found = {
            name.removeprefix("with_"): text for name, text in match.groupdict().items() if text
        }

    def __contains__(self, name: str) -> bool:
        return name in self.found

    def number(self, name: str) -> int:
        return int(parse_number(self.found[name]))

    def __getitem__(self, name: str) -> str:
        return self.found[name]


def _year(text: str) -> int:
    return int(parse_number(text))


def _code(parts: _Parts, today: int | None, anchor: int | None) -> tuple[str, int | None]:
    """The code of a time expression, and the year that the months after it belong to."""
    if "now" in parts:
        return "", anchor
    if "first_year" in parts:
        return codes.years(parts.number("first_year"), parts.number("last_year")), anchor
    if "plan" in parts:
        return codes.plan(parts.number("plan") + 10), anchor
    if "iso_year" in parts:
        year = parts.number("iso_year")
        return codes.day(year, parts.number("iso_month"), parts.number("iso_day")), year
    if "past" in parts or "future" in parts:
        return _span(parts, today), anchor
    named = parts.number("year") if "year" in parts else _shifted(parts, today, anchor)
    return ("" if named is None else _within(parts, named, today)), named


def _shifted(parts: _Parts, today: int | None, anchor: int | None) -> int | None:
    if "relative" not in parts:
        return anchor
    return None if today is None else today + RELATIVE[parts["relative"]]


def _span(parts: _Parts, today: int | None) -> str:
    if today is None:
        return ""
    if "past" in parts:
        return codes.years(today - parts.number("past"), today - 1)
    return codes.years(today + 1, today + parts.number("future"))


def _within(parts: _Parts, year: int, today: int | None) -> str:
    code = _part(parts, year)
    ongoing = "since" in parts and (code != str(year) or year != (today or year))
    return f"{code}/.." if ongoing and "/" not in code else code


def _part(parts: _Parts, year: int) -> str:
    if "quarter" in parts:
        return f"{year}-Q{parts.number('quarter')}"
    if "half" in parts:
        return f"{year}-S{1 if parts['half'] == '上' else 2}"
    if "quarters" in parts:
        return codes.months(year, 1, 3 * parts.number("quarters"))
    if "first_months" in parts:
        return codes.months(year, 1, parts.number("first_months"))
    if "month_from" in parts:
        return codes.months(year, parts.number("month_from"), parts.number("month_to"))
    if "day" in parts:
        return codes.day(year, parts.number("month"), parts.number("day"))
    if "month_end" in parts:
        return codes.month_end(year, parts.number("month"))
    if "month" in parts:
        return codes.month(year, parts.number("month"))
    return codes.day(year, 12, 31) if "year_end" in parts else str(year)
