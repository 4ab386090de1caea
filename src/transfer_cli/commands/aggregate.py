"""``aggregate``: statistics by group."""

from typing import Annotated

import typer

from transfer_cli import completion
from transfer_cli.options import (
    AcrossOption,
    ClusterOption,
    DataOptions,
    FilterOptions,
    OutputOptions,
    TableArgument,
    UnitOption,
    option_groups,
)

By = typer.Option(help="Columns to group by.", metavar="NAMES", autocompletion=completion.columns)
Stat = typer.Option(
    help="count, sum, mean, median, min, max, std, q25, p90 …  [default: count]",
    metavar="NAMES",
    autocompletion=completion.statistics,
)
Value = typer.Option(help="Column of the numbers.  [default: value]", metavar="NAME")


@option_groups
def aggregate_rows(
    table: TableArgument = "metrics",
    *,
    by: Annotated[list[str] | None, By] = None,
    stat: Annotated[list[str] | None, Stat] = None,
    value: Annotated[str, Value] = "",
    across: AcrossOption = None,
    unit: UnitOption = "",
    cluster: ClusterOption = "",
    filters: FilterOptions,
    data: DataOptions,
    output: OutputOptions,
) -> None:
    """Count, add up and average comparable figures.

    Figures are combined only if indicator, status, scope, period and dimension agree. --across
    names columns that may differ within one sum. A whole and its parts, shares, and periods that
    overlap are never added.
    """
    filters.check_words(data.vocabulary(table))

    from transfer_cli.model import headings
    from transfer_cli.model.codelists import PROVINCES
    from transfer_cli.model.columns import split
    from transfer_cli.stats import statistic
    from transfer_cli.stats.aggregate import aggregate
    from transfer_cli.stats.plan import Request

    statistics = tuple(statistic.parse(split(stat, ()) or ["count"]))
    provinces = filters.provinces() or PROVINCES
    source = data.open(table, cluster=cluster)
    where = filters.condition(source)
    columns, schema = source.columns, source.schema
    keys = headings.chosen(by, columns, schema)
    given_up = headings.chosen(across, columns, schema)
    value = headings.column(value, columns, schema)
    request = Request(tuple(keys), statistics, value, tuple(given_up), unit, provinces)
    output.write(aggregate(source, where, request), all_columns=True)
