"""Module state for code that is not yet passed a ``Vocabulary``; it goes with its last user."""

from collections.abc import Iterable
from pathlib import Path

from transfer_cli.model.units import UnitRow
from transfer_cli.model.vocabulary import (
    NOT_ADDITIVE,
    Indicator,
    Industry,
    Province,
    Vocabulary,
    data_directory,
    provinces,
)

__all__ = [
    "NOT_ADDITIVE", "Indicator", "Industry", "Province", "UnitRow", "beside", "current",
    "data_directory", "extend", "indicators", "industries", "provinces", "unit_rows",
]  # fmt: skip

_current = [Vocabulary()]


def current() -> Vocabulary:
    return _current[0]


def extend(directories: Iterable[Path]) -> None:
    _current[0] = Vocabulary(directories)


def beside() -> tuple[Path, ...]:
    return current().directories


def indicators() -> dict[str, Indicator]:
    return current().indicators


def industries() -> dict[str, Industry]:
    return current().industries


def unit_rows() -> "dict[str, UnitRow]":
    return dict(current().units.rows)
