"""Finds and loads tables: the built-in ones by name, the user's by path, ``-`` for stdin."""

from transfer_cli.frames import pd
from transfer_cli.location import path_of
from transfer_cli.schema import recognise, schemas
from transfer_cli.table import Table
from transfer_cli.textfile import records


def load(name: str) -> Table:
    """Return the table called ``name``: a built-in one, a path, or ``-`` for standard input.

    Raises UsageError for a word that is neither a table nor a file, and DataError for a file
    that is missing or unsound.
    """
    if name in schemas():
        return builtin(name)
    frame = read(path_of(name))
    label = "standard input" if name == "-" else name
    return Table(frame, recognise(frame.columns), label)


def read(path: str) -> pd.DataFrame:
    """Return the rows of a file as text; the index is the line on which each row begins."""
    header, rows = records(path)
    lines = [line for line, _ in rows]
    return pd.DataFrame([row for _, row in rows], columns=header, index=lines, dtype=object)


def builtin(name: str) -> Table:
    """Return a table of the report by its name in ``datapackage.json``."""
    return Table(read(path_of(name)), schemas()[name], name)
