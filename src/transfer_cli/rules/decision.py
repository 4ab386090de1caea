"""The question that every command asks of the rules, and their answer."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from transfer_cli.errors import Instead
from transfer_cli.model.units import Dimension
from transfer_cli.model.vocabulary import Indicator

Operation = Literal["sum", "mean", "order", "difference", "ratio", "product", "share", "growth"]
"""``order`` stands for min, max, median and quantiles, ``mean`` for mean and std."""

COMPARABILITY = ("indicator", "status", "scope", "period", "source")
"""The columns that must agree within one sum, besides the dimension, unless given up (--across)."""


class Record(NamedTuple):
    """What describes a figure, or ``rows`` figures that agree in all of this.

    A column that the table lacks is ``None``; an empty cell is ``""``. ``wholes`` are the ids of
    the figures that contain it, nearest first.
    """

    code: str | None = None
    indicator: Indicator | None = None
    dimension: Dimension = ()
    status: str | None = None
    scope: str | None = None
    province: str | None = None
    place: str | None = None
    subject: str | None = None
    industry: str | None = None
    period: str | None = None
    source: str | None = None
    id: str = ""
    wholes: tuple[str, ...] = ()
    rows: int = 1


class Refusal(NamedTuple):
    """Why figures may not be put together, and what to type instead."""

    reason: str
    hint: "str | Instead" = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """The answer of the rules: yes, yes without some, yes with caveats, or no.

    ``left_out`` are positions of records that others contain, with the reason; ``caveats`` must
    stand beside the result; ``refusals`` are all the reasons against it, most important first.
    """

    left_out: dict[int, str] = field(default_factory=dict)
    caveats: tuple[str, ...] = ()
    refusals: tuple[Refusal, ...] = ()

    @property
    def allowed(self) -> bool:
        """Whether the figures may be put together."""
        return not self.refusals


def decide(
    operation: Operation,
    records: Sequence[Record],
    *,
    across: Sequence[str] = (),
    by: Sequence[str] = (),
) -> Decision:
    """Return whether ``records`` may be put together by ``operation``."""
    raise NotImplementedError
