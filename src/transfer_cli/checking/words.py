"""The words and numbers of a row: codes that resolve, real periods, plausible values."""

import unicodedata
from collections.abc import Iterator
from fractions import Fraction
from functools import partial

from transfer_cli.checking.cells import Wrong
from transfer_cli.checking.finding import Finding
from transfer_cli.checking.measured import Measured, base_unit, indicator_of, known_unit, measured
from transfer_cli.checking.tablefile import Cells, Row
from transfer_cli.errors import UsageError, closest
from transfer_cli.model import names, periods, regions
from transfer_cli.model.lookups import Indicator, indicators, industries, provinces, unit_rows

_CODES = ("province", "indicator", "industry")
_COLUMNS = {
    "metrics": (*_CODES, "unit"),
    "projects": ("province", "industry", "investment_unit", "capacity_unit", "output_unit"),
    "indicators": ("unit",),
}


def check(table: Cells) -> Iterator[Finding]:
    """Yield the words that name nothing, the impossible periods and the implausible figures."""
    for column in _COLUMNS.get(table.kind, ()):
        if column in table.columns:
            yield from table.judged(column, partial(_word, column))
    if table.kind == "metrics" and "period" in table.columns:
        yield from table.judged("period", _period)
    if table.kind in ("metrics", "projects"):
        judge = _plausible if table.kind == "metrics" else _bare
        for row in table.doubtful():
            yield from judge(table, row)


def _word(column: str, cell: str) -> Wrong | None:
    fix = _unresolved(column, cell)
    return (f"unknown {_what(column)} {cell!r}", fix) if fix else None


def _what(column: str) -> str:
    return "unit" if column.endswith("unit") else column


def _unresolved(column: str, cell: str) -> str:
    """Return what to write in the place of a word that names nothing; empty if it names one."""
    if not cell:
        return ""
    if column.endswith("unit"):
        return _unit(cell)
    known = {"province": {*provinces(), regions.NATION}, "indicator": {*indicators()},
             "industry": {*industries()}}[column]  # fmt: skip
    if cell in known:
        return ""
    try:
        return f"write {names.resolve(column, cell)!r}"
    except UsageError as error:
        return str(error.hint)


def _unit(cell: str) -> str:
    if known_unit(cell):
        return ""
    plain = unicodedata.normalize("NFKC", cell).strip()
    near = [plain] if plain in unit_rows() else closest(cell[:40], unit_rows())
    own = "add it to a units.csv beside the table"
    return f"did you mean {' or '.join(map(repr, near))}? else {own}" if near else own


def _period(cell: str) -> Wrong | None:
    if not cell:
        return None
    try:
        code = periods.parse(cell).code
    except UsageError as error:
        return str(error), str(error.hint)
    if code != cell:
        return f"{cell!r} is not how a period is written", f"write {code!r}"
    return None


def _plausible(table: Cells, row: Row) -> Iterator[Finding]:
    """A share above 100 %, a negative count: what lies beyond the limits of its indicator."""
    known, found = indicator_of(row), measured(row)
    if known is None or found is None:
        return
    for limit, sign, word in ((known.minimum, -1, "below"), (known.maximum, 1, "above")):
        if limit is None:
            continue
        if limit and not _comparable(found, known):
            told = f"{found.unit.description} is no unit of {known.label.lower()}"
            yield table.at(row, "unit", told, f"give it in {known.unit}")
            return
        if _beyond(found, known, Fraction(limit), sign, row.get("bound")):
            told = f"{row.get('bound')} {row.get('value')} {row.get('unit')} is {word} {limit}"
            fix = "correct the figure, or its indicator"
            limit_of = f"the limit of {known.label.lower()}"
            yield table.at(row, "value", f"{told.removeprefix('exact ')}, {limit_of}", fix)


def _comparable(found: Measured, known: Indicator) -> bool:
    return found.unit.dimension == base_unit(known).dimension


def _beyond(found: Measured, known: Indicator, limit: Fraction, sign: int, bound: str) -> bool:
    """Whether the number, or all that its bound leaves of it, is past a limit; 0 has no unit."""
    value = found.interval.value
    if limit:
        value = value * found.unit.factor / base_unit(known).factor
    past = {-1: ("under", "nearly"), 1: ("over",)}[sign]
    return sign * value > sign * limit or (value == limit and bound in past)


def _bare(table: Cells, row: Row) -> Iterator[Finding]:
    """A figure of a project without its unit, or a unit or a bound without its figure."""
    for name in ("investment", "capacity", "output", "jobs"):
        for other in (f"{name}_unit", f"{name}_bound"):
            if row.get(other) and not row.get(name):
                told = f"the {other} stands without its number"
                yield table.at(row, name, told, f"write the {name}, or empty its {other}")
        if row.get(name) and not row.get(f"{name}_unit") and f"{name}_unit" in table.columns:
            yield table.at(row, f"{name}_unit", f"the {name} has no unit", "write it as printed")
