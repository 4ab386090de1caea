"""Errors for cells that cannot be added up, with the line on which the first of them is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from transfer_cli.errors import DataError
from transfer_cli.frames import pd
from transfer_cli.messages import _
from transfer_cli.model.codelists import BOUNDS
from transfer_cli.query.condition import Condition, In, both
from transfer_cli.stats.plan import GroupPlan
from transfer_cli.tables import files
from transfer_cli.tables.memory import MemorySource
from transfer_cli.tables.reader import open_delimited
from transfer_cli.tables.source import Source, Unreadable
from transfer_cli.tables.table import Table


def check_cells(source: Source, where: Condition, plan: GroupPlan, groups: pd.DataFrame) -> None:
    """Raise DataError if ``groups`` have a number or a bound that is none.

    The rule is the same at any size: a sum never passes over a cell. The error names file, line
    and column; not the line where the source is Parquet or several files.
    """
    if groups["unreadable"].any():
        bad = _first_unreadable(source, where, plan.value)
        message = _(
            "{place}: column {column!r}: {cell!r} is no number",
            place=_place(source, bad.line),
            column=plan.value,
            cell=bad.cell,
        )
        hint = _("write plain digits, and leave the cell empty where nothing is known")
        raise DataError(message, hint)
    words = pd.unique(groups[plan.bound]) if plan.bound else ()
    for word in (word for word in words if word and word not in BOUNDS):
        message = _(
            "{place}: column {column!r}: no bound is called {word!r}",
            place=_place(source, _first_line(source, where, plan.bound, word)),
            column=plan.bound,
            word=word,
        )
        raise DataError(message, "transfer-cli values bound")


def _place(source: Source, line: int) -> str:
    return f"{source.name}:{line}" if line else source.name


def _first_unreadable(source: Source, where: Condition, column: str) -> Unreadable:
    for part in _with_lines(source):
        bad = part.unreadable(where, column)
        if bad.cells:
            return bad
    return source.unreadable(where, column)


def _first_line(source: Source, where: Condition, column: str, cell: str) -> int:
    """Return the line of the first row with a cell, 0 if it is not known."""
    same = both(where, In(column, frozenset({cell})))
    for part in _with_lines(source):
        rows = next(part.rows(same, (column,), limit=1)).frame
        if len(rows):
            return int(rows.index[0])
    return 0


def _with_lines(source: Source) -> Iterator[MemorySource]:
    """Yield a source part by part with the lines of its rows: itself, or read once more."""
    if isinstance(source, MemorySource):
        yield source
        return
    path = Path(source.name)
    if not path.is_file() or files.is_parquet(path):
        return
    with open_delimited(path) as file:
        for chunk in file:
            index = pd.Index(chunk.lines)
            frame = pd.DataFrame(chunk.rows, index, list(file.header), dtype=object)
            table = Table(frame, source.schema, source.name, vocabulary=source.vocabulary)
            yield MemorySource(table)
