"""Wholes with all their parts: a large table with many is held some families at a time."""

from array import array
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from transfer_cli.checking.chunk import Chunk
from transfer_cli.checking.duplicates import among
from transfer_cli.frames import np

MOST = 250_000
"""Rows that are held at once, with some room: 0.6 kB each."""

Wanted = Callable[[Chunk], Any]
"""Tells which rows of a chunk are to be held."""


def _hashes() -> "array[int]":
    return array("Q")


@dataclass(slots=True)
class Families:
    """The parts of a table, each with its whole, by 64-bit hashes of their ids."""

    _parts: "array[int]" = field(default_factory=_hashes)
    _wholes: "array[int]" = field(default_factory=_hashes)

    def __len__(self) -> int:
        return len(self._parts)

    def add(self, chunk: Chunk) -> None:
        """Take in the parts of a chunk."""
        own, whole = chunk.hashes(["id"]), chunk.hashes(["part_of"])
        self._parts.frombytes(own[whole != 0].tobytes())
        self._wholes.frombytes(whole[whole != 0].tobytes())

    def shares(self) -> Iterator[Wanted]:
        """Yield what tells which rows to hold; no family is torn, and each has its turn."""
        wholes = np.unique(np.frombuffer(self._wholes, dtype=np.uint64))
        count = -(-(len(self) + len(wholes)) // MOST)
        parts, families = self._traced() if count > 1 else (wholes[:0], wholes[:0])
        for share in range(count):
            yield partial(_of_share, share, count, wholes, parts, families)

    def _traced(self) -> tuple[Any, Any]:
        """Return the parts in order, and of each its family: the widest whole that contains it.

        Wholes are followed in steps of 1, 2, 4 and so on. Those that go round in a circle are a
        family by their least.
        """
        parts, first = np.unique(np.frombuffer(self._parts, dtype=np.uint64), return_index=True)
        wholes = np.frombuffer(self._wholes, dtype=np.uint64)[first]
        is_part = among(wholes, parts)
        step = np.where(is_part, parts.searchsorted(wholes), np.arange(len(parts)))
        least, last = parts, step
        for _ in range(len(parts).bit_length()):
            least = np.minimum(least, least[last])
            last = last[last]
        return parts, np.where(is_part[last], least[last], wholes[last])


def _of_share(share: int, count: int, wholes: Any, parts: Any, families: Any, chunk: Chunk) -> Any:
    """Return which rows are parts or wholes of the families whose turn it is."""
    related = (chunk.hashes(["part_of"]) != 0) | among(chunk.hashes(["id"]), wholes)
    return related & (_family(chunk, parts, families) % np.uint64(count) == share)


def _family(chunk: Chunk, parts: Any, families: Any) -> Any:
    """Return the family of each row: that of its whole, if that is a part, or the whole itself."""
    whole = chunk.hashes(["part_of"])
    head = np.where(whole != 0, whole, chunk.hashes(["id"]))
    found = among(head, parts)
    head[found] = families[parts.searchsorted(head[found])]
    return head
