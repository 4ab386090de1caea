"""``compare``: like figures side by side."""

from typing import Annotated

import typer

from transfer_cli import completion
from transfer_cli.options import (
    DataOptions,
    EngineOption,
    FilterOptions,
    OutputOptions,
    UnitOption,
)
from transfer_cli.spreading import spread


@spread
def compare_figures(
    what: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[INDICATOR or CATEGORY]...",
            help="What to compare; all; 'investment / projects'; a CSV file or - .",
            autocompletion=completion.comparable,
        ),
    ] = None,
    *,
    by: Annotated[
        str, typer.Option(help="Columns.", metavar="NAME", autocompletion=completion.sides)
    ] = "province",
    vs: Annotated[
        str, typer.Option(help="Difference from and ratio to a column.", metavar="COLUMN")
    ] = "",
    share: Annotated[bool, typer.Option("--share", help="Shares of each row's total.")] = False,
    rank: Annotated[bool, typer.Option("--rank", help="Ranks, where bounds settle them.")] = False,
    growth: Annotated[bool, typer.Option("--growth", help="Growth; with --by period.")] = False,
    wide: Annotated[bool, typer.Option("--wide", help="A pipe gets one row a likeness.")] = False,
    unit: UnitOption = "",
    engine: EngineOption = "auto",
    filters: FilterOptions,
    data: DataOptions,
    output: OutputOptions,
) -> None:
    """Set provinces side by side, like with like.

    Figures stand in one row only where indicator, status, scope, period and dimension agree.
    At a terminal a footnote says what each figure covers; a pipe gets a row for each figure.
    """
    sources = data.sources(*(what or []))
    selection = filters.selection()
    from transfer_cli.scanning import engines
    from transfer_cli.steps import comparing

    engines.check(engine)
    modes: dict[str, str | bool] = {"vs": vs, "share": share, "rank": rank, "growth": growth}
    view = comparing.view(
        what or [], selection, sources, modes, output.target(), by, unit, engine, wide=wide
    )
    output.finish_view(view)
