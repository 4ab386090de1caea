"""``aggregate``: statistics by group."""

import shlex
from typing import TYPE_CHECKING, Annotated

import typer

from transfer_cli import completion
from transfer_cli.messages import _
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

if TYPE_CHECKING:
    from transfer_cli.tables.source import Source

_GROUPS = ("province", "indicator", "status", "place", "year")
"""Columns by which a table may be grouped, the most likely first."""

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

    from transfer_cli.model.columns import split
    from transfer_cli.output.formats import Settings
    from transfer_cli.query.condition import EVERY_ROW
    from transfer_cli.stats import plan, statistic
    from transfer_cli.stats.aggregate import aggregate

    statistics = statistic.parse(split(stat) or ["count"], weighted=bool(weight))
    source = data.open(table, cluster=cluster)
    where = filters.condition(source)
    request = plan.request(
        source, statistics, by=by, value=value, across=across, weight=weight, unit=unit,
        provinces=filters.provinces(), share=share, total=total, top=top,
    )  # fmt: skip
    alone = not by and not stat and where == EVERY_ROW
    notes = _requests(table, source) if alone else []
    output.write(aggregate(source, where, request), Settings(notes=lambda: notes, all_columns=True))


def _requests(table: str, source: "Source") -> list[str]:
    """Return notes on what one might request of a table, with commands that work."""
    name = "" if table == "metrics" else f" {shlex.quote(table)}"
    first = next((column for column in (*_GROUPS, *source.columns) if column in source.columns), "")
    group = shlex.quote(source.schema.field(first).written)
    notes = [_("group the rows: {command}", command=f"transfer-cli aggregate{name} --by {group}")]
    if not name:
        command = "transfer-cli aggregate --category tax --by period --stat sum"
        notes.append(_("add up one kind: {command}", command=command))
    command = f"transfer-cli describe{name}"
    return [*notes, _("see the columns: {command}", command=command)]
