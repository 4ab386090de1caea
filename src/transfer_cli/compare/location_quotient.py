"""Location quotients: how concentrated an industry is in a province, compared with the nation."""

from transfer_cli.calc import arithmetic
from transfer_cli.calc.term import of_figure
from transfer_cli.compare.comparison import Comparison, Row, about, is_period
from transfer_cli.compare.measures import Cells, Context, Derivation, Measures, each_cell
from transfer_cli.errors import RefusedError
from transfer_cli.messages import _
from transfer_cli.model import regions
from transfer_cli.model.figure import Figure, Quantity
from transfer_cli.model.names import is_total
from transfer_cli.model.units import ONE
from transfer_cli.model.vocabulary import NATION
from transfer_cli.rules.decision import decide
from transfer_cli.rules.decision import of_figure as record_of

_SAME = ("indicator", "status", "source")
_Key = tuple[object, ...]


def quotients(comparison: Comparison) -> Derivation:
    """Return the function that makes the location quotients of a row.

    LQ = (e_ir / e_r) / (e_in / e_n): the share of industry *i* in all of region *r*, over its
    share in all of the nation (P. S. Florence, 1939; W. Isard, Methods of Regional Analysis, 1960,
    ch. 7). Above 1 the industry is concentrated in the region. All four amounts are printed ones of
    the same indicator, status and period; a total is never made up from the industries that happen
    to be printed.
    """
    printed: dict[_Key, list[Figure]] = {}
    for figure in comparison.figures:
        printed.setdefault(_key(figure, _industry(figure), _region(figure)), []).append(figure)

    def of_row(row: Row, context: Context) -> Cells:
        columns = [
            column
            for column in context.comparison.own_columns
            if (cell := row.cells.get(column)) and _industry(cell[0]) and _region(cell[0]) != NATION
        ]

        def quotient(column: str) -> Measures:
            return {"lq": _quotient(row, row.cells[column], printed)}

        return each_cell(columns, quotient, context)

    return of_row


def _quotient(row: Row, figures: list[Figure], printed: dict[_Key, list[Figure]]) -> Quantity:
    """Return the location quotient of the one figure of a cell."""
    if len(figures) > 1:
        raise RefusedError(_("{row}: a cell holds several figures", row=about(row)))
    part = figures[0]
    for refusal in decide("sum", [record_of(part)]).refusals:
        raise RefusedError(f"{about(row)}: {refusal.reason}")
    industry, region = _industry(part), _region(part)

    def one(name: str, place: str) -> Figure:
        found = printed.get(_key(part, name, place), [])
        if len(found) != 1:
            values = {"row": about(row), "place": place, "industry": name or _("all industries")}
            raise RefusedError(
                _("{row}: {place} prints several figures of {industry}", **values)
                if found
                else _("{row}: {place} prints no figure of {industry}, so there is no quotient",
                       **values)
            )  # fmt: skip
        return found[0]

    every = [part, one("", region), one(industry, NATION), one("", NATION)]
    inside, total, abroad, nation = map(of_figure, every)
    region_share = arithmetic.share(inside, total).quantity.interval
    return Quantity(region_share / arithmetic.share(abroad, nation).quantity.interval, ONE)


def _industry(figure: Figure) -> str:
    name = figure.get("industry")
    return "" if is_total(name) else name


def _region(figure: Figure) -> str:
    name = figure.get("province")
    place = "" if figure.get("scope") in ("province", "nation", "") else figure.get("place")
    return place or regions.find(name) or name


def _key(figure: Figure, industry: str, region: str) -> _Key:
    """Return what identifies a figure among those of its indicator and period."""
    period = next((cell for key, cell in figure.row.items() if is_period(key)), "")
    unit = figure.quantity.unit.dimension
    subject = figure.get("subject")
    return (*map(figure.get, _SAME), period, unit, subject, industry, region)
