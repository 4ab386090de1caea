"""Of what a source prints nothing: judged by the whole source, never by a selection of it."""

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from transfer_cli.messages import _
from transfer_cli.query.condition import EVERY_ROW

if TYPE_CHECKING:
    from transfer_cli.tables.source import Source


def printing(source: "Source", codes: Collection[str]) -> set[str]:
    """Return the provinces of which a source prints figures on one of the indicators ``codes``."""
    pairs = source.groups(EVERY_ROW, ("province", "indicator"))
    return {*pairs["province"][pairs["indicator"].isin([*codes])]}


def note(source: "Source", topic: str, provinces: Sequence[str]) -> str:
    """Return the note that a source prints no figure on a topic for provinces."""
    return _(
        "{source} prints no {topic} figure for {provinces}, which is not zero",
        source=_("the report") if source.report else source.name,
        topic=topic,
        provinces=", ".join(provinces),
    )
