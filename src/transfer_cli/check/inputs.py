"""The tables to check: their files, and the rules that they follow."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from transfer_cli.check.findings import Finding, of_error
from transfer_cli.errors import DataError
from transfer_cli.tables import compression, files
from transfer_cli.tables.open import threshold
from transfer_cli.tables.reader import BrokenRow, Chunk
from transfer_cli.tables.rows import open_rows

OnBroken = Callable[[str, BrokenRow], None]


class File(NamedTuple):
    """A file of a table, and its name in findings."""

    path: Path
    shown: str


@dataclass
class InputTable:
    """The files of a table, and the rules for it.

    ``kind`` is the name of the built-in table whose rules hold for it, or empty. ``fields`` are
    its fields (Table Schema), ``keys`` the columns of each key. ``delimiter`` is empty if DuckDB
    cannot read the files themselves; ``reading`` is how ``open_rows`` reads them.
    """

    name: str
    files: Sequence[File]
    columns: Sequence[str] = ()
    kind: str = ""
    fields: Sequence[dict[str, Any]] = ()
    keys: Sequence[Sequence[str]] = ()
    delimiter: str = ","
    reading: Mapping[str, str] = field(default_factory=dict)

    def chunks(
        self, on_broken: OnBroken = lambda file, broken: None
    ) -> Iterator[tuple[str, Chunk]]:
        """Yield the rows in chunks, each with the file; broken rows are reported and left out.

        Raises DataError for a file that cannot be read to its end.
        """
        for path, shown in self.files:
            if files.is_parquet(path):
                yield from ((shown, chunk) for chunk in _parquet_chunks(path))
                continue
            with open_rows(path, on_broken=partial(on_broken, shown), **self.reading) as file:
                for chunk in file:
                    yield shown, chunk

    @property
    def is_large(self) -> bool:
        """Whether findings are only counted from some number on, and keys need DuckDB."""
        size = sum(compression.unpacked_size(path) for path, _shown in self.files)
        return size > threshold()

    def finding_of(self, error: DataError) -> Finding:
        """Return the finding in an error whose message begins with the name of a file."""
        for path, shown in self.files:
            if str(error).startswith(files.label(path)):
                return of_error(error, files.label(path), shown)
        return of_error(error, self.name)


def _parquet_chunks(path: Path) -> Iterator[Chunk]:
    """Yield the rows of a Parquet file as text, numbered from 1."""
    from transfer_cli.engine.duck import DuckSource

    first = 1
    for table in DuckSource(str(path), [path]).rows():
        yield Chunk(range(first, first + len(table)), table.frame.to_numpy().tolist())
        first += len(table)
