"""Applies the rules to terms that are added or averaged: caveats, notes and refusals."""

from collections.abc import Sequence
from typing import Literal

from transfer_cli.calc.term import Term, show
from transfer_cli.errors import Instead, RefusedError, few
from transfer_cli.messages import _, series
from transfer_cli.model.figure import Figure
from transfer_cli.model.units import PERSONS, POSTS
from transfer_cli.rules import notes
from transfer_cli.rules.comparability import differences
from transfer_cli.rules.decision import Decision, decide, of_figure
from transfer_cli.rules.record import calc, show_ids


def combine(
    operation: Literal["sum", "mean"],
    terms: Sequence[Term],
    across: Sequence[str],
    *,
    leave_out: bool,
) -> tuple[list[Term], list[str]]:
    """Return the terms that may be added or averaged, and the caveats.

    With ``leave_out`` figures that others contain are left out, and a note names them; without it,
    and where a term is not a single figure, they are refused. Raises RefusedError with every
    reason.
    """
    computed = [term for term in terms if term.figures and not term.addends]
    if operation == "sum" and computed and sum(bool(term.figures) for term in terms) > 1:
        message = _("a product or a quotient of figures is of its own base: no figure adds to it")
        raise RefusedError(message, show(*computed))
    figures = [figure for term in terms
               for figure in (term.addends if operation == "sum" else term.figures)]  # fmt: skip
    if not figures:
        return list(terms), []
    records = [of_figure(figure) for figure in figures]
    decision = decide(operation, records, across=across)
    leave_out = leave_out and all(term.figure is not None for term in terms)
    if decision.refusals or (decision.left_out and not leave_out):
        raise _refused(decision, figures, leave_out=leave_out)
    used = [one for place, one in enumerate(records) if place not in decision.left_out]
    caveats = [*decision.caveats, *differences(used, ("industry", "place"))]
    if not decision.left_out:
        return _in_one_dimension(terms), caveats
    kept = [term for place, term in enumerate(terms) if place not in decision.left_out]
    for reason in dict.fromkeys(decision.left_out.values()):
        ids = [figures[place].id for place, why in decision.left_out.items() if why == reason]
        caveats.append(notes.left_out(reason, ids, len(ids)))
    return _in_one_dimension(kept), caveats


def _in_one_dimension(terms: Sequence[Term]) -> list[Term]:
    """Return terms that add with posts counted as persons, if both are among them."""
    dimensions = {term.quantity.unit.dimension for term in terms}
    if dimensions != {POSTS, PERSONS}:
        return list(terms)
    return [
        term._replace(quantity=term.quantity._replace(
            unit=term.quantity.unit._replace(dimension=PERSONS, counted=False)))
        for term in terms
    ]  # fmt: skip


def _refused(decision: Decision, figures: Sequence[Figure], *, leave_out: bool) -> RefusedError:
    """Return the error that names figures counted twice, and every other reason.

    The hint is a command that works: with ``--across`` where that helps, or one that shows the
    figures.
    """
    twice = [
        (figures[place], figures[decision.containers[place]], reason)
        for place, reason in decision.left_out.items()
    ]
    reasons = [few([_counted_twice(*each) for each in twice])] if twice else []
    if decision.refusals:
        reasons.append(notes.reasons(decision.refusals))
    first = decision.refusals[0] if decision.refusals else None
    hint: str | Instead = show_ids([figure.id for figure in figures])
    if twice and not leave_out:
        hint = _instead_of_part(*twice[0])
    elif first and first.give_up:
        hint = Instead("--across", ",".join(first.give_up))
    elif first and isinstance(first.hint, str) and first.hint:
        hint = first.hint
    return RefusedError(series(reasons), hint)


def _counted_twice(part: Figure, whole: Figure, reason: str) -> str:
    if reason == "part":
        return _(
            "{part} is part of {whole}: their sum counts it twice", part=part.id, whole=whole.id
        )
    return _("{part} may lie inside {whole}, which is wider", part=part.id, whole=whole.id)


def _instead_of_part(part: Figure, whole: Figure, reason: str) -> str:
    """Return what to type instead of adding a part to its whole."""
    if reason != "part":
        return show_ids([part.id, whole.id])
    if part.get("indicator") == whole.get("indicator"):
        return calc("share({}, {})", part.id, whole.id)
    return show_ids([whole.id])
