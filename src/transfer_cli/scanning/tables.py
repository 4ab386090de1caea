"""A large table of one file or of many: its columns, and its parts in order."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from transfer_cli.files import inputs, parquet, standard_input
from transfer_cli.scanning import blocks, chunks
from transfer_cli.scanning.chunks import Part
from transfer_cli.table import Table

Seen = Callable[[int], None]


@dataclass(frozen=True)
class Scan:
    """The files behind a name; ``seen`` is told how many of their bytes have been read.

    ``kept`` is a temporary copy of standard input, which is removed with the scan.
    """

    name: str
    paths: tuple[Path, ...]
    seen: Seen = lambda reached: None
    size: int = blocks.SIZE
    kept: object = None

    @property
    def once(self) -> bool:
        """Whether the rows can be read a single time: they come from standard input."""
        return inputs.STANDARD in self.paths

    @cached_property
    def head(self) -> Table:
        """The table with its columns and no row."""
        columns = inputs.agreed({self._label(path): self._header(path) for path in self.paths})
        return chunks.head(self.name, columns)

    def blocks(self) -> Iterator[Part]:
        """Yield all rows with all columns, part by part."""
        return self._parts(None)

    def tables(self, columns: Collection[str], number: str = "") -> Iterator[Table]:
        """Yield chunks with these columns; ``number`` is the one read as numbers."""
        for part in self._parts({*columns, number}):
            yield chunks.table(part, columns, number)

    def _parts(self, columns: Collection[str] | None) -> Iterator[Part]:
        before = 0
        for path in self.paths:
            for part in self._of_file(path, columns):
                yield part
                self.seen(before + part.reached)
            before += inputs.size(path)

    def _of_file(self, path: Path, columns: Collection[str] | None) -> Iterator[Part]:
        if inputs.is_parquet(path):
            return parquet.read(path, self._label(path), columns)
        return blocks.read(path, self._label(path), self.size)

    def _header(self, path: Path) -> list[str]:
        if inputs.is_parquet(path):
            return parquet.header(path, self._label(path))
        return blocks.header(path, self._label(path))[0]

    def _label(self, path: Path) -> str:
        return self.name if self.kept else inputs.label(path)


def scan(
    name: str, seen: Seen = lambda reached: None, size: int = blocks.SIZE, *, once: bool = False
) -> Scan:
    """Return the scan of a path or a glob; raise DataError where no file is.

    Standard input is copied to a temporary file, unpacked, to be read as often as it takes; with
    ``once`` it is read as it comes.
    """
    if name != str(inputs.STANDARD):
        return Scan(name, tuple(inputs.found(name)), seen, size)
    if once and not inputs.is_parquet(inputs.STANDARD):
        return Scan(standard_input.NAME, (inputs.STANDARD,), seen, size)
    copy = standard_input.copied()
    return Scan(standard_input.NAME, (Path(copy.name),), seen, size, copy)
