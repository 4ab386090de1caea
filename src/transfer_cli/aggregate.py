"""Statistics by group, under the rules of likeness: validated before they are run."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from transfer_cli import answer, conditions, guard, measures, partials, query
from transfer_cli.errors import DataError, Instead, RefusedError, UsageError
from transfer_cli.frames import pd
from transfer_cli.measures import Roles
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
    request = replace(request, by=tuple(dict.fromkeys(request.by)))
    table = query.derive(query.with_canonical_provinces(table), request.by)
    table.require(request.by)
    _check_ids(table)
    _check_names(request)
    if request.only_counts:
        return _count(table, request)
    request = replace(request, value=request.value or conditions.value_column(table))
    table.require([request.value])
    _check_adds(table, request)
    role = measures.roles(table, request.value)
    _check_across(request.across, role)
    keys = [*request.by, *(name for name in role.likeness if name not in request.across)]
    return _run(table, request, role, list(dict.fromkeys(keys)))


def _count(table: Table, request: Request) -> Table:
    by = list(request.by)
    names = [statistic.name for statistic in request.statistics]
    if by:
        counted = table.frame.groupby(by, sort=False, dropna=False).size()
        frame = answer.ordered(counted.rename(names[0]).reset_index(), by)
    else:
        frame = pd.DataFrame({names[0]: [len(table.frame)]})
    return answer.as_table(table, frame, table.notes)


def _check_ids(table: Table) -> None:
    """Raise DataError where an id stands twice: the same figure would be counted twice."""
    if table.guarded and "id" in table.columns:
        ids = table.frame["id"]
        twice = ids[ids.duplicated() & (ids != "")]
        if len(twice):
            told = f"{table.name}:{twice.index[0]}: column 'id': {twice.iloc[0]!r} stands twice"
            raise DataError(told, "give each figure an id of its own")


def _check_names(request: Request) -> None:
    """Refuse to group by a column that is called as a column of the answer is."""
    taken = {"n", "left_out", measures.DIMENSION, *(s.name for s in request.statistics)}
    for name in request.by:
        if name in taken and not (request.only_counts and name in ("n", "left_out")):
            raise UsageError(
                f"the answer has a column {name!r} of its own", "rename it in the table"
            )


def _check_adds(table: Table, request: Request) -> None:
    """Refuse to add up a column whose sum means nothing: lines, years, unlike capacities."""
    summed = any(statistic.kind in ("sum", "mean", "std") for statistic in request.statistics)
    if summed and not table.field(request.value).adds:
        raise RefusedError(
            f"the column {request.value!r} holds numbers of different things, which do not add",
            Instead("--stat", "count,min,max"),
        )


def _check_across(across: Sequence[str], role: Roles) -> None:
    for name in across:
        if name not in role.likeness:
            choice = f"choose from {', '.join(role.likeness)}" if role.likeness else "leave it out"
            raise UsageError(f"--across cannot give up {name!r}", choice)


def _run(table: Table, request: Request, role: Roles, keys: list[str]) -> Table:
    rows = measures.rows(table, role)
    groups = [*keys, measures.DIMENSION]
    verdict = guard.judge(rows, groups, role, request.by, request.across)
    ordered = any(statistic.quantile is not None for statistic in request.statistics)
    kept = rows.drop(index=verdict.dropped)
    whole = partials.combine([partials.partial(kept, groups, ordered=ordered)], groups)
    asked = answer.Asked(request.statistics, keys, request.unit, role)
    verdict.notes += _silent(table, keys, request.provinces)
    frame, notes = answer.assemble(whole, asked, verdict)
    if any(statistic.kind == "count" for statistic in request.statistics):
        frame = answer.with_silent(frame, table, asked)
    plain = () if role.guarded else (unguarded(table),)
    return answer.as_table(
        table, frame, (*table.notes, *plain, *verdict.given_up, *verdict.notes, *notes)
    )


def _silent(table: Table, keys: Sequence[str], asked: Sequence[str]) -> list[str]:
    """Name the provinces asked for that print nothing of what is put together over provinces."""
    if not table.report or "province" in keys:
        return []
    silent = [name for name in asked if name not in set(table.frame["province"])]
    return [f"nothing is printed for {', '.join(silent)}, which is not zero"] if silent else []


def unguarded(table: Table) -> str:
    """Return the note for a table without the columns on which the rules of likeness rest."""
    needed = ("indicator", "status", "scope", "period", "unit")
    lacking = ", ".join(name for name in needed if name not in table.columns)
    return f"plain arithmetic: without {lacking or 'the columns of a figure'} nothing guards it"
