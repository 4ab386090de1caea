"""A large table of one file or of many: its columns, and its chunks in order."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from transfer_cli.errors import DataError
from transfer_cli.scanning import blocks, chunks, files
from transfer_cli.scanning.blocks import Block
from transfer_cli.table import Table

Seen = Callable[[int], None]


@dataclass(frozen=True)
class Scan:
    """The files behind a name; ``seen`` is told how many of their bytes have been read."""

    name: str
    paths: tuple[Path, ...]
    seen: Seen = lambda reached: None
    size: int = blocks.SIZE

    @cached_property
    def head(self) -> Table:
        """The table with its columns and no row."""
        first, *rest = [blocks.header(path)[0] for path in self.paths]
        for path, other in zip(self.paths[1:], rest, strict=True):
            if other != first:
                told = f"{path}:1: other columns than in {self.paths[0]}"
                raise DataError(told, "the files of one table have the same columns in one order")
        return chunks.head(self.name, first)

    def blocks(self) -> Iterator[Block]:
        """Yield all files block by block."""
        before = 0
        for path in self.paths:
            for block in blocks.read(path, self.size):
                yield block
                self.seen(before + block.reached)
            before += files.total([path])

    def tables(self, columns: Collection[str], number: str = "") -> Iterator[Table]:
        """Yield chunks with these columns; ``number`` is the one read as numbers."""
        for block in self.blocks():
            yield chunks.table(block, columns, number)


def scan(name: str, seen: Seen = lambda reached: None, size: int = blocks.SIZE) -> Scan:
    """Return the scan of a path or a glob; raise DataError where no file is."""
    paths = files.found(name)
    if not paths:
        raise DataError(f"no file matches {name!r}", "name a CSV file")
    return Scan(name, tuple(paths), seen, size)
