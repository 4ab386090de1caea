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

    Figures stand in one row only if indicator, status, scope, period and dimension agree. At a
    terminal a footnote says what each figure covers; a pipe gets a row for each figure.
    """
    from transfer_cli.errors import Instead, UsageError
    from transfer_cli.tables import files

    table, names = files.split_table(what or [])
    filters.check_words(data.vocabulary(table))

    from transfer_cli.compare import comparison, contrast, totals
    from transfer_cli.model import headings
    from transfer_cli.model.schema import NO_SCHEMA
    from transfer_cli.output import comparison as comparison_output
    from transfer_cli.output import contrast as contrast_output

    modes: dict[str, str | bool] = {
        "vs": vs, "share": share, "rank": rank, "growth": growth, "index": index,
        "contribution": contribution, "lq": lq,
    }  # fmt: skip
    spread = headings.column(by, comparison.BY, NO_SCHEMA)  # year is the period
    mode = contrast.mode_of(modes, spread, total=total)
    source = data.open(table)
    by = headings.column(by, source.columns, source.schema)
    apart = contrast.MODES[mode].apart if mode else ()
    request = comparison.Request(tuple(names), by, filters.provinces(), unit, apart)
    result = comparison.compare(source, filters.condition(source), request)
    if mode and chart:
        message = _("--chart draws the figures, not --{mode}", mode=mode)
        raise UsageError(message, Instead(f"--{mode}", flag=not contrast.MODES[mode].takes))
    if total or mode == "contribution":
        result = totals.with_totals(result, source.vocabulary)
    if mode and result.rows:
        made = contrast.contrast(result, mode, vs or index, source.vocabulary)
        output.write_view(contrast_output.view(made, source.vocabulary))
    else:
        output.write_view(comparison_output.view(result, source.vocabulary, wide=wide, bars=chart))
