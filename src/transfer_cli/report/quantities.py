"""Finds the quantities of a report: each with its place, printed form, value, unit and bound."""

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress

from transfer_cli.report.bounds import bound_after, bound_before
from transfer_cli.report.omissions import Claim, Omission, find_claims, omitted
from transfer_cli.report.periods import Moment
from transfer_cli.report.quantity import Quantity
from transfer_cli.report.ranges import join_ranges
from transfer_cli.report.readings import Reading, read_quantity
from transfer_cli.report.repeats import without_repeats
from transfer_cli.report.shapes import ARABIC, QUANTITY
from transfer_cli.report.shares import SPECIAL
from transfer_cli.report.text import Source

_STATED = re.compile(r"(?:[为是达至到过]|指数|系数|得分|[≥≤＝=])[:：]?$")
_CLOSED = re.compile(r"[，。、；！,;)）”\s的和与及以左]|$")
_YEAR = re.compile(r"(?:19|20)\d\d")


class _Page:
    """The text that is still free: what has been claimed is blanked out."""

    def __init__(self, text: str) -> None:
        self._characters = list(text)

    @property
    def text(self) -> str:
        return "".join(self._characters)

    def take(self, start: int, end: int) -> bool:
        """Claim a stretch; False, and nothing changes, where a part of it is claimed."""
        if "\0" in self._characters[start:end]:
            return False
        self._characters[start:end] = "\0" * (end - start)
        return True

    def take_all(self, claims: Iterable[Claim]) -> list[Claim]:
        """The claims that could be taken, in their order of precedence."""
        return [claim for claim in claims if self.take(claim.start, claim.end)]


def find_quantities(
    source: Source, moments: list[Moment], *, repeats: bool = False
) -> tuple[list[Quantity], list[Omission]]:
    """All quantities in order, and every numeral left out with its reason.

    The second printing of a figure close to the first is left out, unless `repeats` asks for it.
    """
    page, text = _Page(source.text), source.text
    claims = page.take_all(find_claims(text, "sure"))
    claims += page.take_all(Claim(moment.start, moment.end, "date") for moment in moments)
    claims += page.take_all(find_claims(page.text, "fragments"))
    special = [found for found in _special(page.text) if page.take(found.start, found.end)]
    claims += page.take_all(find_claims(page.text, "ordinals"))
    readings = sorted([*special, *_plain(page.text)], key=lambda reading: reading.start)
    stated = _stated(source, readings)
    quantities, again = (list(stated), []) if repeats else without_repeats(stated, text)
    for quantity in quantities:
        page.take(quantity.start, quantity.end)
    page.take_all(again)
    claims += again
    claims += _unread(page.text)
    return quantities, omitted(source, claims)


def _special(text: str) -> Iterator[Reading]:
    for pattern, read in SPECIAL:
        for match in pattern.finditer(text):
            with suppress(ValueError):
                if reading := read(match):
                    yield reading


def _plain(text: str) -> Iterator[Reading]:
    for match in QUANTITY.finditer(text):
        yield from read_quantity(match)


def _stated(source: Source, readings: Iterable[Reading]) -> Iterator[Quantity]:
    """The readings that are quantities, with the bound that the words around them set."""
    text = source.text
    for found in join_ranges(readings, text):
        before = bound_before(text, found.start, comparable="百分点" not in found.unit)
        bound = before or found.bound or bound_after(text, found.end)
        if _measures(found, text, marked=bound is not None):
            yield Quantity(
                found.start,
                found.end,
                source.line_at(found.start),
                source.printed(found.start, found.end),
                found.value,
                found.unit,
                bound or "exact",
            )


def _measures(found: Reading, text: str, *, marked: bool) -> bool:
    """Whether a number has a unit, or at least stands where only a figure can."""
    if found.lone and not marked:
        return False
    if found.unit:
        return True
    if not text[found.end - 1].isascii():
        return False
    stated = _STATED.search(text, max(0, found.start - 4), found.start)
    year = _YEAR.fullmatch(text, found.start, found.end)
    return bool((stated or marked) and _CLOSED.match(text, found.end) and not year)


def _unread(text: str) -> Iterator[Claim]:
    """The Arabic numerals that nothing has accounted for."""
    for match in re.finditer(ARABIC, text):
        reason = "date" if _YEAR.fullmatch(match[0]) else "no unit"
        yield Claim(match.start(), match.end(), reason)
