"""What a file is that holds no delimited text: known by its first bytes, and what reads it."""

import re
import shlex
from pathlib import Path

from transfer_cli.errors import DataError
from transfer_cli.messages import _
from transfer_cli.tables import files, packing

LENGTH = 4096
"""How many of its first bytes tell what a file is."""

_JSON = re.compile(rb"""(?:\xef\xbb\xbf)?\s*(?:\{\s*["}]|\[\s*[\[{"\d\]])""")
_MARKUP = re.compile(rb"""(?:\xef\xbb\xbf)?\s*<(?:!doctype html|html|\?xml|table|head)\b""", re.I)


def check_text(first: bytes, name: str) -> None:
    """Raise DataError if a file that begins with ``first`` holds no delimited text in UTF-8.

    The message says what the file is, the hint what reads it.
    """
    quoted = "FILE" if name == files.STDIN_NAME else shlex.quote(name)
    charset = _utf_16(first)
    if charset:
        hint = _("convert it first: {command}", command=iconv(charset, quoted))
        raise DataError(_("{name}:1: not UTF-8 text", name=name), hint)
    kind, hint = _kind(first, name, quoted)
    if kind:
        raise DataError(_("{name} is {kind}, not CSV", name=name, kind=kind), hint)
    if _JSON.match(first):
        message = _("{name} holds JSON, not CSV", name=name)
        raise DataError(message, _("write it with -f csv, or leave -f out"))


def iconv(charset: str, quoted: str) -> str:
    """Return the command that makes UTF-8 of a file."""
    return f"iconv -f {charset} -t UTF-8 {quoted}"


def _utf_16(first: bytes) -> str:
    """Return which UTF-16 without a byte order mark a text is; empty if it is none."""
    even, odd = first[::2].count(0), first[1::2].count(0)
    if min(even, odd) * 10 > max(even, odd) or max(even, odd) * 4 <= len(first):
        return ""
    return "UTF-16BE" if even > odd else "UTF-16LE"


def _kind(first: bytes, name: str, quoted: str) -> tuple[str, str]:
    """Return what a file is and what reads it; empty for text."""
    suffix = packing.packing(first)
    if suffix:
        hint = _("give its name the suffix {suffix}", suffix=suffix)
        return _("packed ({program})", program=packing.PROGRAMS[suffix]), hint
    if first.startswith(b"PK\x03\x04"):
        return _zip_kind(first, name, quoted)
    kinds = {
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": (_("an old Excel workbook (xls)"), _save()),
        b"%PDF-": (
            _("a PDF document"),
            _("take the text out of it: pdftotext {name} report.txt", name=quoted),
        ),
        b"SQLite format 3\0": (
            _("a SQLite database"),
            _("open it with sqlite3, and export: sqlite3 -header -csv {name} QUERY", name=quoted),
        ),
        b"PAR1": (
            _("a Parquet file"),
            _("give its name the suffix {suffix}", suffix=files.PARQUET),
        ),
        b"ARROW1": (_("an Arrow file"), _("save it as Parquet or CSV")),
        b"\x89PNG\r\n": (_("a picture (PNG)"), _("type its figures into a CSV file")),
        b"\xff\xd8\xff": (_("a picture (JPEG)"), _("type its figures into a CSV file")),
        b"GIF8": (_("a picture (GIF)"), _("type its figures into a CSV file")),
        b"7z\xbc\xaf\x27\x1c": (_("a 7z archive"), f"7z x {quoted}"),
        b"Rar!\x1a\x07": (_("a RAR archive"), f"unrar x {quoted}"),
        b"{\\rtf": (_("an RTF document"), _("save its table as CSV (UTF-8)")),
    }
    for magic, (kind, hint) in kinds.items():
        if first.startswith(magic):
            return kind, hint
    if first[8:12] == b"DUCK":
        hint = f"duckdb -csv {quoted} 'FROM TABLE' | transfer-cli filter -"
        return _("a DuckDB database"), hint
    if _MARKUP.match(first):
        return _("a web page or XML"), _save()
    # The reader names the line of a lone NUL, and the encoding of UTF-16.
    if first.count(0) * 8 > len(first) and not first.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _("no text"), _save()
    return "", ""


def _zip_kind(first: bytes, name: str, quoted: str) -> tuple[str, str]:
    """Return which of the formats that are zip archives a file is."""
    names = " ".join(_zip_names(name)) or first.decode("latin-1")
    if "xl/" in names:
        return _("an Excel workbook (xlsx)"), _save()
    if "opendocument.spreadsheet" in first.decode("latin-1"):
        return _("an OpenDocument spreadsheet (ods)"), _save()
    if "word/" in names:
        return _("a Word document (docx)"), _("copy its table into a spreadsheet, and save as CSV")
    return _("a zip archive"), f"unzip {quoted}"


def _save() -> str:
    return _("open it in a spreadsheet and save the sheet as CSV (UTF-8)")


def _zip_names(name: str) -> list[str]:
    import zipfile

    try:
        with zipfile.ZipFile(Path(name)) as archive:
            return archive.namelist()
    except (OSError, zipfile.BadZipFile):  # Standard input, or cut short.
        return []
