"""JSON and JSON lines: numbers as numbers with their printed digits, missing cells as null."""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from json.encoder import encode_basestring
from typing import TYPE_CHECKING

from transfer_cli.model.numbers import json_number
from transfer_cli.output.formats.interface import Format, Settings, numeric_columns

if TYPE_CHECKING:
    from transfer_cli.tables.table import Table

_PLAIN_NUMBERS = re.compile(r"(?:(?:-?(?:0|[1-9]\d{0,99})(?:\.\d{1,99})?)?\n)*", re.ASCII)
"""A column of plain JSON numbers and empty cells, each followed by ``\\n``."""


class JsonLines(Format):
    """One object a line (https://jsonlines.org)."""

    name = "jsonl"
    suffixes = (".jsonl", ".ndjson")
    streams = True
    for_machines = True

    def encode(self, tables: "Iterable[Table]", settings: Settings) -> Iterator[bytes]:
        """Yield the objects of each table."""
        for objects in _objects(tables, settings):
            if objects:
                yield "\n".join([*objects, ""]).encode()


class Json(Format):
    """One array of objects, each on a line of its own."""

    name = "json"
    suffixes = (".json",)
    streams = True
    for_machines = True

    def encode(self, tables: "Iterable[Table]", settings: Settings) -> Iterator[bytes]:
        """Yield the array, the objects of one table after the other."""
        start, separator = "[", ",\n "
        for objects in _objects(tables, settings):
            if objects:
                yield (start + separator.join(objects)).encode()
                start = separator
        yield b"[]\n" if start == "[" else b"]\n"


def value(cell: str, *, numeric: bool) -> str:
    """Return a cell as JSON: a number with its digits, text in quotes, null where missing."""
    if cell == "":
        return "null"
    digits = json_number(cell) if numeric else None
    return encode_basestring(cell) if digits is None else digits


def _objects(tables: "Iterable[Table]", settings: Settings) -> Iterator[list[str]]:
    """Yield the rows of each table as JSON objects.

    Each row fills a template. A text column without an empty cell needs only quotes around its
    cells, which belong to the template.
    """
    numeric, tables = numeric_columns(tables, settings)
    for table in tables:
        slots, columns = [], []
        for name in table.columns:
            slot, column = _slot(table.frame[name].tolist(), numeric=numeric[name])
            key = json.dumps(name, ensure_ascii=False).replace("%", "%%")
            slots.append(f"{key}: {slot}")
            columns.append(column)
        template = "{" + ", ".join(slots) + "}"
        yield list(map(template.__mod__, zip(*columns, strict=True)))


def _slot(column: Sequence[str], *, numeric: bool) -> tuple[str, Sequence[str]]:
    """Return the place of a column in the template, and its cells as they fill it."""
    if numeric:
        text = "\n".join([*column, ""])
        if text.count("\n") == len(column) and _PLAIN_NUMBERS.fullmatch(text):
            return "%s", column if all(column) else [cell or "null" for cell in column]
    else:
        text = "".join(column)
        if text.isprintable() and '"' not in text and "\\" not in text:
            if all(column):
                return '"%s"', column
            return "%s", [f'"{cell}"' if cell else "null" for cell in column]
    known = {cell: value(cell, numeric=numeric) for cell in set(column)}
    return "%s", list(map(known.__getitem__, column))
