"""Rows that are the total of others, by a word such as 合计 in a column of text.

A total is not added to what it is the total of. The rules look at the areas and the industries of
single figures; a total among provinces, firms or counties is left out of a statistic over them
here.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from transfer_cli.errors import few
from transfer_cli.messages import _
from transfer_cli.model.names import TOTALS, is_total
from transfer_cli.model.vocabulary import NATION
from transfer_cli.query.comparisons import Codes, In, IsMissing
from transfer_cli.query.condition import Condition, Not, Or, both
from transfer_cli.rules import nesting
from transfer_cli.stats.figures import Key, cells_of
from transfer_cli.stats.plan import GroupPlan
from transfer_cli.tables.source import Source

MOST = 10_000
"""Rows of totals looked at."""

_AREAS = ("province", "place")
_DESCRIBED = frozenset({
    "place", "place_zh", "subject_zh", "industry", "part_of", "id", "source", "line", "printed",
    "note", "note_zh",
})  # fmt: skip
"""Columns whose words the rules know, and columns that do not describe what a row is of."""


class Remaining(NamedTuple):
    """A condition on the rows to use, how many others each group has, and notes.

    ``rows`` has the cells of the key columns as keys.
    """

    where: Condition
    rows: Counter[Key]
    notes: Sequence[str] = ()


def without_totals(
    source: Source, where: Condition, plan: GroupPlan, grouped: Sequence[str] = ()
) -> Remaining:
    """Return a selection in which no total is added to the rows of which it is the total.

    The totals are left out; of those of the columns ``grouped`` that are no keys of the plan, over
    which it is a plan of totals, the others are, so that a printed total is the total. A total that
    is alone in its group stays.
    """
    rows: Counter[Key] = Counter()
    notes: list[str] = []
    for column, words in _totals(source, where, plan, grouped):
        total = In(column, frozenset(words))
        other = Or((IsMissing(column), Not(total)))
        areas = (name for name in _AREAS if name in source.columns)
        by = tuple(name for name in dict.fromkeys([*plan.keys, *areas]) if name != column)
        totals, others = (_keys(source, both(where, each), by) for each in (total, other))
        if not others:
            continue
        if column in grouped:
            lone = [key for key in others if not any(_covers(one, key) for one in totals)]
            used = Or((total, both(other, _any(by, lone))))
        else:
            lone = [one for one in totals if not any(_covers(one, key) for key in others)]
            if len(lone) == len(totals):
                continue
            used = Or((other, both(total, _any(by, lone))))
            note = _("{column}: left out, as the total of others here: {words}",
                     column=source.schema.field(column).written, words=few(words))  # fmt: skip
            notes.append(note)
        rows += _counts(source, where, plan) - _counts(source, both(where, used), plan)
        where = both(where, used)
    return Remaining(where, rows, notes)


def _keys(source: Source, where: Condition, by: Sequence[str]) -> list[Key]:
    """Return the distinct cells of columns in the rows that satisfy ``where``."""
    return cells_of(source.groups(where, by), by)


def _counts(source: Source, where: Condition, plan: GroupPlan) -> Counter[Key]:
    """Return how many rows each group has."""
    frame = source.groups(where, plan.keys)
    cells = [frame[name].tolist() for name in (*plan.keys, "rows")]
    return Counter({tuple(key): rows for *key, rows in zip(*cells, strict=True)})


def _covers(total: Key, key: Key) -> bool:
    """Return whether a total may be of a group: what it does not name, it is of all of."""
    return all(not one or one == cell for one, cell in zip(total, key, strict=True))


def _any(by: Sequence[str], keys: Sequence[Key]) -> Condition:
    """Return the condition that is true of the rows of any of several groups."""
    return Or(tuple(
        both(*(_is(name, cell) for name, cell in zip(by, key, strict=True))) for key in keys
    ))  # fmt: skip


def _is(column: str, cell: str) -> Condition:
    if not cell:
        return IsMissing(column)
    return Codes(column, (cell,)) if column == "province" else In(column, frozenset({cell}))


def of_all(column: str, cells: Iterable[str]) -> set[str]:
    """Return which cells of a column say that a row is of all others: totals, and the nation."""
    words = {*cells}
    found = set(filter(is_total, words))
    parts = words - found - {NATION, ""}
    if column == "province" and any(map(nesting.is_domestic, parts)):
        found |= words & {NATION}
    return found if found != words else set()


def _totals(
    source: Source, where: Condition, plan: GroupPlan, grouped: Sequence[str]
) -> Iterator[tuple[str, list[str]]]:
    """Yield the columns that hold words for a total, with these words.

    Over provinces the rules themselves know what a total is of.
    """
    known = {*_DESCRIBED, *plan.by, *plan.comparability, plan.period, plan.unit, plan.bound}
    known |= {plan.value, plan.weight, *({"province"} & {*grouped})}
    names = [name for name in source.columns if name not in known]
    if not names:
        return
    any_total = Or(tuple(In(name, TOTALS) for name in names))
    found: dict[str, dict[str, None]] = {}
    for table in source.rows(both(where, any_total), names, limit=MOST):
        for name in names:
            words = dict.fromkeys(filter(is_total, table.frame[name]))
            found.setdefault(name, {}).update(words)
    yield from ((name, list(words)) for name, words in found.items() if words)
