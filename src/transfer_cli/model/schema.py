"""What the columns of a table mean, from ``datapackage.json`` (Data Package v2, Table Schema)."""

import json
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any, NamedTuple

from transfer_cli.errors import unknown
from transfer_cli.model.lookups import data_directory
from transfer_cli.model.numbers import plain_number

LIKENESS = ("indicator", "status", "scope", "period")
"""Columns in which figures must agree, besides their dimension, to be put together.

``source`` is one more where a table has it.
"""


def require(columns: Sequence[str], wanted: Iterable[str]) -> None:
    """Raise UsageError, with did-you-mean, for the first column that a table lacks."""
    for name in wanted:
        if name not in columns:
            raise unknown("column", name, columns)


def has_figures(columns: Iterable[str]) -> bool:
    """Tell whether a table with these columns is one of figures."""
    return {"indicator", "value"} <= {*columns}


def guarded(columns: Iterable[str]) -> bool:
    """Tell whether a table has the columns on which the rules of likeness rest."""
    return {*LIKENESS, "value", "unit"} <= {*columns}


def unguarded(columns: Iterable[str]) -> str:
    """Return the note for a table without some of the columns that guard a sum."""
    present = {*columns}
    lacking = ", ".join(name for name in (*LIKENESS, "unit") if name not in present)
    return f"plain arithmetic: without {lacking or 'the columns of a figure'} nothing guards it"


class Field(NamedTuple):
    """A column: its type, its titles, and the columns that hold its unit and its bound.

    ``adds`` is false for numbers whose sum means nothing: lines, years, capacities of products.
    """

    name: str
    type: str = "any"
    title: str = ""
    title_zh: str = ""
    unit: str = ""
    bound: str = ""
    enum: tuple[str, ...] = ()
    adds: bool = True

    def holds_numbers(self, cells: Iterable[str]) -> bool:
        """Tell whether a column holds numbers, by its type or else by every one of its cells."""
        if self.type != "any":
            return self.type in ("number", "integer", "year")
        filled = {cell for cell in cells if cell}
        return bool(filled) and all(map(plain_number, filled))

    def label(self, lang: str) -> str:
        """The title for people; the bare name where the schema has none."""
        return (self.title_zh if lang == "zh" else self.title) or self.name


class Schema(NamedTuple):
    """A table of the data package: its name and its fields in order."""

    name: str
    fields: tuple[Field, ...]

    def field(self, name: str) -> Field:
        """Return the field called ``name``; one of unknown type for a column not described."""
        return next((field for field in self.fields if field.name == name), Field(name))


@cache
def descriptor() -> dict[str, Any]:
    """Return the data package as it stands in ``datapackage.json``."""
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


def _field(entry: dict[str, Any]) -> Field:
    return Field(
        entry["name"],
        entry["type"],
        entry["title"],
        entry["title_zh"],
        entry.get("unitColumn", ""),
        entry.get("boundColumn", ""),
        tuple(entry.get("constraints", {}).get("enum", ())),
        entry.get("adds", True),
    )


DERIVED_TITLES = {
    "category": Field("category", "string", "Category", "类别"),
    "region": Field("region", "string", "Region", "区域"),
    "source": Field("source", "string", "Source", "来源"),
}
"""Columns that no table has by itself, and that any may get."""

NO_SCHEMA = Schema("", ())
"""The schema of a table that follows none: its columns are what they look like."""


def recognise(columns: Iterable[str]) -> Schema:
    """Return the built-in schema that a table with these columns follows.

    A table that follows none gets an empty schema: its columns are what they look like.
    """
    present = set(columns)
    if has_figures(present):
        return schemas()["metrics"]
    if {"project", "investment"} <= present:
        return schemas()["projects"]
    return NO_SCHEMA
