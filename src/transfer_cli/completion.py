"""Words that the shell completes: from the look-up tables alone, never with pandas."""

import re
from collections.abc import Callable, Iterable, Iterator

from transfer_cli.model import codelists
from transfer_cli.model.lookups import builtin
from transfer_cli.model.vocabulary import Vocabulary
from transfer_cli.model.vocabulary import provinces as every_province


def _last(incomplete: str, words: Iterable[str]) -> Iterator[str]:
    """Complete the last item of a list joined by commas."""
    head, comma, tail = incomplete.rpartition(",")
    for word in words:
        if word.casefold().startswith(tail.casefold()):
            yield f"{head}{comma}{word}"


def tables(incomplete: str) -> list[str]:
    """Complete the name of a built-in table."""
    return [name for name in ("metrics", "projects") if name.startswith(incomplete)]


def exportable(incomplete: str) -> list[str]:
    """Complete the name of any table of the data package, or ``all``."""
    from transfer_cli.model.schema import schemas

    return [name for name in ("all", *schemas()) if name.startswith(incomplete)]


def provinces(incomplete: str) -> list[str]:
    """Complete a province by its English or Chinese name or its code."""
    rows = every_province().values()
    words = [name for row in rows for name in (row.name, row.zh, row.iso.removeprefix("CN-"))]
    return list(_last(incomplete, words))


def _listed(words: Callable[[], Iterable[str]]) -> Callable[[str], list[str]]:
    """Return what completes the last of several words, joined by commas."""

    def complete(incomplete: str) -> list[str]:
        return list(_last(incomplete, words()))

    return complete


categories = _listed(lambda: codelists.CATEGORIES)
indicators = _listed(lambda: Vocabulary().indicators)
industries = _listed(lambda: Vocabulary().industries)
statuses = _listed(lambda: codelists.STATUSES)
scopes = _listed(lambda: codelists.SCOPES)
comparability = _listed(lambda: ("status", "scope", "period", "indicator", "source"))
"""Completes a column that ``--across`` gives up."""
comparable = _listed(
    lambda: dict.fromkeys(("all", *codelists.CATEGORIES, *Vocabulary().indicators))
)
"""Completes what ``compare`` takes: a category, an indicator, or all."""


def formats(incomplete: str) -> list[str]:
    """Complete an output format."""
    from transfer_cli.output.formats import names

    return [name for name in names() if name.startswith(incomplete)]


def statistics(incomplete: str) -> list[str]:
    """Complete the name of a statistic."""
    from transfer_cli.stats.statistic import NAMES

    return list(_last(incomplete, (*NAMES, "q25")))


def compare_by(incomplete: str) -> list[str]:
    """Complete the column whose values become the columns of a comparison."""
    names = ("province", "place", "status", "period", "industry", "scope", "subject", "source")
    return [name for name in names if name.startswith(incomplete)]


def units(incomplete: str) -> list[str]:
    """Complete a unit as printed."""
    return [name for name in Vocabulary().units.rows if name.startswith(incomplete)]


def columns(incomplete: str) -> list[str]:
    """Complete a column of metrics or projects, and the derived ones; ``-`` in front is kept."""
    sign = "-" if incomplete.startswith("-") else ""
    names = [*builtin("metrics")[0], "category", "region", *builtin("projects")[0]]
    return [sign + word for word in _last(incomplete.removeprefix("-"), dict.fromkeys(names))]


def expression(incomplete: str) -> list[str]:
    """Complete the id that an expression ends with: ``a + gx_``."""
    start = len(incomplete) - len(re.split(r"[^\w.:]", incomplete)[-1])
    return [incomplete[:start] + name for name in ids(incomplete[start:])]


def ids(incomplete: str) -> list[str]:
    """Complete the id of a figure."""
    return [row["id"] for row in builtin("metrics")[1] if row["id"].startswith(incomplete)]
