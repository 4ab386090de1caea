"""A whole and its parts: do they name each other, measure alike, and add up?"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import reduce

from transfer_cli.checking.finding import Finding
from transfer_cli.checking.measured import Part, indicator_of, measured
from transfer_cli.checking.tablefile import Row, TableFile
from transfer_cli.errors import closest
from transfer_cli.model import numbers
from transfer_cli.model.intervals import Interval, exact

NOT_EXHAUSTIVE = "not exhaustive"
"""What a whole says in its note where its parts are not all named."""
_ROUNDED = "rounded"
MANY = 1000
"""Among the ids of more rows, looking for the nearest of each wrong one would take minutes."""
_NEVER_ADD = frozenset({"growth", "rank", "average"})


def check(table: TableFile) -> Iterator[Finding]:
    """Yield the parts that have no whole, that go round in a circle, or that do not fit it."""
    known: dict[str, Row] = {}
    for row in table.rows:
        if row.get("id"):
            known.setdefault(row.get("id"), row)
    circular = _circular(known)
    parts: dict[str, list[Row]] = {}
    for row in table.whole:
        name = row.get("part_of")
        if not name:
            continue
        if name not in known:
            fix = _meant(name, known if len(table) <= MANY else {})
            yield table.at(row, "part_of", f"there is no figure {name!r}", fix)
        elif row.get("id") in circular:
            told = f"{row.get('id')} is part of itself by way of {name!r}"
            yield table.at(row, "part_of", told, "leave part_of empty in the widest of them")
        else:
            parts.setdefault(name, []).append(row)
    for name, rows in parts.items():
        yield from _fit(table, known[name], rows)


def _meant(name: str, known: dict[str, Row]) -> str:
    near = closest(name, known)
    return f"did you mean {near[0]!r}?" if near else "write the id of the whole, or leave it empty"


def _circular(known: dict[str, Row]) -> set[str]:
    """Return the ids that their own chain of wholes leads back to, each row walked over once."""
    walked: dict[str, int] = {}
    found: set[str] = set()
    for walk, name in enumerate(known):
        while name in known and name not in walked:
            walked[name] = walk
            name = known[name].get("part_of")
        while walked.get(name) == walk and name not in found:
            found.add(name)
            name = known[name].get("part_of")
    return found


def _fit(table: TableFile, whole: Row, rows: Sequence[Row]) -> Iterator[Finding]:
    """Hold parts against their whole; a part whose own cells are unsound is told elsewhere."""
    total, known = measured(whole), indicator_of(whole)
    if total is None:
        return
    parts = [Part(row, found) for row in rows if (found := measured(row))]
    for part in parts:
        if part.unit.dimension != total.unit.dimension:
            told = f"{part.unit.description} is no part of {total.unit.description} ({whole.get('id')})"
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
    come = numbers.people(numbers.machine(total.value / whole.unit.factor))
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
