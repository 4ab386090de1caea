"""Tables in memory: the chunks of the strict reader, concatenated."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from transfer_cli.frames import pd
from transfer_cli.model import headings
from transfer_cli.model.schema import Schema, recognise
from transfer_cli.model.vocabulary import Vocabulary, look_ups
from transfer_cli.tables.packing import InputFile
from transfer_cli.tables.reader import Agreement
from transfer_cli.tables.rows import RowFile, open_rows
from transfer_cli.tables.table import Table


def read_files(
    paths: Sequence[Path | InputFile],
    name: str,
    *,
    vocabulary: Vocabulary | None = None,
    **reading: Any,
) -> Table:
    """Return the table ``name`` from its files, as text cells.

    The index is the line on which each row begins; for several files, which are concatenated, it
    is the place of the row among all. Raises DataError as ``open_rows`` does, and for
    files that differ in their columns or delimiter.
    """
    frames, notes = [], []
    agreement = Agreement()
    for path in paths:
        with open_rows(path, **reading) as file:
            agreement.check(file)
            frames.append(_frame(file))
            notes += file.notes
    frame = frames[0]
    if len(frames) > 1:
        frame = pd.concat(frames, ignore_index=True)
        frame.index = pd.RangeIndex(1, len(frame) + 1)
    return Table(frame, recognise(frame.columns), name, tuple(notes),
                 vocabulary=vocabulary or look_ups())  # fmt: skip


def name_columns(table: Table, mapping: Mapping[str, str] | None) -> Table:
    """Return a table of the user's under the names of columns that its headings mean."""
    columns, schema = headings.read(list(table.frame.columns), table.vocabulary, mapping)
    frame = table.frame.set_axis(columns[: table.frame.shape[1]], axis=1)
    return replace(table, frame=with_constants(frame, schema), schema=schema)


def with_constants(frame: pd.DataFrame, schema: Schema) -> pd.DataFrame:
    """Return rows with the constant columns of a schema added: the units of headings."""
    if not schema.constants:
        return frame
    constants = pd.DataFrame(schema.constants, index=frame.index, dtype=object)
    return pd.concat([frame, constants], axis=1)


def merge(tables: Mapping[str, Table]) -> Table:
    """Return the rows of several tables, with the name of the table in the column ``source``.

    An id that occurs in several of them, and a reference to it, gets its source as a prefix.
    """
    ids = [frame["id"] for table in tables.values() if "id" in (frame := table.frame)]
    occurrences = pd.concat(
        [column.drop_duplicates() for column in ids] or [pd.Series(dtype=object)]
    )
    shared = {*occurrences[occurrences.duplicated()]}
    frames = [_with_source(table.frame, source, shared) for source, table in tables.items()]
    first = next(iter(tables.values()))
    frame = pd.concat(frames, ignore_index=True).fillna("")
    return Table(
        frame,
        first.schema if not first.schema.headings else recognise(frame.columns),
        " + ".join(tables),
        tuple(note for table in tables.values() for note in table.notes),
        report=any(table.report for table in tables.values()),
        vocabulary=first.vocabulary,
    )


def _with_source(frame: pd.DataFrame, source: str, shared: set[str]) -> pd.DataFrame:
    def qualify(name: str) -> str:
        return f"{source}_{name}" if name in shared else name

    references = [column for column in ("id", "part_of") if column in frame]
    return frame.assign(source=source, **{name: frame[name].map(qualify) for name in references})


def _frame(file: RowFile) -> pd.DataFrame:
    """Return the rows of a file; the index is the line of each."""
    frames = [
        pd.DataFrame(chunk.rows, columns=file.header, index=pd.Index(chunk.lines), dtype=object)
        for chunk in file
    ]
    return pd.concat(frames) if frames else pd.DataFrame(columns=file.header, dtype=object)
