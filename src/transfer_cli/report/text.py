"""A report as flowing text that still knows the line of every character."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from transfer_cli.report.wrapping import continuations

_CJK = "\u2014\u2018-\u201d\u2026\u3001-\u303f\u3400-\u9fff\uf900-\ufaff\uff01-\uff5e%"
_SPACES = r"[ \t\u00a0\u2002-\u200b\u3000\ufeff]"
_IDLE_SPACE = re.compile(
    rf"^{_SPACES}+|{_SPACES}+$|(?<=[{_CJK}]){_SPACES}+|{_SPACES}+(?=[{_CJK}])"
    r"|(?<=\d)[\u00a0\u2009\u202f](?=\d{3}(?!\d))"
)
# One character for one, so that offsets hold: full-width forms, and the commoner traditional ones.
_FOLD = str.maketrans(
    {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B))}
    | {code: code - 0xFEE0 for code in range(0xFF41, 0xFF5B)}
    | str.maketrans("％．＋－～／＜＞＝萬億兩點個幾餘", "%.+-~/<>=万亿两点个几余")
)


@dataclass(frozen=True, slots=True)
class Source:
    """`text` is the report unwrapped and folded; headings and paragraphs are parted by newlines."""

    raw: str
    text: str
    starts: tuple[int, ...]
    origins: tuple[int, ...]
    line_starts: tuple[int, ...]

    def origin(self, offset: int) -> int:
        """The place in the raw report of the character at this offset of the text."""
        piece = bisect_right(self.starts, offset) - 1
        return self.origins[piece] + offset - self.starts[piece]

    def line_at(self, offset: int) -> int:
        """The line of the report, counted from 1, on which the character at this offset stands."""
        return bisect_right(self.line_starts, self.origin(offset))

    def line_span(self, line: int) -> tuple[int, int]:
        """The stretch of the text that a line of the report, counted from 1, contributes."""
        if not 1 <= line <= len(self.line_starts):
            return 0, 0
        first = self._offset(self.line_starts[line - 1])
        last = line < len(self.line_starts)
        return first, self._offset(self.line_starts[line]) if last else len(self.text)

    def _offset(self, origin: int) -> int:
        """The first offset of the text at or after a place in the raw report."""
        piece = bisect_right(self.origins, origin) - 1
        end = self.starts[piece + 1] if piece + 1 < len(self.starts) else len(self.text)
        return min(self.starts[piece] + origin - self.origins[piece], end)

    def printed(self, start: int, end: int) -> str:
        """The characters as the report prints them, without spaces and line breaks."""
        return re.sub(r"\s+", "", self.raw[self.origin(start) : self.origin(end - 1) + 1])


def decode(data: bytes) -> str:
    """Bytes of UTF-8 (with or without BOM), UTF-16 with BOM, or GB18030 as text."""
    utf16 = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if utf16 else ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise ValueError("the report is neither UTF-8 nor GB18030 text")


def fold(text: str) -> str:
    """Full-width digits, letters and signs as half-width ones, character for character."""
    return text.translate(_FOLD)


def read_source(report: str) -> Source:
    """Join the hard-wrapped lines of a report, drop idle spaces and fold full-width characters."""
    raw = report.replace("\r\n", "\n").replace("\r", "\n")
    lines = raw.split("\n")
    line_starts, offset = [], 0
    for line in lines:
        line_starts.append(offset)
        offset += len(line) + 1
    pieces, starts, origins = [], [0], [0]
    length = 0
    for origin, piece in _pieces(lines, line_starts):
        starts.append(length)
        origins.append(origin)
        pieces.append(piece)
        length += len(piece)
    text = fold("".join(pieces))
    return Source(raw, text, tuple(starts), tuple(origins), tuple(line_starts))


def _pieces(lines: list[str], line_starts: list[int]) -> Iterator[tuple[int, str]]:
    """The stretches of the report that the flowing text keeps, each with its place."""
    for line, begin, goes_on in zip(lines, line_starts, continuations(lines), strict=True):
        last = 0
        for space in _IDLE_SPACE.finditer(line):
            yield begin + last, line[last : space.start()]
            last = space.end()
        yield begin + last, line[last:]
        if line.strip() and not goes_on:
            yield begin + len(line), "\n"
