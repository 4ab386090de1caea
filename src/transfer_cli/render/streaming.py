"""Rows of a large table in the formats of which a part can be written before the rest is known."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from transfer_cli.model.derivation import DERIVED
from transfer_cli.model.numbers import plain_number
from transfer_cli.model.schema import Schema, recognise
from transfer_cli.render import delimited, jsonl, records
from transfer_cli.render.output import bounds_left_out
from transfer_cli.scanning import lines
from transfer_cli.scanning.blocks import Block
from transfer_cli.sheet import Sheet

if TYPE_CHECKING:
    from transfer_cli.scanning.chunks import Part
    from transfer_cli.scanning.duck.sifted import Sifted
    from transfer_cli.scanning.rows import Rows
    from transfer_cli.table import Table

DELIMITERS = {"csv": ",", "tsv": "\t"}
FORMATS = (*DELIMITERS, "jsonl")

_NUMBER = rb"(?!\d+(?:\.\d*)?%*[,\t\n])"
_ACTING = [re.compile(before + b"-" + _NUMBER) for before in (b",", b"\t", b"\n")]
"""A cell behind a minus that a spreadsheet may run. Three searches take a third of one for all."""

Write = Callable[[Any, Any], bytes]


@dataclass(slots=True)
class Stream:
    """Rows as they come, with all columns or those named; UsageErrors come at once."""

    rows: "Rows | Sifted"
    columns: Sequence[str] = ()
    inexact: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.columns:
            self._chosen(self._head)

    def lines(self, chosen: str) -> Iterator[bytes]:
        """Yield the rows in one of ``FORMATS``, part by part."""
        write, pending = self._writer(chosen)
        for part, mask in self.rows:
            yield pending + write(part, mask)
            pending = b""
        if pending:
            self.rows.notes()  # An error must come before any output.
            yield pending

    def notes(self) -> list[str]:
        """Return what is to be said once all rows are out."""
        told = [bounds_left_out(self._head.field(name), count, self.rows.out)
                for name, count in self.inexact.items() if count]  # fmt: skip
        return [*self.rows.notes(), *told]

    @property
    def _schema(self) -> Schema:
        return recognise(self.rows.header)

    @property
    def _head(self) -> "Table":
        from transfer_cli.scanning import chunks

        return chunks.head(self.rows.name, self.rows.header)

    def _chosen(self, table: "Table") -> "Table":
        from transfer_cli import oldquery as query

        return query.columns(table, self.columns)

    @property
    def _names(self) -> list[str]:
        return list(dict.fromkeys(self.columns)) or self.rows.header

    def _writer(self, chosen: str) -> tuple[Write, bytes]:
        """Return what writes a part, and what stands before the first."""
        if chosen == "jsonl":
            plain = jsonl.Lines(self._names, self._kinds())
            return lambda part, mask: self._json(part, mask, plain), b""
        delimiter = DELIMITERS[chosen]
        header = delimited.render(Sheet({name: [] for name in self._names}), delimiter)

        def write(part: "Part", mask: Any) -> bytes:
            raw = None if self.columns else _raw(part, mask, delimiter)
            if raw is not None:
                return raw
            text = delimited.render(self._sheet(part, mask), delimiter)
            return text.removeprefix(header).encode()

        return write, header.encode()

    def _json(self, part: "Part", mask: Any, plain: jsonl.Lines) -> bytes:
        if not self.columns and isinstance(part, Block) and part.bare:
            return plain.render(lines.picked(part, mask), part.delimiter)
        sheet = replace(self._sheet(part, mask), kinds=dict(plain.numeric))
        return records.render_lines(sheet).encode()

    def _sheet(self, part: "Part", mask: Any) -> Sheet:
        """Return the wanted rows of a part as text, and count the bounds that it leaves out."""
        if not self.columns and isinstance(part, Block) and part.plain:
            return Sheet(lines.cells(lines.picked(part, mask), part), self._schema)
        from transfer_cli.scanning import rows

        sheet = self._chosen(self._head.with_frame(rows.frame(part, mask))).sheet()
        for name, marks in sheet.marks.items():
            count = sum(mark not in ("", "exact") for mark in marks)
            self.inexact[name] = self.inexact.get(name, 0) + count
        return sheet

    def _kinds(self) -> dict[str, bool]:
        """Tell which columns hold numbers; those that no schema knows are read through first."""
        fields = {name: self._schema.field(name) for name in self._names}
        kinds = {name: field.holds_numbers(()) for name, field in fields.items()}
        guessed = [name for name, field in fields.items() if field.type == "any"]
        return kinds | (_guess(self.rows.again(), guessed) if guessed else {})


def _guess(wanted: "Rows", names: Sequence[str]) -> dict[str, bool]:
    """Tell which columns hold numbers in the rows wanted, every one of their cells."""
    from transfer_cli import oldquery as query
    from transfer_cli.frames import pd
    from transfer_cli.scanning import chunks

    filled = dict.fromkeys(names, False)
    left = list(names)
    read = [DERIVED.get(name, name) for name in names] + list(names)
    for part, mask in wanted:
        chunk = query.derive(chunks.table(part, read), names)
        for name in list(left):
            words = {word for word in pd.unique(chunk.frame[name][mask]) if word}
            filled[name] |= bool(words)
            if not all(map(plain_number, words)):
                left.remove(name)
        if not left:
            break
    return {name: name in left and filled[name] for name in names}


def _raw(part: "Part", mask: Any, delimiter: str) -> bytes | None:
    """Return the lines of a part that can be written as they stand; None where they cannot."""
    if not isinstance(part, Block) or part.delimiter != delimiter or not part.bare:
        return None
    text = lines.picked(part, mask)
    acting = text.startswith(b"-") or any(cell.search(text) for cell in _ACTING)
    return None if acting else text
