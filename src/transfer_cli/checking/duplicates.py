"""Keys that stand twice in a large table: found by 64-bit hashes, confirmed in a second reading."""

from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from transfer_cli.checking import columns
from transfer_cli.checking.chunk import Chunk
from transfer_cli.checking.finding import Finding
from transfer_cli.checking.ledger import MOST
from transfer_cli.checking.tablefile import Row, TableFile
from transfer_cli.frames import np


@dataclass(slots=True)
class Keys:
    """The hashes of the keys of a table, row by row: 8 bytes each, however long the keys are."""

    key: list[str]
    hashes: "array[int]" = field(default_factory=lambda: array("Q"))

    def add(self, chunk: Chunk) -> None:
        """Take in the keys of a chunk; rows that have none cannot repeat one."""
        found = chunk.hashes(self.key)
        self.hashes.frombytes(found[found != 0].tobytes())

    def repeated(self) -> tuple[Any, int]:
        """Return the hashes of the first rows that repeat a key, and how many such rows are."""
        hashes = np.frombuffer(self.hashes, dtype=np.uint64)
        ordered = np.sort(hashes)
        if not (ordered[1:] == ordered[:-1]).any():
            return hashes[:0], 0
        order = hashes.argsort(kind="stable")
        places = order[1:][ordered[1:] == ordered[:-1]]
        places.sort()
        return np.unique(hashes[places[:MOST]]), len(places)


def among(hashes: Any, known: Any) -> Any:
    """Return which hashes are among the known ones, which are in order."""
    if not len(known):
        return hashes != hashes
    places = np.minimum(known.searchsorted(hashes), len(known) - 1)
    return known[places] == hashes


def confirmed(
    table: TableFile, key: list[str], candidates: Any, chunks: Iterable[Chunk]
) -> Iterator[Finding]:
    """Yield the first rows that repeat a key, among those whose hashes are candidates."""
    seen: dict[tuple[str, ...], Row] = {}
    told = 0
    for chunk in chunks:
        for row in chunk.rows(among(chunk.hashes(key), candidates)):
            first = seen.setdefault(tuple(map(row.get, key)), row)
            if first is not row:
                yield columns.repeated(table, row, key, first)
                told += 1
            if told == MOST:
                return
