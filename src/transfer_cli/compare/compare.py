"""``compare``: figures side by side, with totals or with what one option derives of them."""

from collections.abc import Iterable, Sequence

from transfer_cli.compare import indicators, modes, sums, totals
from transfer_cli.compare import silence as silences
from transfer_cli.compare.comparison import (
    BY,
    Comparison,
    columns_of,
    key_columns,
    requested_figures,
    rows_of,
)
from transfer_cli.compare.indicators import Request
from transfer_cli.compare.modes import MODES, Choice, Derived
from transfer_cli.compare.silence import Silence
from transfer_cli.errors import Instead, UsageError, few, unknown
from transfer_cli.messages import _, join
from transfer_cli.model import codelists, headings, ordering, periods
from transfer_cli.model.columns import split
from transfer_cli.model.figure import Figure, read_chunks
from transfer_cli.model.schema import has_figures, require
from transfer_cli.query import printed
from transfer_cli.query.comparisons import Codes
from transfer_cli.query.condition import EVERY_ROW, Condition, both, conjuncts
from transfer_cli.query.condition import columns_of as columns_read
from transfer_cli.query.notes import notes as condition_notes
from transfer_cli.rules.comparability import unchecked, without_empty
from transfer_cli.tables import lines
from transfer_cli.tables.source import Source
from transfer_cli.tables.table import Table

_NEVER_SPREAD = ("indicator", "value", "unit", "bound", "id", "part_of", "line", "printed", "note")
"""Columns of figures whose values are no columns of a comparison."""
_FIRST_ROWS = 1_000
"""Rows looked at for a column that can spread."""
_FEW = 8
"""Indicators of a table that a note names."""


def compare(
    source: Source,
    where: Condition,
    names: Sequence[str] = (),
    *,
    by: str = "province",
    provinces: Sequence[str] = (),
    unit: str = "",
    choice: Choice = Choice(),  # noqa: B008  (it is immutable)
    total: bool = False,
) -> Comparison | Derived:
    """Return the figures of a source that satisfy ``where``, side by side.

    ``names`` are indicators, categories or ratios, also joined by commas; the values of ``by``
    become the columns. What ``choice`` names is derived of the rows, if there are any. A table
    without the columns ``indicator`` and ``value`` is compared by the sums of its columns of
    numbers. Raises UsageError for a column that cannot spread, RefusedError for what has no
    meaning.
    """
    own = indicators.own_words(source)
    if any(mark in name for name in names for mark in ",，"):
        names = split(names, [*source.columns, *own])
    by = headings.column(by, source.columns, source.schema)
    apart = MODES[choice.mode].apart if choice.mode else ()
    request = Request(tuple(names), by, tuple(provinces), unit, apart, own)
    _check_by(source, by)
    side_by_side = _figures if has_figures(source.columns) else sums.compare
    result = side_by_side(source, where, request, source.count(where))
    if total or choice.mode == "contribution":
        result = totals.with_totals(result, source.vocabulary)
    if choice.mode and result.rows:
        return modes.derive(result, choice, source.vocabulary)
    return result


