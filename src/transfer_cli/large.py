"""Which way a table is worked on: held whole, or read in blocks where it is large."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from transfer_cli.options import OutputOptions
from transfer_cli.scanning import files
from transfer_cli.selection import Selection
from transfer_cli.sources import Source


@dataclass(frozen=True, slots=True)
class Rows:
    """Which rows and columns are wanted, in what order, and how many."""

    selection: Selection
    columns: tuple[str, ...] = ()
    sort: tuple[str, ...] = ()
    limit: int | None = None


def aggregated(
    name: str, sources: Sequence[Source], selection: Selection, request: Any, engine: str
) -> Any:
    """Return the table that ``aggregate`` answers with."""
    from transfer_cli import aggregate, dataset, query

    if not sources and files.large(name):
        from transfer_cli.scanning import summary, tables

        return summary.summarise(tables.scan(name), selection, request, engine)
    return aggregate.aggregate(query.select(dataset.load(name, sources), selection), request)


def write_rows(
    name: str, sources: Sequence[Source], asked: Rows, output: OutputOptions, *, whole: bool
) -> None:
    """Write the rows wanted: those of a large table as they come, where the format lets them."""
    from transfer_cli import query

    if not sources and files.large(name):
        from transfer_cli.scanning import streaming

        if not asked.sort and output.target().chosen() in streaming.FORMATS:
            return _stream(name, asked, output)
    rows = selected(name, sources, asked.selection)
    rows = query.sort(rows, asked.sort) if asked.sort else rows
    rows = query.columns(query.limit(rows, asked.limit), asked.columns)
    return output.finish(rows.sheet(), whole=whole)


def selected(name: str, sources: Sequence[Source], selection: Selection) -> Any:
    """Return the rows wanted as one table; of a large one only they are held."""
    from transfer_cli import dataset, query

    if sources or not files.large(name):
        return query.select(dataset.load(name, sources), selection)
    from transfer_cli.scanning import streaming, tables

    return streaming.gather(streaming.Stream(tables.scan(name, size=streaming.SIZE), selection))


def _stream(name: str, asked: Rows, output: OutputOptions) -> None:
    from transfer_cli.render.output import tell, write_parts
    from transfer_cli.scanning import streaming, tables

    target = output.target()
    scan = tables.scan(name, size=streaming.SIZE)
    stream = streaming.Stream(scan, asked.selection, asked.columns, asked.limit)
    write_parts(stream.lines(target.chosen()), target)
    tell(tuple(stream.notes()), target)
    output.judge(stream.tally.kept if asked.limit != 0 else 0)
