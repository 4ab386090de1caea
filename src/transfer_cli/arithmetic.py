"""Arithmetic on figures: what may be added, divided and grown, and what is refused.

Each operation takes and gives ``Term``s: a quantity with the figures behind it and the caveats
that must stand beside the result.
"""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from functools import reduce
from typing import NamedTuple

from transfer_cli import coherence
from transfer_cli.errors import RefusedError
from transfer_cli.model import intervals, lookups, units
from transfer_cli.model.figures import Figure, Quantity
from transfer_cli.model.intervals import Interval

MAX_POWER = 64
WIDEST = 4096
"""Bits of the largest number that is worked out."""


class Term(NamedTuple):
    """A quantity, the figures it was made of, and notes; ``figure`` while it is just one.

    ``addends`` are the figures that a sum with it would add, and ``taken`` those it would take off:
    its own while it is a sum or a multiple of them, none once it is their product or quotient.
    """

    quantity: Quantity
    figures: tuple[Figure, ...] = ()
    notes: tuple[str, ...] = ()
    addends: tuple[Figure, ...] = ()
    taken: tuple[Figure, ...] = ()

    @property
    def figure(self) -> Figure | None:
        """The figure itself, if nothing was done to it yet."""
        if len(self.figures) == 1 and self.quantity is self.figures[0].quantity:
            return self.figures[0]
        return None


def of_number(value: Fraction) -> Term:
    """Return a number the user typed: exact and of no unit."""
    return Term(Quantity(intervals.exact(value), units.ONE))


def of_figure(figure: Figure) -> Term:
    """Return a reported figure as a term."""
    return Term(figure.quantity, (figure,), addends=(figure,))


def _made(interval: Interval, unit: units.Unit, terms: Sequence[Term], *notes: str) -> Term:
    """Return a product or quotient of terms, with their figures and notes."""
    if max(interval.value.numerator.bit_length(), interval.value.denominator.bit_length()) > WIDEST:
        raise RefusedError("the result is too large a number", "transfer-cli calc '2 ** 10'")
    by_id = {figure.id: figure for term in terms for figure in term.figures}
    told = dict.fromkeys([*(note for term in terms for note in term.notes), *notes])
    return Term(Quantity(interval, unit), tuple(by_id.values()), tuple(told))


def _summed(term: Term, plus: Sequence[Term], less: Sequence[Term] = ()) -> Term:
    """Return a term that is the sum of ``plus`` without ``less``, with what they add and take."""
    addends = [figure for t in plus for figure in t.addends]
    taken = [figure for t in plus for figure in t.taken]
    addends += [figure for t in less for figure in t.taken]
    taken += [figure for t in less for figure in t.addends]
    return term._replace(addends=tuple(addends), taken=tuple(taken))


def _multiple(term: Term, *factors: Term) -> Term:
    """Return a term that is a multiple of one of its ``factors``, the other a plain number."""
    turned = any(f.quantity.interval.value < 0 for f in factors if not f.figures)
    return _summed(term, (), factors) if turned else _summed(term, factors)


def total(terms: Sequence[Term]) -> Term:
    """Return the sum; refuse unlike figures, a whole with its part, and overlapping periods."""
    made = [term for term in terms if term.figures and not term.addends]
    if made and sum(bool(term.figures) for term in terms) > 1:
        raise RefusedError(
            "a product or a quotient of figures is of its own base: no figure adds to it",
            _show(*made),
        )
    addends = [figure for term in terms for figure in term.addends]
    if len(terms) == 2 and coherence.rank_and_rise(addends):
        rank, rise = (term.quantity.interval for term in terms)
        return _made(
            rank + rise, lookups.current().units.parse("位"), terms, "the rank before the rise"
        )
    notes = coherence.additive(addends) if len(terms) > 1 else []
    term = reduce(_plus, terms[1:], terms[0])
    return _summed(_made(term.quantity.interval, term.quantity.unit, [term], *notes), terms)


