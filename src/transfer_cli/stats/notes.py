"""Notes on statistics: what is refused, not printed, kept apart, left out or rounded."""

from collections.abc import Callable, Sequence
from itertools import chain

from transfer_cli.errors import RefusedError, few
from transfer_cli.messages import _, join, pick, series
from transfer_cli.model import labels, numbers
from transfer_cli.query import printed
from transfer_cli.query.comparisons import Named
from transfer_cli.query.condition import Condition, columns_of, conjuncts
from transfer_cli.rules import notes as rule_notes
from transfer_cli.rules.decision import Refusal
from transfer_cli.stats.groups import Fetched
from transfer_cli.stats.plan import GroupPlan, Request
from transfer_cli.stats.result import Counted, Group
from transfer_cli.stats.statistic import Statistic
from transfer_cli.tables.source import Source

_NAMED = 3
"""Groups without a statistic that a note names."""


def apart(source: Source, groups: Sequence[Group], grouping: GroupPlan) -> list[str]:
    """Return a note on indicators that stay apart although they may differ within one result."""
    if "indicator" not in grouping.across:
        return []
    measures: dict[tuple[str, ...], list[str]] = {}
    for group in groups:
        measures.setdefault(tuple(group.keys.values()), []).append(group.indicators())
    known = source.vocabulary.indicators
    apart: dict[str, None] = {}
    for each in measures.values():
        codes = [code for joined in each for code in joined.split(";")]
        if len(each) > 1:
            names = [known[code].name if code in known else code for code in codes]
            apart[_(" and ").join(dict.fromkeys(name or _("not printed") for name in names))] = None
    if not apart:
        return []
    return [
        _("kept apart, as they measure different things: {indicators}",
          indicators=few(list(apart)))
    ]  # fmt: skip


def unprinted(
    source: Source, where: Condition, grouping: GroupPlan, fetched: Fetched, request: Request
) -> list[str]:
    """Return notes on the provinces of which the report prints nothing of what is combined.

    The whole source counts: figures that are printed but not selected have a note of their own.
    """
    if not source.report or "province" not in source.columns:
        return []
    if not fetched.rows:
        return []  # The notes on the selection say it.
    if grouping.indicator:
        codes = {*(fetched.figures.column("indicator") or ())}
        found = printed.of_any(printed.provinces(source), codes)
    else:
        found = printed.with_number(source, grouping.value)
    notes = []
    missing = [name for name in request.provinces if name not in found]
    if missing:
        names = join(labels.code("province", name) for name in missing)
        notes.append(_("nothing is printed for {provinces}, which is not zero", provinces=names))
    if selects(where):
        selected = {*source.groups(where, ("province",))["province"]}
        others = [name for name in request.provinces if name not in {*selected, *missing}]
        if others:
            names = join(labels.code("province", name) for name in others)
            notes.append(_("nothing in this selection for {provinces}", provinces=names))
    return notes


def blank(source: Source, grouping: GroupPlan, fetched: Fetched) -> list[str]:
    """Return the note on rows of a user's table that have no number, unless all are counted.

    What the report does not print is noted by province.
    """
    count = sum(fetched.missing.values())
    counted = any(statistic.counts for statistic in grouping.statistics)
    if source.report or counted or not count:
        return []
    return [without_number(source.schema.field(grouping.value).written, count)]


def without_number(column: str, count: int) -> str:
    """Return the note on rows that have no number in a column."""
    if count == 1:
        return _("1 row has no {column}, which is not zero", column=column)
    return _("{n} rows have no {column}, which is not zero", n=count, column=column)


def selects(where: Condition) -> bool:
    """Return whether a condition selects by more than the province, what is measured or a name."""
    chosen = ("province", "indicator", "category")
    return not any(isinstance(part, Named) for part in conjuncts(where)) and any(
        {*(columns_of(part) or ("",))} - {*chosen} for part in conjuncts(where)
    )


def refused(groups: Sequence[Counted], request: Request, notes: Sequence[str]) -> list[str]:
    """Return notes on statistics that are requested and have no meaning for some groups.

    Raises RefusedError, with ``notes``, if none that is requested has a meaning for any group.
    """
    reasons = _refusals(groups, request.statistics, advised=request.advised)
    if groups and all(len(found) == len(groups) for found in reasons.values()):
        most = max(reasons.values(), key=len)
        message = series(dict.fromkeys([rule_notes.reasons(chain.from_iterable(most)), *notes]))
        raise RefusedError(message, most[0][0].hint if request.advised else "")
    return without("result", groups, request.statistics, advised=request.advised)


def without(
    what: str, groups: Sequence[Counted], statistics: Sequence[Statistic], *, advised: bool = True
) -> list[str]:
    """Return notes that say for how many groups there is no result, share or total, and why."""
    named: dict[tuple[int, str, str], list[str]] = {}
    for statistic, found in _refusals(groups, statistics, advised=advised).items():
        if found:
            reasons = rule_notes.reasons(chain.from_iterable(found))
            which = _which([group for group in groups if group.refusals(statistic)])
            named.setdefault((len(found), which, reasons), []).append(
                pick(statistic.name, statistic.titles[1])
            )
    notes = []
    for (n, which, reasons), names in named.items():
        values = {"lacking": _WITHOUT[what](statistics=_(" or ").join(names)), "n": n,
                  "total": len(groups), "groups": which, "reasons": reasons}  # fmt: skip
        if n == len(groups):
            notes.append(_("{lacking}: {reasons}", **values))
        elif which:
            notes.append(_("{lacking} for {n} of {total} groups ({groups}): {reasons}", **values))
        else:
            notes.append(_("{lacking} for {n} of {total} groups: {reasons}", **values))
    return notes


def _which(groups: Sequence[Counted]) -> str:
    """Return the names of a few groups; empty for many, and for those that have none."""
    names = (
        " ".join(labels.code(column, group.keys[column]) for column in group.plan.by
                 if group.keys.get(column))
        for group in groups
    )  # fmt: skip
    found = [name for name in dict.fromkeys(names) if name]
    return join(found) if len(found) <= _NAMED else ""


_WITHOUT: dict[str, Callable[..., str]] = {
    "result": lambda **words: _("no {statistics}", **words),
    "share": lambda **words: _("no share of {statistics}", **words),
    "total": lambda **words: _("no total of {statistics}", **words),
}


def _refusals(
    groups: Sequence[Counted], statistics: Sequence[Statistic], *, advised: bool
) -> dict[Statistic, list[tuple[Refusal, ...]]]:
    """Return the reasons against each statistic, one tuple for each group that has any."""

    def shown(refusal: Refusal) -> Refusal:
        return refusal._replace(reason=refusal.unadvised or refusal.reason)

    return {
        statistic: [
            found if advised else tuple(map(shown, found))
            for group in groups
            if (found := group.refusals(statistic))
        ]
        for statistic in statistics
    }


def rounded(rows: Sequence[dict[str, str]], statistics: Sequence[Statistic]) -> list[str]:
    """Return a note if a number that cannot be exact has all the digits to which it is rounded."""
    names = [one.name for one in statistics if one.entry.rounded]
    digits = numbers.ROUNDED_DIGITS
    long = [
        name
        for name in names
        if any(sum(map(str.isdigit, row[name].lstrip("-0."))) >= digits for row in rows)
    ]
    if not long:
        return []
    named = join(long)
    return [_("rounded to {digits} significant digits: {names}", digits=digits, names=named)]
