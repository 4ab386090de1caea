"""Growth of a figure from one period to another, in per cent, as an index and a year."""

from fractions import Fraction
from operator import truediv

from transfer_cli.calc import arithmetic
from transfer_cli.calc.rates import HUNDRED
from transfer_cli.calc.term import Term, computed, show
from transfer_cli.errors import RefusedError
from transfer_cli.messages import _
from transfer_cli.model import intervals, numbers
from transfer_cli.model.figure import Figure
from transfer_cli.model.units import ONE
from transfer_cli.rules.decision import Refusal, of_figure
from transfer_cli.rules.growth import years_between
from transfer_cli.rules.record import calc


def growth(a: Term, b: Term) -> Term:
    """Return the growth from ``a`` to ``b`` in per cent."""
    left, right, _unit = arithmetic.aligned(a, b, _("grow"))
    notes = _grown(a, b)
    ratio, ended = arithmetic.with_end(truediv, right, left)
    return arithmetic.percent(ratio - intervals.exact(1), [a, b], *notes, *ended)


def index(a: Term, b: Term) -> Term:
    """Return ``a`` as an index number with ``b`` = 100: the same figure in two periods."""
    left, right, _unit = arithmetic.aligned(a, b, _("grow"))
    _check_base(b, a)
    try:
        notes = _in_order(b, a)
    except RefusedError as error:
        try:
            notes = _in_order(a, b)  # The base may be the later of the two.
        except RefusedError:
            raise error from None
    ratio, ended = arithmetic.with_end(truediv, left, right)
    base = b.figures[0].id if b.figures else numbers.machine(right.value)
    note = _("{base} = 100", base=base)
    return computed(ratio.scaled(HUNDRED), ONE, [a, b], *notes, *ended, note)


def cagr(a: Term, b: Term) -> Term:
    """Return the compound annual growth from ``a`` to ``b``, over whole years."""
    left, right, _unit = arithmetic.aligned(a, b, _("grow"))
    notes = _grown(a, b)
    one, two = _reported(a), _reported(b)
    if one is None or two is None:
        message = _("cagr needs two figures with periods")
        raise RefusedError(message, "transfer-cli calc '(3 / 2) ** (1 / 5) - 1'")
    years = years_between(of_figure(one), of_figure(two))
    if isinstance(years, Refusal):
        raise RefusedError(years.reason, years.hint)
    rate, rounded = arithmetic.root(right / left, Fraction(years))
    note = _("per year, compounded over {n} years", n=years)
    return arithmetic.percent(rate - intervals.exact(1), [a, b], *notes, note, *rounded)


def _grown(a: Term, b: Term) -> tuple[str, ...]:
    """Return the caveats of growth from ``a`` to ``b``."""
    caveats = _in_order(a, b)
    _check_base(a, b)
    return caveats


def _in_order(a: Term, b: Term) -> tuple[str, ...]:
    """Return the caveats of two periods in order; refuse what was computed of several figures."""
    for term in (a, b):
        if term.figures and _reported(term) is None:
            message = _("growth is from one printed figure to another, not from computed values")
            raise RefusedError(message, show(term))
    one, two = _reported(a), _reported(b)
    return arithmetic.caveats("growth", [one, two]) if one and two else ()


def _check_base(a: Term, b: Term) -> None:
    """Refuse growth from what is zero, or may be below it."""
    amount = a.quantity.interval
    if amount.low >= 0 and amount.value:
        return
    one, two = _reported(a), _reported(b)
    name = one.id if one else numbers.machine(amount.value)
    if not amount.value:
        message = _("{name} is zero, and growth is from an amount above it", name=name)
    elif amount.high < 0 or amount.bound == "exact":
        message = _("{name} is below zero, and growth is from an amount above it", name=name)
    else:
        message = _("{name} may be below zero, and growth is from an amount above it", name=name)
    hint = calc("{} - {}", two.id, one.id) if one and two else show(a, b)
    raise RefusedError(message, hint)


def _reported(term: Term) -> Figure | None:
    """Return the figure that grows: the printed one, or the year to which it is projected."""
    return term.figure or term.projection
