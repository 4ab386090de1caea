"""The rows that may be wanted, sought out by DuckDB, so that most need no pandas.

DuckDB only drops rows that cannot be wanted: those with a word, met in a sample of the table, that
meets a condition not. Our own conditions decide on the rest, so the answer is the same as without.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from transfer_cli.files import inputs
from transfer_cli.model.schema import has_figures
from transfer_cli.scanning import blocks, engines
from transfer_cli.scanning.blocks import Block
from transfer_cli.scanning.duck import duckpipe, sampling, sql
from transfer_cli.scanning.duck.alike import read_alike
from transfer_cli.scanning.duck.duckpipe import NO_CELL, DuckPipe
from transfer_cli.selecting import meeting
from transfer_cli.selecting.selection import Selection

PIECE = 4 << 20
"""Bytes of rows that are taken at once."""
MOST_WORDS = 100
"""Words that are dropped by name; of a column with more of them nothing is."""
_SAMPLE = 1 << 16
"""Bytes that are looked at in each place of a file, for its words."""

Dropped = Sequence[tuple[str, Sequence[str]]]
"""Columns, each with words that no wanted row holds in it."""


class SieveError(Exception):
    """DuckDB met what it cannot read, or reads otherwise than we do: the blocks tell what."""


@dataclass(frozen=True, slots=True)
class Sieve:
    """Rows of files on their way from DuckDB."""

    header: list[str]
    delimiter: str
    pipe: DuckPipe

    def blocks(self, name: str, seen: Callable[[int], None]) -> Iterator[Block]:
        """Yield the rows in blocks, whose lines are not those of the file.

        Raises SieveError after the last one if more rows may follow.
        """
        self.pipe.seen = seen
        try:
            for text in blocks.whole(self.pipe, PIECE, self.delimiter):
                yield Block(name, self.header, self.delimiter, text, 0)
        finally:
            self.close()
        if self.pipe.failed:
            raise SieveError

    def close(self) -> None:
        """Stop reading."""
        self.pipe.close()


def start(engine: str, paths: Sequence[Path], selections: Sequence[Selection]) -> Sieve | None:
    """Return the rows of ``paths`` on their way, if DuckDB is to read them and gains by it.

    The first selection is the user's, the second a condition more on figures. It gains nothing
    where a condition is decided by more than one cell, or something is told of all rows: limits,
    whose units and odd numbers are told, and columns that are missing.
    """
    if not engines.takes(engine, paths):
        return None
    header, delimiter = blocks.header(paths[0], inputs.label(paths[0]))
    asked = selections[0]
    every = selections if has_figures(header) else [asked]
    told = len(list(meeting.alone(asked, header))) == len(asked.equal) + bool(asked.periods)
    if not meeting.decides(asked) or not told or not duckpipe.able(header):
        return None
    dropped = list(_hopeless(paths, header, delimiter, every))
    if engine == "auto" and not any(any(words) for _, words in dropped):
        return None
    return Sieve(header, delimiter, _started(paths, header, delimiter, dropped))


def _started(
    paths: Sequence[Path], header: Sequence[str], delimiter: str, dropped: Dropped
) -> DuckPipe:
    # NOT IN would be made a join, which is slower and loses the order of the rows.
    asked = [f"{sql.name(name)} <> ?" for name, words in dropped for _ in words]
    where = " AND ".join(["true", *asked])
    query = f"SELECT * FROM {duckpipe.source(header, delimiter)} WHERE {where}"  # noqa: S608
    words = [word for _, words in dropped for word in words]
    how = f"FORMAT csv, HEADER false, DELIM {sql.text(delimiter)}, QUOTE '\"', ESCAPE '\"'"

    def alike(path: Path) -> bool:
        return read_alike(path, header, delimiter)

    return DuckPipe(paths, alike, query, words, f"{how}, NULLSTR {sql.text(NO_CELL)}")


def _hopeless(
    paths: Sequence[Path], header: Sequence[str], delimiter: str, selections: Iterable[Selection]
) -> Iterator[tuple[str, list[str]]]:
    """Yield columns with the words of a sample that meet their condition not.

    The empty cell is always among them: SQL keeps no row of which it does not know.
    """
    rows = sampling.rows(paths, len(header), delimiter, _SAMPLE)
    for selection in selections:
        for column, test in meeting.alone(selection, header):
            place = header.index(column)
            words = sorted({"", *(row[place] for row in rows)})
            hopeless = [word for word in words if not test(word)]
            if "" in hopeless and len(hopeless) <= MOST_WORDS:
                yield column, hopeless
