"""How many rows of a large table hold each value of a column, counted block by block.

No pandas here, save for Parquet.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from operator import methodcaller
from pathlib import Path

from transfer_cli.files import inputs, textfile
from transfer_cli.scanning import blocks
from transfer_cli.scanning.blocks import Block

SIZE = 1 << 20
"""Bytes of a block: each of its lines is taken apart at once."""

Choose = Callable[[list[str]], str]
"""Picks a column among those that a table has."""


def count(name: str, choose: Choose) -> tuple[list[str], Counter[str]]:
    """Return the columns of a large table, and how many rows hold each value of the one chosen."""
    paths = inputs.found(name)
    if any(map(inputs.is_parquet, paths)):
        return _by_scan(name, choose)
    labels = {inputs.label(path): path for path in paths}
    header = inputs.agreed({name: blocks.header(path, name)[0] for name, path in labels.items()})
    column = choose(header)
    counts: Counter[str] = Counter()
    for path in paths:
        for found in _delimited(path, header.index(column)):
            counts.update(found)
    return header, counts


def _by_scan(name: str, choose: Choose) -> tuple[list[str], Counter[str]]:
    from transfer_cli.scanning import tables

    scan = tables.scan(name)
    column = choose(scan.head.columns)
    counts: Counter[str] = Counter()
    for chunk in scan.tables([column]):
        counts.update(Counter(chunk.frame[column]))
    return scan.head.columns, counts


def _delimited(path: Path, place: int) -> Iterator[Counter[str]]:
    for block in blocks.read(path, inputs.label(path), SIZE):
        cells = _split(block, place) if block.plain else None
        if cells is None:
            cells = [row[place] for _, row in block.records()]
        yield _unguarded(Counter(cells))


def _split(block: Block, place: int) -> list[str] | None:
    """Return the cells of a block that is plain; None if a line has one too many or too few."""
    text = textfile.decode(block.text, block.name, block.line)
    lines = text.removesuffix("\n").split("\n")
    if set(map(methodcaller("count", block.delimiter), lines)) != {len(block.header) - 1}:
        return None
    behind = len(block.header) - place
    if place < behind:  # A line is taken apart from its nearer end.
        return [line.split(block.delimiter, place + 1)[place] for line in lines]
    return [line.rsplit(block.delimiter, behind)[-behind] for line in lines]


def _unguarded(counts: Counter[str]) -> Counter[str]:
    for value in [value for value in counts if value[:1] == "'"]:
        number = counts.pop(value)
        counts[textfile.unguard(value)] += number
    return counts
