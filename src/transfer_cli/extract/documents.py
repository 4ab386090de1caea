"""Documents: the plain text of a report that is text, html, docx or pdf.

A table becomes a Markdown table, a paragraph a line. What is not a Chinese text is refused.
"""

import io
import logging
import re
import sys
import unicodedata
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from transfer_cli.errors import DataError, reason
from transfer_cli.messages import _
from transfer_cli.tables import files, packing

STDIN = "-"
_MAX_BYTES = 1 << 28
"""Bytes of the longest report that is read, and of the text of the longest Word document."""
# The first two bytes of a character of level 1 of GB 2312 begin with these.
_COMMON_LEAD_BYTES = range(0xB0, 0xD8)
_MIN_SHARE_COMMON = 0.6
_MIN_LETTERS = 40
_HAN = re.compile("[\u3400-\u9fff]")
_LATIN = re.compile("[A-Za-z]")
_HTML = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)
_SIGNATURES = (
    (b"\xd0\xcf\x11\xe0", "Word 97-2003 (.doc)"),
    (b"{\\rtf", "RTF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"7z\xbc\xaf", "7z"),
    (b"Rar!", "RAR"),
    (b"\x1f\x8b", "gzip"),
    (b"PAR1", "Parquet"),
    (b"SQLite format 3", "SQLite"),
)


class UnreadableError(ValueError):
    """A document is no Chinese text; ``hint`` says what to do."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        as_text = _("save it as plain text first, with 'save as text' of a word processor")
        self.hint = hint or as_text


def read_file(name: str) -> str:
    """Return the text of a report at a path, or on standard input if the name is ``-``.

    Raises DataError if the file is missing, cannot be read or is no Chinese text, UsageError for a
    URL.
    """
    files.refuse_url(name)
    shown = _("standard input") if name == STDIN else name
    try:
        with nullcontext(sys.stdin.buffer) if name == STDIN else Path(name).open("rb") as file:
            packing.refuse_device(file, shown)
            data = file.read(_MAX_BYTES + 1)
    except FileNotFoundError as error:
        message = _("there is no report {name!r}", name=name)
        raise DataError(message, _("name a text file, or -")) from error
    except (OSError, ValueError) as error:
        message = _("cannot read {name!r}: {reason}", name=name, reason=reason(error))
        raise DataError(message, _("name a text file")) from error
    if len(data) > _MAX_BYTES:
        message = _("{name} is larger than {size} MB", name=shown, size=_MAX_BYTES >> 20)
        raise DataError(message, _("extract its parts one after the other"))
    try:
        text = to_text(data)
        _check_chinese(text)
    except UnreadableError as error:
        raise DataError(f"{shown}: {error}", error.hint) from error
    return text


def to_text(data: bytes) -> str:
    """Return the text of a document from its bytes, by its content and not by its name.

    Raises UnreadableError with the reason if it is no text, html, docx or pdf with a text layer.
    """
    if data.startswith(b"%PDF"):
        return _pdf(data)
    if data.startswith(b"PK\x03\x04"):
        return _docx(data)
    for signature, kind in _SIGNATURES:
        if data.startswith(signature):
            message = _("a file of the kind {kind}, not a text", kind=kind)
            raise UnreadableError(message)
    text = decode(data)
    return _from_html(text) if _HTML.match(text) else text


def decode(data: bytes) -> str:
    """Decode UTF-8 (with or without BOM), UTF-16 or GB18030; else raise UnreadableError."""
    for encoding in _encodings(data):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text and (encoding == "utf-8-sig" or _is_plausible(text)):
            return text
    raise UnreadableError(_("the report is neither UTF-8 nor GB18030 text"))


def _encodings(data: bytes) -> tuple[str, ...]:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return ("utf-16",)
    # Line ends and digits of UTF-16 have a zero byte; those of other encodings have none.
    return ("utf-16-le", "utf-16-be") if b"\x00" in data else ("utf-8-sig", "gb18030")


def _is_plausible(text: str) -> bool:
    """Return whether the characters are those of a Chinese text, as random bytes are not."""
    wide = [char for char in text[:20_000] if char > "\x7f"]
    strange = sum(unicodedata.category(char) in ("Cc", "Cn", "Co", "Cs") for char in wide)
    common = sum(map(_is_common, wide))
    return strange <= len(wide) / 100 and common >= _MIN_SHARE_COMMON * len(wide)


def _is_common(char: str) -> bool:
    """Return whether a character is punctuation, or frequent by GB 2312 or Big5."""
    if not _HAN.match(char):
        return True
    for encoding, leads in (("gb2312", _COMMON_LEAD_BYTES), ("big5", range(0xA4, 0xC7))):
        try:
            if char.encode(encoding)[0] in leads:
                return True
        except UnicodeEncodeError:
            continue
    return False


def _check_chinese(text: str) -> None:
    """Raise UnreadableError for a text that is not written in Chinese."""
    latin, han = len(_LATIN.findall(text)), len(_HAN.findall(text))
    if latin >= _MIN_LETTERS and han < latin / 10:
        raise UnreadableError(_("the report is not written in Chinese"), _("name a Chinese report"))


# Tables.


def _markdown(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield the lines of a Markdown table; its first row is the header."""
    width = max((len(row) for row in rows), default=0)
    for number, row in enumerate(rows):
        cells = [" ".join(cell.replace("|", "/").split()) for cell in row]
        yield f"| {' | '.join([*cells, *[''] * (width - len(cells))])} |"
        if number == 0:
            yield f"|{'---|' * width}"


# html


class _Parser(HTMLParser):
    """Collects the lines of a page, without scripts and styles."""

    _HIDDEN = frozenset({"script", "style", "noscript", "template", "head", "svg", "select"})
    _BLOCKS = frozenset(
        ("p", "div", "br", "li", "h1", "h2", "h3", "h4", "h5", "h6", "section", "article", "ul",
         "ol", "tr", "table", "blockquote", "dd", "dt", "header", "footer", "hr", "body", "nav")
    )  # fmt: skip

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = []
        self._line: list[str] = []
        self._hidden = 0
        self._rows: list[list[str]] | None = None

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        if tag in self._HIDDEN:
            self._hidden += 1
        if tag == "table":
            self.end_line()
            self._rows = []
        elif tag == "tr" and self._rows is not None:
            self._rows.append([])
        elif tag in ("td", "th") and self._rows is not None:
            self._line = []
        elif tag in self._BLOCKS and self._rows is None:
            self.end_line()

    def handle_endtag(self, tag: str) -> None:
        if tag in self._HIDDEN:
            self._hidden = max(0, self._hidden - 1)
        if tag in ("td", "th") and self._rows:
            self._rows[-1].append("".join(self._line))
            self._line = []
        elif tag == "table" and self._rows is not None:
            rows = [row for row in self._rows if any(cell.strip() for cell in row)]
            self._rows, self._line = None, []
            if max((len(row) for row in rows), default=0) > 1:
                self.lines.extend(_markdown(rows))
            else:
                # A table of one column lays out a page.
                self.lines.extend(cell.strip() for row in rows for cell in row)
        elif tag in self._BLOCKS and self._rows is None:
            self.end_line()

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self._line.append(data)

    def end_line(self) -> None:
        line = re.sub(r"[ \t\r\n\f]+", " ", "".join(self._line)).strip()
        if line:
            self.lines.append(line)
        self._line = []


def _from_html(page: str) -> str:
    parser = _Parser()
    parser.feed(page)
    parser.close()
    parser.end_line()
    return "\n".join(parser.lines)


# docx

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def _docx(data: bytes) -> str:
    """Return the paragraphs and tables of a Word document."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            if "word/document.xml" not in package.namelist():
                raise UnreadableError(_("a zip file that is no Word document, not a text"))
            if package.getinfo("word/document.xml").file_size > _MAX_BYTES:
                raise UnreadableError(_("the Word document is too large"))
            root = ElementTree.fromstring(package.read("word/document.xml"))  # noqa: S314
    except (
        zipfile.BadZipFile,
        ElementTree.ParseError,
        EOFError,
        NotImplementedError,
        RuntimeError,
    ) as error:
        raise UnreadableError(_("the Word document is damaged")) from error
    body = root.find(f"{_W}body")
    return "\n".join(_docx_lines(body if body is not None else root))


def _docx_lines(parent: ElementTree.Element) -> Iterator[str]:
    for element in parent:
        if element.tag == f"{_W}p":
            yield from _paragraph(element).split("\n")
        elif element.tag == f"{_W}tbl":
            rows = [
                ["".join(map(_paragraph, cell.iter(f"{_W}p"))) for cell in row.iter(f"{_W}tc")]
                for row in element.iter(f"{_W}tr")
            ]
            yield from _markdown(rows)
        elif element.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins"):
            yield from _docx_lines(element)


def _paragraph(paragraph: ElementTree.Element) -> str:
    """Return the text of a paragraph; deleted text (``w:delText``) is none."""
    words = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n"}
    return "".join(
        (each.text or "") if each.tag == f"{_W}t" else words.get(each.tag, "")
        for each in paragraph.iter()
    )


# pdf


def _pdf(data: bytes) -> str:
    """Return the text layer of a pdf: its lines, and its ruled tables.

    pdfplumber (the extra ``documents``) keeps the cells of a row together; pypdf does not.
    """
    try:
        import pdfplumber
    except ImportError as error:
        hint = _("type {command}", command="pip install 'transfer-cli[documents]'")
        raise UnreadableError(_("reading a pdf needs pdfplumber"), hint) from error
    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    try:
        with pdfplumber.open(io.BytesIO(data)) as document:
            lines = [line for page in document.pages for line in _page(page)]
    except Exception as error:  # pdfminer raises whatever a broken file leads to.
        raise UnreadableError(_("the pdf is damaged, or protected by a password")) from error
    if not any(map(str.strip, lines)):
        message = _("the pdf has no text layer: its pages are images")
        hint = _("recognise its pages with an OCR program, and extract the text that it writes")
        raise UnreadableError(message, hint)
    return "\n".join(lines)


def _page(page: Any) -> Iterator[str]:
    """Yield the lines of a page from top to bottom, each table as a Markdown table."""
    tables = [table for table in page.find_tables() if len(table.rows) > 1]
    blocks: list[tuple[float, list[str]]] = []
    for table in tables:
        rows = [[cell or "" for cell in row] for row in table.extract()]
        blocks.append((table.bbox[1], list(_markdown(rows))))
    for line in page.extract_text_lines(return_chars=False):
        middle = (line["top"] + line["bottom"]) / 2
        if not any(table.bbox[1] <= middle <= table.bbox[3] for table in tables):
            blocks.append((line["top"], [line["text"]]))
    for _top, lines in sorted(blocks, key=lambda block: block[0]):
        yield from lines
