"""Confidence: how sure a row is, and what makes it doubtful."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
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


class Doubt(NamedTuple):
    """A reason why a row may be wrong, and what it takes from the confidence."""

    weight: Decimal
    reason: str


def confidence(doubts: Iterable[Doubt]) -> Decimal:
    """Return the confidence of a row with these doubts, between 0 and 1."""
    return max(_HIGHEST - sum(doubt.weight for doubt in doubts), _LOWEST)


def doubts(mention: Mention, placing: Placing, indicator: str, stage: Stage) -> list[Doubt]:
    """Return what makes a row doubtful. A doubt of 0.1 alone makes it one to review."""
    found = (
        *_doubts_about_number(mention),
        *_doubts_about_period(stage),
        *_doubts_about_status(stage),
        None if placing.source else ("0.10", _("no province is named")),
        None if indicator else ("0.08", _("the indicator is not recognised")),
    )
    return [Doubt(Decimal(each[0]), each[1]) for each in found if each]


def _doubts_about_number(mention: Mention) -> Iterator[tuple[str, str]]:
    if is_measure(mention.unit):
        return
    if not mention.unit:
        yield "0.30", _("no unit is printed")
    if not mention.printed[0].isdigit():
        yield "0.10", _("a Chinese numeral with a measure word may be no figure")


def _doubts_about_period(stage: Stage) -> Iterator[tuple[str, str]]:
    source = stage.dating.source
    if not source:
        yield "0.10", _("no period is stated")
    if source == "proposal":
        yield "0.10", _("the period is stated in a title or in another paragraph")
    if source == "inferred":
        yield "0.10", _("the period follows from several times in the text")
    if source == "paragraph":
        yield "0.02", _("the period is stated in an earlier sentence")


def _doubts_about_status(stage: Stage) -> Iterator[tuple[str, str]]:
    if not stage.status:
        yield "0.10", _("the text says that a stage is not reached")
    if stage.status == "unspecified":
        yield "0.10", _("no stage is printed")
    if stage.source == "figure":
        yield "0.05", _("the stage is that of an earlier figure")
