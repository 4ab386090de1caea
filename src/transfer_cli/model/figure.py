"""A row of a table as a figure: its quantity, its indicator, and the figures that contain it."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple, Protocol

from transfer_cli.errors import DataError, unknown
from transfer_cli.messages import _, pick
from transfer_cli.model import numbers
from transfer_cli.model.codelists import BOUNDS
from transfer_cli.model.intervals import Interval, reported
from transfer_cli.model.schema import Field
from transfer_cli.model.units import Unit
from transfer_cli.model.vocabulary import Indicator, Vocabulary, look_ups

LONGEST_CHAIN = 4096
"""The longest chain of parts of parts: each figure has the ids of all figures that contain it."""

_WITH_WORDS = re.compile(r"[^\W\d_eExX]|[%％<>≤≥≈~$￥¥€*]")
"""The marks of a unit or a bound in a cell with a number."""

if TYPE_CHECKING:
    from transfer_cli.frames import pd


class Rows(Protocol):
    """What this module needs of a Table: text cells, with their lines as the index, and a name."""

    @property
    def frame(self) -> "pd.DataFrame":
        """The rows."""
        ...

    @property
    def name(self) -> str:
        """The name of the file."""
        ...

    def field(self, name: str) -> Field:
        """Return the meaning of a column."""
        ...


class Quantity(NamedTuple):
    """An interval in a unit."""

    interval: Interval
    unit: Unit

    @property
    def bound(self) -> str:
        """The strongest word that is true of the value."""
        return self.interval.bound

    def to(self, unit: Unit) -> "Quantity":
        """Return the same quantity in another unit of its dimension.

        Raises RefusedError for a unit of another dimension.
        """
        if unit is self.unit:
            return self
        return Quantity(self.interval.scaled(self.unit.convert(Fraction(1), unit)), unit)

    def cells(self) -> dict[str, str]:
        """Return ``value, bound, low, high, unit`` as machines read them."""
        low, high = self.interval.ends
        return {
            "value": numbers.machine(self.interval.value),
            "bound": self.bound,
            "low": numbers.machine(low),
            "high": numbers.machine(high),
            "unit": self.unit.name,
        }


class Figure(NamedTuple):
    """One reported figure: its row, its quantity, its indicator, its position in the table.

    ``name`` is its id, or ``FILE:LINE`` in a table without ids. ``wholes`` are the ids of the
    figures that contain it, nearest first.
    """

    row: Mapping[str, str]
    quantity: Quantity
    indicator: Indicator | None
    position: int = 0
    wholes: tuple[str, ...] = ()
    name: str = ""

    def get(self, column: str) -> str:
        """Return a cell of the row; empty for a column that the table lacks."""
        return self.row.get(column, "")

    def named(self, column: str) -> str:
        """Return a place or subject in the language of messages, or in that of the table."""
        own, other = self.get(column), self.get(f"{column}_zh")
        return pick(own or other, other or own)

    def to(self, unit: Unit) -> "Figure":
        """Return the same figure with its quantity in another unit; its row stays as printed."""
        quantity = self.quantity.to(unit)
        return self if quantity is self.quantity else self._replace(quantity=quantity)

    @property
    def id(self) -> str:
        """The id of the figure, or else its place in the file."""
        return self.get("id") or self.name


def by_id(tables: Iterable[Rows], vocabulary: Vocabulary) -> dict[str, Figure]:
    """Return the figures of a table, given in chunks, by id.

    The id of a row without one is ``FILE:LINE``. Raises DataError for an id that two rows have.
    """
    chunks = list(tables)
    found: dict[str, Figure] = {}
    for row in read_chunks(chunks, vocabulary):
        if row.id in found:
            message = _("{table}: the id {id!r} occurs twice", table=chunks[0].name, id=row.id)
            raise DataError(message, "transfer-cli check TABLE")
        found[row.id] = row
    return found


def read_chunks(chunks: Sequence[Rows], vocabulary: Vocabulary) -> Iterator[Figure]:
    """Yield the figures of a table given in chunks: its rows that have a value.

    Raises DataError, naming file, line and column, for a wrong value or bound, or for a table
    without a column ``value``.
    """
    wholes = chains_of(chunks)
    figures = (found for chunk in chunks for found in _read(chunk, vocabulary, wholes))
    for position, found in enumerate(figures):
        yield found._replace(position=position)


def _read(
    table: Rows, vocabulary: Vocabulary, wholes: Mapping[str, tuple[str, ...]]
) -> Iterator[Figure]:
    """Yield the figures of a chunk of a table; ``wholes`` are the ``chains`` of the whole table."""
    frame = table.frame
    if "value" not in frame:
        message = _("{table}: column 'value' is missing", table=table.name)
        raise DataError(message, _("say which column it is: --map HEADING=value"))
    columns = [str(name) for name in frame.columns]
    cells = zip(*(frame[name].tolist() for name in columns), strict=True)
    for line, values in zip(frame.index.tolist(), cells, strict=True):
        row = dict(zip(columns, values, strict=True))
        if row["value"]:
            inside = wholes.get(row.get("id", ""), ())
            yield figure(row, f"{table.name}:{line}", vocabulary, inside, table.field)


def chains_of(chunks: Iterable[Rows]) -> dict[str, tuple[str, ...]]:
    """Return the ``chains`` of a table; empty if it lacks the column ``id`` or ``part_of``."""
    ids: list[str] = []
    wholes: list[str] = []
    for chunk in chunks:
        if {"id", "part_of"} <= {*chunk.frame.columns}:
            ids += chunk.frame["id"].tolist()
            wholes += chunk.frame["part_of"].tolist()
    return chains(ids, wholes)


def figure(
    row: Mapping[str, str],
    name: str,
    vocabulary: Vocabulary,
    wholes: tuple[str, ...] = (),
    field: Callable[[str], Field] = Field,
) -> Figure:
    """Return the figure in a row; ``name`` is its place, as ``FILE:LINE``.

    ``field`` returns the meaning of a column, whose heading errors name.
    """
    known = vocabulary.indicators.get(row.get("indicator", ""))
    value = row["value"]
    if not numbers.is_number(value):
        raise no_number(name, field("value").written, value)
    signed = known is not None and known.signed
    try:
        interval = reported(value.strip(), row.get("bound", ""), signed=signed)
    except ValueError as error:
        raise no_bound(name, field("bound").written, row["bound"]) from error
    quantity = Quantity(interval, vocabulary.unit(row.get("unit", ""), known))
    return Figure(row, quantity, known, wholes=wholes, name=name)


def no_number(place: str, column: str, cell: str) -> DataError:
    """Return the error for a cell at ``place`` (FILE:LINE) that should be a number."""
    message = _("{place}: column {column!r}: {cell!r} is not a number",
                place=place, column=column, cell=cell)  # fmt: skip
    hint = _("write plain digits, and leave the cell empty where nothing is known")
    if _WITH_WORDS.search(cell) and any(map(str.isdecimal, cell)):
        hint = _("write the number alone: its unit and its bound (over, about) have columns of"
                 " their own")  # fmt: skip
    elif look_ups().units.known(cell):
        hint = "transfer-cli tidy TABLE"
    return DataError(message, hint)


def no_bound(place: str, column: str, word: str) -> DataError:
    """Return the error for a cell at ``place`` (FILE:LINE) that should be the word for a bound."""
    message = _("{place}: column {column!r}: no bound is called {word!r}",
                place=place, column=column, word=word)  # fmt: skip
    return DataError(message, unknown(column, word, BOUNDS).hint)


def chains(ids: Sequence[str], wholes: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Return the ids of the figures that contain each id, nearest first; a cycle ends the chain.

    ``wholes`` are the cells of ``part_of``: the id of the whole of each, or empty. Raises DataError
    for a chain that is too long to be one.
    """
    parent = {name: whole for name, whole in zip(ids, wholes, strict=True) if whole}
    found: dict[str, tuple[str, ...]] = {}
    for name in parent:
        chain: dict[str, None] = {}
        whole = parent.get(name)
        while whole and whole not in chain and whole != name:
            chain[whole] = None
            whole = parent.get(whole)
        if len(chain) > LONGEST_CHAIN:
            message = _("{id!r} is part of a part of a part … of more than {most} figures",
                        id=name, most=LONGEST_CHAIN)  # fmt: skip
            raise DataError(message, "transfer-cli check TABLE")
        found[name] = tuple(chain)
    return found
