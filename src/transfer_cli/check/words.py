"""Tests of the words of a table: codes that are known, units, periods."""

import unicodedata
from collections.abc import Sequence

from transfer_cli.check.cells import Test
from transfer_cli.check.findings import Problem
from transfer_cli.check.row import is_known_unit
from transfer_cli.errors import UsageError, closest
from transfer_cli.messages import _
from transfer_cli.model import labels, names, periods, regions
from transfer_cli.model.vocabulary import INDUSTRIES, NATION, Vocabulary, provinces

_CODES = ("province", "indicator", "industry")
_COLUMNS = {
    "metrics": (*_CODES, "unit", "period"),
    "projects": ("province", "industry", "investment_unit", "capacity_unit", "output_unit"),
    "indicators": ("unit",),
}
"""The columns of words that are tested, by the kind of the table."""


def word_tests(kind: str, columns: Sequence[str], vocabulary: Vocabulary) -> dict[str, Test]:
    """Return the tests of the words of a table, by column; empty for a table without a kind."""
    tests: dict[str, Test] = {}
    for column in _COLUMNS.get(kind, ()):
        if column in columns:
            if column == "period":
                tests[column] = _period_problem
            elif column.endswith("unit"):
                tests[column] = _unit_test(vocabulary)
            else:
                tests[column] = _code_test(column, vocabulary)
    return tests


def _code_test(column: str, vocabulary: Vocabulary) -> Test:
    known = {*provinces(), NATION} if column == "province" else {*vocabulary.codes(column)}

    def several(cell: str) -> Problem | None:
        return next(filter(None, map(test, cell.split(INDUSTRIES))), None)

    def test(cell: str) -> Problem | None:
        if not cell or cell in known:
            return None
        try:
            if column == "province":
                fix = _("write {name!r}", name=regions.resolve(cell))
            else:
                code = names.choose(column, cell, vocabulary.aliases(column))
                fix = _("write {name!r}", name=code)
        except UsageError as error:
            fix = str(error.hint)
        return Problem(_("unknown {what} {cell!r}", what=labels.column(column), cell=cell), fix)

    return several if column == "industry" else test


def _unit_test(vocabulary: Vocabulary) -> Test:
    rows = vocabulary.units.rows

    def test(cell: str) -> Problem | None:
        if not cell or is_known_unit(cell, vocabulary):
            return None
        plain = unicodedata.normalize("NFKC", cell).strip()
        near = [plain] if plain in rows else closest(cell[:40], rows)
        fix = _("add it to a units.csv beside the table")
        if near:
            alternatives = _(" or ").join(map(repr, near))
            fix = _("did you mean {names}? else {fix}", names=alternatives, fix=fix)
        return Problem(_("unknown unit {cell!r}", cell=cell), fix)

    return test


def _period_problem(cell: str) -> Problem | None:
    if not cell:
        return None
    try:
        code = periods.parse(cell).code
    except UsageError as error:
        return Problem(str(error), str(error.hint))
    if code == cell:
        return None
    message = _("{cell!r} is not how a period is written", cell=cell)
    return Problem(message, _("write {name!r}", name=code))
