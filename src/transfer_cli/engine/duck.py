"""A table in files of any size, read by DuckDB: ``Source`` in SQL."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy
from pathlib import Path

from transfer_cli.engine import groups, rows, summary
from transfer_cli.engine.connection import Progress
from transfer_cli.engine.relation import MeltedRelation, Relation
from transfer_cli.frames import pd
from transfer_cli.model import headings
from transfer_cli.model.schema import Schema, recognise
from transfer_cli.model.vocabulary import Vocabulary, look_ups
from transfer_cli.query.condition import EVERY_ROW, Condition
from transfer_cli.tables.source import Measure, Melted, Source, Unreadable
from transfer_cli.tables.table import Table


class DuckSource(Source):
    """Files of one table; see ``tables.source.Source`` for its methods.

    The line of a row is not known, and is 0 in the index of every row. What DuckDB reads and the
    strict reader refuses (a blank beside a quote, NUL, bytes that are not UTF-8 in columns that are
    not needed) is reported by ``check``.
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
        mapping: Mapping[str, str] | None = None,
    ) -> None:
        """Read the header; all files have the same.

        Without ``mapping`` the names of columns are their headings, with it those that the headings
        mean (``model.headings``).

        ``progress`` is called with the percentage of a query that is done. ``rows`` are the first
        row of a Parquet file that belongs to the table, and the one after the last. DuckDB uses
        ``threads``, by default one for each processor.
        """
        self.name = name
        self.paths: Sequence[Path] = paths
        self.report = report
        self.notes = notes
        self.vocabulary = vocabulary or look_ups()
        self.relation = Relation(
            name, paths, self.vocabulary, delimiter=delimiter, header=header, progress=progress,
            rows=rows, threads=threads,
        )  # fmt: skip
        self.mapping = mapping
        own = self.relation.columns
        columns, found = own, schema or recognise(own)
        if mapping is not None:
            columns, found = headings.read(own, self.vocabulary, mapping)
            self.relation.rename(columns, found)
        self.columns: Sequence[str] = columns
        self.schema = schema or found

    def rows(
        self,
        where: Condition = EVERY_ROW,
        columns: Sequence[str] = (),
        *,
        sort: Sequence[str] = (),
        limit: int | None = None,
    ) -> Iterator[Table]:
        """Yield the rows that satisfy ``where``, in the order of the files or of ``sort``.

        The query ends with the iterator.
        """
        names = list(dict.fromkeys(columns)) or list(self.columns)
        self.relation.require([*names, *(key.removeprefix("-") for key in sort)])
        frames = rows.frames(self.relation, self.schema, where, names, sort, limit)
        return self._tables(frames, names)

    def groups(
        self,
        where: Condition,
        by: Sequence[str],
        measure: Measure | None = None,
        watch: Sequence[str] = (),
    ) -> "pd.DataFrame":
        """Return one row for each distinct combination of ``by``; see ``Source.groups``.

        Groups come in the order of ``by``.
        """
        self.relation.require([*by, *watch, *([measure.column] if measure else [])])
        frame = groups.groups(self.relation, where, by, measure, watch)
        return frame.sort_values(list(by), ignore_index=True) if by else frame

    def distinct(self, where: Condition, by: Sequence[str], column: str) -> "pd.DataFrame":
        """Return how many distinct filled cells a column has by group; see ``Source.distinct``."""
        self.relation.require([*by, column])
        counted = f"count(DISTINCT nullif({self.relation.key(column)}, ''))"
        keys = [self.relation.key(name) for name in by]
        rows = self.relation.query(where, [*keys, counted], len(keys))
        return pd.DataFrame(rows, columns=[*by, "distinct"])

    def count(self, where: Condition = EVERY_ROW) -> int:
        """Return how many rows satisfy ``where``."""
        return int(self.relation.query(where, ["count(*)"])[0][0])

    def summary(self, where: Condition, columns: Sequence[str]) -> "pd.DataFrame":
        """Return what each of ``columns`` holds; see ``Source.summary``."""
        self.relation.require(columns)
        return summary.summary(self.relation, where, columns)

    def frequent(self, where: Condition, columns: Sequence[str]) -> "pd.DataFrame":
        """Return the most frequent cell of each of ``columns``; see ``Source.frequent``."""
        self.relation.require(columns)
        return summary.frequent(self.relation, where, columns)

    def quantiles(self, where: Condition, columns: Sequence[str]) -> dict[str, list[float]]:
        """Return the quartiles of columns of numbers; see ``Source.quantiles``."""
        self.relation.require(columns)
        return summary.quantiles(self.relation, where, columns)

    def unreadable(self, where: Condition, column: str) -> Unreadable:
        """Return how many filled cells of a column are not numbers, and the first of them."""
        self.relation.require([column])
        return summary.unreadable(self.relation, where, column)

    def melted(
        self, where: Condition, keep: Sequence[str], columns: Sequence[str], into: Melted
    ) -> "DuckSource":
        """Return a source with a row for each cell of ``columns``; see ``Source.melted``."""
        self.relation.require([*keep, *columns])
        source = copy(self)
        source.relation = MeltedRelation(self.relation, where, keep, columns, into)
        source.columns = source.relation.columns
        return source

    def _tables(self, frames: "Iterable[pd.DataFrame]", names: Sequence[str]) -> Iterator[Table]:
        empty = True
        for frame in frames:
            empty = False
            yield self._table(frame)
        if empty:
            yield self._table(pd.DataFrame(columns=list(names), dtype=object))

    def _table(self, frame: "pd.DataFrame") -> Table:
        return Table(
            frame,
            self.schema,
            self.name,
            tuple(self.notes),
            report=self.report,
            vocabulary=self.vocabulary,
        )
