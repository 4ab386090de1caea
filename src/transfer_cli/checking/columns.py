"""The form of a table by its schema (Table Schema): columns, types, constraints and keys."""

from collections.abc import Iterator

from transfer_cli.checking import cells
from transfer_cli.checking.finding import Finding
from transfer_cli.checking.reading import TableFile
from transfer_cli.errors import closest


def check(table: TableFile) -> Iterator[Finding]:
    """Yield what is wrong with the columns and cells of a table by its fields."""
    yield from _columns(table)
    rows = table.whole
    for field in table.fields:
        name = field["name"]
        # Most cells of a column are alike: each is looked at once.
        judged = {cell: cells.judge(cell, field) for cell in {row.cells.get(name) for row in rows}
                  if cell is not None}  # fmt: skip
        for row in rows if any(judged.values()) else ():
            if wrong := judged[row.get(name)]:
                yield table.at(row, name, *wrong)
    for key in table.keys:
        yield from _repeated(table, key)


def _columns(table: TableFile) -> Iterator[Finding]:
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
    seen: dict[tuple[str, ...], int] = {}
    if not set(key) <= set(table.columns):
        return
    for row in table.rows:
        found = tuple(map(row.get, key))
        if any(found) and found in seen:
            told = f"{', '.join(found)!r} stands on line {seen[found]} already"
            yield table.at(row, key[0], told, "give each row its own, or delete one")
        seen.setdefault(found, row.line)
