"""The words that meet in the groups of an aggregate: what the rules of likeness look at."""

from collections.abc import Mapping, Sequence

from transfer_cli.aggregation.grouping import Codes, distinct, numbered, pairs
from transfer_cli.aggregation.plan import PLACED, Plan, bound_to
from transfer_cli.frames import np, pd

Words = Mapping[str, pd.DataFrame]
MOST = {"subject": 5, **dict.fromkeys(PLACED, 2)}
"""How many words of a column are kept for each group: four subjects are named at most, and of a
place no more is asked than whether it varies."""


def met(frame: pd.DataFrame, atoms: pd.DataFrame, codes: Codes, plan: Plan) -> Words:
    """Return for each column that the plan watches its words in each group, one a row.

    ``atoms`` has the keys of the atoms, and ``codes`` tells which row is of which.
    """
    group_of_atom, keys = numbered(atoms, plan.base)
    codes = group_of_atom[codes]
    found = {}
    for column in plan.watched(list(frame.columns)):
        mine, cells = codes, frame[column]
        if column in PLACED:
            bound = keys["indicator"].isin(bound_to(column)).to_numpy()[codes]
            mine, cells = codes[bound], cells[bound]
        groups, words = pairs(mine, len(keys), cells)
        rows = keys.iloc[groups].assign(**{column: words}).reset_index(drop=True)
        found[column] = _few(rows, column)
    return found


def combined(parts: Sequence[Words]) -> Words:
    """Return the words that meet in the groups of several partials."""
    return {
        column: _few(_distinct(pd.concat([part[column] for part in parts])), column)
        for column in parts[0]
    }


def _distinct(rows: pd.DataFrame) -> pd.DataFrame:
    return distinct(rows, [str(name) for name in rows.columns])


def _few(rows: pd.DataFrame, column: str) -> pd.DataFrame:
    if column not in MOST:
        return rows
    codes, _ = numbered(rows, [str(name) for name in rows.columns if name != column])
    order = np.argsort(codes, kind="stable")
    alike = codes[order]
    first = order[np.arange(len(order)) - alike.searchsorted(alike) < MOST[column]]
    return rows.iloc[np.sort(first)].reset_index(drop=True)
