"""A result for people, in a form that every document format draws."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple


class Cell(NamedTuple):
    """What a cell shows, and its number in plain notation if it shows one and no more.

    ``text`` is safe to show; a line end in it is a break between several figures of one cell.
    """

    text: str
    number: str = ""


class Row(NamedTuple):
    """The cells of a row, and the heading of its group."""

    cells: Sequence[Cell]
    heading: str = ""


class Document(NamedTuple):
    """A table for people: labels, bounds as symbols, and below it footnotes and sources.

    ``right`` says which columns are aligned to the right. ``labelled`` says that the first cell
    of a row says what the row is about.
    """

    title: str
    header: Sequence[str]
    right: Sequence[bool]
    rows: Sequence[Row]
    notes: Sequence[str] = ()
    labelled: bool = False

    def groups(self) -> Iterator[tuple[str, Iterator[Row]]]:
        """Return each heading, which may be empty, with the rows below it."""
        return groupby(self.rows, key=lambda row: row.heading)

    def with_notes(self, notes: Sequence[str]) -> "Document":
        """Return the document with further notes, each once."""
        return self._replace(notes=tuple(dict.fromkeys((*self.notes, *notes))))
