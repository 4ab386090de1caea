"""Rows from all over delimited files: which words their columns hold, before any is read whole."""

import csv
from collections.abc import Sequence
from pathlib import Path

from transfer_cli.files import inputs

PLACES = 8
"""Places of a file, and files of a table, that are looked at: the rows may be in any order."""


def rows(paths: Sequence[Path], width: int, delimiter: str, room: int) -> list[list[str]]:
    """Return rows of ``width`` cells, as many as stand in ``room`` bytes at each place of a file.

    A row that is torn is left out, or holds a word too many: that does no harm.
    """
    found = (row for path in paths[:PLACES] for row in _of(path, delimiter, room))
    return [row for row in found if len(row) == width]


def _of(path: Path, delimiter: str, room: int) -> list[list[str]]:
    size = inputs.size(path)
    lines: list[str] = []
    with path.open("rb") as file:
        for place in range(PLACES):
            file.seek(size * place // PLACES)
            lines += file.read(room).decode(errors="replace").split("\n")[1:-1]
    try:
        return list(csv.reader(lines, delimiter=delimiter))
    except csv.Error:
        return []
