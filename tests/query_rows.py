"""A table in memory as far as conditions need one, and the same rows through DuckDB."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import duckdb
import pandas as pd

from transfer_cli.model.schema import NO_SCHEMA, Schema, recognise
from transfer_cli.model.vocabulary import Vocabulary
from transfer_cli.query.condition import EVERY_ROW, Condition
from transfer_cli.query.mask import mask
from transfer_cli.query.sql import predicate
from transfer_cli.tables.source import Unreadable
from transfer_cli.tables.table import Table

VOCABULARY = Vocabulary()


@dataclass
class Rows:
    """Rows of text, as a source of counts and in pandas and DuckDB."""

    frame: pd.DataFrame
    schema: Schema = NO_SCHEMA
    name: str = "table.csv"
    vocabulary: Vocabulary = VOCABULARY

    @property
    def columns(self) -> list[str]:
        return list(self.frame.columns)

    def counts(self, where: Condition, column: str) -> "pd.Series[int]":
        assert where == EVERY_ROW
        return self.frame[column].value_counts()

    def rows(
        self,
        where: Condition = EVERY_ROW,
        columns: Sequence[str] = (),
        *,
        limit: int | None = None,
    ) -> Iterator[Table]:
        frame = self.frame[mask(where, self.frame, self.vocabulary)].head(limit)
        frame = frame[[*columns]] if columns else frame
        yield Table(frame, self.schema, self.name, vocabulary=self.vocabulary)

    def count(self, where: Condition = EVERY_ROW) -> int:
        return int(mask(where, self.frame, self.vocabulary).sum())

    def unreadable(self, where: Condition, column: str) -> Unreadable:
        from transfer_cli.model import numbers

        cells = self.frame[column][mask(where, self.frame, self.vocabulary)]
        bad = [(line, cell) for line, cell in cells.items()
               if cell and not numbers.is_number(cell)]  # fmt: skip
        return Unreadable(len(bad), bad[0][1], bad[0][0]) if bad else Unreadable(0)

    def in_pandas(self, condition: Condition) -> list[int]:
        """Return the positions of the rows that satisfy a condition, by the mask."""
        return mask(condition, self.frame, self.vocabulary).to_numpy().nonzero()[0].tolist()

    def in_duckdb(self, condition: Condition) -> list[int]:
        """Return the positions of the rows that satisfy a condition, by SQL."""
        text, values = predicate(
            condition, self.columns, self.vocabulary, lambda name: self.frame[name].unique()
        )
        frame = self.frame.set_axis([f"c{n}" for n in range(len(self.columns))], axis=1)
        names = ", ".join(f"{name}::VARCHAR AS {name}" for name in frame)
        duck().register("registered", frame.assign(position=range(len(frame))))
        query = (
            f"SELECT position FROM (SELECT {names}, position FROM registered)"  # noqa: S608
            f" WHERE {text} ORDER BY position"
        )
        return [row[0] for row in duck().execute(query, values).fetchall()]


@cache
def duck() -> duckdb.DuckDBPyConnection:
    """Return a connection that all examples of a test use."""
    connection = duckdb.connect()
    connection.execute("SET enable_progress_bar = false")
    connection.execute("SET threads = 1")
    return connection


def rows(header: str, *cells: Sequence[str]) -> Rows:
    """Return rows from a header and tuples of cells: ``rows("a,b", ("1", "x"), …)``."""
    columns = header.split(",")
    frame = pd.DataFrame(list(cells), columns=columns, dtype=object)
    frame.index = range(2, len(frame) + 2)
    return Rows(frame, recognise(columns))
