"""``calc``: an expression over ids and numbers, parsed by a whitelist and never evaluated."""

import ast
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

from transfer_cli import arithmetic
from transfer_cli.arithmetic import Term
from transfer_cli.errors import UsageError, unknown
from transfer_cli.model.figures import Figure
from transfer_cli.model.numbers import is_number

LONGEST = 4000
_OPERATORS: dict[type[ast.operator], Callable[[Term, Term], Term]] = {
    ast.Mult: arithmetic.times,
    ast.Div: arithmetic.over,
    ast.Pow: arithmetic.power,
}
_PAIRS: dict[str, Callable[[Term, Term], Term]] = {
    "growth": arithmetic.growth,
    "cagr": arithmetic.cagr,
    "share": arithmetic.share,
}
_LISTS: dict[str, Callable[[Sequence[Term]], Term]] = {
    "sum": arithmetic.total,
    "mean": arithmetic.mean,
    "per_year": arithmetic.per_year,
}
_HINT = "use ids, numbers, + - * / **, ( ), sum, mean, growth(a, b), cagr, share and per_year(a)"


def calculate(expression: str, known: Mapping[str, Figure]) -> Term:
    """Return what an expression over the figures ``known`` by id comes to.

    Raises UsageError for a bad expression, with the place, or an unknown id, with did-you-mean;
    RefusedError for an operation without a meaning.
    """
    if len(expression) > LONGEST:
        raise UsageError(f"the expression is longer than {LONGEST} characters", "write it in parts")
    try:
        tree = ast.parse(expression.strip(), mode="eval")
    except (SyntaxError, ValueError, MemoryError) as error:
        place = min(getattr(error, "offset", None) or LONGEST, len(expression.strip()) + 1)
        raise UsageError(_pointed(expression.strip(), place, "cannot read it"), _HINT) from None
    return _Reader(expression.strip(), known).term(tree.body)


class _Reader:
    def __init__(self, source: str, known: Mapping[str, Figure]) -> None:
        self.source = source
        self.known = known

    def term(self, node: ast.expr) -> Term:
        match node:
            case ast.Constant(value=int() | float() as value) if not isinstance(value, bool):
                return arithmetic.of_number(self._number(node, value))
            case ast.Name(id=name):
                return self._figure(name)
            case ast.UnaryOp(op=ast.USub() | ast.UAdd()) | ast.BinOp(op=ast.Add() | ast.Sub()):
                return self._chain(_signed(node))
            case ast.BinOp(left=left, op=op, right=right) if type(op) in _OPERATORS:
                return _OPERATORS[type(op)](self.term(left), self.term(right))
            case ast.Call(func=ast.Name(id=name), args=args, keywords=[]):
                return self._call(node, name, args)
        raise self._bad(node, f"{ast.unparse(node)!r} cannot stand in an expression")

    def _chain(self, parts: Sequence[tuple[bool, ast.expr]]) -> Term:
        """Add up what a chain of + and - adds, and take off what it takes off, each together."""
        plus = [self.term(part) for positive, part in parts if positive]
        less = [self.term(part) for positive, part in parts if not positive]
        if not less:
            return arithmetic.total(plus)
        if not plus:
            return arithmetic.negative(arithmetic.total(less))
        return arithmetic.minus(arithmetic.total(plus), arithmetic.total(less))

    def _number(self, node: ast.expr, value: float) -> Fraction:
        text = ast.get_source_segment(self.source, node) or str(value)
        if not is_number(text.replace("_", "")):
            raise self._bad(node, f"{text[:40]!r} is no plain number")
        return Fraction(text.replace("_", ""))

    def _figure(self, name: str) -> Term:
        if name not in self.known:
            raise unknown("id", name, self.known, "transfer-cli filter --columns id")
        return arithmetic.of_figure(self.known[name])

    def _call(self, node: ast.expr, name: str, args: Sequence[ast.expr]) -> Term:
        if name not in _PAIRS and name not in _LISTS:
            raise unknown("function", name, [*_LISTS, *_PAIRS])
        terms = [self.term(arg) for arg in args]
        if name in _PAIRS:
            if len(terms) != 2:
                raise self._bad(node, f"{name} takes two: {name}(a, b)")
            return _PAIRS[name](*terms)
        if not terms or (name == "per_year" and len(terms) > 1):
            raise self._bad(node, f"{name} takes {'one' if name == 'per_year' else 'at least one'}")
        return _LISTS[name](terms)

    def _bad(self, node: ast.expr, why: str) -> UsageError:
        before = self.source.encode()[: node.col_offset].decode()
        return UsageError(_pointed(self.source, len(before) + 1, why), _HINT)


def _signed(node: ast.expr, positive: bool = True) -> list[tuple[bool, ast.expr]]:
    """Flatten a chain of signs, so that all that it adds up is judged together."""
    match node:
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            return [*_signed(left, positive), *_signed(right, positive)]
        case ast.BinOp(left=left, op=ast.Sub(), right=right):
            return [*_signed(left, positive), *_signed(right, not positive)]
        case ast.UnaryOp(op=ast.UAdd(), operand=operand):
            return _signed(operand, positive)
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return _signed(operand, not positive)
    return [(positive, node)]


def _pointed(source: str, place: int, why: str) -> str:
    """Return a message with the expression and a caret under the place."""
    return f"{why} (character {place})\n  {source}\n  {' ' * (place - 1)}^"
