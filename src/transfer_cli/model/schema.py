"""What the columns of a table mean, from ``datapackage.json`` (Data Package v2, Table Schema)."""

import json
from collections.abc import Container, Iterable, Sequence
from functools import cache
from typing import Any, NamedTuple

from transfer_cli.errors import unknown
from transfer_cli.messages import _, pick
from transfer_cli.model.lookups import data_directory
from transfer_cli.model.numbers import plain_number

PERIODS = ("period", "year")
"""The columns that hold the period: the first of them that a table has."""


def has_figures(columns: Iterable[str]) -> bool:
    """Return whether a table with these columns is one of figures."""
    return {"indicator", "value"} <= {*columns}


class Field(NamedTuple):
    """A column: its type, its titles, and the columns that hold its unit and its bound.

    ``adds`` is false for numbers whose sum means nothing: lines, years, capacities of products.
    ``heading`` is the name of the column in the user's table, if it is another one. ``constant`` is
    the cell that every row has in a column that the file lacks: the unit in a heading.
    """

    name: str
    type: str = "any"
    title: str = ""
    title_zh: str = ""
    unit: str = ""
    bound: str = ""
    adds: bool = True
    heading: str = ""
    constant: str = ""

    @property
    def written(self) -> str:
        """The name of the column in the table of the user."""
        return self.heading or self.name

    @property
    def bound_column(self) -> str:
        """The column with its bounds, or the name that it would have."""
        return self.bound or f"{self.name}_bound"

    @property
    def may_hold_numbers(self) -> bool:
        """Whether the type of the column allows numbers: it is one of numbers, or not known."""
        return self.type in ("any", "number", "integer", "year")

    def is_numeric(self, every_cell_is: bool) -> bool:
        """Return whether a column holds numbers: by its type, or else if every cell is one."""
        return every_cell_is if self.type == "any" else self.may_hold_numbers

    def holds_numbers(self, cells: Iterable[str]) -> bool:
        """Return whether a column with these cells holds numbers; see ``is_numeric``."""
        filled = {cell for cell in cells if cell} if self.type == "any" else ()
        return self.is_numeric(bool(filled) and all(map(plain_number, filled)))

    def label(self) -> str:
        """The title for people; the bare name where the schema has none."""
        return pick(self.title, self.title_zh) or self.name


class Schema(NamedTuple):
    """A table of the data package: its name and its fields in order."""

    name: str
    fields: tuple[Field, ...]

    def field(self, name: str) -> Field:
        """Return the field called ``name``; one of unknown type for a column not described."""
        return next((field for field in self.fields if field.name == name), Field(name))

    @property
    def headings(self) -> dict[str, str]:
        """The names of columns by their headings in the user's table, where these differ."""
        return {field.heading: field.name for field in self.fields if field.heading}

    @property
    def constants(self) -> dict[str, str]:
        """The cells of the columns in which every row has the same, and which the file lacks."""
        return {field.name: field.constant for field in self.fields if field.constant}


@cache
def descriptor() -> dict[str, Any]:
    """Return the content of ``datapackage.json``."""
    text = (data_directory() / "datapackage.json").read_text(encoding="utf-8")
    package: dict[str, Any] = json.loads(text)
    return package


@cache
def schemas() -> dict[str, Schema]:
    """Return the schema of every built-in table by name."""
    return {
        resource["name"]: Schema(resource["name"], tuple(map(_field, resource["schema"]["fields"])))
        for resource in descriptor()["resources"]
    }


def report_title() -> str:
    """Return the title of the built-in report as it reads in a sentence."""
    first = descriptor()["sources"][0]
    title = str(first["title"])
    return pick(f"{title[:1].lower()}{title[1:]}", str(first["title_zh"]))


def _field(entry: dict[str, Any]) -> Field:
    return Field(
        entry["name"],
        entry["type"],
        entry["title"],
        entry["title_zh"],
        entry.get("unitColumn", ""),
        entry.get("boundColumn", ""),
        entry.get("adds", True),
    )


DERIVED_TITLES = {
    "category": Field("category", "string", "Category", "类别"),
    "region": Field("region", "string", "Region", "区域"),
    "source": Field("source", "string", "Source", "来源"),
}
"""Columns that are derived for any table, or added when tables are merged."""

NO_SCHEMA = Schema("", ())
"""The schema of a table that follows none: the types of its columns follow from their cells."""


def require(columns: Sequence[str], required: Iterable[str], schema: Schema = NO_SCHEMA) -> None:
    """Raise UsageError, with did-you-mean, for the first column that a table lacks.

    The hint has the headings of the user's table, by its ``schema``.
    """
    known = frozenset(columns)
    for name in required:
        if name not in known:
            own = [column for column in columns if column not in schema.constants]
            raise unknown(_("column"), name, written(columns, schema), others=own)


def written(columns: Iterable[str], schema: Schema) -> list[str]:
    """Return columns by the headings of the user's table, without the units that these hold."""
    headings = {name: heading for heading, name in schema.headings.items()}
    constants = schema.constants
    return [headings.get(name, name) for name in columns if name not in constants]


def recognise(columns: Iterable[str]) -> Schema:
    """Return the built-in schema that a table with these columns follows.

    A table that follows none gets a schema without a name, which says only which columns hold the
    units and bounds of others; the types of its columns follow from their cells.
    """
    present = dict.fromkeys(columns)
    if has_figures(present):
        return schemas()["metrics"]
    if {"project", "investment"} <= present.keys():
        return schemas()["projects"]
    described = (_with_companions(name, present) for name in present)
    return Schema("", tuple(field for field in described if field.unit or field.bound))


def _with_companions(name: str, columns: Container[str]) -> Field:
    """Return a column with those that are named as its unit and its bound."""
    names = [[f"{name}_{part}", part if name == "value" else ""] for part in ("unit", "bound")]
    unit, bound = (next((each for each in both if each in columns), "") for both in names)
    return Field(name, unit=unit, bound=bound)
