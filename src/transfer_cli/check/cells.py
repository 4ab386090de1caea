"""Tests of a cell by the field of its column (Table Schema): its type and its constraints."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from transfer_cli.check.findings import Problem
from transfer_cli.errors import closest
from transfer_cli.messages import _, join

_MAX_LENGTH = 40
"""Characters of the longest number that is parsed; ``1e999999999`` would fill the memory."""
_MAX_SOUND = 100_000
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,2})?", re.ASCII)
_INTEGER = re.compile(r"[+-]?\d+", re.ASCII)
_YEAR = re.compile(r"\d{4}", re.ASCII)

Test = Callable[[str], Problem | None]
"""Returns what is wrong with a cell, or None."""


def number(cell: str) -> Fraction | None:
    """Return the number in a cell, or None.

    Tables have plain digits, as the type ``number`` of Table Schema requires. The other spellings
    that commands read (``1,300``, full-width digits) are findings.
    """
    return Fraction(cell) if _is_plain(cell) else None


def _is_plain(cell: str) -> bool:
    return len(cell) <= _MAX_LENGTH and _NUMBER.fullmatch(cell) is not None


class ColumnTests:
    """The tests of a column. Each distinct cell is tested once in a chunk, or even less often."""

    def __init__(self, tests: Sequence[Test]) -> None:
        self._tests = tests
        self._sound: set[str] = set()

    def problems(self, cells: Sequence[str]) -> Mapping[str, Sequence[Problem]]:
        """Return the problems of the cells of a chunk that have any."""
        new = {*cells} - self._sound
        if not new:
            return {}
        tested = {cell: [each for test in self._tests if (each := test(cell))] for cell in new}
        wrong = {cell: problems for cell, problems in tested.items() if problems}
        if len(self._sound) > _MAX_SOUND:
            self._sound.clear()
        self._sound |= new - wrong.keys()
        return wrong


def field_test(field: dict[str, Any]) -> Test:
    """Return the test of a field, by its type and its constraints."""
    constraints = field.get("constraints") or {}
    listed = join(map(str, constraints.get("enum", ())))
    fill = _("choose from {names}", names=listed) if listed else _("fill it in")
    empty = Problem(_("is empty"), fill) if constraints.get("required") else None
    kind = field.get("type")
    typed = [_TYPES[kind]] if isinstance(kind, str) and kind in _TYPES else []
    tests = [*typed, *_constraint_tests(constraints)]

    def test(cell: str) -> Problem | None:
        if not cell:
            return empty
        return next((problem for each in tests if (problem := each(cell))), None)

    return test


def _number(cell: str) -> Problem | None:
    if _is_plain(cell):
        return None
    message = _("{cell!r} is not a number", cell=cell[:_MAX_LENGTH])
    return Problem(message, _("write plain digits: 1300, 14.37"))


def _integer(cell: str) -> Problem | None:
    if len(cell) <= _MAX_LENGTH and _INTEGER.fullmatch(cell):
        return None
    message = _("{cell!r} is not a whole number", cell=cell[:_MAX_LENGTH])
    return Problem(message, _("write plain digits"))


def _year(cell: str) -> Problem | None:
    if _YEAR.fullmatch(cell):
        return None
    message = _("{cell!r} is not a year", cell=cell[:_MAX_LENGTH])
    return Problem(message, _("write four digits: 2024"))


def _date(cell: str) -> Problem | None:
    try:
        date.fromisoformat(cell)
    except ValueError:
        message = _("{cell!r} is not a date", cell=cell[:_MAX_LENGTH])
        return Problem(message, _("write it as 2024-06-30"))
    return None


_TYPES: dict[str, Test] = {"number": _number, "integer": _integer, "year": _year, "date": _date}


def _constraint_tests(constraints: dict[str, Any]) -> Iterator[Test]:
    if enum := constraints.get("enum"):
        yield _enum_test(list(map(str, enum)))
    if pattern := constraints.get("pattern"):
        yield _pattern_test(pattern)
    for name, is_beyond in (("minimum", Fraction.__lt__), ("maximum", Fraction.__gt__)):
        limit = number(str(constraints.get(name, "")))
        if limit is not None:
            yield _limit_test(name, limit, str(constraints[name]), is_beyond)


def _enum_test(known: list[str]) -> Test:
    def test(cell: str) -> Problem | None:
        if cell in known:
            return None
        near = closest(cell, known)
        choice = _("choose from {names}", names=join(known))
        fix = _("did you mean {name!r}?", name=near[0]) if near else choice
        return Problem(_("{cell!r} is not in the list", cell=cell), fix)

    return test


def _pattern_test(pattern: str) -> Test:
    matches = re.compile(pattern).fullmatch

    def test(cell: str) -> Problem | None:
        if matches(cell):
            return None
        message = _("{cell!r} does not match the pattern of the column", cell=cell)
        return Problem(message, _("match {pattern}", pattern=pattern))

    return test


def _limit_test(
    name: str, limit: Fraction, printed: str, is_beyond: Callable[[Fraction, Fraction], bool]
) -> Test:
    def test(cell: str) -> Problem | None:
        value = number(cell)
        if value is None or not is_beyond(value, limit):
            return None
        message = _("{cell} is beyond the {name}, {limit}", cell=cell, name=name, limit=printed)
        return Problem(message, _("correct the number"))

    return test
