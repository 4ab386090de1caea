"""Whether DuckDB reads a file as we do: what it passes over in silence is refused in blocks."""

from collections.abc import Sequence
from pathlib import Path

from transfer_cli.files import inputs
from transfer_cli.scanning import blocks

_PIECE = 1 << 20


def read_alike(path: Path, header: Sequence[str], delimiter: str) -> bool:
    """Tell whether DuckDB reads a file as we do, one with this header.

    It does not look at the header, and drops blanks beside quotes.
    """
    if blocks.header(path, inputs.label(path)) != (list(header), delimiter):
        return False
    with path.open("rb") as file:
        last = b""
        while piece := file.read(_PIECE):
            if b'"' in piece and (b' "' in last + piece or b'" ' in last + piece):
                return False
            last = piece[-1:]
    return True
