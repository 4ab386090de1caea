"""The form of a table by its schema (Table Schema): columns, types, constraints and keys."""

from collections.abc import Iterator

from transfer_cli.checking import cells as form
from transfer_cli.checking.finding import Finding
from transfer_cli.checking.tablefile import Cells, Row, TableFile
from transfer_cli.errors import closest


def check(table: TableFile) -> Iterator[Finding]:
    """Yield what is wrong with the columns and cells of a table by its fields."""
    yield from names(table)
    yield from cells(table)
    for key in table.keys:
        yield from _repeated(table, key)


def cells(table: Cells) -> Iterator[Finding]:
    """Yield the cells that are not of the type of their field or break its constraints."""
    for field in table.fields:
        if field["name"] in table.columns:
            yield from table.judged(field["name"], form.judge(field))


def names(table: TableFile) -> Iterator[Finding]:
    """Yield the columns that a table lacks, and those that it should not have."""
    if not table.fields:
        return
    known = [field["name"] for field in table.fields]
    missing = [name for name in known if name not in table.columns]
    strange = [name for name in dict.fromkeys(table.columns) if name.strip() and name not in known]
    for name in strange:
        told = f"no column of {table.kind or 'the schema'}"
        yield Finding(table.name, 1, name, told, _meant(name, missing))
    for name in missing:
        yield Finding(table.name, 1, name, "the column is missing", f"add a column {name!r}")


def _meant(name: str, missing: list[str]) -> str:
    # extract writes this column for the person who corrects its rows.
    if name == "confidence":
        return "delete the column once its rows are corrected"
    near = closest(name, missing)
    return f"did you mean {near[0]!r}?" if near else "delete the column, or rename it"


def _repeated(table: TableFile, key: list[str]) -> Iterator[Finding]:
    seen: dict[tuple[str, ...], Row] = {}
    if not set(key) <= set(table.columns):
        return
    for row in table.rows:
        found = tuple(map(row.get, key))
        if any(found) and found in seen:
            yield repeated(table, row, key, seen[found])
        seen.setdefault(found, row)


def repeated(table: TableFile, row: Row, key: list[str], first: Row) -> Finding:
    """Return the finding about a row whose key an earlier one has."""
    where = str(first.line) if row.file == first.file else f"{first.line} of {first.file}"
    told = f"{', '.join(map(row.get, key))!r} stands on line {where} already"
    return table.at(row, key[0], told, "give each row its own, or delete one")
