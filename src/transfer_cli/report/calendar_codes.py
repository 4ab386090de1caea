"""Spans of time as the codes of the period column: 2023, 2024-Q1, 2024-S1, 2024-01/2024-04."""

from calendar import monthrange


def month(year: int, number: int) -> str:
    """2024-06; ValueError for a month that does not exist."""
    if not 1 <= number <= 12:
        raise ValueError(f"there is no month {number}")
    return f"{year}-{number:02d}"


def day(year: int, month_number: int, number: int) -> str:
    """2024-06-30; ValueError for a day that does not exist."""
    if not 1 <= number <= monthrange(year, month_number)[1]:
        raise ValueError(f"{month(year, month_number)} has no day {number}")
    return f"{month(year, month_number)}-{number:02d}"


def month_end(year: int, number: int) -> str:
    """The last day of a month: 2024-02-29."""
    return day(year, number, monthrange(year, number)[1])


def months(year: int, first: int, last: int) -> str:
    """A run of months: 2024-01/2024-04."""
    if first > last:
        raise ValueError(f"month {first} is later than month {last}")
    return f"{month(year, first)}/{month(year, last)}"


def years(first: int, last: int) -> str:
    """A run of years: 2021/2023, or 2021 when it is one."""
    if first > last:
        raise ValueError(f"{first} is later than {last}")
    return f"{first}/{last}" if first < last else f"{first}"


def plan(number: int) -> str:
    """The years of a five-year plan by its number: the fourteenth is 2021/2025."""
    first = 1951 + 5 * number
    return years(first, first + 4)
