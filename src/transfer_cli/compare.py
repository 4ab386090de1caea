"""Like figures side by side: one row for each likeness, one column for each province."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from transfer_cli import figures, lookups, regions, units, vocab
from transfer_cli.errors import RefusedError, UsageError
from transfer_cli.figures import Figure
from transfer_cli.names import category_aliases, choose, indicator_aliases
from transfer_cli.ordering import position
from transfer_cli.schema import LIKENESS
from transfer_cli.table import Table

BY = ("province", "place", "status", "period", "industry", "scope", "subject", "source")
_WHO = ("province", "place", "subject")
"""Who a row is about when its columns are not provinces."""


@dataclass(frozen=True, slots=True)
class Request:
    """What is compared: indicators and categories, and the column that spreads sideways."""

    wanted: tuple[str, ...] = ()
    by: str = "province"
    provinces: tuple[str, ...] = ()
    unit: str = ""


@dataclass(frozen=True)
class Row:
    """Figures that agree in all the keys, by column; all are in the unit of the row."""

    keys: dict[str, str]
    unit: units.Unit
    cells: dict[str, list[Figure]] = field(default_factory=dict)


@dataclass(frozen=True)
class Comparison:
    """The rows in order, the columns in order, and the figures as they stand in the table."""

    by: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    table: Table
    total: int
    headline: bool


def resolve(wanted: Sequence[str]) -> tuple[str, ...]:
    """Return the codes of indicators that names of indicators, categories or ``all`` mean.

    No name means the headline categories. Raises UsageError, with did-you-mean.
    """
    if any(name.casefold() in ("all", "全部") for name in wanted):
        wanted = tuple(vocab.CATEGORIES)
    known = lookups.indicators()
    aliases = {**category_aliases(), **indicator_aliases()}
    for code, names in category_aliases().items():
        aliases[code] = (*names, *indicator_aliases().get(code, ()))
    codes: list[str] = []
    for name in wanted or vocab.HEADLINES:
        code = choose("indicator", name, aliases)
        inside = [row.code for row in known.values() if row.category == code]
        codes.extend(inside if code in vocab.CATEGORIES else [code])
    return tuple(dict.fromkeys(codes))


def compare(table: Table, request: Request) -> Comparison:
    """Return the figures of ``table`` set side by side as asked.

    Raises UsageError for a column that cannot be spread, RefusedError for a unit of another
    dimension.
    """
    if request.by not in BY:
        raise UsageError(f"cannot compare by {request.by!r}", f"choose from {', '.join(BY)}")
    table.require(["indicator", "value", request.by])
    total = len(table.frame)
    codes = resolve(request.wanted)
    kept = table.with_frame(table.frame[table.frame["indicator"].isin(codes)])
    rows = _rows(list(figures.read(kept)), request)
    columns = _columns(rows, request, table)
    return Comparison(
        request.by, columns, tuple(rows), _listed(kept, rows), total, not request.wanted
    )


def _listed(table: Table, rows: Sequence[Row]) -> Table:
    """Return the table with its rows in the order in which the comparison shows them."""
    shown = [figure.position for row in rows for cell in row.cells.values() for figure in cell]
    return table.with_frame(table.frame.iloc[shown])


def _keys(by: str) -> tuple[str, ...]:
    who: tuple[str, ...] = ()
    if by in ("period", "status", "scope", "source"):
        who = _WHO
    elif by == "industry":
        who = ("province",)
    return tuple(key for key in (*LIKENESS, *who) if key != by)


def _rows(found: Sequence[Figure], request: Request) -> list[Row]:
    groups: dict[tuple[object, ...], Row] = {}
    for figure in found:
        keys = {key: figure.get(key) for key in _keys(request.by)}
        unit = _row_unit(figure, request.unit)
        row = groups.setdefault((*keys.values(), unit.dimension), Row(keys, unit))
        shown = replace(figure, quantity=figure.quantity.to(row.unit))
        row.cells.setdefault(_column(figure, request.by), []).append(shown)
    return sorted(groups.values(), key=_row_order(_keys(request.by)))


def _row_unit(figure: Figure, wanted: str) -> units.Unit:
    if not wanted:
        return figures.default_unit(figure)
    try:
        return units.target(wanted, figure.quantity.unit)
    except RefusedError as error:
        label = figure.indicator.label if figure.indicator else figure.get("indicator")
        raise RefusedError(f"{label}: {error}", error.hint) from None


def _row_order(keys: Sequence[str]) -> Callable[[Row], tuple[object, ...]]:
    def order(row: Row) -> tuple[object, ...]:
        return (*(position(key, row.keys[key]) for key in keys), row.unit.name)

    return order


def _column(figure: Figure, by: str) -> str:
    value = figure.get(by)
    return regions.find(value) or value if by == "province" else value


def _columns(rows: Sequence[Row], request: Request, table: Table) -> tuple[str, ...]:
    present = {column for row in rows for column in row.cells}
    if request.by == "province":
        report = set(table.frame["province"]) >= set(vocab.PROVINCES)
        wanted = request.provinces or (vocab.PROVINCES if report else ())
        present |= set(wanted)
    return tuple(sorted(present, key=lambda value: position(request.by, value)))


def silent(comparison: Comparison) -> list[str]:
    """Return the columns in which nothing is printed."""
    spoken = {column for row in comparison.rows for column, cell in row.cells.items() if cell}
    return [column for column in comparison.columns if column not in spoken]
