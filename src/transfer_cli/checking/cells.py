"""A cell by its field (Table Schema): its type and its constraints."""

import re
from collections.abc import Callable, Iterable
from datetime import date
from fractions import Fraction
from typing import Any

from transfer_cli.errors import closest
from transfer_cli.model import numbers

_LONGEST = 40
"""A number of more characters is none that anybody printed, and ``1e999999999`` fills memory."""
_INTEGER = re.compile(r"[+-]?\d+")
_YEAR = re.compile(r"\d{4}")
_EXPONENT = re.compile(r"[eE][+-]?\d{3,}$")

Wrong = tuple[str, str]
"""What is wrong with a cell, and what to do about it."""
Test = Callable[[str], Wrong | None]


def number(cell: str) -> Fraction | None:
    """Return the number in a cell, or None: plain digits, with a dot and an exponent at most."""
    return Fraction(cell) if _plain(cell) else None


def _plain(cell: str) -> bool:
    if len(cell) > _LONGEST or not cell.isascii() or not numbers.NUMBER.fullmatch(cell):
        return False
    return not _EXPONENT.search(cell)


def judge(field: dict[str, Any]) -> Test:
    """Return the test of a field, which tells what is wrong with a cell of it, or None.

    It is told by the type and the constraints, which are looked up here once for all cells.
    """
    limits = field.get("constraints") or {}
    listed = ", ".join(map(str, limits.get("enum", ())))
    fill = f"choose from {listed}" if listed else "fill it in"
    empty = ("is empty", fill) if limits.get("required") else None
    tests = [test for test in (_type(field), *_constraints(limits)) if test]

    def judged(cell: str) -> Wrong | None:
        if not cell:
            return empty
        for test in tests:
            if wrong := test(cell):
                return wrong
        return None

    return judged


def _type(field: dict[str, Any]) -> Test | None:
    kind = field.get("type")
    return _TYPES.get(kind) if isinstance(kind, str) else None


def _constraints(limits: dict[str, Any]) -> Iterable[Test | None]:
    yield _listed([str(word) for word in limits.get("enum", ())])
    yield _formed(limits.get("pattern") or "")
    yield _limited(limits, "minimum", Fraction.__lt__)
    yield _limited(limits, "maximum", Fraction.__gt__)


def _number(cell: str) -> Wrong | None:
    if not _plain(cell):
        return f"{cell[:_LONGEST]!r} is no number", "write plain digits: 1300, 14.37"
    return None


def _integer(cell: str) -> Wrong | None:
    plain = cell.isascii() and len(cell) <= _LONGEST and _INTEGER.fullmatch(cell)
    return None if plain else (f"{cell[:_LONGEST]!r} is no whole number", "write plain digits")


def _year(cell: str) -> Wrong | None:
    if cell.isascii() and _YEAR.fullmatch(cell):
        return None
    return f"{cell[:_LONGEST]!r} is no year", "write four digits: 2024"


def _date(cell: str) -> Wrong | None:
    try:
        date.fromisoformat(cell)
    except ValueError:
        return f"{cell[:_LONGEST]!r} is no date", "write it as 2024-06-30"
    return None


_TYPES: dict[str, Test] = {"number": _number, "integer": _integer, "year": _year, "date": _date}


def _listed(known: list[str]) -> Test | None:
    def test(cell: str) -> Wrong | None:
        if cell in known:
            return None
        near = closest(cell, known)
        hint = f"did you mean {near[0]!r}?" if near else f"choose from {', '.join(known)}"
        return f"{cell!r} is not in the list", hint

    return test if known else None


def _formed(pattern: str) -> Test | None:
    fits = re.compile(pattern).fullmatch

    def test(cell: str) -> Wrong | None:
        told = f"{cell!r} is not of the form it must have"
        return None if fits(cell) else (told, f"match {pattern}")

    return test if pattern else None


def _limited(
    limits: dict[str, Any], name: str, fails: Callable[[Fraction, Fraction], bool]
) -> Test | None:
    limit = number(str(limits.get(name, "")))

    def test(cell: str) -> Wrong | None:
        value = number(cell)
        if value is None or limit is None or not fails(value, limit):
            return None
        return f"{cell} is beyond the {name}, {limits[name]}", "correct the number"

    return test if limit is not None else None
