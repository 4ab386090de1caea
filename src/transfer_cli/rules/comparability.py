"""The columns in which combined figures must agree, and how their words are listed."""

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from transfer_cli.errors import Instead, UsageError
from transfer_cli.messages import _, join
from transfer_cli.model import labels, periods
from transfer_cli.model.codelists import SCOPES, STATUSES, stage
from transfer_cli.model.units import PERSONS, POSTS
from transfer_cli.rules.record import COMPARABILITY, MEANS, Grouping, Record, Refusal

if TYPE_CHECKING:
    from transfer_cli.model.figure import Figure

CELLS: dict[str, Callable[[Record], str | None]] = {
    "indicator": lambda record: record.code,
    "status": lambda record: record.status,
    "scope": lambda record: record.scope,
    "province": lambda record: record.province,
    "place": lambda record: record.place,
    "subject": lambda record: record.subject,
    "industry": lambda record: record.industry,
    "period": lambda record: record.period,
    "source": lambda record: record.source,
}
"""How to read a column of a table from a record."""

CAVEATS = ("subject", "status", "scope", "industry", "period", "place")
"""The columns that a result names where its figures differ in them."""

PROSPECTIVE = frozenset({"negotiating", "planned", "expected", "target"})
"""Stages of what is not there yet: no hint proposes to add them to another stage."""

NEVER_JOINED = PROSPECTIVE | {"unspecified"}
"""Stages whose figures never add to those of another stage, whatever the user gives up."""

_UNKNOWN = {"status": ("", "unspecified"), "scope": ("",)}
"""Cells for an unknown stage or scope: two of them are not comparable either."""

_POSITIONS = {
    "status": {code: place for place, code in enumerate(STATUSES)},
    "scope": {code: place for place, code in enumerate(SCOPES)},
}


def check(across: Sequence[str], columns: Sequence[str] = COMPARABILITY) -> tuple[str, ...]:
    """Return the columns that ``--across`` gives up, each once.

    ``columns`` are those of which one may be given up. Raises UsageError for another one.
    """
    for name in across:
        if name not in columns:
            message = _("--across cannot give up {name!r}", name=name)
            choice = _("choose from {names}", names=join(columns))
            raise UsageError(message, choice if columns else _("omit it"))
    return tuple(dict.fromkeys(across))


def unchecked(columns: Iterable[str]) -> str:
    """Return the note on a table that lacks columns of comparability, or an empty string."""
    present = {*columns}
    required = (*(name for name in COMPARABILITY if name != "source"), "unit")
    missing = [name for name in required if name not in present]
    if not missing:
        return ""
    return _(
        "plain arithmetic: the table has no {columns}, so no rule compares them",
        columns=join(map(labels.column, missing)),
    )


def words(column: str, records: Iterable[Record]) -> list[str]:
    """Return the distinct cells of a column in the order of the records; empty if it is absent."""
    cell = CELLS[column]
    return [word for word in dict.fromkeys(map(cell, records)) if word is not None]


def in_order(column: str, cells: Iterable[str]) -> tuple[str, ...]:
    """Return cells in the stated order of their column: periods in time, others by text."""
    return tuple(sorted(cells, key=lambda word: _position(column, word)))


def _position(column: str, word: str) -> tuple[bool, int, str, str]:
    period = periods.find(word) if column == "period" else None
    if period:
        return (False, 0, period.start.isoformat(), period.end.isoformat())
    known = _POSITIONS.get(column, {})
    code = stage(word) if column == "status" else word
    return (not word, known.get(code, len(known)), word, "")


def listed(cells: Iterable[str | None], conjunction: str = "", column: str = "") -> str:
    """Return words for people; an empty cell is one that is not printed.

    They are codes of ``column`` where one is given.
    """
    words = [labels.code(column, word) if word else _("not printed") for word in cells]
    return conjunction.join(words) if conjunction else join(words)


def unlike(column: str, cells: Iterable[str]) -> str:
    """Return the caveat for figures that differ in a column."""
    return _(
        "different {column}: {words}",
        column=labels.column(column),
        words=listed(cells, column=column),
    )


def differences(records: Sequence[Record], columns: Sequence[str]) -> tuple[str, ...]:
    """Return the caveats of combining figures: the columns in which they differ."""
    notes = []
    for column in columns:
        if column == "place":
            cells = list(
                dict.fromkeys(
                    record.place or labels.code("province", record.province or "")
                    for record in records
                )
            )
        elif column == "subject":
            cells = [name for name in words("subject", records) if name]
        else:
            cells = words(column, records)
        if len(cells) > 1:
            notes.append(unlike(column, cells))
    return tuple(notes)


