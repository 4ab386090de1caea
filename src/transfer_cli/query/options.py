"""The condition that the filter options state: ``--province``, ``--min``, ``--where`` …"""

import re
from collections.abc import Container, Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from transfer_cli.errors import Instead, UsageError
from transfer_cli.messages import _
from transfer_cli.model import headings, kinds, labels, numbers, periods, regions
from transfer_cli.model import names as model_names
from transfer_cli.model.codelists import stage
from transfer_cli.model.columns import split
from transfer_cli.model.schema import PERIODS, Schema, require
from transfer_cli.model.units import PERCENT, Unit
from transfer_cli.model.vocabulary import NOT_ADDITIVE, Vocabulary, with_derived
from transfer_cli.query.comparisons import Amount, Codes, Named, Search, Within
from transfer_cli.query.condition import EVERY_ROW, Condition, both

if TYPE_CHECKING:
    from transfer_cli.tables.source import Source

Words = Sequence[str] | None
"""The values of an option that may be repeated, each of which may hold several, with commas."""

CODES = ("province", "category", "indicator", "industry", "status", "scope")
"""The options whose words are codes or labels of the look-ups."""
NAMES = ("place", "subject")
"""The options whose words are names of the table."""
WORDS = (*CODES, *NAMES, "period")
"""The options that take words."""
VALUES = ("value", "investment")
"""The columns that hold the numbers of a table: the first of them that it has."""
_FIRST_ROWS = 1_000
"""Rows looked at for a column of numbers."""
_LIMIT = re.compile(r"\s*([+\u2212＋－-]?[\d,.．]+)\s*(.*)", re.DOTALL)


def condition(
    source: "Source",
    words: Mapping[str, Words] = {},
    *,
    search: str | None = None,
    min: str | None = None,
    max: str | None = None,
    where: str | None = None,
) -> Condition:
    """Return the condition that all of the options state about a source.

    ``words`` are those of each option of ``WORDS``. Raises UsageError, with did-you-mean, for a
    word that is not in its closed list, for a name that no cell of the source has, and for a column
    that the source lacks.
    """
    parts: list[Condition] = [
        _of_words(source, option, listed)
        for option, values in words.items()
        if (listed := _words(option, values))
    ]
    if search:
        parts.append(Search(search))
    if min is not None:
        parts.append(_amount(source, "--min", min, ">="))
    if max is not None:
        parts.append(_amount(source, "--max", max, "<="))
    if where:
        from transfer_cli.query.where import parse

        parts.append(parse(where, source.columns, source.vocabulary, source.schema))
    return both(*parts) if parts else EVERY_ROW


def _of_words(source: "Source", option: str, words: tuple[str, ...]) -> Condition:
    """Return the condition that the words of an option state."""
    if option in CODES:
        return _codes(source, option, words)
    if option == "period":
        column = next((name for name in PERIODS if name in source.columns), "period")
        require(source.columns, [column], source.schema)
        return Within(column, tuple(map(periods.parse, words)))
    named = Named(_twins(source, option), words)
    _require_names(source, option, named)
    return named


def _codes(source: "Source", column: str, words: tuple[str, ...]) -> Codes:
    """Return the condition that a column has one of the codes, or of the table's words, named."""
    vocabulary = source.vocabulary
    own: Sequence[str] = ()
    if column in source.columns and vocabulary.own_words:
        own = [cell for cell in source.counts(EVERY_ROW, column).index if cell]
    codes = [model_names.resolve(column, word, vocabulary, own) for word in words]
    require(with_derived(source.columns), [column], source.schema)
    labels = vocabulary.aliases(column) if own and column in model_names.CLOSED else {}
    names = [label for code in codes for label in labels.get(code, ())]
    if column == "status":
        names += [cell for cell in own if stage(cell) in codes]
    return Codes(column, tuple(dict.fromkeys(codes)), tuple(dict.fromkeys([*words, *names])))


def check_words(
    vocabulary: Vocabulary,
    words: Mapping[str, Words],
    *,
    min: str | None = None,
    max: str | None = None,
) -> None:
    """Raise UsageError for a word that is wrong whatever the table, before one is read."""
    for option in CODES:
        listed = _words(option, words[option])
        # A table of the user's may have words of its own.
        for word in listed if not vocabulary.own_words else ():
            model_names.resolve(option, word, vocabulary)
    for word in _words("period", words["period"]):
        periods.parse(word)
    for option, text in (("--min", min), ("--max", max)):
        if text is not None:
            _limit(option, text, vocabulary)


def provinces(words: Words) -> tuple[str, ...]:
    """Return the provinces that are named, and the words for others of the user's table."""
    return tuple(regions.find(name) or name for name in split(words))


