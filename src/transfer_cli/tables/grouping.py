"""Rows grouped by their cells, and exact statistics of the numbers of each group."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal, localcontext
from itertools import pairwise
from typing import Any, TypeAlias

from transfer_cli.frames import NDArray, np, pd
from transfer_cli.model import numbers
from transfer_cli.tables.source import Measure

Codes: TypeAlias = "NDArray[np.intp]"
NUMBER, TEXT, EMPTY = range(3)
"""The kinds of cells of a column of numbers, in the order in which they are sorted."""


def factorize(cells: pd.Series[Any]) -> tuple[Codes, Any]:
    """Return the code of each cell, and the distinct cells in the order of their codes."""
    codes, words = pd.factorize(cells.to_numpy(dtype=object))
    return codes, words


def group_codes(columns: Sequence[pd.Series[Any]], rows: int) -> tuple[Codes, Codes]:
    """Return the number of each row's group, and the position of the first row of each group.

    Groups have one cell in each of ``columns``; they are numbered in order of appearance.
    """
    codes: Codes = np.zeros(rows, dtype=np.intp)
    for cells in columns:
        own, words = factorize(cells)
        codes, _ = pd.factorize(codes * len(words) + own)
    count = int(codes.max()) + 1 if rows else 0
    first = np.zeros(count, dtype=np.intp)
    first[codes[::-1]] = np.arange(rows - 1, -1, -1)
    return codes, first


def decimals(cells: pd.Series[str], *, percent: bool) -> tuple[NDArray[Any], Codes]:
    """Return the number in each cell, or None, and the kind of each cell."""
    codes, words = factorize(cells)
    values = [numbers.decimal(word, percent=percent) for word in words]
    kinds = [
        EMPTY if word == "" else TEXT if value is None else NUMBER
        for word, value in zip(words, values, strict=True)
    ]
    return objects(values)[codes], np.array(kinds, dtype=np.intp)[codes]


def measured(
    values: NDArray[Any], kinds: Codes, codes: Codes, count: int, measure: Measure
) -> dict[str, Any]:
    """Return the numbers of a column by group: counts, and exact sums and extremes."""
    result: dict[str, Any] = {
        name: np.bincount(codes[kinds == kind], minlength=count)
        for name, kind in (("n", NUMBER), ("empty", EMPTY), ("unreadable", TEXT))
    }
    readable = kinds == NUMBER
    with localcontext(numbers.UNROUNDED):
        result |= _exact(values[readable], codes[readable], result["n"], measure)
    return result


def _exact(values: NDArray[Any], codes: Codes, sizes: Codes, measure: Measure) -> dict[str, Any]:
    """Return exact statistics of decimals by group; None for a group without any."""
    order = np.argsort(codes, kind="stable")
    ends = np.concatenate([[0], np.cumsum(sizes)])
    listed = values[order].tolist()
    groups = [listed[first:last] for first, last in pairwise(ends.tolist())]
    columns: dict[str, Callable[[list[Decimal]], Decimal]] = {
        "sum": lambda group: sum(group, Decimal(0)), "min": min, "max": max
    }  # fmt: skip
    if measure.squares:
        columns["sum_of_squares"] = lambda group: sum((x * x for x in group), Decimal(0))
    result: dict[str, Any] = {
        name: objects([function(group) if group else None for group in groups])
        for name, function in columns.items()
    }
    if measure.values:
        result["values"] = objects([np.array(group, dtype=float) for group in groups])
    return result


def objects(items: Iterable[Any]) -> NDArray[Any]:
    """Return an array of objects, one an item, even where the items are arrays."""
    listed = list(items)
    result = np.empty(len(listed), dtype=object)
    result[:] = listed
    return result


def extremes(cells: pd.Series[str], codes: Codes, count: int, name: str) -> dict[str, Any]:
    """Return the first and last cell of a column, in the order of text, of each group."""
    own, words = factorize(cells)
    order = np.array(sorted(range(len(words)), key=words.__getitem__), dtype=np.intp)
    ranks = np.empty(len(words), dtype=np.intp)
    ranks[order] = np.arange(len(words))
    low, high = np.full(count, len(words)), np.full(count, -1)
    np.minimum.at(low, codes, ranks[own])
    np.maximum.at(high, codes, ranks[own])
    return {f"min {name}": words[order[low]], f"max {name}": words[order[high]]}
