"""Statistics by group, under the rules of likeness: validated before they are run."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from transfer_cli import likeness, measures, partials, query, stats, units
from transfer_cli.errors import RefusedError, UsageError
from transfer_cli.frames import pd
from transfer_cli.measures import Roles
from transfer_cli.quantities import Interval
from transfer_cli.schema import Schema
from transfer_cli.stats import Statistic
from transfer_cli.table import Table


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
    RefusedError when nothing that was asked has a meaning.
    """
    table = query.derive(table, request.by)
    table.require(request.by)
    if request.only_counts:
        return _count(table, request)
    request = replace(request, value=request.value or query.value_column(table))
    table.require([request.value])
    role = measures.roles(table, request.value)
    _check_across(request, role)
    return _Aggregation(table, request, role).run()


def _count(table: Table, request: Request) -> Table:
    by = list(request.by)
    name = request.statistics[0].name
    if by:
        counted = table.frame.groupby(by, sort=False, dropna=False).size().rename(name)
        frame = _ordered(counted.reset_index(), by, table)
    else:
        frame = pd.DataFrame({name: [len(table.frame)]})
    return _answer(table, frame, table.notes)


def _check_across(request: Request, role: Roles) -> None:
    allowed = role.likeness
    for name in request.across:
        if name not in allowed:
            choice = f"choose from {', '.join(allowed)}" if allowed else "leave --across out"
            raise UsageError(f"--across cannot give up {name!r}", choice)


def _ordered(frame: pd.DataFrame, keys: Sequence[str], table: Table) -> pd.DataFrame:
    """Order rows by their keys, as the vocabulary orders them where it does; empty last."""
    order = pd.DataFrame({key: rank(frame[key], key, table) for key in keys})
    return frame.loc[order.sort_values(list(keys), kind="stable").index].reset_index(drop=True)


def rank(cells: "pd.Series[str]", key: str, table: Table) -> "pd.Series[int]":
    """Return the place of each cell of a key column in the stated order of its values."""
    from transfer_cli.ordering import position

    distinct = sorted(pd.unique(cells), key=lambda cell: position(key, cell))
    return cells.map({cell: place for place, cell in enumerate(distinct)})


def _answer(table: Table, frame: pd.DataFrame, notes: Sequence[str]) -> Table:
    known = [table.field(name) for name in frame.columns]
    fields = tuple(
        replace(field, type="number") if field.name == field.title == "" else field
        for field in known
    )
    return Table(frame, Schema("aggregate", fields), table.name, tuple(notes))


