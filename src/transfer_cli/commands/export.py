"""``export``: whole tables to files."""

from typing import Annotated

import typer

from transfer_cli import completion
from transfer_cli.options import DataOptions, EngineOption, FilterOptions, OutputOptions
from transfer_cli.spreading import spread


@spread
def export_tables(
    tables: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[TABLE]...",
            help="metrics, projects, a look-up, a CSV file, - or all.",
            autocompletion=completion.exportable,
        ),
    ] = None,
    *,
    columns: Annotated[
        list[str] | None,
        typer.Option(help="Columns, in order.", metavar="NAMES", autocompletion=completion.columns),
    ] = None,
    engine: EngineOption = "auto",
    filters: FilterOptions,
    data: DataOptions,
    output: OutputOptions,
) -> None:
    """Write tables in another format.

    The suffix of -o names it. 'export all -o DIR' writes every table with its datapackage.json: a
    valid Data Package. Several tables need a directory too.
    """
    names = tables or ["metrics"]
    sources = data.sources(*names)
    selection = filters.selection()
    from transfer_cli.errors import Instead, UsageError
    from transfer_cli.scanning import engines
    from transfer_cli.selecting.selection import split
    from transfer_cli.steps import writing

    engines.check(engine)
    if names == ["all"] or len(names) > 1:
        from transfer_cli.render import package

        if columns:
            raise UsageError("--columns chooses from one table", Instead("--columns"))
        package.write(names, selection, sources, output.target())
        return
    asked = writing.Asked(names[0], sources, selection, split(columns), engine=engine)
    output.judge(writing.write(asked, output.target(whole=True)))
