"""Which way a table is worked on: held whole, or read in blocks where it is large."""

from collections.abc import Sequence
from typing import Any

from transfer_cli.scanning import files
from transfer_cli.selection import Selection
from transfer_cli.sources import Source


def aggregated(name: str, sources: Sequence[Source], selection: Selection, request: Any) -> Any:
    """Return the table that ``aggregate`` answers with."""
    from transfer_cli import aggregate, dataset, query

    if not sources and files.large(name):
        from transfer_cli.scanning import summary, tables

        return summary.summarise(tables.scan(name), selection, request)
    return aggregate.aggregate(query.select(dataset.load(name, sources), selection), request)
