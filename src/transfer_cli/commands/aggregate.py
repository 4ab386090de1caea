"""``aggregate``: statistics by group."""

from typing import Annotated

import typer

from transfer_cli import completion, options
from transfer_cli.options import DataOptions, FilterOptions, OutputOptions
from transfer_cli.spreading import spread

By = typer.Option(help="Columns to group by.", metavar="NAMES", autocompletion=completion.columns)
Stat = typer.Option(
    help="count, sum, mean, median, min, max, std, q25, p90 …  [default: count]",
    metavar="NAMES",
    autocompletion=completion.statistics,
)
Value = typer.Option(help="Column of the numbers.  [default: value]", metavar="NAME")
Across = typer.Option(
    help="Likeness to give up: status, scope, period, indicator.",
    metavar="NAMES",
    autocompletion=completion.likeness,
)


@spread
def aggregate_rows(
    table: options.TableArgument = "metrics",
    *,
    by: Annotated[list[str] | None, By] = None,
    stat: Annotated[list[str] | None, Stat] = None,
    value: Annotated[str, Value] = "",
    across: Annotated[list[str] | None, Across] = None,
    unit: options.UnitOption = "",
    engine: options.EngineOption = "auto",
    cluster: options.ClusterOption = "",
    filters: FilterOptions,
    data: DataOptions,
    output: OutputOptions,
) -> None:
    """Count, add up and average figures, like with like.

    Figures are put together only where indicator, status, scope, period and dimension agree;
    --across gives one up, on your word. A whole and its parts, shares, and periods that overlap
    are never added.
    """
    sources = data.sources(table)
    wanted = filters.selection()
    from transfer_cli import aggregate
    from transfer_cli.aggregation import stats
    from transfer_cli.model.codelists import PROVINCES
    from transfer_cli.selecting.selection import split
    from transfer_cli.steps import aggregating

    request = aggregate.Request(
        tuple(split(by)), tuple(stats.parse(split(stat) or ["count"])), value,
        tuple(split(across)), unit, wanted.equal.get("province", PROVINCES),
    )  # fmt: skip
    found = aggregating.answer(table, sources, wanted, request, output.target(), engine, cluster)
    output.finish(found.sheet(), whole=True)
