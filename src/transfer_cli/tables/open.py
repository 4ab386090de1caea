"""Opens a table by its name: a small one in memory, a large one through DuckDB.

Nothing here loads pandas or DuckDB before a table is opened.
"""

import io
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from transfer_cli.errors import Instead, UsageError, unknown
from transfer_cli.messages import _
from transfer_cli.model.lookups import data_directory
from transfer_cli.model.names import as_filter
from transfer_cli.model.schema import Schema, schemas
from transfer_cli.model.vocabulary import Vocabulary, look_ups
from transfer_cli.tables import compression, files, kinds, packing
from transfer_cli.tables import data as user_data
from transfer_cli.tables.encoding import UTF_8

if TYPE_CHECKING:
    from transfer_cli.tables.source import Source

LARGE = 2 << 20
"""Bytes, unpacked, above which DuckDB reads a table. Measured: 90,000 rows in memory take 3.1 s,
a million through DuckDB 2.3 s."""
WIDE = 1_000
"""Columns for which a table may be larger by ``LARGE``. Measured: DuckDB plans a query of 10,000
columns in 6 to 14 s; pandas holds 200 rows of them in 1 s."""
VARIABLE = "TRANSFER_LARGE"
_PIECE = 1 << 20
_NOT_IN_DUCKDB = (".bz2", ".xz")

Progress = Callable[[float], None]


class _Options(NamedTuple):
    """How the files of a table are read, and what the table is."""

    delimiter: str
    encoding: str
    vocabulary: Vocabulary
    progress: Progress | None
    sheet: str = ""
    table: str = ""
    report: bool = False
    schema: Schema | None = None
    cluster: str = ""
    mapping: Mapping[str, str] | None = None

    @property
    def reading(self) -> dict[str, Any]:
        """How ``open_rows`` reads the files."""
        return {
            "delimiter": self.delimiter,
            "encoding": self.encoding,
            "sheet": self.sheet,
            "table": self.table,
        }


def open_source(
    name: str,
    data: Sequence[str] = (),
    *,
    delimiter: str = "",
    encoding: str = "",
    sheet: str = "",
    progress: Progress | None = None,
    cluster: str = "",
    mapping: Mapping[str, str] | None = None,
) -> "Source":
    """Return the table called ``name``: a built-in one, a path, a pattern, or ``-``.

    With ``data`` (see ``data.find``) a name of its tables or of the built-in ones means the user's
    table of this name; those of several sources are merged, with a column ``source``. See
    ``open_rows`` for ``delimiter``, ``encoding`` and ``sheet``. ``progress`` is called with the
    percentage that is done while a large file is unpacked or queried. ``cluster`` is the address of
    a Dask cluster whose workers read the files. ``mapping`` has names of columns by the headings of
    the user's tables (``--map``).

    Raises UsageError for a word that is neither a table nor a path, DataError for a file that is
    missing or unsound.
    """
    sources = user_data.find(data)
    words = look_ups(
        user_data.directories(sources, [name]), own_words=bool(sources) or name not in schemas()
    )
    options = _Options(
        delimiter, encoding, words, progress, sheet, cluster=cluster, mapping=mapping or {}
    )
    if cluster and (name == "-" or (name in schemas() and len(sources) != 1)):
        message = _("a cluster reads files, and {name!r} is not a file", name=name)
        raise UsageError(message, _("name the files, or omit --cluster"))
    own = dict.fromkeys(table for source in sources for table in source.files)
    if name not in schemas() and name not in own:
        label = files.STDIN_NAME if name == "-" else name
        return _open_files(_paths(name, own), label, options)
    if mapping and (not sources or all(source.builtin for source in sources)):
        message = _("--map is for the headings of a table of your own")
        raise UsageError(message, Instead("--map"))
    if not sources:
        path = data_directory() / f"{name}.csv"
        builtin = _Options("", "", words, progress, sheet, report=True, schema=schemas()[name])
        return _open_files([path], name, builtin)
    opened = {source.name: _open_user_table(source, name, options) for source in sources}
    if len(opened) == 1:
        return opened.popitem()[1]
    from transfer_cli.tables.memory import MemorySource
    from transfer_cli.tables.read import merge
    from transfer_cli.tables.table import collect

    return MemorySource(merge({name: collect(source.rows()) for name, source in opened.items()}))


