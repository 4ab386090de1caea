"""The smallest groups that an aggregate is made of, and what must be read to make them.

Rows that agree in the keys of the answer, in unit and bound, and in all that the rules of
likeness look at, fall into one atom. The rules judge atoms; the answer puts them together.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from transfer_cli import measures, partials
from transfer_cli.frames import pd
from transfer_cli.lookups import indicators
from transfer_cli.measures import Roles
from transfer_cli.partials import Partial
from transfer_cli.table import Table

_AREA = ("province", "place", "industry")
_RELATION = ("id", "part_of")


@dataclass(frozen=True, slots=True)
class Plan:
    """How a table is put together: the keys of the answer, its roles, and what was given up.

    ``family`` holds the ids of the figures that are parts or wholes of others. With ``apart``,
    figures that differ in anything the rules look at are kept apart, so that some may be left
    out; without, the words that meet in a group are only listed, which is enough to judge it.
    """

    keys: tuple[str, ...]
    role: Roles
    by: tuple[str, ...] = ()
    across: tuple[str, ...] = ()
    ordered: bool = False
    family: frozenset[str] = field(default=frozenset())
    apart: bool = True

    @property
    def groups(self) -> list[str]:
        """The columns by which lifted atoms are put together."""
        return [*self.keys, measures.DIMENSION]

    def columns(self, present: Sequence[str]) -> list[str]:
        """Return the columns that make the atoms, of those ``present``."""
        wanted = [*self.keys, self.role.unit, self.role.bound]
        if "indicator" in self.role.likeness:
            wanted.append("indicator")
            wanted += [*self.watched, *self.area] if self.apart else ()
            wanted += _RELATION if self.family else ()
        return [name for name in dict.fromkeys(wanted) if name in present]

    @property
    def watched(self) -> list[str]:
        """The columns beside the keys at whose variety the rules look."""
        if "indicator" not in self.role.likeness:
            return []
        return [name for name in (*self.across, "place", "industry") if name not in self.keys]

    @property
    def base(self) -> list[str]:
        """The columns that tell the group of a row: the keys, and what its dimension rests on."""
        named = (self.role.unit, "indicator" if "indicator" in self.role.likeness else "")
        return list(dict.fromkeys([*self.keys, *filter(None, named)]))

    @property
    def area(self) -> Sequence[str]:
        """The columns by which one figure's area may lie inside another's."""
        return _AREA if "scope" in self.across else ()


@dataclass(frozen=True)
class Part:
    """The figures of some rows by their atoms, and by key the rows that print no number.

    ``words`` lists, for each column that the rules watch, what meets in the groups.
    """

    figures: Partial
    silent: Partial
    words: Mapping[str, Partial] = field(default_factory=dict)


def family(ids: "pd.Series[str]", wholes: "pd.Series[str]") -> frozenset[str]:
    """Return the ids of figures that are part of others, and of those others."""
    part = wholes != ""
    return frozenset(ids[part]) | frozenset(wholes[part])


def partial(table: Table, plan: Plan) -> Part:
    """Return the partial aggregate of a table, or of a chunk of one."""
    if not plan.role.value:
        rows = partials.partial(table.frame, plan.keys, "", ordered=False)
        return Part(partials.Partial(pd.DataFrame()), rows)
    measures.check_bounds(table, plan.role)
    numbers = table.numbers(plan.role.value)
    present = numbers.notna()
    silent = table.frame.loc[~present, list(plan.keys)]
    by, beside = plan.columns(table.columns), watched(plan, table.columns)
    frame = table.frame[list(dict.fromkeys([*by, *beside]))]
    if not present.all():
        frame, numbers = frame[present], numbers[present]
    frame = _narrowed(frame, plan).assign(**{plan.role.value: numbers})
    figures = partials.partial(frame, by, plan.role.value, ordered=plan.ordered)
    words = {name: partials.partial(frame, listed(plan, name), "", ordered=False)
             for name in beside}  # fmt: skip
    return Part(figures, partials.partial(silent, plan.keys, "", ordered=False), words)


def watched(plan: Plan, present: Sequence[str]) -> list[str]:
    """Return the columns, of those present, whose words are listed and not kept apart."""
    return [] if plan.apart else [name for name in plan.watched if name in present]


def listed(plan: Plan, column: str) -> list[str]:
    """Return the columns by which the words of a watched column are listed."""
    return list(dict.fromkeys([*plan.base, column]))


def combine(parts: Sequence[Part], plan: Plan) -> Part:
    """Return the partial aggregate of all the rows behind ``parts``."""
    present = [str(name) for name in parts[0].figures.sums if name not in partials.SUMS]
    figures = parts[0].figures
    if plan.role.value:
        figures = partials.combine([part.figures for part in parts], present)
    silent = partials.combine([part.silent for part in parts], plan.keys)
    words = {
        name: partials.combine([part.words[name] for part in parts], listed(plan, name))
        for name in parts[0].words
    }
    return Part(figures, silent, words)


def _narrowed(frame: pd.DataFrame, plan: Plan) -> pd.DataFrame:
    """Blank what no rule will look at, so that atoms stay few."""
    blank: dict[str, pd.Series[str]] = {}
    if plan.family:
        related = frame["id"].isin(plan.family)
        blank |= {name: _only(frame[name], related) for name in _RELATION}
    for column in ("place", "industry"):
        if column in frame and column not in (*plan.keys, *plan.area):
            bound = [code for code, row in indicators().items() if column not in row.adds_across]
            blank[column] = _only(frame[column], frame["indicator"].isin(bound))
    return frame.assign(**blank)


def _only(cells: "pd.Series[str]", where: "pd.Series[bool]") -> "pd.Series[str]":
    if not where.any():
        return pd.Series(pd.Categorical([""]).repeat(len(cells)), cells.index)
    return cells.astype(object).where(where, "")
