"""The user's own look-ups, carried to the workers of a cluster, which may not see their files."""

import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from transfer_cli import sources
from transfer_cli.model import lookups

NAMES = ("indicators.csv", "units.csv", "industries.csv")

Texts = tuple[tuple[tuple[str, bytes], ...], ...]


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands in the look-ups of each directory that extends the built-in ones."""

    texts: Texts

    def hold(self) -> None:
        """Let these look-ups hold in this process, as they do where they were found."""
        if found() != self:
            sources.extend(_written(self.texts))


def found() -> Beside:
    """Return the look-ups that hold in this process besides the built-in ones."""
    return Beside(tuple(filter(None, map(_texts, lookups.beside()))))


def _texts(directory: Path) -> tuple[tuple[str, bytes], ...]:
    paths = (directory / name for name in NAMES)
    return tuple((path.name, path.read_bytes()) for path in paths if path.is_file())


def _written(texts: Texts) -> list[Path]:
    return [Path(_directory(files).name) for files in texts]


@cache
def _directory(files: tuple[tuple[str, bytes], ...]) -> "tempfile.TemporaryDirectory[str]":
    """Write look-ups into a directory of this machine, which lives as long as the worker."""
    directory = tempfile.TemporaryDirectory(prefix="transfer-cli-")
    for name, text in files:
        (Path(directory.name) / name).write_bytes(text)
    return directory
