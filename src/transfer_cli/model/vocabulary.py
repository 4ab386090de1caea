"""What the look-up tables say: provinces, indicators, industries and units.

A ``Vocabulary`` is loaded once for a command and passed to the functions that need it.
"""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import cache, cached_property
from pathlib import Path
from typing import NamedTuple

from transfer_cli.errors import DataError
from transfer_cli.messages import _, pick
from transfer_cli.model import codelists, lookups, numbers
from transfer_cli.model.lookups import builtin
from transfer_cli.model.units import ONE, Unit, UnitRow, UnitTable


class Province(NamedTuple):
    """One of the 34 provinces, with all of its names and codes (GB/T 2260, ISO 3166-2)."""

    name: str
    iso: str
    gb: str
    zh: str
    zh_full: str
    abbreviations: tuple[str, ...]
    region: str


INDUSTRIES = ";"
"""The separator between the codes of a figure of several industries."""

NOT_ADDITIVE = frozenset({"share", "growth", "rank", "average", "duration"})
"""Kinds of indicators of which no two figures ever add up (SDMX: no rate, no rank)."""


class Indicator(NamedTuple):
    """What a figure measures, how it is collected over time and what it may be added across.

    ``measure`` is the code of the indicator that a share is a share of, or that a growth rate says
    the growth of; empty for the others.
    """

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
    measure: str

    @property
    def name(self) -> str:
        """Its name in a sentence."""
        return pick(self.label.lower(), self.label_zh)

    @property
    def has_stages(self) -> bool:
        """Whether it counts or adds up things that are signed, started and completed in turn."""
        if self.category == "capacity":
            return self.kind == "stock"
        return self.category in ("investment", "projects") and self.additive

    @property
    def signed(self) -> bool:
        """Whether figures of it may be below zero, as growth may."""
        return self.kind == "growth"

    @property
    def counts_jobs(self) -> bool:
        """Whether it counts jobs, in posts or in the persons who hold them."""
        return self.category == "jobs"

    @property
    def additive(self) -> bool:
        """Whether figures of it add up at all, over places at least."""
        return self.kind not in NOT_ADDITIVE


class Industry(NamedTuple):
    """An industry by its code and labels."""

    code: str
    label: str
    label_zh: str


DERIVED = {"category": "indicator", "region": "province"}
"""Derived columns, each with the column from which it is derived."""


def with_derived(columns: Iterable[str]) -> list[str]:
    """Return the columns of a table, and after them those that are derived from them."""
    own = dict.fromkeys(columns)
    return list(own | dict.fromkeys(name for name, base in DERIVED.items() if base in own))


