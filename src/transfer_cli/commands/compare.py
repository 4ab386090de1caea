"""``compare``: comparable figures side by side."""

from typing import Annotated

import typer

from transfer_cli import completion
from transfer_cli.messages import _
from transfer_cli.options import (
    DataOptions,
    FilterOptions,
    OutputOptions,
    UnitOption,
    WhatArgument,
    option_groups,
)


@option_groups
def compare_figures(
    what: WhatArgument = None,
    *,
    by: Annotated[
        str,
        typer.Option(
            help="Column whose values become the columns.",
            metavar="NAME",
            autocompletion=completion.compare_by,
        ),
    ] = "province",
    vs: Annotated[
        str, typer.Option(help="Difference from and ratio to a column.", metavar="COLUMN")
    ] = "",
    share: Annotated[bool, typer.Option("--share", help="Shares of each row's total.")] = False,
    rank: Annotated[bool, typer.Option("--rank", help="Ranks, where bounds settle them.")] = False,
    growth: Annotated[
        bool, typer.Option("--growth", help="Growth since the period before; with --by period.")
    ] = False,
    index: Annotated[
        str,
        typer.Option(help="Index numbers, this period = 100; with --by period.", metavar="PERIOD"),
    ] = "",
    contribution: Annotated[
        bool,
        typer.Option(
            "--contribution", help="Percentage points of each column in the growth of the total."
        ),
    ] = False,
    lq: Annotated[
        bool,
        typer.Option("--lq", help="Location quotients of industries, against the nation."),
    ] = False,
    total: Annotated[
        bool, typer.Option("--total", help="Totals of rows and columns that add up.")
    ] = False,
    wide: Annotated[
        bool, typer.Option("--wide", help="One row per comparable group, provinces as columns.")
    ] = False,
    chart: Annotated[
        bool, typer.Option("--chart", help="Draw bars; see transfer-cli chart.")
    ] = False,
    unit: UnitOption = "",
    filters: FilterOptions,
    data: DataOptions,
    output: OutputOptions,
) -> None:
    """Set provinces side by side, each row of comparable figures.

    Figures share a row only if indicator, status, scope, period and dimension agree. At a
    terminal a footnote says what each figure covers; a pipe gets a row for each figure.
    """
    from transfer_cli.errors import UsageError
    from transfer_cli.tables import files

    table, names = files.split_table(what or [])
    filters.check_words(data.vocabulary(table))

    from transfer_cli.compare.compare import compare
    from transfer_cli.compare.modes import choose, without
    from transfer_cli.output import comparison

    choice = choose(
        by, total=total, vs=vs, share=share, rank=rank, growth=growth, index=index,
        contribution=contribution, lq=lq,
    )  # fmt: skip
    if choice.mode and chart:
        message = _("--chart draws the figures, not --{mode}", mode=choice.mode)
        raise UsageError(message, without(choice.mode))
    source = data.open(table)
    result = compare(
        source, filters.condition(source), names, by=by, provinces=filters.provinces(), unit=unit,
        choice=choice, total=total,
    )  # fmt: skip
    output.write_view(comparison.view(result, source.vocabulary, wide=wide, bars=chart))
