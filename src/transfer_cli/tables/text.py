"""The text of a file as lines: decoded block by block, with no more than a block held."""

import codecs
import io
import re
import shlex
from collections.abc import Callable, Iterable, Iterator
from itertools import chain

from transfer_cli.errors import DataError, UsageError
from transfer_cli.messages import _
from transfer_cli.tables import files, kinds
from transfer_cli.tables.packing import InputFile

LINE_END = re.compile(r"\r\n|\n|\r")
FORMULA_QUOTES = ("'=", "'@", "'+", "'-", "'＝", "'＠", "'＋", "'－", "'\t", "'\r")
"""How a cell begins with a quote that keeps a spreadsheet from running it as a formula."""
_BLOCK = 1 << 18


class Text:
    """The text of a file, decoded block by block.

    ``line`` returns how many lines were parsed. ``formula_quotes`` is true once a block held what
    may be the quote before a formula.
    """

    def __init__(self, file: InputFile, encoding: str) -> None:
        self.file = file
        self.ended = False
        self.formula_quotes = False
        self.line: Callable[[], int] = lambda: 0
        self._encoding = encoding or "utf-8"
        self._first = b""
        self._pending = ""
        try:
            name = codecs.lookup(self._encoding).name
            decoder = codecs.getincrementaldecoder("utf-8-sig" if name == "utf-8" else name)
        except LookupError:
            raise UsageError(
                _("unknown encoding {name!r}", name=encoding), _("for example gb18030 or utf-16")
            ) from None
        self._decoder = decoder()

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
        for text in chain([""], self._blocks()):
            text = self._pending + text
            # A CR at the very end may be half of a CRLF.
            end = max(text.rfind("\n"), text.rfind("\r", 0, -1)) + 1
            self._pending = text[end:]
            yield self._lines(text[:end])
        yield self._lines(self._pending)

    def _lines(self, text: str) -> Iterable[str]:
        if "\0" in text:
            line = self.line() + 1 + len(LINE_END.findall(text, 0, text.index("\0")))
            message = _("{name}:{line}: a NUL character: no text", name=self.file.name, line=line)
            raise DataError(message, _("write the file again as text, or remove the character"))
        if "'" in text and not self.formula_quotes:
            self.formula_quotes = any(guard in text for guard in FORMULA_QUOTES)
        return io.StringIO(text, newline="")

    def _blocks(self) -> Iterator[str]:
        while not self.ended:
            data = self.file.read(_BLOCK)
            self.ended = not data
            if not self._first and self._encoding == "utf-8":
                kinds.check_text(data[: kinds.LENGTH], self.file.name)
            self._first = self._first or data[: kinds.LENGTH]
            yield self._decode(data)

    def _decode(self, data: bytes) -> str:
        try:
            return self._decoder.decode(data, self.ended)
        except UnicodeDecodeError as error:
            before = error.object[: error.start].decode(self._encoding, "replace")
            line = self.line() + len(LINE_END.findall(self._pending + before)) + 1
            charset = self._encoding.upper()
            message = _("{name}:{line}: not {charset} text",
                        name=self.file.name, line=line, charset=charset)  # fmt: skip
            raise DataError(message, _conversion(self._first, self.file.name)) from None


def _conversion(first: bytes, name: str) -> str:
    """Return the hint that makes UTF-8 of a file in another encoding."""
    charset = "UTF-16" if first[:2] in (b"\xff\xfe", b"\xfe\xff") else "GB18030"
    if name == files.STDIN_NAME:
        command = f"{kinds.iconv(charset, 'TABLE.csv')} | transfer-cli filter -"
    else:
        command = kinds.iconv(charset, shlex.quote(name))
    return _("convert it first: {command}", command=command)
