"""Statistics by group, under the rules of likeness: validated before they are run."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from transfer_cli import oldquery as query
from transfer_cli.aggregation import answer, guard, identity, measures, partials, roles
from transfer_cli.aggregation.grouping import Codes
from transfer_cli.aggregation.partials import Partial
from transfer_cli.aggregation.plan import Plan
from transfer_cli.aggregation.roles import DIMENSION, Roles
from transfer_cli.aggregation.stats import Statistic
from transfer_cli.errors import Instead, RefusedError, UsageError
from transfer_cli.frames import pd
from transfer_cli.model.codelists import PROVINCES
from transfer_cli.model.schema import Field, unguarded
from transfer_cli.selecting import conditions
from transfer_cli.table import Table

if TYPE_CHECKING:
    from transfer_cli.aggregation.order import Ordered


class Request(NamedTuple):
    """What is asked: the groups, the statistics, the value column and the likeness given up."""

    by: tuple[str, ...] = ()
    statistics: tuple[Statistic, ...] = ()
    value: str = ""
    across: tuple[str, ...] = ()
    unit: str = ""
    provinces: tuple[str, ...] = PROVINCES

    @property
    def only_counts(self) -> bool:
        """Whether no value is looked at, so that anything may be counted together."""
        return all(statistic.kind == "count" for statistic in self.statistics)


def aggregate(table: Table, request: Request) -> Table:
    """Return one row per group with the statistics asked for.

    Figures are put together only where they agree in what ``Roles.likeness`` names, unless
    ``across`` gives it up; ``n`` counts those used and ``left_out`` the others. Raises
    RefusedError when nothing that was asked has a meaning, UsageError for unknown columns.
    """
    identity.check(table)
    plan = planned(table, request)
    if plan.guarded:
        plan = plan.kept_apart(family=None)
    rows = prepared(table, plan)
    part = partials.combine([partials.partial(rows, plan)], plan)
    twins = identity.alike(rows) if plan.guarded else []
    return told(part, plan, request, table.with_frame(rows.frame, *twins))


def prepared(table: Table, plan: Plan) -> Table:
    """Return a table, or a chunk of one, with derived columns, and provinces under one name."""
    return query.derive(query.with_canonical_provinces(table), plan.by)


def planned(table: Table, request: Request) -> Plan:
    """Return how a table with these columns is put together; only its columns are looked at."""
    by = tuple(dict.fromkeys(request.by))
    query.derive(table, by).require(by)
    _check_names(request)
    if request.only_counts:
        return Plan(by, roles.COUNTED, by)
    value = request.value or conditions.value_column(table)
    table.require([value])
    _check_adds(table.field(value), request)
    role = roles.roles(table, value)
    _check_across(request.across, role)
    likenesses = (name for name in role.likeness if name not in request.across)
    ordered = any(statistic.quantile is not None for statistic in request.statistics)
    return Plan(tuple(dict.fromkeys([*by, *likenesses])), role, by, request.across, ordered)


def _check_names(request: Request) -> None:
    """Refuse to group by a column that is called as a column of the answer is."""
    taken = {DIMENSION, *(s.name for s in request.statistics), "n"}
    if not request.only_counts:
        taken |= {"left_out", *measures.OWN}
    for name in request.by:
        if name in taken:
            raise UsageError(
                f"the answer has a column {name!r} of its own", "rename it in the table"
            )


def _check_adds(field: Field, request: Request) -> None:
    """Refuse to add up a column whose sum means nothing: lines, years, unlike capacities."""
    summed = any(statistic.kind in ("sum", "mean", "std") for statistic in request.statistics)
    if summed and not field.adds:
        raise RefusedError(
            f"the column {field.name!r} holds numbers of different things, which do not add",
            Instead("--stat", "count,min,max"),
        )


def _check_across(across: Sequence[str], role: Roles) -> None:
    for name in across:
        if name not in role.likeness:
            choice = f"choose from {', '.join(role.likeness)}" if role.likeness else "leave it out"
            raise UsageError(f"--across cannot give up {name!r}", choice)


def told(part: Partial, plan: Plan, request: Request, table: Table) -> Table:
    """Return the answer that a whole partial aggregate gives, in the order of its keys.

    Of ``table`` the meaning and the notes are used, and the provinces that it has.
    """
    if not plan.role.value:
        return _counts(part, request, plan, table)
    lifted = measures.lift(part.sums, plan.role)
    met = {name: measures.dimensions(rows, plan.role) for name, rows in part.words.items()}
    verdict = guard.judge(lifted, met, plan)
    kept = lifted.drop(index=verdict.dropped)
    sums, codes = measures.merge(kept, plan.groups)
    values = _ordered(part, kept, codes, len(sums)) if plan.ordered else None
    asked = answer.Asked(request.statistics, list(plan.keys), request.unit, plan.role)
    verdict.notes += _silent(table, plan.keys, request.provinces)
    frame, notes = answer.assemble(answer.Whole(sums, values), asked, verdict)
    if any(statistic.kind == "count" for statistic in request.statistics):
        frame = answer.with_silent(frame, part.silent, plan.keys)
    plain = () if plan.role.guarded else (unguarded(table.columns),)
    return answer.as_table(
        table, frame, (*table.notes, *plain, *verdict.given_up, *verdict.notes, *notes)
    )


def _ordered(part: Partial, kept: pd.DataFrame, codes: Codes, count: int) -> "Ordered":
    from transfer_cli.aggregation import order

    return order.ordered(part, kept, codes, count)


def _counts(part: Partial, request: Request, plan: Plan, table: Table) -> Table:
    frame = part.silent.rename(columns={"n": request.statistics[0].name})
    if plan.by:
        frame = answer.ordered(frame, plan.by)
    elif frame.empty:
        frame = pd.DataFrame({name: [0] for name in frame})
    return answer.as_table(table, frame, table.notes)


def _silent(table: Table, keys: Sequence[str], asked: Sequence[str]) -> list[str]:
    """Name the provinces asked for that print nothing of what is put together over provinces."""
    if not table.report or "province" in keys:
        return []
    silent = [name for name in asked if name not in set(table.frame["province"])]
    return [f"nothing is printed for {', '.join(silent)}, which is not zero"] if silent else []
