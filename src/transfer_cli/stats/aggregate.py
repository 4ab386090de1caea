"""Statistics by group, as far as the rules allow them: the same for a source of any size."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from shlex import quote
from typing import NamedTuple

from transfer_cli.messages import _
from transfer_cli.query import mixed_units
from transfer_cli.query.condition import Condition
from transfer_cli.query.notes import notes as query_notes
from transfer_cli.rules.comparability import unchecked
from transfer_cli.stats import duplicates, notes, shares, table, weights
from transfer_cli.stats.figures import Figures, Key, cells_of
from transfer_cli.stats.groups import Fetched, fetch, split
from transfer_cli.stats.judge import Judgement, judge
from transfer_cli.stats.plan import GroupPlan, Request, plan
from transfer_cli.stats.result import Counted, Group, choose_units, in_order
from transfer_cli.stats.totals import without_totals
from transfer_cli.stats.undated import undated
from transfer_cli.tables.memory import MemorySource
from transfer_cli.tables.source import Source
from transfer_cli.tables.table import Table


class Evaluated(NamedTuple):
    """The groups of a plan in their order, their caveats, and the rows selected.

    ``missing`` counts the rows without a number by the cells of the key columns.
    """

    groups: Sequence[Counted]
    notes: Sequence[str]
    rows: int
    missing: Mapping[Key, int]


def aggregate(source: Source, where: Condition, request: Request) -> Table:
    """Return one row for each group of the rows that satisfy ``where``, with the statistics.

    Figures are combined only where they agree in the columns of comparability that the table has,
    unless ``request.across`` gives one up, and in the dimension of their unit. ``n`` counts the
    figures used, ``left_out`` those that others contain, ``count`` all rows. Numbers are text,
    written by ``numbers.machine``; the schema says which columns hold them.

    A statistic over groups (``hhi``) is of the last column of ``request.by``, so that the rows are
    the groups of the others. Raises RefusedError when nothing that is requested has a meaning,
    UsageError for an unknown column, and DataError for a cell that is not a number, at any size.
    """
    grouping = plan(source, request)
    if grouping.value:
        mixed_units.check(source, where, grouping.value, grouping.keys)
    where, first = weights.checked(source, where, grouping.weight)
    over_groups = any(statistic.entry.over_groups for statistic in request.statistics)
    main = grouping.totalling(grouping.by[:-1]) if over_groups else grouping

    def evaluated(plan: GroupPlan) -> Evaluated:
        return _evaluated(source, where, plan, request)

    answer = evaluated(main)
    again = _duplicates(source, where, grouping, request)
    groups, notices = answer.groups, [*first, *again, *answer.notes]
    over: list[str] = []
    if over_groups:
        members = evaluated(shares.sums(grouping))
        over = shares.relate(source, where, request, groups, members.groups, members.missing)
    reasons = [] if over_groups else [*first, *answer.notes]
    notices += [*notes.refused(groups, request, reasons), *over]
    shown: Sequence[Counted] = [
        group for group in groups if not all(map(group.refusals, request.statistics))
    ]
    totals: Sequence[Counted] = ()
    if request.share:
        around = main.totalling(main.by[:-1])
        whole = evaluated(around)
        notices += shares.add_shares(groups, whole.groups, around)
        notices += _of_totals(whole, notices)
    if request.total:
        whole = evaluated(main.totalling(()))
        totals = shares.totals(whole.groups, main, share=request.share)
        notices += notes.without("total", totals, request.statistics)
        notices += _of_totals(whole, notices)
    if request.top:
        shown, ranking = shares.largest(shown, main, request.top, totals=bool(totals))
        notices += ranking
    rows = [group.cells() for group in (*shown, *totals)]
    notices += notes.rounded(rows, request.statistics)
    selection = query_notes(source, where, answer.rows)
    return table.build(source, main, request, rows, [*selection, *notices])


def _of_totals(whole: Evaluated, known: Sequence[str]) -> list[str]:
    """Return the notes on totals that are not known of all groups."""
    return [_("total: {note}", note=note) for note in whole.notes if note not in known]


def _evaluated(
    source: Source, where: Condition, grouping: GroupPlan, request: Request
) -> Evaluated:
    """Return the groups of a plan with their figures, or with the number of their rows."""
    if not grouping.value:
        return _counted(source, where, grouping)
    where, totals, left_out = without_totals(source, where, grouping, request.by)
    fetched = fetch(source, where, grouping)
    operations = [one.operation for one in grouping.statistics if one.operation]
    judgement = judge(source, grouping, fetched, operations)
    if fetched.judged is not fetched.figures:
        if any(judgement.left_out):
            fetched = split(source, where, grouping, fetched)
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
    _count_others(groups, fetched.missing, totals + Counter(unread.rows))
    _count_distinct(source, where, grouping, groups, fetched.figures)
    keys = [group.key for group in groups]
    counted = any(statistic.counts for statistic in grouping.statistics)
    notices = judgement.notes(fetched.figures, keys, counted=counted)
    notices += notes.apart(source, groups, grouping)
    notices += notes.unprinted(source, where, grouping, fetched, request)
    notices += notes.blank(source, grouping, fetched) if request.noted else []
    rows = fetched.rows + totals.total()
    return Evaluated(groups, [*left_out, *notices, *unread.notes], rows, fetched.missing)


def _counted(source: Source, where: Condition, grouping: GroupPlan) -> Evaluated:
    """Return how many rows each group has, whatever its numbers mean."""
    frame = source.groups(where, grouping.by)
    columns = [*(frame[name].tolist() for name in grouping.by), frame["rows"].tolist()]
    groups = [Counted(grouping, tuple(key), rows) for *key, rows in zip(*columns, strict=True)]
    if not grouping.by:
        groups = groups or [Counted(grouping, (), 0)]
    groups = in_order(groups, grouping, source.vocabulary)
    _count_distinct(source, where, grouping, groups)
    return Evaluated(groups, (), int(frame["rows"].sum()), {})


def _count_distinct(
    source: Source,
    where: Condition,
    grouping: GroupPlan,
    groups: Sequence[Counted],
    figures: Figures | None = None,
) -> None:
    """Count the distinct cells of each group; of figures, each with its unit and indicator."""
    if not any(statistic.kind == "distinct" for statistic in grouping.statistics):
        return
    named = filter(None, (*grouping.keys, grouping.unit, grouping.indicator))
    by = tuple(dict.fromkeys(named))
    keys = figures.keys_by(by) if figures else {}
    frame = source.distinct(where, by, grouping.counted)
    found: Counter[Key] = Counter()
    for cells, count in zip(cells_of(frame, by), frame["distinct"].tolist(), strict=True):
        found[keys.get(cells, cells[: len(grouping.keys)])] += count
    for group in groups:
        group.distinct = found[group.key]


def _duplicates(
    source: Source, where: Condition, grouping: GroupPlan, request: Request
) -> list[str]:
    """Return notes on figures counted twice, and on rules that do not apply to the table.

    Raises DataError for an id that occurs twice in a table in memory.
    """
    found = []
    if grouping.indicator and "id" in source.columns:
        if isinstance(source, MemorySource):
            selected = next(source.rows(where))
            duplicates.check_ids(selected)
            found += duplicates.same_figures(selected, grouping.value)
        else:
            command = f"transfer-cli check {quote(source.name)}"
            found.append(
                _("duplicate ids are not checked in large files; run: {command}", command=command)
            )
    elif request.noted and isinstance(source, MemorySource) and "id" not in source.columns:
        selected = next(source.rows(where))
        found += duplicates.same_rows(selected)
        found += duplicates.same_projects(selected, grouping.keys)
    present = [*(["period"] if grouping.period else []), *(["unit"] if grouping.unit else [])]
    note = unchecked([*source.columns, *present])
    return [*found, note] if note and source.schema.name != "projects" else found


def _without_figures(
    grouping: GroupPlan, fetched: Fetched, judgement: Judgement
) -> Iterator[Group]:
    """Yield groups whose numbers are all missing: where rows are counted, or there are no others.

    A sum of nothing is missing, not zero.
    """
    counted = any(statistic.counts for statistic in grouping.statistics)
    if counted or not fetched.figures.keys:
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