def _plus(a: Term, b: Term) -> Term:
    left, right, unit = _aligned(a, b, "add")
    if a.quantity.unit.dimension == b.quantity.unit.dimension == units.PERCENT:
        raise RefusedError(
            "shares and rates do not add: each is of its own base", "transfer-cli calc --help"
        )
    return _made(left + right, unit, [a, b])


def minus(a: Term, b: Term) -> Term:
    """Return the difference; of two rates it is in percentage points."""
    left, right, unit = _aligned(a, b, "subtract")
    percents = a.quantity.unit.dimension == b.quantity.unit.dimension == units.PERCENT
    if len(a.addends) == len(b.addends) == 1 and a.quantity.unit.dimension != units.PERCENT:
        coherence.differ(a.addends[0], b.addends[0])
    notes = coherence.unlike([*a.figures, *b.figures])
    if a.addends and b.taken and not percents:
        notes += coherence.additive([*a.addends, *b.taken])  # To take off less is to add.
    if percents:
        return _made(
            left - right,
            lookups.current().units.parse("个百分点"),
            [a, b],
            *notes,
            "percentage points",
        )
    return _summed(_made(left - right, unit, [a, b], *notes), [a], [b])


def _aligned(a: Term, b: Term, verb: str) -> tuple[Interval, Interval, units.Unit]:
    """Bring two terms to one unit; a rate and percentage points meet in the rate."""
    one, two = a.quantity, b.quantity
    if {one.unit.dimension, two.unit.dimension} == {units.PERCENT, units.POINTS}:
        return one.interval, two.interval, lookups.current().units.parse("%")
    if one.unit.dimension != two.unit.dimension:
        raise RefusedError(
            f"{one.unit.description} and {two.unit.description} are unlike dimensions: they do not {verb}",
            _show(a, b),
        )
    unit = max(one.unit, two.unit, key=lambda unit: unit.factor)
    return one.to(unit).interval, two.to(unit).interval, unit


def _show(*terms: Term) -> str:
    """Return what to type to see the figures of terms, one by one."""
    ids = dict.fromkeys(figure.id for term in terms for figure in term.figures)
    return f"transfer-cli show {' '.join(ids)}" if ids else "transfer-cli calc --help"


def times(a: Term, b: Term) -> Term:
    """Return the product."""
    coherence.amounts([*a.figures, *b.figures])
    coherence.rate_of_its_own(a.figures, b.figures)
    notes = coherence.unlike([*a.figures, *b.figures], kinds=False)
    unit = units.product(a.quantity.unit, b.quantity.unit)
    made = _tidy(a.quantity.interval * b.quantity.interval, unit, [a, b], *notes)
    return made if a.figures and b.figures else _multiple(made, a, b)


def over(a: Term, b: Term) -> Term:
    """Return the quotient, in a unit named after both; refused where the divisor may be zero."""
    coherence.amounts([*a.figures, *b.figures])
    unit = units.product(a.quantity.unit, b.quantity.unit, -1)
    notes = coherence.unlike([*a.figures, *b.figures], kinds=False)
    made = _tidy(a.quantity.interval / b.quantity.interval, unit, [a, b], *notes)
    return made if b.figures else _multiple(made, a, b)


def _tidy(interval: Interval, unit: units.Unit, terms: Sequence[Term], *notes: str) -> Term:
    """Bring a product to a unit that reads well."""
    if not unit.dimension:
        return _made(interval.scaled(unit.factor), units.ONE, terms, *notes)
    based = interval.scaled(unit.factor)
    best = lookups.current().units.best(unit, based.value)
    return _made(based.scaled(1 / best.factor), best, terms, *notes)


def power(a: Term, b: Term) -> Term:
    """Return a whole power, or of a pure number a root such as ``** (1 / 3)``."""
    exponent = b.quantity.interval
    if b.quantity.unit.dimension or exponent.bound != "exact":
        raise RefusedError("an exponent is a plain number", "transfer-cli calc '2 ** (1 / 3)'")
    if exponent.value.denominator == 1 and abs(exponent.value) <= MAX_POWER:
        return _whole_power(a, int(exponent.value))
    if abs(exponent.value) > MAX_POWER:
        raise RefusedError(f"no exponent is larger than {MAX_POWER}", "transfer-cli calc '2 ** 10'")
    if a.quantity.unit.dimension or exponent.value <= 0:
        raise RefusedError("only a plain number has such a power", _show(a, b))
    raised = intervals.root(a.quantity.interval, 1 / exponent.value)
    return _made(raised, units.ONE, [a, b])


