"""``compare`` of a large table without figures: the sums of its number columns, one by one."""

from dataclasses import dataclass

from transfer_cli.comparisons import plain
from transfer_cli.comparisons.comparison import Comparison
from transfer_cli.frames import pd
from transfer_cli.model.numbers import are_codes
from transfer_cli.model.schema import Field
from transfer_cli.scanning import chunks, summary
from transfer_cli.scanning.rows import Rows


def compare(rows: Rows, by: str) -> Comparison:
    """Return what ``plain.compare`` does for the rows of a large table that are wanted.

    They are read once to tell which columns hold amounts, and once more for each of these.
    """
    scan, head = rows.scan, rows.scan.head
    head.require([by])
    names = _amounts(rows, by)
    told = head.with_frame(head.frame, *rows.notes())
    return plain.summed(
        told, by, names, rows.tally.kept,
        lambda request: summary.summarise(scan, rows.selection, request, "pandas"),
    )  # fmt: skip


def _amounts(rows: Rows, by: str) -> list[str]:
    head = rows.scan.head
    found = {name: _Column(head.field(name)) for name in head.columns if name != by}
    for part, mask in rows:
        frame = chunks.table(part, found).frame
        for name, column in found.items():
            column.add({word for word in pd.unique(frame[name][mask]) if word})
    return [name for name, column in found.items() if column.amount]


@dataclass(slots=True)
class _Column:
    """Whether a column holds numbers, and whether all of them look like codes or years."""

    field: Field
    filled: bool = False
    numbers: bool = True
    codes: bool = True

    def add(self, words: set[str]) -> None:
        if words:
            self.filled = True
            self.numbers = self.numbers and self.field.holds_numbers(words)
            self.codes = self.codes and are_codes(words)

    @property
    def amount(self) -> bool:
        """Whether its numbers are amounts, to be added up."""
        numbers = self.numbers if self.field.type == "any" else self.field.holds_numbers(())
        return numbers and self.filled and not self.codes
