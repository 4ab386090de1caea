"""The text of a file as lines, decoded block by block."""

import codecs
import io
import re
from collections.abc import Callable, Iterable, Iterator
from itertools import chain

from transfer_cli.errors import DataError
from transfer_cli.messages import _, to_people
from transfer_cli.tables import encoding as encodings
from transfer_cli.tables import kinds
from transfer_cli.tables.packing import InputFile

LINE_END = re.compile(r"\r\n|\n|\r")
FORMULA_QUOTES = ("'=", "'@", "'+", "'-", "'＝", "'＠", "'＋", "'－", "'\t", "'\r")
"""How a cell begins with a quote that keeps a spreadsheet from running it as a formula."""
_BLOCK = 1 << 18
_SAMPLE = 4 << 20
"""Bytes of plain ASCII after which a text is assumed to be UTF-8."""
LONGEST_LINE = 1 << 26
"""Characters of the longest line that is read."""


class Text:
    """The text of a file, decoded block by block.

    ``encoding`` is empty until the first block is read if it was not given. ``line`` returns how
    many lines were parsed. ``formula_quotes`` is true once a block contained what may be the quote
    before a formula.
    """

    def __init__(self, file: InputFile, encoding: str) -> None:
        """Raises UsageError for an encoding that is unknown."""
        self.file = file
        self.ended = False
        self.formula_quotes = False
        self.line: Callable[[], int] = lambda: 0
        self.encoding = encodings.lookup(encoding) if encoding else ""
        self._detected = not encoding
        self._decoder: codecs.IncrementalDecoder | None = None
        self._pending = ""

    @to_people()
    def notes(self) -> list[str]:
        """Return notes on how the text is read, once its first block is read."""
        if not self._detected or self.encoding == encodings.UTF_8:
            return []
        return [_("{file} is read as {encoding}",
                  file=self.file.name, encoding=encodings.label(self.encoding))]  # fmt: skip

    def sample(self, lines: int, characters: int) -> str:
        """Return the beginning of the text: more than so many lines, or characters, or all."""
        for text in self._blocks():
            self._pending += text
            ends = max(self._pending.count("\n"), self._pending.count("\r"))
            # Quoted cells may hold line ends, so that there are fewer records.
            if ends > 2 * lines or len(self._pending) > characters:
                break
        return self._pending

    def lines(self) -> Iterator[Iterable[str]]:
        """Yield the lines of the file, several at a time, with their ends: LF, CRLF or CR."""
        pieces: list[str] = []
        for text in chain([""], self._blocks()):
            pieces.append(text)
            if "\n" not in text and "\r" not in text and self._pending:
                if sum(map(len, pieces)) > LONGEST_LINE:
                    raise self._too_long()
                continue
            text = self._pending + "".join(pieces)
            pieces.clear()
            # A CR at the very end may be half of a CRLF.
            end = max(text.rfind("\n"), text.rfind("\r", 0, -1)) + 1
            self._pending = text[end:]
            yield self._lines(text[:end])
        yield self._lines(self._pending + "".join(pieces))

    def _too_long(self) -> DataError:
        """Return the error for a line that is too long."""
        line = self.line() + len(LINE_END.findall(self._pending)) + 1
        message = _("{name}:{line}: a line of more than {most:,} characters",
                    name=self.file.name, line=line, most=LONGEST_LINE)  # fmt: skip
        return DataError(message, _("a table has a line for each row"))

    def _lines(self, text: str) -> Iterable[str]:
        if "\0" in text:
            line = self.line() + 1 + len(LINE_END.findall(text, 0, text.index("\0")))
            message = _("{name}:{line}: a NUL character: not text", name=self.file.name, line=line)
            raise DataError(message, _("write the file again as text, or remove the character"))
        if "'" in text and not self.formula_quotes:
            self.formula_quotes = any(guard in text for guard in FORMULA_QUOTES)
        return io.StringIO(text, newline="")

    def _blocks(self) -> Iterator[str]:
        while not self.ended:
            if self._decoder is None:
                data, decoder = self._begin()
            else:
                data, decoder = self.file.read(_BLOCK), self._decoder
                self.ended = not data
            yield self._decode(data, decoder)

    def _begin(self) -> tuple[bytes, codecs.IncrementalDecoder]:
        """Return the first bytes, and the decoder of the encoding that they are in."""
        data = self.file.read(_BLOCK)
        self.ended = not data
        while self._detected and data.isascii() and not self.ended and len(data) < _SAMPLE:
            more = self.file.read(_BLOCK)
            self.ended = not more
            data += more
        if self._detected:
            self.encoding = encodings.utf_16(data[: kinds.LENGTH * 4])
            if not self.encoding:
                kinds.check_text(data[: kinds.LENGTH], self.file.name)
                self.encoding = encodings.detect(data, self.file.name, ended=self.ended)
        name = "utf-8-sig" if self.encoding == encodings.UTF_8 else self.encoding
        self._decoder = codecs.getincrementaldecoder(name)()
        return data, self._decoder

    def _decode(self, data: bytes, decoder: codecs.IncrementalDecoder) -> str:
        try:
            return decoder.decode(data, self.ended)
        except UnicodeDecodeError as error:
            before = error.object[: error.start].decode(self.encoding, "replace")
            line = self.line() + len(LINE_END.findall(self._pending + before)) + 1
            message = _("{name}:{line}: not {charset} text", name=self.file.name, line=line,
                        charset=encodings.label(self.encoding))  # fmt: skip
            hint = encodings.conversion("GB18030", self.file.name)
            if self._detected and encodings.is_damaged(error.object, self.encoding):
                hint = encodings.write_again(self.encoding)
            raise DataError(message, hint) from error


def head(first: bytes) -> str:
    """Return the first bytes of a file as text, whatever its encoding is; for looking at ASCII."""
    return first.decode(encodings.utf_16(first) or "utf-8-sig", "replace").lstrip("\ufeff")
