"""The form of a table by its schema (Table Schema): columns, types, constraints and keys."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from fractions import Fraction
from typing import Any

from transfer_cli import digits
from transfer_cli.checking.finding import Finding
from transfer_cli.checking.reading import TableFile
from transfer_cli.errors import closest

_LONGEST = 40
"""A number of more characters is none that anybody printed, and ``1e999999999`` fills memory."""
_INTEGER = re.compile(r"[+-]?\d+")
_YEAR = re.compile(r"\d{4}")
_EXPONENT = re.compile(r"[eE][+-]?\d{3,}$")

Wrong = tuple[str, str]
"""What is wrong with a cell, and what to do about it."""


def number(cell: str) -> Fraction | None:
    """Return the number in a cell, or None: plain digits, with a dot and an exponent at most."""
    plain = cell.isascii() and len(cell) <= _LONGEST and digits.NUMBER.fullmatch(cell)
    return Fraction(cell) if plain and not _EXPONENT.search(cell) else None


def check(table: TableFile) -> Iterator[Finding]:
    """Yield what is wrong with the columns and cells of a table by its fields."""
    yield from _columns(table)
    fields = [field for field in table.fields if field["name"] in table.columns]
    for row in table.whole:
        for field in fields:
            if wrong := _cell(row.get(field["name"]), field):
                yield table.at(row, field["name"], *wrong)
    for key in table.keys:
        yield from _repeated(table, key)


def _columns(table: TableFile) -> Iterator[Finding]:
    if not table.fields:
        return
    known = [field["name"] for field in table.fields]
    missing = [name for name in known if name not in table.columns]
    strange = [name for name in dict.fromkeys(table.columns) if name.strip() and name not in known]
    for name in strange:
        told = f"no column of {table.kind or 'the schema'}"
        yield Finding(table.name, 1, name, told, _meant(name, missing))
    for name in missing:
        yield Finding(table.name, 1, name, "the column is missing", f"add a column {name!r}")


def _meant(name: str, missing: list[str]) -> str:
    # extract writes this column for the person who corrects its rows.
    if name == "confidence":
        return "delete the column once its rows are corrected"
    near = closest(name, missing)
    return f"did you mean {near[0]!r}?" if near else "delete the column, or rename it"


def _cell(cell: str, field: dict[str, Any]) -> Wrong | None:
    limits = field.get("constraints") or {}
    if not cell:
        listed = ", ".join(map(str, limits.get("enum", ())))
        needed = bool(limits.get("required"))
        return ("is empty", f"choose from {listed}" if listed else "fill it in") if needed else None
    kind = field.get("type", "any")
    if kind in _TYPES and (wrong := _TYPES[kind](cell)):
        return wrong
    return _constraint(cell, limits) or _range(cell, limits)


def _number(cell: str) -> Wrong | None:
    if number(cell) is None:
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


_TYPES: dict[str, Callable[[str], Wrong | None]] = {
    "number": _number,
    "integer": _integer,
    "year": _year,
    "date": _date,
}


def _constraint(cell: str, limits: dict[str, Any]) -> Wrong | None:
    known = [str(word) for word in limits.get("enum", ())]
    if known and cell not in known:
        near = closest(cell, known)
        hint = f"did you mean {near[0]!r}?" if near else f"choose from {', '.join(known)}"
        return f"{cell!r} is not in the list", hint
    pattern = limits.get("pattern")
    if pattern and not re.fullmatch(pattern, cell):
        return f"{cell!r} is not of the form it must have", f"match {pattern}"
    return None


def _range(cell: str, limits: dict[str, Any]) -> Wrong | None:
    value = number(cell)
    for name, fails in (("minimum", Fraction.__lt__), ("maximum", Fraction.__gt__)):
        limit = number(str(limits.get(name, "")))
        if value is not None and limit is not None and fails(value, limit):
            return f"{cell} is beyond the {name}, {limits[name]}", "correct the number"
    return None


def _repeated(table: TableFile, key: list[str]) -> Iterator[Finding]:
    seen: dict[tuple[str, ...], int] = {}
    if not set(key) <= set(table.columns):
        return
    for row in table.rows:
        cells = tuple(map(row.get, key))
        if any(cells) and cells in seen:
            told = f"{', '.join(cells)!r} stands on line {seen[cells]} already"
            yield table.at(row, key[0], told, "give each row its own, or delete one")
        seen.setdefault(cells, row.line)
