"""Projects and their figures: a number in projects.csv is the one in metrics.csv.

The figures of a project are those whose ids begin with its id and an underscore. If the ids of
several projects do, the longest counts.
"""

from collections.abc import Container, Iterable, Iterator, Sequence
from typing import NamedTuple

from transfer_cli.check.cells import number
from transfer_cli.check.findings import Finding
from transfer_cli.check.row import Row, indicator_of, is_known_unit
from transfer_cli.messages import _
from transfer_cli.model.vocabulary import Vocabulary

_MAX_LENGTH = 200
"""Characters of the longest id: each of its underscores is a step in the search of its project."""


class _Figure(NamedTuple):
    """The columns that hold a figure of a project; ``value`` is also the category it is of."""

    value: str
    unit: str = ""
    bound: str = ""


_FIGURES = (
    _Figure("investment", "investment_unit", "investment_bound"),
    _Figure("capacity", "capacity_unit"),
    _Figure("output", "output_unit"),
    _Figure("jobs", bound="jobs_bound"),
)


def project_of(figure_id: str, projects: Container[str]) -> str:
    """Return the id of the project of a figure, or an empty string."""
    stem = figure_id[:_MAX_LENGTH].rpartition("_")[0]
    while stem and stem not in projects:
        stem = stem.rpartition("_")[0]
    return stem


def check(
    projects: Sequence[Row],
    ids: Iterable[str],
    figures: Iterable[Row],
    vocabulary: Vocabulary,
    *,
    complete: bool,
) -> Iterator[Finding]:
    """Yield where projects and their figures disagree.

    ``ids`` are those of all projects, broken rows too. With ``complete`` every number of a project
    must be a figure.
    """
    own: dict[str, list[Row]] = {name: [] for name in ids if name}
    for row in figures:
        if project := project_of(row.get("id"), own):
            own[project].append(row)
    for row in projects:
        yield from _check_project(row, own.get(row.get("id"), []), vocabulary, complete=complete)


def _check_project(
    project: Row, figures: Sequence[Row], vocabulary: Vocabulary, *, complete: bool
) -> Iterator[Finding]:
    for figure in figures:
        if figure.get("province") != project.get("province"):
            message = _(
                "{own!r}, where {id} has {other!r}",
                own=project.get("province"), id=figure.get("id"), other=figure.get("province"),
            )  # fmt: skip
            yield project.finding("province", message, _("write the same in both"))
    for columns in _FIGURES:
        if not project.get(columns.value):
            continue
        candidates = [row for row in figures if _is_of(row, columns.value, vocabulary)]
        if candidates:
            yield from _compare(project, columns, candidates, vocabulary)
        elif complete:
            message = _("{value} is not a figure of metrics", value=project.get(columns.value))
            name = f"{project.get('id')}_{columns.value}"
            yield project.finding(columns.value, message, _("add it there as {id}", id=name))


def _compare(
    project: Row, columns: _Figure, figures: Sequence[Row], vocabulary: Vocabulary
) -> Iterator[Finding]:
    """Yield the first difference from the most similar figure."""
    differing = [_differing(project, columns, row, vocabulary) for row in figures]
    fewest = min(differing, key=len)
    if not fewest:
        return
    column, figure = fewest[0], figures[differing.index(fewest)]
    message = _(
        "{own!r}, where {id} has {other}",
        own=project.get(column), id=figure.get("id"),
        other=" ".join(figure.get(name) for name in ("bound", "value", "unit")),
    )  # fmt: skip
    yield project.finding(column, message, _("write the same in both"))


def _is_of(figure: Row, category: str, vocabulary: Vocabulary) -> bool:
    """Return whether a figure is of a category; an average is a figure of something else."""
    indicator = indicator_of(figure, vocabulary)
    return indicator is not None and indicator.category == category and indicator.kind != "average"


def _differing(project: Row, columns: _Figure, figure: Row, vocabulary: Vocabulary) -> list[str]:
    """Return the columns of a project in which a figure differs from it."""
    differing = []
    value, other = number(project.get(columns.value)), number(figure.get("value"))
    unit = figure.get("unit")
    if not columns.unit and other is not None and is_known_unit(unit, vocabulary):
        # Jobs in projects are plain posts: 1.6 万个 are 16000.
        other *= vocabulary.unit(unit).factor
    if value is not None and other is not None and value != other:
        differing.append(columns.value)
    if columns.unit and project.get(columns.unit) != unit:
        differing.append(columns.unit)
    if columns.bound and (project.get(columns.bound) or "exact") != figure.get("bound"):
        differing.append(columns.bound)
    return differing


def without_project(projects: Sequence[Row], figures: Iterable[Row]) -> Iterator[Finding]:
    """Yield the figures of the scope "project" that belong to no project, if any are listed."""
    prefixes = tuple(f"{row.get('id')}_" for row in projects)
    for row in figures if prefixes else ():
        if row.get("scope") == "project" and not row.get("id").startswith(prefixes):
            message = _("the id of this figure of a project begins with no id of projects.csv")
            fix = _("add the project, or begin the id with its id")
            yield row.finding("id", message, fix)
