"""The lines of a plain block as they stand, and their cells. No pandas."""

from collections.abc import Collection
from itertools import compress
from typing import Any

from transfer_cli.files import textfile
from transfer_cli.scanning.blocks import Block


def picked(block: Block, mask: Any) -> bytes:
    """Return the lines of a plain block that a mask picks, each with its line end."""
    text = block.text if block.text.endswith(b"\n") else block.text + b"\n"
    wanted = mask if isinstance(mask, list) else mask.tolist()
    if all(wanted):
        return text
    return b"".join(line + b"\n" for line in compress(text.split(b"\n"), wanted))


def cells(text: bytes, block: Block, names: Collection[str] = ()) -> dict[str, list[str]]:
    """Return lines picked of a plain block as columns of text: those named, or all."""
    width = len(block.header)
    flat = text.decode().replace("\n", block.delimiter).split(block.delimiter)
    places = {name: place for place, name in enumerate(block.header) if not names or name in names}
    found = {name: flat[place:-1:width] for name, place in places.items()}
    if b"'" in text:
        return {name: list(map(textfile.unguard, column)) for name, column in found.items()}
    return found


def columns(block: Block, names: Collection[str]) -> dict[str, list[str]]:
    """Return columns of a block, plain or not, as text."""
    if block.plain:
        return cells(picked(block, [True]), block, names)
    rows = [row for _, row in block.records()]
    return {name: [row[block.header.index(name)] for row in rows] for name in names}
