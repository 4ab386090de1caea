"""The statistics by name. A new one is an entry of ``KINDS``."""

import re
from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any, NamedTuple

from transfer_cli.errors import Instead, UsageError, unknown
from transfer_cli.messages import _
from transfer_cli.model.intervals import Interval
from transfer_cli.rules.decision import Operation
from transfer_cli.stats import concentration, evaluate
from transfer_cli.stats.evaluate import Part


class Kind(NamedTuple):
    """A kind of statistic: its titles, the operation that the rules decide about, its computation.

    ``function`` takes the parts of a group, and the share of a quantile; with ``over_groups`` the
    sums of groups. One without a function counts rows, and needs no permission. ``squares`` and
    ``values`` say that it needs the sum of squares or the single values. A result is ``bounded``
    where its interval is known, and ``rounded`` where it cannot be exact. It is in a ``power`` of
    the unit of the figures; one over groups has no unit.
    """

    title: str
    title_zh: str
    operation: Operation | None = None
    function: Callable[..., Interval | None] | None = None
    squares: bool = False
    values: bool = False
    over_groups: bool = False
    bounded: bool = True
    rounded: bool = False
    power: int = 1


KINDS = {
    "count": Kind("Count", "计数", power=0),
    "sum": Kind("Sum", "合计", "sum", evaluate.total),
    "mean": Kind("Mean", "均值", "mean", evaluate.mean),
    "quantile": Kind("", "", "order", evaluate.quantile, values=True, rounded=True),
    "min": Kind("Min", "最小", "extreme", evaluate.smallest),
    "max": Kind("Max", "最大", "extreme", evaluate.largest),
    "std": Kind("Std", "标准差", "mean", evaluate.deviation, squares=True, bounded=False,
                rounded=True),
    "var": Kind("Var (unit²)", "方差（单位²）", "mean", evaluate.variance, squares=True,
                bounded=False, power=2),
    "cv": Kind("CV", "变异系数", "mean", evaluate.variation, squares=True, bounded=False,
               rounded=True, power=0),
    "distinct": Kind("Distinct", "不同值", power=0),
    "hhi": Kind("HHI", "赫芬达尔指数", "sum", concentration.hhi, over_groups=True),
    "gini": Kind("Gini", "基尼系数", "sum", concentration.gini, over_groups=True),
}  # fmt: skip
NAMES = tuple("median" if name == "quantile" else name for name in KINDS)
_SYNONYMS = {"avg": "mean", "average": "mean", "total": "sum", "n": "count", "nunique": "distinct",
             "variance": "var"}  # fmt: skip
_QUANTILE = re.compile(r"(?:q|p|quantile)(0?\.\d+|\d{1,3})")


class Statistic(NamedTuple):
    """A statistic by the name of its column; ``quantile`` is set for a quantile, from 0 to 1."""

    name: str
    kind: str
    quantile: Fraction | None = None
    weighted: bool = False

    @property
    def entry(self) -> Kind:
        """What is known of its kind."""
        return KINDS[self.kind]

    @property
    def counts(self) -> bool:
        """Whether it counts rows, whatever their numbers mean."""
        return self.entry.function is None

    @property
    def shared(self) -> bool:
        """Whether ``--share`` says what part of a total it is."""
        return self.kind in ("sum", "count")

    @property
    def operation(self) -> Operation | None:
        """The operation that the rules decide about."""
        return "weighted" if self.weighted else self.entry.operation

    @property
    def titles(self) -> tuple[str, str]:
        """Its name for people, in English and Chinese."""
        if self.name == "median":
            return "Median", "中位数"
        return self.entry.title or self.name, self.entry.title_zh or self.name

    def of(self, items: "Sequence[Part] | Sequence[Interval]") -> Interval | None:
        """Return the statistic of the parts of a group, or of the sums of groups."""
        arguments: list[Any] = [items] if self.quantile is None else [items, self.quantile]
        return self.entry.function(*arguments) if self.entry.function else None


def parse(names: Sequence[str], *, weighted: bool = False) -> list[Statistic]:
    """Return the statistics a user names: ``sum``, ``median``, ``q25``, ``p90``, ``q0.9``.

    With ``weighted`` the mean is a weighted one. Raises UsageError for an unknown name, and for
    weights without a mean.
    """
    found = [_parse(name.strip().lower()) for name in names]
    if weighted and not any(one.kind == "mean" for one in found):
        raise UsageError(_("--weight is the weight of a mean"), Instead("--stat", "mean"))
    return [
        one._replace(weighted=True) if weighted and one.kind == "mean" else one for one in found
    ]


def _parse(name: str) -> Statistic:
    name = _SYNONYMS.get(name, name)
    if name == "median":
        return Statistic(name, "quantile", Fraction(1, 2))
    if name in NAMES:
        return Statistic(name, name)
    match = _QUANTILE.fullmatch(name)
    if not match:
        raise unknown(_("statistic"), name, [*NAMES, "q25", "p90"])
    share = Fraction(match[1]) if "." in match[1] else Fraction(int(match[1]), 100)
    if share > 1:
        message = _("a quantile lies between 0 and 100: {name!r}", name=name)
        raise UsageError(message, _("write q25 or p90"))
    return Statistic(name, "quantile", share)
