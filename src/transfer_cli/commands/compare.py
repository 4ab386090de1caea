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
    growth: Annotated[bool, typer.Option("--growth", help="Growth; with --by period.")] = False,
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

    from transfer_cli.compare import comparison, contrast
    from transfer_cli.model import headings
    from transfer_cli.model.schema import NO_SCHEMA
    from transfer_cli.output import comparison as comparison_output
    from transfer_cli.output import contrast as contrast_output

    spread = headings.column(by, comparison.BY, NO_SCHEMA)  # year is the period
    mode = contrast.mode_of({"vs": vs, "share": share, "rank": rank, "growth": growth}, spread)
    source = data.open(table)
    by = headings.column(by, source.columns, source.schema)
    request = comparison.Request(tuple(names), by, filters.provinces(), unit)
    result = comparison.compare(source, filters.condition(source), request)
    if mode and chart:
        message = _("--chart draws the figures, not --{mode}", mode=mode)
        raise UsageError(message, Instead(f"--{mode}", flag=mode != "vs"))
    if mode and result.rows:
        made = contrast.contrast(result, mode, vs, source.vocabulary)
        output.write_view(contrast_output.view(made, source.vocabulary))
    else:
        output.write_view(comparison_output.view(result, source.vocabulary, wide=wide, bars=chart))