def _figures(source: Source, where: Condition, request: Request, total: int) -> Comparison:
    """Return the figures of a source that satisfy ``where``, side by side.

    ``total`` counts these rows. Raises RefusedError for a unit of another dimension.
    """
    require(source.columns, request.apart, source.schema)
    vocabulary = source.vocabulary
    needed = indicators.needed(request, vocabulary)

    def read(tables: Iterable[Table]) -> tuple[list[Figure], list[str]]:
        chunks = list(tables)
        return list(read_chunks(chunks, vocabulary)), [n for chunk in chunks for n in chunk.notes]

    read_figures, table_notes = lines.read(source, both(where, Codes("indicator", needed)), read)
    every = without_empty(read_figures)
    figures, used = requested_figures(every, request, vocabulary)
    rows = rows_of(figures, request, vocabulary)
    # Where --where leaves a province out, it gets no column.
    six = source.report and not any("province" in columns_read(part) for part in conjuncts(where))
    columns = columns_of(rows, request, vocabulary, report=six)
    silence = silences.find(source, request, columns)
    notes = [*dict.fromkeys(table_notes), *condition_notes(source, where)]
    if note := unchecked(source.columns):
        notes.append(note)
    if request.own:
        notes += _without_value(source, where, request, total, used, needed)
    if not rows and total:
        notes += _why_nothing(source, request, silence)
    keys = key_columns(request.by, request.apart, sources=False)
    return Comparison(
        request.by,
        columns,
        rows,
        source.name,
        total,
        headline=not request.names and source.report,
        notes=tuple(notes),
        header=tuple(source.columns),
        used=used,
        silence=silence,
        narrowed=silences.is_narrowed(where),
        partial=silences.is_partial(where, keys),
        selected=silences.is_selected(where, keys),
        report=source.report,
        schema=source.schema,
    )


def _check_by(source: Source, by: str) -> None:
    """Raise UsageError for a column that cannot spread; the hint names one that can."""
    if by in source.columns and (by in BY or by not in _NEVER_SPREAD):
        return
    if by in ("period", *headings.HEADINGS["period"]) and any(map(periods.find, source.columns)):
        message = _("{name} has its periods in its headings", name=source.name)
        raise UsageError(message, "transfer-cli tidy TABLE")
    own = [name for name in source.columns if name not in _NEVER_SPREAD]
    possible = [name for name in BY if name in own]
    if not possible:
        first = next(source.rows(EVERY_ROW, own, limit=_FIRST_ROWS)) if own else None
        possible = [name for name in own if first is not None and not first.is_numeric(name)]
    written = [source.schema.field(name).written for name in possible]
    if by == "province" or not written:
        message = _("{name} has no column {column!r}", name=source.name, column=by)
        columns = "transfer-cli describe --what columns"
        raise UsageError(message, Instead("--by", written[0]) if written else columns)
    raise unknown(_("column to compare by"), by, written)


def _without_value(
    source: Source, where: Condition, request: Request, total: int, used: int, codes: Sequence[str]
) -> list[str]:
    """Return the notes on rows of other categories, and on those that are not figures."""
    if any("/" in name for name in request.names):
        return []
    notes = []
    others = not request.names and not {*request.own} <= {*codes}
    if others or (request.names and not indicators.is_every(request.names)):
        every, total = total, source.count(both(where, Codes("indicator", tuple(codes))))
        if others and total < every:
            notes.append(_("{n} of {total} rows are of other categories: compare all shows them",
                           n=every - total, total=every))  # fmt: skip
    if used >= total:
        return notes
    n = total - used
    note = (
        _("1 of {total} rows has no value or no indicator: not shown", total=total)
        if n == 1
        else _("{n} of {total} rows have no value or no indicator: not shown", n=n, total=total)
    )
    return [*notes, note]


def _why_nothing(source: Source, request: Request, silence: Silence) -> list[str]:
    """Return notes on a comparison without rows: what is not printed, what is not selected."""
    own = {*request.own}
    if own and own.isdisjoint(indicators.needed(request, source.vocabulary)):
        words = sorted(own, key=ordering.sort_key(source.vocabulary, "indicator"))
        return [
            _("{name} has no figure on {names}; it has {own}",
              name=source.name, names=join(request.names), own=few(words, _FEW))
        ]  # fmt: skip
    silence = silence | dict.fromkeys(silences.unprinted(source, request), codelists.PROVINCES)
    notes = [
        printed.note(source, topic.replace("_", " "), provinces)
        for topic, provinces in silence.items()
        if provinces
    ]
    others = [topic for topic in silence if not silence[topic]]
    if others or not notes:
        names = join(others or request.names) or _("the headline categories")
        notes.append(_("nothing in this selection on {names}", names=names))
    return notes
