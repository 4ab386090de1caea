"""The conditions of a selection on a table that comes in chunks: what to read, what was met."""

from dataclasses import dataclass, field

from transfer_cli import oldquery as query
from transfer_cli.frames import pd
from transfer_cli.model import names
from transfer_cli.model.derivation import DERIVED
from transfer_cli.selecting import conditions
from transfer_cli.selecting.selection import Selection
from transfer_cli.table import Table

MOST_NAMES = 100_000
"""Free names kept to suggest one from, when a name that was asked for stands nowhere."""


def needed(head: Table, selection: Selection) -> list[str]:
    """Return the columns on which a selection decides; raise UsageError for one that is missing."""
    if selection.search:
        return head.columns
    wanted = [source(head, name) for name in selection.equal]
    wanted += [twin for name in selection.like for twin in conditions.twins(head, name)]
    if selection.periods:
        wanted.append("period" if "period" in head.columns else "year")
    if selection.least or selection.greatest:
        value = head.field(conditions.value_column(head))
        beside = (value.unit, value.bound, "indicator")
        wanted += [value.name, *(name for name in beside if name in head.columns)]
    elif conditions.compares_printed(head, selection):
        unit = head.field(conditions.value_column(head)).unit
        wanted += [unit] if unit in head.columns else []
    head.require(wanted)
    # Read a column too many rather than parse the condition twice.
    where = selection.where
    wanted += [name for name in head.columns if name in where]
    wanted += [base for name, base in DERIVED.items() if name in where and base in head.columns]
    return list(dict.fromkeys(wanted))


def source(head: Table, column: str) -> str:
    """Return the column to read for ``column``, which may follow from another."""
    return DERIVED[column] if column in DERIVED and column not in head.columns else column


def masks(chunk: Table, selection: Selection) -> "list[tuple[str, pd.Series[bool]]]":
    """Return each condition with the rows of a chunk that meet it."""
    return conditions.masks(query.decidable(chunk, selection), selection, whole=False)


@dataclass(slots=True)
class Tally:
    """Decides chunk by chunk which rows are wanted, and keeps what must be said at the end."""

    selection: Selection
    total: int = 0
    kept: int = 0
    met: dict[str, bool] = field(default_factory=dict)
    units: set[str] = field(default_factory=set)
    words: dict[str, set[str]] = field(default_factory=dict)
    unmet: dict[str, set[str]] = field(init=False)

    def __post_init__(self) -> None:
        self.unmet = {column: set(wanted) for column, wanted in self.selection.like.items()}

    def decide(self, chunk: Table) -> "pd.Series[bool]":
        """Return which rows of a chunk are wanted."""
        mask = pd.Series(True, index=chunk.frame.index)
        for told, hit in masks(chunk, self.selection):
            self.met[told] = self.met.get(told, False) or bool(hit.any())
            mask &= hit
        self.units |= conditions.units_compared(chunk, self.selection)
        for column in list(self.unmet):
            self._meet(chunk, column)
        self.count(len(mask), int(mask.sum()))
        return mask

    def count(self, total: int, kept: int | None = None) -> None:
        """Count rows, and how many of them are wanted; all where none is decided on."""
        self.total += total
        self.kept += total if kept is None else kept

    def rows(self, chunk: Table) -> Table:
        """Return the rows of a chunk that are wanted."""
        mask = self.decide(chunk)
        return chunk if mask.all() else chunk.with_frame(chunk.frame[mask])

    def _meet(self, chunk: Table, column: str) -> None:
        """Strike out the free names that stand in a chunk, and remember what does, to suggest."""
        known, unmet = self.words.setdefault(column, set()), self.unmet[column]
        new: set[str] = set()
        for name in conditions.twins(chunk, column):
            new.update(pd.unique(chunk.frame[name]))
        new -= known
        unmet -= {name for name in unmet if any(names.matches(name, word) for word in new)}
        if not unmet:
            del self.unmet[column]
        if len(known) < MOST_NAMES:
            known |= new

    def notes(self) -> list[str]:
        """Return what is said of the whole; raise UsageError for a name that stands nowhere."""
        for column, wanted in self.selection.like.items():
            for name in wanted:
                if name in self.unmet.get(column, ()):
                    words = self.words.get(column, set())
                    names.choose(column, name, {word: () for word in words if word})
        mixed = [conditions.UNITS_MIXED] if len(self.units) > 1 else []
        if not self.total:
            return [*mixed, "no rows: the table has none"]
        barren = [told for told, met in self.met.items() if not met]
        return mixed if self.kept else [*mixed, conditions.why_empty(self.total, barren)]
