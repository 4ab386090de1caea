"""JSON lines of plain text, a piece at a time, without making a row of each line."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from transfer_cli.render import records

PIECE = 1 << 18
"""Bytes of a piece: its cells stay in the processor's cache, which is worth half the time."""
MOST = 1 << 17
"""Cells of a column that are remembered, for they come again and again."""


@dataclass(slots=True)
class Lines:
    """Writes lines of cells as JSON lines; ``numeric`` tells which columns hold numbers."""

    names: Sequence[str]
    numeric: Mapping[str, bool]
    known: dict[str, dict[bytes, bytes]] = field(default_factory=dict)

    def render(self, text: bytes, delimiter: str) -> bytes:
        """Return lines, each whole, of cells that hold nothing that JSON escapes."""
        mark = delimiter.encode()
        return b"".join(self._rendered(piece, mark) for piece in _pieces(text))

    def _rendered(self, text: bytes, mark: bytes) -> bytes:
        """Put all cells of a piece into the shape of its rows at once.

        A column of words without a gap needs only its quotes, which are part of the shape.
        """
        flat = text.replace(b"\n", mark).split(mark)
        flat.pop()
        shape, width = [], len(self.names)
        for place, name in enumerate(self.names):
            column = flat[place::width]
            quoted = not self.numeric[name] and all(column)
            if not quoted:
                flat[place::width] = map(self._values(name, column).__getitem__, column)
            shape.append(_key(name) + (b': "%s"' if quoted else b": %s"))
        row = b"{" + b", ".join(shape) + b"}\n"
        return (row * (len(flat) // width)) % tuple(flat)

    def _values(self, name: str, column: Sequence[bytes]) -> Mapping[bytes, bytes]:
        known = self.known.setdefault(name, {})
        if len(known) > MOST:
            known.clear()
        for cell in set(column).difference(known):
            known[cell] = records.value(cell.decode(), self.numeric[name]).encode()
        return known


def _pieces(text: bytes) -> Iterator[bytes]:
    start = 0
    while start < len(text):
        end = text.find(b"\n", start + PIECE) + 1 or len(text)
        yield text[start:end]
        start = end


def _key(name: str) -> bytes:
    return json.dumps(name, ensure_ascii=False).encode().replace(b"%", b"%%")
