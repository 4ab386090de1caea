"""``export``: whole tables to files."""

from typing import Annotated

import typer

from transfer_cli import completion
from transfer_cli.options import DataOptions, FilterOptions, OutputOptions, spread


@spread
def export_tables(
    tables: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[TABLE]...",
            help="metrics, projects, a look-up, a CSV file, - or all.",
            autocompletion=completion.tables,
        ),
    ] = None,
    *,
    columns: Annotated[
        list[str] | None,
        typer.Option(help="Columns, in order.", metavar="NAMES", autocompletion=completion.columns),
    ] = None,
    filters: FilterOptions,
    data: DataOptions,
    output: OutputOptions,
) -> None:
    """Write tables in another format; the suffix of -o names it.

    'export all -o DIR' writes every table with its datapackage.json: a valid Data Package.
    Several tables need a directory too.
    """
    names = tables or ["metrics"]
    sources = data.sources(*names)
    selection = filters.selection()
    from transfer_cli import large
    from transfer_cli.render import package
    from transfer_cli.selection import split

    if names == ["all"] or len(names) > 1:
        package.write(names, selection, output.target())
        return
    asked = large.Rows(selection, tuple(split(columns)))
    large.write_rows(names[0], sources, asked, output, whole=True)