class Vocabulary:
    """The look-up tables, each read when it is first used.

    ``directories`` may hold an ``indicators.csv``, ``units.csv`` or ``industries.csv``, whose rows
    extend the built-in tables; a row replaces the built-in one of its key. Raises DataError, naming
    file and line, for a table that is broken. ``own_words`` is true if a table of the user's is
    read, whose cells may hold words that no look-up has.
    """

    def __init__(self, directories: Iterable[Path] = (), *, own_words: bool = False) -> None:
        self.directories = tuple(directories)
        self.own_words = own_words or bool(self.directories)

    @cached_property
    def indicators(self) -> dict[str, Indicator]:
        """The indicators by code, in the order in which they are shown."""
        return {
            row["indicator"]: _indicator(row, at)
            for at, row in lookups.rows("indicators", self.directories)
        }

    @cached_property
    def industries(self) -> dict[str, Industry]:
        """The industries by code."""
        return {
            row["industry"]: Industry(row["industry"], row["label"], row["label_zh"])
            for _at, row in lookups.rows("industries", self.directories)
        }

    @cached_property
    def units(self) -> UnitTable:
        """The units by the form in which they are printed."""
        rows = {
            row["unit"]: _unit_row(row, at) for at, row in lookups.rows("units", self.directories)
        }
        counted = {row.counts for row in self.indicators.values()} - {""}
        return UnitTable(rows, frozenset(counted))

    def unit(self, name: str, indicator: Indicator | None = None) -> Unit:
        """Return a printed unit as its indicator completes it: what it counts, per what time."""
        if not name:
            return ONE
        if indicator is None:
            return self.units.parse(name)
        return self.units.parse(name, indicator.per, indicator.counts)

    def default_unit(self, printed: Unit, indicator: Indicator | None) -> Unit:
        """Return the unit in which figures of an indicator are shown, if ``printed`` fits it."""
        if indicator is None or not indicator.unit:
            return printed
        unit = self.unit(indicator.unit, indicator)
        return unit if unit.dimension == printed.dimension else printed

    def derived(self, column: str, value: str) -> str:
        """Return the category of an indicator or the region of a province; empty if unknown."""
        if column == "category":
            indicator = self.indicators.get(value)
            return indicator.category if indicator else ""
        from transfer_cli.model import regions

        name = regions.find(value)
        return provinces()[name].region if name in provinces() else ""

    def codes(self, column: str) -> Sequence[str]:
        """Return the codes of a column with a closed list, in the stated order; else empty."""
        return self._codes.get(column, ())

    @cached_property
    def _codes(self) -> dict[str, Sequence[str]]:
        return {
            "province": tuple(dict.fromkeys((*codelists.PROVINCES, *provinces(), NATION))),
            "status": tuple(codelists.STATUSES),
            "scope": tuple(codelists.SCOPES),
            "category": tuple(codelists.CATEGORIES),
            "bound": tuple(codelists.BOUNDS),
            "indicator": tuple(self.indicators),
            "industry": tuple(self.industries),
        }

    @cached_property
    def positions(self) -> dict[str, dict[str, int]]:
        """The position of each code of a column that has a closed list, by column and code."""
        return {
            column: {code: position for position, code in enumerate(codes)}
            for column, codes in self._codes.items()
        }

    def aliases(self, column: str) -> dict[str, tuple[str, ...]]:
        """Return the codes of a column that has a closed list, each with its labels."""
        match column:
            case "indicator":
                return {code: (row.label, row.label_zh) for code, row in self.indicators.items()}
            case "industry":
                return {code: (row.label, row.label_zh) for code, row in self.industries.items()}
        return {code: (label,) for code, label in codelists.LABELS[column].items()}


def look_ups(directories: Iterable[Path] = (), *, own_words: bool = False) -> Vocabulary:
    """Return a ``Vocabulary``; without ``directories`` it is made once, and shared."""
    directories = tuple(directories)
    return Vocabulary(directories, own_words=own_words) if directories else _built_in(own_words)


@cache
def _built_in(own_words: bool) -> Vocabulary:
    return Vocabulary(own_words=own_words)


NATION = "China"
"""The value of ``province`` in a figure of the whole country."""


def industries_in(cell: str) -> list[str]:
    """Return the codes in a cell of ``industry``, which may hold several (``a;b``)."""
    return [code for part in cell.split(INDUSTRIES) if (code := part.strip())]


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
        for row in builtin("provinces")[1]
    }


def _indicator(row: dict[str, str], place: str) -> Indicator:
    return Indicator(
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
        _decimal(row, "minimum", place),
        _decimal(row, "maximum", place),
        row.get("measure", ""),
    )


def _unit_row(row: dict[str, str], place: str) -> UnitRow:
    factor = _decimal(row, "factor", place)
    if factor is None or factor <= 0:
        message = _("{place}: column 'factor': the factor of {unit!r} is {factor!r}",
                    place=place, unit=row["unit"], factor=row["factor"])  # fmt: skip
        raise DataError(message, _("write how many base units it is"))
    return UnitRow(
        row["unit"], row["dimension"], row["base_unit"], factor, row["label"], row["symbol"]
    )


def _decimal(row: dict[str, str], column: str, place: str) -> Decimal | None:
    """Return the number in a cell of a look-up, or None if it is empty."""
    number = numbers.decimal(row[column])
    if number is None and row[column]:
        message = _("{place}: column {column!r}: {cell!r} is not a number",
                    place=place, column=column, cell=row[column])  # fmt: skip
        raise DataError(message, _("write plain digits"))
    return number
