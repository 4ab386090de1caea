"""A row of an aggregate: the figures of a group, its unit, and the cells of its statistics."""

from collections.abc import Callable, Iterable, Sequence
from functools import cache

from transfer_cli.errors import RefusedError
from transfer_cli.model.ordering import Position, sort_key
from transfer_cli.model.units import Unit
from transfer_cli.model.vocabulary import Vocabulary
from transfer_cli.rules.decision import Refusal
from transfer_cli.stats.evaluate import Part, cells, combine, evaluate
from transfer_cli.stats.fine import Fetched, Key
from transfer_cli.stats.judge import ADDING, Judgement
from transfer_cli.stats.plan import GroupPlan
from transfer_cli.stats.statistic import Statistic


class Group:
    """A group of the result. One without figures has rows whose numbers are all missing.

    ``used`` are the rows of the figures that sums and means use, ``n`` counts the figures used;
    ``missing`` is the number of rows without a number that are counted here.
    """

    def __init__(
        self,
        plan: GroupPlan,
        fetched: Fetched,
        judgement: Judgement,
        key: Key,
        rows: Sequence[int] = (),
    ) -> None:
        self.plan, self.figures, self.judgement, self.key = plan, fetched.figures, judgement, key
        self.keys = dict(zip(plan.keys, key, strict=False))
        self.rows = rows
        self.used = [row for row in rows if not judgement.left_out[row]]
        adding = any(one.kind != "count" and one.operation in ADDING for one in plan.statistics)
        total = self._count(rows)
        self.n = self._count(self.used) if adding else total
        self.left_out = total - self.n
        self.missing = 0
        self.unit: Unit | None = None

    def _count(self, rows: Iterable[int]) -> int:
        counts = self.figures.counts
        return sum(counts[row] for row in rows)

    def indicators(self) -> str:
        """Return the indicators of the group, joined by ``;``, in the order of the codes."""
        column = self.figures.column("indicator") if self.plan.indicator else None
        return ";".join(sorted({column[row] for row in self.rows} - {""})) if column else ""

    def refusals(self, statistic: Statistic) -> tuple[Refusal, ...]:
        """Return why a statistic of the group has no meaning, nothing if it has one."""
        if statistic.kind == "count":
            return ()
        return self.judgement.refusals(statistic.operation, self.key)

    def printed_unit(self, vocabulary: Vocabulary) -> Unit:
        """Return the unit in which the figures are printed; the indicator's if in several."""
        units: set[Unit] = {self.figures.units[row] for row in self.used or self.rows}
        largest = min(units, key=lambda unit: (-unit.factor, unit.name))
        if len({unit.name for unit in units}) == 1:
            return largest
        indicator = vocabulary.indicators.get(self.keys.get("indicator", ""))
        return vocabulary.default_unit(largest, indicator)

    def cells(self) -> dict[str, str]:
        """Return the cells of the row, by column."""
        row = self.plan.with_indicators(self.keys, self.indicators())
        if self.figures.has_units:
            row["unit"] = self.unit.name if self.unit else ""
        row |= {"n": str(self.n), "left_out": str(self.left_out)}
        every = combine(map(self._part, self.rows))
        kept = combine(map(self._part, self.used)) if self.left_out else every
        for statistic in self.plan.statistics:
            if statistic.kind == "count":
                row[statistic.name] = str(self.n + self.left_out + self.missing)
                continue
            parts = kept if statistic.operation in ADDING else every
            allowed = parts and not self.refusals(statistic)
            result = evaluate(statistic, parts) if allowed else None
            row |= cells(statistic, result, bounded=bool(self.plan.bound))
        return row

    def _part(self, row: int) -> Part:
        part = self.figures.parts[row]
        unit = self.figures.units[row]
        if self.unit is None or unit.factor == self.unit.factor:
            return part
        return part._replace(factor=unit.factor / self.unit.factor)


def choose_units(groups: Sequence[Group], vocabulary: Vocabulary, requested: str) -> None:
    """Give each group its unit: the one requested where it fits, or else the printed one.

    Raises RefusedError if the unit requested fits no group, UsageError if it does not exist.
    """
    fitting: dict[Unit, Unit | RefusedError] = {}
    for group in groups:
        group.unit = unit = group.printed_unit(vocabulary)
        if requested and unit not in fitting:
            try:
                fitting[unit] = vocabulary.units.target(requested, unit)
            except RefusedError as error:
                fitting[unit] = error
        chosen = fitting.get(unit)
        group.unit = chosen if isinstance(chosen, Unit) else unit
    errors = [error for error in fitting.values() if isinstance(error, RefusedError)]
    if errors and len(errors) == len(fitting):
        raise errors[0]


def in_order(groups: Iterable[Group], plan: GroupPlan, vocabulary: Vocabulary) -> list[Group]:
    """Return groups in the order of their keys, and of their units."""
    keys = sort_keys((*plan.keys, "unit"), plan.period, vocabulary)

    def position(group: Group) -> tuple[Position, ...]:
        cells = (*group.keys.values(), group.unit.name if group.unit else "")
        return tuple(key(cell) for key, cell in zip(keys, cells, strict=True))

    return sorted(groups, key=position)


def sort_keys(
    columns: Iterable[str], period: str, vocabulary: Vocabulary
) -> list[Callable[[object], Position]]:
    """Return the sort key of each column; ``period`` is the one that holds periods."""
    return [cache(sort_key(vocabulary, "period" if name == period else name)) for name in columns]
