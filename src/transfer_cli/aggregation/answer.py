"""Puts the statistics of an aggregate into a table: units, bounds, order, refusals told."""

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from transfer_cli.aggregation import measures, stats
from transfer_cli.aggregation.grouping import Codes, factorized
from transfer_cli.aggregation.guard import Verdict
from transfer_cli.aggregation.likeness import Refusal
from transfer_cli.aggregation.measures import INF
from transfer_cli.aggregation.roles import DIMENSION, Roles
from transfer_cli.aggregation.stats import Statistic
from transfer_cli.errors import RefusedError
from transfer_cli.frames import np, pd
from transfer_cli.model import lookups, units
from transfer_cli.model.lookups import indicators
from transfer_cli.model.ordering import position
from transfer_cli.model.schema import Field, Schema
from transfer_cli.table import Table

if TYPE_CHECKING:
    from transfer_cli.aggregation.order import Ordered

MOST_REASONS = 6
"""Reasons told for what was refused: a large table may have one for each of its groups."""


class Asked(NamedTuple):
    """The statistics asked for, the key columns, the unit wanted and the roles of columns."""

    statistics: tuple[Statistic, ...]
    keys: list[str]
    unit: str
    role: Roles


class Whole(NamedTuple):
    """The sums of the groups (see ``measures.merge``), and their values if need be."""

    sums: pd.DataFrame
    values: "Ordered | None" = None


def assemble(whole: Whole, asked: Asked, verdict: Verdict) -> tuple[pd.DataFrame, list[str]]:
    """Return the answer with its notes; raise RefusedError when all that was asked is refused."""
    sums = whole.sums
    keys = list(sums[[*asked.keys, DIMENSION]].itertuples(index=False, name=None))
    out = sums[asked.keys].copy()
    chosen = _chosen(sums, asked)
    if asked.role.unit:
        out["unit"] = [unit.name for unit in chosen]
    out["n"] = sums["n"]
    out["left_out"] = [verdict.left_out.get(key, 0) for key in keys]
    reasons = [verdict.refused.get(key) for key in keys]
    factors = pd.Series([float(unit.factor) for unit in chosen], sums.index, dtype=float)
    for statistic in asked.statistics:
        _add(out, statistic, whole, factors, reasons, asked.role)
    places = _order(out, asked.keys)
    out, reasons = out.iloc[places], [reasons[place] for place in places]
    notes = _refuse(out, asked.statistics, reasons, verdict.notes)
    kept = [not all(_refused(s, reason) for s in asked.statistics) for reason in reasons]
    return out[np.array(kept, dtype=bool)].reset_index(drop=True), notes


def _chosen(sums: pd.DataFrame, asked: Asked) -> list[units.Unit]:
    """Return the unit of each group: the one asked for where it fits; refuse one that fits none."""
    codes = sums["indicator"] if "indicator" in sums else [""] * len(sums)
    kinds = list(zip(codes, sums["unit"], sums["mixed"], strict=True))
    known = {kind: _unit(*kind) for kind in dict.fromkeys(kinds)}
    refused: list[RefusedError] = []
    for kind, unit in known.items() if asked.unit else ():
        try:
            known[kind] = lookups.current().units.target(asked.unit, unit)
        except RefusedError as error:
            refused.append(error)
    if refused and len(refused) == len(known):
        raise refused[0]
    return [known[kind] for kind in kinds]


def _unit(indicator: str, unit: str, mixed: bool) -> units.Unit:
    """Return the unit of a group: the printed one, or the indicator's where several are."""
    known = indicators().get(indicator)
    printed = lookups.current().unit(unit or "", known)
    return lookups.current().default_unit(printed, known) if mixed else printed


def _add(
    out: pd.DataFrame,
    statistic: Statistic,
    whole: Whole,
    factors: "pd.Series[float]",
    reasons: Sequence[Refusal | None],
    role: Roles,
) -> None:
    """Add the column of a statistic and, where figures have bounds, those of its bound."""
    name = statistic.name
    if statistic.kind == "count":
        out[name] = out["n"] + out["left_out"]
        return
    result = stats.evaluate(statistic, whole.sums, whole.values)
    allowed = pd.Series([not _refused(statistic, reason) for reason in reasons], out.index)
    for side in measures.SIDES:
        result[side] = (result[side] / factors).where(allowed)
    out[name] = result["value"]
    if statistic.kind == "std" and role.bound:
        # How far bounded figures lie apart is not known from their bounds.
        words = whole.sums["inexact"].map({True: "unknown", False: "exact"})
        out[f"{name}_bound"] = words.where(result["value"].notna(), "")
    if not statistic.bounded or not role.bound:
        return
    out[f"{name}_bound"] = stats.bound_words(result, whole.sums["about"])
    for side in ("low", "high"):
        told = ~whole.sums["about"] & (result[side].abs() != INF)
        out[f"{name}_{side}"] = result[side].where(told)


def _refused(statistic: Statistic, reason: Refusal | None) -> bool:
    return reason is not None and reason.bars(statistic.kind)


