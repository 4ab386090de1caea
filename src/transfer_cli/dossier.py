"""One figure whole: its whole, its parts and whether they add up, its cohort, how to cite it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce

from transfer_cli.comparisons import cohorts
from transfer_cli.model import intervals, numbers, units
from transfer_cli.model.codelists import SYMBOLS
from transfer_cli.model.figures import Figure, Quantity
from transfer_cli.model.intervals import Interval


@dataclass(frozen=True, slots=True)
class Dossier:
    """What there is to say of a figure. ``verdict`` says whether its parts add up to it."""

    figure: Figure
    base: Quantity
    whole: Figure | None
    parts: tuple[Figure, ...]
    verdict: str
    cohort: tuple[Figure, ...]

    @property
    def citation(self) -> str:
        """A line to cite the figure by: what, how much, when, and where it is printed."""
        row = self.figure
        who = row.get("subject") or row.get("place") or row.get("province")
        label = row.indicator.label if row.indicator else row.get("indicator")
        when = f", {row.get('period')}" if row.get("period") else ""
        bound = "" if row.quantity.bound == "exact" else f"{row.quantity.bound.replace('_', ' ')} "
        printed = f" ({bound}{row.get('printed')})" if row.get("printed") else ""
        line = f", line {row.get('line')}" if row.get("line") else ""
        place = f"{row.get('province')}: " if who != row.get("province") else ""
        what = "" if who.casefold() == label.casefold() else f", {label.lower()}"
        return f"{place}{who}{what}, {row.get('status')}{when}{printed}{line} [{row.id}]"


def compile_dossier(figure: Figure, known: Mapping[str, Figure]) -> Dossier:
    """Return the dossier of a figure among the figures ``known`` by id."""
    parts = tuple(other for other in known.values() if other.get("part_of") == figure.id)
    base = units.Unit(
        units.name_of(figure.quantity.unit.dimension),
        figure.quantity.unit.dimension,
        units.ONE.factor,
    )
    return Dossier(
        figure,
        figure.quantity.to(base),
        known.get(figure.get("part_of")),
        parts,
        _verdict(figure, parts),
        tuple(cohorts.of(figure, known.values())),
    )


def _verdict(figure: Figure, parts: tuple[Figure, ...]) -> str:
    if not parts:
        return ""
    if len({part.get("status") for part in parts}) > 1:
        return "the parts are stages of one whole and do not add"
    if any(part.quantity.unit.dimension != figure.quantity.unit.dimension for part in parts):
        return "the parts are of another dimension and do not add"
    total = add_up(parts, figure.quantity.unit)
    verdict = compared(total, figure.quantity.interval, figure.quantity.unit)
    kinds = dict.fromkeys(part.indicator.label.lower() for part in parts if part.indicator)
    return f"{verdict}, as {' and '.join(kinds)}" if len(kinds) > 1 else verdict


def add_up(parts: Iterable[Figure], unit: units.Unit) -> Interval:
    """Return the sum of figures of one dimension in ``unit``."""
    converted = (part.quantity.to(unit).interval for part in parts)
    return reduce(lambda one, two: one + two, converted, intervals.exact(0))


def compared(total: Interval, whole: Interval, unit: units.Unit) -> str:
    """Say how parts that come to ``total`` stand to their whole: exactly, within bounds, or not."""
    told = _amount(total, unit)
    if total.bound == whole.bound == "exact" and total.value == whole.value:
        return f"the parts add up exactly: {told}"
    if total.low > whole.high:
        return f"the parts exceed the whole: {told}"
    gap = whole - total
    if gap.contains(Fraction(0)) and gap.bound != "exact":
        return f"the bounds allow the parts to add up: {told}"
    return f"the parts come to {told}, which leaves {_amount(gap, unit)} unnamed"


def _amount(interval: Interval, unit: units.Unit) -> str:
    symbol = SYMBOLS[interval.bound]
    return f"{symbol}{numbers.people(numbers.machine(interval.value))} {unit.name}".rstrip()
