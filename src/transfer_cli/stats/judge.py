"""Applies the rules to groups of figures, and describes their decisions."""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from transfer_cli.errors import Instead
from transfer_cli.frames import np
from transfer_cli.messages import _
from transfer_cli.model import kinds
from transfer_cli.rules import notes
from transfer_cli.rules.decision import Decision, Operation, Record, Refusal, decide
from transfer_cli.rules.record import MEANS, THINGS
from transfer_cli.stats.figures import WATCHED, Figures, Key
from transfer_cli.stats.groups import MOST, Fetched
from transfer_cli.stats.plan import GroupPlan
from transfer_cli.tables.source import Source

ADDING = ("sum", *MEANS)
"""The operations that leave out what another figure contains. A part can be the largest."""


@dataclass(frozen=True)
class Judgement:
    """The decisions of the rules: by operation, and by the key of a group.

    ``left_out`` has, for each row of the figures judged, the reason why it is left out of sums and
    means, or "".
    """

    left_out: Sequence[str]
    decisions: dict[Operation, dict[Key, Decision]] = field(default_factory=dict)

    def refusals(self, operation: Operation, key: Key) -> tuple[Refusal, ...]:
        """Return the reasons against an operation on a group; empty if it is allowed."""
        decision = self.decisions.get(operation, {}).get(key)
        return decision.refusals if decision else ()

    def notes(self, figures: Figures, keys: Sequence[Key], *, counted: bool) -> list[str]:
        """Return the notes to be shown with the results: caveats, and what is left out.

        ``keys`` are the groups in the order of the result. Where rows are ``counted``, groups
        without another statistic have a result, too.
        """
        judged = [found[key] for found in self.decisions.values() for key in keys if key in found]
        found = notes.caveats([one for one in judged if one.allowed or counted])
        for reason in ("part", "inside"):
            rows = figures.frame[[why == reason for why in self.left_out]]
            if len(rows):
                ids = sorted(name for name in rows["id"] if name) if "id" in rows else []
                found.append(notes.left_out(reason, ids, int(rows["n"].sum())))
        return found


def judge(
    source: Source, plan: GroupPlan, fetched: Fetched, operations: Iterable[Operation]
) -> Judgement:
    """Return whether the figures of each group may be combined by each operation.

    Groups of one record that agree in what matters to it alone are judged once.
    """
    figures = fetched.judged
    left_out = [""] * len(figures)
    compared = plan.comparability or plan.watched or figures.has_units
    if not compared and not kinds.implied(plan.value):
        return Judgement(left_out)
    if fetched.too_many:
        return Judgement(left_out, _too_many(plan, figures, operations))
    records = _records(source, plan, figures, fetched)
    others = _others(figures, records)
    # The rules know the period by this name alone.
    across = ["period" if name == plan.period else name for name in plan.across]
    decisions: dict[Operation, dict[Key, Decision]] = {}
    for operation in dict.fromkeys(operations):
        known: dict[Hashable, Decision] = {}
        decisions[operation] = {}
        for key, rows in zip(figures.keys, figures.members, strict=True):
            mine = [records[row] for row in rows]
            mine += [others[row] for row in rows if row in others]
            same = _alone(mine[0]) if len(mine) == 1 else tuple(mine)
            if same not in known:
                known[same] = decide(operation, mine, across=across, by=plan.by)
            decision = decisions[operation][key] = known[same]
            for position, reason in decision.left_out.items() if operation in ADDING else ():
                if position < len(rows):
                    left_out[rows[position]] = reason
    return Judgement(left_out, decisions)


def _alone(record: Record) -> Hashable:
    """Return what matters to the rules of a group of one record."""
    several = record.rows > 1
    return record.code, record.dimension, record.status, record.scope, several, record.wholes[:1]


def _records(source: Source, plan: GroupPlan, figures: Figures, fetched: Fetched) -> list[Record]:
    """Return what describes each row of the figures. A column empty throughout counts as absent."""
    count = len(figures)
    absent: list[str | None] = [None] * count

    def cells(name: str, *, optional: bool = False) -> Sequence[str | None]:
        column = figures.column(name)
        return absent if column is None or (optional and not any(column)) else column

    # A row of a project whose place is not printed is not of the whole province.
    things = "scope" not in plan.columns and not THINGS.isdisjoint(plan.columns)
    codes = cells("indicator") if plan.indicator else absent
    # Without an indicator or parts, the id may be that of a place or a firm, once for each year.
    identified = plan.indicator or "part_of" in plan.watched
    ids = (figures.column("id") if identified else None) or [""] * count
    indicators = source.vocabulary.indicators
    columns = (
        codes,
        [indicators.get(code) if code else None for code in codes],
        [unit.dimension for unit in figures.units],
        cells("status", optional=True),
        ["project"] * count if things else cells("scope", optional=True),
        cells("province"),
        cells("place"),
        cells("project" if figures.column("project") else "subject"),
        cells("industry"),
        cells(plan.period),
        cells("source") if "source" in plan.comparability else absent,
        ids,
        [fetched.wholes.get(name, ()) for name in ids],
        figures.frame["n"].tolist(),
        [source.schema.field(plan.value).written] * count,
        _amounts(figures),
    )
    return [Record(*row) for row in zip(*columns, strict=True)]


def _amounts(figures: Figures) -> list[Fraction | None]:
    """Return the amounts of figures, which separate wholes from parts where no scope does."""
    if all(figures.column("scope") or ("",)):
        return [None] * len(figures)
    amounts = figures.frame["max"].tolist()
    return [
        Fraction(amount) * unit.factor for amount, unit in zip(amounts, figures.units, strict=True)
    ]


def _others(figures: Figures, records: Sequence[Record]) -> dict[int, Record]:
    """Return a second record for the rows within which a place or an industry varies."""
    frame, changes = figures.frame, dict[int, dict[str, Any]]()
    for name in WATCHED:
        if f"max {name}" not in frame or name in frame:
            continue
        low, high = frame[f"min {name}"], frame[f"max {name}"]
        for row in np.flatnonzero(low != high).tolist():
            changes.setdefault(row, {})[name] = high[row]
    return {row: records[row]._replace(**cells) for row, cells in changes.items()}


def _too_many(
    plan: GroupPlan, figures: Figures, operations: Iterable[Operation]
) -> dict[Operation, dict[Key, Decision]]:
    reason = _("more than {most:,} different groups of figures would have to be judged", most=MOST)
    hint = Instead("--by", ",".join([*plan.by, *plan.across]))
    refused = Decision(refusals=(Refusal(reason, hint),))
    return {
        operation: dict.fromkeys(figures.keys, refused)
        for operation in operations
        if operation in ADDING
    }
