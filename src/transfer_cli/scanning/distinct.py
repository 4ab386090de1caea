"""How many distinct words there are: 8 bytes for each, however long they are."""

from array import array
from collections.abc import Sequence
from typing import Any

from transfer_cli.frames import np, pd

_LEAST = 1 << 20


class Distinct:
    """Counts distinct words by 64-bit hashes: of ten million, two are taken for one once in 10⁵."""

    def __init__(self) -> None:
        self._hashes = array("Q")
        self._limit = _LEAST

    def add(self, words: Sequence[str]) -> None:
        """Take in words, each once."""
        hashes: Any = pd.util.hash_array(np.array(words, dtype=object))
        self._hashes.frombytes(hashes.tobytes())
        if len(self._hashes) > self._limit:
            self._drop_repeated()
            self._limit = 2 * len(self._hashes) + _LEAST

    def __len__(self) -> int:
        self._drop_repeated()
        return len(self._hashes)

    def _drop_repeated(self) -> None:
        """Keep each hash once; in place, because a copy would take as much memory again."""
        hashes = np.frombuffer(self._hashes, dtype=np.uint64)
        hashes.sort()
        new = np.ones(len(hashes), dtype=bool)
        new[1:] = hashes[1:] != hashes[:-1]
        count = int(new.sum())
        hashes[:count] = hashes[new]
        del hashes  # While it looks into the array, the array cannot be cut.
        del self._hashes[count:]
