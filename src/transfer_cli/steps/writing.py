"""The steps of ``filter`` and ``export``: rows of a large table as they come, others at once."""

import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, closing
from typing import TYPE_CHECKING, NamedTuple

from transfer_cli.files import inputs
from transfer_cli.render.output import Target, emit, tell, write_parts
from transfer_cli.scanning import large
from transfer_cli.selecting.selection import Selection
from transfer_cli.sources import Source
from transfer_cli.steps import reading

if TYPE_CHECKING:
    from transfer_cli.scanning.duck.duckpipe import DuckPipe
    from transfer_cli.scanning.duck.sifted import Sifted
    from transfer_cli.scanning.rows import Rows

STREAMED = ("csv", "tsv", "jsonl")
SIZE = 4 << 20
"""Bytes of a block: the first rows are out sooner, and rows as text take ten times as much."""


class Asked(NamedTuple):
    """Which rows and columns of which table are wanted, in what order, and how many."""

    table: str
    sources: Sequence[Source]
    selection: Selection
    columns: Sequence[str] = ()
    sort: Sequence[str] = ()
    limit: int | None = None
    engine: str = "auto"

    @property
    def named(self) -> tuple[str, ...]:
        """The columns that the user looks at: those sorted by, and those of a condition."""
        looked = re.findall(r"\w+", self.selection.where)
        return (*(name.removeprefix("-") for name in self.sort), *looked)

    @property
    def everything(self) -> bool:
        """Whether the table is wanted as it stands."""
        return not (self.selection or self.columns or self.sort or self.limit is not None)


def write(asked: Asked, target: Target) -> bool:
    """Write the rows that are wanted, and tell whether there are any."""
    made = _made(asked) if target.chosen() == "jsonl" and asked.everything else None
    if made is not None:
        return _pass_on(made, asked, target)
    if target.chosen() in STREAMED and not asked.sort:
        with _rows(asked, target, streamed=True) as found:
            if found is not None:
                write_parts(_lines(found, asked, target), target)
                return found.out > 0
    with _rows(asked, target, streamed=False) as found:
        return _gather(found, asked, target)


def _rows(
    asked: Asked, target: Target, *, streamed: bool
) -> "AbstractContextManager[Rows | Sifted | None]":
    """Give the rows wanted of a large table; None for one that is read whole."""
    # JSON must know which columns hold numbers; a name that stands nowhere is told at once.
    ahead = asked.selection.like or (streamed and target.chosen() == "jsonl")
    return reading.rows(
        asked.table, asked.sources, asked.selection, target, asked.engine,
        limit=None if asked.sort else asked.limit, once=not ahead, size=SIZE,
        shown=not streamed or _beside(target),
    )  # fmt: skip


def _beside(target: Target) -> bool:
    """Tell whether a bar would not stand among the rows: they go elsewhere as they come."""
    return not (target.to_screen and sys.stdout.isatty())


def _lines(found: "Rows | Sifted", asked: Asked, target: Target) -> Iterator[bytes]:
    """Yield rows as they come, and tell at the end what is to be told."""
    from transfer_cli.render.streaming import Stream

    stream = Stream(found, asked.columns)
    yield from stream.lines(target.chosen())
    tell(tuple(stream.notes()), target)


def _made(asked: Asked) -> "DuckPipe | None":
    """Return the JSON lines of a whole table as DuckDB makes them, where it is to do so."""
    from transfer_cli.scanning.duck import duckjson

    found = large.path(asked.table, asked.sources)
    return duckjson.start(asked.engine, inputs.found(found)) if found else None


def _pass_on(made: "DuckPipe", asked: Asked, target: Target) -> bool:
    """Write what DuckDB makes, or else what we do; tell whether there was any."""
    from transfer_cli.scanning.duck import duckjson

    written = False

    def ours() -> Iterator[bytes]:
        with _rows(asked._replace(engine="pandas"), target, streamed=True) as found:
            if found is not None:
                yield from _lines(found, asked, target)

    def parts() -> Iterator[bytes]:
        nonlocal written
        for part in duckjson.lines(made, ours()):
            written = written or bool(part)
            yield part

    with closing(made), reading.watched(made.paths, target, shown=_beside(target)) as made.seen:
        write_parts(parts(), target)
    return written


def _gather(found: "Rows | Sifted | None", asked: Asked, target: Target) -> bool:
    """Write rows that are sorted or drawn as a whole; of a large table only they are held."""
    from transfer_cli import dataset, sorting
    from transfer_cli import oldquery as query

    limit = asked.limit
    if found is None:
        table = query.select(dataset.load(asked.table, asked.sources), asked.selection)
    else:
        from transfer_cli.scanning import chunks, rows

        head = chunks.head(found.name, found.header)
        query.columns(sorting.sort(head, asked.sort), asked.columns)
        table = rows.gather(found)
        limit = asked.limit if asked.sort else None
    table = sorting.sort(table, asked.sort) if asked.sort else table
    sheet = query.columns(query.limit(table, limit), asked.columns).sheet()
    emit(sheet, target._replace(first=asked.named))
    return len(sheet) > 0
