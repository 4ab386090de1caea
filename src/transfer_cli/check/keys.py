"""Keys that occur twice in a table: in memory if it is small, through DuckDB if it is large."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from transfer_cli.check.findings import MAX_LISTED, Findings, Problem
from transfer_cli.check.inputs import InputTable
from transfer_cli.messages import _, join
from transfer_cli.tables import files
from transfer_cli.tables.rows import csv_lines

if TYPE_CHECKING:
    from transfer_cli.engine.keys import RepeatedKeys

Key = tuple[str, ...]


def check(table: InputTable, key: Sequence[str], findings: Findings) -> None:
    """Report the rows that have the key of an earlier row; keys without a filled cell do not count.

    The keys of a small table are kept in memory. In a large one DuckDB finds the repeated keys, and
    a second reading finds their lines.
    """
    positions = [table.columns.index(name) for name in key]
    repeated = _repeated_keys(table, positions) if table.is_large else None
    if repeated is not None and not repeated.keys:
        return
    fix = _("give each row its own, or delete one")
    seen: dict[Key, tuple[str, int]] = {}
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


def _message(cells: Key, file: str, first_file: str, first_line: int) -> str:
    name = join(cells)
    if file == first_file:
        return _("{name!r} is already on line {line}", name=name, line=first_line)
    return _("{name!r} is already on line {line} of {file}",
             name=name, line=first_line, file=first_file)  # fmt: skip


def _repeated_keys(table: InputTable, positions: Sequence[int]) -> "RepeatedKeys":
    from transfer_cli.engine.keys import repeated_keys

    return repeated_keys(
        [path for path, _shown in table.files],
        table.columns,
        table.delimiter,
        positions,
        limit=MAX_LISTED,
        copy=lambda: files.copy(csv_lines(_key_rows(table, positions)), table.name),
    )


def _key_rows(table: InputTable, positions: Sequence[int]) -> Iterator[list[list[str]]]:
    """Yield the keys of a table in chunks of rows, after a header."""
    yield [[str(position) for position in positions]]
    for _file, chunk in table.chunks():
        yield [[row[position] for position in positions] for row in chunk.rows]
