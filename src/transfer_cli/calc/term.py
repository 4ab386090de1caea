"""A term of an expression: a quantity with the figures it is computed from and their caveats."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from transfer_cli.errors import RefusedError, UsageError, closest, unknown
from transfer_cli.messages import _, join
from transfer_cli.model import intervals, units
from transfer_cli.model.figure import Figure, Quantity
from transfer_cli.model.intervals import Interval
from transfer_cli.rules.record import show_ids

_FEW = 3
"""Rows that an error names."""
MAX_BITS = 4096
"""Bits of the largest numerator or denominator that is computed."""


class Term(NamedTuple):
    """A quantity, the figures it was computed from, and the notes to be shown with it.

    ``addends`` are the figures that a sum with this term would add, ``subtracted`` those that it
    would subtract. Both are empty for a product or quotient. ``projection`` is the figure of a year
    to which a figure of some months is extended.
    """

    quantity: Quantity
    figures: tuple[Figure, ...] = ()
    notes: tuple[str, ...] = ()
    addends: tuple[Figure, ...] = ()
    subtracted: tuple[Figure, ...] = ()
    projection: Figure | None = None

    @property
    def figure(self) -> Figure | None:
        """The figure itself, if nothing was done to it yet."""
        if len(self.figures) == 1 and self.quantity is self.figures[0].quantity:
            return self.figures[0]
        return None


def of_number(value: Fraction) -> Term:
    """Return a number that was typed: exact and of no unit."""
    return Term(Quantity(intervals.exact(value), units.ONE))


def of_figure(figure: Figure) -> Term:
    """Return a reported figure as a term."""
    return Term(figure.quantity, (figure,), addends=(figure,))


def computed(interval: Interval, unit: units.Unit, terms: Sequence[Term], *notes: str) -> Term:
    """Return the result of an operation on terms, with their figures and notes, each once.

    Raises RefusedError for a number of more than ``MAX_BITS``.
    """
    value = interval.value
    if max(value.numerator.bit_length(), value.denominator.bit_length()) > MAX_BITS:
        raise RefusedError(_("the result is too large a number"), "transfer-cli calc '2 ** 10'")
    by_id = {figure.id: figure for term in terms for figure in term.figures}
    every = dict.fromkeys([*(note for term in terms for note in term.notes), *notes])
    return Term(Quantity(interval, unit), tuple(by_id.values()), tuple(every))


def summing(result: Term, plus: Sequence[Term], minus: Sequence[Term] = ()) -> Term:
    """Return ``result`` with the addends of the sum of ``plus`` less ``minus``."""
    addends = [figure for term in plus for figure in term.addends]
    addends += [figure for term in minus for figure in term.subtracted]
    subtracted = [figure for term in plus for figure in term.subtracted]
    subtracted += [figure for term in minus for figure in term.addends]
    return result._replace(addends=tuple(addends), subtracted=tuple(subtracted))


def multiple(result: Term, *factors: Term) -> Term:
    """Return ``result`` as a multiple of one of its ``factors``, the others plain numbers."""
    negative = any(term.quantity.interval.value < 0 for term in factors if not term.figures)
    return summing(result, (), factors) if negative else summing(result, factors)


def unknown_id(name: str, figures: Mapping[str, Figure]) -> UsageError:
    """Return the error for a name that no figure has, with did-you-mean."""
    with_ids = any(figure.get("id") for figure in figures.values())
    if with_ids or closest(name, figures):
        return unknown(_("id"), name, figures, "transfer-cli filter --columns id")
    few = [*figures][:_FEW]
    hint = _("the rows are called {names} …", names=join(few))
    return UsageError(_("unknown {what} {given!r}", what="id", given=name), hint)


def show(*terms: Term) -> str:
    """Return the command that shows the figures of terms."""
    ids = dict.fromkeys(figure.id for term in terms for figure in term.figures)
    return show_ids(ids) if ids else "transfer-cli calc --help"
