"""Words that the shell completes: from the look-up tables alone, never with pandas."""

import csv
import re
from collections.abc import Iterable, Iterator

from transfer_cli.model import codelists
from transfer_cli.model.vocabulary import Vocabulary, data_directory
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


def categories(incomplete: str) -> list[str]:
    """Complete a category."""
    return list(_last(incomplete, codelists.CATEGORIES))


def indicators(incomplete: str) -> list[str]:
    """Complete the code of an indicator."""
    return list(_last(incomplete, Vocabulary().indicators))


def industries(incomplete: str) -> list[str]:
    """Complete the code of an industry."""
    return list(_last(incomplete, Vocabulary().industries))


def statuses(incomplete: str) -> list[str]:
    """Complete a status."""
    return list(_last(incomplete, codelists.STATUSES))


def scopes(incomplete: str) -> list[str]:
    """Complete a scope."""
    return list(_last(incomplete, codelists.SCOPES))


def formats(incomplete: str) -> list[str]:
    """Complete an output format."""
    from transfer_cli.output.formats import names

    return [name for name in names() if name.startswith(incomplete)]


def comparable(incomplete: str) -> list[str]:
    """Complete what ``compare`` takes: a category, an indicator, or all."""
    words = ("all", *codelists.CATEGORIES, *Vocabulary().indicators)
    return list(_last(incomplete, dict.fromkeys(words)))


def statistics(incomplete: str) -> list[str]:
    """Complete the name of a statistic."""
    from transfer_cli.stats.statistic import NAMES

    return list(_last(incomplete, (*NAMES, "q25")))


def comparability(incomplete: str) -> list[str]:
    """Complete a column that ``--across`` gives up."""
    return list(_last(incomplete, ("status", "scope", "period", "indicator", "source")))


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
    names = [*_header("metrics"), "category", "region", *_header("projects")]
    return [sign + word for word in _last(incomplete.removeprefix("-"), dict.fromkeys(names))]


def expression(incomplete: str) -> list[str]:
    """Complete the id that an expression ends with: ``a + gx_``."""
    start = len(incomplete) - len(re.split(r"[^\w.:]", incomplete)[-1])
    return [incomplete[:start] + name for name in ids(incomplete[start:])]


def ids(incomplete: str) -> list[str]:
    """Complete the id of a figure."""
    with (data_directory() / "metrics.csv").open(encoding="utf-8", newline="") as file:
        return [row["id"] for row in csv.DictReader(file) if row["id"].startswith(incomplete)]


def _header(table: str) -> list[str]:
    """Return the columns of a built-in table."""
    with (data_directory() / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return next(csv.reader(file))
