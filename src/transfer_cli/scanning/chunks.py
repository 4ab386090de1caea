"""A part of a table with the columns that are needed: text as categories, numbers as numbers."""

import io
import re
from collections.abc import Collection
from typing import Any

from transfer_cli.files import textfile
from transfer_cli.files.batch import Batch
from transfer_cli.frames import pd
from transfer_cli.model.schema import recognise
from transfer_cli.scanning.blocks import Block
from transfer_cli.table import Table

_BOOLEAN = re.compile(rb"true|false", re.IGNORECASE)

Part = Block | Batch
"""What a table is read in. Lines may be handed on as they stand of a Block that is plain."""


def head(name: str, columns: Collection[str]) -> Table:
    """Return a table with these columns and no row, which knows what the columns mean."""
    names = list(columns)
    return Table(pd.DataFrame(columns=names, dtype=object), recognise(names), name)


def table(part: Part, columns: Collection[str], number: str = "") -> Table:
    """Return the columns named of a part; ``number`` is read as numbers at once.

    The index is the line of each row. What is odd in a block (a quoted cell, a broken row, a
    number that is none) is read again row by row, as a small table is, and told as there.
    """
    return Table(_frame(part, columns, number), recognise(part.header), part.name)


def _frame(part: Part, columns: Collection[str], number: str) -> pd.DataFrame:
    if isinstance(part, Batch):
        return part.frame(columns, number)
    frame = _fast(part, columns, number) if part.plain else None
    if frame is None:
        frame = strict(part)[[name for name in part.header if name in columns]]
    return frame


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
    # A row too many, or a word that pandas takes for a number: "inf", or "true" among its like.
    if len(frame) != block.rows + 1 or (number and _odd(frame[number], block.text)):
        return None
    frame = frame.iloc[1:]
    if b"'" in block.text:
        frame = frame.assign(**{name: _unguarded(frame[name]) for name in text})
    return frame.set_axis(range(block.line, block.line + len(frame)))


def _odd(numbers: "pd.Series[float]", text: bytes) -> bool:
    if (numbers.abs() == float("inf")).any():
        return True
    others = numbers.notna() & ~numbers.isin([0, 1])
    return not others.any() and _BOOLEAN.search(text) is not None


def _unguarded(cells: "pd.Series[str]") -> "pd.Series[str]":
    if not any(word[:1] == "'" for word in cells.cat.categories):
        return cells
    return cells.astype(object).map(textfile.unguard)


def strict(part: Part, mask: Any = None) -> pd.DataFrame:
    """Return the rows of a part that a mask picks, or all, with every column as text.

    They are read row by row, as a small table is.
    """
    if isinstance(part, Batch):
        return part.text(mask)
    records = part.records()
    lines = [line for line, _ in records]
    rows = [row for _, row in records]
    frame = pd.DataFrame(rows, columns=part.header, index=lines, dtype=object)
    return frame if mask is None else frame[mask]


def lined(part: Part) -> Part:
    """Return a part as a plain block if it can be one: lines are written faster than cells."""
    if isinstance(part, Block) or not part.rows:
        return part
    text = part.lines()
    block = Block(part.name, part.header, ",", text, part.line, part.reached)
    # The quote before a formula would be taken for our own.
    return block if b"'" not in text and block.plain else part
