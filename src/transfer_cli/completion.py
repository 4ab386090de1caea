"""Words that the shell completes: from the look-up tables alone, never with pandas."""

import re
from collections.abc import Callable, Iterable

from transfer_cli.model import codelists
from transfer_cli.model.lookups import builtin
from transfer_cli.model.vocabulary import Vocabulary
from transfer_cli.model.vocabulary import provinces as every_province

Words = Callable[[], Iterable[str]]
Complete = Callable[[str], list[str]]


def _one(words: Words) -> Complete:
    """Return what completes one of the words that a function returns."""

    def complete(incomplete: str) -> list[str]:
        return [word for word in words() if word.startswith(incomplete)]

    return complete


def _several(words: Words) -> Complete:
    """Return what completes the last of several words joined by commas; case is ignored."""

    def complete(incomplete: str) -> list[str]:
        head, comma, tail = incomplete.rpartition(",")
        fitting = (word for word in words() if word.casefold().startswith(tail.casefold()))
        return [f"{head}{comma}{word}" for word in fitting]

    return complete


tables = _one(lambda: ("metrics", "projects"))
units = _one(lambda: Vocabulary().units.rows)
ids = _one(lambda: (row["id"] for row in builtin("metrics")[1]))
categories = _several(lambda: codelists.CATEGORIES)
indicators = _several(lambda: Vocabulary().indicators)
industries = _several(lambda: Vocabulary().industries)
statuses = _several(lambda: codelists.STATUSES)
scopes = _several(lambda: codelists.SCOPES)
comparability = _several(lambda: ("status", "scope", "period", "indicator", "source"))
"""Completes a column that ``--across`` gives up."""
comparable = _several(
    lambda: dict.fromkeys(("all", *codelists.CATEGORIES, *Vocabulary().indicators))
)
"""Completes what ``compare`` takes: a category, an indicator, or all."""
compare_by = _one(
    lambda: ("province", "place", "status", "period", "industry", "scope", "subject", "source")
)
"""Completes the column whose values become the columns of a comparison."""


@_one
def exportable() -> Iterable[str]:
    """Return the names of the tables of the data package, and ``all``."""
    from transfer_cli.model.schema import schemas

    return ("all", *schemas())


@_one
def formats() -> Iterable[str]:
    """Return the names of the output formats."""
    from transfer_cli.output.formats import names

    return names()


@_several
def provinces() -> Iterable[str]:
    """Return the English and Chinese names of the provinces, and their codes."""
    rows = every_province().values()
    return [name for row in rows for name in (row.name, row.zh, row.iso.removeprefix("CN-"))]


@_several
def statistics() -> Iterable[str]:
    """Return the names of statistics."""
    from transfer_cli.stats.statistic import NAMES

    return (*NAMES, "q25")


@_several
def _every_column() -> Iterable[str]:
    """Return the columns of metrics or projects, and the derived ones."""
    return dict.fromkeys([*builtin("metrics")[0], "category", "region", *builtin("projects")[0]])


def columns(incomplete: str) -> list[str]:
    """Complete a column; ``-`` in front, which sorts in descending order, is kept."""
    sign = "-" if incomplete.startswith("-") else ""
    return [sign + word for word in _every_column(incomplete.removeprefix("-"))]


def expression(incomplete: str) -> list[str]:
    """Complete the id that an expression ends with: ``a + gx_``."""
    start = len(incomplete) - len(re.split(r"[^\w.:]", incomplete)[-1])
    return [incomplete[:start] + name for name in ids(incomplete[start:])]
