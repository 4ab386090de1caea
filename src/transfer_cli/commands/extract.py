"""``extract``: candidate rows for metrics.csv out of a report's text."""

from typing import Annotated

import typer

from transfer_cli.options import OutputOptions
from transfer_cli.spreading import spread

LONG = 200_000
"""Characters of a text that takes more than a second."""


@spread
def extract_figures(
    report: Annotated[
        str, typer.Argument(metavar="REPORT", help="A report as plain text; - for stdin.")
    ],
    *,
    year: Annotated[
        int | None,
        typer.Option(
            help="What the report calls 今年, this year.", metavar="YEAR", min=1900, max=2100
        ),
    ] = None,
    omitted: Annotated[
        bool, typer.Option("--omitted", help="The numerals that are no figures, and why.")
    ] = False,
    output: OutputOptions,
) -> None:
    """Read figures out of a Chinese report.

    They come as rows for metrics.csv, to be corrected by hand. What is not sure stays empty. Then
    let check --report name what is left to correct, and keep what extract --omitted lists as
    omitted.csv.
    """
    from dataclasses import replace

    from transfer_cli.render.progress import progress
    from transfer_cli.report import extract, rows, telling
    from transfer_cli.report.files import text_of

    text = text_of(report)
    with progress("Reading", wanted=len(text) > LONG and not output.quiet) as step:
        found = extract.extract(text, year=year, progress=step)
    sheet = rows.omissions(found) if omitted else rows.figures(found)
    path = "" if output.output is None else str(output.output)
    notes = telling.omissions(found) if omitted else telling.figures(found, report, path, year)
    output.finish(replace(sheet, notes=tuple(notes)))
