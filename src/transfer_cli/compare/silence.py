"""Which provinces print nothing of what is compared, and when an empty cell says no such thing."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from transfer_cli.compare import indicators
from transfer_cli.model.vocabulary import NATION
from transfer_cli.query import printed
from transfer_cli.query.comparisons import Codes
from transfer_cli.query.condition import Condition, columns_of, conjuncts

if TYPE_CHECKING:
    from transfer_cli.compare.comparison import Request
    from transfer_cli.tables.source import Source

Silence = dict[str, tuple[str, ...]]
"""What is compared, each with the columns of which the whole table prints nothing of it."""


def find(
    source: "Source", request: "Request", columns: Sequence[str], own: Sequence[str] = ()
) -> Silence:
    """Return which of the provinces ``columns`` print nothing of what is compared.

    The whole source is looked at; the nation is no province. What it prints of no province is
    passed over, unless the provinces are requested. So is a table of the user's of which none is
    requested. ``own`` are the words of a user's table.
    """
    if request.by != "province" or not (source.report or request.provinces):
        return {}
    known = printed.provinces(source)
    silence = {}
    for topic, sides in indicators.topics(request.names, source.vocabulary, own).items():
        provinces = set.intersection(*(printed.of_any(known, codes) for codes in sides))
        if provinces or request.provinces:
            silence[topic] = tuple(name for name in columns if name not in {*provinces, NATION})
    return silence


def unprinted(source: "Source", request: "Request") -> list[str]:
    """Return what is requested of the report and not printed in it, for any place."""
    if not source.report:
        return []
    known = printed.provinces(source)
    topics = indicators.topics(request.names, source.vocabulary, ())
    return [
        topic
        for topic, sides in topics.items()
        if any(known.keys().isdisjoint(codes) for codes in sides)
    ]


def is_narrowed(where: Condition) -> bool:
    """Return whether a condition selects by more than the province."""
    return not all(
        isinstance(part, Codes) and part.column == "province" for part in conjuncts(where)
    )


def is_partial(where: Condition, keys: Sequence[str]) -> bool:
    """Return whether a selection may leave figures out of a row that has others.

    A condition on what tells rows apart, or on the province, leaves out whole rows or columns.
    """
    return any(
        not (isinstance(part, Codes) and part.column == "province")
        and not {*(columns_of(part) or ("",))} <= {*keys, "category"}
        for part in conjuncts(where)
    )
