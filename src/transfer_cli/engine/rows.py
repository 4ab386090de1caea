"""Rows of files as Tables that come chunk by chunk, in the order of the files or sorted."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from transfer_cli.engine.relation import Relation, literal
from transfer_cli.frames import np, pd
from transfer_cli.model import numbers
from transfer_cli.model.schema import Schema
from transfer_cli.query.condition import Condition

if TYPE_CHECKING:
    from transfer_cli.frames import NDArray

VECTORS = 10
"""Vectors, of 2,048 rows, in a chunk of rows; the first chunk has one, so that it comes soon."""


def frames(
    relation: Relation,
    schema: Schema,
    where: Condition,
    names: Sequence[str],
    sort: Sequence[str],
    limit: int | None,
) -> "Iterator[pd.DataFrame]":
    """Yield the columns ``names`` of the rows that satisfy ``where``; the last may be empty."""
    bases = list(dict.fromkeys(relation.base(name) for name in names))
    order = f" ORDER BY {', '.join([*_order(relation, schema, sort), 'place'])}" if sort else ""
    count = f" LIMIT {int(limit)}" if limit is not None else ""
    select = ", ".join(map(relation.cell, bases))
    condition, values = relation.predicate(where)
    # Rows that are equal in the order of ``sort`` are in the order of the files.
    place = ", row_number() OVER () AS place" if sort else ""
    inner = f"(SELECT *{place} FROM {{source}} WHERE {condition})"  # noqa: S608
    sql = f"SELECT {select} FROM {inner}{order}{count}"  # noqa: S608
    size = iter([1])
    for chunk in relation.run(sql, values, lambda found: found.fetch_df_chunk(next(size, VECTORS))):
        cells = {base: chunk.iloc[:, i].to_numpy(dtype=object) for i, base in enumerate(bases)}
        columns = {
            name: cells[name]
            if name in relation.places
            else _derived(relation, name, cells[relation.base(name)])
            for name in names
        }
        yield pd.DataFrame(columns, index=np.zeros(len(chunk), dtype=int), dtype=object)


def _derived(relation: Relation, name: str, cells: Any) -> "NDArray[Any]":
    codes, words = pd.factorize(cells)
    derived = [relation.vocabulary.derived(name, word) for word in words]
    return pd.Series(derived, dtype=object).to_numpy()[codes]


def _order(relation: Relation, schema: Schema, sort: Sequence[str]) -> Iterator[str]:
    """Yield the terms of ORDER BY: numbers by their amount, text, then empty cells."""
    for key in [*sort, *(["id"] if "id" in relation.places else [])]:
        name, descending = key.removeprefix("-"), key.startswith("-")
        cell = relation.text(name)
        way = "DESC" if descending else "ASC"
        field = schema.field(name)
        if not field.may_hold_numbers:
            yield f"{cell} = ''"
            yield f"{cell} {way}"
            continue
        percent = relation.percent(name)
        factors = _factors(relation, field.unit) if field.unit in relation.places else {}
        if len({*factors.values()}) > 1:
            cases = " ".join(f"WHEN {literal(unit)} THEN {factor!r}"
                             for unit, factor in factors.items())  # fmt: skip
            amount = f"{numbers.sql_double(cell, percent=percent)} * CASE"
            amount += f" {relation.cell(field.unit)} {cases} END"
            yield f"CASE WHEN {cell} = '' THEN 2 WHEN {amount} IS NULL THEN 1 ELSE 0 END"
            yield f"format('{{:.14e}}', {amount})::DOUBLE {way} NULLS LAST"
        yield numbers.sql_order(cell, descending=descending, percent=percent)


def _factors(relation: Relation, column: str) -> Mapping[str, float]:
    """Return the distinct units of a column, with how many base units each is."""
    units = relation.distinct(column)
    return {unit: float(relation.vocabulary.unit(unit).factor) for unit in units}
