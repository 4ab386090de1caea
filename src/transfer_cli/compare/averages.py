"""Averages ``a / b`` of figures of one cohort: the money, projects and firms of one programme."""

from collections import defaultdict
from collections.abc import Sequence
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
    by: str = "",
) -> list[Average]:
    """Return ``a / b`` for each pair of the indicators that one cohort prints, as figures.

    Both figures agree in ``by``.

    The row of such a figure is the dividend's, with ``indicator`` and ``id`` naming the quotient.
    """

    def key(figure: Figure) -> tuple[str, ...]:
        return (*cohort.key(figure), figure.get(by))

    divisors = defaultdict(list)
    for figure in figures:
        if figure.get("indicator") in below:
            divisors[key(figure)].append(figure)
    made = [
        _average(one, two, vocabulary)
        for one in figures
        if one.get("indicator") in above
        for two in divisors[key(one)]
        if two.id != one.id
    ]
    return [average for average in made if average is not None]


def _average(one: Figure, two: Figure, vocabulary: Vocabulary) -> Average | None:
    try:
        term = arithmetic.over(of_figure(one), of_figure(two), vocabulary)
    except RefusedError:
        return None
    row = {
        **one.row,
        "id": f"{one.id} / {two.id}",
        "indicator": f"{one.get('indicator')} / {two.get('indicator')}",
        "part_of": "",
        "printed": "",
        "note": _joined("; ", one.get("note"), two.get("note")),
        "note_zh": _joined("；", one.get("note_zh"), two.get("note_zh")),
        **term.quantity.cells(),
    }
    return Average(Figure(row, term.quantity, None, one.position), (one.id, two.id))


def _joined(separator: str, *texts: str) -> str:
    clauses = (clause for text in filter(None, texts) for clause in text.split(separator))
    return separator.join(dict.fromkeys(clauses))
