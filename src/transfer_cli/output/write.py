"""Writes a result to the screen, a pipe or a file, and its notes to standard error."""

import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from transfer_cli import streams
from transfer_cli.messages import _
from transfer_cli.output.document import Document
from transfer_cli.output.formats import Format, Settings
from transfer_cli.output.formats.interface import Collection, DocumentFormat, NumericColumns
from transfer_cli.output.formats.picture import Picture
from transfer_cli.output.progress import close_all
from transfer_cli.output.target import Target
from transfer_cli.tables.replace import replace_file

if TYPE_CHECKING:
    from transfer_cli.tables.table import Table

_CONTROLS = re.compile(r"[^\t\n]+")
"""Text in which no character may drive a terminal; line ends and tabs separate rows and cells."""


class View(NamedTuple):
    """A result with a view of its own for people.

    ``table`` makes the rows for machines, and for documents without a ``document``. Workbooks take
    the document only if it is ``in_workbooks``: numbers in its text would not be numbers there.
    ``screen`` takes whether to colour; ``json`` is for a result that is one object and no array;
    ``picture`` makes a Vega-Lite specification.
    """

    table: "Callable[[], Table]"
    screen: Callable[[bool], str]
    rows: int
    notes: tuple[str, ...] = ()
    json: Callable[[], str] | None = None
    document: Callable[[], Document] | None = None
    picture: Callable[[], dict[str, Any]] | None = None
    in_workbooks: bool = True


def write(
    tables: "Table | Iterable[Table]",
    target: Target,
    settings: Settings = Settings(),  # noqa: B008
) -> int:
    """Write a result in the format of ``target`` and print its notes; return its number of rows.

    ``tables`` is one Table, or several with the same columns; a format that streams writes each as
    it comes. The notes are those of the tables, then those of ``settings``.
    """
    form = target.resolve()
    streamed = isinstance(tables, Iterable) and form.streams
    every = tables if isinstance(tables, Iterable) else [tables]
    drawn = form.name == "table" or isinstance(form, DocumentFormat)
    stream = TableStream(every, screen=drawn and not isinstance(form, Collection))
    further = cache(lambda: tuple(settings.notes()))
    complete = replace(
        settings,
        color=target.colored,
        bom=target.bom,
        numeric=stream.numeric(settings.numeric) if settings.numeric else None,
        notes=lambda: (*stream.notes, *further()),
    )
    parts: Iterable[bytes] = form.encode(stream, complete)
    at_once = streamed or not target.to_stdout
    if at_once:  # Notes on a file come after the file is written.
        write_bytes(parts, target, form)
    else:
        parts = list(parts)  # Notes come before the rows if both are known.
    print_notes((*stream.notes, *further(), *stream.hidden_bounds(form.for_machines)))
    if not at_once:
        write_bytes(parts, target, form)
    return stream.rows


def write_view(view: View, target: Target) -> int:
    """Write a view, as it is drawn for people or as a table; return how many rows it has."""
    form = target.resolve()
    notes = view.notes
    as_document = view.in_workbooks or not isinstance(form, Collection)
    if form.name == "table":
        data = view.screen(target.colored).encode()
    elif view.json and form.name in ("json", "jsonl"):
        data = view.json().encode()
    elif view.document and isinstance(form, DocumentFormat) and as_document:
        data = form.draw(view.document().with_notes(notes))
    elif view.picture and isinstance(form, Picture):
        if not view.rows:
            print_notes((*notes, _("there is nothing to draw, so no picture is written")))
            return 0
        data, remarks = form.draw(view.picture)
        notes = (*notes, *remarks)
    else:
        write(view.table(), target, Settings(notes=lambda: notes))
        return view.rows
    if target.to_stdout:
        print_notes(notes)
    write_bytes([data], target, form)
    if not target.to_stdout:
        print_notes(notes)
    return view.rows


def print_notes(notes: Iterable[str]) -> None:
    """Print notes to standard error, each once, unless ``--quiet`` silences them."""
    if not streams.quiet:
        close_all()
        for note in dict.fromkeys(notes):
            streams.note(note)


@dataclass
class TableStream:
    """The tables of a result, whose rows, hidden bounds and notes are counted as they pass."""

    tables: "Iterable[Table]"
    screen: bool = False
    rows: int = 0
    notes: tuple[str, ...] = ()
    inexact: Counter[tuple[str, str]] = field(default_factory=Counter)
    names: dict[str, str] = field(default_factory=dict)
    """The names of columns by the headings that are written in their place."""

    def __iter__(self) -> "Iterator[Table]":
        """Yield the tables as they are written, counted."""
        return map(self._written, self.counted())

    def counted(self) -> "Iterator[Table]":
        """Yield the tables as they are, and count what the notes say of them."""
        for table in self.tables:
            self.rows += len(table)
            self.notes = tuple(dict.fromkeys((*self.notes, *table.notes)))
            for name in table.columns if table.hidden else ():
                bound = table.field(name).bound_column
                if bound in table.hidden:
                    cells = table.frame[bound]
                    self.inexact[name, bound] += int((~cells.isin(["", "exact"])).sum())
            yield table

    def _written(self, table: "Table") -> "Table":
        """Return a table under the headings of the user's own, without the units that they have.

        What people see takes the headings from the schema, where it looks for the labels of cells.
        """
        schema = table.schema
        if not schema.headings and not schema.constants:
            return table
        frame = table.frame.drop(columns=[c for c in schema.constants if c in table.frame])
        if self.screen:
            return replace(table, frame=frame)
        self.names = {heading: name for heading, name in schema.headings.items() if name in frame}
        own = {name: heading for heading, name in self.names.items()}
        fields = tuple(
            field._replace(
                name=own.get(field.name, field.name),
                unit=own.get(field.unit, field.unit),
                bound=own.get(field.bound, field.bound),
            )
            for field in schema.fields
        )
        return replace(
            table,
            frame=frame.rename(columns=own),
            schema=schema._replace(fields=fields),
            hidden=tuple(own.get(name, name) for name in table.hidden),
        )

    def numeric(self, numeric: NumericColumns) -> NumericColumns:
        """Return ``numeric`` for the names that are written."""

        def written(names: Sequence[str]) -> Mapping[str, bool]:
            known = numeric([self.names.get(name, name) for name in names])
            return {name: known[self.names.get(name, name)] for name in names}

        return written

    def hidden_bounds(self, for_machines: bool) -> list[str]:
        """Return the notes on numbers whose bounds a format for machines leaves out."""
        own = {name: heading for heading, name in self.names.items()}
        return [
            _(
                "{count} of {total} numbers in {name!r} are not exact: "
                "add the column {bound} to see it",
                count=count, total=self.rows,
                name=own.get(name, name), bound=own.get(bound, bound),
            )
            for (name, bound), count in self.inexact.items()
            if count and for_machines
        ]  # fmt: skip


def write_bytes(parts: Iterable[bytes], target: Target, form: Format) -> None:
    """Write parts to standard output, each at once, or to a file, which is replaced at the end."""
    if target.path is not None and not target.to_stdout:
        replace_file(target.path, parts)
        return
    for part in parts:
        if sys.stdout.isatty():  # A terminal may have another encoding than UTF-8.
            close_all()
            text = part.decode()
            # Formats for people have shown what would drive a terminal already.
            sys.stdout.write(
                _CONTROLS.sub(lambda run: streams.safe(run[0]), text) if form.for_machines else text
            )
        else:
            sys.stdout.buffer.write(part)
        sys.stdout.flush()
