"""Rows of a large table as they come: the wanted records of one block after another."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import compress

from transfer_cli import query
from transfer_cli.digits import plain_number
from transfer_cli.frames import pd
from transfer_cli.render import delimited, records
from transfer_cli.render.output import bounds_left_out
from transfer_cli.scanning import chunks, conditions
from transfer_cli.scanning.blocks import Block
from transfer_cli.scanning.conditions import Tally
from transfer_cli.scanning.tables import Scan
from transfer_cli.selection import Selection
from transfer_cli.sheet import Sheet
from transfer_cli.table import Table

SIZE = 4 << 20
"""Bytes of a block: the first rows are out sooner, and rows as text take ten times as much."""
FORMATS = ("csv", "tsv", "jsonl")
"""The formats of which a part can be written before the rest is known."""

_ACTING = re.compile(rb"(?:^|[,\t\n])(?:[=@+'\t]|-(?!\d+(?:\.\d*)?(?:[,\t\n]|$)))")
"""A cell that a spreadsheet may run, or that is quoted against it: written cell by cell."""


@dataclass(slots=True)
class Stream:
    """The rows of a scan that a selection wants, at most ``limit`` of them, as ``columns``."""

    scan: Scan
    selection: Selection
    columns: Sequence[str] = ()
    limit: int | None = None
    tally: Tally = field(init=False)
    inexact: dict[str, int] = field(default_factory=dict)
    cut: bool = False

    def __post_init__(self) -> None:
        self.tally = Tally(self.selection)
        head = self.scan.head
        query.conditions(head, self.selection, whole=False)
        query.columns(head, self.columns)

    def tables(self) -> Iterator[Table]:
        """Yield the rows as text, block by block."""
        for block, mask in self._decided():
            yield self._table(block, mask)

    def lines(self, chosen: str) -> Iterator[bytes]:
        """Yield the rows in one of ``FORMATS``, block by block."""
        kinds = self._kinds() if chosen == "jsonl" else {}
        delimiter = "\t" if chosen == "tsv" else ","
        names = list(self.columns) or self.scan.head.columns
        header = delimited.render(Sheet({name: [] for name in names}), delimiter).encode()
        pending = b"" if chosen == "jsonl" else header
        for block, mask in self._decided():
            raw = None
            if not self.columns and chosen != "jsonl" and block.delimiter == delimiter:
                raw = _raw(block, mask)
            yield pending + (self._rendered(block, mask, chosen, kinds) if raw is None else raw)
            pending = b""
        if pending:
            self.tally.notes()  # An error must come before any output.
            yield pending

    def _rendered(
        self, block: Block, mask: "pd.Series[bool]", chosen: str, kinds: dict[str, bool]
    ) -> bytes:
        sheet = replace(self._sheet(block, mask), kinds=kinds)
        if chosen == "jsonl":
            return records.render_lines(sheet).encode()
        text = delimited.render(sheet, "\t" if chosen == "tsv" else ",")
        return text.partition("\n")[2].encode()

    def _sheet(self, block: Block, mask: "pd.Series[bool]") -> Sheet:
        text = None if self.columns else _raw(block, mask, acting=True)
        if text is None or b"'" in text:
            sheet = self._table(block, mask).sheet()
            for name, marks in sheet.marks.items():
                count = sum(mark not in ("", "exact") for mark in marks)
                self.inexact[name] = self.inexact.get(name, 0) + count
            return sheet
        rows = (line.split(block.delimiter) for line in text.decode().split("\n")[:-1])
        cells = zip(*rows, strict=True)
        return Sheet(dict(zip(block.header, cells, strict=True)), self.scan.head.schema)

    def notes(self) -> list[str]:
        """Return what is to be said once all rows are out."""
        if self.cut:
            return [f"the first {self.limit} rows shown (--limit); what follows was not read"]
        told = [bounds_left_out(self.scan.head.field(name), count, self.tally.kept)
                for name, count in self.inexact.items() if count]  # fmt: skip
        return [*self.tally.notes(), *told]

    def _table(self, block: Block, mask: "pd.Series[bool]") -> Table:
        text = _raw(block, mask, acting=True)
        part = block if text is None else replace(block, text=text)
        rows = chunks.strict(part)
        if text is None:
            rows = rows[mask.to_numpy()]
        table = self.scan.head.with_frame(rows)
        return query.columns(table, self.columns)

    def _decided(self) -> Iterator[tuple[Block, "pd.Series[bool]"]]:
        """Yield blocks with a wanted row, and which rows those are; stop where there are enough."""
        deciding = conditions.needed(self.scan.head, self.selection)
        left = self.limit
        if left == 0:
            self.cut = True
            return
        for block in self.scan.blocks():
            chunk = chunks.table(block, deciding or self.scan.head.columns[-1:])
            mask = self.tally.decide(chunk)
            if left is not None:
                mask &= mask.cumsum() <= left
                left -= int(mask.sum())
            if mask.any():
                yield block, mask
            if left == 0:
                self.cut = True
                return

    def _kinds(self) -> dict[str, bool]:
        """Tell which columns hold numbers; one that the schema does not know is read through."""
        names = list(self.columns) or self.scan.head.columns
        known = {name: self.scan.head.field(name).type for name in names}
        kinds = {n: t in ("number", "integer", "year") for n, t in known.items() if t != "any"}
        guessed = {name: False for name, kind in known.items() if kind == "any"}
        if guessed:
            plain = replace(self, columns=())
            found = dict.fromkeys(guessed, True)
            for table in plain.tables():
                for name in guessed:
                    words = [word for word in pd.unique(table.frame[name]) if word]
                    guessed[name] |= bool(words)
                    found[name] &= all(map(plain_number, words))
            kinds |= {name: guessed[name] and found[name] for name in guessed}
        return kinds


def _raw(block: Block, mask: "pd.Series[bool]", *, acting: bool = False) -> bytes | None:
    """Return the wanted lines of a block as they stand; None where they cannot stay so.

    ``acting`` takes lines too in which a cell must be written with a guard.
    """
    if not block.plain:
        return None
    if mask.all():
        text = block.text
    else:
        text = b"\n".join(compress(block.text.split(b"\n"), mask.to_numpy()))
    if not text.endswith(b"\n"):
        text += b"\n"
    if not acting and _ACTING.search(text):
        return None
    return text


def gather(stream: Stream) -> Table:
    """Return the rows wanted as one table, held in memory, with what is said of them."""
    found = [table.frame for table in stream.tables()]
    frame = pd.concat(found) if found else stream.scan.head.frame
    return stream.scan.head.with_frame(frame, *stream.notes())
