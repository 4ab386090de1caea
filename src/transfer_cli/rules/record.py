"""What the rules take and return: records, refusals and a decision."""

import shlex
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, Literal, NamedTuple

from transfer_cli.errors import Instead
from transfer_cli.model import kinds, periods, regions
from transfer_cli.model.periods import Period
from transfer_cli.model.schema import PERIODS
from transfer_cli.model.units import Dimension
from transfer_cli.model.vocabulary import Indicator

if TYPE_CHECKING:
    from transfer_cli.model.figure import Figure

Grouping = Literal["sum", "mean", "weighted", "order", "extreme"]
"""``mean`` is of mean, std, var and cv, ``weighted`` of a mean with weights, ``order`` of median
and quantiles, ``extreme`` of min and max."""
MEANS = ("mean", "weighted")

Operation = Literal[
    Grouping, "difference", "ratio", "product", "share", "growth", "rank"
]  # fmt: skip

COMPARABILITY = ("indicator", "status", "scope", "period", "source")
"""The columns that must agree within one sum, besides the dimension, unless given up (--across)."""


_RATE_UNITS = frozenset({"%", "个百分点", "位"})
"""Base units of rates and ranks: of an unknown indicator in such a unit nothing adds up."""

THINGS = frozenset({"project", "company"})
"""Columns of tables whose rows are things in a place, such as a project, and not the place."""


class Record(NamedTuple):
    """What describes a figure, or ``rows`` figures that agree in all of this.

    A column that the table lacks is ``None``; an empty cell is ``""``. ``code`` is the cell of the
    column ``indicator``, ``measure`` the name of the column of numbers, for figures without a code.
    ``wholes`` are the ids of the figures that contain it, nearest first. ``amount`` is in the base
    unit, and known where it may decide whether a figure without a place is of a whole province.
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
    measure: str = ""
    amount: Fraction | None = None

    @property
    def span(self) -> Period | None:
        """Its period, None where the cell holds none."""
        return periods.find(self.period) if self.period else None

    @property
    def ranking(self) -> tuple[str, str]:
        """What identifies the list in which a rank is a place: of what, in which industry."""
        return self.subject or "", self.industry or ""

    @property
    def kind(self) -> str:
        """The kind of its indicator, ``""`` where that is not known."""
        return self.indicator.kind if self.indicator else ""

    @property
    def implied_kind(self) -> str:
        """The kind of its indicator, or what the name or the unit of an unknown one implies."""
        if self.indicator:
            return self.indicator.kind
        rate = len(self.dimension) == 1 and self.dimension[0][0] in _RATE_UNITS
        return kinds.implied(self.code or self.measure) or ("share" if rate else "")


def of_figure(figure: "Figure") -> Record:
    """Return the record of a figure, with the English name of its province."""
    cell = figure.row.get
    province = cell("province")
    period = next((name for name in PERIODS if name in figure.row), "period")
    return Record(
        code=cell("indicator"),
        indicator=figure.indicator,
        dimension=figure.quantity.unit.dimension,
        status=cell("status"),
        scope=cell("scope") or ("project" if THINGS & figure.row.keys() else cell("scope")),
        province=regions.find(province) or province if province else province,
        place=cell("place"),
        subject=cell("project") or cell("subject"),
        industry=cell("industry"),
        period=cell(period),
        source=cell("source"),
        id=figure.id,
        wholes=figure.wholes,
        amount=figure.quantity.interval.value * figure.quantity.unit.factor,
    )


class Refusal(NamedTuple):
    """Why figures may not be combined, and what to type instead.

    ``hint`` is for the command that was typed. ``give_up`` are the columns that ``--across`` needs
    so that the figures may be combined; empty where that does not help. Where the kind of an
    indicator forbids it, ``kind`` is that kind and ``label`` the indicator. ``unadvised`` is the
    reason without the name of the option, if it names one.
    """

    reason: str
    hint: str | Instead = ""
    give_up: tuple[str, ...] = ()
    kind: str = ""
    label: str = ""
    unadvised: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """The answer of the rules: yes, yes without some, yes with caveats, or no.

    ``left_out`` are positions of records that others contain, with the reason: ``part`` of another
    one, or perhaps ``inside`` a wider one. ``containers`` has the position of one that contains it.
    ``caveats`` must be shown with the result; ``given_up`` are the columns given up in which the
    figures do differ, with the words in their stated order (also among the caveats).
    ``refusals`` are all the reasons against it, most important first.
    """

    left_out: Mapping[int, str] = field(default_factory=dict)
    caveats: tuple[str, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    containers: Mapping[int, int] = field(default_factory=dict)
    given_up: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def no(cls, reason: str, hint: str = "") -> "Decision":
        """Return the decision against an operation, with what to type instead."""
        return cls(refusals=(Refusal(reason, hint),))

    @property
    def allowed(self) -> bool:
        """Whether the figures may be combined."""
        return not self.refusals


def show_ids(ids: Iterable[str]) -> str:
    """Return the command that shows figures by their ids."""
    return shlex.join(["transfer-cli", "show", *dict.fromkeys(ids)])


def calc(pattern: str, *ids: str) -> str:
    """Return the command that computes with figures by their ids: ``calc("{} / {}", one, two)``."""
    names = [name if name.isidentifier() or ":" in name else f"`{name}`" for name in ids]
    return shlex.join(["transfer-cli", "calc", pattern.format(*names)])


def show(*records: Record) -> str:
    """Return the command that shows the figures of records."""
    return show_ids(record.id for record in records)
