"""Periods as printed in the tables: ISO 8601 dates and intervals, SDMX quarters and half-years."""

import re
import unicodedata
from calendar import monthrange
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from transfer_cli import messages
from transfer_cli.errors import UsageError
from transfer_cli.messages import _, marked

_CHINESE_PARTS = {
    "上半年": "-S1",
    "下半年": "-S2",
    "一季度": "-Q1",
    "二季度": "-Q2",
    "三季度": "-Q3",
    "四季度": "-Q4",
}
_WORDS = {part: word for word, part in _CHINESE_PARTS.items()}
_POINT = re.compile(r"(\d{4})(?:-(?:Q([1-4])|S([12])|(\d{1,2})(?:-(\d{1,2}))?))?", re.ASCII)
_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_EXAMPLE = marked("write a period as 2024, 2024-Q1, 2024-S1, 2024-06, 2024-06-30 or 2021/2023")


class Period(NamedTuple):
    """A span of days, both ends included; ``end`` is ``date.max`` while it is open."""

    code: str
    start: date
    end: date

    def overlaps(self, other: "Period") -> bool:
        """Return whether the two share at least one day."""
        return self.start <= other.end and other.start <= self.end

    def within(self, other: "Period") -> bool:
        """Return whether every day of this period is in the other."""
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

    Other common forms are accepted: ``2024Q1``, ``2024H1``, ``2024年一季度``,
    ``2024年1季度``, ``2024年1—3月``, ``2024-M01``, ``2024.01.05``, ``2024年度``, ``2024.0``,
    ``2024-1``, ``2024/01``, ``202401``, ``2024/01/05``, ``20240105``, ``2024-01-05 00:00:00``, and
    full-width digits. Two years of four digits are an interval: ``2021/2023``.

    Raises UsageError for anything else, and for an interval that ends before it starts.
    """
    text = _normalise(code)
    start_text, slash, end_text = text.partition("/")
    first = _point(start_text, code)
    if not slash:
        return first
    if end_text == "..":
        return Period(f"{first.code}/..", first.start, date.max)
    last = _point(end_text, code)
    if last.end < first.start:
        raise UsageError(_("the period {code!r} ends before it starts", code=code), _(_EXAMPLE))
    return Period(f"{first.code}/{last.code}", first.start, last.end)


@lru_cache(4096)
def find(code: str) -> Period | None:
    """Return the period in a cell, or None if it is not a period."""
    try:
        return parse(code)
    except UsageError:
        return None


def _normalise(code: str) -> str:
    """Return a period with its words and other separators turned into those of ISO 8601."""
    text = unicodedata.normalize("NFKC", code).strip().upper()
    text = re.sub(r"(?<=\d)[ T]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?Z?$", "", text, flags=re.ASCII)
    text = re.sub(r"\s*([年月日度第])\s*", r"\1", text).replace("年度", "年")
    text = re.sub(r"(?<=\d{4})[\s年]*-?(?:Q|(S|H))(?=\d)", lambda m: "-S" if m[1] else "-Q", text)
    text = re.sub(r"(?<=\d{4})年?第?([1-4])季度", r"-Q\1", text)
    for word, part in _CHINESE_PARTS.items():
        text = re.sub(rf"年?第?{word}", part, text)
    text = re.sub(r"(\d{4})年(\d{1,2})月?[-—–~至](\d{1,2})月", r"\1-\2/\1-\3", text)
    text = re.sub(r"(\d{4})年(\d{1,2})月(?:(\d{1,2})日)?", _dashed, text).replace("年", "")
    text = re.sub(r"^(\d{4}|\d{6}|\d{8})\.0+$", r"\1", text)
    text = re.sub(r"^(\d{4})-M(?=\d{1,2}$)", r"\1-", text)
    if match := re.fullmatch(r"(\d{4})[.](\d{1,2})[.](\d{1,2})", text):
        return _dashed(match)
    if match := re.fullmatch(r"(\d{4})/(\d{1,2})(?:/(\d{1,2}))?", text):
        return _dashed(match)
    if match := re.fullmatch(r"(\d{4})(\d{2})(\d{2})?", text):
        return _dashed(match)
    return text


def _dashed(match: re.Match[str]) -> str:
    return "-".join(filter(None, match.groups()))


def _point(text: str, code: str) -> Period:
    """Return a day, month, quarter, half-year or year; ``code`` is what was typed."""
    match = _POINT.fullmatch(text)
    try:
        if match:
            return _dated(*match.groups())
    except (ValueError, IndexError):
        pass
    raise UsageError(_("{code!r} is not a period", code=code), _(_EXAMPLE))


def _dated(
    year: str, quarter: str | None, half: str | None, month: str | None, day: str | None
) -> Period:
    if month and day:
        point = date(int(year), int(month), int(day))
        return Period(point.isoformat(), point, point)
    first, last = _month_span(quarter, half, month)
    start = date(int(year), first, 1)
    end = date(int(year), last, monthrange(int(year), last)[1])
    part = f"-Q{quarter}" if quarter else f"-S{half}" if half else f"-{first:02}" if month else ""
    return Period(f"{year}{part}", start, end)


def _month_span(quarter: str | None, half: str | None, month: str | None) -> tuple[int, int]:
    if quarter:
        return int(quarter) * 3 - 2, int(quarter) * 3
    if half:
        return int(half) * 6 - 5, int(half) * 6
    if month:
        return int(month), int(month)
    return 1, 12


def label(code: str) -> str:
    """Return a period for people: ``Jan–Apr 2024``, ``2024 Q1`` or 2024年1—4月.

    A cell that holds no period is returned as it is.
    """
    period = find(code)
    if period is None:
        return code
    start, slash, end = period.code.partition("/")
    if not slash:
        return _point_label(start)
    if end == "..":
        since = _point_label(start)
        return _("since {period}", period=since)
    first, last = _point_label(start), _point_label(end)
    same_year = start[:4] == end[:4] and len(start) == len(end) == 7
    if messages.language == "zh":
        if same_year and start[5].isdigit() and end[5].isdigit():
            return f"{start[:4]}年{int(start[5:])}—{int(end[5:])}月"
        last = last.removeprefix(f"{start[:4]}年") if same_year else last
        return f"{first.removesuffix('年') if len(start) == 4 else first}—{last}"
    if last.endswith(f" {start[:4]}"):
        first = first.removesuffix(f" {start[:4]}")
    return f"{first}–{last}"


def _point_label(code: str) -> str:
    """Return a day, month, quarter, half-year or year for people; ``code`` is that of a Period."""
    year, part, day = (*code.split("-"), "", "")[:3]
    if messages.language == "zh":
        word = _WORDS.get(code[4:]) or (part and f"{int(part)}月")
        return f"{year}年{word}{day and f'{int(day)}日'}"
    if not part:
        return year
    if not part.isdigit():
        return f"{year} {part.replace('S', 'H')}"
    month = f"{_MONTHS[int(part) - 1]} {year}"
    return f"{int(day)} {month}" if day else month
