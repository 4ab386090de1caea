"""A range of bytes of a delimited file, read by itself: the records that begin in it.

Whether a line end parts two records hangs on the quotes before it, back to the first byte of the
file. A range is told so by ``inside``, and tells how it goes on after it by ``odd``.
"""

import io
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import IO, Any

from transfer_cli.scanning import blocks
from transfer_cli.scanning.blocks import Block
from transfer_cli.scanning.chunks import Part

_MORE = 1 << 16


@dataclass(frozen=True, slots=True)
class Loaded:
    """The rows of a piece of a table, and what the pieces after it must be told.

    ``odd`` is whether an odd number of quotes stands in it, ``lines`` how many line ends.
    """

    parts: Iterator[Part]
    odd: bool = False
    lines: int = 0


@dataclass(frozen=True, slots=True)
class Range:
    """The bytes from ``start``, which is on ``line``, to ``end``, where the next range begins.

    ``file`` is an ``OpenFile`` of fsspec, and ``name`` what it is called in errors. ``inside``
    tells whether ``start`` is within quotes.
    """

    file: Any
    name: str
    header: list[str]
    delimiter: str
    start: int
    end: int
    line: int = 2
    inside: bool = False

    def load(self, columns: Collection[str]) -> Loaded:
        """Return the records that begin in the range; the last may end beyond it."""
        with self.file as opened:
            # Whether a record begins at the start, the byte before it tells.
            opened.seek(self.start - 1)
            data = opened.read(self.end - self.start + 1)
            odd = bool(data.count(b'"', 1) % 2)
            first = _beginning(data, 1, inside=self.inside)
            if 0 < first < len(data):
                last = _rest(opened, data[-1:], inside=self.inside ^ odd)
                line = self.line + data.count(b"\n", 1, first)
                parts = self._blocks(data[first:] + last, line)
            else:
                parts = iter(())
        return Loaded(parts, odd, data.count(b"\n", 1))

    def _blocks(self, data: bytes, line: int) -> Iterator[Part]:
        for text in blocks.whole(io.BytesIO(data), blocks.SIZE, self.delimiter):
            yield Block(self.name, self.header, self.delimiter, text, line)
            line += text.count(b"\n")


def _beginning(data: bytes, at: int, *, inside: bool) -> int:
    """Return where the first record begins, at ``at`` or later; -1 if that cannot be seen."""
    if not inside and data[at - 1 : at] == b"\n":
        return at
    while (end := data.find(b"\n", at)) >= 0:
        inside ^= bool(data.count(b'"', at, end) % 2)
        if not inside:
            return end + 1
        at = end + 1
    return -1


def _rest(opened: IO[bytes], last: bytes, *, inside: bool) -> bytes:
    """Return what follows the byte ``last`` until a record ends, or the file."""
    data, size = last, _MORE
    while (end := _beginning(data, 1, inside=inside)) < 0:
        more = opened.read(size)
        if not more:
            return data[1:]
        data, size = data + more, size * 2
    return data[1:end]
