"""The rows of a large table that are wanted, part by part, in the order of the file."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from transfer_cli.frames import pd
from transfer_cli.model.schema import has_figures
from transfer_cli.scanning import chunks, lines, tally
from transfer_cli.scanning.blocks import Block
from transfer_cli.scanning.chunks import Part
from transfer_cli.scanning.duck.sifted import Sifted
from transfer_cli.scanning.tables import Scan
from transfer_cli.scanning.tally import Tally
from transfer_cli.selecting.selection import Selection
from transfer_cli.table import Table


@dataclass(slots=True)
class Rows:
    """The rows of a scan that meet a selection, at most ``limit`` of them.

    ``narrow`` is a condition more if they are figures, of which nothing is told. The first ``out``
    rows have been given already. UsageErrors come at once.
    """

    scan: Scan
    selection: Selection
    limit: int | None = None
    narrow: Selection = field(default_factory=Selection)
    out: int = 0
    tally: Tally = field(init=False)
    cut: bool = False

    def __post_init__(self) -> None:
        self.tally = Tally(self.selection)
        tally.masks(self.scan.head, self.selection)
        if not has_figures(self.scan.head.columns):
            self.narrow = Selection()

    def __iter__(self) -> Iterator[tuple[Part, Any]]:
        """Yield each part that has a wanted row, and a mask of those rows."""
        self._meet_names()
        yield from self._decided(self.scan.blocks(), self.out)

    @property
    def name(self) -> str:
        """The name of the table."""
        return self.scan.name

    @property
    def header(self) -> list[str]:
        """The names of the columns."""
        return self.scan.head.columns

    @property
    def kept(self) -> int:
        """How many rows were wanted but for ``narrow`` and the limit."""
        return self.tally.kept

    def again(self) -> "Rows":
        """Return the same rows to be read anew, in blocks."""
        return Rows(self.scan, self.selection, self.limit, self.narrow)

    def notes(self) -> list[str]:
        """Return what is to be said once all rows are out."""
        if self.cut:
            return [f"the first {self.limit} rows shown (--limit); what follows was not read"]
        told = self.tally.notes()
        if self.limit is not None and self.tally.kept > self.limit:
            told.append(f"{self.limit:,} of {self.tally.kept:,} rows shown (--limit {self.limit})")
        return told

    def _decided(self, parts: Iterable[Part], skip: int = 0) -> Iterator[tuple[Part, Any]]:
        """Decide on parts, without the first ``skip`` rows wanted, which are out already."""
        deciding = tally.needed(self.scan.head, self.selection)
        deciding += tally.needed(self.scan.head, self.narrow)
        for part in parts:
            if self._enough():
                self.cut = True
                return
            mask = self._mask(part, deciding)
            left = None if self.limit is None else self.limit - self.out + skip
            count = mask.cumsum()
            mask &= count > skip
            if left is not None:
                mask &= count <= left
            skip -= min(skip, int(count[-1]) if len(count) else 0)
            wanted = int(mask.sum())
            self.out += wanted
            if wanted:
                yield chunks.lined(part) if mask.all() else part, mask

    def _enough(self) -> bool:
        return self.limit is not None and self.out >= self.limit

    def _mask(self, part: Part, deciding: list[str]) -> Any:
        if not deciding and part.plain:
            self.tally.count(part.rows)
            return pd.Series(True, index=range(part.rows)).to_numpy(copy=True)
        chunk = chunks.table(part, deciding or part.header[:1])
        mask = self.tally.decide(chunk)
        for _, hit in tally.masks(chunk, self.narrow):
            mask &= hit
        return mask.to_numpy(copy=True)

    def _meet_names(self) -> None:
        """Raise UsageError for a free name that stands nowhere, before any row is out.

        One name needs no reading ahead: no row is wanted that does not hold it.
        """
        names = Selection(like=self.selection.like)
        if sum(map(len, names.like.values())) > 1:
            ahead = Tally(names)
            for chunk in self.scan.tables(tally.needed(self.scan.head, names)):
                ahead.decide(chunk)
                if not ahead.unmet:
                    return
            ahead.notes()


def gather(rows: Rows | Sifted) -> Table:
    """Return the rows wanted as one table, held in memory, with what is told of them."""
    found = [frame(part, mask) for part, mask in rows]
    head = chunks.head(rows.name, rows.header)
    return head.with_frame(pd.concat(found) if found else head.frame, *rows.notes())


def frame(part: Part, mask: Any) -> pd.DataFrame:
    """Return the wanted rows of a part as text; the index is the line of each."""
    if not isinstance(part, Block) or not part.plain:
        return chunks.strict(part, mask)
    cells = lines.cells(lines.picked(part, mask), part)
    index = pd.RangeIndex(part.line, part.line + part.rows)[mask]
    return pd.DataFrame(cells, columns=part.header, index=index, dtype=object)
