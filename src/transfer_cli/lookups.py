"""The look-up tables as plain records, read with the standard library.

They are needed to complete a word and to reject a wrong one, long before pandas is.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

from transfer_cli.errors import DataError


@dataclass(frozen=True, slots=True)
class Province:
    """One of the 34 provinces, with every name and code it goes by."""

    name: str
    iso: str
    gb: str
    zh: str
    zh_full: str
    abbreviations: tuple[str, ...]
    region: str


@dataclass(frozen=True, slots=True)
class Indicator:
    """What a figure measures, how it is collected over time and what it may be added across."""

    code: str
    category: str
    label: str
    label_zh: str
    kind: str
    adds_across: frozenset[str]
    unit: str
    per: str
    counts: str
    better: str
    minimum: Decimal | None
    maximum: Decimal | None


@dataclass(frozen=True, slots=True)
class Industry:
    """An industry by its code and labels."""

    code: str
    label: str
    label_zh: str


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit as printed: its dimension and how many base units it is."""

    unit: str
    dimension: str
    base: str
    factor: Decimal
    label: str
    symbol: str


def data_directory() -> Path:
    """Return the directory of the built-in tables: in the wheel, or at the repository's top."""
    package = Path(__file__).resolve().parent
    for directory in (package / "data", package.parents[1] / "data"):
        if (directory / "datapackage.json").is_file():
            return directory
    raise DataError("the built-in tables are missing", "reinstall with: pip install transfer-cli")


def _rows(name: str) -> Iterator[dict[str, str]]:
    path = data_directory() / f"{name}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


@cache
def provinces() -> dict[str, Province]:
    """Return the provinces by English name, in the order of GB/T 2260."""
    return {
        row["province"]: Province(
            row["province"],
            row["iso_3166_2"],
            row["gb_2260"],
            row["name_zh"],
            row["name_zh_full"],
            tuple(row["abbreviation"].split("/")),
            row["region"],
        )
        for row in _rows("provinces")
    }


def _decimal(text: str) -> Decimal | None:
    return Decimal(text) if text else None


@cache
def indicators() -> dict[str, Indicator]:
    """Return the indicators by code, in the order in which they are shown."""
    return {
        row["indicator"]: Indicator(
            row["indicator"],
            row["category"],
            row["label"],
            row["label_zh"],
            row["kind"],
            frozenset(filter(None, row["adds_across"].split(";"))),
            row["unit"],
            row["per"],
            row["counts"],
            row["better"],
            _decimal(row["minimum"]),
            _decimal(row["maximum"]),
        )
        for row in _rows("indicators")
    }


@cache
def industries() -> dict[str, Industry]:
    """Return the industries by code."""
    return {
        row["industry"]: Industry(row["industry"], row["label"], row["label_zh"])
        for row in _rows("industries")
    }


@cache
def unit_rows() -> dict[str, UnitRow]:
    """Return the units of ``units.csv`` by the form in which they are printed."""
    return {
        row["unit"]: UnitRow(
            row["unit"],
            row["dimension"],
            row["base_unit"],
            Decimal(row["factor"]),
            row["label"],
            row["symbol"],
        )
        for row in _rows("units")
    }
