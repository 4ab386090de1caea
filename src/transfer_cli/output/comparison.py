"""A comparison, or what is derived of it: for people a grid or bars, for machines rows."""

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any

from transfer_cli.compare.comparison import Comparison
from transfer_cli.compare.modes import Derived
from transfer_cli.frames import pd
from transfer_cli.messages import _
from transfer_cli.model import headings, numbers, periods
from transfer_cli.model.figure import Figure, Quantity
from transfer_cli.model.labels import number, ordinal, with_symbol, with_unit
from transfer_cli.model.schema import Field, Schema, schemas
from transfer_cli.model.vocabulary import Vocabulary
from transfer_cli.output import quantity
from transfer_cli.output.comparison_screen import Measures, Screen
from transfer_cli.output.write import View
from transfer_cli.tables.table import Table

if TYPE_CHECKING:
    from transfer_cli.output.charts.chart import Chart

_PARTS = ("", "_unit", "_bound", "_low", "_high")
_TEXT_MEASURES = ("rank", "since")


def view(
    result: Comparison | Derived,
    vocabulary: Vocabulary,
    *,
    wide: bool = False,
    bars: bool = False,
) -> View:
    """Return a comparison: people see a grid, or ``bars``, machines a row for each figure.

    With ``wide`` machines get a row for each row of the grid. What is derived of a comparison
    is below its figures in the grid; machines get a row for each cell.
    """
    if isinstance(result, Derived):
        return _derived_view(result, vocabulary)
    table = _wide if wide else _tidy

    def drawn() -> "Chart":
        from transfer_cli.output.charts.chart import chart

        return chart(result, vocabulary)

    def screen(color: bool) -> str:
        if not bars:
            return Screen(result, vocabulary).render(result.rows, color=color)
        from transfer_cli.output.charts.screen import render

        return render(drawn(), color=color)

    def picture() -> dict[str, Any]:
        from transfer_cli.output.charts.spec import specification

        chart = drawn()
        return specification(chart._replace(footer=(*chart.footer, *result.notes)))

    return View(
        lambda: table(result, vocabulary),
        screen,
        len(result.rows),
        result.notes,
        picture=picture,
        document=None if wide else lambda: Screen(result, vocabulary).document(result.rows),
    )


def _tidy(comparison: Comparison, vocabulary: Vocabulary) -> Table:
    """Return a row for each figure with all its columns, in the order in which it is shown."""
    rows = [figure.row for figure in comparison.figures]
    names = list(dict.fromkeys(chain(comparison.header, *rows)))
    fields = map(schemas()["metrics"].field, names)
    return _table(comparison, fields, rows, comparison.notes, vocabulary)


def _table(
    comparison: Comparison,
    fields: Iterable[Field],
    rows: Sequence[Mapping[str, str]],
    notes: tuple[str, ...],
    vocabulary: Vocabulary,
) -> Table:
    """Return computed rows, with the headings that the table has for its columns."""
    own = {one.name: one for one in headings.with_units(comparison.schema).fields if one.heading}
    named = tuple(field._replace(heading=own[field.name].heading) if field.name in own else field
                  for field in fields)  # fmt: skip
    cells = [[row.get(field.name, "") for field in named] for row in rows]
    frame = pd.DataFrame(cells, columns=[field.name for field in named], dtype=object)
    return Table(frame, Schema("comparison", named), notes=notes, vocabulary=vocabulary)


def _wide(comparison: Comparison, vocabulary: Vocabulary) -> Table:
    """Return a row for each row of the grid; ``;`` separates several figures of a cell."""
    keys = list(comparison.rows[0].keys) if comparison.rows else ["indicator"]
    fields = [Field(name, "string") for name in (*keys, "unit", *comparison.columns)]
    rows = [
        {
            **row.keys,
            "unit": row.unit.name,
            **{name: "; ".join(map(_plain, row.shown(name))) for name in comparison.columns},
        }
        for row in comparison.rows
    ]
    return _table(comparison, fields, rows, comparison.notes, vocabulary)


