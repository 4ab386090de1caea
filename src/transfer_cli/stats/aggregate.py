"""Statistics by group, as far as the rules allow them: the same for a source of any size."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from shlex import quote

from transfer_cli.errors import RefusedError, few
from transfer_cli.frames import pd
from transfer_cli.messages import _
from transfer_cli.model import numbers
from transfer_cli.model.schema import DERIVED_TITLES, Field, Schema
from transfer_cli.query import printed
from transfer_cli.query.condition import EVERY_ROW, Condition, Named, columns_of, conjuncts
from transfer_cli.query.notes import notes as query_notes
from transfer_cli.rules import notes as rule_notes
from transfer_cli.rules.comparability import unchecked
from transfer_cli.stats import fine, identity
from transfer_cli.stats.evaluate import cells
from transfer_cli.stats.fine import Fetched, Key
from transfer_cli.stats.judge import Judgement, judge
from transfer_cli.stats.plan import GroupPlan, Request, plan
from transfer_cli.stats.result import Group, choose_units, in_order, sort_keys
from transfer_cli.stats.statistic import Statistic
from transfer_cli.stats.undated import undated
from transfer_cli.tables.memory import MemorySource
from transfer_cli.tables.source import Source
from transfer_cli.tables.table import Table

_TITLES = {
    "n": ("n", "数目"),
    "left_out": ("Left out", "未计入"),
    "count": ("Count", "计数"),
    "sum": ("Sum", "合计"),
    "mean": ("Mean", "均值"),
    "median": ("Median", "中位数"),
    "min": ("Min", "最小"),
    "max": ("Max", "最大"),
    "std": ("Std", "标准差"),
    "unit": ("Unit", "单位"),
}


def aggregate(source: Source, where: Condition, request: Request) -> Table:
    """Return one row for each group of the rows that satisfy ``where``, with the statistics.

    Figures are combined only where they agree in the columns of comparability that the table has,
    unless ``request.across`` gives one up, and in the dimension of their unit. ``n`` counts the
    figures used, ``left_out`` those that others contain, ``count`` all rows. Numbers are text,
    written by ``numbers.machine``; the schema says which columns hold them.

    Raises RefusedError when nothing that is requested has a meaning, UsageError for an unknown
    column, and DataError for a cell that is no number, at any size.
    """
    grouping = plan(source, request)
    if not grouping.value:
        return _counts(source, where, grouping)
    first = _identity(source, where, grouping)
    fetched = fine.fetch(source, where, grouping)
    operations = [one.operation for one in request.statistics if one.kind != "count"]
    judgement = judge(source, grouping, fetched, operations)
    if fetched.judged is not fetched.figures:
        if any(judgement.left_out):
            fetched = fine.split(source, where, grouping, fetched)
            judgement = judge(source, grouping, fetched, operations)
        else:
            judgement = replace(judgement, left_out=[""] * len(fetched.figures))
    groups = [
        Group(grouping, fetched, judgement, key, rows.tolist())
        for key, rows in zip(fetched.figures.keys, fetched.figures.members, strict=True)
    ]
    choose_units(groups, source.vocabulary, request.unit)
    groups += _without_figures(grouping, fetched, judgement)
    groups = in_order(groups, grouping, source.vocabulary)
    unread = undated(source, where, grouping)
    _count_others(groups, fetched.missing, unread.rows)
    keys = [group.key for group in groups]
    notes = judgement.notes(fetched.figures, keys, counted=_counted(grouping))
    notes += _apart(source, groups, grouping)
    notes += _silent(source, where, grouping, fetched, request)
    notes += _refused(groups, request.statistics, notes)
    shown = [group for group in groups
             if not all(map(group.refusals, request.statistics))]  # fmt: skip
    rows = [group.cells() for group in shown]
    notes += _rounded(rows, request.statistics)
    selection = query_notes(source, where, fetched.rows)
    return _table(source, grouping, rows, [*selection, *first, *notes, *unread.notes])


def _counts(source: Source, where: Condition, grouping: GroupPlan) -> Table:
    """Return how many rows each group has, whatever its numbers mean."""
    groups = source.groups(where, grouping.by)
    columns = [*(groups[name].tolist() for name in grouping.by), groups["rows"].tolist()]
    rows = list(zip(*columns, strict=True))
    if not grouping.by:
        rows = rows or [(0,)]
    keys = sort_keys(grouping.by, grouping.period, source.vocabulary)
    rows.sort(key=lambda row: [key(cell) for key, cell in zip(keys, row, strict=False)])
    names = [*grouping.by, *(statistic.name for statistic in grouping.statistics)]
    counted = len(grouping.statistics)
    cells = [dict(zip(names, (*key, *[str(count)] * counted), strict=True)) for *key, count in rows]
    return _table(source, grouping, cells, query_notes(source, where, int(groups["rows"].sum())))


def _identity(source: Source, where: Condition, grouping: GroupPlan) -> list[str]:
    """Return notes on figures counted twice, and on what does not guard the sums.

    Raises DataError for an id that occurs twice in a table held in memory.
    """
    notes = []
    if grouping.indicator and "id" in source.columns:
        if isinstance(source, MemorySource):
            table = next(source.rows(where))
            identity.check_ids(table)
            notes += identity.same_figures(table, grouping.value)
        else:
            command = f"transfer-cli check {quote(source.name)}"
            notes.append(
                _("duplicate ids are not checked in large files; run: {command}", command=command)
            )
    present = [*(["period"] if grouping.period else []), *(["unit"] if grouping.unit else [])]
    note = unchecked([*source.columns, *present])
    return [*notes, note] if note and source.schema.name != "projects" else notes


def _counted(grouping: GroupPlan) -> bool:
    return any(statistic.kind == "count" for statistic in grouping.statistics)


def _without_figures(
    grouping: GroupPlan, fetched: Fetched, judgement: Judgement
) -> Iterator[Group]:
    """Yield groups whose numbers are all missing: where rows are counted, or there are no others.

    A sum of nothing is missing, not zero.
    """
    if _counted(grouping) or not fetched.figures.keys:
        present = {key[:-1] for key in fetched.figures.keys}
        for key in fetched.missing:
            if key not in present:
                yield Group(grouping, fetched, judgement, key)


def _count_others(
    groups: Sequence[Group], missing: Mapping[Key, int], unread: Mapping[Key, int]
) -> None:
    """Count rows without a number or a period with the first group that has their key."""
    rest, left_out = dict(missing), dict(unread)
    for group in groups:
        key = tuple(group.keys.values())
        group.missing = rest.pop(key, 0)
        group.left_out += left_out.pop(key, 0)


def _apart(source: Source, groups: Sequence[Group], grouping: GroupPlan) -> list[str]:
    """Return a note on indicators that stay apart although they may differ within one result."""
    if "indicator" not in grouping.across:
        return []
    measures: dict[tuple[str, ...], list[str]] = {}
    for group in groups:
        measures.setdefault(tuple(group.keys.values()), []).append(group.indicators())
    known = source.vocabulary.indicators
    apart: dict[str, None] = {}
    for each in measures.values():
        codes = [code for joined in each for code in joined.split(";") if code]
        if len(each) > 1:
            labels = [known[code].label.lower() if code in known else code for code in codes]
            apart[_(" and ").join(dict.fromkeys(labels))] = None
    if not apart:
        return []
    return [
        _("kept apart, as their units measure different things: {indicators}",
          indicators=few(list(apart)))
    ]  # fmt: skip


def _silent(
    source: Source, where: Condition, grouping: GroupPlan, fetched: Fetched, request: Request
) -> list[str]:
    """Return notes on the provinces of which the report prints nothing of what is combined.

    The whole source is looked at: what is not selected is not silence, and is noted as such.
    """
    if not source.report or "province" in grouping.keys or "province" not in source.columns:
        return []
    if not fetched.rows:
        return []  # The notes on the selection say it.
    if grouping.indicator:
        codes = {*(fetched.figures.column("indicator") or ())}
        found = printed.of_any(printed.provinces(source), codes)
    else:
        found = {*source.counts(EVERY_ROW, "province").index}
    notes = []
    missing = [name for name in request.provinces if name not in found]
    if missing:
        names = ", ".join(missing)
        notes.append(_("nothing is printed for {provinces}, which is not zero", provinces=names))
    if _selects(where):
        selected = {*source.groups(where, ("province",))["province"]}
        others = [name for name in request.provinces if name not in {*selected, *missing}]
        if others:
            names = ", ".join(others)
            notes.append(_("nothing in this selection for {provinces}", provinces=names))
    return notes


def _selects(where: Condition) -> bool:
    """Return whether a condition selects by more than the province, what is measured or a name."""
    chosen = ("province", "indicator", "category")
    return not any(isinstance(part, Named) for part in conjuncts(where)) and any(
        {*(columns_of(part) or ("",))} - {*chosen} for part in conjuncts(where)
    )


def _refused(
    groups: Sequence[Group], statistics: Sequence[Statistic], notes: Sequence[str]
) -> list[str]:
    """Return notes on statistics that have no meaning for some groups.

    Raises RefusedError, with ``notes``, if none that is requested has a meaning for any group.
    """
    refused = {
        statistic: [found for group in groups if (found := group.refusals(statistic))]
        for statistic in statistics
    }
    if groups and all(len(found) == len(groups) for found in refused.values()):
        most = max(refused.values(), key=len)
        message = "; ".join([rule_notes.reasons(chain.from_iterable(most)), *notes])
        raise RefusedError(message, most[0][0].hint)
    lines: dict[str, list[str]] = {}
    for statistic, reasons in refused.items():
        if reasons:
            line = _(
                "for {n} of {total} groups: {reasons}",
                n=len(reasons),
                total=len(groups),
                reasons=rule_notes.reasons(chain.from_iterable(reasons)),
            )
            lines.setdefault(line, []).append(statistic.name)
    return [
        _("no {statistics} {groups}", statistics=_(" or ").join(names), groups=line)
        for line, names in lines.items()
    ]


def _rounded(rows: Sequence[dict[str, str]], statistics: Sequence[Statistic]) -> list[str]:
    """Return a note if a number that cannot be exact has all the digits to which it is rounded."""
    names = [one.name for one in statistics if one.kind in ("std", "quantile")]
    digits = numbers.ROUNDED_DIGITS
    long = [
        name
        for name in names
        if any(sum(map(str.isdigit, row[name].lstrip("-0."))) >= digits for row in rows)
    ]
    if not long:
        return []
    named = ", ".join(long)
    return [_("rounded to {digits} significant digits: {names}", digits=digits, names=named)]


def _table(
    source: Source, grouping: GroupPlan, rows: Sequence[dict[str, str]], notes: Sequence[str]
) -> Table:
    """Return the rows as a table: keys keep their meaning, computed columns hold numbers."""
    columns = list(rows[0]) if rows else _columns(grouping)
    fields = tuple(_field(source, grouping, name) for name in columns)
    frame = pd.DataFrame(rows, columns=columns, dtype=object)
    return Table(
        frame, Schema("aggregate", fields), source.name,
        tuple(dict.fromkeys([*source.notes, *notes])),
        vocabulary=source.vocabulary,
    )  # fmt: skip


def _columns(grouping: GroupPlan) -> list[str]:
    """Return the columns of a result without rows."""
    names = [*grouping.shown_keys]
    if grouping.value:
        names += [*(["unit"] if grouping.unit else []), "n", "left_out"]
    for statistic in grouping.statistics:
        bounded = bool(grouping.bound) and statistic.kind != "count"
        names += cells(statistic, None, bounded=bounded)
    return list(dict.fromkeys(names))


def _field(source: Source, grouping: GroupPlan, name: str) -> Field:
    text = name == "unit" or name.endswith("_bound")
    if name in _TITLES:
        return Field(name, "string" if text else "number", *_TITLES[name])
    if name not in grouping.shown_keys:
        return Field(name, "string" if text else "number")
    known = DERIVED_TITLES.get(name) or source.schema.field(name)
    return Field(known.name, known.type, known.title, known.title_zh, heading=known.heading)
