"""JSON and JSON lines: numbers as numbers with their printed digits, missing as null."""

import json
from collections.abc import Iterator

from transfer_cli.digits import JSON_NUMBER
from transfer_cli.sheet import Sheet


def render_json(sheet: Sheet) -> str:
    """Return a JSON array of objects, one per line."""
    rows = list(_records(sheet))
    return "[" + ",\n ".join(rows) + "]\n"


def render_lines(sheet: Sheet) -> str:
    """Return one JSON object per line."""
    return "".join(f"{row}\n" for row in _records(sheet))


def _records(sheet: Sheet) -> Iterator[str]:
    keys = [json.dumps(name, ensure_ascii=False) for name in sheet.columns]
    columns = [_cells(sheet, name) for name in sheet.columns]
    for row in zip(*columns, strict=True):
        yield "{" + ", ".join(f"{k}: {v}" for k, v in zip(keys, row, strict=True)) + "}"


def _cells(sheet: Sheet, name: str) -> list[str]:
    numeric = sheet.is_numeric(name)
    return [_value(cell, numeric) for cell in sheet.cells[name]]


def _value(cell: str, numeric: bool) -> str:
    if cell == "":
        return "null"
    if numeric and JSON_NUMBER.fullmatch(cell):
        return cell
    return json.dumps(cell, ensure_ascii=False)
