"""A table in pieces that can be read anywhere: ranges of bytes, whole packed files, row groups.

A path may be of an object store, as fsspec reads it: ``s3://bucket/part-*.csv``.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from transfer_cli.errors import DataError, TransferError
from transfer_cli.files import inputs, parquet, unpacking
from transfer_cli.scanning import blocks, settings
from transfer_cli.scanning.blocks import Block
from transfer_cli.scanning.chunks import Part
from transfer_cli.scanning.workers.ranges import Loaded, Range


@dataclass(frozen=True, slots=True)
class Packed:
    """A compressed file, which can only be read from its beginning."""

    file: Any
    name: str
    header: list[str]
    delimiter: str

    def load(self, columns: Collection[str]) -> Loaded:
        """Return the rows, which are read as they are asked for."""
        return Loaded(self._blocks())

    def _blocks(self) -> Iterator[Part]:
        suffix, line = _suffix(self.file), 2
        with (
            inputs.told(self.name, suffix),
            self.file as raw,
            unpacking.unpacked(raw, suffix) as reader,
        ):
            reader.readline()
            for text in blocks.whole(reader, blocks.SIZE, self.delimiter):
                yield Block(self.name, self.header, self.delimiter, text, line)
                line += text.count(b"\n")


@dataclass(frozen=True, slots=True)
class Group:
    """Row groups of a Parquet file; ``line`` is the number of their first row."""

    file: Any
    name: str
    header: list[str]
    numbers: list[int]
    line: int

    def load(self, columns: Collection[str]) -> Loaded:
        """Return the rows, which are read as they are asked for."""
        return Loaded(self._batches(columns))

    def _batches(self, columns: Collection[str]) -> Iterator[Part]:
        with self.file as opened, parquet.sound(opened, self.name) as file:
            which = {"row_groups": self.numbers}
            yield from parquet.batches(file, self.name, columns, self.line, **which)


Piece = Range | Packed | Group


def split(name: str) -> list[Piece]:
    """Return the pieces of the table behind a path, a glob, or either in an object store.

    Raises DataError where no file is, where one is broken, or where their columns differ, and
    TransferError where the library of a store is missing.
    """
    found = _files(name)
    pieces = {label: list(_of_file(file, label)) for label, file in found.items()}
    inputs.agreed({label: own[0].header for label, own in pieces.items()})
    return [piece for own in pieces.values() for piece in own]


def _files(name: str) -> Mapping[str, Any]:
    import fsspec

    if "://" not in name:
        return {str(path): fsspec.open(str(path.resolve())) for path in inputs.found(name)}
    try:
        opened = fsspec.open_files(name)
    except ImportError as error:
        hint = "install it beside transfer-cli, here and on the workers"
        raise TransferError(f"cannot reach {name!r}: {error}", hint) from None
    except (OSError, ValueError) as error:
        raise DataError(f"cannot reach {name!r}: {error}") from None
    if not opened:
        raise DataError(f"no file matches {name!r}", "name a CSV or a Parquet file")
    # Of one file the name stays as it was typed.
    return {file.full_name if len(opened) > 1 else name: file for file in opened}


def _of_file(file: Any, name: str) -> Iterator[Piece]:
    """Yield the pieces of a file: one at least."""
    suffix = _suffix(file)
    with inputs.told(name, suffix), file as opened:
        if suffix == inputs.PARQUET:
            yield from _groups(file, opened, name)
            return
        with unpacking.unpacked(opened, suffix) as reader:
            line = reader.readline()
        header, delimiter = blocks.named(line, name)
        if suffix in unpacking.COMPRESSED:
            yield Packed(file, name, header, delimiter)
            return
    size = settings.size(blocks.VARIABLE, blocks.SIZE)
    end = max(file.fs.size(file.path), len(line) + 1)
    for start in range(len(line), end, size):
        yield Range(file, name, header, delimiter, start, min(start + size, end))


def _groups(file: Any, opened: Any, name: str) -> Iterator[Piece]:
    with parquet.sound(opened, name) as parsed:
        header, line = parquet.names(parsed, name), 1
        if not parsed.num_row_groups:
            yield Group(file, name, header, [], line)
        for number in range(parsed.num_row_groups):
            yield Group(file, name, header, [number], line)
            line += parsed.metadata.row_group(number).num_rows


def _suffix(file: Any) -> str:
    return PurePosixPath(file.path).suffix
