"""Whether DuckDB reads a file as we do: what it passes over in silence is refused in blocks."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from transfer_cli.files import inputs
from transfer_cli.scanning import blocks

_PIECE = 1 << 20


def read_alike(path: Path, header: Sequence[str], delimiter: str) -> bool:
    """Tell whether DuckDB reads a file as we do, one with this header."""
    return all(looked_through(path, header, delimiter))


def looked_through(path: Path, header: Sequence[str], delimiter: str) -> Iterator[bool]:
    """Yield for the header and for each piece of a file whether DuckDB reads it as we do.

    It does not look at the header, and drops blanks beside quotes.
    """
    yield blocks.header(path, inputs.label(path)) == (list(header), delimiter)
    with path.open("rb") as file:
        last = b""
        while piece := file.read(_PIECE):
            yield b'"' not in piece or not (b' "' in last + piece or b'" ' in last + piece)
            last = piece[-1:]
