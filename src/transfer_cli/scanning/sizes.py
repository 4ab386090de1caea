"""Which tables are large: by their size, their packing, or the number of their files.

Nothing heavy is imported here: every command that may meet a large table asks this module first.
"""

from collections.abc import Iterable
from pathlib import Path

from transfer_cli.files import inputs, standard_input, unpacking
from transfer_cli.model.schema import schemas
from transfer_cli.scanning import settings

LARGE = 8 << 20
"""Bytes from which a table is read in blocks; a smaller one is read whole, which is simpler."""
VARIABLE = "TRANSFER_LARGE"
PACKED = (*unpacking.COMPRESSED, inputs.PARQUET)


def large(name: str) -> bool:
    """Tell whether a table is read in blocks."""
    if name in schemas():
        return False
    least = settings.size(VARIABLE, LARGE)
    if name == str(inputs.STANDARD):
        return bool(standard_input.kind()) or len(standard_input.peek(least)) >= least
    paths = inputs.found(name)
    packed = any(path.suffix in PACKED for path in paths)
    return packed or len(paths) > 1 or total(paths) >= least


def total(paths: Iterable[Path]) -> int:
    """Return how many bytes these files have on the disk, for a progress bar."""
    return sum(map(inputs.size, paths))
