"""What a comparison says between its columns: differences, shares, ranks and growth."""

from collections.abc import Mapping, Sequence

from transfer_cli import arithmetic, coherence
from transfer_cli.comparisons import ranking
from transfer_cli.comparisons.comparison import Comparison, Row, column_named
from transfer_cli.comparisons.contrast import Cells, Contrast, contrast, months, pair
from transfer_cli.errors import Instead, RefusedError, UsageError
from transfer_cli.model.figures import Figure, Quantity


def check(modes: Mapping[str, str | bool], by: str) -> str:
    """Return the one mode asked for, or none; raise UsageError for several at once."""
    asked = [name for name, value in modes.items() if value]
    if len(asked) > 1:
        told = " and ".join(f"--{name}" for name in asked)
        raise UsageError(
            f"{told} cannot be asked for at once", Instead(f"--{asked[1]}", flag=asked[1] != "vs")
        )
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
        columns = pair(row, comparison.columns)
        reference = row.single(base)
        if reference is None:
            raise RefusedError(f"nothing like it is printed for {base}")
        return {c: _against(row.single(c), reference) for c in columns if c != base}

    hint = Instead("--vs")
    return contrast(comparison, ("difference", "ratio"), make, hint, f"compared with {base}")


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
        columns = pair(row, comparison.columns)
        parts = [figure for cell in row.cells.values() for figure in cell]
        total = arithmetic.total([arithmetic.of_figure(figure) for figure in parts])
        return {c: {"share": _share_of(row.single(c), total)} for c in columns}

    hint = Instead("--share", flag=True)
    note = "shares are of what is printed, not of all"
    return contrast(comparison, ("share",), make, hint, note)


def _share_of(figure: Figure | None, total: arithmetic.Term) -> Quantity:
    assert figure is not None  # noqa: S101  (only columns with one figure are asked for)
    return arithmetic.share(arithmetic.of_figure(figure), total).quantity


def ranks(comparison: Comparison) -> Contrast:
    """Return each column's rank in its row: one place, or all those it may hold."""

    def make(row: Row) -> Cells:
        columns = pair(row, comparison.columns)
        figures = [figure for column in columns if (figure := row.single(column))]
        places = ranking.places(figures)
        return {c: {"rank": place} for c, place in zip(columns, places, strict=True)}

    notes = ["ranked among what is printed; a span is every rank that the bounds allow"]
    if any(figure.quantity.interval.about for figure in comparison.figures):
        notes.append(
            "to rank it, a figure that is about is taken to lie within a tenth of the truth"
        )
    return contrast(comparison, ("rank",), make, Instead("--rank", flag=True), *notes)


def growths(comparison: Comparison) -> Contrast:
    """Return the change, multiple and annual growth of each period on the nearest like it."""

    def make(row: Row) -> Cells:
        columns = [column for column in comparison.columns if row.single(column)]
        if len(columns) < 2:
            pair(row, comparison.columns)
        cells = {c: _grown(row, columns[:i], c) for i, c in enumerate(columns) if i}
        if not any(cells.values()):
            _refuse_growth(row, columns)
        return {column: cell for column, cell in cells.items() if cell}

    hint = Instead("--growth", flag=True)
    measures = ("since", "change", "multiple", "annual")
    return contrast(comparison, measures, make, hint, *_left(comparison))


def _left(comparison: Comparison) -> list[str]:
    """Say which periods have no other of their length to grow from."""
    lengths: dict[int, list[str]] = {}
    for column in comparison.columns:
        lengths.setdefault(months(column), []).append(column or "not printed")
    alone = [column for found in lengths.values() if len(found) == 1 for column in found]
    if not alone:
        return []
    told = ", ".join(alone)
    return [f"no other period is as long as these, so nothing grows into them: {told}"]


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