class _Aggregation:
    """One run of ``aggregate``: rows are measured, guarded, summed and told."""

    def __init__(self, table: Table, request: Request, role: Roles) -> None:
        self.table = table
        self.request = request
        self.role = role
        kept = [name for name in role.likeness if name not in request.across]
        self.keys = list(dict.fromkeys([*request.by, *kept]))
        self.notes = list(table.notes)
        self.refusals: list[likeness.Refusal] = []

    def run(self) -> Table:
        measured = measures.measure(self.table, self.role)
        rows = self.table.frame.loc[measured.index]
        extra = rows[[c for c in rows.columns if c not in measured.columns]]
        rows = (
            extra.join(measured) if rows.index.is_unique else pd.concat([extra, measured], axis=1)
        )
        groups = [*self.keys, "dimension"]
        if not self.role.guarded:
            self.notes.append(self._unguarded())
        rows, left_out, refused = self._guard(rows, groups)
        ordered = any(s.quantile is not None for s in self.request.statistics)
        whole = partials.combine([partials.partial(rows, groups, ordered=ordered)], groups)
        frame = self._tell(whole, groups, left_out, refused)
        return _answer(self.table, frame, self.notes)

    def _unguarded(self) -> str:
        lacking = [name for name in ("indicator", "status", "scope", "period", "unit")
                   if name not in self.table.columns]  # fmt: skip
        told = ", ".join(lacking) or "the columns of a figure"
        return f"plain arithmetic: the table lacks {told}, so nothing guarded it"

    def _guard(
        self, rows: pd.DataFrame, groups: list[str]
    ) -> tuple[pd.DataFrame, dict[object, int], dict[object, likeness.Refusal]]:
        left_out: dict[object, int] = {}
        refused: dict[object, likeness.Refusal] = {}
        if "indicator" not in self.role.likeness:
            return rows, left_out, refused
        wholes = rows["part_of"] if "part_of" in rows else pd.Series("", index=rows.index)
        ids = rows["id"] if "id" in rows else pd.Series("", index=rows.index)
        chains = likeness.chains(list(ids), list(wholes))
        dropped: list[object] = []
        for key, group in rows.groupby(groups, sort=False, dropna=False):
            if len(group) < 2 and not self._never_adds(group):
                continue
            inside = self._inside(group, chains)
            left_out[key] = len(inside)
            dropped.extend(inside)
            reason = likeness.refusal(group.drop(index=inside), self.request.across)
            if reason:
                refused[key] = reason
        return rows.drop(index=dropped), left_out, refused

    def _never_adds(self, group: pd.DataFrame) -> bool:
        row = measures.indicator_of(group["indicator"].iloc[0])
        return row is not None and row.kind in likeness.NOT_ADDITIVE

    def _inside(self, group: pd.DataFrame, chains: dict[str, tuple[str, ...]]) -> list[object]:
        parts = likeness.parts_within(group, chains) if "id" in group else []
        inside = list(group.index[group["id"].isin(parts)]) if parts else []
        if parts:
            self.notes.append(f"left out, as part of another figure here: {', '.join(parts)}")
        areas = [i for i in likeness.areas_within(group) if i not in inside]
        if areas:
            named = ", ".join(group.loc[areas, "id"]) if "id" in group else f"{len(areas)} rows"
            self.notes.append(f"left out, as they may lie inside a wider figure here: {named}")
        return [*inside, *areas]

    def _tell(
        self,
        whole: partials.Partial,
        groups: list[str],
        left_out: dict[object, int],
        refused: dict[object, likeness.Refusal],
    ) -> pd.DataFrame:
        sums = whole.sums
        keys = [tuple(row) for row in sums[groups].itertuples(index=False)]
        out = sums[self.keys].copy()
        factors, names = self._units(sums)
        if self.role.unit:
            out["unit"] = names
        out["n"] = sums["n"]
        out["left_out"] = [left_out.get(key, 0) for key in keys]
        for statistic in self.request.statistics:
            blocked = [self._blocked(statistic, refused.get(key)) for key in keys]
            self._add(out, statistic, whole, groups, factors, blocked)
        return self._shown(out)

    def _blocked(self, statistic: Statistic, reason: likeness.Refusal | None) -> bool:
        if reason is None:
            return False
        if statistic.kind == "sum":
            self.refusals.append(reason)
            return True
        if statistic.kind in likeness.WEIGHTLESS:
            self.notes.append(f"{statistic.name} is unweighted: {reason.reason}")
        return False

    def _add(
        self,
        out: pd.DataFrame,
        statistic: Statistic,
        whole: partials.Partial,
        groups: list[str],
        factors: "pd.Series[float]",
        blocked: list[bool],
    ) -> None:
        name = statistic.name
        if statistic.kind == "count":
            out[name] = out["n"] + out["left_out"]
            return
        result = stats.evaluate(statistic, whole, groups)
        for side in partials.SIDES:
            result[side] = (result[side] / factors).where(~pd.Series(blocked, index=result.index))
        out[name] = result["value"]
        if not statistic.bounded or not self.role.bound:
            return
        bounds = [bound_of(result.loc[i], whole.sums.loc[i]) for i in result.index]
        out[f"{name}_bound"] = bounds
        finite = ~whole.sums["about"]
        for side in ("low", "high"):
            out[f"{name}_{side}"] = result[side].where(
                finite & (result[side].abs() != measures.INF)
            )

    def _units(self, sums: pd.DataFrame) -> tuple["pd.Series[float]", list[str]]:
        chosen = [self._unit(row) for row in sums.itertuples(index=False)]
        factors = pd.Series([float(unit.factor) for unit in chosen], index=sums.index)
        return factors, [unit.name for unit in chosen]

    def _unit(self, row: object) -> units.Unit:
        indicator = str(getattr(row, "indicator", ""))
        printed = measures.unit_of(str(getattr(row, "unit", "") or ""), indicator)
        if self.request.unit:
            return units.target(self.request.unit, printed)
        known = measures.indicator_of(indicator)
        if getattr(row, "mixed", False) and known is not None:
            default = measures.unit_of(known.unit, indicator)
            if default.dimension == printed.dimension:
                return default
        return printed

    def _shown(self, out: pd.DataFrame) -> pd.DataFrame:
        """Drop the groups that were refused everything; raise if that leaves nothing."""
        names = [s.name for s in self.request.statistics if s.kind != "count"]
        empty = out[names].isna().all(axis=1)
        if len(out) and empty.all() and self.refusals:
            first = self.refusals[0]
            raise RefusedError(first.reason, first.hint)
        reasons = list(dict.fromkeys(reason.reason for reason in self.refusals))
        if reasons:
            self.notes.append(f"no sum for {int(empty.sum())} groups: {'; '.join(reasons[:6])}")
        return _ordered(out[~empty | (out["n"] == 0)], self.keys, self.table)


def bound_of(result: "pd.Series[float]", sums: "pd.Series[float]") -> str:
    """Return the strongest word that is true of a computed figure; empty where there is none."""
    if pd.isna(result["value"]):
        return ""
    low, high = result["low"], result["high"]
    interval = Interval(
        result["value"], low, high, bool(result["low_open"]), bool(result["high_open"]),
        bool(sums["about"]), bool(sums["inexact"]) and not bool(sums["not_near"]),
    )  # fmt: skip
    return interval.bound
