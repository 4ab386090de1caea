"""The stated order of values: provinces as the report has them, statuses as they follow."""

from collections.abc import Callable

from transfer_cli.model import codelists, periods
from transfer_cli.model.vocabulary import Vocabulary

Position = tuple[bool, int, str]


def sort_key(vocabulary: Vocabulary, column: str) -> Callable[[object], Position]:
    """Return the sort key of the cells of a column.

    Codes come in the order of their list, periods in time, others by text; empty cells last. The
    words of a table for stages come as the stages do.
    """
    positions = vocabulary.positions.get(column, {})

    def key(value: object) -> Position:
        text = str(value)
        if column == "period":
            period = periods.find(text)
            return not text, period is None, f"{period.start}{period.end}{text}" if period else text
        code = codelists.stage(text) if column == "status" else text
        return not text, positions.get(code, len(positions)), text

    return key
