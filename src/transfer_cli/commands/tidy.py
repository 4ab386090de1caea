"""``tidy``: a wide table made into rows of figures."""

import shlex
from typing import Annotated

import typer

from transfer_cli.messages import _
from transfer_cli.options import OutputOptions, ReadOptions, option_groups


@option_groups
def tidy_table(
    file: Annotated[
        str,
        typer.Argument(metavar="FILE", help="A workbook or delimited text; - for standard input."),
    ],
    *,
    header_row: Annotated[
        int | None,
        typer.Option(help="The last row of the header.  [default: recognised]", metavar="N", min=1),
    ] = None,
    indicator: Annotated[
        str, typer.Option(help="Indicator that no cell names: a code or a name.", metavar="NAME")
    ] = "",
    unit: Annotated[str, typer.Option(help="Unit that no cell names.", metavar="UNIT")] = "",
    province: Annotated[
        str, typer.Option(help="Province that no cell names.", metavar="NAME")
    ] = "",
    period: Annotated[str, typer.Option(help="Period that no cell names.", metavar="PERIOD")] = "",
    read: ReadOptions,
    output: OutputOptions,
) -> None:
    """Make rows of figures out of a wide table, as statistics bureaus publish them.

    Titles above the header, the source below the table, years as columns, merged cells and
    indented names are understood. Look first: the rows are shown, and what was understood. Then
    write them with -o; check, compare and aggregate read them.
    """
    from transfer_cli.model import periods, regions
    from transfer_cli.model.vocabulary import Vocabulary
    from transfer_cli.output.formats import Settings
    from transfer_cli.tables import data
    from transfer_cli.tidy import figures, grid, layout

    vocabulary = Vocabulary(data.directories([], [file]))
    if unit:
        vocabulary.units.require(unit)
    given = {
        "indicator": indicator,
        "unit": vocabulary.units.printed(unit),
        "province": regions.resolve(province) if province else "",
        "period": periods.parse(period).code if period else "",
    }
    cells = grid.read(file, **read.reading())
    result = figures.tidy(cells, layout.find(cells, vocabulary, header_row), given, vocabulary)
    notes = list(result.understood)
    if output.output is None and file != "-":
        typed = {"header-row": str(header_row or ""), "indicator": indicator, "unit": unit,
                 "province": province, "period": period, **read.reading()}  # fmt: skip
        options = [word for name, value in typed.items() if value for word in (f"--{name}", value)]
        command = shlex.join(["transfer-cli", "tidy", file, *options, "-o", "metrics.csv"])
        notes.append(_("write the rows: {command}", command=command))
    output.write(result.table, Settings(notes=lambda: notes))
