"""Averages ``a / b`` of figures of one cohort: the money, projects and firms of one programme."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import NamedTuple

from transfer_cli.calc import arithmetic
from transfer_cli.calc.term import of_figure
from transfer_cli.errors import RefusedError
from transfer_cli.model.figure import Figure
from transfer_cli.model.vocabulary import Vocabulary
from transfer_cli.rules import cohort


class Average(NamedTuple):
    """An average as a figure, and the ids of the two figures that it is made of."""

    figure: Figure
    ids: tuple[str, str]


def averages(
    figures: Sequence[Figure],
    above: Sequence[str],
    below: Sequence[str],
    vocabulary: Vocabulary,
    key: Callable[[Figure], tuple[str, ...]] = cohort.key,
) -> list[Average]:
    """Return ``a / b`` for each pair of the indicators that one cohort prints, as figures.

    The row of such a figure is the dividend's, with ``indicator`` and ``id`` naming the quotient.
    ``key`` is what the figures of a cohort have in common.
    """
    divisors = defaultdict(list)
    for figure in figures:
        if figure.get("indicator") in below:
            divisors[key(figure)].append(figure)
    made = [
        _average(one, two, vocabulary)
        for one in figures
        if one.get("indicator") in above
        for two in divisors[key(one)]
        if two is not one
    ]
    return [average for average in made if average is not None]


def _average(one: Figure, two: Figure, vocabulary: Vocabulary) -> Average | None:
    try:
        term = arithmetic.over(of_figure(one), of_figure(two), vocabulary)
    except RefusedError:
        return None
    row = {**one.row, "indicator": f"{one.get('indicator')} / {two.get('indicator')}"}
    if one.id:
        notes = dict.fromkeys(filter(None, (one.get("note"), two.get("note"))))
        row |= {"id": f"{one.id} / {two.id}", "part_of": "", "printed": "",
                "note": "; ".join(notes)}  # fmt: skip
    row |= term.quantity.cells()
    return Average(Figure(row, term.quantity, None, one.position), (one.id, two.id))
