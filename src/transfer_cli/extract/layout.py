"""The layout of a report: which lines are rows of a table, and which continue in the next line."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from transfer_cli.extract.units import MAGNITUDE, UNIT

# Columns of an aligned table are two spaces apart, or a tab.
_GAP = re.compile(r"\t+|[ \u3000\u00a0]{2,}|\u3000")
_SPACE = re.compile(r"\s+")
_RULE = re.compile(r"[\s|:+—=-]+")
NUMBER_CELL = re.compile(
    rf"[-+−－]?\d[\d,，]{{0,30}}(?:[.．]\d{{1,30}})?\s?(?:[%％]|(?:{MAGNITUDE})?(?:{UNIT})?)"
)
_MISSING_CELL = re.compile(r"(?:[-—–…./／]{1,3}|\.{3,6}|……|无|缺)?")


def cells(line: str, *, loose: bool = False) -> list[tuple[int, int]]:
    """Return where the cells of a row begin and end: none for a rule, one for a line of prose.

    With ``loose``, one space separates cells.
    """
    if _RULE.fullmatch(line):
        return []
    if line.count("|") >= 2 or line.lstrip().startswith("|"):
        gaps = [match.span() for match in re.finditer(r"\|", line)]
        if not line.lstrip().startswith("|"):
            gaps.insert(0, (0, 0))
        if not line.rstrip().endswith("|"):
            gaps.append((len(line), len(line)))
    else:
        body = len(line) - len(line.lstrip()), len(line.rstrip())
        gap = _SPACE if loose else _GAP
        inner = [match.span() for match in gap.finditer(line, *body)]
        gaps = [(body[0], body[0]), *inner, (body[1], body[1])]
    spans = [(left[1], right[0]) for left, right in pairwise(gaps)]
    return [_stripped(line, start, end) for start, end in spans]


def _stripped(line: str, start: int, end: int) -> tuple[int, int]:
    text = line[start:end]
    if not text.strip():
        return start, start
    return start + len(text) - len(text.lstrip()), start + len(text.rstrip())


def is_number(cell: str) -> bool:
    """Return whether a cell is a number, with or without a unit."""
    return NUMBER_CELL.fullmatch(cell) is not None


def is_missing(cell: str) -> bool:
    """Return whether a cell says that there is no figure: empty, a dash, dots."""
    return _MISSING_CELL.fullmatch(cell) is not None


def find_tables(lines: Sequence[str]) -> list[tuple[int, int]]:
    """Return the first and the last line, counted from 0, of every table.

    A table is two lines or more with several cells each, next to each other; in one of them a cell
    that is not the first is a number.
    """
    tables = []
    for is_row, group in groupby(range(len(lines)), key=lambda row: _is_row(lines[row])):
        rows = list(group)
        if is_row and len(rows) > 1 and any(_has_number(lines[row]) for row in rows):
            tables.append((rows[0], rows[-1]))
    return sorted([*tables, *_loose_tables(lines)])


def is_loose(line: str) -> bool:
    """Return whether a line is a row whose cells are one space apart: 甲县 12.5 8.1."""
    words = line.split()
    return (
        len(words) > 1
        and len(cells(line)) == 1
        and any(map(is_number, words[1:]))
        and all(is_number(word) or is_missing(word) for word in words[1:])
    )


def _loose_tables(lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield the tables whose cells are one space apart: rows of numbers under a row of words."""
    for loose, group in groupby(range(len(lines)), key=lambda row: is_loose(lines[row])):
        rows = list(group)
        if not loose or len(rows) < 2 or rows[0] == 0:
            continue
        header = lines[rows[0] - 1]
        if len(header.split()) == len(lines[rows[0]].split()) and len(cells(header)) == 1:
            yield rows[0] - 1, rows[-1]


def _is_row(line: str) -> bool:
    return ("|" in line and bool(_RULE.fullmatch(line))) or len(cells(line)) > 1


def _has_number(line: str) -> bool:
    return any(is_number(line[start:end]) for start, end in cells(line)[1:])


# Lines that were broken at the margin.

_WIDE = re.compile(r"[^\x00-\xff]")
_CLAUSE_MARK = re.compile(r"[，、；：,]")
_OPEN_END = re.compile(r"[^。！？；：”』」!?;:…\s]\s*$")
_OPEN_CLAUSE = re.compile(r"[，、]\s*$")
_BROKEN_NUMBER = re.compile(r"(?:[^\s\d.,]|^)\d[\d.,]*$")
_CARRIED_NUMBER = re.compile(r"\s*(?:[万亿千百元%％个吨]|\d[\d.,]*[^\s\d.,、．])")
_LEADING_NUMBER = re.compile(r"\d[\d.,]*")
_MIN_SHARE_BROKEN = 0.5


def continuations(lines: Sequence[str]) -> list[bool]:
    """Return for each line of prose whether the next line that is not blank continues it."""
    margins = _Margins([line.strip() for line in lines if line.strip()])
    results = [False] * len(lines)
    following: int | None = None
    for row in range(len(lines) - 1, -1, -1):
        if lines[row].strip():
            if following is not None:
                results[row] = margins.joins(lines[row], lines[following], following - row)
            following = row
    return results


class _Margins:
    """The width at which a text was wrapped, in columns and in characters."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.columns = _margin([_columns(line) for line in lines])
        self.characters = _margin([len(line) for line in lines])
        body = [line for line in lines if _columns(line) >= self.columns / 2]
        broken = [line for line in body if self._reaches(line, slack=8) and _OPEN_END.search(line)]
        self.wrapped = len(broken) >= _MIN_SHARE_BROKEN * len(body)

    def _reaches(self, line: str, slack: int) -> bool:
        text = line.strip()
        return _columns(text) >= self.columns - slack or len(text) >= self.characters - slack // 4

    def joins(self, line: str, following: str, distance: int) -> bool:
        """Return whether a line continues in the line ``distance`` rows below it."""
        broken_number = _BROKEN_NUMBER.search(line) and _CARRIED_NUMBER.match(following)
        if distance == 1 and (broken_number or _OPEN_CLAUSE.search(line)):
            return True
        if not self.wrapped or (distance > 1 and not _OPEN_END.search(line)):
            return False
        # A first line is indented by two characters. Prose has commas, a heading has none. A number
        # that begins the next line was not broken, and had no room in this one.
        number = _LEADING_NUMBER.match(following.strip())
        room = line.strip() + (number[0] if number and _CLAUSE_MARK.search(line) else "")
        return self._reaches(room, slack=8 if _CLAUSE_MARK.search(line) else 6)


def _margin(widths: Sequence[int]) -> int:
    return sorted(widths)[int(len(widths) * 0.9)] if widths else 0


def _columns(line: str) -> int:
    return len(line) + len(_WIDE.findall(line))
