"""Whether DuckDB reads a file as we do: what it passes over in silence is refused in blocks."""

import re
from collections.abc import Sequence
from pathlib import Path

from transfer_cli.files import inputs
from transfer_cli.scanning import blocks

_PIECE = 1 << 20
_QUOTED = re.compile(rb'"[^"]*"')
_MANY = 8
"""Of so many lines, one that ends in an empty cell is worth a look of its own."""


def read_alike(path: Path, header: Sequence[str], delimiter: str) -> bool:
    """Tell whether DuckDB reads a file as we do, one with this header.

    It does not look at the header; it drops blanks beside quotes, and an empty cell too many at
    the end of a row.
    """
    if blocks.header(path, inputs.label(path)) != (list(header), delimiter):
        return False
    with path.open("rb") as file:
        while piece := file.read(_PIECE) + file.readline():
            if b'"' in piece and (b' "' in piece or b'" ' in piece):
                return False
            if not _even(piece, len(header), delimiter.encode()):
                return False
    return True


def _even(lines: bytes, width: int, mark: bytes) -> bool:
    """Tell whether the rows that end in an empty cell have ``width`` cells."""
    text = lines.replace(b"\r\n", b"\n") if b"\r" in lines else lines
    text = text if text.endswith(b"\n") else text + b"\n"
    for end in (mark + b"\n", mark + b'""\n'):
        rows = text.split(end)[:-1]
        if b'"' not in text and len(rows) * _MANY > text.count(b"\n"):
            return text.count(mark) == (width - 1) * text.count(b"\n")
        if any(_cells(row[row.rfind(b"\n") + 1 :], mark) != width for row in rows):
            return False
    return True


def _cells(row: bytes, mark: bytes) -> int:
    """Count the cells of a row whose last one, which is empty, was cut off with its delimiter."""
    return (_QUOTED.sub(b"", row) if b'"' in row else row).count(mark) + 2
