"""The provinces without printed figures, and the selections that may leave figures out."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from transfer_cli.compare import indicators
from transfer_cli.compare.indicators import Request
from transfer_cli.model.vocabulary import NATION
from transfer_cli.query import printed
from transfer_cli.query.comparisons import Codes
from transfer_cli.query.condition import Condition, both, columns_of, conjuncts

if TYPE_CHECKING:
    from transfer_cli.tables.source import Source

Silence = dict[str, tuple[str, ...]]
"""What is compared, each with the columns without a printed figure on it in the whole table."""


def find(source: "Source", request: Request, columns: Sequence[str]) -> Silence:
    """Return the provinces among ``columns`` without a printed figure, by topic.

    The whole source counts, not the selection; the nation is not a province. A topic without any
    printed figure is left out unless provinces are requested; of a user's table every topic is.
    """
    if request.by != "province" or not (source.report or request.provinces):
        return {}
    known = printed.provinces(source)
    silence = {}
    for topic, sides in indicators.topics(request, source.vocabulary).items():
        provinces = set.intersection(*(printed.of_any(known, codes) for codes in sides))
        if provinces or request.provinces:
            silence[topic] = tuple(name for name in columns if name not in {*provinces, NATION})
    return silence


def unprinted(source: "Source", request: Request) -> list[str]:
    """Return the requested topics on which the report prints nothing, for any place."""
    if not source.report:
        return []
    known = printed.provinces(source)
    topics = indicators.topics(request, source.vocabulary)
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

    A condition on a key of the rows, or on the province, leaves out only whole rows or columns.
    """
    return is_selected(
        both(*(part for part in conjuncts(where)
               if not (isinstance(part, Codes) and part.column == "province"))),
        keys,
    )  # fmt: skip


def is_selected(where: Condition, keys: Sequence[str]) -> bool:
    """Return whether a selection may leave out figures that belong to the total of a row.

    A condition on a key of the rows leaves out only whole rows.
    """
    return any(
        not {*(columns_of(part) or ("",))} <= {*keys, "category"} for part in conjuncts(where)
    )
