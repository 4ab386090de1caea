"""An aggregate of a large table: partial by partial, in bounded memory."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from transfer_cli import aggregate, atoms, likeness, query
from transfer_cli.aggregate import Request
from transfer_cli.atoms import Part, Plan
from transfer_cli.frames import pd
from transfer_cli.scanning import conditions, duck, engines
from transfer_cli.scanning.conditions import Tally
from transfer_cli.scanning.tables import Scan
from transfer_cli.selection import Selection
from transfer_cli.table import Table

TOGETHER = 24
"""Partials held before they are put together, so that groups and not chunks set the memory."""


@dataclass(slots=True)
class Sum:
    """The partials of chunks, put together as they come."""

    plan: Plan
    parts: list[Part] = field(default_factory=list)

    def add(self, chunk: Table) -> None:
        """Take in the rows of a chunk."""
        self.parts.append(atoms.partial(query.derive(chunk, self.plan.keys), self.plan))
        if len(self.parts) >= TOGETHER:
            self.parts = [self.whole()]

    def whole(self) -> Part:
        """Return the partial of all rows so far."""
        return atoms.combine(self.parts, self.plan)


def summarise(scan: Scan, selection: Selection, request: Request, engine: str = "auto") -> Table:
    """Return what ``aggregate.aggregate`` does for the rows of a large table that are wanted.

    ``engine`` is ``pandas``, ``duckdb``, or ``auto``: DuckDB where it is installed and gains. What
    it cannot be asked is done here in either case, with the same answer.
    """
    engines.check(engine)
    head = scan.head
    plan = aggregate.planned(head, request)
    deciding = conditions.needed(head, selection)
    plan, contained = related(scan, selection, plan, deciding)
    plan = replace(plan, apart=bool(plan.family))
    # Measured: to list the words that meet costs DuckDB more than its faster scan gains.
    wanted = engine == "duckdb" or (engine == "auto" and not atoms.watched(plan, head.columns))
    handed = wanted and duck.installed() and duck.able(scan, plan, selection)
    part, tally = (handed and _handed(scan, plan)) or _total(scan, selection, plan)
    if _nested(part):
        plan = replace(plan, apart=True)
        part, tally = _total(scan, selection, plan)
    told = head.with_frame(head.frame, *tally.notes())
    return aggregate.told(part, plan, request, contained, told)


def _handed(scan: Scan, plan: Plan) -> tuple[Part, Tally] | None:
    found = duck.part(scan, plan)
    return found and (found[0], Tally(Selection(), total=found[1], kept=found[1]))


def _total(scan: Scan, selection: Selection, plan: Plan) -> tuple[Part, Tally]:
    tally, total, head = Tally(selection), Sum(plan), scan.head
    read = columns(head, plan, conditions.needed(head, selection))
    for chunk in scan.tables(read, number(plan, selection)):
        total.add(tally.rows(chunk))
    if not total.parts:
        total.add(head)
    return total.whole(), tally


def _nested(part: Part) -> bool:
    """Tell whether some areas lie inside others, so that figures must be told apart after all."""
    scopes = part.words.get("scope")
    return scopes is not None and likeness.may_contain(list(pd.unique(scopes.sums["scope"])))


def columns(head: Table, plan: Plan, deciding: list[str]) -> list[str]:
    """Return the columns to read: those of the atoms, the number, and those that decide."""
    present = [*head.columns, *plan.by, *plan.keys]
    wanted = [*plan.columns(present), *(name for name in plan.watched if name in present)]
    wanted += [*plan.keys, plan.role.value, *deciding]
    return [name for name in dict.fromkeys(conditions.source(head, n) for n in wanted) if name]


def number(plan: Plan, selection: Selection) -> str:
    """Return the column to read as numbers at once; none where its printed form is looked at."""
    value = plan.role.value
    looked = value in selection.where or selection.search or value in plan.keys
    return "" if looked else value


def related(
    scan: Scan, selection: Selection, plan: Plan, deciding: list[str]
) -> tuple[Plan, dict[str, tuple[str, ...]]]:
    """Read first which figures are part of others, where the table says so."""
    head = scan.head
    if "indicator" not in plan.role.likeness or not {"id", "part_of"} <= set(head.columns):
        return plan, {}
    rows = _parts(scan, selection, deciding)
    family = atoms.family(rows["id"], rows["part_of"])
    return replace(plan, family=family), likeness.chains(list(rows["id"]), list(rows["part_of"]))


def _parts(scan: Scan, selection: Selection, deciding: list[str]) -> pd.DataFrame:
    return pd.concat([pd.DataFrame(columns=["id", "part_of"]), *_found(scan, selection, deciding)])


def _found(scan: Scan, selection: Selection, deciding: list[str]) -> Iterator[pd.DataFrame]:
    tally = Tally(selection)
    for chunk in scan.tables([*deciding, "id", "part_of"]):
        parts = chunk.with_frame(chunk.frame[chunk.frame["part_of"] != ""])
        if len(parts.frame):
            yield tally.rows(parts).frame[["id", "part_of"]].astype(object)
