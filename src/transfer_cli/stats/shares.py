"""Groups in relation to others: shares, totals, the largest, and how unequal they are."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from transfer_cli.errors import Instead, few
from transfer_cli.messages import _
from transfer_cli.model import labels
from transfer_cli.model.intervals import Interval, exact
from transfer_cli.model.names import is_total
from transfer_cli.query.comparisons import Codes
from transfer_cli.query.condition import Condition, conjuncts
from transfer_cli.rules.decision import Refusal
from transfer_cli.stats import concentration, notes
from transfer_cli.stats.figures import Key
from transfer_cli.stats.plan import GroupPlan, Request
from transfer_cli.stats.result import Counted, Group
from transfer_cli.stats.statistic import Statistic, parse
from transfer_cli.stats.totals import of_all
from transfer_cli.tables.source import Source

PLACES = ("region", "province", "place")
"""The columns of which a cell without a figure is one of which nothing is printed. What one of them
names lies inside what those before it name."""


def totals(groups: Sequence[Counted], plan: GroupPlan, *, share: bool) -> Sequence[Counted]:
    """Return the groups of totals over the columns of a plan, marked as such.

    With ``share`` their sums and counts have a share of themselves where all shares are of them.
    """
    shared = [one for one in plan.statistics if one.shared] if share else []
    for group in groups:
        group.total_of = plan.by
        for one in shared:
            whole = len(plan.by) == 1 and group.result(one) is not None
            group.shares[one.name] = exact(1) if whole else None
    return groups


def add_shares(groups: Sequence[Counted], wholes: Sequence[Counted], plan: GroupPlan) -> list[str]:
    """Give each group the share of its sums and counts in the ``wholes`` that consist of them.

    ``plan`` is that of the wholes. Where groups contain others, the total is less than their sum,
    and all shares are of the total. Returns the notes on totals that the rules refuse.
    """
    shared = [statistic for statistic in plan.statistics if statistic.shared]
    members: dict[Key, list[Counted]] = {}
    without_figures: dict[Key, Key] = {}
    for whole in wholes:
        without_figures.setdefault(whole.key[: len(plan.keys)], whole.key)
    for group in groups:
        key = _key(group, plan)
        members.setdefault(without_figures.get(key, key), []).append(group)
    below_zero = about = False
    for whole in wholes:
        for statistic in shared:
            parts = members.get(whole.key, ())
            below_zero |= not _share(statistic, parts, whole)
            amounts = [amount for part in parts if (amount := _amount(part, statistic))]
            given = (part.shares.get(statistic.name) for part in parts)
            about |= concentration.read_about(amounts, given)
    alone = sum(
        len(members.get(whole.key, ())) == 1 and any(map(whole.result, shared)) for whole in wholes
    )
    for group in groups:
        for statistic in shared:
            group.shares.setdefault(statistic.name, None)
    found = notes.without("share", wholes, shared)
    if below_zero:
        found.append(_("no shares in a total of which a group may be below zero"))
    if about:
        found.append(_('"about" is read as ±10 %'))
    if alone:
        found.append(
            _("share: 1 of {total} groups is alone in its total, of which it is 100 %",
              total=len(groups))
            if alone == 1
            else _("share: {n} of {total} groups are alone in their total, of which they are"
                   " 100 %", n=alone, total=len(groups))
        )  # fmt: skip
    return found


def _share(statistic: Statistic, groups: Sequence[Counted], whole: Counted) -> bool:
    """Give groups their shares in a total, unless it is refused.

    Returns False if a group may be below zero, so that there are no shares.
    """
    known = [(group, amount) for group in groups if (amount := _amount(group, statistic))]
    total = _amount(whole, statistic)
    if total is None:
        return True
    amounts = [amount for group, amount in known]
    if any(amount.low < 0 for amount in amounts):
        return False
    if sum((one.value for one in amounts), Fraction(0)) == total.value:
        found = concentration.shares(amounts)
    else:
        found = [concentration.inside(one, total) for one in amounts]
    for (group, _amount_of), share in zip(known, found, strict=True):
        group.shares[statistic.name] = share
    return True


def largest(
    groups: Sequence[Counted], plan: GroupPlan, top: int, *, totals: bool
) -> tuple[list[Counted], list[str]]:
    """Return the ``top`` groups by the first statistic, the largest first, and notes.

    They are the largest of each group of all columns of ``plan.by`` but the last. Groups that tie
    with the last one are kept.
    """
    ranked = plan.statistics[0]
    around = plan.totalling(plan.by[:-1])
    sections: dict[Key, list[tuple[Interval, Counted]]] = {}
    column = plan.by[-1]
    apart = set() if ranked.counts else of_all(column, (group.keys[column] for group in groups))
    for group in groups:
        amount = None if group.keys[column] in apart else _amount(group, ranked)
        if amount is not None:
            sections.setdefault(_key(group, around), []).append((amount, group))
    shown: list[Counted] = []
    ties = unsettled = 0
    for section in sections.values():
        section.sort(key=lambda pair: -pair[0].value)
        last = section[:top][-1][0].value
        kept = [pair for pair in section if pair[0].value >= last]
        dropped = section[len(kept) :]
        ties += max(0, len(kept) - top)
        lowest = min(amount.widened().low for amount, group in kept)
        unsettled += any(amount.widened().high > lowest for amount, group in dropped)
        shown += [group for amount, group in kept]
    more = [
        _("the largest by {statistic}: 1 of {all} groups is shown",
          statistic=ranked.name, all=len(groups))
        if len(shown) == 1
        else _("the largest by {statistic}: {n} of {all} groups are shown",
               statistic=ranked.name, n=len(shown), all=len(groups))
    ]  # fmt: skip
    if apart:
        words = [labels.code(column, cell) for cell in sorted(apart)]
        more.append(_("not among the largest, as the total of others: {words}", words=few(words)))
    if ties:
        more.append(_("shown too, as they tie with the last one: {n}", n=ties))
    if unsettled:
        more.append(_("bounds do not settle which groups are the largest"))
    if totals and len(shown) < len(groups):
        more.append(_("the total covers all groups, not only those shown"))
    return shown, more


def sums(plan: GroupPlan) -> GroupPlan:
    """Return the plan of the sums of groups, of which statistics over groups are computed."""
    return replace(plan, statistics=tuple(parse(["sum"])))


def relate(
    source: Source,
    where: Condition,
    request: Request,
    groups: Sequence[Counted],
    members: Sequence[Counted],
    missing: Mapping[Key, int],
) -> list[str]:
    """Give ``groups`` the sums of the finer groups of which they consist, or why there are none.

    ``members`` are those groups, by one more column than ``groups``; ``missing`` are the cells of
    their keys in rows without a number. Returns the note on what the statistics are over.
    """
    if not groups or not members:
        return []
    last = members[0].plan.by[-1]
    members = [one for one in members if not is_total(one.keys[last])] or members
    consists: dict[Key, list[Counted]] = {}
    for member in members:
        consists.setdefault(_key(member, groups[0].plan), []).append(member)
    lacking, elsewhere = _lacking(groups, members, missing, _selected(source, where, request, last))
    everywhere = set.intersection(*lacking.values())
    for group in groups:
        if isinstance(group, Group):
            without = sorted(everywhere or lacking[group.key])
            _relate(group, consists.get(group.key, []), without, narrowed=notes.selects(where))
    names = [one.name for one in request.statistics if one.entry.over_groups]
    written = source.schema.field(last).written
    found = [_("{names}: over {column}", names=_(" and ").join(names), column=written)]
    if elsewhere:
        named = few(sorted(elsewhere))
        found.append(_("not printed for every group, which is not zero: {column} {cells}",
                       column=written, cells=named))  # fmt: skip
    return found


def _lacking(
    groups: Sequence[Counted],
    members: Sequence[Counted],
    missing: Iterable[Key],
    selected: Collection[str],
) -> tuple[dict[Key, set[str]], set[str]]:
    """Return of which cells a group lacks a figure, by its key, and which only some groups have.

    A group lacks the places that any group of its wider area has, or those that are ``selected``
    and not of another wider area, and what has no number in it.
    """
    fine, plan = members[0].plan, groups[0].plan
    last = fine.by[-1]
    wider = PLACES[: PLACES.index(last)] if last in PLACES else ()
    around = [name for name in plan.by if name in wider]
    present: dict[Key, set[str]] = {}
    blank: dict[Key, set[str]] = {}
    seen: dict[Key, set[str]] = {}
    for member in members:
        present.setdefault(_key(member, plan), set()).add(member.keys[last])
        seen.setdefault(_cells(member.keys, around), set()).add(member.keys[last])
    for key in missing:
        cells = dict(zip(fine.keys, key, strict=True))
        blank.setdefault(_cells(cells, plan.keys), set()).add(cells[last])
        seen.setdefault(_cells(cells, around), set()).add(cells[last])
    anywhere = set().union(*seen.values())
    lacking: dict[Key, set[str]] = {}
    elsewhere: set[str] = set()
    for group in groups:
        here = present.get(group.key, set()) | {""}
        others = seen.get(_cells(group.keys, around), set())
        empty = blank.get(_cells(group.keys, plan.keys), set())
        places = others if last in PLACES else set()
        if selected:
            places = {*selected} - (anywhere - others)
        lacking[group.key] = empty.union(places) - here
        elsewhere |= others - here - lacking[group.key]
    return lacking, elsewhere


def _relate(
    group: Group, members: Sequence[Counted], lacking: Sequence[str], *, narrowed: bool
) -> None:
    """Give a group the sums of its members; ``lacking`` are those of which there is no figure.

    In a ``narrowed`` selection they may be printed, but not be selected.
    """
    statistic = parse(["sum"])[0]
    amounts = [amount for member in members if (amount := _amount(member, statistic))]
    whole = _amount(group, statistic)
    hint = Instead("--stat", "sum")
    if lacking:
        names = few(lacking)
        reason = _("nothing is printed for {names}, which is not zero", names=names)
        if narrowed:
            reason = _("nothing in this selection for {names}, which is not zero", names=names)
        group.against = (Refusal(reason, hint),)
    elif len(amounts) < len(members) or whole is None:
        group.against = (Refusal(_("some groups have no sum"), hint),)
    elif sum((one.value for one in amounts), Fraction(0)) != whole.value:
        reason = _("some groups lie inside others, so they do not share a total")
        group.against = (Refusal(reason, hint),)
    elif any(one.value < 0 for one in amounts):
        group.against = (Refusal(_("some groups are below zero"), hint),)
    group.sums = amounts


def _selected(source: Source, where: Condition, request: Request, column: str) -> set[str]:
    """Return the provinces that are selected by name, or all of the report; empty for others."""
    if column != "province":
        return set()
    named = any(isinstance(one, Codes) and one.column == column for one in conjuncts(where))
    return {*request.provinces} if named or source.report else set()


def _cells(keys: Mapping[str, str], columns: Iterable[str]) -> Key:
    return tuple(keys[name] for name in columns)


def _key(group: Counted, plan: GroupPlan) -> Key:
    """Return the key of the group of a coarser plan in which a group lies."""
    return (*_cells(group.keys, plan.keys), *group.key[len(group.keys) :])


def _amount(group: Counted, statistic: Statistic) -> Interval | None:
    """Return a statistic in base units, in which those of several groups compare."""
    result = group.result(statistic)
    return (
        result.scaled(group.unit.factor**statistic.entry.power) if result and group.unit else result
    )
