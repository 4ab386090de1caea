"""Comparable figures side by side: one row for each comparable group, one column a province."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from transfer_cli.compare import averages, indicators
from transfer_cli.compare.indicators import Request
from transfer_cli.compare.silence import Silence
from transfer_cli.errors import RefusedError, UsageError, unknown
from transfer_cli.messages import _, join, pick
from transfer_cli.model import codelists, labels, names, ordering, periods, regions
from transfer_cli.model.figure import Figure
from transfer_cli.model.labels import TOTAL
from transfer_cli.model.schema import NO_SCHEMA, PERIODS, Schema
from transfer_cli.model.units import Dimension, Unit
from transfer_cli.model.vocabulary import Vocabulary
from transfer_cli.rules.decision import COMPARABILITY

BY = ("province", "place", "status", "period", "industry", "scope", "subject", "source")
"""The columns whose values can become the columns of a comparison."""
WHO = ("province", "place", "subject")
"""The columns that say what a row is about if stages or periods are the columns."""
MAX_NAMED = 3
"""Rows that a message names: a large table may have one for each of its groups."""


class Row(NamedTuple):
    """Figures that agree in all the keys, by column, shown in the unit of the row.

    In a row of totals ``added`` names, by column, the places and subjects that were added.
    """

    keys: dict[str, str]
    unit: Unit
    cells: dict[str, list[Figure]]
    added: dict[str, tuple[str, ...]] | None = None

    @property
    def is_total(self) -> bool:
        """Whether the figures are totals of other rows."""
        return self.added is not None

    def shown(self, column: str, limit: int | None = None) -> list[Figure]:
        """Return the figures of a column, at most ``limit``, in the unit of the row."""
        return [figure.to(self.unit) for figure in self.cells.get(column, [])[:limit]]

    def single(self, column: str) -> Figure | None:
        """Return the figure of a column, if it has just one, in the unit of the row."""
        first = self.shown(column, 2)
        return first[0] if len(first) == 1 else None


def about(row: Row) -> str:
    """Return the name of a row for a message."""
    words = (
        labels.code(name, (regions.find(word) if name == "province" else "") or word)
        for name, word in row.keys.items()
        if word
    )
    return pick(" ", "·").join(words)


def together(refused: Mapping[str, Sequence[str]]) -> list[str]:
    """Return reasons, each once behind the first names of the rows that it is against."""
    reasons = []
    for reason, rows in refused.items():
        names = list(dict.fromkeys(filter(None, rows)))
        more = _(" and {n} more", n=len(names) - MAX_NAMED) if names[MAX_NAMED:] else ""
        reasons.append(f"{join(names[:MAX_NAMED])}{more}{reason}")
    return reasons


def is_period(column: str) -> bool:
    """Return whether a column holds periods."""
    return column in PERIODS


class Comparison(NamedTuple):
    """The rows and the columns of a comparison, in order.

    A row has, by column, the figures of one or more rows of the table; ``TOTAL`` is the last column
    where totals are requested. A figure has the cells of its row, its quantity as an interval in a
    unit, and its indicator.

    ``name``, ``header`` and ``schema`` are the name, the columns and the schema of the table,
    ``total`` is the number of its rows. ``used`` counts the figures behind those shown: an average
    has two. ``headline`` is true if no indicator was named, so that the headline categories are
    shown. ``summed`` is true if a figure is a sum of rows; ``incomplete`` are the ids of sums in
    which a row has no number. ``silence`` says which columns have no printed figure on what is
    compared; ``narrowed`` is true if rows were selected by more than the province, ``partial`` if
    an empty cell may have a figure that is not selected, ``selected`` if the total of a row may
    have others that are not. ``report`` is true if the table has figures of the built-in report.
    """

    by: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    name: str
    total: int
    headline: bool = False
    notes: tuple[str, ...] = ()
    header: tuple[str, ...] = ()
    summed: bool = False
    used: int = 0
    silence: Silence = Silence()
    narrowed: bool = False
    partial: bool = False
    selected: bool = False
    report: bool = False
    schema: Schema = NO_SCHEMA
    incomplete: frozenset[str] = frozenset()

    def named(self, column: str) -> str:
        """Return a column as a message names it: its code in English, its label in Chinese."""
        return labels.code(self.by, column) if column else ""

    @property
    def own_columns(self) -> list[str]:
        """The columns, without the column of totals."""
        return [column for column in self.columns if column != TOTAL]

    @property
    def figures(self) -> list[Figure]:
        """Every figure shown, in the order in which it is shown."""
        return [
            figure
            for row in self.rows
            for column in self.columns
            for figure in row.cells.get(column, [])
        ]

    def column(self, name: str) -> str:
        """Return the column that a user names; raise UsageError, with did-you-mean."""
        province = regions.find(name) if self.by == "province" else None
        period = periods.find(name) if is_period(self.by) else None
        columns = self.own_columns
        for column in columns:
            if period and period == periods.find(column):
                return column
            if column == province or (not province and not period and names.matches(name, column)):
                return column
        if not columns:
            raise UsageError(_("there is no column to compare with"), "transfer-cli compare all")
        raise unknown(_("column"), name, [column for column in columns if column])


def rows_of(figures: Sequence[Figure], request: Request, vocabulary: Vocabulary) -> tuple[Row, ...]:
    """Return the rows that figures make, in the stated order.

    Figures are in one row if they agree in the dimension and in every column of comparability but
    ``request.by``. Raises RefusedError for a unit of another dimension than all figures.
    """
    sources = any(figure.get("source") for figure in figures)
    keys = key_columns(request.by, request.apart, sources=sources)
    requested = _requested_units(figures, request.unit, vocabulary)
    rows: dict[tuple[object, ...], Row] = {}
    for figure in figures:
        printed = figure.quantity.unit
        unit = requested.get(printed.dimension)
        if unit:
            figure = _converted(figure, unit)
        unit = unit or vocabulary.default_unit(printed, figure.indicator)
        cells = [figure.get(key) or (figure.get(f"{key}_zh") if key in WHO else "") for key in keys]
        key = (*cells, unit.dimension)
        if key not in rows:
            rows[key] = Row(dict(zip(keys, cells, strict=True)), unit, {})
        rows[key].cells.setdefault(_column(figure, request.by), []).append(figure)
    return tuple(sorted(rows.values(), key=_row_order(keys, vocabulary)))


def columns_of(
    rows: Sequence[Row], request: Request, vocabulary: Vocabulary, *, report: bool
) -> tuple[str, ...]:
    """Return the columns of rows in order; provinces without a printed figure are among them."""
    present = {column for row in rows for column in row.cells}
    if request.by == "province":
        present |= set(request.provinces or (codelists.PROVINCES if report else ()))
    return tuple(sorted(present, key=ordering.sort_key(vocabulary, request.by)))


def requested_figures(
    figures: Sequence[Figure], request: Request, vocabulary: Vocabulary, by: str = ""
) -> tuple[list[Figure], int]:
    """Return the figures of the named indicators, and the averages named as ``a / b``.

    The number counts the figures used: an average uses two. Both sides of an average agree in the
    column ``by``. Raises RefusedError if no cohort prints both sides of an average.
    """
    own = request.own
    ratios = [name for name in request.names if len(indicators.sides(name, own)) > 1]
    plain = [name for name in request.names if name not in ratios]
    codes = {*indicators.resolve(plain, vocabulary, own)} if plain or not ratios else set()
    found = [figure for figure in figures if figure.get("indicator") in codes]
    used = {figure.id for figure in found}
    for name in ratios:
        above, below = indicators.sides(name)
        made = averages.averages(
            figures,
            indicators.resolve([above], vocabulary, own),
            indicators.resolve([below], vocabulary, own),
            vocabulary,
            by,
        )
        if not made:
            raise RefusedError(
                _("no figures of {above} and {below} are of one cohort", above=above, below=below),
                f"transfer-cli compare {above} {below}",
            )
        found += [average.figure for average in made]
        used |= {name for average in made for name in average.ids}
    return found, len(used)


def key_columns(by: str, apart: Sequence[str], *, sources: bool) -> tuple[str, ...]:
    """Return the columns that distinguish rows if the values of ``by`` are the columns."""
    who: tuple[str, ...] = ()
    if by in ("period", "year", "status", "scope", "source"):
        who = WHO
    elif by == "industry":
        who = ("province",)
    shared = (key for key in COMPARABILITY if key != "source" or sources)
    spread = {by, "period"} if by == "year" else {by}
    return tuple(dict.fromkeys(key for key in (*shared, *who, *apart) if key not in spread))


def _converted(figure: Figure, unit: Unit) -> Figure:
    """Return a figure in a unit that the user requested, its cells too."""
    quantity = figure.quantity.to(unit)
    cells = quantity.cells()
    row = {**figure.row, "value": cells["value"], "unit": cells["unit"]}
    return figure._replace(row=row, quantity=quantity)


def _requested_units(
    figures: Sequence[Figure], name: str, vocabulary: Vocabulary
) -> dict[Dimension, Unit]:
    """Return the requested unit by dimension; raise RefusedError if it fits none."""
    fitting: dict[Dimension, Unit] = {}
    refused: list[RefusedError] = []
    for figure in figures if name else ():
        printed = figure.quantity.unit
        if printed.dimension in fitting:
            continue
        try:
            fitting[printed.dimension] = vocabulary.units.target(name, printed)
        except RefusedError as error:
            known = figure.indicator
            label = pick(known.label, known.label_zh) if known else figure.get("indicator")
            refused.append(
                RefusedError(_("{label}: {error}", label=label, error=error), error.hint)
            )
    if refused and not fitting:
        raise refused[0]
    return fitting


def _row_order(keys: Sequence[str], vocabulary: Vocabulary) -> Callable[[Row], tuple[object, ...]]:
    positions = {key: ordering.sort_key(vocabulary, key) for key in keys}
    return lambda row: (*(positions[key](row.keys[key]) for key in keys), row.unit.name)


def _column(figure: Figure, by: str) -> str:
    value = figure.get(by)
    return regions.find(value) or value if by == "province" else value