def vocabulary(data: Sequence[str] = (), tables: Iterable[str] = ()) -> Vocabulary:
    """Return the look-ups: the built-in ones, extended by those next to the user's tables.

    ``data`` is what ``--data`` names, ``tables`` are tables given by path.
    """
    tables = list(tables)
    own = any(table not in schemas() for table in tables)
    return look_ups(user_data.directories(user_data.find(data), tables), own_words=own)


def _open_user_table(source: user_data.DataSource, name: str, options: _Options) -> "Source":
    path = source.file(name)
    mapping = {} if source.builtin else options.mapping
    own = options._replace(report=source.builtin, table=name, mapping=mapping)
    return _open_files([path], str(path), own)


def _paths(name: str, others: Iterable[str]) -> list[Path]:
    """Return the files of a table given by path; raise UsageError for a bare word.

    ``others`` are tables that could be named besides the built-in ones.
    """
    path = Path(name)
    is_path = files.is_table(name) or "\0" in name or path.suffix or len(path.parts) > 1
    if not is_path and not path.exists():
        known = [*filter(None, others), *schemas()]
        raise as_filter(unknown(_("table"), name, known), name, known)
    return files.find(name)


def _open_files(paths: Sequence[Path], name: str, options: _Options) -> "Source":
    if len(paths) == 1 and files.is_stream(paths[0]):
        return _open_stream(paths[0], name, options)
    for path in paths:
        packing.check_unpacked(path)
    parquet = [path for path in paths if files.is_parquet(path)]
    if parquet and len(parquet) < len(paths):
        paths = [_as_csv(path) if path in parquet else path for path in paths]
        parquet = []
    size = sum(map(compression.unpacked_size, paths))
    if parquet or options.cluster or (size > threshold() and not _is_wide(paths, size, options)):
        return _open_large(paths, name, options)
    return _open_small(paths, name, options)


