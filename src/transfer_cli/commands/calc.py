"""``calc``: arithmetic on figures by their ids."""

from typing import Annotated

import typer

from transfer_cli import completion
from transfer_cli.options import DataOptions, OutputOptions, UnitOption
from transfer_cli.spreading import spread


@spread
def calculate(
    expression: Annotated[
        str,
        typer.Argument(
            metavar="EXPR",
            help="Ids, numbers, + - * / **, sum, mean, growth, cagr, share, per_year.",
            autocompletion=completion.ids,
        ),
    ],
    *,
    unit: UnitOption = "",
    data: DataOptions,
    output: OutputOptions,
) -> None:
    """Calculate with figures by their ids.

    Units and bounds are carried along. The figures used and their caveats are named on stderr.
    What has no meaning is refused: unlike dimensions, a whole with its own part, growth between
    unlike figures.
    """
    from transfer_cli import calc, dataset
    from transfer_cli.model import figures
    from transfer_cli.render import result

    known = figures.by_id(dataset.load("metrics", data.sources()).sheet())
    term = result.in_unit(calc.calculate(expression, known), unit)
    output.finish_view(result.view(expression, term))
