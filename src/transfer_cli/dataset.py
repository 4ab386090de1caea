"""Finds and loads tables: the built-in ones by name, the user's by path, ``-`` for stdin."""

from collections.abc import Sequence
from pathlib import Path

from transfer_cli.files import inputs, textfile
from transfer_cli.frames import pd
from transfer_cli.location import path_of
from transfer_cli.model.schema import recognise, schemas
from transfer_cli.sources import BUILTIN, Source
from transfer_cli.table import Table


def load(name: str, sources: Sequence[Source] = ()) -> Table:
    """Return the table called ``name``: a built-in one, a path, or ``-`` for standard input.

    With ``sources``, a table named as the built-in ones are is theirs, side by side under a
    column ``source`` where there are several. Raises UsageError for a word that is neither a
    table nor a file, and DataError for a file that is missing or unsound.
    """
    if name in schemas():
        return _merged(name, sources) if sources else builtin(name)
    frame = read(path_of(name))
    label = "standard input" if name == "-" else name
    return Table(frame, recognise(frame.columns), label)


def read(name: str) -> pd.DataFrame:
    """Return the rows of a file, or of the files of a glob one after another, as text.

    The index is the line on which each row begins; over several files, its place among all.
    """
    frames = {path: _of_file(path) for path in inputs.found(name)}
    inputs.agreed({str(path): list(frame.columns) for path, frame in frames.items()})
    if len(frames) == 1:
        return frames.popitem()[1]
    rows = pd.concat(frames.values(), ignore_index=True)
    return rows.set_axis(range(1, len(rows) + 1))


def _of_file(path: Path) -> pd.DataFrame:
    if inputs.is_parquet(path):
        from transfer_cli.files import parquet

        return parquet.whole(path)
    header, rows = textfile.records(str(path))
    lines = [line for line, _ in rows]
    return pd.DataFrame([row for _, row in rows], columns=header, index=lines, dtype=object)


def builtin(name: str) -> Table:
    """Return a table of the report by its name in ``datapackage.json``."""
    return Table(read(path_of(name)), schemas()[name], name, report=True)


def _merged(name: str, sources: Sequence[Source]) -> Table:
    found = [(source, _of_source(name, source)) for source in sources]
    if len(found) == 1:
        return found[0][1]
    clashing = _clashing([table.frame for _, table in found])
    frames = [_marked(table.frame, source.name, clashing) for source, table in found]
    merged = pd.concat(frames, ignore_index=True).fillna("")
    label = " + ".join(source.name for source in sources)
    report = any(table.report for _, table in found)
    return Table(merged, found[0][1].schema, label, report=report)


def _of_source(name: str, source: Source) -> Table:
    path = str(source.file(name))
    frame = read(path)
    return Table(frame, recognise(frame.columns), path, report=source.name == BUILTIN)


def _clashing(frames: Sequence[pd.DataFrame]) -> set[str]:
    ids = pd.concat([frame["id"] for frame in frames if "id" in frame] or [pd.Series(dtype=object)])
    return set(ids[ids.duplicated()])


def _marked(frame: pd.DataFrame, source: str, clashing: set[str]) -> pd.DataFrame:
    """Add the source; lead an id, and what refers to it, by the source where it clashes."""

    def qualified(name: str) -> str:
        return f"{source}_{name}" if name in clashing else name

    changed = {column: frame[column].map(qualified) for column in ("id", "part_of")
               if column in frame}  # fmt: skip
    return frame.assign(source=source, **changed)
