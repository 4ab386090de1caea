"""How a table is put together: by which columns, and what the rules must look at."""

from collections.abc import Sequence
from typing import NamedTuple

from transfer_cli.aggregation.roles import DIMENSION, Roles
from transfer_cli.model.containment import FAMILY
from transfer_cli.model.lookups import indicators

AREA = ("scope", "province", "place", "industry", "subject")
"""The columns by which one figure may lie inside another."""

PLACED = ("province", "place", "industry")
"""Columns over which figures are put together without being asked, where they add over them."""


class Plan(NamedTuple):
    """The keys of the answer, the roles of columns, and what was given up.

    With ``apart``, figures are kept apart by all that tells whether one contains another, so that
    some can be left out: by their ids too, those of ``family`` or, where that is None, all.
    """

    keys: tuple[str, ...]
    role: Roles
    by: tuple[str, ...] = ()
    across: tuple[str, ...] = ()
    ordered: bool = False
    apart: bool = False
    family: frozenset[str] | None = frozenset()

    @property
    def guarded(self) -> bool:
        """Whether the rules look at the indicators of what is put together."""
        return "indicator" in self.role.likeness

    @property
    def groups(self) -> list[str]:
        """The columns that tell the groups of the answer apart."""
        return [*self.keys, DIMENSION]

    @property
    def base(self) -> list[str]:
        """The columns of a table that tell the group of a row: from two follows its dimension."""
        measured = (self.role.unit, "indicator" if self.guarded else "")
        return list(dict.fromkeys([*self.keys, *filter(None, measured)]))

    def atoms(self, present: Sequence[str]) -> list[str]:
        """Return the columns, of those present, by which numbers are added up first of all."""
        wanted = [*self.base, self.role.bound]
        if self.apart:
            wanted += [*AREA, *self.across, *(FAMILY if self.family != frozenset() else ())]
        return [name for name in dict.fromkeys(wanted) if name in present]

    def watched(self, present: Sequence[str]) -> list[str]:
        """Return the columns, of those present, whose words in a group the rules look at."""
        if not self.guarded:
            return []
        wanted = [*self.across, *filter(bound_to, PLACED), "subject"]
        return [name for name in dict.fromkeys(wanted) if name in present and name not in self.base]

    def contains(self, present: Sequence[str]) -> list[str]:
        """Return the columns, of those present, that tell whether a figure may contain others."""
        wanted = (*FAMILY[1:], *("scope", "industry", "subject")) if self.guarded else ()
        return [name for name in wanted if name in present]

    def kept_apart(self, family: frozenset[str] | None) -> "Plan":
        """Return the plan that keeps apart what may contain, or be contained."""
        return self._replace(apart=True, family=family)


def bound_to(column: str) -> frozenset[str]:
    """Return the codes of the indicators that add up, but not over places or industries."""
    over = "place" if column == "province" else column
    return frozenset(
        code for code, row in indicators().items() if row.additive and over not in row.adds_across
    )
