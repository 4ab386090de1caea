"""What ``compare`` answers: figures side by side, with totals or with what is derived of them."""

from collections.abc import Sequence

from transfer_cli.compare import comparison, indicators, totals
from transfer_cli.compare.comparison import Comparison
from transfer_cli.compare.contrast import MODES, Contrast, contrast
from transfer_cli.model import headings
from transfer_cli.model.columns import split
from transfer_cli.query.condition import Condition
from transfer_cli.tables.source import Source


def compare(
    source: Source,
    where: Condition,
    names: Sequence[str] = (),
    *,
    by: str = "province",
    provinces: Sequence[str] = (),
    unit: str = "",
    mode: str = "",
    against: str = "",
    total: bool = False,
) -> Comparison | Contrast:
    """Return the figures of a source that satisfy ``where``, side by side.

    ``names`` are indicators, categories or ratios, also joined by commas; the values of ``by``
    become the columns. ``mode`` is one of ``contrast.MODES`` or empty, ``against`` the column or
    period that it names. A comparison without rows has no contrast. Raises UsageError for a column
    that cannot spread, RefusedError for what has no meaning.
    """
    known = (
        [*source.columns, *indicators.own_words(source)]
        if any("," in name or "，" in name for name in names)
        else ()
    )
    names = split(names, known)
    by = headings.column(by, source.columns, source.schema)
    apart = MODES[mode].apart if mode else ()
    request = comparison.Request(tuple(names), by, tuple(provinces), unit, apart)
    result = comparison.compare(source, where, request)
    if total or mode == "contribution":
        result = totals.with_totals(result, source.vocabulary)
    if mode and result.rows:
        return contrast(result, mode, against, source.vocabulary)
    return result
