"""An aggregate on a cluster: ``partial`` where the data is, ``combine`` as a tree, the rules here.

Dask does the distributing: it sends the pieces about, steals work for idle workers, and does
again what a worker had that died.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from transfer_cli.aggregate import Request
from transfer_cli.aggregation.partials import Partial
from transfer_cli.aggregation.plan import Plan
from transfer_cli.scanning import chunks, summary, tally
from transfer_cli.scanning.tally import Tally
from transfer_cli.scanning.workers import beside, connection, pieces, task
from transfer_cli.scanning.workers.pieces import Piece
from transfer_cli.scanning.workers.ranges import Range
from transfer_cli.scanning.workers.task import Brief, Question
from transfer_cli.selecting.selection import Selection
from transfer_cli.table import Table

WIDTH = 8
"""How many answers are put together at once."""
RETRIES = 2
"""How often a piece is tried again that could not be read; dead workers are Dask's own affair."""


def summarise(address: str, name: str, selection: Selection, request: Request) -> Table:
    """Return what ``summary.summarise`` does for a table that the workers of a cluster read.

    Raises TransferError where Dask is missing, where nothing answers at ``address``, or where
    the workers cannot do their work.
    """
    with connection.connected(address) as client:
        found = pieces.split(name)
        head = chunks.head(name, found[0].header)

        def read(plan: Plan) -> tuple[Partial, Tally]:
            return _total(client, found, _question(head, selection, plan))

        return summary.answered(head, read, request)


def _question(head: Table, selection: Selection, plan: Plan) -> Question:
    columns = summary.columns(head, plan, tally.needed(head, selection))
    number = summary.number(plan, selection)
    return Question(head, selection, plan, columns, number, beside.found())


def _total(client: Any, found: list[Piece], question: Question) -> tuple[Partial, Tally]:
    """Return the partial aggregate of all pieces, put together where the parts of it are."""
    # A piece gives the same answer wherever and however often it is read, but is read for this
    # question alone: nothing is gained by looking whether the cluster has met it before.
    how = {"question": question, "pure": False, "retries": RETRIES}
    answers = client.map(task.answer, found, **how)
    briefs = client.gather(client.map(task.brief, answers, pure=False))
    for place, piece in _misread(found, briefs):
        answers[place] = client.submit(task.answer, piece, **how)
        if error := client.submit(task.brief, answers[place], pure=False).result().error:
            raise error
    while len(answers) > 1:
        groups = [answers[at : at + WIDTH] for at in range(0, len(answers), WIDTH)]
        answers = [client.submit(task.together, group, question, pure=False) for group in groups]
    whole = answers[0].result()
    return whole.part, whole.tally


def _misread(found: Sequence[Piece], briefs: Sequence[Brief]) -> Iterator[tuple[int, Piece]]:
    """Yield the pieces to read again, with their places, now that all before them is known.

    A range was taken to begin outside quotes, as nearly all do, and on the second line; an error
    is told again with the line that it is on.
    """
    name, inside, line = "", False, 2
    for place, (piece, told) in enumerate(zip(found, briefs, strict=True)):
        if piece.name != name:
            name, inside, line = piece.name, False, 2
        if isinstance(piece, Range) and (inside or told.error):
            yield place, replace(piece, inside=inside, line=line)
        elif told.error:
            raise told.error
        inside ^= told.odd
        line += told.lines
