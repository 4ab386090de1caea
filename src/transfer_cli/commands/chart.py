"""``chart``: comparable figures as a picture."""

from typing import Annotated

import typer

from transfer_cli import completion
from transfer_cli.options import (
    DataOptions,
    FilterOptions,
    OutputOptions,
    UnitOption,
    WhatArgument,
    option_groups,
)


@option_groups
def chart_figures(
    what: WhatArgument = None,
    *,
    by: Annotated[
        str,
        typer.Option(
            help="province: bars; status: parts inside their whole; period: lines.",
            metavar="NAME",
            autocompletion=completion.compare_by,
        ),
    ] = "province",
    coverage: Annotated[
        bool,
        typer.Option("--coverage", help="How many figures each province prints of each category."),
    ] = False,
    unit: UnitOption = "",
    filters: FilterOptions,
    data: DataOptions,
    output: OutputOptions,
) -> None:
    """Draw comparable figures: bars at a terminal, a picture in a file.

    A file .svg, .png or .pdf is a picture, .vl.json its Vega-Lite specification. Figures share an
    axis only if compare sets them side by side; bars begin at zero, an arrow is an open end, and
    silence is not zero. A pipe gets the rows of compare.
    """
    from transfer_cli.tables import files

    table, names = files.split_table(what or [])
    filters.check_words(data.vocabulary(table))

    from transfer_cli.compare.compare import compare
    from transfer_cli.output import comparison

    source = data.open(table)
    where = filters.condition(source)
    if coverage:
        from transfer_cli.output.charts import coverage as coverages

        output.write_view(coverages.view(source, where))
        return
    result = compare(source, where, names, by=by, provinces=filters.provinces(), unit=unit)
    output.write_view(comparison.view(result, source.vocabulary, bars=True))
