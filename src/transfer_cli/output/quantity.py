"""Quantities in running text, and the result of ``calc``: one line, one row or one object."""

import json

from transfer_cli import messages
from transfer_cli.calc.term import Term
from transfer_cli.frames import pd
from transfer_cli.messages import _, join
from transfer_cli.model.figure import Figure, Quantity
from transfer_cli.model.labels import code, label, number, ordinal, unit_label, with_unit
from transfer_cli.model.numbers import json_number, machine, people
from transfer_cli.model.schema import Field, Schema
from transfer_cli.model.units import PERCENT
from transfer_cli.model.vocabulary import Vocabulary
from transfer_cli.output.footnotes import citation
from transfer_cli.output.write import View
from transfer_cli.streams import safe
from transfer_cli.tables.table import Table

_NUMBERS = ("value", "low", "high")
_COLUMNS = ("expression", "value", "bound", "low", "high", "unit")
_SCHEMA = Schema(
    "result",
    tuple(Field(name, "number" if name in _NUMBERS else "string") for name in _COLUMNS),
)


def text(quantity: Quantity, vocabulary: Vocabulary) -> str:
    """Return a quantity for people: ``>72.2 CNY 100m/agreement``, ``1 project``, 812 家."""
    cells, unit = quantity.cells(), quantity.unit
    symbol = unit_label(unit.name, cells["value"], vocabulary)
    amount = with_unit(number(cells["value"], cells["bound"]), symbol)
    if unit.counted and messages.language == "en":
        noun = unit.dimension[0][0]
        amount = f"{amount} {noun if cells['value'] == '1' and unit.factor == 1 else plural(noun)}"
    return safe(amount)


def of_figure(figure: Figure, vocabulary: Vocabulary) -> str:
    """Return the quantity of a figure for people; a rank as it is read: ``1st``, 第1位."""
    if not is_rank(figure):
        return text(figure.quantity, vocabulary)
    return _("{rank}", rank=level(figure))


def level(figure: Figure) -> str:
    """Return the number of a figure without its unit, a rank as it is read."""
    value = machine(figure.quantity.interval.value)
    return ordinal(value) if is_rank(figure) else number(value, figure.quantity.bound)


def is_rank(figure: Figure) -> bool:
    """Return whether a figure is an exact rank, and not a number of places."""
    known = figure.indicator
    return known is not None and known.kind == "rank" and figure.quantity.bound == "exact"


def plural(noun: str) -> str:
    """Return the plural of a noun of ``indicators.csv``."""
    return f"{noun[:-1]}ies" if noun.endswith(("ty", "try")) else f"{noun}s"


def source_line(figure: Figure, vocabulary: Vocabulary) -> str:
    """Return one line on a figure as printed: its id, value, place, status, period and note."""
    printed = of_figure(figure, vocabulary)
    place = figure.named("place") or label("province", figure.get("province"), vocabulary)
    own = "" if figure.indicator else figure.get("indicator")
    codes = (code(key, figure.get(key)) for key in ("scope", "status", "period"))
    words = [place, own, figure.named("subject"), *codes, figure.named("note")]
    text = f"{figure.id} = {printed}"
    if covers := join(dict.fromkeys(filter(None, words))):
        text = _("{place}: {text}", place=text, text=covers)
    if line := figure.get("line"):
        text = _("{text} ({bracket})", text=text, bracket=_("line {line}", line=line))
    return text


def view(expression: str, term: Term, vocabulary: Vocabulary, *, report: bool = False) -> View:
    """Return the result of an expression; the figures used and the caveats are its notes.

    ``report`` is true if the figures are those of the built-in report.
    """
    cells = {"expression": expression, **term.quantity.cells()}
    cited = citation([figure.row for figure in term.figures], report=report)
    notes = (
        *(source_line(figure, vocabulary) for figure in term.figures),
        *term.notes,
        *filter(None, (_no_whole_number(term), cited)),
    )
    ids = [figure.id for figure in term.figures]
    row = pd.DataFrame([[cells[name] for name in _COLUMNS]], columns=list(_COLUMNS), dtype=object)
    return View(
        lambda: Table(row, _SCHEMA, vocabulary=vocabulary),
        lambda _color: f"{_result(term, vocabulary)}\n",
        1,
        notes,
        lambda: _json(cells, ids, notes),
    )


def _result(term: Term, vocabulary: Vocabulary) -> str:
    """Return a result for people; a rank, and a rank before a rise, as it is read: ``12th``."""
    ranks = [figure for figure in term.figures if is_rank(figure)]
    unit = term.quantity.unit
    if len(ranks) != 1 or unit != ranks[0].quantity.unit or term.quantity.bound != "exact":
        return text(term.quantity, vocabulary)
    return of_figure(ranks[0]._replace(quantity=term.quantity), vocabulary)


def _no_whole_number(term: Term) -> str:
    """Return a note on a count that is not a whole number, with the shares that explain it."""
    quantity = term.quantity
    count = quantity.interval.value * quantity.unit.factor
    if not quantity.unit.counted or count.denominator == 1:
        return ""
    counted = (one.indicator for one in term.figures if one.indicator and one.indicator.counts)
    noun = plural(quantity.unit.dimension[0][0])
    if messages.language == "zh":
        noun = next((known.label_zh for known in counted), "")
    values = {"count": people(machine(count)), "noun": noun}
    shares = [one for one in term.figures if one.quantity.unit.dimension == PERCENT]
    if not shares:
        return _("{count} is not a whole number of {noun}", **values)
    named = join(
        _("{text} ({bracket})", text=f"{number(one.quantity.cells()['value'])}%", bracket=one.id)
        for one in shares
    )
    return _("{count} is not a whole number of {noun}: {shares} is rounded", **values, shares=named)


def _json(cells: dict[str, str], ids: list[str], notes: tuple[str, ...]) -> str:
    """Return the row as one object with the ids of the figures and the notes.

    Its numbers have all their digits, which ``json`` cannot write.
    """
    parts = []
    for name in _COLUMNS:
        cell = json.dumps(cells[name], ensure_ascii=False)
        if name in _NUMBERS:
            cell = json_number(cells[name]) or "null"
        parts.append(f"{json.dumps(name)}: {cell}")
    parts.append(f'"figures": {json.dumps(ids, ensure_ascii=False)}')
    parts.append(f'"notes": {json.dumps(notes, ensure_ascii=False)}')
    return "{" + ", ".join(parts) + "}\n"
