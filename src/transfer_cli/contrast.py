"""What a comparison says between its columns: differences, shares, ranks and growth.

Each takes a Comparison and gives a Contrast. A row that cannot honestly be contrasted is left
out and named; when none can, the request is refused.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from transfer_cli import arithmetic, coherence, digits, periods, ranking
from transfer_cli.compare import Comparison, Row, column_named
from transfer_cli.errors import Instead, RefusedError, TransferError, UsageError
from transfer_cli.figures import Figure, Quantity
from transfer_cli.schema import LIKENESS

Cells = dict[str, dict[str, Quantity | str]]


@dataclass(frozen=True)
class Contrast:
    """Rows of a comparison with, for each column, named measures such as ``difference``."""

    comparison: Comparison
    measures: tuple[str, ...]
    rows: tuple[tuple[Row, Cells], ...]
    notes: tuple[str, ...] = field(default=())


def _contrast(
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
    return Contrast(comparison, measures, tuple(rows), (*comparison.notes, *notes, *left))


def _left_out(refused: Sequence[RefusedError]) -> str:
    told = list(dict.fromkeys(map(str, refused)))
    more = f"; and {len(told) - 3} more" if len(told) > 3 else ""
    return f"{len(refused)} rows left out: {'; '.join(told[:3])}{more}"


def _nothing(refused: Sequence[RefusedError], without: Instead) -> TransferError:
    if not refused:
        return RefusedError("there are no figures to compare", "transfer-cli compare all")
    told = list(dict.fromkeys(map(str, refused)))
    return RefusedError("; ".join(told[:3]), without)


def _pair(row: Row, columns: Sequence[str]) -> list[str]:
    """Return the columns with one figure; refuse a row that has fewer than two of them."""
    single = [column for column in columns if row.single(column)]
    if len(single) > 1:
        return single
    if any(len(cell) > 1 for cell in row.cells.values()):
        raise RefusedError(f"{_about(row)}: a cell holds several figures")
    spoken = [column for column in columns if row.cells.get(column)]
    one = spoken[0] or "one"
    raise RefusedError(f"{_about(row)}: only {one} prints it, and silence is not zero")


def _about(row: Row) -> str:
    words = (value for key, value in row.keys.items() if key in LIKENESS and value)
    return " ".join(words)


def check(modes: Mapping[str, str | bool], by: str) -> str:
    """Return the one mode asked for, or none; raise UsageError for several at once."""
    asked = [name for name, value in modes.items() if value]
    if len(asked) > 1:
        told = " and ".join(f"--{name}" for name in asked)
        raise UsageError(f"{told} cannot be asked for at once", Instead(f"--{asked[1]}"))
    if "growth" in asked and by != "period":
        raise UsageError("growth runs over periods", Instead("--by", "period"))
    return asked[0] if asked else ""


def make(comparison: Comparison, mode: str, column: str) -> Contrast:
    """Return the contrast that a mode (vs, share, rank, growth) stands for."""
    if mode == "vs":
        return versus(comparison, column)
    return {"share": shares, "rank": ranks, "growth": growths}[mode](comparison)


def versus(comparison: Comparison, given: str) -> Contrast:
    """Return each column's difference from one column, and its multiple of it."""
    base = column_named(comparison, given)

    def make(row: Row) -> Cells:
        columns = _pair(row, comparison.columns)
        reference = row.single(base)
        if reference is None:
            raise RefusedError(f"nothing like it is printed for {base}")
        return {c: _against(row.single(c), reference) for c in columns if c != base}

    hint = Instead("--vs")
    return _contrast(comparison, ("difference", "ratio"), make, hint, f"compared with {base}")


def _against(figure: Figure | None, reference: Figure) -> dict[str, Quantity | str]:
    assert figure is not None  # noqa: S101  (only columns with one figure are asked for)
    one, two = arithmetic.of_figure(figure), arithmetic.of_figure(reference)
    found: dict[str, Quantity | str] = {"difference": arithmetic.minus(one, two).quantity}
    known = figure.indicator
    if known is None or known.kind not in ("growth", "rank"):
        found["ratio"] = arithmetic.over(one, two).quantity
    return found


