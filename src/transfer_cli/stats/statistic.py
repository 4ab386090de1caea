"""The statistics by name."""

import re
from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from transfer_cli.errors import UsageError, unknown
from transfer_cli.messages import _
from transfer_cli.rules.decision import Operation

NAMES = ("count", "sum", "mean", "median", "min", "max", "std")
_OPERATIONS: dict[str, Operation] = {
    "sum": "sum", "mean": "mean", "std": "mean", "min": "extreme", "max": "extreme",
    "quantile": "order",
}  # fmt: skip
_SYNONYMS = {"avg": "mean", "average": "mean", "total": "sum", "n": "count"}
_QUANTILE = re.compile(r"(?:q|p|quantile)(0?\.\d+|\d{1,3})")


class Statistic(NamedTuple):
    """A statistic by the name of its column; ``quantile`` is set for a quantile, from 0 to 1."""

    name: str
    kind: str
    quantile: Fraction | None = None

    @property
    def operation(self) -> Operation:
        """What the rules are asked about it. A count needs no permission."""
        return _OPERATIONS[self.kind]

    @property
    def bounded(self) -> bool:
        """Whether the result is a figure with a bound; the std of bounded figures has none."""
        return self.kind not in ("count", "std")


def parse(names: Sequence[str]) -> list[Statistic]:
    """Return the statistics a user names: ``sum``, ``median``, ``q25``, ``p90``, ``q0.9``.

    Raises UsageError for a name that is none.
    """
    return [_parse(name.strip().lower()) for name in names]


def _parse(name: str) -> Statistic:
    name = _SYNONYMS.get(name, name)
    if name == "median":
        return Statistic(name, "quantile", Fraction(1, 2))
    if name in NAMES:
        return Statistic(name, name)
    match = _QUANTILE.fullmatch(name)
    if not match:
        raise unknown("statistic", name, [*NAMES, "q25", "p90"])
    share = Fraction(match[1]) if "." in match[1] else Fraction(int(match[1]), 100)
    if share > 1:
        message = _("a quantile lies between 0 and 100: {name!r}", name=name)
        raise UsageError(message, _("write q25 or p90"))
    return Statistic(name, "quantile", share)
