"""``values``: the distinct values of a column."""

from typing import Annotated

import typer

from transfer_cli import completion
from transfer_cli.options import DataOptions, OutputOptions, TableArgument
from transfer_cli.spreading import spread


@spread
def list_values(
    column: Annotated[
        str,
        typer.Argument(
            metavar="COLUMN",
            help="A column; category and region too.",
            autocompletion=completion.columns,
        ),
    ],
    table: TableArgument = "metrics",
    *,
    data: DataOptions,
    output: OutputOptions,
) -> None:
    """List the distinct values of a column.

    Each with how many rows hold it, and codes with their labels.
    """
    from transfer_cli import values

    found = data.sources(table)
    output.finish(values.distinct(table, column, found), whole=True)
