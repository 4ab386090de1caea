"""JSON and JSON lines: numbers as numbers with their printed digits, missing as null."""

import json
from collections.abc import Iterator

from transfer_cli.digits import JSON_NUMBER
from transfer_cli.render.cells import text
from transfer_cli.table import Table


def render_json(table: Table) -> str:
    """Return a JSON array of objects, one per line."""
    rows = list(_records(table))
    return "[" + ",\n ".join(rows) + "]\n"


def render_lines(table: Table) -> str:
    """Return one JSON object per line."""
    return "".join(f"{row}\n" for row in _records(table))


def _records(table: Table) -> Iterator[str]:
    keys = [json.dumps(name, ensure_ascii=False) for name in table.columns]
    columns = [_cells(table, name) for name in table.columns]
    for row in zip(*columns, strict=True):
        yield "{" + ", ".join(f"{k}: {v}" for k, v in zip(keys, row, strict=True)) + "}"


def _cells(table: Table, name: str) -> list[str]:
    numeric = table.is_numeric(name)
    return [_value(text(cell), numeric) for cell in table.frame[name]]


def _value(cell: str, numeric: bool) -> str:
    if cell == "":
        return "null"
    if numeric and JSON_NUMBER.fullmatch(cell):
        return cell
    return json.dumps(cell, ensure_ascii=False)
