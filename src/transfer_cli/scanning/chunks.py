"""A block as a table of the columns that are needed: text as categories, the numbers as numbers."""

import io
from collections.abc import Collection
from typing import Any

from transfer_cli import textfile
from transfer_cli.frames import pd
from transfer_cli.scanning.blocks import Block
from transfer_cli.schema import recognise
from transfer_cli.table import Table


def head(name: str, columns: Collection[str]) -> Table:
    """Return a table with these columns and no row, which knows what the columns mean."""
    names = list(columns)
    return Table(pd.DataFrame(columns=names, dtype=object), recognise(names), name)


def table(block: Block, columns: Collection[str], number: str = "") -> Table:
    """Return the columns named of a block; ``number`` is read as numbers at once.

    The index is the line of each row. What is odd in a block (a quoted cell, a broken row, a
    number that is none) is read again row by row, as a small table is, and told as there.
    """
    frame = _fast(block, columns, number) if block.plain else None
    if frame is None:
        rows = strict(block)
        frame = rows[[name for name in block.header if name in columns]]
    return Table(frame, recognise(block.header), block.name)


def _fast(block: Block, columns: Collection[str], number: str) -> pd.DataFrame | None:
    text = [name for name in block.header if name in columns and name != number]
    kinds: dict[str, Any] = {**dict.fromkeys(text, "category"), number: float}
    # pandas turns categories that all look like numbers into numbers, and 0620 into 620: a first
    # row of words keeps them text.
    words = block.delimiter.join("" if name == number else "~" for name in block.header)
    try:
        frame = pd.read_csv(
            io.BytesIO(words.encode() + b"\n" + block.text),
            sep=block.delimiter,
            header=None,
            names=block.header,
            usecols=[*text, *([number] if number else [])],
            dtype=kinds,
            keep_default_na=False,
            na_values={number: [""]},
        )
    except (ValueError, UnicodeDecodeError):
        return None
    if len(frame) != block.rows + 1:
        return None
    frame = frame.iloc[1:]
    if b"'" in block.text:
        frame = frame.assign(**{name: _unguarded(frame[name]) for name in text})
    return frame.set_axis(range(block.line, block.line + len(frame)))


def _unguarded(cells: "pd.Series[str]") -> "pd.Series[str]":
    if not any(word[:1] == "'" for word in cells.cat.categories):
        return cells
    return cells.astype(object).map(textfile.unguard)


def strict(block: Block) -> pd.DataFrame:
    """Return all columns of a block as text, read row by row as a small table is."""
    records = block.records()
    lines = [line for line, _ in records]
    return pd.DataFrame(
        [row for _, row in records], columns=block.header, index=lines, dtype=object
    )
