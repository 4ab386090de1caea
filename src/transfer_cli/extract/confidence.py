"""Confidence: how likely a row is right in every cell, and what makes it doubtful.

Each way in which a cell was filled is right in a share of the rows, and the confidence of a row is
the product of these shares. The shares below 0.85 were measured on 1,800 figures of the texts that
the rules were written with. The others are nearly 1 there, and lower here: with them, of 174 rows
at 0.9 or more in two sets of texts that the rules were not written with, nine of ten were right.
"""

from collections.abc import Iterable, Iterator
from decimal import ROUND_HALF_EVEN, Decimal
from math import prod
from typing import NamedTuple

from transfer_cli.extract.mentions import Mention
from transfer_cli.extract.scopes import Placing
from transfer_cli.extract.statuses import Stage
from transfer_cli.extract.units import is_measure
from transfer_cli.messages import _

SURE = Decimal("0.9")
"""Rows with this confidence or more are right in every cell nine times out of ten."""

_HIGHEST = Decimal("0.99")
_LOWEST = Decimal("0.05")
_STEP = Decimal("0.01")

CAUSES = {
    # The number.
    "no unit": Decimal("0.70"),
    "Chinese numeral": Decimal("0.89"),
    # The period, by where it is stated: in an earlier sentence of the paragraph, above it, nowhere.
    "period of paragraph": Decimal("0.98"),
    "period of title": Decimal("0.89"),
    "period inferred": Decimal("0.89"),
    "no period": Decimal("0.82"),
    # The status, by where it is stated.
    "status of sentence": Decimal("0.97"),
    "status of heading": Decimal("0.93"),
    "status of figure": Decimal("0.91"),
    "other status": Decimal("0.89"),
    "no stage": Decimal("0.56"),
    "stage not reached": Decimal("0.50"),
    # The place, by where it is named.
    "place of paragraph": Decimal("0.97"),
    "place of text": Decimal("0.93"),
    "no place": Decimal("0.89"),
    # What is not recognised, or not confirmed.
    "no indicator": Decimal("0.92"),
    "part not confirmed": Decimal("0.95"),
}
"""The share of rows that are right in a cell that was filled, or left empty, in this way."""


class Doubt(NamedTuple):
    """A cause of ``CAUSES`` for which a row may be wrong, and the reason in words."""

    cause: str
    reason: str


def confidence(doubts: Iterable[Doubt]) -> Decimal:
    """Return the confidence of a row with these doubts, between 0 and 1, to two places."""
    share = prod((CAUSES[doubt.cause] for doubt in doubts), start=Decimal(1))
    return min(max(share.quantize(_STEP, ROUND_HALF_EVEN), _LOWEST), _HIGHEST)


def doubts(mention: Mention, placing: Placing, indicator: str, stage: Stage) -> list[Doubt]:
    """Return what makes a row doubtful, without its whole."""
    found = [
        *_doubts_about_number(mention),
        *_doubts_about_period(stage),
        *_doubts_about_status(stage),
        *_doubts_about_place(placing),
    ]
    if not indicator:
        found.append(Doubt("no indicator", _("the indicator is not recognised")))
    return found


def doubts_of_part(doubts: Iterable[Doubt], *, inherits: bool, closes: bool) -> list[Doubt]:
    """Return the doubts of a row with a whole.

    ``inherits`` is true if it has the status of its whole, ``closes`` if arithmetic confirms it.
    """
    settled = ("no stage", "stage not reached") if inherits else ()
    found = [doubt for doubt in doubts if doubt.cause not in settled]
    if inherits:
        found.append(Doubt("status of figure", _("the stage is that of an earlier figure")))
    if not closes:
        found.append(Doubt("part not confirmed", _("no sum or share confirms its whole")))
    return found


def _doubts_about_number(mention: Mention) -> Iterator[Doubt]:
    if is_measure(mention.unit):
        return
    if not mention.unit:
        yield Doubt("no unit", _("no unit is printed"))
    if not mention.printed[0].isdigit():
        reason = _("a Chinese numeral with a measure word may not be a figure")
        yield Doubt("Chinese numeral", reason)


def _doubts_about_period(stage: Stage) -> Iterator[Doubt]:
    source = stage.dating.source
    if not source:
        yield Doubt("no period", _("no period is stated"))
    if source == "proposal":
        reason = _("the period is stated in a title or in another paragraph")
        yield Doubt("period of title", reason)
    if source == "inferred":
        yield Doubt("period inferred", _("the period follows from several times in the text"))
    if source == "paragraph":
        yield Doubt("period of paragraph", _("the period is stated in an earlier sentence"))


def _doubts_about_status(stage: Stage) -> Iterator[Doubt]:
    if not stage.status:
        yield Doubt("stage not reached", _("the text says that a stage is not reached"))
    elif stage.status == "unspecified":
        yield Doubt("no stage", _("no stage is printed"))
    elif stage.source == "sentence":
        yield Doubt("status of sentence", _("the stage is stated in another clause"))
    elif stage.source == "heading":
        yield Doubt("status of heading", _("the stage is that of the title or heading"))
    elif stage.source == "figure":
        yield Doubt("status of figure", _("the stage is that of an earlier figure"))
    if stage.competes:
        yield Doubt("other status", _("other words of the sentence suggest another status"))


def _doubts_about_place(placing: Placing) -> Iterator[Doubt]:
    if not placing.source:
        yield Doubt("no place", _("no province is named"))
    if placing.source == "paragraph":
        yield Doubt("place of paragraph", _("the place is named in an earlier sentence"))
    if placing.source == "text":
        yield Doubt("place of text", _("the place is the first that the text names"))
