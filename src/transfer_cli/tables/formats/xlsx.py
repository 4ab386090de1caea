"""The number formats and errors of cells in an xlsx file (OOXML)."""

import re
import zipfile
from xml.etree import ElementTree

from transfer_cli.tables.formats.cells import Details, Shown, number_format

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/spreadsheetml/main}"
_CELL = re.compile(rb"<(?:\w+:)?(row|c)(\s[^>]*?)?(/?)>")
_END = re.compile(rb"</(?:\w+:)?c>")
_ATTRIBUTE = re.compile(rb'\b(r|s|t)="([^"]*)"')
_VALUE = re.compile(rb"<(?:\w+:)?v[^>]*>([^<]+)")
_FORMULA = re.compile(rb"<(?:\w+:)?f\b")
BUILT_IN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 37: "#,##0", 38: "#,##0",
    39: "#,##0.00", 40: "#,##0.00", 43: "#,##0.00", 44: "#,##0.00",
}  # fmt: skip
"""The number formats that workbooks refer to by number (ECMA-376, part 1, 18.8.30)."""


def details(archive: zipfile.ZipFile, sheet: str) -> Details:
    """Return the number formats, errors and formulas without a result of a sheet."""
    part = _part(archive, sheet)
    if part not in archive.namelist():
        return {}
    styles = _styles(archive)
    data = archive.read(part)
    found: Details = {}
    line = place = -1
    for match in _CELL.finditer(data):
        attributes = dict(_ATTRIBUTE.findall(match[2] or b""))
        reference = attributes.get(b"r")
        if match[1] == b"row":
            line, place = int(reference) - 1 if reference else line + 1, -1
            continue
        line, place = _place(reference) if reference else (line, place + 1)
        kind = attributes.get(b"t", b"n")
        style = int(attributes.get(b"s", b"0"))
        shown = styles[style] if style < len(styles) else None
        plain = kind == b"n" and shown is None
        if match[3] or (plain and data[match.end() : match.end() + 3] == b"<v>"):
            continue
        end = _END.search(data, match.end())
        content = data[match.end() : end.start() if end else len(data)]
        value = _VALUE.search(content)
        if kind == b"e":
            found[line, place] = value[1].decode() if value else "#ERROR"
        elif kind == b"n" and value is None:
            if _FORMULA.search(content):
                found[line, place] = ""
        elif kind == b"n" and shown is not None:
            found[line, place] = shown
    return found


def _place(reference: bytes) -> tuple[int, int]:
    """Return row and column of a reference such as B3, counted from 0."""
    letters = reference.rstrip(b"0123456789")
    column = 0
    for letter in letters:
        column = column * 26 + letter - 64
    return int(reference[len(letters) :]) - 1, column - 1


def _part(archive: zipfile.ZipFile, sheet: str) -> str:
    """Return the name of the part of a sheet; empty if there is none."""
    book = ElementTree.fromstring(archive.read("xl/workbook.xml"))  # noqa: S314
    ids = [
        value
        for each in book.iter()
        if each.tag in (f"{_MAIN}sheet", f"{_STRICT}sheet") and each.get("name") == sheet
        for key, value in each.items()
        if key.endswith("}id")
    ]
    links = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))  # noqa: S314
    targets = {link.get("Id"): link.get("Target", "") for link in links}
    target = targets.get(ids[0], "") if ids else ""
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def _styles(archive: zipfile.ZipFile) -> list[Shown | None]:
    """Return how each cell style shows numbers."""
    if "xl/styles.xml" not in archive.namelist():
        return []
    root = ElementTree.fromstring(archive.read("xl/styles.xml"))  # noqa: S314
    name = root.tag.partition("}")[0] + "}"
    codes = dict(BUILT_IN)
    for each in root.iter(f"{name}numFmt"):
        codes[int(each.get("numFmtId", "0"))] = each.get("formatCode", "")
    formats = root.find(f"{name}cellXfs")
    return [
        number_format(codes.get(int(each.get("numFmtId", "0")), "General"))
        for each in (formats if formats is not None else ())
    ]
