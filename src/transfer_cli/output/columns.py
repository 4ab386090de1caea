"""The columns of a table at a terminal: their text, their widths, and which of them fit."""

from collections.abc import Container, Iterable, Iterator, Sequence
from typing import NamedTuple

from transfer_cli.messages import pick
from transfer_cli.model import codelists, numbers
from transfer_cli.model.labels import MISSING, label, number, ordinal, unit_label
from transfer_cli.streams import safe
from transfer_cli.tables.table import Table

GAP = 2
"""The room between columns."""
MIN_WIDTH = 14
"""A column of prose may be wrapped down to this width; others are never wrapped."""
ALWAYS = ("province", "indicator", "status", "period", "year")
"""Columns that keep their place although every row has the same cell."""
MIN_TIGHT = 8
"""The width down to which words are broken to make room for what distinguishes rows."""
MIN_PERIOD = 9
"""A column of periods may be wrapped down to this width: ``since Mar`` above ``2023``."""
_NEVER_WRAPPED = frozenset({"id", "status", "unit", "investment_unit", "bound", "line"})


class Column(NamedTuple):
    """A column as people read it; prose may be wrapped, codes and numbers may not."""

    name: str
    header: str
    cells: Sequence[str]
    right: bool
    prose: bool

    @property
    def width(self) -> int:
        """The width of the widest cell, in which a Chinese character counts two."""
        from rich.cells import cell_len

        return max(map(cell_len, [*self.header.split("\n"), *self.cells]))

    @property
    def needed(self) -> int:
        """The width that the column needs: prose may be wrapped."""
        if not self.prose:
            return self.width
        return min(self.width, MIN_PERIOD if self.name == "period" else MIN_WIDTH)

    @property
    def tight(self) -> int:
        """The width that the column needs if it is broken between all of its words."""
        from rich.cells import cell_len

        if self.right or self.name == "id":
            return self.width
        words = (word for text in [self.header, *self.cells] for word in text.split())
        longest = max(map(cell_len, words), default=0)
        return min(self.width, max(MIN_TIGHT, min(MIN_WIDTH, longest)))


def read(table: Table, names: Sequence[str]) -> Iterator[Column]:
    """Yield the columns as people read them; a bound is a symbol before its number.

    They are made one by one, as most of ten thousand find no room.
    """
    bounds = {name: table.field(name).bound_column for name in names}
    merged = {
        bound
        for name, bound in bounds.items()
        if bound in table.frame.columns
        and table.is_numeric(name)
        and {*table.frame[bound]} <= {"", "unknown", *codelists.BOUNDS}
    }
    # Codes that have their labels in another column stay as they can be typed.
    coded = not {"label", "symbol"}.isdisjoint(table.columns)
    for name in names:
        if name in merged:
            continue
        cells: list[str] = table.frame[name].tolist()
        base = table.field(pick(name, name.removesuffix("_zh")))
        # A header may be broken at its spaces, so that it does not widen a column of numbers.
        header = safe((base if base.title else table.field(name)).label()).replace(" ", "\n")
        if table.is_numeric(name):
            shown = _numbers(table, name, cells)
            yield Column(name, header, shown, right=True, prose=False)
            continue
        words = cells if coded else _words(table, name, cells)
        shown = [safe(w) if c else MISSING for w, c in zip(words, cells, strict=True)]
        yield Column(name, header, shown, right=False, prose=name not in _NEVER_WRAPPED)


def _words(table: Table, name: str, cells: Sequence[str]) -> list[str]:
    """Return cells as people read them, a unit as it reads behind its number."""
    counted = next((other for other in table.columns if table.field(other).unit == name), "")
    if not counted:
        return [label(name, cell, table.vocabulary) for cell in cells]
    values = table.frame[counted]
    ranks = _ranks(table, counted)
    return [
        unit_label(cell, "1" if rank else value, table.vocabulary)
        for cell, value, rank in zip(cells, values, ranks, strict=True)
    ]


def _numbers(table: Table, name: str, cells: Sequence[str]) -> list[str]:
    """Return numbers grouped and with symbols, ranks as 1st; years and codes as they are."""
    field = table.field(name)
    unlabelled = field.type == "any" and not field.unit
    if field.type in ("year", "integer") or (unlabelled and numbers.are_codes(cells)):
        return [safe(cell) or MISSING for cell in cells]
    bound = field.bound_column
    bounds = table.frame[bound] if bound in table.frame.columns else [""] * len(cells)
    return [
        ordinal(cell) if rank and limit in ("", "exact") else number(cell, limit)
        for cell, limit, rank in zip(cells, bounds, _ranks(table, name), strict=True)
    ]


def _ranks(table: Table, name: str) -> list[bool]:
    """Return which numbers of a column are ranks."""
    if name != "value" or "indicator" not in table.columns:
        return [False] * len(table)
    known = table.vocabulary.indicators
    return [code in known and known[code].kind == "rank" for code in table.frame["indicator"]]


def fitting(columns: Iterable[Column], room: int) -> list[Column]:
    """Return the columns that fit, at least one; numbers and codes are shown whole or not."""
    shown: list[Column] = []
    for column in columns:
        room -= column.needed + GAP
        if room < 0 and shown:
            break
        shown.append(column)
    return shown


def distinguishing(ordered: Sequence[Column], units: Container[str], room: int) -> list[Column]:
    """Return the columns that fit; a column that distinguishes rows is not hidden.

    Such a column replaces the last shown one that does not distinguish rows, unless that one is a
    number, one of the ``units``, or a varying one of ``ALWAYS``. Rows are distinguished by words,
    not by numbers; the id is shown only if nothing else distinguishes them.
    """
    shown = fitting(ordered, room)
    for column in ordered[len(shown) :]:
        groups = _groups if column.name == "id" else _groups_by_words
        if groups([*shown, column]) == groups(shown):
            continue
        kept = [*shown]
        for other in reversed(shown):
            if _taken([*kept, column]) <= room:
                break
            rest = [one for one in kept if one is not other]
            varies = other.name in ALWAYS and _groups([other]) > 1
            fixed = other.right or other.name in units or varies
            if not fixed and groups([*rest, column]) >= groups([*kept, column]):
                kept = rest
        if kept and _taken([*kept, column]) <= room:
            shown = [*kept, column]
    return shown


def _groups(columns: Sequence[Column]) -> int:
    """Return how many rows the columns distinguish."""
    return len({*zip(*(column.cells for column in columns), strict=True)}) if columns else 1


def _groups_by_words(columns: Sequence[Column]) -> int:
    return _groups([one for one in columns if not one.right and one.name != "id"])


def _taken(columns: Iterable[Column]) -> int:
    return sum(column.tight + GAP for column in columns)


def widths(columns: Sequence[Column], room: int) -> list[int]:
    """Return the width of each column: what it needs; the narrowest get what is left."""
    widths = [column.needed for column in columns]
    if sum(widths) + GAP * len(columns) > room:
        widths = [column.tight for column in columns]
    for _cell in range(max(0, room - sum(widths) - GAP * len(columns))):
        missing = [column.width / have for column, have in zip(columns, widths, strict=True)]
        place = max(range(len(missing)), key=missing.__getitem__)
        if missing[place] <= 1:
            break
        widths[place] += 1
    return widths