def _refuse(
    out: pd.DataFrame,
    statistics: Sequence[Statistic],
    reasons: Sequence[Refusal | None],
    beside: Sequence[str],
) -> list[str]:
    """Return the notes on refused sums and unweighted means; raise if nothing at all is left."""
    kinds = dict.fromkeys(statistic.kind for statistic in statistics)
    barred = {kind: [r for r in reasons if r is not None and r.bars(kind)] for kind in kinds}
    found = max(barred.values(), key=len, default=[])
    notes = []
    if found and len(out) == min(map(len, barred.values())):
        raise RefusedError("; ".join(dict.fromkeys([_told(found), *beside])), found[0].hint)
    for names, refused in _alike({s.name: barred[s.kind] for s in statistics}):
        notes.append(f"no {names} for {len(refused)} of {len(out)} groups: {_told(refused)}")
    never = [reason for reason in reasons if reason is not None and reason.kind]
    if never and {"mean", "std"} & set(kinds):
        notes.append(f"the mean is unweighted: {_told(never)}")
    return notes


def _alike(refused: dict[str, list[Refusal]]) -> Iterator[tuple[str, list[Refusal]]]:
    """Yield the statistics that are refused for the same groups together, with their reasons."""
    for first, reasons in refused.items():
        names = [name for name, others in refused.items() if others == reasons]
        if reasons and names[0] == first:
            yield " or ".join(names), reasons


def _told(reasons: Sequence[Refusal]) -> str:
    """Say each reason once; what is refused for its kind is named together."""
    plain = (reason.reasons for reason in reasons if not reason.kind)
    told = list(dict.fromkeys(chain.from_iterable(plain)))
    if len(told) > MOST_REASONS:
        told[MOST_REASONS:] = [f"and {len(told) - MOST_REASONS} more"]
    for kind in dict.fromkeys(reason.kind for reason in reasons if reason.kind):
        of_kind = (reason.reasons for reason in reasons if reason.kind == kind)
        named = list(dict.fromkeys(chain.from_iterable(of_kind)))
        more = f" and {len(named) - 3} more" if len(named) > 3 else ""
        told.append(f"{kind}s do not add ({', '.join(named[:3])}{more})")
    return "; ".join(told)


def with_silent(frame: pd.DataFrame, silent: pd.DataFrame, keys: Sequence[str]) -> pd.DataFrame:
    """Count the rows that print no value too: they are rows, and their sums stay empty.

    ``silent`` has the number ``n`` of such rows for each of their keys.
    """
    if silent.empty:
        return frame
    if not keys:
        return frame.assign(count=frame["count"] + silent["n"].sum())
    # Where a group is of several dimensions, its silent rows are counted once.
    first = ~frame.duplicated(list(keys))
    extra = silent.rename(columns={"n": "extra"}).assign(first=True)
    merged = frame.assign(first=first).merge(extra, on=[*keys, "first"], how="outer")
    merged["count"] = merged["count"].fillna(0) + merged.pop("extra").fillna(0)
    merged = merged.drop(columns="first")
    for name in ("n", "left_out", "count"):
        merged[name] = merged[name].fillna(0).astype(int)
    return ordered(merged, keys)


def ordered(frame: pd.DataFrame, keys: Sequence[str]) -> pd.DataFrame:
    """Order rows by their keys, as the vocabulary orders them where it does; empty last."""
    return frame.iloc[_order(frame, keys)].reset_index(drop=True)


def _order(frame: pd.DataFrame, keys: Sequence[str]) -> Codes:
    """Return the places of rows in the order of their keys.

    Groups of one key in several units come in the order of these, whoever read them first.
    """
    wanted = [*keys, *(["unit"] if "unit" in frame and "unit" not in keys else [])]
    if not wanted:
        return np.arange(len(frame))
    # The last key given to lexsort comes first.
    return np.lexsort([_places(frame[key], key) for key in reversed(wanted)])


def _places(cells: "pd.Series[str]", key: str) -> Codes:
    codes, words = factorized(cells)
    order = sorted(range(len(words)), key=lambda code: position(key, words[code]))
    places = np.empty(len(words), dtype=np.intp)
    places[order] = np.arange(len(words))
    return places[codes]


_TITLES = {
    "n": ("n", "数目"),
    "left_out": ("Left out", "未计入"),
    "count": ("Count", "计数"),
    "sum": ("Sum", "合计"),
    "mean": ("Mean", "均值"),
    "median": ("Median", "中位数"),
    "min": ("Least", "最小"),
    "max": ("Greatest", "最大"),
    "std": ("Std", "标准差"),
    "unit": ("Unit", "单位"),
}


def _field(table: Table, name: str) -> Field:
    if name in _TITLES:
        return Field(name, "any", *_TITLES[name])
    return table.field(name)


def as_table(table: Table, frame: pd.DataFrame, notes: Sequence[str]) -> Table:
    """Return an answer as a table: keys keep their meaning, what was computed is a number."""
    fields = [_field(table, str(name)) for name in frame.columns]
    computed = [pd.api.types.is_numeric_dtype(frame[name]) for name in frame.columns]
    described = tuple(
        field._replace(type="number") if number else Field(field.name, field.type, field.title,
                                                           field.title_zh)
        for field, number in zip(fields, computed, strict=True)
    )  # fmt: skip
    return Table(frame, Schema("aggregate", described), table.name, tuple(notes))
