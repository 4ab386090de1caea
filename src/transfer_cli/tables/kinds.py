"""Files that are no text: recognised by their first bytes, with a hint on what reads them."""

import codecs
import re
import shlex
from pathlib import Path

from transfer_cli.errors import DataError
from transfer_cli.messages import _
from transfer_cli.tables import compression, files

LENGTH = 4096
"""The first bytes of a file by which its kind is recognised."""

_BINARY = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".db", ".sqlite", ".sqlite3")
_MARKUP = re.compile(rb"""(?:\xef\xbb\xbf)?\s*<(?:!doctype html|html|\?xml|table|head)\b""", re.I)


def check_text(first: bytes, name: str) -> None:
    """Raise DataError if a file that begins with ``first`` holds no text.

    The message says what the file is, the hint what reads it.
    """
    kind, hint = recognise(first, name)
    if not kind and b"\0" in first and files.unpacked_name(Path(name)).suffix in _BINARY:
        kind, hint = _("encrypted or damaged"), _("save it again, without a password")
    if kind:
        raise DataError(_("{name} is {kind}, not a table", name=name, kind=kind), hint)


def check_endless(first: bytes, name: str) -> None:
    """Raise DataError if a stream begins with zeros alone: a copy of it may have no end."""
    if not first[:LENGTH].strip(b"\0"):
        check_text(first[:LENGTH], name)


def zip_error(entries: str, name: str) -> DataError:
    """Return the error for a zip archive with these names that is not a workbook."""
    kind, hint = _("a zip archive"), f"unzip {shlex.quote(name)}"
    if "word/" in entries:
        kind, hint = _("a Word document (docx)"), _("copy its table into a spreadsheet")
    return DataError(_("{name} is {kind}, not a table", name=name, kind=kind), hint)


def recognise(first: bytes, name: str) -> tuple[str, str]:
    """Return what a file is and what reads it as a table; empty for text."""
    quoted = "FILE" if name == files.STDIN_NAME else shlex.quote(name)
    picture = _("type its figures into a CSV file")
    kinds = {
        b"%PDF-": (
            _("a PDF document"),
            _("take the text out of it: pdftotext {name} report.txt", name=quoted),
        ),
        b"ARROW1": (_("an Arrow file"), _("save it as Parquet or CSV")),
        b"\x89PNG\r\n": (_("a picture (PNG)"), picture),
        b"\xff\xd8\xff": (_("a picture (JPEG)"), picture),
        b"GIF8": (_("a picture (GIF)"), picture),
        b"7z\xbc\xaf\x27\x1c": (_("a 7z archive"), f"7z x {quoted}"),
        b"Rar!\x1a\x07": (_("a RAR archive"), f"unrar x {quoted}"),
        b"{\\rtf": (_("an RTF document"), _save()),
        b"\xd0\xcf\x11\xe0": (_("an Office 97-2003 document (doc, xls)"), _save()),
        files.PARQUET_MAGIC: (_("a Parquet file"), _save()),
        b"SQLite format 3": (_("a SQLite database"), _save()),
    }
    for magic, (kind, hint) in kinds.items():
        if first.startswith(magic):
            return kind, hint
    if first[8:12] == b"DUCK":
        hint = f"duckdb -csv {quoted} 'FROM TABLE' | transfer-cli filter -"
        return _("a DuckDB database"), hint
    if first.startswith(b"version https://git-lfs.github.com/"):
        return _("the name of a file that Git LFS has not fetched"), "git lfs pull"
    if first[257:262] == b"ustar":
        return _("a tar archive"), f"tar -xf {quoted}"
    if suffix := compression.recognise(first):
        program = compression.PROGRAMS[suffix]
        return _("a {program} archive", program=program), f"{program} -d {quoted}"
    if _MARKUP.match(first):
        return _("a web page or XML"), _save()
    if first.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return _("text in UTF-32"), f"iconv -f UTF-32 -t UTF-8 {quoted}"
    # The reader names the line of a lone NUL.
    if first.count(0) * 8 > len(first):
        return _("binary data"), _save()
    return "", ""


def _save() -> str:
    return _("open it in a spreadsheet and save it as xlsx or CSV")