def _is_wide(paths: Sequence[Path], size: int, options: _Options) -> bool:
    """Return whether a table has so few rows and so many columns that pandas is faster."""
    from transfer_cli.tables.rows import is_delimited, open_rows

    if not is_delimited(paths[0]):
        return False
    with open_rows(paths[0], **options.reading) as file:
        return size <= threshold() * (len(file.header) // WIDE)


def _open_small(
    paths: Sequence[Path | packing.InputFile], name: str, options: _Options
) -> "Source":
    from dataclasses import replace

    from transfer_cli.tables.memory import MemorySource
    from transfer_cli.tables.read import name_columns, read_files

    table = read_files(paths, name, vocabulary=options.vocabulary, **options.reading)
    if options.schema is None:
        table = name_columns(table, options.mapping)
    schema = options.schema or table.schema
    return MemorySource(replace(table, schema=schema, report=options.report))


def _open_large(paths: Sequence[Path], name: str, options: _Options) -> "Source":
    header, delimiter, notes = None, "", list[str]()
    if files.is_parquet(paths[0]):
        readable = [_unpacked_parquet(path, options) for path in paths]
    else:
        header, delimiter, notes, readable = _readable_by_duckdb(paths, options)
    table: dict[str, Any] = {
        "delimiter": delimiter,
        "vocabulary": options.vocabulary,
        "report": options.report,
        "schema": options.schema,
        "header": header,
        "notes": notes,
        "mapping": None if options.schema else options.mapping,
    }
    if options.cluster:
        from transfer_cli.engine.cluster import ClusterSource

        return ClusterSource(name, readable, options.cluster, **table)
    from transfer_cli.engine.duck import DuckSource

    return DuckSource(name, readable, progress=options.progress, **table)


def _open_stream(path: Path, name: str, options: _Options) -> "Source":
    """Open standard input or a pipe, which can be read once: kept in memory, or in a copy."""
    limit = threshold()
    with packing.open_bytes(path) as file:
        first = file.read(limit + 1)
        if len(first) > limit:
            kinds.check_endless(first, name)
        if len(first) <= limit and not first.startswith(files.PARQUET_MAGIC):
            return _open_small([packing.InputFile(name, "", io.BytesIO(first))], name, options)
        suffix = files.PARQUET if first.startswith(files.PARQUET_MAGIC) else ".csv"
        pieces = chain([first], _pieces(file, options))
        copied = files.copy(pieces, name, suffix)
    return _open_large([copied], name, options)


def _readable_by_duckdb(
    paths: Sequence[Path], options: _Options
) -> tuple[list[str], str, list[str], list[Path]]:
    """Return the columns, the delimiter, notes, and each file as it is or a copy of it.

    DuckDB reads delimited text in UTF-8. Raises DataError where the files differ.
    """
    from transfer_cli.tables.reader import Agreement
    from transfer_cli.tables.rows import csv_lines, is_delimited, open_rows

    agreement, notes, readable = Agreement(), list[str](), dict[Path, Path]()
    # Text comes first: its delimiter is that of the copies of other formats.
    for path in sorted(paths, key=is_delimited, reverse=True):
        with open_rows(path, **options.reading) as file:
            agreement.check(file)
            notes += file.notes
            if not file.delimiter:
                rows = chain([[file.header]], (chunk.rows for chunk in file))
                lines = csv_lines(rows, agreement.delimiter or ",")
                readable[path] = files.copy(lines, file.name)
        if path not in readable:
            readable[path] = _plain_text(path, file.encoding, options)
    return file.header, agreement.delimiter or ",", notes, [readable[path] for path in paths]


def _plain_text(path: Path, encoding: str, options: _Options) -> Path:
    """Return text as it is, or a copy in UTF-8: DuckDB unpacks gz and zst by their suffixes."""
    packed = compression.suffix_of(path)
    if encoding == UTF_8 and (
        not packed or (packed == path.suffix and packed not in _NOT_IN_DUCKDB)
    ):
        return path
    with packing.open_bytes(path) as file:
        if encoding == UTF_8:
            pieces = _pieces(file, options, files.size(path))
        else:
            pieces = _transcoded(file, encoding)
        return files.copy(pieces, files.label(path))


def _unpacked_parquet(path: Path, options: _Options) -> Path:
    """Return a Parquet file that is not packed: itself or a copy."""
    if not compression.suffix_of(path):
        return path
    with packing.open_bytes(path) as file:
        pieces = _pieces(file, options, files.size(path))
        return files.copy(pieces, files.label(path), files.PARQUET)


def _as_csv(path: Path) -> Path:
    """Return a copy of a Parquet file as CSV, for a pattern that matches files of both kinds."""
    from transfer_cli.engine.duck import DuckSource
    from transfer_cli.tables.rows import csv_lines

    source = DuckSource(str(path), [path])
    rows = (table.frame.itertuples(index=False, name=None) for table in source.rows())
    return files.copy(csv_lines(chain([[source.columns]], rows)), files.label(path))


def _transcoded(file: packing.InputFile, encoding: str) -> Iterator[bytes]:
    """Yield the text of a file in UTF-8; raise DataError, with the line, for other bytes."""
    from transfer_cli.tables.text import Text

    count = 0
    text = Text(file, encoding)
    text.line = lambda: count
    for block in text.lines():
        lines = list(block)
        count += len(lines)
        yield "".join(lines).encode()


def _pieces(file: packing.InputFile, options: _Options, size: int = 0) -> Iterator[bytes]:
    """Yield the rest of a file; ``size`` is that of the file on the disk, 0 if not known."""
    for piece in iter(partial(file.read, _PIECE), b""):
        yield piece
        if options.progress and size:
            options.progress(100 * file.position() / size)


def threshold() -> int:
    """Return the bytes above which a table is large; tests and measurements set a variable."""
    text = os.environ.get(VARIABLE, "")
    if not text:
        return LARGE
    if not text.isdecimal() or len(text) > 18 or not int(text):
        message = _("{variable} is {text!r}, which is not a number of bytes",
                    variable=VARIABLE, text=text)  # fmt: skip
        raise UsageError(message, f"unset {VARIABLE}")
    return int(text)
