"""A whole and its parts: do they name each other, measure alike, and add up?"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import reduce

from transfer_cli import digits
from transfer_cli.checking.finding import Finding
from transfer_cli.checking.measured import Measured, indicator_of, measured
from transfer_cli.checking.reading import Row, TableFile
from transfer_cli.errors import closest
from transfer_cli.quantities import Interval, exact
from transfer_cli.units import Unit

NOT_EXHAUSTIVE = "not exhaustive"
"""What a whole says in its note where its parts are not all named."""
_ROUNDED = "rounded"
_NEVER_ADD = frozenset({"growth", "rank", "average"})


@dataclass(frozen=True, slots=True)
class Part:
    """A row with its figure."""

    row: Row
    found: Measured

    @property
    def unit(self) -> Unit:
        """The unit of the figure."""
        return self.found.unit

    @property
    def based(self) -> Interval:
        """The figure in base units."""
        return self.found.based

    @property
    def told(self) -> str:
        """The figure in words: its id, bound, value and unit."""
        words = (self.row.get(name) for name in ("bound", "value", "unit"))
        return " ".join(word for word in words if word not in ("", "exact"))

    @property
    def last_place(self) -> Fraction:
        """What one more in the last printed digit is, in base units."""
        decimals = len(self.row.get("value").partition(".")[2])
        return self.unit.factor * Fraction(1, 10**decimals)


def check(table: TableFile) -> Iterator[Finding]:
    """Yield the parts that have no whole, that go round in a circle, or that do not fit it."""
    known: dict[str, Row] = {}
    for row in table.rows:
        known.setdefault(row.get("id"), row)
    parts: dict[str, list[Row]] = {}
    for row in table.whole:
        name = row.get("part_of")
        if not name:
            continue
        if name not in known:
            yield table.at(row, "part_of", f"there is no figure {name!r}", _meant(name, known))
        elif _circular(row, known):
            told = f"{row.get('id')} is part of itself by way of {name!r}"
            yield table.at(row, "part_of", told, "leave part_of empty in the widest of them")
        else:
            parts.setdefault(name, []).append(row)
    for name, rows in parts.items():
        yield from _fit(table, known[name], rows)


def _meant(name: str, known: dict[str, Row]) -> str:
    near = closest(name, known)
    return f"did you mean {near[0]!r}?" if near else "write the id of the whole, or leave it empty"


def _circular(row: Row, known: dict[str, Row]) -> bool:
    """Whether the chain of wholes comes back to the row; a circle further up is told there."""
    seen = {row.get("id")}
    name = row.get("part_of")
    while name in known and name not in seen:
        seen.add(name)
        name = known[name].get("part_of")
    return bool(name) and name == row.get("id")


def _fit(table: TableFile, whole: Row, rows: Sequence[Row]) -> Iterator[Finding]:
    """Hold parts against their whole; a part whose own cells are unsound is told elsewhere."""
    total, known = measured(whole), indicator_of(whole)
    if total is None:
        return
    parts = [Part(row, found) for row in rows if (found := measured(row))]
    for part in parts:
        if part.unit.dimension != total.unit.dimension:
            told = f"{part.unit.told} is no part of {total.unit.told} ({whole.get('id')})"
            yield table.at(part.row, "part_of", told, "name a whole of the same dimension")
    alike = [part for part in parts if part.unit.dimension == total.unit.dimension]
    if known is not None and known.kind in _NEVER_ADD:
        return
    for part in alike:
        if _apart(part.based, total.based) > 0:
            told = (
                f"{part.told} is more than its whole, {whole.get('id')}: {Part(whole, total).told}"
            )
            fix = "correct one of the two, or leave part_of empty"
            yield table.at(part.row, "value", told, fix)
    if len(alike) == len(rows):
        yield from _sum(table, Part(whole, total), alike)


def _sum(table: TableFile, whole: Part, parts: Sequence[Part]) -> Iterator[Finding]:
    """Parts at the stage of their whole come to it; those at another only must not exceed it."""
    summed = [part for part in parts if part.row.get("status") == whole.row.get("status")]
    total = reduce(lambda one, two: one + two, (part.based for part in summed), exact(0))
    if _ROUNDED in whole.row.get("note"):
        total = _widened(total, [whole, *summed])
    apart = _apart(total, whole.based)
    lacks = NOT_EXHAUSTIVE not in whole.row.get("note")
    if len(summed) < 2 or apart == 0 or (apart < 0 and not lacks):
        return
    come = digits.people(digits.machine(total.value / whole.unit.factor))
    told = f"its parts come to {come} {whole.unit.name}, not {whole.told}: " + ", ".join(
        part.row.get("id") for part in summed
    )
    escape = _ROUNDED if apart > 0 else NOT_EXHAUSTIVE
    yield table.at(whole.row, "value", told, f"correct a figure, or say {escape!r} in the note")


def _apart(one: Interval, two: Interval) -> int:
    """Return 1 where all of one interval is above the other, -1 where below, 0 where they meet."""
    if one.low > two.high or (one.low == two.high and (one.low_open or two.high_open)):
        return 1
    if one.high < two.low or (one.high == two.low and (one.high_open or two.low_open)):
        return -1
    return 0


def _widened(total: Interval, figures: Sequence[Part]) -> Interval:
    """Give a sum the room that rounding leaves: half of the last place of every figure."""
    room = sum((part.last_place for part in figures), Fraction(0)) / 2
    return replace(total, low=total.low - room, high=total.high + room)
