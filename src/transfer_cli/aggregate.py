"""Statistics by group, under the rules of likeness: validated before they are run."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from transfer_cli import answer, atoms, guard, likeness, measures, order, query
from transfer_cli.atoms import Part, Plan
from transfer_cli.errors import Instead, RefusedError, UsageError
from transfer_cli.frames import pd
from transfer_cli.measures import Roles
from transfer_cli.schema import Field
from transfer_cli.stats import Statistic
from transfer_cli.table import Table
from transfer_cli.vocab import PROVINCES


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked: the groups, the statistics, the value column and the likeness given up."""

    by: tuple[str, ...] = ()
    statistics: tuple[Statistic, ...] = ()
    value: str = ""
    across: tuple[str, ...] = ()
    unit: str = ""

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
    plan = planned(table, request)
    contained: dict[str, tuple[str, ...]] = {}
    if {"id", "part_of"} <= set(table.columns):
        ids, wholes = table.frame["id"], table.frame["part_of"]
        plan = replace(plan, family=atoms.family(ids, wholes))
        contained = likeness.chains(list(ids), list(wholes))
    part = atoms.partial(query.derive(table, request.by), plan)
    return told(part, plan, request, contained, table)


def planned(table: Table, request: Request) -> Plan:
    """Return how a table with these columns is put together; only its columns are looked at."""
    table = query.derive(table, request.by)
    table.require(request.by)
    if request.only_counts:
        return Plan(request.by, measures.COUNTED)
    value = request.value or query.value_column(table)
    table.require([value])
    _check_adds(table.field(value), request)
    role = measures.roles(table, value)
    _check_across(request.across, role)
    likenesses = (name for name in role.likeness if name not in request.across)
    keys = tuple(dict.fromkeys([*request.by, *likenesses]))
    ordered = any(statistic.quantile is not None for statistic in request.statistics)
    return Plan(keys, role, request.by, request.across, ordered)


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


def told(
    part: Part, plan: Plan, request: Request, contained: Mapping[str, tuple[str, ...]], table: Table
) -> Table:
    """Return the answer that a whole partial aggregate gives, in the order of its keys.

    ``contained`` maps an id to the figures around it; of ``table`` the meaning is used, no rows.
    """
    if not plan.role.value:
        return _counts(part, request, table)
    lifted = measures.lift(part.figures.sums, plan.role)
    if plan.apart:
        verdict = guard.judge(lifted, plan, contained)
    else:
        words = {name: measures.dimensions(w.sums, plan.role) for name, w in part.words.items()}
        verdict = guard.judge_words(words, lifted, plan)
    kept = lifted.drop(index=verdict.dropped)
    sums, codes = measures.merge(kept, plan.groups)
    values = order.ordered(part.figures, kept, codes, len(sums)) if plan.ordered else None
    asked = answer.Asked(request.statistics, list(plan.keys), request.unit, plan.role)
    verdict.notes += _silent(table, plan.keys)
    frame, notes = answer.assemble(sums, values, asked, verdict)
    if any(statistic.kind == "count" for statistic in request.statistics):
        frame = answer.with_silent(frame, part.silent.sums, plan.keys)
    plain = () if plan.role.guarded else (unguarded(table),)
    beside = (*plain, *verdict.given_up, *verdict.notes, *notes)
    return answer.as_table(table, frame, (*table.notes, *beside))


def _silent(table: Table, keys: Sequence[str]) -> list[str]:
    """Name the report's provinces that print nothing of what is put together over provinces."""
    if table.name != "metrics" or "province" in keys:
        return []
    silent = [name for name in PROVINCES if name not in set(table.frame["province"])]
    return [f"nothing is printed for {', '.join(silent)}, which is not zero"] if silent else []


def _counts(part: Part, request: Request, table: Table) -> Table:
    frame = part.silent.sums.rename(columns={"n": request.statistics[0].name})
    if request.by:
        frame = answer.ordered(frame, request.by)
    elif frame.empty:
        frame = pd.DataFrame({name: [0] for name in frame})
    return answer.as_table(table, frame, table.notes)


def unguarded(table: Table) -> str:
    """Return the note for a table without the columns on which the rules of likeness rest."""
    needed = ("indicator", "status", "scope", "period", "unit")
    lacking = ", ".join(name for name in needed if name not in table.columns)
    return f"plain arithmetic: without {lacking or 'the columns of a figure'} nothing guards it"
