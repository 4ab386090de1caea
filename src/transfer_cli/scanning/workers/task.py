"""What the workers of a cluster do: aggregate a piece of a table, and put such answers together."""

from collections.abc import Sequence
from dataclasses import dataclass

from transfer_cli.aggregation import partials
from transfer_cli.aggregation.partials import Partial
from transfer_cli.aggregation.plan import Plan
from transfer_cli.errors import TransferError
from transfer_cli.scanning import chunks
from transfer_cli.scanning.summary import Total
from transfer_cli.scanning.tally import Tally
from transfer_cli.scanning.workers.beside import Beside
from transfer_cli.scanning.workers.pieces import Piece
from transfer_cli.selecting.selection import Selection
from transfer_cli.table import Table


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of every piece: the plan, the conditions, and the columns to read for both.

    ``head`` is the table without its rows, and ``beside`` the user's own look-ups.
    """

    head: Table
    selection: Selection
    plan: Plan
    columns: Sequence[str]
    number: str
    beside: Beside


@dataclass(frozen=True, slots=True)
class Brief:
    """What is asked of an answer before it is used: does it hold, and do those after it.

    ``odd`` and ``lines`` are those of ``Loaded``.
    """

    error: TransferError | None
    odd: bool
    lines: int


@dataclass(frozen=True, slots=True)
class Answer:
    """The partial aggregate of some pieces, and what is to be said of their rows."""

    part: Partial
    tally: Tally
    brief: Brief


def answer(piece: Piece, question: Question) -> Answer:
    """Return the partial aggregate of a piece; an error of ours is part of the answer.

    Raises OSError where the piece cannot be read, which may be worth another try.
    """
    question.beside.hold()
    tally, total, error = Tally(question.selection), Total(question.plan), None
    total.add(question.head)
    loaded = piece.load({*question.columns, question.number})
    try:
        for part in loaded.parts:
            total.add(tally.rows(chunks.table(part, question.columns, question.number)))
    except TransferError as caught:
        error = caught
    return Answer(total.whole(), tally, Brief(error, loaded.odd, loaded.lines))


def brief(answer: Answer) -> Brief:
    """Return the brief of an answer, which is small where the answer may be large."""
    return answer.brief


def together(answers: Sequence[Answer], question: Question) -> Answer:
    """Return the answers of several pieces as one."""
    part = partials.combine([answer.part for answer in answers], question.plan)
    return Answer(part, _added([answer.tally for answer in answers]), answers[0].brief)


def _added(tallies: Sequence[Tally]) -> Tally:
    whole = Tally(tallies[0].selection)
    for tally in tallies:
        whole.count(tally.total, tally.kept)
        whole.units |= tally.units
        for told, met in tally.met.items():
            whole.met[told] = whole.met.get(told, False) or met
        for column, words in tally.words.items():
            whole.words.setdefault(column, set()).update(words)
        # A name is met if it stands in any of the pieces.
        whole.unmet = {
            column: names & tally.unmet[column]
            for column, names in whole.unmet.items()
            if column in tally.unmet
        }
    return whole
