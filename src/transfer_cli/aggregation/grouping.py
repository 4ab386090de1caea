"""Rows numbered by group: one code for all columns at once.

pandas' own grouping by eight columns takes five times as long.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from transfer_cli.frames import NDArray, np, pd

Codes = NDArray[np.integer[Any]]
_MOST = 1 << 62
"""What a code of several columns stays below: beyond it 64 bits do not hold."""

_DENSE = 1 << 22
"""Up to so many possible codes a table of them all is faster than a hash of those that occur."""


_SMALL = 1000
"""Fewer rows are numbered in the order in which their groups appear."""


def numbered(frame: pd.DataFrame, by: Sequence[str]) -> tuple[Codes, pd.DataFrame]:
    """Return the number of each row's group, and the keys of each group."""
    codes, found = _compact(*_joined(frame, by))
    first = np.zeros(found, dtype=np.intp)
    first[codes[::-1]] = np.arange(len(frame) - 1, -1, -1)
    return codes, frame[list(by)].iloc[first].astype(object).reset_index(drop=True)


def distinct(frame: pd.DataFrame, by: Sequence[str]) -> pd.DataFrame:
    """Return the keys of the groups of ``frame``."""
    return numbered(frame, by)[1]


def pairs(codes: Codes, count: int, cells: "pd.Series[str]") -> tuple[Codes, Any]:
    """Return each code, of ``count``, once with each of the words that stand in its rows."""
    mine, words = factorized(cells)
    if not len(mine):
        return codes, words[:0]
    joint = codes * len(words) + mine
    if count * len(words) > max(_DENSE, len(joint)):
        found = pd.unique(joint)
    else:
        seen = np.zeros(count * len(words), dtype=bool)
        seen[joint] = True
        found = np.flatnonzero(seen)
    return found // len(words), words[found % len(words)]


def wider(frame: pd.DataFrame, columns: Mapping[str, Any]) -> pd.DataFrame:
    """Return a frame with more columns: all at once, a fourth of the time of one by one."""
    return pd.concat([frame, pd.DataFrame(columns, index=frame.index)], axis=1)


def _joined(frame: pd.DataFrame, by: Sequence[str]) -> tuple[Codes, int]:
    """Return one code for all columns, and how many there may be."""
    whole: Codes = np.zeros(len(frame), dtype=np.int64)
    size = 1
    for name in by:
        codes, words = factorized(frame[name])
        if size * max(len(words), 1) >= _MOST:
            whole, size = _compact(whole, size)
        whole = whole * len(words) + codes
        size *= max(len(words), 1)
    return whole, size


def _compact(whole: Codes, size: int) -> tuple[Codes, int]:
    """Return codes without gaps, and how many there are."""
    if len(whole) < _SMALL or size > min(_DENSE, 8 * len(whole)):
        codes, found = pd.factorize(whole)
        return codes, len(found)
    seen = np.zeros(size, dtype=np.int64)
    seen[whole] = 1
    places = np.cumsum(seen) - 1
    return places[whole], int(places[-1]) + 1


def factorized(cells: "pd.Series[str]") -> tuple[Codes, Any]:
    """Return the code of each cell, and the words in the order of their codes."""
    if isinstance(cells.dtype, pd.CategoricalDtype):
        return cells.cat.codes.to_numpy(dtype=np.int64), cells.cat.categories.to_numpy()
    values = cells.to_numpy()
    codes, words = pd.factorize(values)
    # Told beforehand of missing cells, which hardly ever are, pandas takes half as long again.
    return pd.factorize(values, use_na_sentinel=False) if (codes < 0).any() else (codes, words)
