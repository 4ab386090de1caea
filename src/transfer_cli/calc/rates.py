"""Rates: remainders of a whole, levels, compounded growth, and annual rates of some months."""

from collections.abc import Sequence
from fractions import Fraction

from transfer_cli.calc.term import Term, computed, show
from transfer_cli.errors import RefusedError
from transfer_cli.messages import _
from transfer_cli.model import intervals
from transfer_cli.model.figure import Quantity
from transfer_cli.model.schema import PERIODS
from transfer_cli.model.units import PERCENT, Unit
from transfer_cli.rules import growth
from transfer_cli.rules.decision import of_figure
from transfer_cli.rules.record import Refusal

PERCENT_UNIT = Unit("%", PERCENT, Fraction(1))
HUNDRED = Fraction(100)
WHOLES = (1, 100)
"""The numbers that are the whole of a rate in ``1 - share`` and ``1 + growth``."""


def of_percent(value: Fraction) -> Term:
    """Return a rate that was typed: ``100%``."""
    return Term(Quantity(intervals.exact(value), PERCENT_UNIT))


def is_rate(term: Term) -> bool:
    """Return whether a term is in per cent."""
    return term.quantity.unit.dimension == PERCENT


def is_whole(term: Term) -> bool:
    """Return whether a term is a typed 1, 100 or 100%."""
    interval, dimension = term.quantity.interval, term.quantity.unit.dimension
    if term.figures or interval.bound != "exact":
        return False
    return interval.value == 100 if dimension == PERCENT else (
        not dimension and interval.value in WHOLES
    )  # fmt: skip


def level(terms: Sequence[Term]) -> Term | None:
    """Return the whole and a rate (``1 + growth``) in per cent, None for other terms."""
    rates = [term for term in terms if is_rate(term) and not is_whole(term)]
    if len(terms) != 2 or len(rates) != 1 or not any(map(is_whole, terms)):
        return None
    whole = intervals.exact(HUNDRED)
    return computed(rates[0].quantity.interval + whole, PERCENT_UNIT, terms)


def remainder(a: Term, b: Term) -> Term | None:
    """Return ``1 - share``, or ``level - 1``, in per cent; None for other terms."""
    whole = intervals.exact(HUNDRED)
    if is_whole(a) and is_rate(b) and not is_whole(b):
        return computed(whole - b.quantity.interval, PERCENT_UNIT, [a, b])
    if is_whole(b) and is_rate(a) and not is_whole(a):
        return computed(a.quantity.interval - whole, PERCENT_UNIT, [a, b])
    return None


def is_growth_factor(term: Term) -> bool:
    """Return whether a term is computed from growth rates alone, such as ``1 + growth``."""
    kinds = {figure.indicator.kind if figure.indicator else "" for figure in term.figures}
    return is_rate(term) and kinds == {"growth"} and not term.addends


def compounded(a: Term, b: Term) -> Term:
    """Return the product of two growth factors; raise RefusedError if they do not compound."""
    figures = [*a.figures, *b.figures]
    for refusal in growth.compound([of_figure(figure) for figure in figures]).refusals:
        raise RefusedError(refusal.reason, refusal.hint)
    note = _("growth compounded over {n} periods", n=len(figures))
    return computed(product(a, b), PERCENT_UNIT, [a, b], note)


def product(a: Term, b: Term) -> intervals.Interval:
    """Return the product of two rates in per cent."""
    return (a.quantity.interval * b.quantity.interval).scaled(1 / HUNDRED)


def annualised(a: Term) -> Term:
    """Return a figure of some months as one of twelve such months: a projection.

    Raises RefusedError for anything but one printed amount of a period shorter than a year.
    """
    figure = a.figure
    if figure is None:
        message = _("per_year takes a rate per month, or one printed figure of some months")
        raise RefusedError(message, show(a))
    record = of_figure(figure)
    months = growth.months(record)
    if isinstance(months, Refusal):
        raise RefusedError(months.reason, months.hint)
    code = record.period or ""
    year = growth.year_of(code)
    note = _(
        "a projection, not a reported figure: {period} ({months} months) extended to twelve months",
        period=code, months=months,
    )  # fmt: skip
    amount = a.quantity.interval.scaled(Fraction(12, months))
    made = computed(amount, a.quantity.unit, [a], note)
    column = next(name for name in PERIODS if name in figure.row)
    row = {**figure.row, column: year}
    return made._replace(projection=figure._replace(row=row, quantity=made.quantity))
