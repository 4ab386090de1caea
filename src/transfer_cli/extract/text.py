"""The text of a report: read, unwrapped and folded, with the line of every character.

Hard-wrapped lines are joined, spaces without meaning are dropped, and full-width characters become
half-width ones. A ``ReportText`` maps every offset back to the line of the file.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from transfer_cli.extract.layout import continuations, find_tables

CLAUSE = "，。；！？\n"
SENTENCE = "。；！？\n"
FULL_STOP = "。！？\n"
PARAGRAPH = "\n"
COORDINATION = re.compile("、|以及|[和与及]")
"""What joins the members of a list."""
VIEW = re.compile("[从按分][^，。；\\d]{1,10}[看分]，")
"""分产业看，: a total is broken down, or seen from another side."""
_SENTENCE = re.compile(f"[^{SENTENCE}]*[{SENTENCE}]?")

_CJK = "\u2014\u2018-\u201d\u2026\u3001-\u303f\u3400-\u9fff\uf900-\ufaff\uff01-\uff5e%"
_SPACES = r"[ \t\u00a0\u2002-\u200b\u3000\ufeff]"
_DROPPED_SPACE = re.compile(
    rf"^{_SPACES}+|(?<=[{_CJK}]){_SPACES}+|(?<!{_SPACES}){_SPACES}++(?:$|(?=[{_CJK}]))"
    r"|(?<=\d)[\u00a0\u2009\u202f](?=\d{3}(?!\d))"
)
_TRADITIONAL = Path(__file__).with_name("traditional.txt")
# ASCII punctuation between Chinese words, as it is printed by web pages.
_ASCII_MARK = re.compile(
    r"(?<=[\u4e00-\u9fff%）”’])(?:[,;?!]|\.(?![\w.]))|[,;?!](?=[\u4e00-\u9fff“‘])"
    r"|(?<=[\u4e00-\u9fff%])\.(?=[\u4e00-\u9fff])"
)
_WIDE_MARK = str.maketrans(",;?!.", "，；？！。")
# The longest sentence. It limits the search in a text without any 。.
_MAX_SENTENCE = 600


# Compared and hashed by identity: a text is the key of caches.
@dataclass(frozen=True, slots=True, eq=False)
class ReportText:
    """The text of a report, with a map from its offsets to the lines of the file.

    ``raw`` is the report as it was decoded. ``text`` is unwrapped and folded; a newline separates
    its headings and paragraphs. ``text`` consists of pieces of ``raw``: the piece that begins at
    ``starts[i]`` of ``text`` begins at ``origins[i]`` of ``raw``. ``line_starts`` are the offsets
    in ``raw`` at which lines begin. ``tables`` are the first and last lines, counted from 1, of
    the tables; their rows stay as they are.
    """

    raw: str
    text: str
    starts: tuple[int, ...]
    origins: tuple[int, ...]
    line_starts: tuple[int, ...]
    tables: tuple[tuple[int, int], ...] = ()

    def origin(self, offset: int) -> int:
        """Return the offset in ``raw`` of the character at an offset of ``text``."""
        piece = bisect_right(self.starts, offset) - 1
        return self.origins[piece] + offset - self.starts[piece]

    def line_at(self, offset: int) -> int:
        """Return the line, counted from 1, of the character at an offset of ``text``."""
        return bisect_right(self.line_starts, self.origin(offset))

    def line_span(self, line: int) -> tuple[int, int]:
        """Return where a line, counted from 1, starts and ends in ``text``; else (0, 0)."""
        if not 1 <= line <= len(self.line_starts):
            return 0, 0
        first = self._offset(self.line_starts[line - 1])
        is_last = line == len(self.line_starts)
        return first, len(self.text) if is_last else self._offset(self.line_starts[line])

    def _offset(self, origin: int) -> int:
        """Return the first offset of ``text`` at or after an offset of ``raw``."""
        piece = bisect_right(self.origins, origin) - 1
        end = self.starts[piece + 1] if piece + 1 < len(self.starts) else len(self.text)
        return min(self.starts[piece] + origin - self.origins[piece], end)

    def printed(self, start: int, end: int) -> str:
        """Return the characters as the report prints them, without spaces and line breaks."""
        return "".join(self.raw[self.origin(start) : self.origin(end - 1) + 1].split())


def fold(text: str) -> str:
    """Return text with full-width forms as half-width ones and traditional characters simplified.

    Each character becomes one character, so that offsets stay valid.
    """
    return text if text.isascii() else text.translate(_folding())


@cache
def _folding() -> dict[int, int]:
    wide = (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))
    table = {code: code - 0xFEE0 for code in wide} | str.maketrans(
        "％．＋－～／＜＞＝−", "%.+-~/<>=-"
    )
    # Each line of traditional characters is followed by a line of the simplified ones.
    lines = _TRADITIONAL.read_text("utf-8").split()
    for traditional, simplified in zip(lines[::2], lines[1::2], strict=True):
        table |= str.maketrans(traditional, simplified)
    return table


def parse_text(report: str) -> ReportText:
    """Return the unwrapped and folded text of a report, with its map to lines."""
    raw = report.replace("\r\n", "\n").replace("\r", "\n")
    lines = raw.split("\n")
    line_starts, offset = [], 0
    for line in lines:
        line_starts.append(offset)
        offset += len(line) + 1
    pieces, starts, origins = [], [0], [0]
    length = 0
    tables = find_tables(lines)
    for origin, piece in _pieces(lines, line_starts, tables):
        starts.append(length)
        origins.append(origin)
        pieces.append(piece)
        length += len(piece)
    text = _ASCII_MARK.sub(lambda mark: mark[0].translate(_WIDE_MARK), fold("".join(pieces)))
    numbered = tuple((first + 1, last + 1) for first, last in tables)
    return ReportText(raw, text, tuple(starts), tuple(origins), tuple(line_starts), numbered)


def _pieces(
    lines: list[str], line_starts: list[int], tables: list[tuple[int, int]]
) -> Iterator[tuple[int, str]]:
    """Yield the pieces of the report that stay in the text, each with its offset in the report.

    The rows of tables stay as they are.
    """
    rows = {row for first, last in tables for row in range(first, last + 1)}
    prose = ["" if row in rows else line for row, line in enumerate(lines)]
    continues = continuations(prose)
    for row, (line, begin, continued) in enumerate(zip(lines, line_starts, continues, strict=True)):
        if row in rows:
            yield begin, line
            yield begin + len(line), "\n"
            continue
        last = 0
        for space in _DROPPED_SPACE.finditer(line):
            yield begin + last, line[last : space.start()]
            last = space.end()
        yield begin + last, line[last:]
        if line.strip() and not continued:
            yield begin + len(line), "\n"


# Clauses, sentences and paragraphs.


@lru_cache(maxsize=16)
def _ends(text: str, marks: str) -> list[int]:
    """Return where the marks stand in a text: they are looked up several times for a figure."""
    return [match.start() for match in re.finditer(f"[{re.escape(marks)}]", text)]


def start_of(text: str, offset: int, marks: str) -> int:
    """Return the start of the part around an offset: after the last of ``marks`` before it."""
    ends = _ends(text, marks)
    index = bisect_left(ends, offset)
    return max(0, offset - _MAX_SENTENCE, ends[index - 1] + 1 if index else 0)


def sentences(text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int]]:
    """Yield the offsets of the parts of a text that a mark of ``SENTENCE`` or a line ends."""
    stop = len(text) if end is None else end
    yield from (match.span() for match in _SENTENCE.finditer(text, start, stop) if match[0])


def end_of(text: str, offset: int, marks: str) -> int:
    """Return the end of the part around an offset: the first of ``marks`` at or after it."""
    ends = _ends(text, marks)
    index = bisect_left(ends, offset)
    return min(len(text), offset + _MAX_SENTENCE, *ends[index : index + 1])