def value_column(source: "Source", option: str = "") -> str:
    """Return the column that holds a table's numbers: ``value``, or ``investment`` of projects.

    Raises UsageError for another table. The hint names its first column of numbers, of those that
    add if any do, by ``--value`` or, for an ``option`` that has no such column, by ``--map``.
    """
    for name in VALUES:
        if name in source.columns:
            return name
    message = _("the table has no column 'value'")
    if option:
        message = _("{option}: the table has no column 'value'", option=option)
    first = _first_amount(source)
    if not first:
        raise UsageError(message, "transfer-cli describe TABLE")
    hint = Instead("--map", f"{first}=value") if option else Instead("--value", first)
    raise UsageError(message, hint)


def _first_amount(source: "Source") -> str:
    roles = {*headings.HEADINGS, headings.ROW, *PERIODS, "id"}
    names = [name for name in source.columns if name not in roles]
    first = next(source.rows(EVERY_ROW, names, limit=_FIRST_ROWS)) if names else None
    numeric = [name for name in names if first is not None and first.is_numeric(name)]
    if not numeric:
        return ""
    best = min(numeric, key=lambda name: kinds.implied(name) in NOT_ADDITIVE)
    return source.schema.field(best).written


def unit_column(schema: Schema, columns: Container[str], column: str) -> str:
    """Return the column of the units of a column of numbers, or an empty string."""
    candidates = [schema.field(column).unit, f"{column}_unit", "unit" if column == "value" else ""]
    return next((name for name in candidates if name and name in columns), "")


def _words(option: str, values: Words) -> tuple[str, ...]:
    """Return the values of an option; an empty one is a mistake (an unset variable), not all."""
    words = split(values)
    if values and not words:
        raise UsageError(_("--{option} is empty", option=option), f"transfer-cli values {option}")
    return tuple(words)


def _twins(source: "Source", column: str) -> tuple[str, ...]:
    """Return the columns that hold a free name: its own, the Chinese one, that of a company."""
    columns = list(source.columns)
    if column == "subject" and column not in columns and "project" in columns:
        column = "project"
    require(columns, [column], source.schema)
    companies = ("company", "company_zh") if column == "project" else ()
    return tuple(name for name in (column, f"{column}_zh", *companies) if name in columns)


def _require_names(source: "Source", column: str, named: Named) -> None:
    """Raise UsageError, with did-you-mean, for a free name that no cell of the source has."""
    cells: dict[str, tuple[str, ...]] = {}
    for twin in named.columns:
        counts = source.counts(EVERY_ROW, twin)
        cells.update({cell: () for cell in counts.index if cell})
    for name in named.names:
        if not any(model_names.matches(name, cell) for cell in cells):
            model_names.choose(column, name, cells)


def _amount(source: "Source", option: str, text: str, operator: Literal["<=", ">="]) -> Amount:
    """Return the condition that ``--min`` or ``--max`` states about the numbers of a table."""
    columns, schema = source.columns, source.schema
    value, unit = _limit(option, text, source.vocabulary)
    column = value_column(source, option)
    units = unit_column(schema, columns, column)
    percent = numbers.reads_percent(column, columns)
    if unit is not None and not units and not (percent and unit.dimension == PERCENT):
        message = _("{option} {text}: the table has no units to compare it with",
                    option=option, text=text)  # fmt: skip
        hint = _(
            "write the limit as the numbers are printed, or their unit into the heading: {heading}",
            heading=_(
                "{text} ({bracket})",
                text=schema.field(column).written,
                bracket=labels.unit(unit.name),
            ),
        )
        raise UsageError(message, hint)
    bounds = schema.field(column).bound
    return Amount(
        column,
        operator,
        value,
        unit,
        units,
        bounds if bounds in columns else "",
        "indicator" if "indicator" in columns else "",
        percent,
    )


def _limit(option: str, text: str, vocabulary: Vocabulary) -> tuple[Fraction, Unit | None]:
    """Return the number and the unit of a limit: ``100`` or ``100亿元``."""
    match = _LIMIT.fullmatch(text)
    if not match or not numbers.is_number(match[1]):
        raise UsageError(
            _("{option}: {text!r} is not a number", option=option, text=text),
            _("write {option} 100 or {option} '10bn CNY'", option=option),
        )
    name = match[2].strip()
    if name and not vocabulary.units.known(name):
        raise UsageError(
            _("{option}: unknown unit {name!r}", option=option, name=name),
            _("see: {command}", command="transfer-cli values unit"),
        )
    return numbers.exact(match[1]), vocabulary.units.parse(name) if name else None
