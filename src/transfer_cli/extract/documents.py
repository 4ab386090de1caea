"""Documents: the plain text of a report that is text, html, docx or pdf.

A table becomes a Markdown table, a paragraph a line. What is not a Chinese text is refused.
"""

import io
import logging
import re
import sys
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from transfer_cli.errors import DataError, reason
from transfer_cli.messages import _
from transfer_cli.tables import encoding as encodings
from transfer_cli.tables import files, kinds, packing

STDIN = "-"
_MAX_BYTES = 1 << 28
"""Bytes of the longest report that is read, and of the text of the longest Word document."""
_MIN_LETTERS = 40
_HAN = re.compile("[\u3400-\u9fff]")
_LATIN = re.compile("[A-Za-z]")
_HTML = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)


def read_file(name: str) -> str:
    """Return the text of a report at a path, or on standard input if the name is ``-``.

    Raises DataError if the file is missing, cannot be read or is not Chinese text, UsageError for a
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
    text = to_text(data, shown)
    if not text.strip():
        raise DataError(_("{name} holds no text", name=shown), _("name another report"))
    _check_chinese(text, shown)
    return text


def to_text(data: bytes, name: str) -> str:
    """Return the text of a document from its bytes, by its content and not by its name.

    ``name`` is what messages call it. Raises DataError if it is not text, html, docx or pdf with a
    text layer.
    """
    if data.startswith(b"%PDF"):
        return _pdf(data, name)
    if data.startswith(b"PK\x03\x04"):
        return _docx(data, name)
    text = decode(data, name)
    return _from_html(text) if _HTML.match(text) else text


def decode(data: bytes, name: str = files.STDIN_NAME) -> str:
    """Decode UTF-8 (with or without BOM), UTF-16 or GB18030; raise DataError for anything else."""
    encoding = encodings.utf_16(data)
    if not encoding:
        first = data[: kinds.LENGTH]
        kind, _reader = kinds.recognise(first, name)
        if kind and not _HTML.match(first.decode("utf-8", "replace")):
            raise DataError(_("{name} is {kind}, not a text", name=name, kind=kind), _as_text())
        try:
            encoding = encodings.detect(data, name, ended=True)
        except DataError as error:
            raise DataError(str(error), _as_text()) from error
    try:
        text = data.decode("utf-8-sig" if encoding == encodings.UTF_8 else encoding)
    except UnicodeDecodeError as error:
        message = _("{name}: not {charset} text", name=name, charset=encodings.label(encoding))
        raise DataError(message, _as_text()) from error
    if "\0" in text:
        raise DataError(_("{name} holds a NUL character: it is not text", name=name), _as_text())
    return text


def _as_text() -> str:
    return _("save it as plain text in UTF-8 first, with 'save as text' of a word processor")


def _check_chinese(text: str, name: str) -> None:
    """Raise DataError for a text that is not written in Chinese."""
    latin, han = len(_LATIN.findall(text)), len(_HAN.findall(text))
    if latin >= _MIN_LETTERS and han < latin / 10:
        raise DataError(
            _("{name} is not written in Chinese", name=name), _("name a Chinese report")
        )


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


def _docx(data: bytes, name: str) -> str:
    """Return the paragraphs and tables of a Word document."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            if "word/document.xml" not in package.namelist():
                raise DataError(
                    _("{name} is a zip file that is not a Word document", name=name), _as_text()
                )
            if package.getinfo("word/document.xml").file_size > _MAX_BYTES:
                raise DataError(_("{name} is too large", name=name), _as_text())
            root = ElementTree.fromstring(package.read("word/document.xml"))  # noqa: S314
    except (
        zipfile.BadZipFile,
        ElementTree.ParseError,
        EOFError,
        NotImplementedError,
        RuntimeError,
    ) as error:
        raise DataError(_("{name} is a damaged Word document", name=name), _as_text()) from error
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


def _pdf(data: bytes, name: str) -> str:
    """Return the text layer of a pdf: its lines, and its ruled tables.

    pdfplumber (the extra ``documents``) keeps the cells of a row together; pypdf does not.
    """
    try:
        import pdfplumber
    except ImportError as error:
        hint = _("type {command}", command="pip install 'transfer-cli[documents]'")
        raise DataError(_("{name} is a pdf, which pdfplumber reads", name=name), hint) from error
    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    try:
        with pdfplumber.open(io.BytesIO(data)) as document:
            lines = [line for page in document.pages for line in _page(page)]
    except Exception as error:  # pdfminer raises whatever a broken file leads to.
        message = _("{name} is a pdf that is damaged, or protected by a password", name=name)
        raise DataError(message, _as_text()) from error
    if not any(map(str.strip, lines)):
        message = _("{name} is a pdf without a text layer: its pages are images", name=name)
        hint = _("recognise its pages with an OCR program, and extract the text that it writes")
        raise DataError(message, hint)
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
