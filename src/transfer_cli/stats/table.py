"""The result of an aggregate as a table: its columns, their titles and types."""

from collections.abc import Sequence

from transfer_cli.frames import pd
from transfer_cli.model.schema import DERIVED_TITLES, Field, Schema
from transfer_cli.stats.plan import GroupPlan, Request
from transfer_cli.stats.result import SHARE, cells
from transfer_cli.tables.source import Source
from transfer_cli.tables.table import Table

_TITLES = {
    "n": ("n", "数目"),
    "left_out": ("Left out", "未计入"),
    "unit": ("Unit", "单位"),
}


def build(
    source: Source,
    plan: GroupPlan,
    request: Request,
    rows: Sequence[dict[str, str]],
    notes: Sequence[str],
) -> Table:
    """Return the rows as a table: keys keep their meaning, computed columns hold numbers."""
    columns = list(rows[0]) if rows else _columns(plan, request)
    fields = tuple(_field(source, plan, name) for name in columns)
    frame = pd.DataFrame(rows, columns=columns, dtype=object)
    return Table(
        frame, Schema("aggregate", fields), source.name,
        tuple(dict.fromkeys([*source.notes, *notes])),
        vocabulary=source.vocabulary,
    )  # fmt: skip


def _columns(plan: GroupPlan, request: Request) -> list[str]:
    """Return the columns of a result without rows."""
    names = [*plan.shown_keys]
    if plan.value:
        names += [*(["unit"] if plan.unit else []), "n", "left_out"]
    for statistic in plan.statistics:
        bounded = bool(plan.bound) and not statistic.counts
        names += cells(statistic.name, None, bounded=bounded, ends=statistic.entry.bounded)
        if request.share and statistic.shared:
            names += cells(f"{statistic.name}{SHARE}", None, bounded=bounded)
    return list(dict.fromkeys(names))


def _field(source: Source, plan: GroupPlan, name: str) -> Field:
    titles = _TITLES | {one.name: one.titles for one in plan.statistics}
    text = name == "unit" or name.endswith("_bound")
    counts = {"n", "left_out", *(one.name for one in plan.statistics if one.counts)}
    if name in plan.shown_keys:
        known = DERIVED_TITLES.get(name) or source.schema.field(name)
        return Field(known.name, known.type, known.title, known.title_zh, heading=known.heading)
    if name in titles:
        kind = "string" if text else "integer" if name in counts else "number"
        return Field(name, kind, *titles[name])
    if name.removesuffix(SHARE) in titles:
        title, title_zh = titles[name.removesuffix(SHARE)]
        return Field(name, "number", f"{title} share (%)", f"{title_zh}占比（%）")
    return Field(name, "string" if text else "number")
