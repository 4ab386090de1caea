"""Statistics by group, as far as the rules allow them: the same for a source of any size."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from shlex import quote

from transfer_cli.errors import RefusedError
from transfer_cli.frames import pd
from transfer_cli.messages import _
from transfer_cli.model import numbers, periods
from transfer_cli.model.schema import LIKENESS, Field, Schema, unguarded
from transfer_cli.model.units import Unit
from transfer_cli.model.vocabulary import Vocabulary
from transfer_cli.query.condition import EVERY_ROW, Condition
from transfer_cli.rules import notes as rule_notes
from transfer_cli.rules.decision import Refusal
from transfer_cli.stats import fine, identity
from transfer_cli.stats.evaluate import Part, cells, evaluate
from transfer_cli.stats.fine import Fetched, Figures, Key
from transfer_cli.stats.judge import Judgement, judge
from transfer_cli.stats.plan import GroupPlan, Request, plan
from transfer_cli.stats.statistic import Statistic
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
    fetched = fine.fetch(source, where, grouping)
    operations = [one.operation for one in request.statistics if one.kind != "count"]
    judgement = judge(source, grouping, fetched, operations)
    if judgement.left_out.any() and fetched.judged is not fetched.figures:
        fetched = fine.split(source, where, grouping, fetched)
        judgement = judge(source, grouping, fetched, operations)
    groups = [
        _Group(grouping, fetched, judgement, key, rows.tolist())
        for key, rows in zip(fetched.figures.keys, fetched.figures.members, strict=True)
    ]
    _choose_units(groups, source.vocabulary, request.unit)
    groups = _ordered([*groups, *_empty(grouping, fetched)], source.vocabulary, grouping)
    about = [*judgement.notes(fetched.judged), *_silent_provinces(source, fetched, request)]
    refused = _refusals(groups, request.statistics, about)
    frame = _frame(groups, fetched, grouping)
    notes = (*_identity(source, where, grouping), *_unguarded(grouping), *about, *refused)
    return _table(source, frame, grouping, notes)


class _Group:
    """A row of the result: its key, its figures, what the rules say, its unit."""

    def __init__(
        self,
        grouping: GroupPlan,
        fetched: Fetched,
        judgement: Judgement,
        key: Key,
        rows: Sequence[int] = (),
    ) -> None:
        self.grouping, self.figures, self.judgement, self.key = (
            grouping, fetched.figures, judgement, key
        )  # fmt: skip
        self.cells = dict(zip(grouping.keys, key, strict=False))
        adding = any(one.operation in ADDING for one in _statistics(grouping))
        self.rows = rows
        self.used = [row for row in rows if not judgement.left_out[row]] if adding else rows
        counts = fetched.figures.counts
        self.n = sum(counts[row] for row in self.used)
        self.left_out = sum(counts[row] for row in rows) - self.n
        self.unit: Unit | None = None

    def refusals(self, statistic: Statistic) -> tuple[Refusal, ...]:
        """Return why a statistic of the group has no meaning."""
        if statistic.kind == "count":
            return ()
        return self.judgement.refusals(statistic.operation, self.key)

    def printed(self, vocabulary: Vocabulary) -> Unit:
        """Return the unit of the group: the printed one, or the indicator's where several are."""
        units = sorted({self.figures.units[row] for row in self.rows},
                       key=lambda unit: (-unit.factor, unit.name))  # fmt: skip
        if len({unit.name for unit in units}) == 1:
            return units[0]
        indicator = vocabulary.indicators.get(self.cells.get("indicator", ""))
        return vocabulary.default_unit(units[0], indicator)

    def row(self, missing: int) -> dict[str, str]:
        """Return the cells of the row; ``missing`` rows without a number are counted with it."""
        row = dict(self.cells)
        if self.grouping.unit:
            row["unit"] = self.unit.name if self.unit else ""
        row |= {"n": str(self.n), "left_out": str(self.left_out)}
        for statistic in self.grouping.statistics:
            if statistic.kind == "count":
                row[statistic.name] = str(self.n + self.left_out + missing)
                continue
            used = self.used if statistic.operation in ADDING else self.rows
            allowed = used and self.unit and not self.refusals(statistic)
            result = evaluate(statistic, self._parts(used, self.unit)) if allowed else None
            row |= cells(statistic, result, bounded=bool(self.grouping.bound))
        return row

    def _parts(self, rows: Sequence[int], unit: Unit) -> list[Part]:
        return [self.figures.part(row, unit) for row in rows]
