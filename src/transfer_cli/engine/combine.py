"""Merges groups with equal keys: counts and sums are added, minima and maxima compared."""

from collections.abc import Callable, Iterable, Sequence
from decimal import localcontext
from typing import Any

from transfer_cli.frames import np, pd
from transfer_cli.model import numbers
from transfer_cli.tables.grouping import objects


def combine(frames: "Sequence[pd.DataFrame]", by: Sequence[str]) -> "pd.DataFrame":
    """Return one row for each distinct combination of ``by`` in the results of ``groups``.

    Counts and sums are added, minima and maxima compared, ``values`` concatenated.
    """
    frame = pd.concat(frames, ignore_index=True) if len(frames) > 1 else frames[0]
    rest = [name for name in frame.columns if name not in by]
    keys = list(zip(*(frame[name] for name in by), strict=True)) if by else [()] * len(frame)
    groups: dict[tuple[str, ...], list[int]] = {}
    for place, key in enumerate(keys):
        groups.setdefault(key, []).append(place)
    if len(groups) == len(frame):
        return frame
    result: dict[str, Any] = {name: [key[place] for key in groups] for place, name in enumerate(by)}
    with localcontext(numbers.UNROUNDED):
        for name in rest:
            cells, function = frame[name].tolist(), _function(name)
            result[name] = _column(
                [function([cells[place] for place in places]) if len(places) > 1
                 else cells[places[0]] for places in groups.values()], name)  # fmt: skip
    combined = pd.DataFrame(result, index=range(len(groups)), columns=frame.columns)
    return combined.astype({name: frame[name].dtype for name in frame.columns})


def _function(name: str) -> Callable[[list[Any]], Any]:
    if name == "values":
        return np.concatenate
    if name == "min" or name.startswith("min "):
        return lambda cells: min(_known(cells), default=None)
    if name == "max" or name.startswith("max "):
        return lambda cells: max(_known(cells), default=None)
    return lambda cells: sum(known) if (known := _known(cells)) else None


def _known(cells: Iterable[Any]) -> list[Any]:
    return [cell for cell in cells if cell is not None]


def _column(cells: list[Any], name: str) -> Any:
    """Return a column of results: integers as such, all else as objects."""
    if name in ("rows", "n", "empty", "unreadable", "percent"):
        return np.array(cells, dtype=np.int64)
    return objects(cells)
