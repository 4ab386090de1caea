"""``describe``: a summary of a table."""

from typing import Annotated

import typer

from transfer_cli.options import DataOptions, FilterOptions, OutputOptions, TableArgument
from transfer_cli.spreading import spread


@spread
def describe_table(
    table: TableArgument = "metrics",
    *,
    what: Annotated[
        str,
        typer.Option(
            "--what",
            help="columns, indicators or coverage.  [default: all at a terminal, else columns]",
            metavar="PART",
        ),
    ] = "",
    filters: FilterOptions,
    data: DataOptions,
    output: OutputOptions,
) -> None:
    """Summarise a table and its silences.

    Its columns, its indicators, and what each province prints of each category.
    """
    sources = data.sources(table)
    selection = filters.selection()
    from transfer_cli import dataset, describe
    from transfer_cli import oldquery as query
    from transfer_cli.errors import Instead, UsageError, unknown
    from transfer_cli.steps import reading

    if what and what not in describe.PARTS:
        raise unknown("part", what, describe.PARTS)
    target = output.target()
    with reading.scan(table, sources, target) as scan:
        if scan is not None:
            from transfer_cli.scanning import portrait

            rows, parts = scan.head, portrait.parts(scan, selection)
        else:
            rows = query.select(dataset.load(table, sources), selection)
            parts = describe.parts(rows)
        everything = not what and target.chosen() == "table"
        if not {"indicator", "value", "province"} <= set(rows.columns):
            if what not in ("", "columns"):
                told = f"{table} has no figures whose {what} could be told"
                raise UsageError(told, Instead("--what", "columns"))
            everything, what = False, "columns"
        for name in parts if everything else [what or "columns"]:
            output.finish(parts[name]().sheet(), whole=True)
