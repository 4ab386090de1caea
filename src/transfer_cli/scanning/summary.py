"""An aggregate of a large table: partial by partial, in bounded memory."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from shlex import quote

from transfer_cli import aggregate
from transfer_cli.aggregate import Request
from transfer_cli.aggregation import partials
from transfer_cli.aggregation.partials import Partial
from transfer_cli.aggregation.plan import Plan
from transfer_cli.model.containment import FAMILY
from transfer_cli.scanning import engines, tally
from transfer_cli.scanning.tables import Scan
from transfer_cli.scanning.tally import Tally
from transfer_cli.selecting.selection import Selection
from transfer_cli.table import Table

TOGETHER = 400_000
"""Atoms held before partials are put together, so that groups and not chunks set the memory."""


@dataclass(slots=True)
class Total:
    """The partials of chunks, put together as they come."""

    plan: Plan
    parts: list[Partial] = field(default_factory=list)

    def add(self, rows: Table) -> None:
        """Take in the rows of a chunk."""
        self.parts.append(partials.partial(aggregate.prepared(rows, self.plan), self.plan))
        if sum(len(part.sums) for part in self.parts) > TOGETHER:
            self.parts = [self.whole()]

    def whole(self) -> Partial:
        """Return the partial of all rows so far."""
        return partials.combine(self.parts, self.plan)


def summarise(scan: Scan, selection: Selection, request: Request, engine: str = "auto") -> Table:
    """Return what ``aggregate.aggregate`` does for the rows of a large table that are wanted."""

    def read(plan: Plan) -> tuple[Partial, Tally]:
        return _handed(scan, selection, plan, engine) or total(scan, selection, plan)

    return answered(scan.head, read, request)


def _handed(
    scan: Scan, selection: Selection, plan: Plan, engine: str
) -> tuple[Partial, Tally] | None:
    """Let DuckDB read and add up, if it is to and is able; what it finds needs no note."""
    if plan.apart or not plan.role.value or not engines.takes(engine, scan.paths):
        return None
    from transfer_cli.scanning.duck import handed

    part = handed.part(scan, selection, plan)
    return (part, Tally(selection, total=1, kept=1)) if part is not None else None


def answered(head: Table, read: Callable[[Plan], tuple[Partial, Tally]], request: Request) -> Table:
    """Return the aggregate of a table with the columns of ``head``, whose rows ``read`` reads.

    Where figures show signs of lying inside one another, they are read a second time, kept apart.
    """
    plan = aggregate.planned(head, request)
    part, decided = read(plan)
    if part.signs.nested:
        plan = plan.kept_apart(part.signs.family)
        part, decided = read(plan)
    notes = decided.notes()
    if plan.guarded and "id" in head.columns:
        notes.append(
            f"ids that stand twice are not looked for here: transfer-cli check {quote(head.name)}"
        )
    return aggregate.told(part, plan, request, head.with_frame(head.frame, *notes))


def total(scan: Scan, selection: Selection, plan: Plan) -> tuple[Partial, Tally]:
    """Return the partial aggregate of all rows wanted, and what is to be said of them."""
    decided, found = Tally(selection), Total(plan)
    found.add(scan.head)
    deciding = tally.needed(scan.head, selection)
    for chunk in scan.tables(columns(scan.head, plan, deciding), number(plan, selection)):
        found.add(decided.rows(chunk))
    return found.whole(), decided


def columns(head: Table, plan: Plan, deciding: Iterable[str]) -> list[str]:
    """Return the columns to read: those of the groups, the number, and those that decide."""
    named = [*head.columns, *plan.by]
    wanted = [*plan.atoms(named), *plan.watched(named), *plan.contains(head.columns)]
    if "part_of" in wanted:
        wanted += FAMILY
    wanted += [*plan.keys, plan.role.value, *deciding]
    found = (tally.source(head, name) for name in wanted)
    return [name for name in dict.fromkeys(found) if name in head.columns]


def number(plan: Plan, selection: Selection) -> str:
    """Return the column to read as numbers at once; none where its printed form is looked at."""
    value = plan.role.value
    looked = value in selection.where or selection.search or value in plan.keys
    return "" if looked else value
