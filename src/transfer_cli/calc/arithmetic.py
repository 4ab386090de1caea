"""Exact arithmetic on terms, as far as the rules allow it.

Every operation raises RefusedError, with a command to type instead, for what has no meaning.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import reduce
from itertools import pairwise
from operator import mul, truediv

from transfer_cli.calc import rates
from transfer_cli.calc.adding import combine
from transfer_cli.calc.rates import PERCENT_UNIT, is_rate
from transfer_cli.calc.term import Term, computed, multiple, show, summing
from transfer_cli.errors import RefusedError
from transfer_cli.messages import _
from transfer_cli.model import intervals, labels, units
from transfer_cli.model.figure import Figure
from transfer_cli.model.intervals import ROOT_DIGITS, Interval
from transfer_cli.model.units import PERCENT, POINTS, Unit
from transfer_cli.model.vocabulary import Vocabulary
from transfer_cli.rules import pair
from transfer_cli.rules.comparability import CAVEATS, differences
from transfer_cli.rules.decision import Decision, Operation, decide, of_figure
from transfer_cli.rules.ratio import RATES

MAX_POWER = 64
MAX_ROOT = 1000
"""Degree of a root up to which it is checked whether the rounded root is the exact one."""

POINTS_UNIT = Unit("个百分点", POINTS, Fraction(1))
UNLIKE = ("indicator", *CAVEATS)


def plus(terms: Sequence[Term], vocabulary: Vocabulary, across: Sequence[str] = ()) -> Term:
    """Return the sum of terms written with ``+``. A whole and its part are refused.

    A rank and the places gained make the rank before the rise; 1 and a growth rate make a level.
    """
    if made := rates.level(terms):
        return made
    addends = [of_figure(figure) for term in terms for figure in term.addends]
    if len(terms) == 2 and pair.is_rank_and_rise(addends):
        rank, rise = (term.quantity for term in terms)
        note = _("the rank before the rise")
        return computed(rank.interval + rise.interval, rank.unit, terms, note)
    if len(terms) == 1:
        return terms[0]
    kept, notes = combine("sum", terms, across, leave_out=False)
    return _added(kept, vocabulary, notes)


def total(terms: Sequence[Term], vocabulary: Vocabulary, across: Sequence[str] = ()) -> Term:
    """Return the sum of terms, as ``aggregate`` does: a part is left out if its whole is there."""
    kept, notes = combine("sum", terms, across, leave_out=True)
    return _added(kept, vocabulary, notes)


def _added(terms: Sequence[Term], vocabulary: Vocabulary, notes: Sequence[str]) -> Term:
    for one, other in pairwise(terms):
        unit_of(one, other, _("add"))
        if one.quantity.unit.dimension == other.quantity.unit.dimension == PERCENT:
            message = _("shares and rates do not add: each is of its own base")
            raise RefusedError(message, "transfer-cli calc --help")
    unit = _common_unit(terms, vocabulary)
    amounts = [term.quantity.to(unit).interval for term in terms]
    result = computed(reduce(lambda one, two: one + two, amounts), unit, terms, *notes)
    return summing(result, terms)


def _common_unit(terms: Sequence[Term], vocabulary: Vocabulary) -> Unit:
    """Return the unit of a sum: the printed one, or that of the indicator where several are."""
    printed = {term.quantity.unit.name: term.quantity.unit for term in terms}
    largest = min(printed.values(), key=lambda unit: (-unit.factor, unit.name))
    known = {figure.indicator for term in terms for figure in term.addends}
    if len(printed) == 1 or len(known) != 1:
        return largest
    return vocabulary.default_unit(largest, known.pop())


def mean(terms: Sequence[Term], across: Sequence[str] = ()) -> Term:
    """Return the unweighted mean of comparable figures, without parts whose whole is there."""
    kept, notes = combine("mean", terms, across, leave_out=True)
    unit = min((term.quantity.unit for term in kept), key=lambda unit: (-unit.factor, unit.name))
    converted = [term.quantity.to(unit).interval for term in kept]
    amount = reduce(lambda one, two: one + two, converted) / intervals.exact(len(kept))
    note = _("an unweighted mean of {n} figures", n=len(kept))
    if len(kept) == 1:
        note = _("the mean of one figure is the figure")
    return summing(computed(amount, unit, kept, *notes, note), kept)


def minus(a: Term, b: Term, across: Sequence[str] = ()) -> Term:
    """Return the difference; that of two rates is in points, ``1 - share`` in per cent."""
    if made := rates.remainder(a, b):
        return made
    left, right, unit = aligned(a, b, _("subtract"))
    notes = _unlike(a, b)
    for one in a.addends:
        for other in b.addends:
            found = caveats("difference", [one, other])
            notes = found if len(a.addends) == len(b.addends) == 1 else notes
    if is_rate(a) and is_rate(b):
        return computed(left - right, POINTS_UNIT, [a, b], *notes, _("percentage points"))
    if a.addends and b.subtracted:
        added = [Term(f.quantity, (f,), addends=(f,)) for f in (*a.addends, *b.subtracted)]
        notes = (*notes, *combine("sum", added, across, leave_out=False)[1])
    return summing(computed(left - right, unit, [a, b], *notes), [a], [b])


def negative(a: Term) -> Term:
    """Return the term with its sign changed."""
    return summing(computed(-a.quantity.interval, a.quantity.unit, [a]), (), [a])


def times(a: Term, b: Term, vocabulary: Vocabulary) -> Term:
    """Return the product; that of two rates, or of a rate and a plain number, is a rate."""
    if rates.is_growth_factor(a) and rates.is_growth_factor(b):
        return rates.compounded(a, b)
    _check_rates("product", a, b)
    notes = caveats("product", [*a.figures, *b.figures])
    if is_rate(a) and is_rate(b):
        result = computed(rates.product(a, b), PERCENT_UNIT, [a, b], *notes)
    elif scaled := _rate_of(a, b) or _rate_of(b, a):
        interval, ended = with_end(mul, a.quantity.interval, b.quantity.interval)
        result = computed(interval, scaled, [a, b], *notes, *ended)
    else:
        unit = units.product(a.quantity.unit, b.quantity.unit)
        interval, ended = with_end(mul, a.quantity.interval, b.quantity.interval)
        notes = (*notes, *ended, *_months_of_a_year(a, b))
        result = _readable(interval, unit, [a, b], vocabulary, notes)
    return result if a.figures and b.figures else multiple(result, a, b)


def _rate_of(a: Term, b: Term) -> Unit | None:
    """Return the unit of a rate or of percentage points that a plain number multiplies."""
    unit = a.quantity.unit
    plain = not b.quantity.unit.dimension
    return unit if plain and unit.dimension in (PERCENT, POINTS) else None


def _months_of_a_year(a: Term, b: Term) -> tuple[str, ...]:
    """Return the note on a figure of some months times as many as make a year."""
    for one, other in ((a, b), (b, a)):
        if one.figures or other.figure is None or one.quantity.unit.dimension:
            continue
        span = of_figure(other.figure).span
        monthly = ("月", -1) in other.quantity.unit.dimension
        months = 1 if monthly else span.months if span else 0
        if months and one.quantity.interval.value == Fraction(12, months) != 1:
            if monthly:
                return (_("per_year({id}) makes a rate per year of it", id=other.figure.id),)
            return (_("per_year({id}) marks this as a projection", id=other.figure.id),)
    return ()


def with_end(
    operation: Callable[[Interval, Interval], Interval], a: Interval, b: Interval
) -> tuple[Interval, tuple[str, ...]]:
    """Return a product or quotient, and a note if it is the end of a range.

    Where one operand is "about" and the other has one end, the result has one end too.
    """
    result = operation(a, b)
    if not result.about or result.bound != "unknown":
        return result, ()
    end = operation(a.widened(), b.widened()).at_end()
    note = _('"about" is read as ±10 %: the result is the end of a range, not its middle')
    return (end, (note,)) if end else (result, ())


def over(a: Term, b: Term, vocabulary: Vocabulary) -> Term:
    """Return the quotient, in a unit named after both; refused where the divisor may be zero."""
    _check_rates("ratio", a, b)
    notes = caveats("ratio", [*a.figures, *b.figures])
    interval, ended = with_end(truediv, a.quantity.interval, b.quantity.interval)
    notes = (*notes, *ended)
    if divided := _rate_of(a, b):
        result = computed(interval, divided, [a, b], *notes)
    else:
        unit = units.product(a.quantity.unit, b.quantity.unit, -1)
        result = _readable(interval, unit, [a, b], vocabulary, notes)
    return result if b.figures else multiple(result, a, b)


def _readable(
    interval: Interval,
    unit: Unit,
    terms: Sequence[Term],
    vocabulary: Vocabulary,
    notes: Sequence[str] = (),
) -> Term:
    """Return a product or quotient in the unit in which it reads best."""
    in_base = interval.scaled(unit.factor)
    if not unit.dimension:
        return computed(in_base, units.ONE, terms, *notes)
    best = vocabulary.units.best(unit, in_base.value)
    return computed(in_base.scaled(1 / best.factor), best, terms, *notes)


def power(a: Term, b: Term, vocabulary: Vocabulary) -> Term:
    """Return a whole power, or a root (``** (1 / 3)``) of a plain number or a rate."""
    exponent = b.quantity.interval
    if b.quantity.unit.dimension or exponent.bound != "exact":
        raise RefusedError(_("an exponent is a plain number"), "transfer-cli calc '2 ** (1 / 3)'")
    if abs(exponent.value) > MAX_POWER:
        message = _("no exponent is larger than {max}", max=MAX_POWER)
        raise RefusedError(message, "transfer-cli calc '2 ** 10'")
    if exponent.value.denominator == 1:
        return _whole_power(a, int(exponent.value), vocabulary)
    rate = is_rate(a)
    if (a.quantity.unit.dimension and not rate) or exponent.value <= 0:
        raise RefusedError(_("only a plain number has such a power"), show(a, b))
    base = a.quantity.interval.scaled(1 / rates.HUNDRED) if rate else a.quantity.interval
    raised, notes = root(base, 1 / exponent.value)
    return percent(raised, [a, b], *notes) if rate else computed(raised, units.ONE, [a, b], *notes)


def _whole_power(a: Term, exponent: int, vocabulary: Vocabulary) -> Term:
    if is_rate(a):
        ratio = a.quantity.interval.scaled(1 / rates.HUNDRED) ** exponent
        same = _("the same rate in each of {n} periods", n=abs(exponent))
        notes = (same,) if rates.is_growth_factor(a) and abs(exponent) > 1 else ()
        return percent(ratio, [a], *notes)
    unit = units.ONE
    for _factor in range(abs(exponent)):
        unit = units.product(unit, a.quantity.unit, 1 if exponent > 0 else -1)
    result = _readable(a.quantity.interval**exponent, unit, [a], vocabulary)
    return summing(result, [a]) if exponent == 1 else result


def root(base: Interval, degree: Fraction) -> tuple[Interval, tuple[str, ...]]:
    """Return a root, and a note if it is rounded."""
    result = intervals.root(base, degree)
    small = max(degree.numerator, degree.denominator) <= MAX_ROOT
    if small and result.value**degree.numerator == base.value**degree.denominator:
        return result, ()
    return result, (_("the root is rounded to {n} significant digits", n=ROOT_DIGITS),)


def per_year(a: Term, vocabulary: Vocabulary) -> Term:
    """Return a rate per month, or a figure of some months, as one of twelve such months."""
    quantity = a.quantity
    if ("月", -1) not in quantity.unit.dimension:
        return rates.annualised(a)
    powers = [(("年" if base == "月" else base), power) for base, power in quantity.unit.dimension]
    unit = Unit("", units.normalise(powers), quantity.unit.factor)
    amount = quantity.interval.scaled(Fraction(12))
    note = _("twelve months like the one")
    return summing(_readable(amount, unit, [a], vocabulary, [note]), [a])


def share(a: Term, b: Term) -> Term:
    """Return ``a`` in per cent of ``b``."""
    left, right, _unit = aligned(a, b, _("make a share"))
    if len(a.figures) == len(b.figures) == 1:
        notes = caveats("share", [*a.figures, *b.figures])
    else:
        notes = (*caveats("ratio", [*a.figures, *b.figures]), *_unlike(a, b))
    ratio, ended = with_end(truediv, left, right)
    notes = (*notes, *ended)
    inside = a.figure is not None and b.figure is not None and b.figure.id in a.figure.wholes
    if inside and ratio.high > 1 and not ratio.about:
        ratio = replace(ratio, high=Fraction(1), high_open=False)  # a part is no more than all
    return percent(ratio, [a, b], *notes)


def percent(ratio: Interval, terms: Sequence[Term], *notes: str) -> Term:
    """Return a ratio in per cent."""
    return computed(ratio.scaled(Fraction(100)), PERCENT_UNIT, terms, *notes)


def aligned(a: Term, b: Term, verb: str) -> tuple[Interval, Interval, Unit]:
    """Return two terms in one unit."""
    unit = unit_of(a, b, verb)
    if a.quantity.unit.dimension != b.quantity.unit.dimension:
        return a.quantity.interval, b.quantity.interval, unit
    return a.quantity.to(unit).interval, b.quantity.to(unit).interval, unit


def unit_of(a: Term, b: Term, verb: str) -> Unit:
    """Return the unit of two combined terms; of a rate and percentage points that of the rate."""
    one, two = a.quantity.unit, b.quantity.unit
    if {one.dimension, two.dimension} == {PERCENT, POINTS}:
        return PERCENT_UNIT
    if one.dimension != two.dimension:
        message = _(
            "{one} and {other} have different dimensions and do not {verb}",
            one=labels.measure(one),
            other=labels.measure(two),
            verb=verb,
        )
        raise RefusedError(message, show(a, b))
    return max(one, two, key=lambda unit: unit.factor)


def caveats(operation: Operation, figures: Sequence[Figure]) -> tuple[str, ...]:
    """Return the caveats of an operation; raise RefusedError if the rules refuse it."""
    decision: Decision = decide(operation, [of_figure(figure) for figure in figures])
    for refusal in decision.refusals:
        raise RefusedError(refusal.reason, refusal.hint)
    return decision.caveats


def _check_rates(operation: Operation, a: Term, b: Term) -> None:
    """Refuse a rate on one side that is not of the figures on the other."""
    for one in _factors(a):
        for other in _factors(b):
            caveats(operation, [one, other])


def _factors(term: Term) -> list[Figure]:
    """Return the figures of a term; without its rates once it is in another unit than these."""
    if term.quantity.unit.dimension in (PERCENT, POINTS):
        return list(term.figures)
    return [figure for figure in term.figures if of_figure(figure).kind not in RATES]


def _unlike(a: Term, b: Term) -> tuple[str, ...]:
    return differences([of_figure(figure) for figure in (*a.figures, *b.figures)], UNLIKE)
