"""How the columns of numbers of a table vary together: Pearson's and Spearman's correlation."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations
from typing import TYPE_CHECKING, Any

from transfer_cli.frames import np, pd
from transfer_cli.messages import _
from transfer_cli.model import numbers

if TYPE_CHECKING:
    from transfer_cli.frames import NDArray
    from transfer_cli.query.condition import Condition
    from transfer_cli.tables.source import Source

MIN_ROWS = 3
"""Rows of which a correlation says something: two lie on a line always."""
DIGITS = 12
"""Significant digits of a correlation, which is computed with floats."""


def correlations(
    source: Source, where: Condition, names: Sequence[str]
) -> tuple[pd.DataFrame, list[str]]:
    """Return the correlation of each pair of columns of numbers, and notes.

    Columns: ``column, other, n, pearson, spearman``. ``n`` counts the rows that have a number in
    both. Nothing is computed of fewer than three, or where one of the columns does not vary.
    """
    values = _values(source, where, names)
    rows = []
    for one, other in combinations(names, 2):
        known = ~(np.isnan(values[one]) | np.isnan(values[other]))
        x, y = values[one][known], values[other][known]
        rows.append((one, other, len(x), _cell(pearson(x, y)), _cell(spearman(x, y))))
    notes = [_("correlation is not causation; rounded to {digits} digits", digits=DIGITS)]
    short = sum(row[2] < MIN_ROWS for row in rows)
    if short:
        notes.append(_("pairs of fewer than {least} rows have no correlation: {n}",
                       least=MIN_ROWS, n=short))  # fmt: skip
    return pd.DataFrame(rows, columns=["column", "other", "n", "pearson", "spearman"]), notes


def pearson(x: NDArray[np.float64], y: NDArray[np.float64]) -> float | None:
    """Return the product-moment correlation; None where it is not defined.

    K. Pearson, Regression, heredity and panmixia, Phil. Trans. R. Soc. A 187 (1896), p. 253.
    """
    if len(x) < MIN_ROWS or x.min() == x.max() or y.min() == y.max():
        return None
    # Scaled by the largest, so that no square overflows.
    x, y = (each / np.abs(each).max() for each in (x, y))
    x, y = x - x.mean(), y - y.mean()
    return float((x * y).sum() / np.sqrt((x * x).sum() * (y * y).sum()))


def spearman(x: NDArray[np.float64], y: NDArray[np.float64]) -> float | None:
    """Return the correlation of ranks, equal numbers having their mean rank.

    C. Spearman, The proof and measurement of association between two things, American Journal of
    Psychology 15 (1904), p. 72.
    """
    return pearson(_ranks(x), _ranks(y))


def _ranks(values: NDArray[np.float64]) -> NDArray[np.float64]:
    _words, codes, counts = np.unique(values, return_inverse=True, return_counts=True)
    ranks: NDArray[np.float64] = (np.cumsum(counts) - (counts - 1) / 2)[codes]
    return ranks


def _values(source: Source, where: Condition, names: Sequence[str]) -> dict[str, NDArray[Any]]:
    """Return the numbers of columns, NaN for a cell that is not a number."""
    percent = {name: numbers.reads_percent(name, source.columns) for name in names}
    chunks: dict[str, list[NDArray[Any]]] = {name: [] for name in names}
    for table in source.rows(where, names):
        for name in names:
            codes, words = pd.factorize(table.frame[name].to_numpy(dtype=object))
            found = [numbers.decimal(word, percent=percent[name]) for word in words]
            values = np.array([np.nan if one is None else float(one) for one in found])
            chunks[name].append(values[codes] if len(codes) else np.array([]))
    return {name: np.concatenate(each) for name, each in chunks.items()}


def _cell(value: float | None) -> str:
    return "" if value is None else numbers.machine(Fraction(f"{value:.{DIGITS}g}"))
