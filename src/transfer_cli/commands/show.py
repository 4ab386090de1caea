"""``show``: figures in full."""

from typing import Annotated

import typer

from transfer_cli import completion
from transfer_cli.options import DataOptions, OutputOptions, option_groups


@option_groups
def show_figures(
    ids: Annotated[
        list[str],
        typer.Argument(metavar="ID...", help="Ids of figures.", autocompletion=completion.ids),
    ],
    *,
    data: DataOptions,
    output: OutputOptions,
) -> None:
    """Show everything about a figure.

    Its bound and unit, its whole, its parts and whether they add up, and how to cite it. A row of a
    table without ids goes by FILE:LINE.
    """
    from transfer_cli import show
    from transfer_cli.calc.term import unknown_id
    from transfer_cli.model import figure
    from transfer_cli.output import figure as figure_output
    from transfer_cli.query.condition import EVERY_ROW
    from transfer_cli.tables import lines

    source = data.open("metrics")
    figures = lines.read(source, EVERY_ROW, lambda tables: figure.by_id(tables, source.vocabulary))
    for name in ids:
        if name not in figures:
            raise unknown_id(name, figures)
    reports = [
        show.report(figures[name], figures, builtin=source.report) for name in dict.fromkeys(ids)
    ]
    output.write_view(figure_output.view(reports, source.vocabulary))
