"""``compare``: like figures side by side."""

from typing import Annotated

import typer

from transfer_cli import completion
from transfer_cli.options import FilterOptions, OutputOptions, spread


@spread
def compare_figures(
    what: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[INDICATOR or CATEGORY]...",
            help="What to compare; all for every category; a CSV file or - for another table.",
            autocompletion=completion.comparable,
        ),
    ] = None,
    *,
    by: Annotated[
        str,
        typer.Option(
            help="What stands in the columns: province, place, status, period …", metavar="NAME"
        ),
    ] = "province",
    wide: Annotated[
        bool, typer.Option("--wide", help="One row for each likeness, for machines too.")
    ] = False,
    unit: Annotated[str, typer.Option(help="Unit of the figures.", metavar="UNIT")] = "",
    filters: FilterOptions,
    output: OutputOptions,
) -> None:
    """Set provinces side by side, like with like.

    Figures stand in one row only where indicator, status, scope, period and dimension agree.
    At a terminal a footnote says what each figure covers; a pipe gets a row for each figure.
    """
    selection = filters.selection()
    from transfer_cli import compare, dataset, query
    from transfer_cli.render import output as out
    from transfer_cli.render import side_by_side
    from transfer_cli.selection import split

    tables, wanted = dataset.partition(split(what))
    request = compare.Request(tuple(wanted), by, selection.equal.get("province", ()), unit)
    compare.resolve(request.wanted)
    rows = query.select(dataset.load(tables), selection)
    found = compare.compare(rows, request)
    target = output.target()
    if target.chosen() != "table":
        output.finish(side_by_side.wide(found) if wide else found.table.sheet())
        return
    out.tell(found.table.notes, target)
    out.write(side_by_side.render(found, target.lang, color=target.colored()), target)
    output.judge(len(found.rows))
