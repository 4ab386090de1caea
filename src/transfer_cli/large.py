"""Which tables are worked on in blocks: large ones, packed ones, and many files as one."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from transfer_cli.scanning import files
from transfer_cli.schema import schemas
from transfer_cli.selection import Selection
from transfer_cli.sources import Source

if TYPE_CHECKING:
    from transfer_cli.aggregate import Request
    from transfer_cli.scanning.tables import Scan
    from transfer_cli.table import Table


def scan(name: str, sources: Sequence[Source] = ()) -> "Scan | None":
    """Return the scan of a table that is read in blocks; None for one that is read whole.

    Several sources side by side are read whole.
    """
    if sources and name in schemas():
        if len(sources) > 1:
            return None
        name = str(sources[0].file(name))
    if not files.large(name):
        return None
    from transfer_cli.scanning import tables

    return tables.scan(name)


def aggregated(
    name: str, sources: Sequence[Source], selection: Selection, request: "Request"
) -> "Table":
    """Return the table that ``aggregate`` answers with."""
    found = scan(name, sources)
    if found is not None:
        from transfer_cli.scanning import summary

        return summary.summarise(found, selection, request)
    from transfer_cli import aggregate, dataset, query

    rows = query.select(dataset.load(name, sources), selection)
    return aggregate.aggregate(rows, request)
