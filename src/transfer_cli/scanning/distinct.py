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
            self._hashes = array("Q", self._sorted().tobytes())
            self._limit = 2 * len(self._hashes) + _LEAST

    def __len__(self) -> int:
        return len(self._sorted())

    def _sorted(self) -> Any:
        return np.unique(np.frombuffer(self._hashes, dtype=np.uint64))
