"""``describe``: a summary of a table."""

from functools import partial
from typing import Annotated

import typer

from transfer_cli.messages import _
from transfer_cli.options import (
    DataOptions,
    FilterOptions,
    OutputOptions,
    TableArgument,
    option_groups,
)


@option_groups
def describe_table(
    table: TableArgument = "metrics",
    *,
    what: Annotated[
        str,
        typer.Option(
            help="columns, indicators, coverage or correlation.  [default: at a terminal the first"
            " three, else columns]",
            metavar="PART",
        ),
    ] = "",
    filters: FilterOptions,
    data: DataOptions,
    output: OutputOptions,
) -> None:
    """Summarise a table.

    Its columns, its indicators, and what each province prints of each category; for tables with
    several columns of numbers, how these correlate (Pearson and Spearman, on the rows that have
    both). Quantiles are of type 7, interpolated as in R and numpy.
    """
    filters.check_words(data.vocabulary(table))

    from transfer_cli import describe
    from transfer_cli.errors import Instead, UsageError, unknown
    from transfer_cli.output.formats import Settings
    from transfer_cli.query.notes import notes

    if what and what not in describe.PARTS:
        raise unknown(_("part"), what, describe.PARTS)
    source = data.open(table)
    condition = filters.condition(source)
    parts = describe.parts(source)
    if what and what not in parts:
        message = _("{table} has no figures, so it has no {part}", table=table, part=what)
        if what == "correlation":
            message = _(
                "{table} holds one figure in each row: no columns to correlate", table=table
            )
        raise UsageError(message, Instead("--what", "columns"))
    at_terminal = output.target().resolve().name == "table"
    every = [name for name in parts if name != "correlation"]
    requested = [what] if what else every if at_terminal else ["columns"]
    for name in requested:
        further = partial(notes, source, condition) if name == requested[-1] else tuple
        output.write(
            parts[name](source, condition),
            Settings(
                notes=further,
                all_columns=True,
                shares=describe.SHARES.get(name, ()),
            ),
        )
