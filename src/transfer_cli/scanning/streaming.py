"""Rows of a large table as they come: the wanted records of one block after another."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import compress

from transfer_cli import query
from transfer_cli.digits import plain_number
from transfer_cli.frames import pd
from transfer_cli.render import delimited, records
from transfer_cli.scanning import chunks, conditions
from transfer_cli.scanning.blocks import Block
from transfer_cli.scanning.conditions import Tally
from transfer_cli.scanning.tables import Scan
from transfer_cli.selection import Selection
from transfer_cli.sheet import Sheet
from transfer_cli.table import Table

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

    def __post_init__(self) -> None:
        self.tally = Tally(self.selection)
        self.scan.head.require([conditions.source(self.scan.head, n) for n in self.columns])

    def tables(self) -> Iterator[Table]:
        """Yield the rows as text, block by block."""
        for block, mask in self._decided():
            yield self._table(block, mask)

    def lines(self, chosen: str) -> Iterator[bytes]:
        """Yield the rows in one of ``FORMATS``, block by block."""
        kinds = self._kinds() if chosen == "jsonl" else {}
        delimiter = "\t" if chosen == "tsv" else ","
        names = list(self.columns) or self.scan.head.columns
        if chosen != "jsonl":
            yield delimited.render(Sheet({name: [] for name in names}), delimiter).encode()
        for block, mask in self._decided():
            raw = None
            if not self.columns and chosen != "jsonl" and block.delimiter == delimiter:
                raw = _raw(block, mask)
            yield raw if raw is not None else self._rendered(block, mask, chosen, kinds)

    def _rendered(
        self, block: Block, mask: "pd.Series[bool]", chosen: str, kinds: dict[str, bool]
    ) -> bytes:
        sheet = replace(self._table(block, mask).sheet(), kinds=kinds)
        if chosen == "jsonl":
            return records.render_lines(sheet).encode()
        text = delimited.render(sheet, "\t" if chosen == "tsv" else ",")
        return text.partition("\n")[2].encode()

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
        for block in self.scan.blocks():
            chunk = chunks.table(block, deciding or self.scan.head.columns[-1:])
            mask = self.tally.decide(chunk)
            if left is not None:
                mask &= mask.cumsum() <= left
                left -= int(mask.sum())
            if mask.any():
                yield block, mask
            if left == 0:
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
