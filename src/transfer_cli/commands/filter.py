"""``filter``: the rows that satisfy conditions."""

from collections.abc import Sequence
from typing import Annotated

import typer

from transfer_cli import completion
from transfer_cli.options import (
    ColumnsOption,
    DataOptions,
    FilterOptions,
    OutputOptions,
    TableArgument,
    option_groups,
)


@option_groups
def filter_rows(
    table: TableArgument = "metrics",
    *,
    filters: FilterOptions,
    data: DataOptions,
    columns: ColumnsOption = None,
    sort: Annotated[
        list[str] | None,
        typer.Option(
            help="Columns to sort by; -NAME descends.",
            metavar="NAMES",
            autocompletion=completion.columns,
        ),
    ] = None,
    limit: Annotated[
        int | None, typer.Option(help="Maximum number of rows.", min=0, metavar="N")
    ] = None,
    output: OutputOptions,
) -> None:
    """Show the rows that satisfy all conditions.

    Names match in English, Chinese or by code; several are joined by commas. A missing cell
    satisfies no condition.
    """
    filters.check_words(data.vocabulary(table))

    from transfer_cli.model.columns import split
    from transfer_cli.output import rows
    from transfer_cli.query.condition import columns_of
    from transfer_cli.query.notes import notes
    from transfer_cli.query.where import parse

    source = data.open(table)
    where = filters.condition(source)
    names, keys = split(columns, source.columns), split(sort, source.columns)
    tested: Sequence[str] = ()
    if filters.where:
        tested = columns_of(parse(filters.where, source.columns, source.vocabulary))
    output.write(
        rows.select(source, where, names, sort=keys, limit=limit),
        notes=lambda: notes(source, where),
        # Of limited rows all are looked at: the first may be numbers where not all are.
        numeric=rows.numeric_columns(source, where) if limit is None else None,
        first=[*(key.removeprefix("-") for key in keys), *tested],
        all_columns=bool(names),
    )
