"""``filter``: the rows that meet the conditions."""

from typing import Annotated

import typer

from transfer_cli import completion
from transfer_cli.options import (
    DataOptions,
    EngineOption,
    FilterOptions,
    OutputOptions,
    TableArgument,
)
from transfer_cli.spreading import spread


@spread
def filter_rows(
    table: TableArgument = "metrics",
    *,
    filters: FilterOptions,
    data: DataOptions,
    columns: Annotated[
        list[str] | None,
        typer.Option(help="Columns, in order.", metavar="NAMES", autocompletion=completion.columns),
    ] = None,
    sort: Annotated[
        list[str] | None,
        typer.Option(
            help="Columns to sort by; -NAME descends.",
            metavar="NAMES",
            autocompletion=completion.columns,
        ),
    ] = None,
    limit: Annotated[int | None, typer.Option(help="Rows at most.", min=0, metavar="N")] = None,
    engine: EngineOption = "auto",
    output: OutputOptions,
) -> None:
    """Show the rows that meet all conditions.

    Names match in English, Chinese or by code; several are joined by commas. A missing cell
    meets no condition.
    """
    sources = data.sources(table)
    selection = filters.selection()
    from transfer_cli.scanning import engines
    from transfer_cli.selecting.selection import split
    from transfer_cli.steps import writing

    engines.check(engine)
    asked = writing.Asked(table, sources, selection, split(columns), split(sort), limit, engine)
    output.judge(writing.write(asked, output.target(whole=bool(columns))))
