"""What a cell becomes on its way out: text for machines, text for people, nothing that acts."""

from collections.abc import Sequence
from typing import NamedTuple

from transfer_cli.model import lookups, numbers, periods, regions
from transfer_cli.model.codelists import BOUNDS, CATEGORIES, SCOPES, STATUSES, SYMBOLS
from transfer_cli.model.lookups import indicators, industries
from transfer_cli.sheet import Sheet
from transfer_cli.streams import safe

SILENCE = "—"
"""What a cell shows in which nothing is printed: silence is not zero."""

_FORMULA_STARTS = ("=", "@", "\t", "\r")
_UNWRAPPED = frozenset({"id", "status", "period", "unit", "investment_unit", "bound", "line"})


def guarded(value: str) -> str:
    """Return a cell that no spreadsheet runs as a formula: such a one gets a leading quote."""
    if value.startswith(_FORMULA_STARTS):
        return f"'{value}"
    if value[:1] in ("+", "-") and len(value) > 1 and not numbers.is_number(value.rstrip("%")):
        return f"'{value}"
    return value


def label(column: str, value: str, lang: str) -> str:
    """Return a code as people read it, in English or Chinese."""
    if column == "period":
        return periods.label(value, lang)
    if column == "province":
        return regions.label(value, lang)
    if column == "unit" or column.endswith("_unit"):
        return lookups.current().units.label(value, lang)
    if column in ("indicator", "industry"):
        known = (indicators() if column == "indicator" else industries()).get(value)
        if known is None:
            return value
        return known.label_zh if lang == "zh" else known.label
    words = {"status": STATUSES, "scope": SCOPES, "category": CATEGORIES, "bound": BOUNDS}
    if column in words and lang == "zh":
        return words[column].get(value, value)
    return value.replace("_", " ") if column in words else value


class Column(NamedTuple):
    """A column as people read it; prose may be wrapped, codes and numbers may not."""

    name: str
    header: str
    cells: Sequence[str]
    right: bool
    prose: bool

    @property
    def width(self) -> int:
        """How many places the widest cell takes; a Chinese character takes two."""
        from rich.cells import cell_len

        return max(map(cell_len, [*self.header.split("\n"), *self.cells]))


def people_columns(sheet: Sheet, names: Sequence[str], lang: str) -> list[Column]:
    """Return columns as people read them: codes as labels, numbers with their bounds' symbols.

    The column of a bound is dropped where its number stands beside it.
    """
    merged = {bound_column(sheet, name) for name in names if sheet.is_numeric(name)}
    return [_column(sheet, name, lang) for name in names if name not in merged]


def bound_column(sheet: Sheet, name: str) -> str:
    """Return the column with the bound of a number, or the name it would have."""
    return sheet.field(name).bound or f"{name}_bound"


def _column(sheet: Sheet, name: str, lang: str) -> Column:
    numeric = sheet.is_numeric(name)
    base = name.removesuffix("_zh") if lang == "zh" else name
    # A header may be broken at its spaces, so that it does not widen a column of numbers.
    header = safe(sheet.field(base).label(lang)).replace(" ", "\n")
    values = sheet.cells[name]
    # Where labels stand beside codes, these are what can be typed.
    coded = {"label", "symbol"} & set(sheet.columns)
    if not numeric:
        cells = [
            safe(value if coded else label(name, value, lang)) if value else SILENCE
            for value in values
        ]
        return Column(name, header, cells, right=False, prose=name not in _UNWRAPPED)
    kind = sheet.field(name).type
    if kind in ("year", "integer") or (kind == "any" and numbers.are_codes(values)):
        shown = [safe(value) or SILENCE for value in values]
        return Column(name, header, shown, right=True, prose=False)
    pairs = zip(values, sheet.bounds(name) or [""] * len(values), strict=True)
    return Column(name, header, [figure(*pair) for pair in pairs], right=True, prose=False)


def figure(value: str, bound: str) -> str:
    """Return a number with the symbol of its bound: ``>1,300``, ``≈50 (no bound)``."""
    if not value:
        return SILENCE
    tail = " (no bound)" if bound == "unknown" else ""
    return safe(f"{SYMBOLS.get(bound, '')}{numbers.people(value)}{tail}")