def shares(comparison: Comparison) -> Contrast:
    """Return each column's share of what the row prints, where the row may be summed."""

    def make(row: Row) -> Cells:
        columns = _pair(row, comparison.columns)
        parts = [figure for cell in row.cells.values() for figure in cell]
        total = arithmetic.total([arithmetic.of_figure(figure) for figure in parts])
        return {c: {"share": _share_of(row.single(c), total)} for c in columns}

    hint = Instead("--share", flag=True)
    note = "shares are of what is printed, not of all"
    return _contrast(comparison, ("share",), make, hint, note)


def _share_of(figure: Figure | None, total: arithmetic.Term) -> Quantity:
    assert figure is not None  # noqa: S101  (only columns with one figure are asked for)
    return arithmetic.share(arithmetic.of_figure(figure), total).quantity


def ranks(comparison: Comparison) -> Contrast:
    """Return each column's rank in its row: one place, or all those it may hold."""

    def make(row: Row) -> Cells:
        columns = _pair(row, comparison.columns)
        figures = [figure for column in columns if (figure := row.single(column))]
        places = ranking.places(figures)
        return {c: {"rank": place} for c, place in zip(columns, places, strict=True)}

    notes = ["ranked among what is printed; a span is every rank that the bounds allow"]
    if any(figure.quantity.interval.about for figure in comparison.figures):
        notes.append(
            "to rank it, a figure that is about is taken to lie within a tenth of the truth"
        )
    return _contrast(comparison, ("rank",), make, Instead("--rank", flag=True), *notes)


def growths(comparison: Comparison) -> Contrast:
    """Return the change, multiple and annual growth of each period on the nearest like it."""

    def make(row: Row) -> Cells:
        columns = _pair(row, comparison.columns)
        cells = {c: _grown(row, columns[:i], c) for i, c in enumerate(columns) if i}
        if not any(cells.values()):
            _refuse_growth(row, columns)
        return {column: cell for column, cell in cells.items() if cell}

    hint = Instead("--growth", flag=True)
    measures = ("since", "change", "multiple", "annual")
    return _contrast(comparison, measures, make, hint, *_left(comparison))


def _left(comparison: Comparison) -> list[str]:
    """Say which periods have no other of their length to grow from."""
    lengths: dict[int, list[str]] = {}
    for column in comparison.columns:
        try:
            lengths.setdefault(periods.parse(column).months, []).append(column)
        except UsageError:
            lengths.setdefault(-1, []).append(column or "not printed")
    alone = [column for found in lengths.values() if len(found) == 1 for column in found]
    told = ", ".join(alone)
    return (
        [f"no other period is as long as these, so nothing grows into them: {told}"]
        if alone
        else []
    )


def _grown(row: Row, before: Sequence[str], column: str) -> dict[str, Quantity | str]:
    figure = row.single(column)
    for earlier in reversed(before):
        base = row.single(earlier)
        if base is None or figure is None:
            continue
        one, two = arithmetic.of_figure(base), arithmetic.of_figure(figure)
        try:
            found: dict[str, Quantity | str] = {
                "since": earlier,
                "change": arithmetic.growth(one, two).quantity,
                "multiple": arithmetic.over(two, one).quantity,
            }
        except RefusedError:
            continue
        try:
            found["annual"] = arithmetic.cagr(one, two).quantity
        except RefusedError:
            return found
        return found
    return {}


def _refuse_growth(row: Row, columns: Sequence[str]) -> None:
    """Raise what forbids growth between the last two periods of a row."""
    first, second = row.single(columns[-2]), row.single(columns[-1])
    if first and second:
        coherence.grown([first], [second])
    raise RefusedError("no two periods are equally long")


def text(value: Quantity | str) -> str:
    """Return a measure as machines read it."""
    return value if isinstance(value, str) else digits.machine(value.interval.value)
