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
    ShownUnitOption,
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
    derive: Annotated[
        list[str] | None,
        typer.Option(
            help="A column computed from others: 'density=population / area'; repeatable.",
            metavar="NAME=EXPR",
        ),
    ] = None,
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
    unit: ShownUnitOption = "",
    output: OutputOptions,
) -> None:
    """Show the rows that satisfy all conditions.

    Names match in English, Chinese or by code; several are joined by commas. A missing cell
    satisfies no condition. --derive computes a column with + - * / and parentheses; it can be used
    in --where, --sort and --columns. A missing cell or a division by zero makes a missing result.
    --unit shows the amounts in one unit; conditions compare them as printed.
    """
    filters.check_words(data.vocabulary(table))

    from transfer_cli.output import rows
    from transfer_cli.query.condition import columns_of
    from transfer_cli.query.where import parse
    from transfer_cli.tables import derived

    source = data.open(table)
    if derive:
        source = derived.derive(source, derive)
    where = filters.condition(source)
    tested: Sequence[str] = ()
    if filters.where:
        tested = columns_of(parse(filters.where, source.columns, source.vocabulary, source.schema))
    selection = rows.Selection(source, where, columns, derive or (), sort, limit, unit)
    first = [*selection.results, *selection.sorted_by, *tested]
    output.write(selection.tables(), selection.settings(first))
