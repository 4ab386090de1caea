"""Measures of the cells of a row: differences, shares, ranks, growth, index numbers.

Each function takes a row and its context, and returns the measures of the row by column and by
name. It raises RefusedError if they have no meaning for the row.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from transfer_cli.calc import arithmetic, growth_rates
from transfer_cli.calc.rates import HUNDRED, PERCENT_UNIT
from transfer_cli.calc.term import Term, of_figure
from transfer_cli.compare import ranking
from transfer_cli.compare.comparison import Comparison, Row, about
from transfer_cli.errors import RefusedError, few
from transfer_cli.messages import _, join
from transfer_cli.model import intervals, labels, periods
from transfer_cli.model.figure import Quantity
from transfer_cli.model.names import is_part, is_rest, is_total
from transfer_cli.model.units import ONE
from transfer_cli.model.vocabulary import Vocabulary, provinces
from transfer_cli.rules import nesting
from transfer_cli.rules.decision import COMPARABILITY, decide
from transfer_cli.rules.decision import of_figure as record_of
from transfer_cli.rules.ratio import RATES
from transfer_cli.stats import concentration

Measures = dict[str, Quantity | str]
"""The measures of a cell by name: a quantity, or a word such as a rank or a period."""
Cells = dict[str, Measures]
"""The measures of a row by column."""
Derivation = Callable[[Row, "Context"], Cells]
"""Returns the measures of a row; empty for a row without a base to compare with."""


class Context(NamedTuple):
    """The comparison of a row, and the base column, if there is one.

    ``refused`` collects the reasons why single cells have no measure, ``caveats`` the notes on
    those that have one.
    """

    comparison: Comparison
    vocabulary: Vocabulary
    base: str
    refused: dict[str, None]
    caveats: dict[str, None]

    @property
    def across(self) -> tuple[str, ...]:
        """The column that a sum over the columns gives up, if it is one of comparability."""
        by = self.comparison.by
        return (by,) if by in COMPARABILITY else ()


def versus(row: Row, context: Context) -> Cells:
    """Return the difference of each column from the base, and its ratio to it."""
    columns = comparable_columns(row, context.comparison)
    base = context.base
    if base not in columns:
        named = context.comparison.named(base)
        raise RefusedError(_("nothing comparable is printed for {column}", column=named))
    return {
        column: _against(term(row, column), term(row, base), context.vocabulary)
        for column in columns
        if column != base
    }


def _against(one: Term, base: Term, vocabulary: Vocabulary) -> Measures:
    measures: Measures = {"difference": arithmetic.minus(one, base).quantity}
    above_zero = base.quantity.interval.value > 0 and base.quantity.interval.low >= 0
    if above_zero and record_of(one.figures[0]).implied_kind not in ("growth", "rank"):
        measures["ratio"] = arithmetic.over(one, base, vocabulary).quantity
    return measures


def share(row: Row, context: Context) -> Cells:
    """Return the share of each column in the sum of the row, if the row may be summed."""
    columns = comparable_columns(row, context.comparison, adding=True)
    total = sum_of(row, columns, context)
    amounts = [term(row, column).quantity.to(row.unit).interval for column in columns]
    if any(amount.low < 0 for amount in amounts):
        raise RefusedError(_("{row}: what may be below zero is not a share", row=about(row)))
    whole = total.quantity.to(row.unit).interval
    if not whole.value:
        raise RefusedError(_("{row}: the total is zero", row=about(row)))
    if wider(row, columns):
        found = [concentration.inside(amount, whole) for amount in amounts]
    else:
        found = concentration.shares(amounts)
    if concentration.read_about(amounts, found):
        context.caveats[_('"about" is read as ±10 %')] = None
    return {
        column: {"share": Quantity(one.scaled(HUNDRED), PERCENT_UNIT)}
        for column, one in zip(columns, found, strict=True)
        if one is not None
    }


def sum_of(row: Row, columns: Sequence[str], context: Context) -> Term:
    """Return the sum of the columns; a column of the nation or of a total is the sum by itself."""
    terms = [term(row, column) for column in columns]
    add = arithmetic.total if wider(row, columns) else arithmetic.plus
    return add(terms, context.vocabulary, context.across)


def wider(
    row: Row, columns: Sequence[str], reasons: Sequence[nesting.Reason] = ("inside",)
) -> list[str]:
    """Return the columns of a row that contain others: the nation, a total."""
    single = [(column, figure) for column in columns if (figure := row.single(column))]
    records = [record_of(figure) for _column, figure in single]
    return [single[place][0] for place in nesting.containers(records, *reasons)]


def rank(row: Row, context: Context) -> Cells:
    """Return the rank of each column in its row: one place, or every place that it may have.

    A column that contains others has no rank, nor has a part: the nation, 其他, 西部合计, 其中.
    """
    comparison = context.comparison
    columns = comparable_columns(row, comparison)
    without: list[str] = []
    containers = wider(row, columns, ("inside", "part"))
    if containers:
        names = join(labels.code(comparison.by, column) for column in containers)
        reason = (
            _("{row}: {column} contains the others", row=about(row), column=names)
            if len(containers) == 1 and not {*containers} & {*provinces()}
            else _("{row}: others may lie in {columns}", row=about(row), columns=names)
        )
        without.append(reason)
        columns = [column for column in columns if column not in containers]
    for column in [one for one in columns if is_rest(one) or is_total(one) or is_part(one)]:
        columns.remove(column)
        reason = (
            _("{row}: {column} is part of another", row=about(row), column=column)
            if is_part(column)
            else _("{row}: {column} is several together", row=about(row), column=column)
        )
        without.append(reason)
    if len(columns) < 2:
        raise RefusedError(few(without))
    context.refused.update(dict.fromkeys(without))
    figures = [figure for column in columns if (figure := row.single(column))]
    for refusal in decide("rank", [record_of(figure) for figure in figures]).refusals:
        if comparison.by not in COMPARABILITY:
            raise RefusedError(f"{about(row)}: {refusal.reason}")
    places = ranking.places(figures)
    return {column: {"rank": place} for column, place in zip(columns, places, strict=True)}


def growth(row: Row, context: Context) -> Cells:
    """Return the change, multiple and annual growth of each period from the nearest one before."""
    columns = _periods_of(row, context.comparison)
    kind = record_of(term(row, columns[0]).figures[0]).implied_kind if columns else ""
    if kind in RATES:
        message = _("{row}: this is a {kind}, and a {kind} changes by percentage points",
                    row=about(row), kind=labels.code("kind", kind))  # fmt: skip
        raise RefusedError(message)
    cells = {
        column: _grown(row, columns[:place], column, context)
        for place, column in enumerate(columns)
    }
    if not any(cells.values()):
        one, two = (term(row, column) for column in columns[-2:])
        _check_same(row, columns[-2], columns[-1], context)
        growth_rates.growth(one, two)
        raise RefusedError(_("no two periods are equally long"))
    unknown = (without_number(row, column, context.comparison) for column in columns)
    context.refused.update(dict.fromkeys(filter(None, unknown)))
    return {column: cell for column, cell in cells.items() if cell}


def _periods_of(row: Row, comparison: Comparison) -> list[str]:
    """Return the periods with a figure; refuse a row with fewer than two."""
    columns = [column for column in comparison.own_columns if row.single(column)]
    if len(columns) < 2:
        comparable_columns(row, comparison)
    return columns


def _grown(row: Row, earlier: Sequence[str], column: str, context: Context) -> Measures:
    """Return the growth of a column from the nearest earlier one that it can be compared with."""
    now = term(row, column)
    for before in reversed(earlier):
        base = term(row, before)
        try:
            _check_same(row, before, column, context)
            measures: Measures = {
                "since": before,
                "change": growth_rates.growth(base, now).quantity,
                "multiple": arithmetic.over(now, base, context.vocabulary).quantity,
            }
        except RefusedError:
            continue
        try:
            measures["annual"] = growth_rates.cagr(base, now).quantity
        except RefusedError:
            return measures
        return measures
    return {}


def index(row: Row, context: Context) -> Cells:
    """Return each period as an index number, with the base period = 100."""
    base = context.base
    columns = _periods_of(row, context.comparison)
    if base not in columns:
        named = context.comparison.named(base)
        raise RefusedError(
            _("{row}: nothing is printed for {column}", row=about(row), column=named)
        )

    def number(column: str) -> Measures:
        if column == base:
            return {"index": Quantity(intervals.exact(HUNDRED), ONE)}
        _check_same(row, base, column, context)
        return {"index": growth_rates.index(term(row, column), term(row, base)).quantity}

    return each_cell(columns, number, context, but=base)


def each_cell(
    columns: Sequence[str],
    measures: Callable[[str], Measures],
    context: Context,
    but: str = "",
) -> Cells:
    """Return the measures of each column; raise RefusedError if none has any, or only ``but``.

    The reasons against single ones are noted in the context.
    """
    cells: Cells = {}
    refused: list[RefusedError] = []
    for column in columns:
        try:
            cells[column] = measures(column)
        except RefusedError as error:
            refused.append(error)
    reasons = list(dict.fromkeys(map(str, refused)))
    if refused and not {*cells} - {but}:
        raise RefusedError(few(reasons), refused[0].hint)
    context.refused.update(dict.fromkeys(reasons))
    return cells


def _check_same(row: Row, one: str, other: str, context: Context) -> None:
    """Refuse to compare two totals that are not of the same places, or of all their rows."""
    for column in (one, other):
        if message := without_number(row, column, context.comparison):
            raise RefusedError(message)
    if row.added is not None and row.added.get(one) != row.added.get(other):
        raise RefusedError(
            _("{row}: {one} and {other} are not totals of the same places",
              row=about(row), one=labels.code("period", one),
              other=labels.code("period", other))
        )  # fmt: skip


def without_number(row: Row, column: str, comparison: Comparison) -> str:
    """Return why a sum says nothing of a change: one of its rows has no number; or nothing."""
    figure = row.single(column)
    if figure is None or figure.id not in comparison.incomplete:
        return ""
    return _("{row}: a row of {column} has no number",
             row=about(row), column=comparison.named(column))  # fmt: skip


def comparable_columns(row: Row, comparison: Comparison, *, adding: bool = False) -> list[str]:
    """Return the columns of a row that have a figure.

    Raises RefusedError for a row with fewer than two, with several figures in one column, with
    different industries, or with periods of unequal length. With ``adding`` the columns are parts
    of a sum: the rules of sums say whether industries may differ.
    """
    name = about(row)
    own = {column: row.cells[column] for column in comparison.own_columns if column in row.cells}
    if any(len(cell) > 1 for cell in own.values()):
        raise RefusedError(_("{row}: a cell holds several figures", row=name))
    filled = list(own)
    if len(filled) < 2:
        only = comparison.named(filled[0]) or _("one column") if filled else _("nothing")
        if comparison.partial:
            raise RefusedError(_("{row}: only {column} has it in this selection",
                                 row=name, column=only))  # fmt: skip
        if comparison.selected:
            message = _("{row}: only {column} has it in this selection, and silence is not zero",
                        row=name, column=only)  # fmt: skip
            raise RefusedError(message)
        raise RefusedError(
            _("{row}: only {column} prints it, and silence is not zero", row=name, column=only)
        )
    if "period" not in row.keys and len({months(column) for column in filled}) > 1:
        names = join(map(comparison.named, filled))
        raise RefusedError(_("{row}: {periods} differ in length", row=name, periods=names))
    industries = {figure.get("industry") for cell in own.values() for figure in cell}
    spread = comparison.by == "industry"
    if len(industries) > 1 and row.keys.get("industry") is None and not spread:
        names = _(" and ").join(sorted(word or _("all industries") for word in industries))
        raise RefusedError(_("{row}: {industries} are not comparable", row=name, industries=names))
    return filled


def months(period: str) -> int:
    """Return the length of a period in months; -1 for a period that is not printed."""
    span = periods.find(period)
    return span.months if span else -1


def term(row: Row, column: str) -> Term:
    """Return the one figure that a row has in a column."""
    figure = row.single(column)
    assert figure is not None  # noqa: S101  (comparable_columns returns columns with one figure)
    return of_figure(figure)
