"""One figure in full: its whole, its parts and whether they add up, its cohort, a citation."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce

from transfer_cli import messages
from transfer_cli.messages import _, clauses, join
from transfer_cli.model import intervals, labels, numbers, regions
from transfer_cli.model.codelists import SYMBOLS
from transfer_cli.model.figure import Figure, Quantity
from transfer_cli.model.intervals import Interval
from transfer_cli.model.schema import report_title
from transfer_cli.model.units import ONE, Unit, name_of
from transfer_cli.rules import cohort


@dataclass(frozen=True, slots=True)
class FigureReport:
    """What a table says about a figure.

    ``base`` is its quantity in base units, ``whole`` the figure that it is part of, ``parts`` are
    its parts, ``cohort`` the other figures of the same event or programme. ``builtin`` is true for
    a figure of the built-in report, whose lines are known.
    """

    figure: Figure
    base: Quantity
    whole: Figure | None
    parts: tuple[Figure, ...]
    cohort: tuple[Figure, ...]
    builtin: bool = False

    @property
    def verdict(self) -> str:
        """Whether the parts add up to the figure; empty without parts."""
        return _verdict(self.figure, self.parts)

    @property
    def citation(self) -> str:
        """A line to cite the figure by: what, how much, when, and where it is printed."""
        row = self.figure
        known = row.indicator
        province = regions.label(row.get("province"))
        who = row.named("subject") or row.named("place") or province
        what = known.name if known else row.get("indicator")
        words = [who, "" if what.casefold() == who.casefold() else what]
        words += [labels.code(column, row.get(column)) for column in ("status", "period")]
        text = join(filter(None, words))
        if province and who != province:
            text = _("{place}: {text}", place=province, text=text)
        if printed := row.get("printed"):
            bound = row.quantity.bound
            # Chinese says 40余项 and 百亿级: the word for the bound is printed.
            said = messages.language == "zh" and not {*"余多级"}.isdisjoint(printed)
            if bound != "exact" and not said:
                word = labels.code("bound", bound).replace("_", " ")
                printed = _("{bound} {amount}", bound=word, amount=printed)
            text = _("{text} ({bracket})", text=text, bracket=printed)
        if row.get("line"):
            text = clauses((text, self.line()))
        return f"{text} [{row.id}]"

    def line(self) -> str:
        """Return the line of the figure, and which text it counts if that is known."""
        number = self.figure.get("line")
        title = report_title() if self.builtin else ""
        if title:
            return _("line {line} of the {title}", line=number, title=title)
        return _("line {line}", line=number)


def report(figure: Figure, figures: Mapping[str, Figure], *, builtin: bool = False) -> FigureReport:
    """Return the report on a figure among ``figures``, which are by id.

    ``builtin`` is true if figures of the built-in report are among them.
    """
    parts = tuple(other for other in figures.values() if other.get("part_of") == figure.id)
    dimension = figure.quantity.unit.dimension
    base = Unit(name_of(dimension), dimension, ONE.factor)
    return FigureReport(
        figure,
        figure.quantity.to(base),
        figures.get(figure.get("part_of")),
        parts,
        tuple(cohort.others(figure, figures.values())),
        builtin and figure.row.get("source", "builtin") == "builtin",
    )


def _verdict(figure: Figure, parts: tuple[Figure, ...]) -> str:
    unit = figure.quantity.unit
    if not parts:
        return ""
    if len({part.get("status") for part in parts}) > 1:
        return _("the parts are stages of one whole and do not add")
    if any(part.quantity.unit.dimension != unit.dimension for part in parts):
        return _("the parts are of another dimension and do not add")
    verdict = compare(sum_of(parts, unit), figure.quantity.interval, unit)
    names = dict.fromkeys(part.indicator.name for part in parts if part.indicator)
    if len(names) < 2:
        return verdict
    return _("{verdict}, as {labels}", verdict=verdict, labels=_(" and ").join(names))


def sum_of(parts: Iterable[Figure], unit: Unit) -> Interval:
    """Return the sum of figures of one dimension in ``unit``, whatever they are of."""
    converted = (part.quantity.to(unit).interval for part in parts)
    return reduce(lambda one, two: one + two, converted, intervals.exact(0))


def compare(total: Interval, whole: Interval, unit: Unit) -> str:
    """Return how parts of ``total`` relate to their whole: exactly, within bounds, or not."""
    amount = _amount(total, unit)
    if total.bound == whole.bound == "exact" and total.value == whole.value:
        return _("the parts add up exactly: {amount}", amount=amount)
    if total.low > whole.high:
        return _("the parts exceed the whole: {amount}", amount=amount)
    gap = whole - total
    if gap.contains(Fraction(0)) and gap.bound != "exact":
        return _("the bounds allow the parts to add up: {amount}", amount=amount)
    rest = _amount(gap, unit)
    return _("the parts come to {amount}, which leaves {rest} unnamed", amount=amount, rest=rest)


def _amount(interval: Interval, unit: Unit) -> str:
    value = numbers.people(numbers.machine(interval.value), interval.bound)
    return labels.amount(f"{SYMBOLS[interval.bound]}{value}", unit.name)
