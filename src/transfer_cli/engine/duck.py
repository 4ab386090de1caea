"""A table in files of any size, read by DuckDB: ``Source`` in SQL."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import localcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

from transfer_cli.engine import scan as scans
from transfer_cli.engine.combine import combine
from transfer_cli.engine.connection import Progress, connect, execute, report
from transfer_cli.engine.measure import EXACT, Digits, Total, digits_of
from transfer_cli.engine.scan import Scan
from transfer_cli.errors import DataError
from transfer_cli.messages import _
from transfer_cli.model import numbers, regions
from transfer_cli.model.schema import Schema, recognise, require
from transfer_cli.model.vocabulary import DERIVED, Vocabulary, with_derived
from transfer_cli.query.condition import EVERY_ROW, Condition
from transfer_cli.query.sql import predicate
from transfer_cli.tables import files
from transfer_cli.tables.reader import open_delimited
from transfer_cli.tables.source import Measure, Unreadable

if TYPE_CHECKING:
    from transfer_cli.frames import pd
    from transfer_cli.tables.table import Table

VECTORS = 16
"""Vectors, of 2,048 rows, in a chunk of rows; the first chunk has one, so that it comes soon."""
WIDTH = 100
"""Columns that one query summarises: the time that DuckDB takes to plan it grows faster."""
FEW_ODD = 50_000
"""Odd cells that Python adds up; for more, a DECIMAL that fits them is looked for."""
_FETCH = 100_000
_NUMERIC = ("any", "number", "integer", "year")
_COLUMN = re.compile(r"\bc(\d+)\b")
Key = tuple[str, ...]


class DuckSource:
    """Files of one table; see ``tables.source.Source`` for its methods.

    The line of a row is not known, and is 0 in the index of every row. What DuckDB reads and the
    strict reader refuses (a blank beside a quote, NUL, bytes that are not UTF-8 in columns that are
    not needed) is found by ``check``.
    """

    def __init__(
        self,
        name: str,
        paths: Sequence[Path],
        *,
        delimiter: str = "",
        vocabulary: Vocabulary | None = None,
        report: bool = False,
        schema: Schema | None = None,
        header: Sequence[str] | None = None,
        notes: Sequence[str] = (),
        progress: Progress | None = None,
        rows: tuple[int, int] | None = None,
        threads: int = 0,
    ) -> None:
        """Read the header; all files have the same.

        ``progress`` is called with the percentage of a query that is done. ``rows`` are the first
        row of a Parquet file that belongs to the table, and the one after the last. DuckDB uses
        ``threads``, by default one for each processor.
        """
        self.name = name
        self.paths: Sequence[Path] = paths
        self.report = report
        self.notes = notes
        self.vocabulary = vocabulary or Vocabulary()
        self._progress = progress
        self._delimiter = delimiter
        self._threads = threads
        self._cells: dict[str, list[str]] = {}
        self._copied = False
        self._scan = self._opened(paths, header)
        self._range = rows
        self.columns: Sequence[str] = list(self._scan.header)
        self._places = {name: place for place, name in enumerate(self.columns)}
        self.schema = schema or recognise(self.columns)

    def rows(
        self,
        where: Condition = EVERY_ROW,
        columns: Sequence[str] = (),
        *,
        sort: Sequence[str] = (),
        limit: int | None = None,
    ) -> "Iterator[Table]":
        """Yield the rows that satisfy ``where``, in the order of the files or of ``sort``.

        The query ends with the iterator.
        """
        names = list(dict.fromkeys(columns)) or list(self.columns)
        self._require([*names, *(key.removeprefix("-") for key in sort)])
        bases = list(dict.fromkeys(self._base(name) for name in names))
        order = f" ORDER BY {', '.join(self._order(sort))}" if sort else ""
        count = f" LIMIT {int(limit)}" if limit is not None else ""
        select = ", ".join(map(self._cell, bases))
        condition, values = self._predicate(where)
        sql = f"SELECT {select} FROM {{source}} WHERE {condition}{order}{count}"  # noqa: S608
        return self._stream(sql, values, bases, names)

    def groups(
        self,
        where: Condition,
        by: Sequence[str],
        measure: Measure | None = None,
        watch: Sequence[str] = (),
        quantiles: Sequence[float] = (),
    ) -> "pd.DataFrame":
        """Return one row for each distinct combination of ``by``; see ``Source.groups``.

        ``quantiles``, from 0 to 1, add columns ``quantile 0.5`` of floats, which take less memory
        than ``values``; their groups cannot be combined. Groups come in the order of ``by``.
        """
        self._require([*by, *watch, *([measure.column] if measure else [])])
        frame = self._grouped(where, by, measure, watch, quantiles if measure else ())
        return frame.sort_values(list(by), ignore_index=True) if by else frame

    def counts(self, where: Condition, column: str) -> "pd.Series[int]":
        """Return how many rows have each distinct cell of a column, in the order of the cells."""
        from transfer_cli.frames import pd

        groups = self.groups(where, (column,))
        return pd.Series(groups["rows"].to_numpy(), index=groups[column].to_numpy(), dtype=int)

    def count(self, where: Condition = EVERY_ROW) -> int:
        """Return how many rows satisfy ``where``."""
        return int(self._query(where, ["count(*)"])[0][0])

    def summary(self, where: Condition, columns: Sequence[str]) -> "pd.DataFrame":
        """Return what each of ``columns`` holds; see ``Source.summary``."""
        from transfer_cli.frames import pd

        self._require(columns)
        names = list(dict.fromkeys(columns))
        rows = [row for start in range(0, len(names), WIDTH)
                for row in self._summarised(where, names[start : start + WIDTH])]  # fmt: skip
        return pd.DataFrame(
            rows, columns=["column", "filled", "empty", "distinct", "numeric", "min", "max"]
        )

    def _summarised(self, where: Condition, columns: Sequence[str]) -> list[list[Any]]:
        """Return the rows of ``summary`` for so few columns that one query takes them."""
        cells = {name: self._mapped(name) if name not in self._places else self._cell(name)
                 for name in columns}  # fmt: skip
        plain = {name: Digits().number(cell) for name, cell in cells.items()}
        first = [
            aggregate
            for name, cell in cells.items()
            for aggregate in (
                f"count(*) FILTER ({cell} = '')",
                f"count(DISTINCT nullif({cell}, ''))",
                f"any_value({cell}) FILTER ({cell} <> '' AND {plain[name]} IS NULL)",
                f"bool_or(regexp_matches({cell}, '^-?0[0-9]'))",
                f"min({plain[name]})",
                f"max({plain[name]})",
            )
        ]
        total, *found = self._query(where, ["count(*)", *first])[0]
        rows: list[list[Any]] = []
        for place, name in enumerate(cells):
            empty, distinct, odd, code, low, high = found[6 * place : 6 * place + 6]
            numeric, readable = empty < total and not code, empty < total
            if odd is not None:
                numeric, readable = self._odd_kinds(where, name, odd, numeric)
            ends = ["", ""]
            if readable and odd is None:
                ends = [f"min({cells[name]}) FILTER ({plain[name]} = {low})",
                        f"max({cells[name]}) FILTER ({plain[name]} = {high})"]  # fmt: skip
            elif readable:
                ends = [
                    self._end(where, name, cells[name], descending=way) for way in (False, True)
                ]
            rows.append([name, total - empty, empty, distinct, numeric, *ends])
        # The cells of the smallest and the largest plain numbers, of equal ones by text.
        wanted = [cell for row in rows for cell in row[5:] if cell.startswith(("min(", "max("))]
        known = dict(zip(wanted, self._query(where, wanted)[0] if wanted else (), strict=True))
        return [[*row[:5], *(known.get(cell, cell) for cell in row[5:])] for row in rows]

    def _odd_kinds(
        self, where: Condition, column: str, odd: str, numeric: bool
    ) -> tuple[bool, bool]:
        """Return whether all odd cells are numbers and no codes, and whether all can be read.

        ``odd`` is one of them. ``numeric`` says whether all other cells are numbers.
        """
        percent = self._percent(column)
        if not numbers.is_number(odd, percent=percent):
            return False, False
        for counter in self._odd(where, (), column, Digits()):
            numeric = numeric and all(numbers.plain_number(cell) for (cell,) in counter)
            if not all(numbers.is_number(cell, percent=percent) for (cell,) in counter):
                return False, False
        return numeric, True

    def unreadable(self, where: Condition, column: str) -> Unreadable:
        """Return how many filled cells of a column are no numbers, and the first of them."""
        self._require([column])
        first, count = "", 0
        percent = self._percent(column)
        for counter in self._odd(where, (), column, Digits()):
            for (cell,), times in counter.items():
                if not numbers.is_number(cell, percent=percent):
                    first, count = first or cell, count + times
        return Unreadable(count, first)

    # Columns and conditions.

    def _opened(self, paths: Sequence[Path], header: Sequence[str] | None) -> Scan:
        if files.is_parquet(paths[0]):
            return scans.parquet(paths, self._parquet_columns(paths))
        if header is None or not self._delimiter:
            with open_delimited(paths[0], delimiter=self._delimiter) as file:
                header, self._delimiter = file.header, file.delimiter
        if not scans.ends_lines(header):
            return scans.delimited(paths, header, self._delimiter)
        self._copied = True
        return scans.copied(paths, header, self._delimiter)

    def _parquet_columns(self, paths: Sequence[Path]) -> list[tuple[str, str]]:
        """Return the columns of Parquet files with their types; raise DataError if they differ."""
        import duckdb

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
                    raise DataError(message, _("built-in tables: metrics, projects")) from None
                raise _unsound(label, error) from None
            first = first or columns
            if [name for name, _type in columns] != [name for name, _type in first]:
                message = _("{file}: other columns than in {first}",
                            file=label, first=files.label(paths[0]))  # fmt: skip
                raise DataError(
                    message, _("the files of one table have the same columns in one order")
                )
        return first

    def _require(self, columns: Iterable[str]) -> None:
        columns = list(columns)
        require(with_derived(self.columns), columns)
        for name in columns:
            self._scan.require(self._places[self._base(name)])

    def _base(self, name: str) -> str:
        """Return the column of the files from which a column follows; itself if it is one."""
        return name if name in self._places else DERIVED.get(name, name)

    def _cell(self, name: str) -> str:
        return f"c{self._places[self._base(name)]}"

    def _percent(self, column: str) -> bool:
        return numbers.reads_percent(column, self.columns)

    def _word(self, column: str, cell: str) -> str:
        """Return what a cell of the base column means as a key: the English name of a province."""
        if column not in self._places:
            return self.vocabulary.derived(column, cell)
        return (regions.find(cell) or cell) if column == "province" and cell else cell

    def _predicate(self, where: Condition) -> tuple[str, list[object]]:
        if where == EVERY_ROW:
            return "true", []
        return predicate(where, self.columns, self.vocabulary, self._distinct)

    def _distinct(self, column: str) -> list[str]:
        """Return the distinct cells of a column of the files, which are looked for once."""
        if column not in self._cells:
            rows = self._query(EVERY_ROW, [self._cell(column)], group=1)
            self._cells[column] = [row[0] for row in rows]
        return self._cells[column]

    def _mapped(self, column: str) -> str:
        """Return SQL for a column as keys have it: with ``_word`` taken of each cell."""
        cell = self._cell(column)
        if column in self._places and column != "province":
            return cell
        words = {text: self._word(column, text) for text in self._distinct(self._base(column))}
        cases = " ".join(
            f"WHEN {_literal(text)} THEN {_literal(word)}" for text, word in words.items()
        )
        return f"CASE {cell} {cases} ELSE {cell} END" if cases else cell

    # Queries.

    def _query(
        self,
        where: Condition,
        columns: Sequence[str],
        group: int = 0,
        more: str = "",
        fetch: Callable[[Any], list[tuple[Any, ...]]] | None = None,
    ) -> list[tuple[Any, ...]]:
        """Return the rows of a query of ``columns``, grouped by the first so many of them.

        ``more`` are columns that ``columns`` use, as SQL that ends in a comma.
        """
        condition, values = self._predicate(where)
        keys = f" GROUP BY {', '.join(map(str, range(1, group + 1)))}" if group else ""
        inner = f"(SELECT {more} * FROM {{source}} WHERE {condition})"  # noqa: S608
        sql = f"SELECT {', '.join(columns)} FROM {inner}{keys}"  # noqa: S608
        return [row for chunk in self._run(sql, values, fetch or _fetch_rows) for row in chunk]

    def _run(
        self, sql: str, values: Sequence[object], fetch: Callable[[Any], Any]
    ) -> Iterator[Any]:
        """Yield what ``fetch`` returns until that is empty.

        ``{source}`` in the SQL stands for the files. If DuckDB cannot read them, the strict reader
        says what is wrong, or copies them as it reads them, and the query is run again.
        """
        import duckdb

        yielded = 0
        while True:
            try:
                with connect(self._threads) as connection:
                    text = sql.replace("{source}", self._source(sql))
                    execute(connection, text, [*self._scan.parameters, *values], self._progress)
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
        if self._range is None:
            return self._scan.sql(used)
        first, end = self._range
        return self._scan.sql(used, f"file_row_number >= {first} AND file_row_number < {end}")

    def _recover(self, error: Exception) -> None:
        """Read the files strictly, which raises DataError for what is wrong, and use the copies."""
        label = files.label(self._scan.paths[0])
        if files.is_parquet(self._scan.paths[0]):
            raise _unsound(label, error) from None
        if self._copied:
            message = _("cannot read {name}: {reason}", name=self.name, reason=_first_line(error))
            raise DataError(message, f"transfer-cli check {label}") from None
        self._scan = scans.copied(self._scan.paths, self._scan.header, self._delimiter)
        self._copied = True

    def _stream(
        self, sql: str, values: Sequence[object], bases: Sequence[str], names: Sequence[str]
    ) -> "Iterator[Table]":
        """Yield the columns ``names`` of the rows of a query for the columns ``bases``."""
        from transfer_cli.frames import np, pd
        from transfer_cli.tables.table import Table

        blank = Table(
            pd.DataFrame(columns=list(names), dtype=object),
            self.schema, self.name, tuple(self.notes),
            report=self.report, vocabulary=self.vocabulary,
        )  # fmt: skip
        size = iter([1])
        chunks = self._run(sql, values, lambda found: found.fetch_df_chunk(next(size, VECTORS)))
        table = None
        for chunk in chunks:
            cells = dict(zip(bases, (_objects(chunk.iloc[:, i]) for i in range(len(bases))),
                             strict=True))  # fmt: skip
            columns = {name: self._derived(name, cells[self._base(name)]) for name in names}
            lines = np.zeros(len(chunk), dtype=int)
            table = blank.with_frame(pd.DataFrame(columns, index=lines, dtype=object))
            yield table
        if table is None:
            yield blank

    def _derived(self, name: str, cells: Any) -> Any:
        if name in self._places:
            return cells
        from transfer_cli.frames import pd

        codes, words = pd.factorize(cells)
        derived = [self.vocabulary.derived(name, word) for word in words]
        return pd.Series(derived, dtype=object).to_numpy()[codes]

    def _order(self, sort: Sequence[str]) -> Iterator[str]:
        """Yield what stands after ORDER BY: numbers by their amount, text, then empty cells."""
        for key in [*sort, *(["id"] if "id" in self._places else [])]:
            name, descending = key.removeprefix("-"), key.startswith("-")
            cell, way = self._mapped(name) if name not in self._places else self._cell(name), ""
            way = "DESC" if descending else "ASC"
            field = self.schema.field(name)
            if field.type not in _NUMERIC:
                yield f"{cell} = ''"
                yield f"{cell} {way}"
                continue
            percent = self._percent(name)
            factors = self._factors(field.unit) if field.unit in self._places else {}
            if len({*factors.values()}) > 1:
                cases = " ".join(f"WHEN {_literal(unit)} THEN {factor!r}"
                                 for unit, factor in factors.items())  # fmt: skip
                amount = f"{numbers.sql_double(cell, percent=percent)} * CASE"
                amount += f" {self._cell(field.unit)} {cases} END"
                yield f"CASE WHEN {cell} = '' THEN 2 WHEN {amount} IS NULL THEN 1 ELSE 0 END"
                yield f"format('{{:.14e}}', {amount})::DOUBLE {way} NULLS LAST"
            yield numbers.sql_order(cell, descending=descending, percent=percent)

    def _factors(self, column: str) -> Mapping[str, float]:
        """Return the distinct units of a column, with how many base units each is."""
        return {unit: float(self.vocabulary.unit(unit).factor) for unit in self._distinct(column)}

    # Groups.

    def _grouped(
        self, where: Condition, by: Sequence[str], measure: Measure | None, watch: Sequence[str],
        quantiles: Sequence[float],
    ) -> "pd.DataFrame":  # fmt: skip
        """Return the groups of the cells of ``by`` as keys; groups of one key are combined."""
        from transfer_cli.frames import pd

        keys = [self._cell(name) for name in by]
        ends = [f"{end}({cell})" for name in watch for cell in [self._mapped(name)]
                for end in ("min", "max")]  # fmt: skip
        if quantiles:
            ends.append(_quantile_sql("v", quantiles))
        if measure is None:
            rows = self._query(where, [*keys, "count(*)", *ends], len(keys))
            totals: dict[Key, Total] = {}
        else:
            rows, totals = self._totals(where, by, measure, ["count(*)", *ends])
        if not by and not rows[0][0]:
            rows = []
        frame = self._frame(rows, totals, by, measure, watch)
        combined = combine([frame], by)
        if not quantiles or not measure:
            return combined
        lists: Iterable[Any] = [row[-1] for row in rows]
        if len(combined) < len(frame) or any(total.odd for total in totals.values()):
            # They cannot be combined, and what is odd is not among the plain numbers.
            lists = self._quantiles(where, by, measure.column, quantiles, combined)
        filled = [[None] * len(quantiles) if cells is None else cells for cells in lists]
        return combined.assign(**{
            f"quantile {quantile:g}": pd.Series([cells[place] for cells in filled], dtype=float)
            for place, quantile in enumerate(quantiles)
        })  # fmt: skip

    def _totals(
        self, where: Condition, by: Sequence[str], measure: Measure, first: Sequence[str]
    ) -> tuple[list[tuple[Any, ...]], dict[Key, Total]]:
        """Return the columns ``first`` of each group, and the totals of the measure by key."""
        from transfer_cli.frames import np

        keys, cell = [self._cell(name) for name in by], self._cell(measure.column)
        digits = Digits() if not measure.squares else Digits(9, 4)
        odd = f"count(*) FILTER ({cell} <> '' AND v IS NULL)"

        def read(digits: Digits) -> list[tuple[Any, ...]]:
            columns = [*keys, *first, odd, *digits.columns(squares=measure.squares)]
            if measure.values:
                columns.append("coalesce(list(v::DOUBLE) FILTER (v IS NOT NULL), [])")
            fetch = _fetch_arrays if measure.values else _fetch_rows
            return self._query(where, columns, len(keys), f"{digits.number(cell)} AS v,", fetch)

        width = len(keys) + len(first)
        rows = read(digits)
        if sum(row[width] for row in rows) > FEW_ODD:
            sample = next(self._odd(where, (), measure.column, digits), Counter())
            fitting = digits_of((cell for (cell,) in sample), squares=measure.squares)
            if fitting and fitting.decimals <= 18:
                digits = fitting._replace(decimals=max(fitting.decimals, 1))
                rows = read(digits)
        with localcontext(EXACT):
            end = width + 1 + len(digits.columns(squares=measure.squares))
            totals = {row[: len(keys)]: Total.of_row(row[width + 1 : end], digits) for row in rows}
            if any(row[width] for row in rows):
                percent = self._percent(measure.column)
                for counter in self._odd(where, by, measure.column, digits):
                    for (*key, text), times in counter.items():
                        totals[tuple(key)].add(text, times, percent=percent)
        for row in rows if measure.values else ():
            total = totals[row[: len(keys)]]
            # Without odd numbers the array is not copied: all of them together may be large.
            total.values = np.concatenate([total.values, row[-1]]) if total.values else row[-1]
            total.values.sort()
        return [row[:width] for row in rows], totals

    def _odd(
        self, where: Condition, by: Sequence[str], column: str, digits: Digits
    ) -> "Iterator[Counter[Key]]":
        """Yield how often each odd cell of a column occurs, led by the cells of ``by``."""
        cell = self._cell(column)
        condition, values = self._predicate(where)
        columns = ", ".join([*(self._cell(name) for name in by), cell])
        odd = f"{cell} <> '' AND {digits.number(cell)} IS NULL"
        sql = f"SELECT {columns} FROM {{source}} WHERE ({condition}) AND {odd}"  # noqa: S608
        yield from map(Counter, self._run(sql, values, _fetch_rows))

    def _frame(
        self, rows: Sequence[tuple[Any, ...]], totals: Mapping[Key, Total], by: Sequence[str],
        measure: Measure | None, watch: Sequence[str],
    ) -> "pd.DataFrame":  # fmt: skip
        from transfer_cli.frames import np, pd

        def objects(cells: Iterable[Any]) -> Any:
            column = np.empty(len(rows), dtype=object)
            column[:] = list(cells)
            return column

        width = len(by)
        result: dict[str, Any] = {}
        for place, name in enumerate(by):
            cells = [row[place] for row in rows]
            words = {cell: self._word(name, cell) for cell in {*cells}}
            result[name] = objects(words[cell] for cell in cells)
        counts = np.array([row[width] for row in rows], dtype=np.int64)
        result["rows"] = counts
        if measure:
            found = [totals[row[:width]] for row in rows]
            n = np.array([total.n for total in found], dtype=np.int64)
            unreadable = np.array([total.unreadable for total in found], dtype=np.int64)
            result |= {"n": n, "empty": counts - n - unreadable, "unreadable": unreadable}
            percent = np.array([total.percent for total in found], dtype=np.int64)
            result["percent"] = percent
            result["sum"] = objects(total.sum if total.n else None for total in found)
            result |= {name: objects(getattr(total, name) for total in found)
                       for name in ("min", "max")}  # fmt: skip
            if measure.squares:
                result["sum_of_squares"] = objects(t.squares if t.n else None for t in found)
            if measure.values:
                values = objects([None] * len(rows))
                for place, total in enumerate(found):
                    values[place] = np.asarray(total.values, dtype=float)
                result["values"] = values
        ends = [f"{end} {name}" for name in watch for end in ("min", "max")]
        for place, name in enumerate(ends, width + 1):
            result[name] = objects(row[place] for row in rows)
        frame = pd.DataFrame(result, index=range(len(rows)))
        return frame.astype(dict.fromkeys((*by, *ends), object))

    def _quantiles(
        self, where: Condition, by: Sequence[str], column: str, quantiles: Sequence[float],
        groups: "pd.DataFrame",
    ) -> list[list[float] | None]:  # fmt: skip
        """Return the quantiles of all numbers of each of ``groups``."""
        keys = [f"{self._mapped(name)} AS k{place}" for place, name in enumerate(by)]
        number = numbers.sql_double(self._cell(column), percent=self._percent(column))
        names = [f"k{place}" for place in range(len(by))]
        more = ", ".join([*keys, f"{number} AS v,"])
        rows = self._query(where, [*names, _quantile_sql("v", quantiles)], len(by), more)
        lists = {tuple(row[:-1]): row[-1] for row in rows}
        return [lists[key] for key in groups[list(by)].itertuples(index=False, name=None)]

    def _end(self, where: Condition, name: str, cell: str, *, descending: bool) -> str:
        """Return the cell with the smallest or the largest number; of equal ones by text."""
        order = numbers.sql_order("x", descending=descending, percent=self._percent(name))
        condition, values = self._predicate(where)
        inner = f"(SELECT {cell} AS x, * FROM {{source}} WHERE {condition})"  # noqa: S608
        way = "DESC" if descending else "ASC"
        sql = f"SELECT x FROM {inner} WHERE x <> '' ORDER BY {order}, x {way} LIMIT 1"  # noqa: S608
        rows = next(self._run(sql, values, _fetch_rows))
        return str(rows[0][0])


def _quantile_sql(number: str, quantiles: Sequence[float]) -> str:
    """Return SQL for a list of quantiles, interpolated linearly."""
    return f"quantile_cont({number}::DOUBLE, {[float(quantile) for quantile in quantiles]})"


def _fetch_rows(connection: Any) -> list[tuple[Any, ...]]:
    """Return the next rows of a result."""
    rows: list[tuple[Any, ...]] = connection.fetchmany(_FETCH)
    return rows


def _fetch_arrays(connection: Any) -> list[tuple[Any, ...]]:
    """Return all rows of a result whose last column holds lists of numbers, as arrays."""
    found = connection.fetchnumpy()
    if not found:
        return []
    *columns, lists = found.values()
    return list(zip(*(column.tolist() for column in columns), list(lists), strict=True))


def _objects(cells: "pd.Series[Any]") -> Any:
    return cells.to_numpy(dtype=object)


def _literal(text: str) -> str:
    """Return text as an SQL literal; it can hold neither ``{source}`` nor NUL."""
    quoted = text.replace("'", "''")
    for character in "{\0":
        quoted = quoted.replace(character, f"' || chr({ord(character)}) || '")
    return f"('{quoted}')"


def _first_line(error: Exception) -> str:
    return str(error).partition("\n")[0]


def _unsound(name: str, error: Exception) -> DataError:
    message = _("{name} is no sound Parquet file: {reason}", name=name, reason=_first_line(error))
    return DataError(message, _("it is damaged or cut short: write it again"))
