"""The displayed decimals and errors of cells in an ods file."""

import re
import zipfile
from xml.etree import ElementTree

from transfer_cli.tables.formats.cells import Detail, Details, Shown, number

_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_CALC = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
_NUMBER = re.compile(r"[^\d]*([\d,]+(?:\.(\d+))?)\s*(%?)[^\d]*")
_ALL = 15
"""The maximum number of decimals that are shown."""
_ROWS = 1 << 20
"""Rows of the largest sheet."""


def details(archive: zipfile.ZipFile, sheet: str) -> Details:
    """Return how the numbers of a sheet are shown, and its errors."""
    root = ElementTree.fromstring(archive.read("content.xml"))  # noqa: S314
    found: Details = {}
    for table in root.iter(f"{_TABLE}table"):
        if table.get(f"{_TABLE}name") != sheet:
            continue
        line = 0
        for row in table.iter(f"{_TABLE}table-row"):
            repeated = int(row.get(f"{_TABLE}number-rows-repeated", "1"))
            cells = _row(row)
            for again in range(min(repeated, _ROWS) if cells else 0):
                found |= {(line + again, place): detail for place, detail in cells.items()}
            line += repeated
    return found


def _row(row: ElementTree.Element) -> dict[int, Detail]:
    """Return the details of the cells of a row by column."""
    found: dict[int, Detail] = {}
    place = 0
    for cell in row:
        if cell.tag not in (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
            continue
        repeated = int(cell.get(f"{_TABLE}number-columns-repeated", "1"))
        detail = _detail(cell)
        if detail is not None:
            found |= dict.fromkeys(range(place, place + repeated), detail)
        place += repeated
    return found


def _detail(cell: ElementTree.Element) -> Detail | None:
    text = "".join("".join(each.itertext()) for each in cell.iter(f"{_TEXT}p"))
    if cell.get(f"{_CALC}value-type") == "error":
        return text or "#ERROR"
    if cell.get(f"{_OFFICE}value-type") not in ("float", "percentage", "currency"):
        return None
    percent = cell.get(f"{_OFFICE}value-type") == "percentage"
    match = _NUMBER.fullmatch(text)
    if match and bool(match[3]) == percent:
        decimals = len(match[2] or "")
        shown = Shown(decimals, decimals, percent)
        digits = number(float(cell.get(f"{_OFFICE}value", "nan")), shown)
        if digits.strip("-%") == match[1].replace(",", ""):
            return shown
    # Shown in another way, such as with an exponent: the value is read as it is.
    return Shown(0, _ALL, percent=True) if percent else None
