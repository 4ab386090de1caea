"""Keys that occur twice in a table."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from transfer_cli.check import queries
from transfer_cli.check.findings import Findings, Problem
from transfer_cli.messages import _

if TYPE_CHECKING:
    from transfer_cli.check.table import InputTable


def check(table: "InputTable", key: Sequence[str], findings: Findings) -> None:
    """Report the rows that have the key of an earlier row; a key whose cells are empty is none.

    The keys of a small table are held. Of a large one DuckDB finds the keys that are repeated,
    and their lines are read.
    """
    repeated = queries.repeated_keys(table, key) if table.is_large else None
    if repeated is not None and not repeated.keys:
        return
    positions = [table.columns.index(name) for name in key]
    fix = _("give each row its own, or delete one")
    seen: dict[queries.Key, tuple[str, int]] = {}
    reported = 0
    for file, chunk in table.chunks():
        for line, row in zip(chunk.lines, chunk.rows, strict=True):
            cells = tuple([row[position] for position in positions])
            if not any(cells) or (repeated is not None and cells not in repeated.keys):
                continue
            first = seen.setdefault(cells, (file, line))
            if first != (file, line):
                findings.add(file, line, key[0], Problem(_message(cells, file, *first), fix))
                reported += 1
    if repeated is not None:
        findings.count_more(key[0], fix, max(0, repeated.rows - reported))


def _message(cells: queries.Key, file: str, first_file: str, first_line: int) -> str:
    name = ", ".join(cells)
    if file == first_file:
        return _("{name!r} stands on line {line} already", name=name, line=first_line)
    return _("{name!r} stands on line {line} of {file} already",
             name=name, line=first_line, file=first_file)  # fmt: skip
