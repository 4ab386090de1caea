"""A condition such as ``value > 100 and status != "target"``, parsed and never evaluated.

The grammar is a whitelist over Python's own syntax tree. A missing cell matches no comparison
and no negation of one (three-valued logic, as in SQL); ``is None`` asks for it.
"""

import ast
import re
from typing import NamedTuple

from transfer_cli.errors import UsageError
from transfer_cli.frames import pd
from transfer_cli.model import names, regions
from transfer_cli.model.numbers import is_number
from transfer_cli.table import Table

_HINT = """write e.g. 'value >= 100 and status in ("signed", "started")'"""


class Truth(NamedTuple):
    """Where a condition is true and where it is false; a row in neither is unknown."""

    true: "pd.Series[bool]"
    false: "pd.Series[bool]"


def mask(table: Table, text: str) -> "pd.Series[bool]":
    """Return which rows of ``table`` meet the condition ``text``.

    Raises UsageError for anything outside the grammar, with the place, and for unknown columns.
    """
    quoted: dict[str, str] = {}

    def stand_in(match: re.Match[str]) -> str:
        name = f"quoted_{len(quoted)}_"
        quoted[name] = match[1]
        return name

    source = re.sub(r"`([^`]+)`", stand_in, text.strip())
    try:
        tree = ast.parse(source, mode="eval")
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        column = getattr(error, "offset", None) or 1
        raise UsageError(
            f"cannot read the condition at character {column}: {text}", _HINT
        ) from None
    return _Reader(table, quoted).truth(tree.body).true


class _Reader:
    def __init__(self, table: Table, quoted: dict[str, str]) -> None:
        self.table = table
        self.quoted = quoted

    def truth(self, node: ast.expr) -> Truth:
        match node:
            case ast.BoolOp(op=op, values=values):
                return self._joined(isinstance(op, ast.And), [self.truth(v) for v in values])
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                inner = self.truth(operand)
                return Truth(inner.false, inner.true)
            case ast.Compare(left=left, ops=ops, comparators=rights):
                lefts = [left, *rights[:-1]]
                pairs = zip(lefts, ops, rights, strict=True)
                return self._joined(True, [self._compared(a, op, b) for a, op, b in pairs])
        raise self._refused(node)

    def _joined(self, every: bool, parts: list[Truth]) -> Truth:
        result = parts[0]
        for part in parts[1:]:
            if every:
                result = Truth(result.true & part.true, result.false | part.false)
            else:
                result = Truth(result.true | part.true, result.false & part.false)
        return result

    def _compared(self, left: ast.expr, op: ast.cmpop, right: ast.expr) -> Truth:
        if not isinstance(left, ast.Name):
            if isinstance(right, ast.Name) and type(op) in _MIRRORED:
                return self._compared(right, _MIRRORED[type(op)](), left)
            raise self._refused(left)
        column = self.quoted.get(left.id, left.id)
        self.table.require([column])
        cells = self.table.frame[column].astype(str)
        present = cells != ""
        if isinstance(op, ast.Is | ast.IsNot):
            return _missing(present, isinstance(op, ast.Is), self._constant(right))
        if isinstance(op, ast.In | ast.NotIn):
            hit = _among(column, cells, self._sequence(right))
            return _known(hit if isinstance(op, ast.In) else ~hit, present)
        if isinstance(right, ast.Name):
            other = self.quoted.get(right.id, right.id)
            self.table.require([other])
            theirs = self.table.frame[other].astype(str)
            return _ordered(cells, op, theirs, present & (theirs != ""))
        value = self._constant(right)
        if value is None:
            raise self._refused(right)
        if isinstance(op, ast.Eq | ast.NotEq) and isinstance(value, str):
            hit = _among(column, cells, [value])
            return _known(hit if isinstance(op, ast.Eq) else ~hit, present)
        return _ordered(cells, op, value, present)

    def _sequence(self, node: ast.expr) -> list[object]:
        if isinstance(node, ast.Tuple | ast.List | ast.Set):
            return [self._constant(item) for item in node.elts]
        raise self._refused(node)

    def _constant(self, node: ast.expr) -> str | int | float | None:
        match node:
            case ast.Constant(value=None):
                return None
            case ast.Constant(value=bool()):
                raise self._refused(node)
            case ast.Constant(value=str() | int() | float() as value):
                return float(str(value)) if isinstance(value, int) else value
            case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int() | float() as value)):
                return -value
        raise self._refused(node)

    def _refused(self, node: ast.expr) -> UsageError:
        place = node.col_offset + 1
        shown = ast.unparse(node)
        return UsageError(f"a condition cannot hold {shown!r} (character {place})", _HINT)


_MIRRORED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Eq: ast.Eq,
    ast.NotEq: ast.NotEq,
    ast.Lt: ast.Gt,
    ast.LtE: ast.GtE,
    ast.Gt: ast.Lt,
    ast.GtE: ast.LtE,
}
_METHODS: dict[type[ast.cmpop], str] = {
    ast.Eq: "eq",
    ast.NotEq: "ne",
    ast.Lt: "lt",
    ast.LtE: "le",
    ast.Gt: "gt",
    ast.GtE: "ge",
}


def _among(column: str, cells: "pd.Series[str]", values: list[object]) -> "pd.Series[bool]":
    """Tell which cells are one of ``values``; of a closed list, by any name."""
    numbers = [value for value in values if isinstance(value, int | float)]
    words = [name for value in values for name in (str(value), _code(column, value))]
    if column == "province":
        words += [cell for cell in pd.unique(cells) if regions.find(cell) in words]
    hit = cells.isin(words)
    return hit | pd.to_numeric(cells, errors="coerce").isin(numbers) if numbers else hit


def _code(column: str, value: object) -> str:
    """Return the code that a word names in a column; the word itself where it names none."""
    try:
        return names.resolve(column, str(value))
    except UsageError:
        return str(value)


def _known(hit: "pd.Series[bool]", known: "pd.Series[bool]") -> Truth:
    return Truth(hit & known, ~hit & known)


def _missing(present: "pd.Series[bool]", wanted: bool, value: object) -> Truth:
    if value is not None:
        raise UsageError("'is' asks only for None, the missing cell", _HINT)
    return Truth(~present, present) if wanted else Truth(present, ~present)


def _ordered(
    cells: "pd.Series[str]", op: ast.cmpop, value: object, present: "pd.Series[bool]"
) -> Truth:
    """Compare with a number as numbers, with text as text, and with another column row by row.

    So the rows of a large table are told apart as those of a small one, wherever it is cut.
    """
    method = _METHODS[type(op)]
    if isinstance(value, str):
        return _known(getattr(cells, method)(value), present)
    numbers = pd.to_numeric(cells, errors="coerce")
    if not isinstance(value, pd.Series):
        return _known(getattr(numbers, method)(value), present & numbers.notna())
    as_numbers = getattr(numbers, method)(pd.to_numeric(value, errors="coerce"))
    both = _are_numbers(cells) & _are_numbers(value)
    return _known(as_numbers.where(both, getattr(cells, method)(value)), present)


def _are_numbers(cells: "pd.Series[str]") -> "pd.Series[bool]":
    return cells.isin([cell for cell in pd.unique(cells) if is_number(cell)])
