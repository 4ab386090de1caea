"""JSON and JSON lines: numbers as numbers with their printed digits, missing as null."""

import json
from collections.abc import Iterator
from json.encoder import encode_basestring

from transfer_cli.model.numbers import JSON_NUMBER
from transfer_cli.sheet import Sheet


def render_json(sheet: Sheet) -> str:
    """Return a JSON array of objects, one per line."""
    rows = list(_records(sheet))
    return "[" + ",\n ".join(rows) + "]\n"


def render_lines(sheet: Sheet) -> str:
    """Return one JSON object per line."""
    return "".join(f"{row}\n" for row in _records(sheet))


def _records(sheet: Sheet) -> Iterator[str]:
    keys = [json.dumps(name, ensure_ascii=False).replace("%", "%%") for name in sheet.columns]
    shape = "{" + ", ".join(f"{key}: %s" for key in keys) + "}"
    columns = [_cells(sheet, name) for name in sheet.columns]
    return map(shape.__mod__, zip(*columns, strict=True))


def _cells(sheet: Sheet, name: str) -> Iterator[str]:
    """Return the cells of a column as JSON; words come again and again, and are made once."""
    numeric, cells = sheet.is_numeric(name), sheet.cells[name]
    known = {cell: value(cell, numeric) for cell in set(cells)}
    return map(known.__getitem__, cells)


def value(cell: str, numeric: bool) -> str:
    """Return a cell as JSON: a number with its digits, text in quotes, null where missing."""
    if cell == "":
        return "null"
    if numeric and JSON_NUMBER.fullmatch(cell):
        return cell
    return encode_basestring(cell)
