"""Parts and wholes: a part names a whole that exists, is of one dimension with it, and fits."""

from collections.abc import Collection, Iterator, Sequence
from fractions import Fraction
from functools import reduce
from typing import NamedTuple

from transfer_cli.check.findings import Finding
from transfer_cli.check.row import (
    Row,
    compared,
    in_base_units,
    indicator_of,
    last_place,
    printed,
    quantity_of,
    with_room,
)
from transfer_cli.errors import closest
from transfer_cli.extract.sums import NOT_EXHAUSTIVE, OVERLAPPING, ROUNDED
from transfer_cli.messages import _, join
from transfer_cli.model import numbers
from transfer_cli.model.figure import Quantity
from transfer_cli.model.intervals import Interval, exact
from transfer_cli.model.labels import amount
from transfer_cli.model.units import Unit
from transfer_cli.model.vocabulary import Vocabulary

COLUMNS = ("id", "part_of", "indicator", "status", "value", "unit", "bound", "note")
"""The columns that are compared."""
_NEVER_ADD = frozenset({"growth", "rank", "average"})


class _Part(NamedTuple):
    """A row with its quantity, also in base units."""

    row: Row
    unit: Unit
    base: Interval


def check(
    rows: Sequence[Row], ids: Collection[str], suggestions: Collection[str], vocabulary: Vocabulary
) -> Iterator[Finding]:
    """Yield the parts that have no whole, that contain themselves, or that do not fit their whole.

    ``rows`` are the parts and their wholes, in the order of the file. ``ids`` are further ids that
    exist, of broken rows; ``suggestions`` are ids for did-you-mean.
    """
    known: dict[str, Row] = {}
    for row in rows:
        if row.get("id"):
            known.setdefault(row.get("id"), row)
    circular = _circular(known)
    parts: dict[str, list[Row]] = {}
    for row in rows:
        whole = row.get("part_of")
        if not whole:
            continue
        if row.get("id") in circular:
            message = _("{id} is part of itself by way of {whole!r}", id=row.get("id"), whole=whole)
            yield row.finding("part_of", message, _("leave part_of empty in the widest of them"))
        elif whole in known:
            parts.setdefault(whole, []).append(row)
        elif whole not in ids:
            message = _("there is no figure {id!r}", id=whole)
            yield row.finding("part_of", message, _nearest(whole, suggestions))
    for whole, members in parts.items():
        yield from _compare(known[whole], members, vocabulary)


def _nearest(name: str, ids: Collection[str]) -> str:
    near = closest(name, ids)
    if near:
        return _("did you mean {name!r}?", name=near[0])
    return _("write the id of the whole, or leave it empty")


def _circular(known: dict[str, Row]) -> set[str]:
    """Return the ids whose chain of wholes leads back to them; each row is visited once."""
    visited: dict[str, int] = {}
    circular: set[str] = set()
    for walk, name in enumerate(known):
        while name in known and name not in visited:
            visited[name] = walk
            name = known[name].get("part_of")
        while visited.get(name) == walk and name not in circular:
            circular.add(name)
            name = known[name].get("part_of")
    return circular


def _part(row: Row, quantity: Quantity) -> _Part:
    return _Part(row, quantity.unit, in_base_units(quantity))


def _compare(whole_row: Row, rows: Sequence[Row], vocabulary: Vocabulary) -> Iterator[Finding]:
    """Compare parts with their whole; a row with an unsound cell is reported elsewhere."""
    total = quantity_of(whole_row, vocabulary)
    if total is None:
        return
    whole = _part(whole_row, total)
    quantities = [(row, quantity_of(row, vocabulary)) for row in rows]
    parts = [_part(row, quantity) for row, quantity in quantities if quantity]
    for part in parts:
        if part.unit.dimension != whole.unit.dimension:
            message = _(
                "{part} is not part of {whole} ({id})",
                part=part.unit.description, whole=whole.unit.description, id=whole_row.get("id"),
            )  # fmt: skip
            yield part.row.finding("part_of", message, _("name a whole of the same dimension"))
    indicator = indicator_of(whole_row, vocabulary)
    if indicator is not None and indicator.kind in _NEVER_ADD:
        return
    comparable = [part for part in parts if part.unit.dimension == whole.unit.dimension]
    for part in comparable:
        if compared(part.base, whole.base) > 0:
            message = _(
                "{part} is more than its whole, {id}: {whole}",
                part=printed(part.row), id=whole_row.get("id"), whole=printed(whole_row),
            )  # fmt: skip
            fix = _("correct one of the two, or leave part_of empty")
            yield part.row.finding("value", message, fix)
    if len(comparable) == len(rows):
        yield from _compare_sum(whole, comparable)


def _compare_sum(whole: _Part, parts: Sequence[_Part]) -> Iterator[Finding]:
    """Check that the parts at the stage of their whole add up to it."""
    summed = [part for part in parts if part.row.get("status") == whole.row.get("status")]
    total = reduce(lambda one, two: one + two, (part.base for part in summed), exact(0))
    note = whole.row.get("note")
    rounded = _widened(total, [whole, *summed])
    order = compared(rounded if ROUNDED in note else total, whole.base)
    known = NOT_EXHAUSTIVE in note if order < 0 else OVERLAPPING in note
    if len(summed) < 2 or order == 0 or known:
        return
    message = _(
        "its parts come to {total}, not {whole}: {ids}",
        total=amount(
            numbers.people(numbers.machine(total.value / whole.unit.factor)), whole.unit.name
        ),
        whole=printed(whole.row),
        ids=join(part.row.get("id") for part in summed),
    )
    beyond = OVERLAPPING if order > 0 else NOT_EXHAUSTIVE
    word = beyond if compared(rounded, whole.base) else ROUNDED
    fix = _("correct a figure, or say {word!r} in the note", word=word)
    yield whole.row.finding("value", message, fix)


def _widened(total: Interval, parts: Sequence[_Part]) -> Interval:
    """Return a sum with the room that rounding leaves: half of the last place of every figure."""
    return with_room(
        total, sum((last_place(part.row, part.unit) for part in parts), Fraction(0)) / 2
    )
