"""``calc``: arithmetic on figures by their ids."""

from typing import TYPE_CHECKING, Annotated

import typer

from transfer_cli import completion, messages
from transfer_cli.options import (
    AcrossOption,
    DataOptions,
    OutputOptions,
    UnitOption,
    option_groups,
)

if TYPE_CHECKING:
    from transfer_cli.output.write import View


@option_groups
def calculate(
    expression: Annotated[
        str,
        typer.Argument(
            metavar="EXPR",
            help="Ids, numbers, 5%, + - * / **, sum, mean, max, min, median, growth, cagr, index,"
            " share, per_year, round, abs, sqrt.",
            autocompletion=completion.expression,
        ),
    ],
    *,
    across: AcrossOption = None,
    unit: UnitOption = "",
    data: DataOptions,
    output: OutputOptions,
) -> None:
    """Calculate with figures by their ids.

    Units and bounds are carried along. The figures used and their caveats are named on stderr. What
    has no meaning is refused: different dimensions, a whole and its own part, growth between
    figures that are not comparable. sum and mean leave out a part where its whole is there, too.
    Figures of one sum agree in indicator, status, scope and period, unless --across gives one of
    these up.

    1 - share(a, b) is what is left, (1 + growth) ** 3 - 1 growth compounded, index(a, b) is a with
    b = 100. per_year(a) is a rate per month, or a figure of some months, as one of twelve months.
    --unit % shows a quotient in per cent.
    """
    from transfer_cli.calc.evaluate import evaluate
    from transfer_cli.model.columns import split
    from transfer_cli.output import quantity
    from transfer_cli.rules import comparability

    given_up = comparability.check(split(across))
    source = data.open("metrics")

    def view() -> "View":
        term = evaluate(source, expression, given_up, unit)
        return quantity.view(expression, term, source.vocabulary, report=source.report)

    result = view()
    if messages.language != "en" and output.for_machines:  # The notes stand in the JSON, too.
        with messages.speaking("en"):
            result = result._replace(json=view().json)
    output.write_view(result)
