"""The rows that DuckDB found, decided on cell by cell: pandas would cost more than they do."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from transfer_cli.errors import DataError
from transfer_cli.model.schema import has_figures
from transfer_cli.scanning import lines
from transfer_cli.scanning.blocks import Block
from transfer_cli.scanning.duck.sieve import Sieve, SieveError
from transfer_cli.selecting import meeting
from transfer_cli.selecting.selection import Selection

if TYPE_CHECKING:
    from transfer_cli.scanning.chunks import Part
    from transfer_cli.scanning.rows import Rows

Mask = list[bool]


@dataclass(slots=True)
class Sifted:
    """Rows of a large table as ``rows.Rows`` gives them, which takes over where DuckDB fails.

    It does so too where no row is wanted: why can only be told of all of them.
    """

    name: str
    sieve: Sieve
    seen: Callable[[int], None]
    selection: Selection
    narrow: Selection
    whole: "Callable[[], Rows]"
    out: int = 0
    kept: int = 0
    rest: "Rows | None" = None

    def __post_init__(self) -> None:
        if not has_figures(self.header):
            self.narrow = Selection()

    @property
    def header(self) -> list[str]:
        """The names of the columns."""
        return self.sieve.header

    def __iter__(self) -> "Iterator[tuple[Part, Any]]":
        """Yield each block that has a wanted row, and a mask of those rows."""
        with suppress(SieveError, DataError):
            for block in self.sieve.blocks(self.name, self.seen):
                mask = self._mask(block)
                self.out += sum(mask)
                if any(mask):
                    yield block, mask
            if self.out:
                return
        self.rest = self.again()
        self.rest.out = self.out
        yield from self.rest
        self.out, self.kept = self.rest.out, self.rest.kept

    def again(self) -> "Rows":
        """Return the same rows to be read anew, in blocks."""
        return self.whole()

    def notes(self) -> list[str]:
        """Return what is to be said once all rows are out."""
        return self.rest.notes() if self.rest else []

    def _mask(self, block: Block) -> Mask:
        """Tell which rows of a block are wanted, and count those that are but for ``narrow``."""
        asked = list(meeting.alone(self.selection, block.header))
        more = list(meeting.alone(self.narrow, block.header))
        cells = lines.columns(block, {block.header[0], *(name for name, _ in [*asked, *more])})
        mask = [True] * len(cells[block.header[0]])
        for name, test in asked:
            mask = _met(mask, cells[name], test)
        self.kept += sum(mask)
        for name, test in more:
            mask = _met(mask, cells[name], test)
        return mask


def _met(mask: Mask, cells: Sequence[str], test: meeting.Test) -> Mask:
    known = {cell: test(cell) for cell in set(cells)}
    return [one and known[cell] for one, cell in zip(mask, cells, strict=True)]
