"""The provinces of which a source prints figures: by the whole source, never by a selection."""

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

from transfer_cli.messages import _, join
from transfer_cli.model import labels
from transfer_cli.query.comparisons import IsMissing
from transfer_cli.query.condition import EVERY_ROW, Not

if TYPE_CHECKING:
    from transfer_cli.tables.source import Source


def provinces(source: "Source") -> Mapping[str, set[str]]:
    """Return the provinces of which a source prints figures, by indicator."""
    pairs = source.groups(EVERY_ROW, ("province", "indicator"))
    printed: dict[str, set[str]] = {}
    for province, code in zip(pairs["province"], pairs["indicator"], strict=True):
        printed.setdefault(code, set()).add(province)
    return printed


def with_number(source: "Source", value: str) -> set[str]:
    """Return the provinces of which a source prints a number in the column ``value``."""
    return {*source.counts(Not(IsMissing(value)), "province").index}


def of_any(printed: Mapping[str, set[str]], codes: Collection[str]) -> set[str]:
    """Return the provinces of which figures on one of the indicators ``codes`` are printed."""
    return set().union(*(printed.get(code, ()) for code in codes))


def note(source: "Source", topic: str, names: Sequence[str]) -> str:
    """Return the note that a source prints no figure on a topic for provinces."""
    return _(
        "{source} prints no {topic} figure for {provinces}, which is not zero",
        source=_("the report") if source.report else source.name,
        topic=topic,
        provinces=join(labels.code("province", name) for name in names),
    )
