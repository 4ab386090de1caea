"""Quantities in running text, and the result of ``calc``: one line, one row or one object."""

import json

from transfer_cli.calc.term import Term
from transfer_cli.frames import pd
from transfer_cli.model.figure import Figure, Quantity
from transfer_cli.model.numbers import json_number
from transfer_cli.model.schema import Field, Schema
from transfer_cli.model.vocabulary import Vocabulary
from transfer_cli.output.labels import number
from transfer_cli.output.write import View
from transfer_cli.streams import safe
from transfer_cli.tables.table import Table

_NUMBERS = ("value", "low", "high")
_COLUMNS = ("expression", "value", "bound", "low", "high", "unit")
_SCHEMA = Schema(
    "result",
    tuple(Field(name, "number" if name in _NUMBERS else "string") for name in _COLUMNS),
)


def text(quantity: Quantity, lang: str, vocabulary: Vocabulary) -> str:
    """Return a quantity for people: ``>72.2 CNY 100m/agreement``, ``812 organizations``, 812 家."""
    cells, unit = quantity.cells(), quantity.unit
    symbol = vocabulary.units.label(unit.name, lang)
    gap = "" if unit.name == "%" else " "
    counted = f" {plural(unit.dimension[0][0])}" if unit.counted and lang == "en" else ""
    amount = f"{number(cells['value'], cells['bound'])}{gap}{symbol}".rstrip()
    return safe(f"{amount}{counted}")


def plural(noun: str) -> str:
    """Return the plural of a noun of ``indicators.csv``."""
    return f"{noun[:-1]}ies" if noun.endswith(("ty", "try")) else f"{noun}s"


def source_line(figure: Figure, vocabulary: Vocabulary) -> str:
    """Return one line on a figure as printed: its id, value, place, status, period and note."""
    printed = text(figure.quantity, "zh", vocabulary)
    place = figure.get("place") or figure.get("province")
    keys = ("subject", "scope", "status", "period", "note")
    words = dict.fromkeys([place, *map(figure.get, keys)])
    line = figure.get("line")
    where = f" (line {line})" if line else ""
    return f"{figure.id} = {printed}: {', '.join(filter(None, words))}{where}"


def view(expression: str, term: Term, vocabulary: Vocabulary) -> View:
    """Return the result of an expression; the figures used and the caveats are its notes."""
    cells = {"expression": expression, **term.quantity.cells()}
    notes = (*(source_line(figure, vocabulary) for figure in term.figures), *term.notes)
    ids = [figure.id for figure in term.figures]
    row = pd.DataFrame([[cells[name] for name in _COLUMNS]], columns=list(_COLUMNS), dtype=object)
    return View(
        lambda: Table(row, _SCHEMA, vocabulary=vocabulary),
        lambda lang, _color: f"{text(term.quantity, lang, vocabulary)}\n",
        1,
        notes,
        lambda: _json(cells, ids, notes),
    )


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
