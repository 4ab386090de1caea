"""``--where``: a condition such as ``value > 100 and status != "target"``, parsed, never evaluated.

The grammar is a whitelist over Python's own syntax tree; see ``query.syntax`` for names and text.
"""

import ast
from collections.abc import Sequence
from fractions import Fraction
from functools import partial

from transfer_cli.errors import UsageError, closest, did_you_mean
from transfer_cli.messages import _, join, marked
from transfer_cli.model import names, numbers, periods
from transfer_cli.model.schema import NO_SCHEMA, Schema, written
from transfer_cli.model.units import Dimension, Unit
from transfer_cli.model.vocabulary import Vocabulary, with_derived
from transfer_cli.query.arithmetic import MAX_COST, Cell, Expression, Number, Operation, Sign, cost
from transfer_cli.query.comparisons import (
    MIRRORED,
    Codes,
    Compare,
    CompareColumns,
    ComparePeriod,
    CompareResults,
    Contains,
    In,
    IsMissing,
    Operator,
)
from transfer_cli.query.condition import And, Condition, Not, Or
from transfer_cli.query.syntax import PythonCode, needs_backquotes

_HINT = marked("""write e.g. 'value >= 100 and status in ("signed", "started")'""")
_ARITHMETIC_HINT = marked(
    "write columns, numbers, + - * / and parentheses, e.g. 'gdp / population'"
)
_OPERATORS: dict[type[ast.cmpop], Operator] = {
    ast.Eq: "==", ast.NotEq: "!=", ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">="
}  # fmt: skip
_SIGNS: dict[type[ast.operator], Sign] = {
    ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/"
}  # fmt: skip
_TESTS = ("contains", "startswith")
_MAX_DEPTH = 100
"""Nesting that the recursive functions over a tree, here and in DuckDB, take."""


def parse(
    text: str,
    columns: Sequence[str],
    vocabulary: Vocabulary,
    schema: Schema = NO_SCHEMA,
) -> Condition:
    """Return the condition that ``text`` states about a table with ``columns``.

    A column may also be named by its heading in the user's table, which ``schema`` has.

    Raises UsageError for anything outside the grammar, with the position of the character, and
    for unknown columns, with did-you-mean.
    """
    return _Parser(text.strip(), columns, vocabulary, schema).parse()


def parse_expression(
    text: str,
    columns: Sequence[str],
    vocabulary: Vocabulary,
    schema: Schema = NO_SCHEMA,
) -> Expression:
    """Return the arithmetic that ``text`` states: columns, numbers, + - * / and parentheses.

    Raises UsageError for anything else, as ``parse`` does.
    """
    return _Parser(text.strip(), columns, vocabulary, schema, _ARITHMETIC_HINT).parse_expression()


