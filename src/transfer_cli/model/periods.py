"""Periods as printed in the tables: ISO 8601 dates and intervals, SDMX quarters and half-years."""

import re
from calendar import monthrange
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from transfer_cli.errors import UsageError

_CHINESE_PARTS = {
    "上半年": "-S1",
    "下半年": "-S2",
    "一季度": "-Q1",
    "二季度": "-Q2",
    "三季度": "-Q3",
    "四季度": "-Q4",
}
_POINT = re.compile(r"(\d{4})(?:-(?:(Q)([1-4])|(S)([12])|(\d{2})(?:-(\d{2}))?))?", re.ASCII)
_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_EXAMPLE = "write a period as 2024, 2024-Q1, 2024-S1, 2024-06, 2024-06-30 or 2021/2023"


class Period(NamedTuple):
    """A span of days, both ends included; ``end`` is ``date.max`` while it is open."""

    code: str
    start: date
    end: date

    def overlaps(self, other: "Period") -> bool:
        """Tell whether the two share at least one day."""
        return self.start <= other.end and other.start <= self.end

    def within(self, other: "Period") -> bool:
        """Tell whether every day of this one lies in the other."""
        return other.start <= self.start and self.end <= other.end

    @property
    def months(self) -> int:
        """The length in whole months; 0 for a shorter or an open period."""
        if self.end == date.max or self.start.day != 1:
            return 0
        after = date.fromordinal(self.end.toordinal() + 1)
        if after.day != 1:
            return 0
        return (after.year - self.start.year) * 12 + after.month - self.start.month


def parse(code: str) -> Period:
    """Read a period such as ``2024-S1``, ``2021/2023`` or ``2023-03/..``.

    Looser forms (``2024Q1``, ``2024H1``, ``2024年一季度``) are accepted from people.
    Raises UsageError for anything else, and for an interval that ends before it starts.
    """
    normal = _normalise(code)
    start_text, slash, end_text = normal.partition("/")
    start, end = _span(start_text, code)
    if slash:
        end = date.max if end_text == ".." else _span(end_text, code)[1]
    if end < start:
        raise UsageError(f"the period {code!r} ends before it starts", _EXAMPLE)
    return Period(normal, start, end)


@lru_cache(4096)
def find(code: str) -> Period | None:
    """Return the period that a cell holds, or None where it holds none.

    The same few come again and again wherever rows are put in order.
    """
    try:
        return parse(code)
    except UsageError:
        return None


def _normalise(code: str) -> str:
    text = code.strip().upper().replace("H1", "S1").replace("H2", "S2")
    text = re.sub(r"(?<=\d{4})(?=[QS]\d)", "-", text)
    for word, part in _CHINESE_PARTS.items():
        text = re.sub(rf"年?第?{word}", part, text)
    text = re.sub(r"(\d{4})年(\d{1,2})月(?:(\d{1,2})日)?", _iso, text)
    return text.replace("年", "")


def _iso(match: re.Match[str]) -> str:
    return "-".join(part.zfill(2) for part in match.groups() if part)


def _span(text: str, code: str) -> tuple[date, date]:
    match = _POINT.fullmatch(text)
    if not match:
        raise UsageError(f"{code!r} is no period", _EXAMPLE)
    year, _, quarter, _, half, month, day = match.groups()
    try:
        if day:
            point = date(int(year), int(month), int(day))
            return point, point
        first, last = _month_span(quarter, half, month)
        return date(int(year), first, 1), date(int(year), last, monthrange(int(year), last)[1])
    except (ValueError, IndexError):
        raise UsageError(f"{code!r} is no period", _EXAMPLE) from None


def _month_span(quarter: str | None, half: str | None, month: str | None) -> tuple[int, int]:
    if quarter:
        return int(quarter) * 3 - 2, int(quarter) * 3
    if half:
        return int(half) * 6 - 5, int(half) * 6
    if month:
        return int(month), int(month)
    return 1, 12


def label(code: str, lang: str) -> str:
    """Return a period for people: ``Jan–Apr 2024``, ``2024 Q1`` or 2024年1—4月."""
    start, slash, end = code.partition("/")
    if not slash:
        return _point_label(code, lang)
    if end == "..":
        since = _point_label(start, lang)
        return f"{since}以来" if lang == "zh" else f"since {since}"
    if lang == "zh":
        same = start[:5] == end[:5] and len(start) == len(end) == 7
        if same:
            return f"{start[:4]}年{int(start[5:])}—{int(end[5:])}月"
        return f"{_point_label(start, lang).removesuffix('年')}—{_point_label(end, lang)}"
    first, last = _point_label(start, lang), _point_label(end, lang)
    if start[:4] == end[:4]:
        first = first.removesuffix(f" {start[:4]}")
    return f"{first}–{last}"


def _point_label(code: str, lang: str) -> str:
    match = _POINT.fullmatch(code)
    if not match:
        return code
    year, _, quarter, _, half, month, day = match.groups()
    if lang == "zh":
        part = f"{'一二三四'[int(quarter) - 1]}季度" if quarter else ""
        part = f"{'上下'[int(half) - 1]}半年" if half else part
        part = f"{int(month)}月" if month else part
        return f"{year}年{part}{f'{int(day)}日' if day else ''}"
    if month:
        name = _MONTHS[int(month) - 1] if 1 <= int(month) <= 12 else month
        return f"{int(day)} {name} {year}" if day else f"{name} {year}"
    if quarter or half:
        return f"{year} {'Q' + quarter if quarter else 'H' + str(half)}"
    return year
