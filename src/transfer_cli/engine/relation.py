"""Files of one table as DuckDB reads them: names of columns, conditions, and queries.

In SQL the columns are called ``c0``, ``c1`` … by position, and the files ``{source}``.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import duckdb

from transfer_cli.engine import scan as scans
from transfer_cli.engine.connection import Progress, connect, execute, report
from transfer_cli.engine.scan import Scan
from transfer_cli.errors import DataError
from transfer_cli.messages import _
from transfer_cli.model import numbers, regions
from transfer_cli.model.schema import NO_SCHEMA, Schema, require
from transfer_cli.model.vocabulary import DERIVED, Vocabulary, with_derived
from transfer_cli.query.condition import EVERY_ROW, Condition
from transfer_cli.query.sql import predicate
from transfer_cli.tables import files
from transfer_cli.tables.rows import open_rows
from transfer_cli.tables.source import Melted

FETCH = 20_000
"""Rows of a result that are fetched at once."""
Row = tuple[Any, ...]
_COLUMN = re.compile(r"\bc(\d+)\b")


class Relation:
    """Files with the same columns, and queries on them.

    If DuckDB cannot read them, the strict reader says what is wrong, or copies them as it reads
    them, and the query is run again on the copies.
    """

    def __init__(
        self,
        name: str,
        paths: Sequence[Path],
        vocabulary: Vocabulary,
        *,
        delimiter: str = "",
        header: Sequence[str] | None = None,
        progress: Progress | None = None,
        rows: tuple[int, int] | None = None,
        threads: int = 0,
    ) -> None:
        """Read the header; see ``DuckSource`` for the parameters."""
        self.name = name
        self.vocabulary = vocabulary
        self.delimiter = delimiter
        self._copied = False
        self.scan = self._opened(paths, header)
        self.columns = list(self.scan.header)
        self.places = {name: place for place, name in enumerate(self.columns)}
        self._range = rows
        self._threads = threads
        self._progress = progress
        self._cells: dict[str, list[str]] = {}
        self._constants: dict[int, str] = {}
        self._schema = NO_SCHEMA

    def rename(self, columns: Sequence[str], schema: Schema) -> None:
        """Rename the columns; after those of the files come the constants of ``schema``."""
        self.columns, self._schema = list(columns), schema
        self.places = {name: place for place, name in enumerate(self.columns)}
        self._constants = {self.places[name]: cell for name, cell in schema.constants.items()}

    # Columns and conditions.

    def require(self, columns: Iterable[str]) -> None:
        """Raise UsageError for a column that does not exist, DataError for one without cells."""
        columns = list(columns)
        require(with_derived(self.columns), columns, self._schema)
        for name in columns:
            place = self.places[self.base(name)]
            if place not in self._constants:
                self.scan.require(place)

    def base(self, name: str) -> str:
        """Return the column of the files from which a column follows; itself if it is one."""
        return name if name in self.places else DERIVED.get(name, name)

    def cell(self, name: str) -> str:
        """Return the SQL name of a column, or of the one from which it follows."""
        return f"c{self.places[self.base(name)]}"

    def percent(self, column: str) -> bool:
        """Return whether ``12.5%`` is a number in a column."""
        return numbers.reads_percent(column, self.columns)

    def word(self, column: str, cell: str) -> str:
        """Return what a cell of the base column means as a key: the English name of a province."""
        if column not in self.places:
            return self.vocabulary.derived(column, cell)
        return (regions.find(cell) or cell) if column == "province" and cell else cell

    def key(self, column: str) -> str:
        """Return SQL for a column of keys: ``word`` of each cell."""
        cell = self.cell(column)
        if column in self.places and column != "province":
            return cell
        words = {text: self.word(column, text) for text in self.distinct(self.base(column))}
        cases = " ".join(
            f"WHEN {literal(text)} THEN {literal(word)}" for text, word in words.items()
        )
        return f"CASE {cell} {cases} ELSE {cell} END" if cases else cell

    def text(self, column: str) -> str:
        """Return SQL for a column as the files have it; of a derived one, for what follows."""
        return self.cell(column) if column in self.places else self.key(column)

    def distinct(self, column: str) -> list[str]:
        """Return the distinct cells of a column of the files, which are looked for once."""
        if column not in self._cells:
            rows = self.query(EVERY_ROW, [self.cell(column)], group=1)
            self._cells[column] = [row[0] for row in rows]
        return self._cells[column]

    def predicate(self, where: Condition) -> tuple[str, list[object]]:
        """Return a condition as SQL, and the values of its parameters."""
        if where == EVERY_ROW:
            return "true", []
        return predicate(where, self.columns, self.vocabulary, self.distinct)

    def query(
        self,
        where: Condition,
        columns: Sequence[str],
        group: int = 0,
        more: str = "",
        fetch: Callable[[Any], list[Row]] | None = None,
    ) -> list[Row]:
        """Return the rows of a query of ``columns``, grouped by the first so many of them.

        ``more`` are columns that ``columns`` use, as SQL that ends in a comma.
        """
        condition, values = self.predicate(where)
        keys = f" GROUP BY {', '.join(map(str, range(1, group + 1)))}" if group else ""
        inner = f"(SELECT {more} * FROM {{source}} WHERE {condition})"  # noqa: S608
        sql = f"SELECT {', '.join(columns)} FROM {inner}{keys}"  # noqa: S608
        return [row for chunk in self.run(sql, values, fetch or fetch_rows) for row in chunk]

    def run(self, sql: str, values: Sequence[object], fetch: Callable[[Any], Any]) -> Iterator[Any]:
        """Yield what ``fetch`` returns of a query until that is empty."""
        yielded = 0
        while True:
            try:
                with connect(self._threads) as connection:
                    text = sql.replace("{source}", self._source(sql))
                    execute(connection, text, [*self._parameters(), *values], self._progress)
                    read = 0
                    while (chunk := fetch(connection)) is not None and len(chunk):
                        if self._progress:
                            report(connection, self._progress)
                        # Rows that came before an error do not come again from the copies.
                        first, read = max(0, yielded - read), read + len(chunk)
                        if read > yielded:
                            yielded = read
                            yield chunk[first:]
                return
            except (duckdb.BinderException, duckdb.CatalogException, duckdb.ParserException):
                raise
            except duckdb.Error as error:
                self._recover(error)

    def _source(self, sql: str) -> str:
        """Return SQL for the columns of the files that a query names."""
        used = {int(place) for place in _COLUMN.findall(sql)}
        where = ""
        if self._range is not None:
            first, end = self._range
            where = f"file_row_number >= {first} AND file_row_number < {end}"
        files = self.scan.sql(used, where)
        added = [f"{literal(cell)} AS c{place}" for place, cell in self._constants.items()
                 if place in used]  # fmt: skip
        return f"(SELECT *, {', '.join(added)} FROM {files})" if added else files  # noqa: S608

    def _parameters(self) -> list[object]:
        """Return the values of the parameters of ``_source``."""
        return self.scan.parameters

    def _recover(self, error: Exception) -> None:
        """Read the files strictly, which raises DataError for what is wrong, and use the copies."""
        label = files.label(self.scan.paths[0])
        if files.is_parquet(self.scan.paths[0]):
            raise _unsound(label) from error
        if self._copied:
            message = _("cannot read {name}: its content is damaged", name=self.name)
            raise DataError(message, f"transfer-cli check {label}") from error
        self.scan = scans.copied(self.scan.paths, self.scan.header, self.delimiter)
        self._copied = True

    def _opened(self, paths: Sequence[Path], header: Sequence[str] | None) -> Scan:
        if files.is_parquet(paths[0]):
            return scans.parquet(paths, self._parquet_columns(paths))
        if header is None or not self.delimiter:
            with open_rows(paths[0], delimiter=self.delimiter) as file:
                header, self.delimiter = file.header, file.delimiter
        if not scans.ends_lines(header) and not any(map(scans.has_long_tail, paths)):
            return scans.delimited(paths, header, self.delimiter)
        self._copied = True
        return scans.copied(paths, header, self.delimiter)

    def _parquet_columns(self, paths: Sequence[Path]) -> list[tuple[str, str]]:
        """Return the columns of Parquet files with their types; raise DataError if they differ."""
        first: list[tuple[str, str]] = []
        for path in paths:
            label = files.label(path)
            one = scans.Scan((), (path,), "read_parquet(?)", ())
            try:
                with connect() as connection:
                    connection.execute(f"DESCRIBE FROM {one.reader}", one.parameters)
                    columns = [(str(row[0]), str(row[1])) for row in connection.fetchall()]
            except duckdb.Error as error:
                if not path.is_file():
                    message = _("there is no file {name!r}", name=label)
                    raise DataError(message, _("built-in tables: metrics, projects")) from error
                raise _unsound(label) from error
            first = first or columns
            if [name for name, _type in columns] != [name for name, _type in first]:
                message = _("{file}: other columns than in {first}",
                            file=label, first=files.label(paths[0]))  # fmt: skip
                raise DataError(
                    message, _("the files of one table have the same columns in one order")
                )
        return first


class MeltedRelation(Relation):
    """The rows of a relation that satisfy a condition, with a row for each cell of some columns."""

    def __init__(
        self,
        base: Relation,
        where: Condition,
        keep: Sequence[str],
        columns: Sequence[str],
        into: Melted,
    ) -> None:
        """See ``Source.melted`` for the parameters."""
        self.name, self.vocabulary, self.delimiter = base.name, base.vocabulary, base.delimiter
        self.melts, self.scan, self._melted = base, base.scan, tuple(columns)
        self._condition, self._values = base.predicate(where)
        self.columns = [*keep, *into]
        self.places = {name: place for place, name in enumerate(self.columns)}
        self._threads, self._progress = base._threads, base._progress
        self._cells = {}

    def require(self, columns: Iterable[str]) -> None:
        """Raise UsageError for a column that does not exist."""
        require(with_derived(self.columns), list(columns))

    def _source(self, sql: str) -> str:
        """Return SQL for the melted rows: lists of names and of cells, side by side."""
        *keep, name, cell = (f"c{place}" for place in range(len(self.columns)))
        cells = [self.melts.cell(column) for column in self._melted]
        names = map(literal, self._melted)
        columns = [
            *(f"{self.melts.cell(column)} AS {place}"
              for column, place in zip(self.columns, keep, strict=False)),
            f"unnest([{', '.join(names)}]) AS {name}",
            f"unnest([{', '.join(cells)}]) AS {cell}",
        ]  # fmt: skip
        rows = f"SELECT {', '.join(columns)} FROM {{source}} WHERE {self._condition}"  # noqa: S608
        return f"({rows.replace('{source}', self.melts._source(rows))})"

    def _parameters(self) -> list[object]:
        return [*self.melts._parameters(), *self._values]

    def _recover(self, error: Exception) -> None:
        self.melts._recover(error)
        self.scan = self.melts.scan


def fetch_rows(connection: Any) -> list[Row]:
    """Return the next rows of a result."""
    rows: list[Row] = connection.fetchmany(FETCH)
    return rows


def literal(text: str) -> str:
    """Return text as an SQL literal; it can hold neither ``{source}`` nor NUL."""
    quoted = text.replace("'", "''")
    for character in "{\0":
        quoted = quoted.replace(character, f"' || chr({ord(character)}) || '")
    return f"('{quoted}')"


def _unsound(name: str) -> DataError:
    message = _("{name} is not a valid Parquet file", name=name)
    return DataError(message, _("it is damaged or cut short: write it again"))
