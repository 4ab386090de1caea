"""What people read in place of codes and numbers: labels, and numbers with their bounds."""

import re
from functools import cache

from transfer_cli import messages
from transfer_cli.messages import _, pick, series
from transfer_cli.model import numbers, periods, regions
from transfer_cli.model.codelists import BOUNDS, CATEGORIES, KINDS, SCOPES, STATUSES, SYMBOLS, TYPES
from transfer_cli.model.lookups import builtin
from transfer_cli.model.schema import DERIVED_TITLES, schemas
from transfer_cli.model.units import Unit, singular
from transfer_cli.model.vocabulary import INDUSTRIES, Vocabulary, industries_in, look_ups
from transfer_cli.streams import safe

MISSING = "—"
"""The text of a cell without a printed figure, which is not zero."""

TOTAL = "total"
"""The cell of a row or column of all groups (``--total``)."""
_CODES = {
    "status": STATUSES,
    "scope": SCOPES,
    "category": {**CATEGORIES, "no_category": "无类别"},
    "bound": BOUNDS,
    "kind": KINDS,
    "type": TYPES,
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
        if " / " in value and messages.language == "zh":
            return "/".join(label(column, code, vocabulary) for code in value.split(" / "))
        rows = vocabulary.indicators if column == "indicator" else vocabulary.industries
        try:
            known = [rows[code] for code in value.split(";")]
        except KeyError:
            return value
        return series(pick(row.label, row.label_zh) for row in known)
    if column in ("place", "subject", "project"):
        if messages.language != "zh":
            return value
        return _chinese_names().get(value) or regions.label(value)
    if column in _CODES:
        return pick(value.replace("_", " "), _CODES[column].get(value, value))
    return value


def unit_label(unit: str, value: str, vocabulary: Vocabulary) -> str:
    """Return a unit as it is written after a number: ``1 person``, ``2 persons``."""
    text = label("unit", unit, vocabulary)
    if messages.language == "zh":
        return text
    if text == "place" and value != "1":
        return "places"
    return singular(text) if value == "1" else text


def with_symbol(number: str, bound: str) -> str:
    """Return a number after the symbol of its bound: ``>1300``; empty for an empty one."""
    return f"{SYMBOLS.get(bound, '')}{number}" if number else ""


def ordinal(number: str) -> str:
    """Return a rank for people: ``1st``, ``12th``, ``第3``; other text unchanged."""
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
    text = with_symbol(numbers.people(value, bound), bound)
    return safe(_("{number} (no bound)", number=text) if bound == "unknown" else text)


@cache
def _chinese_names() -> dict[str, str]:
    """Return the Chinese names of the report by their English ones."""
    names: dict[str, str] = {}
    for table, columns in (("metrics", ("place", "subject")), ("projects", ("place", "project"))):
        for row in builtin(table)[1]:
            names |= {row[name]: row[f"{name}_zh"] for name in columns}
    return names


def code(column: str, value: str) -> str:
    """Return a code in a sentence: as it is typed in English, its label in Chinese."""
    return label(column, value, look_ups()) if messages.language == "zh" else value


def unit(name: str) -> str:
    """Return a unit in a sentence, by the built-in look-up; one not in it keeps its name."""
    return look_ups().units.label(name)


def measure(measured: Unit) -> str:
    """Return what a unit measures, in a sentence: the unit, what it counts, or a plain number."""
    plain = measured.counted or not measured.name
    return measured.description if plain else unit(measured.name)


def amount(number: str, name: str) -> str:
    """Return a number with its unit in a sentence: ``100 CNY 100m``, ``6.3%`` or 100亿元."""
    return with_unit(number, unit_label(name, number, look_ups()))


def with_unit(number: str, unit: str) -> str:
    """Return a number with a unit, as people read both: ``15 CNY 100m``, ``6.3%`` or 15亿元.

    A unit that begins with a number is multiplied: ``1.4 × 10k persons``.
    """
    if unit in ("%", "×"):
        return re.sub(r"^[^ （]*", rf"\g<0>{unit}", number)  # ≈50% (no bound)
    if unit[:1].isdigit():
        return _("{number} × {unit}", number=number, unit=unit)
    return _("{number} {unit}", number=number, unit=unit).rstrip()


def column(name: str) -> str:
    """Return the name of a column in a sentence: as it is typed in English, its title in Chinese.

    A column of the user's table keeps its name.
    """
    return next(
        (
            pick(name, field.title_zh)
            for schema in ("metrics", "projects")
            for field in schemas()[schema].fields
            if field.name == name
        ),
        pick(name, DERIVED_TITLES[name].title_zh) if name in DERIVED_TITLES else name,
    )
