"""An expression over ids and numbers: parsed by a whitelist of Python's grammar, never evaluated.

An id that is not an identifier is written in backquotes: `` `a-1` + `table.csv:7` ``. The name of a
row as ``FILE:LINE`` needs no backquotes.
"""

import ast
import re
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from itertools import accumulate

from transfer_cli.calc import arithmetic, growth_rates, rates, statistics, term
from transfer_cli.calc.term import Term, unknown_id
from transfer_cli.errors import UsageError, unknown
from transfer_cli.messages import _, join
from transfer_cli.model import numbers
from transfer_cli.model.figure import Figure
from transfer_cli.model.vocabulary import Vocabulary
from transfer_cli.rules.comparability import without_empty

MAX_LENGTH = 4000
"""Characters of the longest expression."""

MAX_DEPTH = 100
"""Parentheses inside one another; Python's parser reads 200 at most."""

SHOWN = 60
"""Characters of a long expression that an error shows on either side of the place."""

Pair = Callable[[Term, Term], Term]
_PAIRS: dict[str, Pair] = {
    "growth": growth_rates.growth,
    "cagr": growth_rates.cagr,
    "share": arithmetic.share,
    "index": growth_rates.index,
}
_ONES: dict[str, Callable[[Term, Vocabulary], Term]] = {
    "per_year": arithmetic.per_year,
    "abs": lambda one, _vocabulary: statistics.absolute(one),
    "sqrt": statistics.square_root,
}
_MANY: dict[str, Callable[[Sequence[Term], Vocabulary, Sequence[str]], Term]] = {
    "sum": arithmetic.total,
    "mean": lambda terms, _vocabulary, across: arithmetic.mean(terms, across),
    "max": lambda terms, _vocabulary, across: statistics.largest(terms, across),
    "min": lambda terms, _vocabulary, across: statistics.smallest(terms, across),
    "median": lambda terms, _vocabulary, across: statistics.median(terms, across),
}
_OPERATORS: dict[type[ast.operator], Callable[[Term, Term, Vocabulary], Term]] = {
    ast.Mult: arithmetic.times,
    ast.Div: arithmetic.over,
    ast.Pow: arithmetic.power,
}
FUNCTIONS = (*_MANY, *_PAIRS, *_ONES, "round")
_PERCENT = r"(?<![\w.])(?:\d[\d_]*(?:\.\d*)?|\.\d+)[ ]?[%％](?![ ]*[\w(`.])"
"""A rate such as ``100%``; ``7 % 2`` is a remainder, which the grammar lacks."""


def calculate(
    text: str, figures: Mapping[str, Figure], vocabulary: Vocabulary, across: Sequence[str] = ()
) -> Term:
    """Return the result of an expression over ``figures`` by id.

    ``across`` are the columns in which figures of one sum or mean may differ. Raises UsageError for
    a bad expression, with the place, or an unknown id, with did-you-mean; RefusedError for an
    operation without a meaning.
    """
    known = without_empty([*figures.values()])
    figures = dict(zip(figures, known, strict=True))
    source = text.strip()
    if len(source) > MAX_LENGTH:
        message = _("the expression is longer than {n} characters", n=MAX_LENGTH)
        raise UsageError(message, _("write it in parts"))
    code, names = _with_identifiers(source, figures)
    deep = UsageError(_("the expression is nested too deeply"), _("write it in parts"))
    if _depth(code) > MAX_DEPTH:
        raise deep
    try:
        tree = ast.parse(code, mode="eval")
        return _Calculation(source, code, names, figures, vocabulary, across).term(tree.body)
    except (RecursionError, MemoryError) as error:
        raise deep from error
    except (SyntaxError, ValueError) as error:
        place = min(getattr(error, "offset", None) or MAX_LENGTH, len(source) + 1)
        raise _error_at(source, place, _("cannot read it")) from error


def _depth(code: str) -> int:
    """Return how many parentheses are open at once."""
    return max(accumulate({"(": 1, ")": -1}.get(char, 0) for char in code), default=0)


def _with_identifiers(source: str, figures: Mapping[str, Figure]) -> tuple[str, dict[str, str]]:
    """Return an expression with identifiers for all names, and the names by identifier."""
    names: dict[str, str] = {}
    rows = sorted((name for name in figures if ":" in name and name in source), key=len)
    as_written = "|".join(rf"{re.escape(name)}(?!\d)" for name in reversed(rows))
    tables = {name.rpartition(":")[0] for name, row in figures.items() if not row.get("id")}
    if tables:  # Also lines that have no figure, which the error names.
        lines = "|".join(map(re.escape, sorted(tables, key=len, reverse=True)))
        as_written += rf"{'|' if as_written else ''}(?:{lines}):\d+"

    def identifier(match: re.Match[str]) -> str:
        name = match[1] if match[1] is not None else match[0]
        made = f"_{len(names)}".ljust(len(match[0]), "_")  # As long, so that places agree.
        names[made] = name
        return made

    pattern = rf"`([^`]*)`|{_PERCENT}" + (f"|{as_written}" if as_written else "")
    return re.sub(pattern, identifier, source), names


