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
    help="count, sum, mean, median, min, max, std, var, cv, distinct, q25, p90 …; hhi, gini over"
    " the last column of --by.  [default: count]",
    metavar="NAMES",
    autocompletion=completion.statistics,
)
Weight = typer.Option(
    help="Column of the weights of the mean.", metavar="NAME", autocompletion=completion.columns
)
Share = typer.Option(
    "--share", help="Add the percentage within the group of all but the last column of --by."
)
Total = typer.Option("--total", help="Add a row of all groups, as far as the rules allow it.")
Top = typer.Option(
    help="The N largest, by the first of --stat, of each group of all but the last column of --by;"
    " ties are kept.",
    metavar="N",
    min=1,
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
    weight: Annotated[str, Weight] = "",
    share: Annotated[bool, Share] = False,
    total: Annotated[bool, Total] = False,
    top: Annotated[int | None, Top] = None,
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

    std, var (in the square of the unit) and cv are those of a sample (divided by n - 1).
    Quantiles are of type 7, interpolated as in R and numpy. hhi is the sum of squared shares, from
    0 to 1; gini goes from 0 to (n - 1) / n.
    """
    filters.check_words(data.vocabulary(table))

    from transfer_cli.model import headings
    from transfer_cli.model.codelists import PROVINCES
    from transfer_cli.model.columns import split
    from transfer_cli.stats import statistic
    from transfer_cli.stats.aggregate import aggregate
    from transfer_cli.stats.plan import Request

    statistics = tuple(statistic.parse(split(stat, ()) or ["count"], weighted=bool(weight)))
    provinces = filters.provinces() or PROVINCES
    source = data.open(table, cluster=cluster)
    where = filters.condition(source)
    columns, schema = source.columns, source.schema
    request = Request(
        tuple(headings.chosen(by, columns, schema)),
        statistics,
        headings.column(value, columns, schema),
        tuple(headings.chosen(across, columns, schema)),
        unit,
        provinces,
        headings.column(weight, columns, schema),
        share,
        total,
        top or 0,
    )
    output.write(aggregate(source, where, request), all_columns=True)
