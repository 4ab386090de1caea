"""What is wrong with a table: where, what, and what to do about it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from transfer_cli.errors import DataError
from transfer_cli.model.schema import Field, Schema
from transfer_cli.sheet import Sheet

COLUMNS = ("file", "line", "column", "problem", "fix")
_SCHEMA = Schema(
    "findings", tuple(Field(name, "integer" if name == "line" else "string") for name in COLUMNS)
)
_NAMED = re.compile(r"'[^']*'")
_PLACE = re.compile(r"(?::(?P<line>\d+))?:? (?P<told>.+)", re.DOTALL)


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing that is wrong; ``line`` is 0 and ``column`` empty where it is about the whole."""

    file: str
    line: int
    column: str
    problem: str
    fix: str

    @property
    def sort(self) -> tuple[str, str]:
        """What findings have in common that ask for the same thing."""
        return sort(self.column, self.fix)


@lru_cache(maxsize=1024)
def sort(column: str, fix: str) -> tuple[str, str]:
    """Return the sort of a finding: its column and its fix, without the words of its own cell."""
    return column, _NAMED.sub("…", fix)


def of_error(error: DataError, file: str) -> Finding:
    """Return the finding in an error whose message begins with the name of the file."""
    fix = error.hint if isinstance(error.hint, str) else ""
    found = _PLACE.fullmatch(str(error).removeprefix(file))
    if not found:
        return Finding(file, 0, "", str(error), fix)
    return Finding(file, int(found["line"] or 0), "", found["told"], fix)


def sheet(findings: Iterable[Finding], notes: Iterable[str]) -> Sheet:
    """Return findings as a table, in the order of file, line and column."""
    rows = sorted(set(findings))
    cells = {name: [str(getattr(row, name) or "") for row in rows] for name in COLUMNS}
    return Sheet(cells, _SCHEMA, tuple(notes))
