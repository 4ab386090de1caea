"""The look-up tables: provinces, indicators, industries and units, built-in or extended.

They are read with the standard library: they complete a word and reject a wrong one, long before
pandas is loaded. A ``Vocabulary`` is loaded once for a command and passed to whoever needs it.
"""

import csv
import os
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import cache, cached_property
from pathlib import Path
from typing import NamedTuple

from transfer_cli.errors import DataError, reason
from transfer_cli.messages import _, pick
from transfer_cli.model import codelists, numbers
from transfer_cli.model.units import ONE, Unit, UnitRow, UnitTable


class Province(NamedTuple):
    """One of the 34 provinces, with every name and code it goes by (GB/T 2260, ISO 3166-2)."""

    name: str
    iso: str
    gb: str
    zh: str
    zh_full: str
    abbreviations: tuple[str, ...]
    region: str


OPTIONAL = ("measure", "isic")
"""Columns that a look-up table of a user may lack."""

INDUSTRIES = ";"
"""What stands between the codes of a figure that is of several industries together."""

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
    measure: str = ""

    @property
    def name(self) -> str:
        """What it is called in a sentence."""
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
"""Columns that follow from another one, each with that column."""


def with_derived(columns: Iterable[str]) -> list[str]:
    """Return the columns of a table, and after them those that follow from one of them."""
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
        return {row["indicator"]: _indicator(row, at) for at, row in self._rows("indicators")}

    @cached_property
    def industries(self) -> dict[str, Industry]:
        """The industries by code."""
        return {
            row["industry"]: Industry(row["industry"], row["label"], row["label_zh"])
            for _at, row in self._rows("industries")
        }

    @cached_property
    def units(self) -> UnitTable:
        """The units by the form in which they are printed."""
        rows = {row["unit"]: _unit_row(row, at) for at, row in self._rows("units")}
        counted = {row.counts for row in self.indicators.values()} - {""}
        return UnitTable(rows, frozenset(counted))

    def _rows(self, name: str) -> "Iterator[_Row]":
        """Yield the rows of a look-up, each with its place: the built-in ones, then the user's."""
        own = data_directory() / f"{name}.csv"
        columns, rows = _read(own)
        required = [name for name in columns if name not in OPTIONAL]
        yield from rows
        for path in look_up_files(self.directories, name):
            if path.resolve() != own:
                yield from _read(path, required)[1]

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

        province = provinces().get(regions.find(value) or "")
        return province.region if province else ""

    def codes(self, column: str) -> Sequence[str]:
        """Return the codes of a column that has a closed list, in the stated order; else none."""
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


@cache
def data_directory() -> Path:
    """Return the directory of the built-in tables: in the wheel, or at the repository's top."""
    package = Path(__file__).resolve().parents[1]
    for directory in (package / "data", package.parents[1] / "data"):
        if (directory / "datapackage.json").is_file():
            return directory
    raise DataError(
        _("the built-in tables are missing"), _("reinstall with: pip install transfer-cli")
    )


def is_inside(directory: Path, file: str) -> bool:
    """Return whether a file, whose links are followed, lies in a directory."""
    # Unlike Path.resolve, it raises nothing for a link to itself.
    return Path(os.path.realpath(directory / file)).is_relative_to(os.path.realpath(directory))


def look_up_files(directories: Iterable[Path], name: str) -> Iterator[Path]:
    """Yield the files in ``directories`` that extend the look-up ``name``.

    It is called so, and its header has the key of the look-up and another of its columns: another
    table of the user's may have the name. Raises DataError for a link that leads elsewhere: no
    file that the user did not name is read.
    """
    key, *others = _KEYS[name]
    for path in (directory / f"{name}.csv" for directory in directories):
        if not path.is_file():
            continue
        if not is_inside(path.parent, path.name):
            message = _("{path} is a link to a file in another directory", path=path)
            raise DataError(message, _("put the file itself there, or rename the link"))
        with path.open("rb") as file:
            first = file.readline(_LONGEST_HEADER).decode("utf-8-sig", "replace")
        header = [cell.strip(' "') for cell in first.rstrip("\r\n").split(",")]
        if key in header and any(column in header for column in others):
            yield path


_KEYS = {
    "indicators": ("indicator", "kind", "adds_across", "label", "label_zh", "category"),
    "units": ("unit", "factor", "base_unit", "dimension", "label", "symbol"),
    "industries": ("industry", "label", "label_zh"),
}
"""The key of each look-up that a user may extend, and columns of which it has at least one."""
_LONGEST_HEADER = 1 << 16
_Row = tuple[str, dict[str, str]]
"""A row of a look-up, after its place as ``FILE:LINE``."""


def builtin(name: str) -> tuple[Sequence[str], list[dict[str, str]]]:
    """Return the columns and the rows of a built-in table."""
    columns, rows = _read(data_directory() / f"{name}.csv")
    return columns, [row for _at, row in rows]


def _read(path: Path, required: Iterable[str] = ()) -> tuple[Sequence[str], list[_Row]]:
    """Return the columns and rows of a look-up; raise DataError if it is broken.

    ``required`` are columns that it must have.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, restkey="", strict=True)
            columns = reader.fieldnames or ()
            for name in required:
                if name not in columns:
                    message = _("{path}:1: column {name!r} is missing", path=path, name=name)
                    hint = _("add the column, or rename the file if it is no look-up table")
                    raise DataError(message, hint)
            rows = []
            for row in reader:
                place = f"{path}:{reader.line_num}"
                if "\0" in "".join(filter(None, row.values())):
                    message = _("{place}: a NUL character: no text", place=place)
                    raise DataError(message, _("remove the character"))
                if None in row.values() or "" in row:
                    message = _("{place}: a field is missing or left over", place=place)
                    raise DataError(message, _("give the row as many fields as the header has"))
                rows.append((place, row))
    except (UnicodeDecodeError, csv.Error) as error:
        message = _("{path} is no CSV file in UTF-8: {reason}", path=path, reason=reason(error))
        raise DataError(message, _("save it as CSV in UTF-8")) from error
    return columns, rows


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
        message = _("{place}: column {column!r}: {cell!r} is no number",
                    place=place, column=column, cell=row[column])  # fmt: skip
        raise DataError(message, _("write plain digits"))
    return number
