"""A condition as a mask over the rows of a table."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple, TypeAlias

from transfer_cli.frames import NDArray, np, pd
from transfer_cli.model import numbers
from transfer_cli.model.vocabulary import Vocabulary
from transfer_cli.query import arithmetic
from transfer_cli.query.bind import bind
from transfer_cli.query.comparisons import (
    FUNCTIONS,
    CompareColumns,
    CompareResults,
    Search,
    search_key,
)
from transfer_cli.query.condition import And, CellCondition, Condition, Not, Or

Mask: TypeAlias = "NDArray[np.bool_]"


class Truth(NamedTuple):
    """The rows where a condition is true and where it is false; it is unknown in others."""

    true: Mask
    false: Mask


def mask(condition: Condition, frame: pd.DataFrame, vocabulary: Vocabulary) -> pd.Series[bool]:
    """Return which rows of a frame of text cells satisfy a condition.

    Raises UsageError, with did-you-mean, for a column that the frame lacks.
    """
    evaluator = _Evaluator(frame)
    bound = bind(condition, list(frame.columns), vocabulary, evaluator.distinct)
    return pd.Series(evaluator.truth(bound).true, index=frame.index)


def _truth(results: Iterable[bool | None], positions: NDArray[np.intp]) -> Truth:
    """Return the results for distinct cells as those of rows, which have them at ``positions``."""
    known = list(results)
    true = np.array([result is True for result in known], bool)
    false = np.array([result is False for result in known], bool)
    return Truth(true[positions], false[positions])


class _Evaluator:
    """Evaluates conditions: each test once for each distinct cell of a column."""

    def __init__(self, frame: pd.DataFrame) -> None:
        self.frame = frame
        self._columns: dict[str, tuple[NDArray[np.intp], list[str]]] = {}

    def column(self, name: str) -> tuple[NDArray[np.intp], list[str]]:
        """Return for each row the position of its cell among the distinct ones, and those."""
        if name not in self._columns:
            positions, cells = pd.factorize(self.frame[name].to_numpy(dtype=object))
            self._columns[name] = positions, list(cells)
        return self._columns[name]

    def distinct(self, name: str) -> list[str]:
        """Return the distinct cells of a column."""
        return self.column(name)[1]

    def truth(self, condition: Condition) -> Truth:
        """Return where a bound condition is true and false."""
        rows = len(self.frame)
        match condition:
            case And(parts):
                truth = Truth(np.ones(rows, bool), np.zeros(rows, bool))
                for part in map(self.truth, parts):
                    truth = Truth(truth.true & part.true, truth.false | part.false)
                return truth
            case Or(parts):
                truth = Truth(np.zeros(rows, bool), np.ones(rows, bool))
                for part in map(self.truth, parts):
                    truth = Truth(truth.true | part.true, truth.false & part.false)
                return truth
            case Not(part):
                inner = self.truth(part)
                return Truth(inner.false, inner.true)
            case CellCondition():
                test = condition.test()
                positions, cells = self.column(condition.column)
                return _truth(map(test, cells), positions)
            case CompareColumns():
                return self._compared(condition)
            case CompareResults(left, operator, right):
                with np.errstate(all="ignore"):
                    return self._results(left, FUNCTIONS[operator], right)
            case Search():
                return self._searched(condition)
        raise TypeError(f"{condition!r} is not bound")

    def _compared(self, condition: CompareColumns) -> Truth:
        left, ours = self.column(condition.left)
        right, theirs = self.column(condition.right)
        pairs, distinct = pd.factorize(left.astype(np.int64) * max(len(theirs), 1) + right)
        results = (
            condition.test(ours[pair // len(theirs)], theirs[pair % len(theirs)])
            for pair in distinct.tolist()
        )
        return _truth(results, pairs)

    def _results(
        self,
        left: arithmetic.Expression,
        compare: Callable[[Any, Any], Any],
        right: arithmetic.Expression,
    ) -> Truth:
        difference, scale = self._evaluated(arithmetic.Operation("-", left, right))
        sign = np.where(abs(difference) <= arithmetic.TOLERANCE * scale, 0, difference)
        known, true = np.isfinite(difference), compare(sign, 0)
        return Truth(known & true, known & ~true)

    def _evaluated(self, expression: arithmetic.Expression) -> tuple[Any, Any]:
        """Return the result in each row, NaN where missing, and the size of what it is made of."""
        match expression:
            case arithmetic.Number(value):
                return np.float64(value), np.float64(abs(value))
            case arithmetic.Cell(column, percent):
                positions, cells = self.column(column)
                plain = (numbers.plain(cell, percent=percent) for cell in cells)
                doubles = np.array([float(text or "nan") for text in plain], float)[positions]
                return doubles, abs(doubles)
        (left, size), (right, other) = map(self._evaluated, (expression.left, expression.right))
        match expression.sign:
            case "+":
                return left + right, size + other
            case "-":
                return left - right, size + other
            case "*":
                return left * right, size * other
        divisor = np.where(abs(right) > arithmetic.TOLERANCE * other, right, np.nan)
        return left / divisor, size / abs(divisor)

    def _searched(self, condition: Search) -> Truth:
        text = search_key(condition.text)
        true = np.zeros(len(self.frame), bool)
        for name in self.frame.columns:
            positions, cells = self.column(name)
            true |= _truth((text in search_key(cell) for cell in cells), positions).true
        return Truth(true, ~true)
