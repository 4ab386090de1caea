"""The answer of ``calc``: one line for people, one row or one object for machines."""

import json

from transfer_cli.arithmetic import Term
from transfer_cli.model import lookups
from transfer_cli.model.figures import Figure, Quantity
from transfer_cli.model.numbers import JSON_NUMBER
from transfer_cli.model.schema import Field, Schema
from transfer_cli.render import output
from transfer_cli.render.cells import figure as figure_text
from transfer_cli.sheet import Sheet
from transfer_cli.streams import safe

_NUMBERS = ("value", "low", "high")
_COLUMNS = ("expression", "value", "bound", "low", "high", "unit")
_SCHEMA = Schema(
    "result", tuple(Field(n, "number" if n in _NUMBERS else "string") for n in _COLUMNS)
)


def in_unit(term: Term, unit: str) -> Term:
    """Return a term in the unit asked for; as it is where none is asked for."""
    if not unit:
        return term
    return term._replace(
        quantity=term.quantity.to(lookups.current().units.target(unit, term.quantity.unit))
    )


def view(expression: str, term: Term) -> output.View:
    """Return the answer to an expression, with figures and caveats as notes."""
    cells = {"expression": expression, **term.quantity.cells()}
    notes = (*map(about, term.figures), *term.notes)
    return output.View(
        lambda: Sheet({name: [cells[name]] for name in _COLUMNS}, _SCHEMA),
        lambda lang, _: f"{quantity_text(term.quantity, lang)}\n",
        1,
        notes,
        lambda: _object(cells, term, notes),
    )


def shown(cells: dict[str, str], lang: str) -> str:
    """Return a quantity for people: ``>72.2 100m yuan/agreement``."""
    number = figure_text(cells["value"], cells["bound"])
    unit = lookups.current().units.label(cells["unit"], lang)
    gap = "" if unit == "%" else " "
    return safe(f"{number}{gap}{unit}".rstrip())


def quantity_text(quantity: Quantity, lang: str) -> str:
    """Return a quantity for people with what it counts: ``812 organizations``, 812 家."""
    unit = quantity.unit
    counted = f" {plural(unit.dimension[0][0])}" if unit.counted and lang == "en" else ""
    return shown(quantity.cells(), lang) + safe(counted)


def plural(noun: str) -> str:
    """Return the plural of a noun of ``indicators.csv``."""
    return f"{noun[:-1]}ies" if noun.endswith(("ty", "try")) else f"{noun}s"


def about(figure: Figure) -> str:
    """Return one line on a figure used: its id, value, status, period and note."""
    told = shown(figure.quantity.cells(), "zh")
    place = figure.get("place") or figure.get("province")
    keys = ("subject", "scope", "status", "period", "note")
    words = dict.fromkeys([place, *map(figure.get, keys)])
    line = figure.get("line")
    where = f" (line {line})" if line else ""
    return f"{figure.id} = {told}: {', '.join(word for word in words if word)}{where}"


def _object(cells: dict[str, str], term: Term, notes: tuple[str, ...]) -> str:
    parts = [f"{json.dumps(name)}: {_value(name, cells[name])}" for name in _COLUMNS]
    ids = [figure.id for figure in term.figures]
    parts.append(f'"figures": {json.dumps(ids, ensure_ascii=False)}')
    parts.append(f'"notes": {json.dumps(notes, ensure_ascii=False)}')
    return "{" + ", ".join(parts) + "}\n"


def _value(name: str, cell: str) -> str:
    if name not in _NUMBERS:
        return json.dumps(cell, ensure_ascii=False)
    return cell if JSON_NUMBER.fullmatch(cell) else "null"
