"""The stated order of values: provinces as the report has them, statuses as they follow."""

from collections.abc import Callable
from functools import cache

from transfer_cli.model import codelists, periods, regions
from transfer_cli.model.lookups import indicators, industries, provinces
from transfer_cli.model.vocabulary import Vocabulary

Position = tuple[int, str, str]


@cache
def places(column: str) -> dict[str, int]:
    """Return the place of each word of a column that has a closed list."""
    orders = {
        "province": (*codelists.PROVINCES, *provinces(), regions.NATION),
        "status": tuple(codelists.STATUSES),
        "scope": tuple(codelists.SCOPES),
        "category": tuple(codelists.CATEGORIES),
        "indicator": tuple(indicators()),
        "industry": tuple(industries()),
        "bound": tuple(codelists.BOUNDS),
    }
    return {name: place for place, name in enumerate(dict.fromkeys(orders.get(column, ())))}


def position(column: str, value: object) -> Position:
    """Return a sort key: words in the order of their list, periods in time, others by text."""
    text = str(value)
    if text in ("", "nan"):
        return (1 << 30, "", "")
    if column == "period":
        period = periods.find(text)
        if period is None:
            return (1, text, "")
        return (0, period.start.isoformat(), period.end.isoformat())
    known = places(column)
    return (known.get(text, len(known)), text, "")


def sort_key(vocabulary: Vocabulary, column: str) -> Callable[[object], Position]:
    """Return the sort key of the cells of a column.

    Codes come in the order of their list, periods in time, others by text; empty cells last.
    """
    positions = vocabulary.positions.get(column, {})

    def key(value: object) -> Position:
        text = str(value)
        if not text:
            return (1 << 30, "", "")
        if column == "period":
            period = periods.find(text)
            if period is None:
                return (1, text, "")
            return (0, period.start.isoformat(), period.end.isoformat())
        return (positions.get(text, len(positions)), text, "")

    return key
