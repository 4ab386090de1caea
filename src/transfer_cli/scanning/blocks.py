"""A delimited file as blocks of whole records, each small enough to hold."""

import codecs
import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Protocol

from transfer_cli.files import inputs, standard_input, textfile
from transfer_cli.scanning import settings

SIZE = 16 << 20
"""Bytes of a block: larger ones gain nothing, and each is held a few times over."""
VARIABLE = "TRANSFER_BLOCK"
_PIECE = 1 << 16


_ODD = bytes({*range(32), *b"\"'\\=@+"})
"""What may have to be written otherwise than it was read: quotes, escapes, formulas."""


@dataclass(frozen=True)
class Block:
    """Whole records of a file; ``line`` is the one on which they begin.

    ``reached`` is how many bytes of the file on the disk were read for it.
    """

    name: str
    header: list[str]
    delimiter: str
    text: bytes
    line: int
    reached: int = 0

    @cached_property
    def plain(self) -> bool:
        """Whether every line is a record, every delimiter parts two cells, and all is UTF-8."""
        shape, text = self._shape, self.text
        blank = len(self.header) == 1 and (b"\n\n" in text or text.startswith(b"\n"))
        if blank or b'"' in shape or b"\r" in shape:
            return False
        shape = shape.translate(None, _ODD.translate(None, self._marks))
        return shape == self._even and _is_text(text)

    @cached_property
    def bare(self) -> bool:
        """Whether it is plain and holds nothing that may have to be written otherwise.

        What begins with a minus may still be a formula.
        """
        return self._shape == self._even and self.plain

    @cached_property
    def rows(self) -> int:
        """How many lines there are."""
        return self._shape.count(b"\n")

    @property
    def _marks(self) -> bytes:
        return self.delimiter.encode() + b"\n"

    @cached_property
    def _shape(self) -> bytes:
        """The text without all that is harmless: one pass, and nothing odd is overlooked."""
        shape = self.text.translate(None, _harmless(self._marks))
        return shape if self.text.endswith(b"\n") else shape + b"\n"

    @property
    def _even(self) -> bytes:
        """The shape of as many rows, were each of them whole and plain."""
        return (self._marks[:1] * (len(self.header) - 1) + b"\n") * self.rows

    def records(self) -> list[tuple[int, list[str]]]:
        """Return the records one by one, strictly, each with its line; for what is not plain."""
        text = textfile.decode(self.text, self.name, self.line)
        return textfile.part(text, self.header, self.delimiter, self.name, self.line)


def header(path: Path, name: str) -> tuple[list[str], str]:
    """Return the names of the columns of a delimited file and its delimiter.

    Of standard input nothing is lost.
    """
    with inputs.opened(path) as file:
        line = file.reader.readline()
        if path == inputs.STANDARD:
            standard_input.unread(line)
    return named(line, name)


def named(line: bytes, name: str) -> tuple[list[str], str]:
    """Return what the first line of a file says: the names of its columns, and its delimiter."""
    text = textfile.decode(line, name)
    textfile.check_kind(text, name)
    return textfile.first_line(text, name), textfile.delimiter_of(text)


def read(path: Path, name: str, most: int = SIZE) -> Iterator[Block]:
    """Yield a file, called ``name`` in errors, in blocks of ``most`` bytes.

    Raises DataError for one that is missing, empty or broken.
    """
    with inputs.opened(path) as file:
        names, delimiter = named(file.reader.readline(), name)
        line = 2
        for text in whole(file.reader, most, delimiter):
            block = Block(name, names, delimiter, text, line, file.reached())
            yield block
            line += block.rows


class Reader(Protocol):
    """What bytes are read from."""

    def read(self, size: int, /) -> bytes:
        """Return as many as ``size`` bytes; none at the end."""


def whole(reader: Reader, most: int, delimiter: str) -> Iterator[bytes]:
    """Yield what is left to read in pieces of about ``most`` bytes, each of whole records."""
    quoted = _quoted(delimiter)
    size = settings.size(VARIABLE, most)
    rest = b""
    while True:
        read = reader.read(size)
        data = rest + read
        end = _end(data, quoted) if read else len(data)
        if end:
            text = data[:end]
            # A line end within quotes is part of the cell.
            mended = b"\r" in text and b'"' not in text
            yield text.replace(b"\r\n", b"\n") if mended else text
        if not read:
            return
        rest = data[end:]


def _is_text(data: bytes) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    view = memoryview(data)
    try:
        # Piece by piece: what is decoded is thrown away, and in small pieces costs a third.
        for start in range(0, len(data), _PIECE):
            decoder.decode(view[start : start + _PIECE])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


@cache
def _harmless(marks: bytes) -> bytes:
    return bytes(set(range(256)) - {*_ODD, *marks})


@cache
def _quoted(delimiter: str) -> re.Pattern[bytes]:
    """Return what a quoted cell looks like: a quote within a cell that has none before is text."""
    mark = re.escape(delimiter.encode())
    return re.compile(rb'(?<![^%s\n\r])"[^"]*(?:""[^"]*)*(?:"|\Z)' % mark)


def _end(data: bytes, quoted: re.Pattern[bytes]) -> int:
    """Return where the last whole record ends: at a line end that no quoted cell holds."""
    end = data.rfind(b"\n") + 1
    while data.find(b'"', 0, end) >= 0:
        last = deque(quoted.finditer(data, 0, end), maxlen=1)
        if not last or last[0].end() < end:
            break
        end = data.rfind(b"\n", 0, last[0].start()) + 1
    return end
