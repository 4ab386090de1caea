"""Figures of one cohort: the money, the projects and the firms of one event or programme."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from transfer_cli import arithmetic
from transfer_cli.errors import RefusedError
from transfer_cli.model.figures import Figure

COHORT = ("province", "place", "subject", "status", "scope", "industry", "period")


def key(figure: Figure) -> tuple[str, ...]:
    """Return what figures of one cohort have in common."""
    return tuple(figure.get(column) for column in COHORT)


def of(figure: Figure, others: Iterable[Figure]) -> list[Figure]:
    """Return the other figures of a figure's cohort, in their order."""
    return [other for other in others if other.id != figure.id and key(other) == key(figure)]


def averages(found: Sequence[Figure], above: Sequence[str], below: Sequence[str]) -> list[Figure]:
    """Return ``a / b`` for each pair of indicators that one cohort prints, as figures.

    The row of such a figure is the dividend's, with ``indicator`` and ``id`` naming the quotient.
    """
    divisors = defaultdict(list)
    for figure in found:
        if figure.get("indicator") in below:
            divisors[key(figure)].append(figure)
    made = [
        _average(one, two)
        for one in found
        if one.get("indicator") in above
        for two in divisors[key(one)]
        if two.id != one.id
    ]
    return [figure for figure in made if figure is not None]


def _average(one: Figure, two: Figure) -> Figure | None:
    try:
        term = arithmetic.over(arithmetic.of_figure(one), arithmetic.of_figure(two))
    except RefusedError:
        return None
    name = f"{one.get('indicator')} / {two.get('indicator')}"
    notes = "; ".join(dict.fromkeys(filter(None, (one.get("note"), two.get("note")))))
    row = {
        **one.row,
        "id": f"{one.id} / {two.id}",
        "indicator": name,
        "part_of": "",
        "printed": "",
        "note": notes,
        **term.quantity.cells(),
    }
    return Figure(row, term.quantity, None, one.position)
