"""Which figures are of one cohort: the money, the projects and the firms of one event."""

from collections.abc import Iterable

from transfer_cli.model.figure import Figure

COLUMNS = ("province", "place", "subject", "status", "scope", "industry", "period")


def key(figure: Figure) -> tuple[str, ...]:
    """Return what the figures of a cohort have in common."""
    return tuple(figure.get(column) for column in COLUMNS)


def others(figure: Figure, figures: Iterable[Figure]) -> list[Figure]:
    """Return the other figures of a figure's cohort, in order; empty if it lacks the columns."""
    mine = key(figure)
    if not any(mine):
        return []
    return [other for other in figures if other.id != figure.id and key(other) == mine]
