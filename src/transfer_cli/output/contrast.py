"""A contrast of the columns of a comparison: for people in its grid, for machines a row a cell."""

from transfer_cli.compare.comparison import Comparison
from transfer_cli.compare.contrast import Contrast
from transfer_cli.frames import pd
from transfer_cli.messages import _
from transfer_cli.model import numbers, periods
from transfer_cli.model.figure import Quantity
from transfer_cli.model.labels import number, ordinal
from transfer_cli.model.schema import Field
from transfer_cli.model.vocabulary import Vocabulary
from transfer_cli.output import comparison, quantity
from transfer_cli.output.write import View
from transfer_cli.tables.table import Table

_PARTS = ("", "_unit", "_bound", "_low", "_high")
_TEXT_MEASURES = ("rank", "since")


def view(
    contrast: Contrast | Comparison,
    vocabulary: Vocabulary,
    *,
    wide: bool = False,
    bars: bool = False,
) -> View:
    """Return a contrast as people and machines get it; a comparison as ``comparison.view`` does."""
    if isinstance(contrast, Comparison):
        return comparison.view(contrast, vocabulary, wide=wide, bars=bars)
    rows = [row for row, _cells in contrast.rows]
    return View(
        lambda: _table(contrast, vocabulary),
        lambda color: comparison.Screen(contrast.comparison, vocabulary).render(
            rows, _measures(contrast, vocabulary), color=color
        ),
        len(contrast.rows),
        contrast.notes,
        document=lambda: comparison.Screen(
            contrast.comparison, vocabulary, wrap=comparison.one_line
        ).document(rows, _measures(contrast, vocabulary)),
    )


def _table(contrast: Contrast, vocabulary: Vocabulary) -> Table:
    """Return one row for each cell: the keys, the column, and each measure with its bound.

    Parts of a measure that no cell has are left out.
    """
    keys = [*contrast.rows[0][0].keys, contrast.comparison.by]
    rows = [
        {**row.keys, contrast.comparison.by: column, **_cells(cell)}
        for row, cells in contrast.rows
        for column, cell in cells.items()
    ]
    parts = [f"{measure}{part}" for measure in contrast.measures for part in _PARTS]
    names = [*keys, *(name for name in parts if any(row.get(name) for row in rows))]
    numeric = {
        f"{measure}{part}"
        for measure in contrast.measures
        if measure not in _TEXT_MEASURES
        for part in ("", "_low", "_high")
    }

    def field(name: str) -> Field:
        return Field(name, "number" if name in numeric else "string")

    cells = [[row.get(name, "") for name in names] for row in rows]
    return Table(
        pd.DataFrame(cells, columns=names, dtype=object),
        comparison.schema_of(contrast.comparison, field, names),
        notes=contrast.notes,
        vocabulary=vocabulary,
    )


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


def _measures(contrast: Contrast, vocabulary: Vocabulary) -> dict[int, comparison.Measures]:
    """Return what the contrast says of the figures of each row, to stand below them."""
    return {
        position: {
            column: [_text(name, value, vocabulary) for name, value in cell.items()]
            for column, cell in cells.items()
        }
        for position, (_row, cells) in enumerate(contrast.rows)
    }


def _text(name: str, value: Quantity | str, vocabulary: Vocabulary) -> str:
    """Return a measure for people; a difference carries its sign."""
    if isinstance(value, str):
        if name == "since":
            return _("since {period}", period=periods.label(value))
        return _place(value)
    amount = number(numbers.machine(value.interval.value), value.bound)
    match name:
        case "ratio" | "multiple":
            return f"{amount}×"
        case "annual":
            return _("{percent}%/yr", percent=amount)
        case "share" | "change":
            return f"{amount}%"
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
