"""A project and its figures: what stands in projects.csv stands in metrics.csv alike."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from transfer_cli.checking.cells import number
from transfer_cli.checking.finding import Finding
from transfer_cli.checking.measured import indicator_of, known_unit
from transfer_cli.checking.tablefile import Row, TableFile
from transfer_cli.model import lookups

LONGEST = 200
"""No id is longer; each of its underscores is a step of the search for its project."""


@dataclass(frozen=True, slots=True)
class Told:
    """A figure of a project: the columns that hold it, and the category of its indicator."""

    value: str
    unit: str = ""
    bound: str = ""


FIGURES = (
    Told("investment", "investment_unit", "investment_bound"),
    Told("capacity", "capacity_unit"),
    Told("output", "output_unit"),
    Told("jobs", bound="jobs_bound"),
)


def check(
    projects: TableFile, metrics: Sequence[TableFile], *, grounded: bool = False
) -> Iterator[Finding]:
    """Yield where a project and the metrics that its id leads disagree.

    ``grounded`` asks for a metric behind every figure of a project, too.
    """
    led = _led(projects, metrics)
    for project in projects.whole:
        own = led.get(project.get("id"), [])
        for row in own:
            if row.get("province") != project.get("province"):
                told = f"{project.get('province')!r}, where {row.get('id')} has"
                wrong = f"{told} {row.get('province')!r}"
                yield projects.at(project, "province", wrong, "write the same in both")
        for told_in in FIGURES:
            if project.get(told_in.value):
                yield from _figure(projects, project, told_in, own, grounded=grounded)


def _led(projects: TableFile, metrics: Sequence[TableFile]) -> dict[str, list[Row]]:
    """Return the metrics of each project: those whose ids begin with its own, the longest."""
    led: dict[str, list[Row]] = {row.get("id"): [] for row in projects.rows if row.get("id")}
    for table in metrics:
        for row in table.whole:
            stem = row.get("id")[:LONGEST].rpartition("_")[0]
            while stem and stem not in led:
                stem = stem.rpartition("_")[0]
            if stem:
                led[stem].append(row)
    return led


def _figure(
    table: TableFile, project: Row, told: Told, own: Sequence[Row], *, grounded: bool
) -> Iterator[Finding]:
    """One of the metrics of a kind agrees; where none does, the nearest says what differs."""
    alike = [row for row in own if _is(row, told.value)]
    if not alike and grounded:
        wrong = f"{project.get(told.value)} is no figure of metrics"
        fix = f"add it there as {project.get('id')}_{told.value}"
        yield table.at(project, told.value, wrong, fix)
    differing = sorted((_differing(project, told, row) for row in alike), key=len)
    if alike and differing[0]:
        column = differing[0][0]
        nearest = min(alike, key=lambda row: len(_differing(project, told, row)))
        words = (nearest.get(name) for name in ("bound", "value", "unit"))
        wrong = f"{project.get(column)!r}, where {nearest.get('id')} has {' '.join(words)}"
        yield table.at(project, column, wrong, "write the same in both")


def _is(row: Row, category: str) -> bool:
    """Whether a metric is of the kind of a project's figure; an average tells of something else."""
    known = indicator_of(row)
    return known is not None and known.category == category and known.kind != "average"


def _differing(project: Row, told: Told, row: Row) -> list[str]:
    """Return the columns of a project's figure in which a metric differs from it."""
    wrong = []
    unit = project.get(told.unit) if told.unit else row.get("unit")
    value, other = number(project.get(told.value)), number(row.get("value"))
    if not told.unit and known_unit(row.get("unit")) and other is not None:
        # Jobs in projects are plain posts: 1.6 万个 are 16000.
        other *= lookups.current().units.parse(row.get("unit")).factor
    if value is not None and other is not None and value != other:
        wrong.append(told.value)
    if unit != row.get("unit"):
        wrong.append(told.unit)
    if told.bound and (project.get(told.bound) or "exact") != row.get("bound"):
        wrong.append(told.bound)
    return wrong


def unlisted(projects: Sequence[TableFile], metrics: Sequence[TableFile]) -> Iterator[Finding]:
    """Yield the metrics of a project that no row of projects leads, where any are listed."""
    led = tuple(f"{row.get('id')}_" for table in projects for row in table.rows)
    for table in metrics if led else []:
        for row in table.whole:
            if row.get("scope") == "project" and not row.get("id").startswith(led):
                told = "no project of projects.csv leads the id of this figure of a project"
                yield table.at(row, "id", told, "add the project, or begin the id with its id")