def varying(records: Sequence[Record]) -> dict[str, list[str]]:
    """Return the columns of comparability in which records differ, each with its words.

    Several figures whose stage or scope is not printed differ in it: it is not known. Parts
    of one whole are of one list, whose stage is the same.
    """
    seen = {column: words(column, records) for column in COMPARABILITY}
    several = len(records) > 1 or any(record.rows > 1 for record in records)
    known = not several or siblings(records)
    return {
        column: cells
        for column, cells in seen.items()
        if len(cells) > 1 or (not known and {*cells} & {*_UNKNOWN.get(column, ())})
    }


def without_empty(figures: Sequence["Figure"]) -> list["Figure"]:
    """Return figures whose rows lack the columns status and scope where these are empty in all."""
    empty = [name for name in _UNKNOWN if not any(figure.get(name) for figure in figures)]
    if not any(name in figure.row for name in empty for figure in figures[:1]):
        return list(figures)
    return [
        figure._replace(row={key: cell for key, cell in figure.row.items() if key not in empty})
        for figure in figures
    ]


def siblings(records: Sequence[Record]) -> bool:
    """Return whether all records are parts of the same whole."""
    return len({record.wholes[:1] for record in records}) == 1 and bool(records[0].wholes)


def are_jobs(records: Sequence[Record]) -> bool:
    """Return whether all records are of jobs, counted in posts or in persons.

    One person holds a post, so that these counts add, though they are of different indicators.
    """
    return all(
        record.indicator is not None
        and record.indicator.counts_jobs
        and record.dimension in (POSTS, PERSONS)
        for record in records
    )


def differ(column: str, one: Record, two: Record) -> bool:
    """Return whether two figures differ in a column, or may: what is not printed is not known."""
    cells = CELLS[column](one), CELLS[column](two)
    return cells[0] != cells[1] or cells[0] in _UNKNOWN.get(column, ())


def keeping(across: Sequence[str], column: str) -> Instead:
    """Return the hint that gives up the same columns without one of them."""
    return Instead("--across", ",".join(name for name in across if name != column))


def refusals(
    operation: Grouping,
    unlike_columns: dict[str, list[str]],
    across: Sequence[str],
    *,
    never: bool,
) -> list[Refusal]:
    """Return a refusal for each column in which figures differ although it was not given up.

    ``never`` says that there are other reasons, so that giving the columns up does not help. The
    message names ``--across`` where that does help.
    """
    missing = [column for column in unlike_columns if column not in across]
    stages = unlike_columns.get("status", ())
    useless = never or "source" in missing or not NEVER_JOINED.isdisjoint(map(stage, stages))
    give_up = () if useless else (*across, *missing)
    hint: Instead | str = Instead("--across", ",".join(give_up)) if give_up else ""
    found = []
    for column in missing:
        cells = unlike_columns[column]
        message = _MEAN[column] if operation in MEANS else _SUM[column]
        reason = message(listed(cells, _(" and "), column))
        if len(cells) == 1:
            reason = _("several figures print no stage, so they are not comparable")
            if column == "scope":
                reason = _("several figures print no scope, so they are not comparable")
            hint = hint or Instead("--stat", "count")
        unadvised = reason
        if give_up:
            reason = _("{reason} without --across {column}", reason=reason, column=column)
        found.append(Refusal(reason, hint, give_up, unadvised=unadvised))
    return found


_SUM: dict[str, Callable[[str], str]] = {
    "indicator": lambda words: _("{words} are different things and do not add", words=words),
    "status": lambda words: _("{words} are different stages and do not add", words=words),
    "scope": lambda words: _("{words} are different scopes and do not add", words=words),
    "period": lambda words: _("{words} are different periods and do not add", words=words),
    "source": lambda words: _("{words} are different sources and do not add", words=words),
}
_MEAN: dict[str, Callable[[str], str]] = {
    "indicator": lambda words: _("{words} are different things and have no mean", words=words),
    "status": lambda words: _("{words} are different stages and have no mean", words=words),
    "scope": lambda words: _("{words} are different scopes and have no mean", words=words),
    "period": lambda words: _("{words} are different periods and have no mean", words=words),
    "source": lambda words: _("{words} are different sources and have no mean", words=words),
}
