"""Rows of a comparison with something said between their columns (see ``modes``).

A row that cannot honestly be contrasted is left out and named; when none can, the request is
refused.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from transfer_cli.comparisons.comparison import Comparison, Row
from transfer_cli.errors import Instead, RefusedError, TransferError, few
from transfer_cli.model import periods
from transfer_cli.model.figures import Quantity
from transfer_cli.model.schema import LIKENESS

MOST = 3
"""Rows of which something is told: a large table may have one for each of its groups."""

Cells = dict[str, dict[str, Quantity | str]]


class Contrast(NamedTuple):
    """Rows of a comparison with, for each column, named measures such as ``difference``."""

    comparison: Comparison
    measures: tuple[str, ...]
    rows: tuple[tuple[Row, Cells], ...]
    notes: tuple[str, ...] = ()


def contrast(
    comparison: Comparison,
    measures: tuple[str, ...],
    make: Callable[[Row], Cells],
    without: Instead,
    *notes: str,
) -> Contrast:
    """Apply ``make`` to each row; rows it refuses are told, and if it refuses all, so is this.

    ``without`` is the hint then: the same comparison without the contrast.
    """
    rows: list[tuple[Row, Cells]] = []
    refused: list[RefusedError] = []
    for row in comparison.rows:
        try:
            rows.append((row, make(row)))
        except RefusedError as error:
            refused.append(error)
    if not rows:
        raise _nothing(refused, without)
    left = (_left_out(refused),) if refused else ()
    unlike = () if comparison.by == "subject" else _unlike_subjects([row for row, _ in rows])
    told = (*comparison.notes, *notes, *unlike, *left)
    return Contrast(comparison, measures, tuple(rows), told)


def _unlike_subjects(rows: Sequence[Row]) -> tuple[str, ...]:
    """Say which rows set different events, programmes or firms beside one another."""
    notes = []
    for row in rows:
        found = [figure.named("subject") for cell in row.cells.values() for figure in cell]
        if len(names := dict.fromkeys(found)) > 1:
            told = "; ".join(name or "none named" for name in names)
            notes.append(f"{_about(row)}: different subjects: {told}")
    return (*notes[:MOST], *([f"and {len(notes) - MOST} more rows"] if notes[MOST:] else []))


def _left_out(refused: Sequence[RefusedError]) -> str:
    return f"{len(refused)} rows left out: {few(list(dict.fromkeys(map(str, refused))), MOST)}"


def _nothing(refused: Sequence[RefusedError], without: Instead) -> TransferError:
    if not refused:
        return RefusedError("there are no figures to compare", "transfer-cli compare all")
    told = list(dict.fromkeys(map(str, refused)))
    return RefusedError("; ".join(told[:MOST]), without)


def pair(row: Row, columns: Sequence[str]) -> list[str]:
    """Return the columns that print a figure; refuse a row with fewer than two, or several in one.

    Refused too is a row whose figures are of different industries: they are not alike.
    """
    if any(len(cell) > 1 for cell in row.cells.values()):
        raise RefusedError(f"{_about(row)}: a cell holds several figures")
    spoken = [column for column in columns if row.single(column)]
    if len(spoken) < 2:
        one = spoken[0] or "one"
        raise RefusedError(f"{_about(row)}: only {one} prints it, and silence is not zero")
    lengths = {months(column) for column in spoken} if "period" not in row.keys else set()
    if len(lengths) > 1:
        raise RefusedError(f"{_about(row)}: {', '.join(spoken)} are not equally long")
    found = {figure.get("industry") for cell in row.cells.values() for figure in cell}
    if len(found) > 1 and row.keys.get("industry") is None:
        told = " and ".join(sorted(name or "all industries" for name in found))
        raise RefusedError(f"{_about(row)}: {told} are not alike")
    return spoken


def months(period: str) -> int:
    """Return the length of a period that stands in a column; -1 where none is printed."""
    found = periods.find(period)
    return found.months if found else -1


def _about(row: Row) -> str:
    words = (value for key, value in row.keys.items() if key in LIKENESS and value)
    return " ".join(words)
