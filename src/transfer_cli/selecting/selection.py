"""Which rows are wanted: the filter options that every selecting command shares, resolved."""

import re
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from transfer_cli.errors import UsageError
from transfer_cli.model import lookups, names, units
from transfer_cli.model.periods import Period
from transfer_cli.model.periods import parse as parse_period

_LIMIT = re.compile(r"\s*(-?\d[\d,]{0,30}(?:\.\d{1,30})?)\s*(.*)", re.ASCII)


class Threshold(NamedTuple):
    """A least or greatest value; with a unit it is compared across units of its dimension."""

    value: Fraction
    unit: units.Unit | None


class Selection(NamedTuple):
    """Conditions that a row must meet, all of them.

    ``equal`` maps a column to the codes it may hold, ``like`` to free names that must match.
    """

    equal: Mapping[str, tuple[str, ...]] = {}
    like: Mapping[str, tuple[str, ...]] = {}
    periods: tuple[Period, ...] = ()
    search: str = ""
    least: Threshold | None = None
    greatest: Threshold | None = None
    where: str = ""

    def __bool__(self) -> bool:
        return any(tuple(self))


def split(values: Sequence[str] | None) -> list[str]:
    """Return the items of a repeatable option whose values may also be joined by commas."""
    items = (item.strip() for value in values or () for item in re.split("[,，]", value))
    return [item for item in items if item]


def build(
    equal: dict[str, Sequence[str] | None],
    like: dict[str, Sequence[str] | None],
    period: Sequence[str] | None = None,
    search: str | None = None,
    least: str | None = None,
    greatest: str | None = None,
    where: str | None = None,
) -> Selection:
    """Return the selection that a user's words mean.

    Raises UsageError, with did-you-mean, for a word that is not in its closed list.
    """
    return Selection(
        {
            column: tuple(dict.fromkeys(names.resolve(column, item) for item in split(values)))
            for column, values in equal.items()
            if _given(column, values)
        },
        {column: tuple(split(values)) for column, values in like.items() if _given(column, values)},
        tuple(parse_period(item) for item in split(period) if _given("period", period)),
        search or "",
        _threshold("--min", least),
        _threshold("--max", greatest),
        where or "",
    )


def _given(column: str, values: Sequence[str] | None) -> bool:
    """Tell whether an option was given; an empty one is a mistake (an unset variable), not all."""
    if values and not split(values):
        raise UsageError(f"--{column} is empty", f"transfer-cli values {column}")
    return bool(values)


def _threshold(option: str, text: str | None) -> Threshold | None:
    if text is None:
        return None
    match = _LIMIT.fullmatch(text)
    if not match:
        raise UsageError(f"{option}: {text!r} is no number", f"write {option} 100 or 100亿元")
    unit = match[2]
    if unit and not lookups.current().units.known(unit):
        raise UsageError(f"{option}: unknown unit {unit!r}", "see: transfer-cli values unit")
    return Threshold(
        Fraction(match[1].replace(",", "")), lookups.current().units.parse(unit) if unit else None
    )
