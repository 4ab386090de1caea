"""Projects and metrics of which one is large: the rows that tell of the same, and no others."""

from collections.abc import Callable, Sequence
from typing import Any

from transfer_cli.checking import scanned
from transfer_cli.checking.chunk import Chunk
from transfer_cli.checking.duplicates import Keys, among
from transfer_cli.checking.projects import LONGEST
from transfer_cli.checking.tablefile import TableFile
from transfer_cli.frames import np, pd


def related(projects: TableFile, metrics: Sequence[TableFile]) -> tuple[TableFile, list[TableFile]]:
    """Return a table of projects and tables of metrics; of large ones, only what they share."""
    ids = np.unique(_ids(projects))
    kept = [_only(table, lambda chunk: _led(chunk, ids)) for table in metrics]
    names = [row.get("id") for table in kept for row in table.rows]
    stems = np.unique(
        np.concatenate([ids[:0], *map(_hashes, _stems(pd.Series(names, dtype=object)))])
    )
    return _only(projects, lambda chunk: among(chunk.hashes(["id"]), stems)), kept


def _only(table: TableFile, wanted: Callable[[Chunk], Any]) -> TableFile:
    """Return a large table with the rows that are wanted; a small one has all its rows."""
    if table.scan is None:
        return table
    chunks = scanned.chunks(table, table.scan, table.columns)
    rows = [row for chunk in chunks for row in chunk.rows(wanted(chunk))]
    return TableFile(table.name, table.columns, rows, table.kind)


def _ids(projects: TableFile) -> Any:
    """Return the ids of projects as hashes."""
    if projects.scan is None:
        return _hashes(
            pd.Series([row.get("id") for row in projects.rows if row.get("id")], dtype=object)
        )
    keys = Keys(["id"])
    for chunk in scanned.chunks(projects, projects.scan, keys.key):
        keys.add(chunk)
    return np.frombuffer(keys.hashes, dtype=np.uint64)


def _led(chunk: Chunk, ids: Any) -> Any:
    """Return which rows have an id that begins with that of a project."""
    if "id" not in chunk.columns:
        return np.zeros(len(chunk.frame), dtype=bool)
    cells = chunk.frame["id"].cat
    led = np.zeros(len(cells.categories), dtype=bool)
    for stems in _stems(pd.Series(cells.categories, dtype=object)):
        led |= among(_hashes(stems), ids)
    return led[cells.codes]


def _stems(names: "pd.Series[str]") -> "list[pd.Series[str]]":
    """Return names without their last word, without the last two, and so on to the first."""
    found = []
    stems = names.str[:LONGEST].str.rpartition("_")[0]
    while (stems != "").any():
        found.append(stems)
        stems = stems.str.rpartition("_")[0]
    return found


def _hashes(names: "pd.Series[str]") -> Any:
    return pd.util.hash_array(names.to_numpy(object))
