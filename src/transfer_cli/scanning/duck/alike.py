"""Whether DuckDB reads a file as we do: what it passes over in silence is refused in blocks."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from transfer_cli.files import inputs
from transfer_cli.scanning import blocks

_PIECE = 1 << 17
_BLANK = re.compile(rb"\n{2,}")


def read_alike(path: Path, header: Sequence[str], delimiter: str) -> bool:
    """Tell whether DuckDB reads a file as we do, one with this header."""
    return all(looked_through(path, header, delimiter))


def looked_through(path: Path, header: Sequence[str], delimiter: str) -> Iterator[bool]:
    """Yield for the header and for each piece of a file whether DuckDB reads it as we do.

    It does not look at the header; it drops blanks beside quotes, and an empty cell too many at
    the end of a row.
    """
    yield blocks.header(path, inputs.label(path)) == (list(header), delimiter)
    mark, quoted = delimiter.encode(), blocks.quoted_cells(delimiter)
    row = mark * (len(header) - 1) + b"\n"
    others = bytes({*range(256)} - {*mark, *b'\n"'})
    with path.open("rb") as file:
        while piece := file.read(_PIECE) + file.readline():
            shape = piece.translate(None, others)
            if b'"' in shape:
                yield b' "' not in piece and b'" ' not in piece
                shape = quoted.sub(b"", piece).translate(None, others + b'"')
            shape += b"" if piece.endswith(b"\n") else b"\n"
            yield _even(shape, row) or _even(_BLANK.sub(b"\n", shape).lstrip(b"\n"), row)


def _even(shape: bytes, row: bytes) -> bool:
    return shape == row * (len(shape) // len(row))
