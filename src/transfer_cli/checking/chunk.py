"""A chunk of a large table, asked as a table in memory is: each distinct cell is judged once."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from transfer_cli.checking import doubts, reading
from transfer_cli.checking.finding import Finding, sort
from transfer_cli.checking.ledger import MOST, Ledger, Sort
from transfer_cli.checking.tablefile import Judge, Row, TableFile
from transfer_cli.errors import DataError
from transfer_cli.files import textfile
from transfer_cli.frames import pd
from transfer_cli.scanning import chunks
from transfer_cli.scanning.blocks import Block

_ODD = 0x9E3779B97F4A7C15
"""Keeps the hashes of (a, b) and (b, a) apart."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """Rows of a table in one file, each column as categories; the index is the line of each.

    ``frame`` has all of them, ``whole`` those that are not broken, ``broken`` the lines of others.
    """

    table: TableFile
    file: str
    frame: pd.DataFrame
    whole: pd.DataFrame
    ledger: Ledger
    broken: Collection[int] = ()

    @property
    def kind(self) -> str:
        """The built-in table that it is like, or empty."""
        return self.table.kind

    @property
    def columns(self) -> list[str]:
        """The names of its columns."""
        return list(self.frame.columns)

    @property
    def fields(self) -> list[dict[str, Any]]:
        """The fields that it should have."""
        return self.table.fields

    def at(self, row: Row, column: str, problem: str, fix: str) -> Finding:
        """Return a finding about a cell."""
        return Finding(self.file, row.line, column, problem, fix)

    def judged(self, column: str, judge: Judge) -> Iterator[Finding]:
        """Yield what a judge says of a column: the first of each sort; the rest is counted."""
        cells = self.whole[column].cat
        judged = ((code, judge(cell)) for code, cell in enumerate(cells.categories.tolist()))
        wrong = {code: found for code, found in judged if found}
        sorts: dict[Sort, int] = {}
        numbers = {code: sorts.setdefault(sort(column, fix), len(sorts))
                   for code, (_, fix) in wrong.items()}  # fmt: skip
        codes = cells.codes[cells.codes.isin(wrong)]
        for number, alike in codes.groupby(codes.map(numbers)):
            first = alike.head(MOST)
            for line, code in zip(first.index.tolist(), first.tolist(), strict=True):
                yield Finding(self.file, line, column, *wrong[code])
            self.ledger.counts[list(sorts)[number]] += max(0, len(alike) - MOST)

    def doubtful(self) -> Sequence[Row]:
        """Return the rows whose cells may contradict each other."""
        return list(self.rows(doubts.rows(self.kind, self.whole), self.whole))

    def rows(self, mask: Any, frame: pd.DataFrame | None = None) -> Iterator[Row]:
        """Yield the rows that a mask of the frame tells."""
        found = (self.frame if frame is None else frame)[mask]
        columns = self.columns
        cells = zip(*(found[name].tolist() for name in columns), strict=True)
        for line, row in zip(found.index.tolist(), cells, strict=True):
            yield Row(line, dict(zip(columns, row, strict=True)), line in self.broken, self.file)

    def hashes(self, columns: Sequence[str]) -> Any:
        """Return the cells of each row in these columns as one number; 0 where there are none."""
        total = pd.Series(0, index=self.frame.index, dtype="uint64").to_numpy()
        filled = total.astype(bool)
        for column in filter(self.frame.__contains__, columns):
            cells = self.frame[column].cat
            words = pd.util.hash_array(cells.categories.to_numpy(object))
            total = total * _ODD + words[cells.codes]
            filled |= (self.frame[column] != "").to_numpy()
        return total * filled


def of(block: Any, table: TableFile, ledger: Ledger, columns: Sequence[str]) -> Chunk:
    """Return a block of a table as a chunk with these columns; the ledger gets its broken rows.

    Raises DataError for a block that is not UTF-8.
    """
    try:
        frame = chunks.table(block, columns).frame.astype("category")
    except DataError:
        if not isinstance(block, Block):
            raise
        return _read_on(block, table, ledger, columns)
    return Chunk(table, block.name, frame, frame, ledger)


def _read_on(block: Block, table: TableFile, ledger: Ledger, columns: Sequence[str]) -> Chunk:
    """Return a block that has broken rows, read to its end as a small table is."""
    text = textfile.decode(block.text, block.name, block.line)
    found = TableFile(block.name, block.header)
    ledger.add(reading.parse(found, text, block.delimiter, block.line))
    cells = {name: [row.get(name) for row in found.rows] for name in columns}
    lines = [row.line for row in found.rows]
    frame = pd.DataFrame(cells, index=lines, dtype=object).astype("category")
    broken = [row.line for row in found.rows if row.broken]
    return Chunk(table, block.name, frame, frame.drop(index=broken), ledger, frozenset(broken))
