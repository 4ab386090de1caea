"""The distinct values of a column, counted without pandas: what can be asked for, at once."""

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import partial

from transfer_cli.errors import unknown
from transfer_cli.files.textfile import records
from transfer_cli.location import path_of
from transfer_cli.model import lookups
from transfer_cli.model.derivation import DERIVED, derived
from transfer_cli.model.ordering import position
from transfer_cli.model.schema import Field, Schema, recognise, schemas
from transfer_cli.scanning import counts, sizes
from transfer_cli.sheet import Sheet
from transfer_cli.sources import Source

_TITLES = (
    Field("label", "string", "Label", "名称"),
    Field("label_zh", "string", "Chinese label", "中文名称"),
    Field("name_zh", "string", "Chinese name", "中文名"),
    Field("iso_3166_2", "string", "ISO 3166-2", "ISO 3166-2"),
)


def distinct(table: str, column: str, sources: Sequence[Source] = ()) -> Sheet:
    """Return each value of ``column`` with how many rows hold it, in the stated order.

    Codes come with their English and Chinese labels. Raises UsageError for an unknown column.
    """
    if sources and table in schemas():
        return _counted(column, [str(source.file(table)) for source in sources])
    return _counted(column, [path_of(table)])


def _counted(column: str, paths: Sequence[str]) -> Sheet:
    total: Counter[str] = Counter()
    for path in paths:
        header, found = _count(path, column)
        total.update(found)
    values = sorted(total, key=lambda value: position(column, value))
    cells: dict[str, list[str]] = {column: values, "count": [str(total[v]) for v in values]}
    cells.update(_labels(column, values))
    count = Field("count", "integer", "Count", "数量")
    return Sheet(cells, Schema("values", (recognise(header).field(column), count, *_TITLES)))


def _count(path: str, column: str) -> tuple[list[str], Counter[str]]:
    """Return the columns of a table, and how many of its rows hold each value of ``column``."""
    if sizes.large(path):
        header, found = counts.count(path, partial(_source, column))
    else:
        header, rows = records(path)
        place = header.index(_source(column, header))
        found = Counter(row[place] for _, row in rows)
    return header, found if column in header else _derived(column, found)


def _source(column: str, header: list[str]) -> str:
    """Return the column to count: ``column``, or the one that it follows from."""
    source = column if column in header else DERIVED.get(column, column)
    if source not in header:
        raise unknown("column", column, [*header, *DERIVED])
    return source


def _derived(column: str, counts: Counter[str]) -> Counter[str]:
    found: Counter[str] = Counter()
    for value, count in counts.items():
        found[derived(column, value)] += count
    return found


def _labels(column: str, values: Iterable[str]) -> dict[str, list[str]]:
    if column in ("indicator", "industry"):
        found = lookups.indicators() if column == "indicator" else lookups.industries()
        known = [found.get(value) for value in values]
        return {
            "label": [row.label if row else "" for row in known],
            "label_zh": [row.label_zh if row else "" for row in known],
        }
    if column == "unit" or column.endswith("_unit"):
        return {"label": [lookups.current().units.label(value, "en") for value in values]}
    if column == "province":
        rows = [lookups.provinces().get(value) for value in values]
        return {
            "name_zh": [row.zh if row else "" for row in rows],
            "iso_3166_2": [row.iso if row else "" for row in rows],
        }
    return {}
