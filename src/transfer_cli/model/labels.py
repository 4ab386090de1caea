"""What people read in place of codes and numbers: labels, and numbers with their bounds."""

from typing import TYPE_CHECKING

from transfer_cli import messages
from transfer_cli.messages import _, pick, series
from transfer_cli.model import numbers, periods, regions
from transfer_cli.model.codelists import BOUNDS, CATEGORIES, SCOPES, STATUSES, SYMBOLS
from transfer_cli.model.units import singular
from transfer_cli.model.vocabulary import INDUSTRIES, Vocabulary, industries_in
from transfer_cli.streams import safe

if TYPE_CHECKING:
    from transfer_cli.tables.table import Table

MISSING = "—"
"""What a cell shows in which nothing is printed, which is not zero."""

TOTAL = "total"
"""The cell of a row of all groups (``--total``)."""
_CODES = {
    "status": STATUSES,
    "scope": SCOPES,
    "category": {**CATEGORIES, "no_category": "无类别"},
    "bound": BOUNDS,
}


def label(column: str, value: str, vocabulary: Vocabulary) -> str:
    """Return a cell of a column as people read it, in the language of messages."""
    if value == TOTAL:
        return _("total")
    if column == "period":
        return periods.label(value)
    if column == "province":
        return regions.label(value)
    if column == "unit" or column.endswith("_unit"):
        return vocabulary.units.label(value)
    if column in ("indicator", "industry"):
        if column == "industry" and INDUSTRIES in value:
            parts = (label(column, code, vocabulary) for code in industries_in(value))
            return pick("; ", "、").join(parts)
        rows = vocabulary.indicators if column == "indicator" else vocabulary.industries
        known = [rows.get(code) for code in value.split(";")]
        if None in known:
            return value
        return series(pick(row.label, row.label_zh) for row in known if row)
    if column in _CODES:
        return pick(value.replace("_", " "), _CODES[column].get(value, value))
    return value


def unit_label(unit: str, value: str, vocabulary: Vocabulary) -> str:
    """Return a unit as it is read behind a number: ``1 person``, ``2 persons``."""
    text = label("unit", unit, vocabulary)
    if messages.language == "zh":
        return text
    if text == "place" and value != "1":
        return "places"
    return singular(text) if value == "1" else text


def bound_column(table: "Table", name: str) -> str:
    """Return the column with the bounds of a number, or the name that it would have."""
    return table.field(name).bound or f"{name}_bound"


def with_symbol(number: str, bound: str) -> str:
    """Return a number, as it is, behind the symbol of its bound: ``>1300``; empty for none."""
    return f"{SYMBOLS.get(bound, '')}{number}" if number else ""


def ordinal(number: str) -> str:
    """Return a rank as it is read: ``1st``, ``12th``, ``第3``; what is no whole number as it is."""
    if not number.isdecimal():
        return number
    if messages.language == "zh":
        return f"第{number}"
    teens = number[-2:] in ("11", "12", "13")
    return number + ("th" if teens else {"1": "st", "2": "nd", "3": "rd"}.get(number[-1], "th"))


def number(value: str, bound: str = "") -> str:
    """Return a number as people read it: ``>1,300``, ``≈50 (no bound)``."""
    if not value:
        return MISSING
    text = with_symbol(numbers.people(value), bound)
    return safe(_("{number} (no bound)", number=text) if bound == "unknown" else text)