def _whole_power(a: Term, exponent: int) -> Term:
    pure = a.quantity.interval**exponent
    unit = units.ONE
    for _ in range(abs(exponent)):
        unit = units.product(unit, a.quantity.unit, 1 if exponent > 0 else -1)
    made = _tidy(pure, unit, [a])
    return _summed(made, [a]) if exponent == 1 else made


def negative(a: Term) -> Term:
    """Return the term with its sign turned."""
    return _summed(_made(-a.quantity.interval, a.quantity.unit, [a]), (), [a])


def per_year(terms: Sequence[Term]) -> Term:
    """Return a rate per month as one per year: twelve such months, on the user's word."""
    [term] = terms
    quantity = term.quantity
    if ("月", -1) not in quantity.unit.dimension:
        raise RefusedError(f"{quantity.unit.description} is no rate per month", _show(term))
    powers = [(("年" if base == "月" else base), power) for base, power in quantity.unit.dimension]
    unit = units.Unit("", units.normalise(powers), quantity.unit.factor)
    made = _tidy(quantity.interval.scaled(Fraction(12)), unit, terms, "twelve months like the one")
    return _summed(made, terms)


def mean(terms: Sequence[Term]) -> Term:
    """Return the unweighted mean of like figures."""
    notes = coherence.alike([figure for term in terms for figure in term.figures])
    unit = max((term.quantity.unit for term in terms), key=lambda unit: unit.factor)
    converted = [term.quantity.to(unit).interval for term in terms]
    whole = reduce(lambda one, two: one + two, converted)
    note = f"an unweighted mean of {len(terms)} figures"
    return _summed(_made(whole / intervals.exact(len(terms)), unit, terms, *notes, note), terms)


def share(a: Term, b: Term) -> Term:
    """Return what per cent of ``b`` is ``a``; refused for unlike dimensions or indicators."""
    left, right, _ = _aligned(a, b, "make a share")
    notes = coherence.part(a.figures, b.figures)
    ratio = left / right
    inside = a.figure is not None and b.figure is not None and b.figure.id in a.figure.wholes
    if inside and ratio.high > 1 and not ratio.about:
        ratio = replace(ratio, high=Fraction(1), high_open=False)  # a part is no more than all
    return _percent(ratio, [a, b], *notes)


def growth(a: Term, b: Term) -> Term:
    """Return the growth from ``a`` to ``b`` in per cent; refused unless the two are alike."""
    left, right, _ = _aligned(a, b, "grow")
    notes = coherence.grown(_single(a), _single(b))
    return _percent(right / left - intervals.exact(1), [a, b], *notes)


def _single(term: Term) -> tuple[Figure, ...]:
    """Return the one figure that a term is, or none for a number; refuse anything made of some."""
    if term.figures and term.figure is None:
        told = "growth leads from one printed figure to another, not from what is made of them"
        raise RefusedError(told, _show(term))
    return term.figures


def cagr(a: Term, b: Term) -> Term:
    """Return the compound annual growth from ``a`` to ``b``, over years truly years apart."""
    left, right, _ = _aligned(a, b, "grow")
    notes = coherence.grown(_single(a), _single(b))
    years = coherence.years_apart(_single(a), _single(b))
    rate = intervals.root(right / left, Fraction(years)) - intervals.exact(1)
    return _percent(rate, [a, b], *notes, f"per year, compounded over {years} years")


def _percent(ratio: Interval, terms: Sequence[Term], *notes: str) -> Term:
    return _made(ratio.scaled(Fraction(100)), lookups.current().units.parse("%"), terms, *notes)
