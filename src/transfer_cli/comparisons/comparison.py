"""What is compared, and what comes of it: rows of like figures by column."""

from typing import NamedTuple

from transfer_cli.errors import UsageError, unknown
from transfer_cli.model import regions, units
from transfer_cli.model.figures import Figure
from transfer_cli.model.names import matches


class Request(NamedTuple):
    """What is compared: indicators and categories, and the column that spreads sideways."""

    wanted: tuple[str, ...] = ()
    by: str = "province"
    provinces: tuple[str, ...] = ()
    unit: str = ""


class Row(NamedTuple):
    """Figures that agree in all the keys, by column; they are shown in the unit of the row."""

    keys: dict[str, str]
    unit: units.Unit
    cells: dict[str, list[Figure]]

    def shown(self, column: str, most: int | None = None) -> list[Figure]:
        """Return the figures of a column, or the first of them, in the unit of the row."""
        return [figure.to(self.unit) for figure in self.cells.get(column, [])[:most]]

    def single(self, column: str) -> Figure | None:
        """Return the figure of a column, if it prints just one, in the unit of the row."""
        first = self.shown(column, 2)
        return first[0] if len(first) == 1 else None


class Comparison(NamedTuple):
    """The rows in order, the columns in order, and what the table had in all."""

    by: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    name: str
    total: int
    headline: bool
    notes: tuple[str, ...] = ()
    header: tuple[str, ...] = ()

    @property
    def figures(self) -> list[Figure]:
        """Every figure shown, in the order in which it is shown."""
        return [
            f for row in self.rows for column in self.columns for f in row.cells.get(column, [])
        ]


def silent(comparison: Comparison) -> list[str]:
    """Return the columns in which nothing is printed."""
    spoken = {column for row in comparison.rows for column, cell in row.cells.items() if cell}
    return [column for column in comparison.columns if column not in spoken]


def column_named(comparison: Comparison, given: str) -> str:
    """Return the column a user means by ``given``; raise UsageError, with did-you-mean."""
    wanted = regions.find(given) if comparison.by == "province" else None
    for column in comparison.columns:
        if column == wanted or (wanted is None and matches(given, column)):
            return column
    if not comparison.columns:
        raise UsageError("there is no column to compare with", "transfer-cli compare all")
    raise unknown("column", given, [column for column in comparison.columns if column])
