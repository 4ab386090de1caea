"""Tells a line that was broken at the margin from a line that ends there."""

import re
from collections.abc import Sequence

_WIDE = re.compile(r"[^\x00-\xff]")
_CLAUSE = re.compile(r"[，、；：,]")
_OPEN_END = re.compile(r"[^。！？；：”』」!?;:…\s]\s*$")
_OPEN_CLAUSE = re.compile(r"[，、]\s*$")
_BROKEN_NUMBER = re.compile(r"(?:[^\s\d.,]|^)\d[\d.,]*$")
_CARRIED_NUMBER = re.compile(r"\s*(?:[万亿千百元%％个吨]|\d[\d.,]*[^\s\d.,、．])")
_SHARE = 0.5


def continuations(lines: Sequence[str]) -> list[bool]:
    """For each line, whether the next line that is not blank goes on with it."""
    present = [line.strip() for line in lines if line.strip()]
    margins = _Margins(present)
    following = _following(lines)
    return [
        bool(line.strip()) and after is not None and margins.joins(line, lines[after], after - row)
        for row, (line, after) in enumerate(zip(lines, following, strict=True))
    ]


def _following(lines: Sequence[str]) -> list[int | None]:
    """The row of the next line that is not blank, for every row."""
    answer: list[int | None] = []
    ahead: int | None = None
    for row in range(len(lines) - 1, -1, -1):
        answer.append(ahead)
        ahead = row if lines[row].strip() else ahead
    return answer[::-1]


class _Margins:
    """The width at which a text was wrapped, in columns and in characters."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.columns = _margin([_columns(line) for line in lines])
        self.characters = _margin([len(line) for line in lines])
        body = [line for line in lines if _columns(line) >= self.columns / 2]
        broken = [line for line in body if self._reaches(line, slack=8) and _OPEN_END.search(line)]
        self.wrapped = len(broken) >= _SHARE * len(body)

    def _reaches(self, line: str, slack: int) -> bool:
        text = line.strip()
        return _columns(text) >= self.columns - slack or len(text) >= self.characters - slack // 4

    def joins(self, line: str, after: str, distance: int) -> bool:
        broken_number = _BROKEN_NUMBER.search(line) and _CARRIED_NUMBER.match(after)
        if distance == 1 and (broken_number or _OPEN_CLAUSE.search(line)):
            return True
        if not self.wrapped or (distance > 1 and not _OPEN_END.search(line)):
            return False
        # A first line is indented by two characters; only prose has commas, a heading has none.
        return self._reaches(line, slack=8 if _CLAUSE.search(line) else 6)


def _margin(widths: Sequence[int]) -> int:
    return sorted(widths)[int(len(widths) * 0.9)] if widths else 0


def _columns(line: str) -> int:
    return len(line) + len(_WIDE.findall(line))
