"""The decisions on many results as a few notes: each reason once, long lists cut short."""

from collections.abc import Iterable, Sequence

from transfer_cli.messages import _, join, series
from transfer_cli.model.labels import code
from transfer_cli.rules.comparability import in_order, unlike
from transfer_cli.rules.nesting import Reason
from transfer_cli.rules.record import Decision, Refusal

MAX_REASONS = 6
"""Reasons that a message names: a large table may have one for each of its groups."""

MAX_LABELS = 3
"""Indicators of one kind that a message names."""

MAX_LISTS = 3
"""Lists of the words of a column that are noted one by one; more are joined into one."""

MAX_NAMES = 12
"""Figures left out that are named one by one."""


def caveats(decisions: Sequence[Decision]) -> list[str]:
    """Return the caveats of decisions, each once.

    The words of a column given up are noted as one list where there are many lists, or where one
    list holds all the words of the others.
    """
    lists: dict[str, set[tuple[str, ...]]] = {}
    for decision in decisions:
        for column, cells in decision.given_up.items():
            lists.setdefault(column, set()).add(cells)
    own = {unlike(column, cells) for column, found in lists.items() for cells in found}
    every = dict.fromkeys(note for decision in decisions for note in decision.caveats)
    notes = [note for note in every if note not in own]
    for column, found in lists.items():
        joined = in_order(column, {word for cells in found for word in cells})
        shown = {joined} if len(found) > MAX_LISTS or joined in found else found
        notes += [unlike(column, cells) for cells in sorted(shown)]
    return notes


def reasons(refusals: Iterable[Refusal]) -> str:
    """Return the reasons of refusals as one text; a reason of a kind names all its indicators."""
    every = list(refusals)
    plain = list(dict.fromkeys(refusal.reason for refusal in every if not refusal.kind))
    if len(plain) > MAX_REASONS:
        plain[MAX_REASONS:] = [_("and {n} more", n=len(plain) - MAX_REASONS)]
    for kind in dict.fromkeys(refusal.kind for refusal in every if refusal.kind):
        labels = list(dict.fromkeys(refusal.label for refusal in every if refusal.kind == kind))
        named = join(labels[:MAX_LABELS])
        if len(labels) > MAX_LABELS:
            named += _(" and {n} more", n=len(labels) - MAX_LABELS)
        plain.append(_("{kind}s do not add ({labels})", kind=code("kind", kind), labels=named))
    return series(plain)


def left_out(reason: Reason | str, ids: Sequence[str], rows: int) -> str:
    """Return the note on ``rows`` figures left out for one reason; few with ids are named."""
    named = len(ids) == rows <= MAX_NAMES
    many = _("1 figure") if rows == 1 else _("{n:,} figures", n=rows)
    figures = join(ids) if named else many
    if reason == "part":
        return _("left out, as part of another figure here: {figures}", figures=figures)
    return _("left out, as they may lie inside a wider figure here: {figures}", figures=figures)
