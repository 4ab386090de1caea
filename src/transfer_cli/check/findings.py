"""Findings: problems of tables, their places, and how to fix them."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from transfer_cli.errors import DataError
from transfer_cli.messages import _
from transfer_cli.model.schema import Field, Schema

COLUMNS = ("file", "line", "column", "problem", "fix")
SCHEMA = Schema(
    "findings", tuple(Field(name, "integer" if name == "line" else "string") for name in COLUMNS)
)
MAX_LISTED = 100
"""Findings of a group that are listed of a large table; the rest is counted."""

_QUOTED = re.compile(r"'[^']*'")
_PLACE = re.compile(r"(?::(?P<line>\d+))?:? *(?P<message>.+)", re.DOTALL)
Group = tuple[str, str]


class Problem(NamedTuple):
    """A problem of a cell or a row, and how to fix it."""

    message: str
    fix: str


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One problem in a file; ``line`` is 0 and ``column`` empty if it is about the whole."""

    file: str
    line: int
    column: str
    problem: str
    fix: str

    def cells(self) -> tuple[str, ...]:
        """Return the cells of ``COLUMNS``; what no encoding can write is escaped."""
        cells = (self.file, str(self.line or ""), self.column, self.problem, self.fix)
        return tuple(cell.encode("utf-8", "backslashreplace").decode() for cell in cells)


def of_error(error: DataError, name: str, file: str = "") -> Finding:
    """Return the finding in an error whose message begins with the ``name`` of a file.

    ``file`` is the name of the file in the finding; the same by default.
    """
    fix = error.hint if isinstance(error.hint, str) else ""
    match = _PLACE.fullmatch(str(error).removeprefix(name))
    if match is None:
        return Finding(file or name, 0, "", str(error), fix)
    return Finding(file or name, int(match["line"] or 0), "", match["message"], fix)


@lru_cache(maxsize=1024)
def _group(column: str, fix: str) -> Group:
    """Return the group of a finding: its column and its fix, without the words of one cell."""
    return column, _QUOTED.sub("…", fix)


class Findings:
    """The findings of a table, which come in the order of its lines: listed, or only counted.

    A group are the findings with the same fix in the same column. With ``limit`` only the
    first so many of each group are listed.
    """

    def __init__(self, limit: int | None = None) -> None:
        self._limit = limit
        self._counts: Counter[Group] = Counter()
        self._listed: dict[Group, list[Finding]] = {}

    def add(self, file: str, line: int, column: str, problem: Problem) -> None:
        """Count a finding, and list it unless enough of its group are."""
        group = _group(column, problem.fix)
        self._counts[group] += 1
        listed = self._listed.setdefault(group, [])
        if self._limit is None or len(listed) < self._limit:
            listed.append(Finding(file, line, column, *problem))

    def extend(self, findings: Iterable[Finding]) -> None:
        """Add findings."""
        for each in findings:
            self.add(each.file, each.line, each.column, Problem(each.problem, each.fix))

    def count_more(self, column: str, fix: str, number: int) -> None:
        """Count findings that are known by their number alone."""
        self._counts[_group(column, fix)] += number

    def __iter__(self) -> Iterator[Finding]:
        """Yield the findings that are listed."""
        for listed in self._listed.values():
            yield from listed

    @property
    def unlisted(self) -> int:
        """How many findings are only counted."""
        return self._counts.total() - sum(map(len, self._listed.values()))

    def notes(self) -> Iterator[str]:
        """Yield a note for each group of which not all findings are listed."""
        for group, listed in sorted(self._listed.items()):
            if self._counts[group] > len(listed):
                first = listed[0]
                place = ":".join(filter(None, (first.file, str(first.line), first.column)))
                yield _(
                    "{n} of {total} findings are listed of the kind of {place}",
                    n=len(listed), total=self._counts[group], place=place,
                )  # fmt: skip
