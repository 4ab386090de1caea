"""A condition on rows as a tree of frozen dataclasses.

It is built from options (``query.options``) and from ``--where`` (``query.where``), evaluated in
pandas (``query.mask``) and written as SQL (``query.sql``).

A condition is true, false or unknown for a row, as in SQL: a missing cell satisfies neither a
comparison nor its negation, and neither does text that is compared with a number. Rows are
selected where the condition is true.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from transfer_cli.messages import _

Test = Callable[[str], bool | None]
"""Whether a cell satisfies a condition; None where that is unknown."""


class Condition:
    """A condition on the rows of a table; ``str`` describes it to people."""

    __slots__ = ()

    @property
    def reads(self) -> tuple[str, ...]:
        """The columns that a condition without parts reads; empty if it reads every column."""
        return ()


@dataclass(frozen=True, slots=True)
class And(Condition):
    """True where every part is true: everywhere if there are none."""

    parts: tuple[Condition, ...] = ()

    def __str__(self) -> str:
        return _(" and ").join(map(_nested, self.parts))


@dataclass(frozen=True, slots=True)
class Or(Condition):
    """True where a part is true."""

    parts: tuple[Condition, ...]

    def __str__(self) -> str:
        return _(" or ").join(map(_nested, self.parts))


@dataclass(frozen=True, slots=True)
class Not(Condition):
    """True where the part is false."""

    part: Condition

    def __str__(self) -> str:
        return _("not {part}", part=_nested(self.part))


@dataclass(frozen=True, slots=True)
class CellCondition(Condition):
    """A condition that a single cell decides."""

    column: str

    @property
    def reads(self) -> tuple[str, ...]:
        return (self.column,)

    def test(self) -> Test:
        """Return the test for one cell."""
        raise NotImplementedError


EVERY_ROW: Final[Condition] = And()


def both(*conditions: Condition) -> Condition:
    """Return the condition that is true where all of ``conditions`` are, each of them once."""
    every = dict.fromkeys(part for condition in conditions for part in conjuncts(condition))
    parts = tuple(every)
    return parts[0] if len(parts) == 1 else And(parts)


def conjuncts(condition: Condition) -> tuple[Condition, ...]:
    """Return the conditions that must all be true; empty for ``EVERY_ROW``."""
    if isinstance(condition, And):
        return tuple(inner for part in condition.parts for inner in conjuncts(part))
    return (condition,)


def leaves(condition: Condition) -> Iterator[Condition]:
    """Yield the conditions of the tree that have no parts, from left to right."""
    match condition:
        case And(parts) | Or(parts):
            for part in parts:
                yield from leaves(part)
        case Not(part):
            yield from leaves(part)
        case _:
            yield condition


def map_leaves(condition: Condition, change: Callable[[Condition], Condition]) -> Condition:
    """Return the tree with each condition that has no parts replaced by what ``change`` returns."""
    match condition:
        case And(parts):
            return And(tuple(map_leaves(part, change) for part in parts))
        case Or(parts):
            return Or(tuple(map_leaves(part, change) for part in parts))
        case Not(part):
            return Not(map_leaves(part, change))
    return change(condition)


def columns_of(condition: Condition) -> tuple[str, ...]:
    """Return the columns that a condition reads, derived ones under their own name.

    ``Search`` reads every column and is not counted.
    """
    return tuple(dict.fromkeys(name for leaf in leaves(condition) for name in leaf.reads))


def _nested(condition: Condition) -> str:
    return f"({condition})" if isinstance(condition, And | Or) else str(condition)
