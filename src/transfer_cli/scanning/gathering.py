"""The wanted rows of a large table as text, held in memory: what DuckDB found needs no pandas."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import compress
from typing import TYPE_CHECKING, Any

from transfer_cli.model.schema import recognise
from transfer_cli.scanning import lines
from transfer_cli.scanning.blocks import Block
from transfer_cli.sheet import Sheet

if TYPE_CHECKING:
    from transfer_cli.scanning.chunks import Part
    from transfer_cli.scanning.duck.sifted import Sifted
    from transfer_cli.scanning.rows import Rows

Taken = tuple[Iterable[int], Mapping[str, Sequence[str]]]


def sheet(found: "Rows | Sifted") -> Sheet:
    """Return the rows wanted with the line of each, and what is told of them."""
    numbers: list[int] = []
    cells: dict[str, list[str]] = {name: [] for name in found.header}
    for part, mask in found:
        places, columns = _taken(part, mask)
        numbers.extend(places)
        for name, column in columns.items():
            cells[name].extend(column)
    schema, notes = recognise(found.header), tuple(found.notes())
    return Sheet(cells, schema, notes, name=found.name, lines=numbers)


def _taken(part: "Part", mask: Any) -> Taken:
    if not isinstance(part, Block):
        frame = part.text(mask)
        return frame.index.tolist(), {name: frame[name].tolist() for name in part.header}
    if part.plain:
        text = lines.picked(part, mask)
        return compress(range(part.line, part.line + part.rows), mask), lines.cells(text, part)
    records = list(compress(part.records(), mask))
    rows = [row for _, row in records]
    columns = dict(zip(part.header, map(list, zip(*rows, strict=True)), strict=True))
    return [line for line, _ in records], columns
