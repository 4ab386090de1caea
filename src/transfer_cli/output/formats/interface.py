"""What an output format is: how the rows of a result become bytes."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from transfer_cli.tables.table import Table

NumericColumns = Callable[[Sequence[str]], Mapping[str, bool]]
"""Returns which of the named columns hold numbers in all rows of a result."""


@dataclass(frozen=True)
class Settings:
    """How a result is written.

    ``lang`` and ``color`` are for people. A screen that has no room for all columns shows ``first``
    first; with ``all_columns`` it takes them in their own order. ``numeric`` is called for columns
    of unknown type of a result that comes in several Tables.
    """

    lang: str = "en"
    color: bool = False
    first: tuple[str, ...] = ()
    all_columns: bool = False
    numeric: NumericColumns | None = None


class Format(ABC):
    """A way to write tables; one file of this package holds one kind, ``FORMATS`` lists all."""

    name: str
    suffixes: tuple[str, ...] = ()
    """Suffixes of its files, with the dot; without it each is a short name for ``--format``."""
    streams: ClassVar[bool] = False
    """Whether the first rows can be written before the last are known."""
    for_machines: ClassVar[bool] = False
    """Whether programs read it: cells and names as they are, no symbols, no labels."""

    @abstractmethod
    def encode(self, tables: "Iterable[Table]", settings: Settings) -> Iterator[bytes]:
        """Yield the tables, which have the same columns, as bytes.

        There is at least one table, if only an empty one. Each part that is yielded is written and
        flushed before the next is made.
        """


def combine(tables: "Iterable[Table]") -> "Table":
    """Return the rows of tables with the same columns as one table."""
    first, *others = tables
    if not others:
        return first
    from transfer_cli.frames import pd

    parts = (first, *others)
    notes = tuple(dict.fromkeys(note for part in parts for note in part.notes))
    return replace(first, frame=pd.concat([part.frame for part in parts]), notes=notes)
