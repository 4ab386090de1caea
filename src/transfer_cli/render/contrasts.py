"""A contrast for people, in the grid of its comparison, and for machines, a row for each cell."""

from collections.abc import Sequence

from transfer_cli.comparisons.contrast import Cells, Contrast
from transfer_cli.model import numbers, periods
from transfer_cli.model.figures import Quantity
from transfer_cli.model.schema import Field, Schema
from transfer_cli.render import result, side_by_side
from transfer_cli.render.cells import SILENCE
from transfer_cli.render.cells import figure as figure_text
from transfer_cli.sheet import Sheet

_PARTS = ("", "_unit", "_bound", "_low", "_high")


def tidy(contrast: Contrast) -> Sheet:
    """Return one row for each cell: the keys, the column, and each measure with its bound."""
    keys = list(contrast.rows[0][0].keys)
    rows = [
        {**row.keys, contrast.comparison.by: column, **_machine(cell)}
        for row, cells in contrast.rows
        for column, cell in cells.items()
    ]
    names = [*keys, contrast.comparison.by]
    names += [f"{name}{part}" for name in contrast.measures for part in _PARTS]
    filled = [n for n in names if n in keys or any(row.get(n) for row in rows)]
    cells = {name: [row.get(name, "") for row in rows] for name in filled}
    fields = tuple(Field(name, _type(name, contrast)) for name in filled)
    return Sheet(cells, Schema("contrast", fields), contrast.notes)


def _type(name: str, contrast: Contrast) -> str:
    base = name.removesuffix("_low").removesuffix("_high")
    computed = base in contrast.measures and base not in ("rank", "since")
    return "number" if computed else "string"


def _machine(cell: dict[str, Quantity | str]) -> dict[str, str]:
    out: dict[str, str] = {}
    for name, value in cell.items():
        if isinstance(value, str):
            out[name] = value
            continue
        told = value.cells()
        out[name] = told["value"]
        out.update({f"{name}_{part}": told[part] for part in ("unit", "bound", "low", "high")})
    return out


def render(contrast: Contrast, lang: str, *, color: bool) -> str:
    """Return the contrast drawn for a terminal."""

    columns = contrast.comparison.columns
    rows = [
        (row, ["\n".join(_people(cells, column, lang)) for column in columns])
        for row, cells in contrast.rows
    ]
    return side_by_side.draw(contrast.comparison, rows, lang, color=color)


def _people(cells: Cells, column: str, lang: str) -> Sequence[str]:
    if column not in cells:
        return [SILENCE]
    return [_told(name, value, lang) for name, value in cells[column].items()]


def _told(name: str, value: Quantity | str, lang: str) -> str:
    if isinstance(value, str):
        since = "{}以来" if lang == "zh" else "since {}"
        return since.format(periods.label(value, lang)) if name == "since" else value
    number = figure_text(numbers.machine(value.interval.value), value.bound)
    if name in ("ratio", "multiple"):
        return f"{number}×"
    if name == "annual":
        return f"{number}%/{'年' if lang == 'zh' else 'yr'}"
    if name in ("share", "change"):
        return f"{number}%"
    plus = "+" if value.interval.value > 0 and value.bound == "exact" else ""
    points = value.unit.name == "个百分点"
    return f"{plus}{result.shown(value.cells(), lang)}" if points else f"{plus}{number}"
