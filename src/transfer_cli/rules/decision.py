"""The entry to the rules, for every command: may these figures be combined?"""

from collections.abc import Sequence

from transfer_cli.rules import pair
from transfer_cli.rules import sum as sums
from transfer_cli.rules.record import (
    COMPARABILITY,
    Decision,
    Operation,
    Record,
    Refusal,
    of_figure,
)

__all__ = ["COMPARABILITY", "Decision", "Operation", "Record", "Refusal", "decide", "of_figure"]


def decide(
    operation: Operation,
    records: Sequence[Record],
    *,
    across: Sequence[str] = (),
    by: Sequence[str] = (),
) -> Decision:
    """Return whether ``records`` may be combined by ``operation`` into one result.

    The records are those of one group of an aggregate, or the figures of one operation in ``calc``.
    ``across`` are the columns of ``COMPARABILITY`` that the user gives up; ``by`` are the columns
    of the groups, which hints repeat. Takes time linear in the records.

    A ``difference`` is of the first record less the second, a ``share`` of the first in the second,
    ``growth`` from the first to the second. A ``ratio``, a ``product`` and a ``rank`` are of all.
    """
    if operation in ("sum", "mean", "weighted", "order", "extreme"):
        return sums.decide(operation, records, across, by)
    return pair.decide(operation, records)
