"""A delimited file as blocks of whole records, each small enough to hold."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from transfer_cli import textfile
from transfer_cli.errors import DataError
from transfer_cli.scanning import files

SIZE = 16 << 20
"""Bytes of a block: larger ones gain nothing, and each is held a few times over."""
VARIABLE = "TRANSFER_BLOCK"


@dataclass(frozen=True, slots=True)
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

    @property
    def plain(self) -> bool:
        """Whether every line is a record and every delimiter parts two cells."""
        text = self.text
        odd = b'"' in text or b"\r" in text or b"\n\n" in text or text.startswith(b"\n")
        if odd:
            return False
        cells = text.count(self.delimiter.encode()) + self.rows
        return cells == self.rows * len(self.header)

    @property
    def rows(self) -> int:
        """How many lines there are."""
        return self.text.count(b"\n") + (not self.text.endswith(b"\n"))

    def records(self) -> list[tuple[int, list[str]]]:
        """Return the records one by one, strictly, each with its line; for what is not plain."""
        text = textfile.decode(self.text, self.name, self.line)
        return textfile.part(text, self.header, self.delimiter, self.name, self.line)


def header(path: Path) -> tuple[list[str], str]:
    """Return the names of the columns of a delimited file and its delimiter."""
    reader, raw = files.opened(path)
    with raw, reader:
        return _header(_some(reader.readline, -1, path), str(path))


def _header(line: bytes, name: str) -> tuple[list[str], str]:
    text = textfile.decode(line, name)
    if not text.strip():
        raise DataError(f"{name} is empty", "the first line must name the columns")
    return textfile.first_line(text, name), textfile.delimiter_of(text)


def read(path: Path, most: int = SIZE) -> Iterator[Block]:
    """Yield a file in blocks of ``most`` bytes.

    Raises DataError for one that is missing, empty or broken.
    """
    reader, raw = files.opened(path)
    size = int(os.environ.get(VARIABLE) or most)
    with raw, reader:
        names, delimiter = _header(_some(reader.readline, -1, path), str(path))
        rest, line = b"", 2
        while True:
            read = _some(reader.read, size, path)
            data = rest + read
            end = _end(data) if read else len(data)
            if end:
                text = data[:end]
                if b'"' not in text:  # A line end within quotes is part of the cell.
                    text = text.replace(b"\r\n", b"\n")
                yield Block(str(path), names, delimiter, text, line, raw.tell())
                line += data.count(b"\n", 0, end)
            if not read:
                return
            rest = data[end:]


def _some(reading: Callable[[int], bytes], size: int, path: Path) -> bytes:
    try:
        return reading(size)
    except (OSError, EOFError) as error:
        raise DataError(f"cannot unpack {str(path)!r}: {error}") from None


def _end(data: bytes) -> int:
    """Return where the last whole record ends: at a line end that no open quote holds."""
    end = data.rfind(b"\n") + 1
    quotes = data.count(b'"', 0, end)
    while quotes % 2 and end:
        before = data.rfind(b"\n", 0, end - 1) + 1
        quotes -= data.count(b'"', before, end)
        end = before
    return end
