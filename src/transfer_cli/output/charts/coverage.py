"""How many figures each province prints of each category, as a heat map."""

from typing import TYPE_CHECKING, Any, NamedTuple

from transfer_cli.messages import _
from transfer_cli.model.labels import MISSING, label
from transfer_cli.output import terminal
from transfer_cli.output.charts.screen import plain
from transfer_cli.output.write import View
from transfer_cli.query.condition import Condition
from transfer_cli.query.notes import notes
from transfer_cli.streams import safe
from transfer_cli.tables.source import Source
from transfer_cli.tables.table import Table

if TYPE_CHECKING:
    from rich.text import Text

SHADES = "░▒▓█"
"""The shades of cells, from few figures to many."""
PLAIN_SHADES = ".:o#"


class Coverage(NamedTuple):
    """A heat map: labels of its rows and columns, the figures of each row, and the lines below."""

    title: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    figures: tuple[tuple[int, ...], ...]
    footer: tuple[str, ...]

    @property
    def most(self) -> int:
        """The largest number of figures of a cell, at least 1."""
        return max((number for row in self.figures for number in row), default=0) or 1


def view(source: Source, where: Condition) -> View:
    """Return the coverage of a source: a heat map for people, its counts for machines."""
    from transfer_cli import describe

    table = describe.coverage(source, where)

    def picture() -> dict[str, Any]:
        from transfer_cli.output.charts.spec import of_coverage

        return of_coverage(of_table(table))

    return View(
        lambda: table,
        lambda color: render(of_table(table), color=color),
        len(table),
        (*table.notes, *notes(source, where)),
        picture=picture,
    )


def of_table(table: Table) -> Coverage:
    """Return the heat map of the table that ``describe.coverage`` makes."""
    category, *provinces = table.columns
    rows = [label("category", code, table.vocabulary) for code in table.frame[category]]
    columns = [safe(table.field(name).label()) for name in provinces]
    cells = table.frame[provinces].itertuples(index=False, name=None)
    figures = tuple(tuple(int(cell or 0) for cell in row) for row in cells)
    total = sum(map(sum, figures))
    source = safe(table.name)
    footer = (
        f"{MISSING} {_('not printed')}",
        _("Source: {name}, {total:,} figures.", name=source, total=total),
    )
    title = _("Figures by category and province")
    return Coverage(title, tuple(rows), tuple(columns), figures, footer)


def render(coverage: Coverage, *, color: bool) -> str:
    """Return a heat map drawn for a terminal: a shade and a number for each cell."""
    from rich.table import Table as Grid
    from rich.text import Text

    if not any(coverage.figures):
        return ""
    grid = Grid(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    grid.add_column("")
    for column in coverage.columns:
        grid.add_column(Text(column), justify="right")
    for row, numbers in zip(coverage.rows, coverage.figures, strict=True):
        grid.add_row(Text(row), *(_shaded(number, coverage.most) for number in numbers))
    body = terminal.draw(grid, color=color)
    return "\n".join(["", body.rstrip("\n"), "", *terminal.wrap_all(coverage.footer, "  "), ""])


def _shaded(figures: int, most: int) -> "Text":
    from rich.text import Text

    if not figures:
        return Text(MISSING, style="dim")
    shades = PLAIN_SHADES if plain() else SHADES
    shade = shades[min(len(shades) - 1, (figures - 1) * len(shades) // most)]
    return Text.assemble((shade * 3, "cyan"), f" {figures:>2}")