class _Parser:
    def __init__(
        self,
        text: str,
        columns: Sequence[str],
        vocabulary: Vocabulary,
        schema: Schema,
        hint: str = _HINT,
    ) -> None:
        self.schema = schema
        self.headings = schema.headings
        self.vocabulary = vocabulary
        self.own = frozenset(columns)
        self.columns = with_derived(columns)
        self.code = PythonCode(text, [*self.columns, *self.headings], _(hint))

    def parse(self) -> Condition:
        """Return the condition of the whole text."""
        return self._condition(self.code.tree(), 0)

    def parse_expression(self) -> Expression:
        """Return the arithmetic of the whole text."""
        return self._arithmetic(self.code.tree())

    def _condition(self, node: ast.expr, depth: int) -> Condition:
        if depth > _MAX_DEPTH:
            raise self.code.too_deep()
        match node:
            case ast.BoolOp(op=op, values=values):
                parts = tuple(self._condition(value, depth + 1) for value in values)
                return And(parts) if isinstance(op, ast.And) else Or(parts)
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                return Not(self._condition(operand, depth + 1))
            case ast.Compare(left=left, ops=ops, comparators=rights):
                lefts = [left, *rights[:-1]]
                pairs = zip(lefts, ops, rights, strict=True)
                compared = tuple(self._compared(*pair) for pair in pairs)
                return compared[0] if len(compared) == 1 else And(compared)
            case ast.Call(func=ast.Name(id=name), args=[ast.Name() as column, text], keywords=[]):
                function = self.code.names.get(name, name)
                word = self._constant(text)
                if function in _TESTS and isinstance(word, str):
                    return Contains(self._column(column), word, function == "startswith")
        raise self._refused(node)

    def _compared(self, left: ast.expr, op: ast.cmpop, right: ast.expr) -> Condition:
        if type(op) in _OPERATORS and (_is_arithmetic(left) or _is_arithmetic(right)):
            sides = self._in_one_unit(self._arithmetic(left), self._arithmetic(right))
            return CompareResults(sides[0], _OPERATORS[type(op)], sides[1])
        if not isinstance(left, ast.Name):
            if type(op) in _OPERATORS and isinstance(right, ast.Name):
                return self._ordered(self._column(right), MIRRORED[_OPERATORS[type(op)]], left)
            raise self._refused(left)
        column = self._column(left)
        match op:
            case ast.Is() | ast.IsNot():
                if not isinstance(right, ast.Constant) or right.value is not None:
                    raise UsageError(_("'is' is only for None, the missing cell"), _(_HINT))
                missing = IsMissing(column)
                return missing if isinstance(op, ast.Is) else Not(missing)
            case ast.In() | ast.NotIn():
                if not isinstance(right, ast.Tuple | ast.List | ast.Set):
                    raise self._refused(right)
                among = self._among(column, [self._constant(item) for item in right.elts])
                return among if isinstance(op, ast.In) else Not(among)
        operator = _OPERATORS[type(op)]
        if isinstance(right, ast.Name):
            other = self._column(right)
            percent = all(numbers.reads_percent(name, self.columns) for name in (column, other))
            cells = Cell(column, percent), Cell(other, percent)
            sides = self._in_one_unit(*cells)
            if sides != cells:
                return CompareResults(sides[0], operator, sides[1])
            return CompareColumns(column, operator, other, percent)
        return self._ordered(column, operator, right)

    def _arithmetic(self, node: ast.expr, depth: int = 0) -> Expression:
        """Return the arithmetic that a node states."""
        if depth > _MAX_DEPTH:
            raise self.code.too_deep()
        match node:
            case ast.Name():
                column = self._column(node)
                if column not in self.own:
                    raise self._refused(node)
                return Cell(column, numbers.reads_percent(column, self.columns))
            case ast.BinOp(left=left, op=op, right=right) if type(op) in _SIGNS:
                sides = self._arithmetic(left, depth + 1), self._arithmetic(right, depth + 1)
                made = Operation(_SIGNS[type(op)], *sides)
                if cost(made) > MAX_COST:
                    raise self.code.too_deep()
                return made
            case ast.UnaryOp(op=ast.USub(), operand=operand) if not _is_constant(operand):
                return Operation("-", Number(Fraction(0)), self._arithmetic(operand, depth + 1))
            case ast.UnaryOp(op=ast.UAdd(), operand=operand) if not _is_constant(operand):
                return self._arithmetic(operand, depth + 1)
        value = self._constant(node)
        if isinstance(value, str):
            raise self._refused(node)
        return Number(value)

    def _in_one_unit(self, *sides: Expression) -> tuple[Expression, ...]:
        """Return expressions with the columns of a dimension in the unit of the first of them.

        These have a unit in the heading: 支出（万元） and 收入（亿元） are compared in 万元.
        """
        constants = self.schema.constants
        first: dict[Dimension, Unit] = {}

        def convert(side: Expression) -> Expression:
            match side:
                case Operation(sign, left, right):
                    return Operation(sign, convert(left), convert(right))
                case Cell(column) if name := constants.get(self.schema.field(column).unit):
                    unit = self.vocabulary.unit(name)
                    factor = unit.factor / first.setdefault(unit.dimension, unit).factor
                    return side if factor == 1 else Operation("*", side, Number(factor))
            return side

        return tuple(map(convert, sides))

    def _ordered(self, column: str, operator: Operator, node: ast.expr) -> Condition:
        """Return the comparison of a column with a constant."""
        value = self._constant(node)
        if isinstance(value, str) and operator in ("==", "!="):
            among = self._among(column, [value])
            return among if operator == "==" else Not(among)
        if isinstance(value, str) and (period := periods.find(value)):
            return ComparePeriod(column, operator, period)
        return Compare(column, operator, value, numbers.reads_percent(column, self.columns))

    def _among(self, column: str, constants: Sequence[str | Fraction]) -> Condition:
        """Return the condition that a cell is one of a list; of a closed list, by any name."""
        texts = [value for value in constants if isinstance(value, str)]
        values = frozenset(value for value in constants if isinstance(value, Fraction))
        percent = numbers.reads_percent(column, self.columns)
        if not texts or column not in (*names.CLOSED, "province"):
            return In(column, frozenset(texts), values, percent)
        codes = Codes(column, tuple(map(partial(self._code, column), texts)), tuple(texts))
        return Or((codes, In(column, frozenset(), values, percent))) if values else codes

    def _code(self, column: str, word: str) -> str:
        try:
            return names.resolve(column, word, self.vocabulary)
        except UsageError:
            return word

    def _column(self, node: ast.Name) -> str:
        name = self.code.names[node.id]
        if name not in self.columns:
            name = self.headings.get(name, name)
        if name not in self.columns:
            known = written(self.columns, self.schema)
            close = closest(name, [*known, *self.columns])
            near = [f"`{n}`" if needs_backquotes(n) else repr(n) for n in close or known]
            hint = did_you_mean(near) if close else _("choose from {names}", names=join(near))
            raise UsageError(_("unknown column {name!r}", name=name), hint)
        return name

    def _constant(self, node: ast.expr) -> str | Fraction:
        match node:
            case ast.Constant(value=bool()):
                raise self._refused(node)
            case ast.Constant(value=str() as text):
                return text
            case ast.Constant(value=int() as value):
                if value >= 10**numbers.MAX_LENGTH:
                    raise self.code.too_long()
                return Fraction(value)
            case ast.Constant(value=float()):
                written = self.code.source[node.col_offset : node.end_col_offset].replace("_", "")
                if numbers.is_number(written):
                    return numbers.exact(written)
            case ast.UnaryOp(op=ast.USub() | ast.UAdd() as sign, operand=ast.Constant() as operand):
                amount = self._constant(operand)
                if isinstance(amount, Fraction):
                    return -amount if isinstance(sign, ast.USub) else amount
        raise self._refused(node)

    def _refused(self, node: ast.expr) -> UsageError:
        if isinstance(node, ast.Constant) and node.value in self.columns:
            hint = _("name a column between backquotes: {name}", name=f"`{node.value}`")
            return self.code.refused(node, hint)
        return self.code.refused(node)


def _is_constant(node: ast.expr) -> bool:
    """Return whether a node is a number, perhaps with a sign."""
    return isinstance(node.operand if isinstance(node, ast.UnaryOp) else node, ast.Constant)


def _is_arithmetic(node: ast.expr) -> bool:
    """Return whether a node is more than a column or a constant."""
    signed = isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub | ast.UAdd)
    return isinstance(node, ast.BinOp) or (signed and not _is_constant(node))
