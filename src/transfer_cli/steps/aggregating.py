"""The steps of ``aggregate``: a table held whole, read in blocks, or read by another engine."""

from collections.abc import Sequence

from transfer_cli import aggregate, dataset
from transfer_cli import oldquery as query
from transfer_cli.aggregate import Request
from transfer_cli.render.output import Target
from transfer_cli.scanning import engines, large
from transfer_cli.selecting.selection import Selection
from transfer_cli.sources import Source
from transfer_cli.table import Table


def answer(
    name: str, sources: Sequence[Source], selection: Selection, request: Request,
    target: Target, engine: str = "auto", cluster: str = "",
) -> Table:  # fmt: skip
    """Return the statistics asked for of the rows that a selection wants.

    ``cluster`` is the address of one that is to read them.
    """
    engines.check(engine)
    if cluster:
        from transfer_cli.scanning.workers import cluster as workers

        return workers.summarise(cluster, large.shared(name, sources), selection, request)
    if large.path(name, sources):
        from transfer_cli.steps import reading

        with reading.scan(name, sources, target, engine) as found:
            if found is not None:
                from transfer_cli.scanning import summary

                return summary.summarise(found, selection, request, engine)
    return aggregate.aggregate(query.select(dataset.load(name, sources), selection), request)