class _Calculation:
    def __init__(
        self,
        source: str,
        code: str,
        names: Mapping[str, str],
        figures: Mapping[str, Figure],
        vocabulary: Vocabulary,
        across: Sequence[str],
    ) -> None:
        self.source, self.code, self.names = source, code, names
        self.figures, self.vocabulary, self.across = figures, vocabulary, across

    def term(self, node: ast.expr) -> Term:
        match node:
            case ast.Constant(value=int() | float() as value) if not isinstance(value, bool):
                return term.of_number(self._number(node))
            case ast.Name():
                return self._figure(self._text(node))
            case ast.UnaryOp(op=ast.USub() | ast.UAdd()) | ast.BinOp(op=ast.Add() | ast.Sub()):
                return self._chain(_signed(node))
            case ast.BinOp(left=left, op=op, right=right) if type(op) in _OPERATORS:
                return _OPERATORS[type(op)](self.term(left), self.term(right), self.vocabulary)
            case ast.Call(func=ast.Name(id=name), args=args, keywords=[]):
                return self._call(node, name, args)
        message = _("{text!r} cannot stand in an expression", text=self._text(node))
        raise self._error(node, message)

    def _chain(self, parts: Sequence[tuple[bool, ast.expr]]) -> Term:
        """Return the sum of the terms that a chain of + and - adds, less that of the others."""
        added = [self.term(part) for positive, part in parts if positive]
        subtracted = [self.term(part) for positive, part in parts if not positive]
        sums = [
            arithmetic.plus(terms, self.vocabulary, self.across)
            for terms in (added, subtracted)
            if terms
        ]
        if len(sums) == 2:
            return arithmetic.minus(sums[0], sums[1], self.across)
        return sums[0] if added else arithmetic.negative(sums[0])

    def _number(self, node: ast.expr) -> Fraction:
        text = self._text(node)
        if not numbers.is_number(text.replace("_", "")):
            raise self._error(node, _("{text!r} is not a plain number", text=text[:40]))
        return Fraction(text.replace("_", ""))

    def _figure(self, text: str) -> Term:
        name = self.names.get(text, text)
        if name not in self.figures and re.fullmatch(_PERCENT, name):
            return rates.of_percent(Fraction(re.sub("[_ %％]", "", name)))
        if name not in self.figures:
            raise unknown_id(name, self.figures)
        return term.of_figure(self.figures[name])

    def _call(self, node: ast.expr, name: str, args: Sequence[ast.expr]) -> Term:
        if name not in FUNCTIONS:
            raise unknown(_("function"), name, FUNCTIONS)
        terms = [self.term(arg) for arg in args]
        if name in _PAIRS:
            if len(terms) != 2:
                raise self._error(node, _("{name} takes two: {name}(a, b)", name=name))
            return _PAIRS[name](*terms)
        if name == "round":
            if len(terms) not in (1, 2):
                raise self._error(node, _("round takes a number and its decimals: round(a, 2)"))
            return statistics.rounded(terms[0], sum(map(statistics.places_of, terms[1:])))
        if name in _ONES:
            if len(terms) != 1:
                raise self._error(node, _("{name} takes one", name=name))
            return _ONES[name](terms[0], self.vocabulary)
        if not terms:
            raise self._error(node, _("{name} takes at least one", name=name))
        return _MANY[name](terms, self.vocabulary, self.across)

    def _text(self, node: ast.expr) -> str:
        return ast.get_source_segment(self.code, node) or ""

    def _error(self, node: ast.expr, why: str) -> UsageError:
        before = self.code.encode()[: node.col_offset].decode()
        return _error_at(self.source, len(before) + 1, why)


def _signed(node: ast.expr) -> list[tuple[bool, ast.expr]]:
    """Return the operands of a chain of + and -, each with whether it is added.

    They are collected with a stack: a chain may be longer than Python's recursion is deep.
    """
    operands: list[tuple[bool, ast.expr]] = []
    stack = [(True, node)]
    while stack:
        positive, current = stack.pop()
        match current:
            case ast.BinOp(left=left, op=ast.Add() | ast.Sub() as op, right=right):
                same = positive if isinstance(op, ast.Add) else not positive
                stack += [(same, right), (positive, left)]
            case ast.UnaryOp(op=ast.UAdd() | ast.USub() as sign, operand=operand):
                stack.append((positive == isinstance(sign, ast.UAdd), operand))
            case _:
                operands.append((positive, current))
    return operands


def _error_at(source: str, place: int, why: str) -> UsageError:
    """Return the error with the expression and a caret under the place."""
    message = _("{why} (character {place})", why=why, place=place)
    start = max(0, place - 1 - SHOWN)
    shown = source[start : place + SHOWN]
    caret = " " * (place - 1 - start)
    hint = _("use ids, numbers, + - * / **, ( ) and functions: {names}", names=join(FUNCTIONS))
    return UsageError(f"{message}\n  {shown}\n  {caret}^", hint)
