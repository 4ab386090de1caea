"""Order statistics of terms, and functions of one number: max, min, median, round, abs, sqrt."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from math import ceil, floor
from typing import Literal

from transfer_cli.calc import arithmetic, term
from transfer_cli.calc.term import Term, computed, show
from transfer_cli.errors import Instead, RefusedError
from transfer_cli.messages import _
from transfer_cli.model import numbers
from transfer_cli.model.figure import Figure
from transfer_cli.model.intervals import Interval
from transfer_cli.model.numbers import Number
from transfer_cli.model.vocabulary import Vocabulary
from transfer_cli.rules import comparability
from transfer_cli.rules import notes as notes_of_rules
from transfer_cli.rules.comparability import CAVEATS, differences
from transfer_cli.rules.decision import decide, of_figure
from transfer_cli.rules.record import show_ids
from transfer_cli.stats.evaluate import minimum

MAX_PLACES = 30
"""Decimals to which a number is rounded at most."""


def largest(terms: Sequence[Term], across: Sequence[str] = ()) -> Term:
    """Return the maximum of comparable figures."""
    return _ordered("extreme", terms, across, lambda every: -minimum(-one for one in every))


def smallest(terms: Sequence[Term], across: Sequence[str] = ()) -> Term:
    """Return the minimum of comparable figures."""
    return _ordered("extreme", terms, across, minimum)


def median(terms: Sequence[Term], across: Sequence[str] = ()) -> Term:
    """Return the median of comparable figures; of an even number the mean of the middle two."""
    return _ordered("order", terms, across, _median)


def _ordered(
    operation: Literal["extreme", "order"],
    terms: Sequence[Term],
    across: Sequence[str],
    statistic: Callable[[Sequence[Interval]], Interval],
) -> Term:
    """Return a statistic of terms in one unit; the rules decide whether figures compare.

    Computed terms, such as quotients, are compared by their unit alone.
    """
    for one, other in pairwise(terms):
        arithmetic.unit_of(one, other, _("compare"))
    notes: Sequence[str] = ()
    with_figures = [each for each in terms if each.figures]
    if len(with_figures) > 1 and any(each.figure for each in with_figures):
        notes = _comparable(operation, [f for each in terms for f in each.figures], across)
    unit = max((each.quantity.unit for each in terms), key=lambda unit: unit.factor)
    result = statistic([each.quantity.to(unit).interval for each in terms])
    return computed(result, unit, terms, *notes)


def _comparable(
    operation: Literal["extreme", "order"], figures: Sequence[Figure], across: Sequence[str]
) -> tuple[str, ...]:
    """Return the caveats of comparing figures; refuse what ``aggregate`` keeps in separate rows.

    Nothing is left out: a part can be the largest.
    """
    records = [of_figure(figure) for figure in figures]
    apart = {
        column: cells
        for column, cells in comparability.varying(records).items()
        if column not in across
    }
    for column, cells in apart.items():
        message = _(
            "{words} are not compared without --across {column}",
            words=comparability.listed(cells, _(" and ")), column=column,
        )  # fmt: skip
        raise RefusedError(message, Instead("--across", ",".join((*across, *apart))))
    decision = decide(operation, records, across=across)
    if decision.refusals:
        hint = decision.refusals[0].hint or show_ids([figure.id for figure in figures])
        raise RefusedError(notes_of_rules.reasons(decision.refusals), hint)
    # The rules name the subjects, and what was given up.
    named = ("subject", *across)
    columns = [column for column in ("indicator", *CAVEATS) if column not in named]
    return (*decision.caveats, *differences(records, columns))


def _median(every: Sequence[Interval]) -> Interval:
    """Return the median of values and of ends; an end is open only if all are."""

    def middle(numbers: Sequence[Number]) -> Number:
        ordered, half = sorted(numbers), len(numbers) // 2
        if len(ordered) % 2:
            return ordered[half]
        return (ordered[half - 1] + ordered[half]) / 2

    return Interval(
        Fraction(middle([one.value for one in every])),
        middle([one.low for one in every]),
        middle([one.high for one in every]),
        all(one.low_open for one in every),
        all(one.high_open for one in every),
        about=any(one.about for one in every),
        near=all(one.near for one in every),
    )


def rounded(a: Term, places: int) -> Term:
    """Return a term rounded to decimals, half to even; "over" rounds down, "under" up."""
    interval, step = a.quantity.interval, Fraction(10) ** places
    match interval.bound:
        case "over" | "at_least":
            value = Fraction(floor(interval.value * step), step)
        case "under" | "nearly" | "at_most":
            value = Fraction(ceil(interval.value * step), step)
        case _:
            value = Fraction(round(interval.value * step), step)
    if value == interval.value:
        return a
    low = value if interval.low == interval.value else interval.low
    high = value if interval.high == interval.value else interval.high
    note = _("rounded from {value}", value=numbers.machine(interval.value))
    made = computed(replace(interval, value=value, low=low, high=high), a.quantity.unit, [a], note)
    return term.summing(made, [a])


def absolute(a: Term) -> Term:
    """Return a term without its sign."""
    interval = a.quantity.interval
    if interval.low >= 0:
        return a
    if interval.high <= 0:
        return arithmetic.negative(a)
    ends = [(-interval.low, interval.low_open), (interval.high, interval.high_open)]
    high, is_open = max(ends, key=lambda end: (end[0], not end[1]))
    zero = Fraction(0)
    made = replace(interval, value=abs(interval.value), low=zero, low_open=False,
                   high=high, high_open=is_open)  # fmt: skip
    return computed(made, a.quantity.unit, [a])


def square_root(a: Term, vocabulary: Vocabulary) -> Term:
    """Return the square root of a plain number or a rate."""
    return arithmetic.power(a, term.of_number(Fraction(1, 2)), vocabulary)


def places_of(a: Term) -> int:
    """Return the decimals ``n`` of ``round(a, n)``; raise RefusedError for no whole number."""
    value = a.quantity.interval.value
    plain = not a.figures and not a.quantity.unit.dimension
    if not plain or value.denominator != 1 or not 0 <= value <= MAX_PLACES:
        message = _("decimals are a whole number from 0 to {max}", max=MAX_PLACES)
        raise RefusedError(message, show(a) if a.figures else "transfer-cli calc 'round(2 / 3, 2)'")
    return int(value)