def _plain(figure: Figure) -> str:
    interval = figure.quantity.interval
    return with_symbol(numbers.machine(interval.value), figure.quantity.bound)


def _derived_view(derived: Derived, vocabulary: Vocabulary) -> View:
    comparison, rows = derived.comparison, [row for row, _cells in derived.rows]

    def screen(color: bool) -> str:
        measures = _measures(derived, vocabulary)
        return Screen(comparison, vocabulary).render(rows, measures, color=color)

    return View(
        lambda: _derived_table(derived, vocabulary),
        screen,
        len(rows),
        derived.notes,
        document=lambda: Screen(comparison, vocabulary).document(
            rows, _measures(derived, vocabulary)
        ),
    )


def _derived_table(derived: Derived, vocabulary: Vocabulary) -> Table:
    """Return one row for each cell: the keys, the column, and each measure with its bound.

    Parts of a measure that no cell has are left out.
    """
    keys = [*derived.rows[0][0].keys, derived.comparison.by]
    rows = [
        {**row.keys, derived.comparison.by: column, **_cells(cell)}
        for row, cells in derived.rows
        for column, cell in cells.items()
    ]
    parts = [f"{measure}{part}" for measure in derived.measures for part in _PARTS]
    names = [*keys, *(name for name in parts if any(row.get(name) for row in rows))]
    numeric = {
        f"{measure}{part}"
        for measure in derived.measures
        if measure not in _TEXT_MEASURES
        for part in ("", "_low", "_high")
    }
    fields = (Field(name, "number" if name in numeric else "string") for name in names)
    return _table(derived.comparison, fields, rows, derived.notes, vocabulary)


def _cells(cell: dict[str, Quantity | str]) -> dict[str, str]:
    """Return the measures of a cell as columns."""
    row: dict[str, str] = {}
    for name, value in cell.items():
        if isinstance(value, str):
            row[name] = value
            continue
        parts = value.cells()
        row[name] = parts["value"]
        row |= {f"{name}_{part}": parts[part] for part in ("unit", "bound", "low", "high")}
    return row


def _measures(derived: Derived, vocabulary: Vocabulary) -> list[Measures]:
    """Return the lines below the figures of each row: what is derived of them."""
    return [
        {
            column: [
                _text(name, value, vocabulary)
                for name, value in cell.items()
                # Over one year, growth and growth a year are one number.
                if name != "annual" or _amount(value) != _amount(cell["change"])
            ]
            for column, cell in cells.items()
        }
        for _row, cells in derived.rows
    ]


def _amount(value: Quantity | str) -> str:
    """Return the number of a measure for people; a word is none."""
    if isinstance(value, str):
        return ""
    return number(numbers.machine(value.interval.value), value.bound)


def _text(name: str, value: Quantity | str, vocabulary: Vocabulary) -> str:
    """Return a measure for people; a difference carries its sign."""
    if isinstance(value, str):
        if name == "since":
            return _("since {period}", period=periods.label(value))
        return _place(value)
    amount = _amount(value)
    match name:
        case "ratio" | "multiple":
            return with_unit(amount, "×")
        case "annual":
            number = re.sub(r"[ （].*", "", amount)
            return _("{percent}%/yr", percent=number) + amount.removeprefix(number)  # (no bound)
        case "share" | "change":
            return with_unit(amount, "%")
        case "index":
            return amount
        case "lq":
            return _("LQ {value}", value=amount)
    if value.unit.name == "个百分点":
        amount = quantity.text(value, vocabulary)
    plus = "+" if value.interval.value > 0 and value.bound == "exact" else ""
    return f"{plus}{amount}"


def _place(rank: str) -> str:
    """Return a rank in the row as it is read: ``1st``, ``2nd=``, ``1st–3rd``."""
    tied = "=" if rank.endswith("=") else ""
    places = [ordinal(place) for place in rank.removesuffix("=").split("–")]
    return f"{'–'.join(places)}{tied}"
