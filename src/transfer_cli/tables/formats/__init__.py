"""Input formats: a file for each, behind one interface. Delimited text is read by ``reader``."""

from pathlib import Path

from transfer_cli.tables import files
from transfer_cli.tables.formats.excel import Workbook
from transfer_cli.tables.formats.interface import InputFormat, Records, Settings
from transfer_cli.tables.formats.json import Json, JsonLines
from transfer_cli.tables.formats.sqlite import Sqlite

__all__ = ["FORMATS", "InputFormat", "Records", "Settings", "recognise"]

FORMATS: tuple[InputFormat, ...] = (Workbook(), Sqlite(), JsonLines(), Json())


def recognise(first: bytes, name: str) -> InputFormat | None:
    """Return the format of a file by its first bytes and its name; None for delimited text."""
    path = files.unpacked_name(Path(name.lower()))
    return next((form for form in FORMATS if form.matches(first, path)), None)
