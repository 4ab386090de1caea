"""``aggregate``: statistics by group."""

from typing import Annotated

import typer

from transfer_cli import completion
from transfer_cli.options import (
    DataOptions,
    EngineOption,
    FilterOptions,
    OutputOptions,
    TableArgument,
    spread,
)


@spread
def aggregate_rows(
    table: TableArgument = "metrics",
    *,
    by: Annotated[
        list[str] | None,
        typer.Option(
            help="Columns to group by.", metavar="NAMES", autocompletion=completion.columns
        ),
    ] = None,
    stat: Annotated[list[str] | None, typer.Option(
        help="count, sum, mean, median, min, max, std, q25, p90 …  [default: count]",
        metavar="NAMES",
    )] = None,
    value: Annotated[str, typer.Option(
        help="Column of the numbers.  [default: value]", metavar="NAME"
    )] = "",
    across: Annotated[list[str] | None, typer.Option(
        help="Likeness to give up: status, scope, period, indicator.", metavar="NAMES"
    )] = None,
    unit: Annotated[str, typer.Option(help="Unit of the results.", metavar="UNIT")] = "",
    engine: EngineOption = "auto",
    filters: FilterOptions,
    data: DataOptions,
    output: OutputOptions,
) -> None:  # fmt: skip
    """Count, add up and average figures, like with like.

    Figures are put together only where indicator, status, scope, period and dimension agree;
    --across gives one up, on your word. A whole and its parts, shares, and periods that overlap
    are never added.
    """
    sources = data.sources(table)
    selection = filters.selection()
    from transfer_cli import aggregate, large, stats
    from transfer_cli.selection import split

    request = aggregate.Request(
        tuple(split(by)), tuple(stats.parse(split(stat) or ["count"])), value,
        tuple(split(across)), unit,
    )  # fmt: skip
    answer = large.aggregated(table, sources, selection, request, engine)
    output.finish(answer.sheet(), whole=True)
