"""Checks a large table in two readings, in bounded memory, with the rules of a small one.

The first judges every cell and keeps 8 bytes for each key, 16 for each part. The second takes up
the rows that must be held against each other; where they are many, it is repeated for shares.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from transfer_cli.checking import chunk, columns, duplicates, parts, words
from transfer_cli.checking.chunk import Chunk
from transfer_cli.checking.duplicates import Keys
from transfer_cli.checking.families import Families
from transfer_cli.checking.finding import Finding, of_error
from transfer_cli.checking.ledger import MOST, Ledger
from transfer_cli.checking.tablefile import TableFile
from transfer_cli.errors import DataError
from transfer_cli.frames import np
from transfer_cli.scanning.tables import Scan

_SIZE = 4 << 20
"""Bytes of a block: all columns are read, and a broken block is held row by row."""
_WHOLE = "part_of"
_FAMILY = ("id", _WHOLE, "indicator", "status", "value", "unit", "bound", "note")
"""The columns by which parts are held against their whole."""


def check(table: TableFile, scan: Scan) -> Ledger:
    """Return what is wrong with a large table, and put into it how many rows it has."""
    ledger, scan = Ledger(), replace(scan, size=_SIZE)
    try:
        ledger.add(columns.names(table))
        keys, families = _first_reading(table, scan, ledger)
        for key in keys:
            ledger.add(_repeated(table, scan, key, ledger))
        if families:
            for share in _families(table, scan, families):
                ledger.add(parts.check(share))
    except DataError as error:
        table.kind, table.count = "", 0
        return Ledger.of([_told(error, scan)])
    return ledger


def _told(error: DataError, scan: Scan) -> Finding:
    files = [str(path) for path in scan.paths]
    return of_error(error, next((name for name in files if str(error).startswith(name)), scan.name))


def _first_reading(table: TableFile, scan: Scan, ledger: Ledger) -> tuple[list[Keys], Families]:
    keys = [Keys(key) for key in table.keys if set(key) <= set(table.columns)]
    families = Families()
    for found in chunks(table, scan, table.columns, ledger):
        ledger.add(columns.cells(found))
        ledger.add(words.check(found))
        for key in keys:
            key.add(found)
        if table.kind == "metrics" and _WHOLE in table.columns:
            families.add(found)
        table.count += len(found.frame)
    return keys, families


def chunks(
    table: TableFile, scan: Scan, names: Sequence[str], ledger: Ledger | None = None
) -> Iterator[Chunk]:
    """Yield the chunks of a table with these columns; a ledger gets the rows that are broken."""
    for block in scan.blocks():
        yield chunk.of(block, table, ledger or Ledger(), names)


def _repeated(table: TableFile, scan: Scan, keys: Keys, ledger: Ledger) -> Iterator[Finding]:
    candidates, count = keys.repeated()
    if not count:
        return
    found = list(duplicates.confirmed(table, keys.key, candidates, chunks(table, scan, keys.key)))
    yield from found
    if len(found) == MOST:
        ledger.counts[found[0].sort] += count - MOST


def _families(table: TableFile, scan: Scan, families: Families) -> Iterator[TableFile]:
    """Yield the rows of a table that are parts or wholes, share by share; all of one with few."""
    names = [name for name in _FAMILY if name in table.columns]
    few = table.count <= parts.MANY
    for wanted in [_every] if few else families.shares():
        rows = [row for found in chunks(table, scan, names) for row in found.rows(wanted(found))]
        yield TableFile(table.name, names, rows, table.kind, count=table.count)


def _every(chunk: Chunk) -> Any:
    return np.ones(len(chunk.frame), dtype=bool)
