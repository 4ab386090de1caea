"""The scan and the partial aggregate of a large file by DuckDB, where it is installed.

It returns what ``atoms.partial`` does, and the rules are applied to that as ever. Names of columns
are quoted, paths and words are parameters: no text of the user's is read as SQL.
"""

from collections.abc import Sequence
from importlib.util import find_spec
from typing import Any

import numpy as np

from transfer_cli import textfile
from transfer_cli.atoms import Part, Plan, listed, watched
from transfer_cli.frames import pd
from transfer_cli.lookups import indicators
from transfer_cli.partials import Partial, combine
from transfer_cli.scanning import blocks
from transfer_cli.scanning.files import COMPRESSED
from transfer_cli.scanning.tables import Scan
from transfer_cli.selection import Selection


def installed() -> bool:
    """Tell whether DuckDB can be imported, without importing it."""
    return find_spec("duckdb") is not None


def able(scan: Scan, plan: Plan, selection: Selection) -> bool:
    """Tell whether a question can be handed over whole: no condition, no part to leave out."""
    packed = any(path.suffix in COMPRESSED for path in scan.paths)
    present = scan.head.columns
    direct = {*plan.keys, *watched(plan, present)} <= set(present)
    return bool(plan.role.value) and direct and not (packed or selection or plan.apart)


def part(scan: Scan, plan: Plan) -> tuple[Part, int] | None:
    """Return the partial aggregate of a scan and how many rows it has.

    None for a file in which something is odd: it is read again by rows, which says what and where.
    """
    import duckdb

    names = scan.head.columns
    by = list(dict.fromkeys([*plan.columns(names), *plan.keys]))
    words = watched(plan, names)
    try:
        with duckdb.connect() as connection:
            query, parameters = _query(scan, plan, by, words)
            found = connection.execute(query, parameters).fetchnumpy()
    except duckdb.Error:
        return None
    if found["odd"].any():
        return None
    return _part(found, plan, by, words), int(found["all_rows"].sum())


def _query(
    scan: Scan, plan: Plan, by: Sequence[str], words: Sequence[str]
) -> tuple[str, list[Any]]:
    delimiter = blocks.header(scan.paths[0])[1]
    types = ", ".join(f"{_text(name)}: 'VARCHAR'" for name in scan.head.columns)
    keys = ", ".join(f"coalesce({_name(name)}, '') AS {_name(f'key_{name}')}" for name in by)
    # A histogram: list(DISTINCT …) takes half as long again.
    met = "".join(
        f", map_keys(histogram({_watched(name, plan)}) FILTER (v IS NOT NULL))"
        f" AS {_name(f'met_{name}')}"
        for name in words
    )
    kept = ", list(v) FILTER (v IS NOT NULL) AS kept" if plan.ordered else ""
    value = _name(plan.role.value)
    query = f"""
        SELECT {f"{keys}, " if keys else ""}count(*) AS all_rows, count(v) AS n, fsum(v) AS total,
            min(v) AS least, max(v) AS greatest, var_pop(v) AS variance,
            count(*) FILTER (({value} IS NOT NULL AND v IS NULL) OR NOT isfinite(v)) AS odd
            {met}{kept}
        FROM (SELECT *, try_cast({value} AS DOUBLE) AS v FROM read_csv(?, header=true,
            auto_detect=false, delim=?, quote='"', escape='"', nullstr='', columns={{{types}}}))
        GROUP BY ALL"""  # noqa: S608  (only quoted names; the rest are parameters)
    return query, [[str(path) for path in scan.paths], delimiter]


def _name(name: str) -> str:
    doubled = name.replace('"', '""')
    return f'"{doubled}"'


def _text(text: str) -> str:
    doubled = text.replace("'", "''")
    return f"'{doubled}'"


def _watched(column: str, plan: Plan) -> str:
    """Return a watched column; a place or industry only where it may not be added over."""
    cell = f"coalesce({_name(column)}, '')"
    if column not in ("place", "industry") or column in plan.area:
        return cell
    bound = [code for code, row in indicators().items() if column not in row.adds_across]
    return f"CASE WHEN indicator IN ({', '.join(map(_text, bound))}) THEN {cell} ELSE '' END"


def _part(found: dict[str, Any], plan: Plan, by: Sequence[str], words: Sequence[str]) -> Part:
    keys = pd.DataFrame({name: _cells(found[f"key_{name}"]) for name in by})
    counted = np.asarray(found["n"]) > 0
    sums = keys.assign(**{name: np.asarray(found[name]) for name in ("n", "total", "least")})
    sums = sums.assign(greatest=np.asarray(found["greatest"]), mean=sums["total"] / sums["n"])
    sums = sums.assign(squares=np.asarray(found["variance"]) * sums["n"])[counted]
    figures = Partial(sums[[*plan.columns(by), *_SUMS]].reset_index(drop=True))
    if plan.ordered:
        kept = [np.asarray(cells, dtype=float) for cells in found["kept"][counted]]
        codes = np.repeat(np.arange(len(kept), dtype=np.int32), list(map(len, kept)))
        values = np.concatenate(kept) if kept else np.zeros(0)
        figures = Partial(figures.sums, codes, values)
    silent = keys.assign(n=np.asarray(found["all_rows"]) - np.asarray(found["n"]))
    silent = silent[silent["n"] > 0][[*plan.keys, "n"]].reset_index(drop=True)
    none = Partial(silent.iloc[:0])
    return Part(
        figures,
        combine([Partial(silent), none], plan.keys),
        {name: _met(keys[counted], found[f"met_{name}"][counted], plan, name) for name in words},
    )


_SUMS = ("n", "total", "least", "greatest", "mean", "squares")


def _cells(cells: Any) -> list[str]:
    return [textfile.unguard(cell) for cell in cells]


def _met(keys: pd.DataFrame, met: Any, plan: Plan, column: str) -> Partial:
    """Return the words of a column that meet in the groups, one a row."""
    lists = [sorted(map(textfile.unguard, words)) for words in met]
    rows = keys.assign(n=1)
    rows[column] = lists
    rows = rows.explode(column)
    by = listed(plan, column)
    return combine([Partial(rows[[*by, "n"]]), Partial(rows[[*by, "n"]].iloc[:0])], by)
