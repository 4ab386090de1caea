"""What an output format is: how the rows of a result become bytes."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import chain
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, ClassVar

from transfer_cli.errors import TransferError
from transfer_cli.messages import _

if TYPE_CHECKING:
    from transfer_cli.output.document import Document
    from transfer_cli.tables.table import Table

NumericColumns = Callable[[Sequence[str]], Mapping[str, bool]]
"""Returns which of the named columns hold numbers in all rows of a result."""


@dataclass(frozen=True)
class Settings:
    """How a result is written.

    ``color`` is for people. A screen without room for all columns shows ``first`` first; with
    ``all_columns`` it keeps their own order. ``selectable`` says that the command has
    ``--columns``, so that a screen may name it. ``shares`` names a column of counts: a screen shows
    their shares in its total, or in the sum with the columns named after it. ``numeric`` says which
    columns of unknown type hold numbers if a result comes in several Tables. ``bom`` requests a
    byte order mark before delimited text. ``notes`` returns the notes of the result; it is called
    after the last row is read.
    """

    color: bool = False
    first: Sequence[str] = ()
    all_columns: bool = False
    numeric: NumericColumns | None = None
    bom: bool = False
    shares: Sequence[str] = ()
    notes: Callable[[], Iterable[str]] = tuple
    selectable: bool = False


class Format(ABC):
    """A way to write tables; one file of this package holds one kind, ``FORMATS`` lists all."""

    name: str
    suffixes: tuple[str, ...] = ()
    """Suffixes of its files, with the dot; without it each is a short name for ``--format``."""
    streams: ClassVar[bool] = False
    """Whether the first rows can be written before the last are known."""
    for_machines: ClassVar[bool] = False
    """Whether programs read it: cells and names as they are, no symbols, no labels."""
    binary: bool = False
    """Whether it is not text, which a terminal cannot show."""
    extra: tuple[str, str] = ("", "")
    """The module that it needs and the extra that installs it, if it needs one."""

    def require_installed(self) -> None:
        """Raise TransferError, with the command that installs it, if the library is missing."""
        require_extra(*self.extra)

    @abstractmethod
    def encode(self, tables: "Iterable[Table]", settings: Settings) -> Iterator[bytes]:
        """Yield the tables, which have the same columns, as bytes.

        There is at least one table, if only an empty one. Each part that is yielded is written and
        flushed before the next is made.
        """


def require_extra(module: str, extra: str) -> None:
    """Raise TransferError, with the command that installs it, if a module is not installed."""
    if module and find_spec(module) is None:
        message = _("{module} is not installed", module=module.replace("_", "-"))
        raise TransferError(message, f"pip install 'transfer-cli[{extra}]'")


def read_parts(path: Path) -> Iterator[bytes]:
    """Yield the bytes of a file, a megabyte at once."""
    with path.open("rb") as file:
        while part := file.read(1 << 20):
            yield part


class DocumentFormat(Format):
    """A format for people: it carries what a screen carries, with room for all of it."""

    def encode(self, tables: "Iterable[Table]", settings: Settings) -> Iterator[bytes]:
        """Return the whole table with its footnotes and notes."""
        from transfer_cli.output import screen
        from transfer_cli.tables.table import collect

        document = screen.document(collect(tables), settings)
        return iter([self.draw(document.with_notes(tuple(settings.notes())))])

    @abstractmethod
    def draw(self, document: "Document") -> bytes:
        """Return a document as bytes."""


class Collection(Format):
    """A format whose files hold several tables, each under a name."""

    def encode(self, tables: "Iterable[Table]", settings: Settings) -> Iterator[bytes]:
        """Yield a file of one table, which is called after its source."""
        rest = iter(tables)
        first = next(rest)
        name = PurePath(first.name or first.schema.name or "table").name.partition(".")[0]
        return self.encode_all({name or "table": chain([first], rest)}, settings)

    @abstractmethod
    def encode_all(
        self, tables: "Mapping[str, Iterable[Table]]", settings: Settings
    ) -> Iterator[bytes]:
        """Yield a file of tables, each in Tables with the same columns; see ``encode``."""


def numeric_columns(
    tables: "Iterable[Table]", settings: Settings
) -> "tuple[Mapping[str, bool], Iterable[Table]]":
    """Return which columns hold numbers, and all tables.

    The schema says so, or else the cells: those of a single table, or what ``settings.numeric``
    says, or those of all tables, which are then loaded into memory.
    """
    rest = iter(tables)
    table = next(rest)
    numeric = {name: table.is_numeric(name) for name in table.columns}
    # What the first rows do not settle: a text among them does.
    open_ = [name for name in table.columns if table.field(name).type == "any"
             and (numeric[name] or not any(table.frame[name]))]  # fmt: skip
    second = next(rest, None) if open_ else None
    if second is None:
        return numeric, chain([table], rest)
    if settings.numeric is not None:
        return {**numeric, **settings.numeric(open_)}, chain([table, second], rest)
    from transfer_cli.tables.table import collect

    table = collect([table, second, *rest])
    return {name: table.is_numeric(name) for name in table.columns}, [table]
