"""Like figures side by side: one row for each likeness, one column for each province."""

from collections.abc import Callable, Sequence

from transfer_cli.comparisons import cohorts
from transfer_cli.comparisons.comparable import codes, resolve
from transfer_cli.comparisons.comparison import Comparison, Request, Row
from transfer_cli.errors import RefusedError, unknown
from transfer_cli.model import codelists, figures, lookups, regions, units
from transfer_cli.model.figures import Figure
from transfer_cli.model.ordering import position
from transfer_cli.model.schema import LIKENESS, unguarded
from transfer_cli.sheet import Sheet

BY = ("province", "place", "status", "period", "industry", "scope", "subject", "source")
_WHO = ("province", "place", "subject")
"""Who a row is about when its columns are stages or times of one thing."""


def compare(table: Sheet, request: Request, total: int | None = None) -> Comparison:
    """Return the figures of ``table`` set side by side as asked.

    ``total`` is how many figures there were, where only those of the indicators wanted are left.
    Raises UsageError for a column that cannot be spread, RefusedError for a unit of another
    dimension.
    """
    if request.by not in BY:
        raise unknown("column to compare by", request.by, BY)
    table.require(["indicator", "value", request.by])
    found = list(_wanted(table, request.wanted))
    rows = _rows(found, request)
    columns = _columns(rows, request, table)
    shown = tuple(rows)
    headline = not request.wanted and table.report
    notes = table.notes if table.guarded else (*table.notes, unguarded(table.columns))
    total = len(table) if total is None else total
    if not rows and not table.notes:
        told = ", ".join(request.wanted) or "the headline categories"
        notes = (*notes, f"none of the {total:,} figures wanted of {table.name} is of {told}")
    return Comparison(
        request.by, columns, shown, table.name, total, headline, notes, tuple(table.columns)
    )


def _wanted(table: Sheet, wanted: Sequence[str]) -> list[Figure]:
    """Return the figures of the indicators wanted, and the averages asked for as ``a / b``."""
    averages = [name for name in wanted if "/" in name]
    plain = [name for name in wanted if "/" not in name]
    found = _of(table, resolve(plain)) if plain or not averages else []
    sides = _of(table, codes(averages)) if averages else []
    for name in averages:
        above, below = map(str.strip, name.split("/", 1))
        ratio = cohorts.averages(sides, resolve([above]), resolve([below]))
        if not ratio:
            raise RefusedError(
                f"no figures of {above} and {below} are of one cohort",
                f"transfer-cli compare {above} {below}",
            )
        found.extend(ratio)
    return found


def _of(table: Sheet, wanted: Sequence[str]) -> list[Figure]:
    return list(figures.read(table.where("indicator", {*wanted})))


def _keys(by: str, sources: bool) -> tuple[str, ...]:
    who: tuple[str, ...] = ()
    if by in ("period", "status", "scope", "source"):
        who = _WHO
    elif by == "industry":
        who = ("province",)
    source = ("source",) if sources else ()
    return tuple(key for key in (*LIKENESS, *source, *who) if key != by)


def _rows(found: Sequence[Figure], request: Request) -> list[Row]:
    names = _keys(request.by, any(figure.get("source") for figure in found))
    fitting = _units(found, request.unit)
    chosen: dict[tuple[object, ...], units.Unit] = {}
    groups: dict[tuple[object, ...], Row] = {}
    for figure in found:
        printed = figure.quantity.unit
        kind = (figure.get("indicator"), printed.name, printed.dimension)
        if kind not in chosen:
            chosen[kind] = fitting.get(printed.dimension) or figures.default_unit(figure)
        unit = chosen[kind]
        values = [figure.named(name) if name in _WHO else figure.get(name) for name in names]
        key = (*values, unit.dimension)
        row = groups.get(key)
        if row is None:
            row = groups[key] = Row(dict(zip(names, values, strict=True)), unit, {})
        told = _told_in(figure, row.unit) if fitting else figure
        row.cells.setdefault(_column(figure, request.by), []).append(told)
    return sorted(groups.values(), key=_row_order(names))


def _told_in(figure: Figure, unit: units.Unit) -> Figure:
    """Return a figure in a unit that the user asked for, its cells too."""
    quantity = figure.quantity.to(unit)
    cells = quantity.cells()
    row = {**figure.row, "value": cells["value"], "unit": cells["unit"]}
    return figure._replace(row=row, quantity=quantity)


def _units(found: Sequence[Figure], wanted: str) -> dict[units.Dimension, units.Unit]:
    """Return the unit for each dimension that ``wanted`` fits; refuse one that fits none."""
    fitting: dict[units.Dimension, units.Unit] = {}
    refused: list[RefusedError] = []
    for figure in found if wanted else ():
        try:
            unit = lookups.current().units.target(wanted, figure.quantity.unit)
            fitting[figure.quantity.unit.dimension] = unit
        except RefusedError as error:
            label = figure.indicator.label if figure.indicator else figure.get("indicator")
            refused.append(RefusedError(f"{label}: {error}", error.hint))
    if refused and not fitting:
        raise refused[0]
    return fitting


def _row_order(keys: Sequence[str]) -> Callable[[Row], tuple[object, ...]]:
    def order(row: Row) -> tuple[object, ...]:
        return (*(position(key, row.keys[key]) for key in keys), row.unit.name)

    return order


def _column(figure: Figure, by: str) -> str:
    value = figure.get(by)
    return regions.find(value) or value if by == "province" else value


def _columns(rows: Sequence[Row], request: Request, table: Sheet) -> tuple[str, ...]:
    present = {column for row in rows for column in row.cells}
    if request.by == "province":
        present |= set(request.provinces or (codelists.PROVINCES if table.report else ()))
    return tuple(sorted(present, key=lambda value: position(request.by, value)))
