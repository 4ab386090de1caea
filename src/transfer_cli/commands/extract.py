"""``extract``: candidate rows for metrics.csv from the text of a report."""

import shlex
from typing import Annotated

import typer

from transfer_cli.errors import UsageError
from transfer_cli.messages import _
from transfer_cli.options import OutputOptions, option_groups


@option_groups
def extract_figures(
    report: Annotated[
        str, typer.Argument(metavar="REPORT", help="A report as plain text; - for stdin.")
    ],
    *,
    year: Annotated[
        int | None,
        typer.Option(
            help="The year that the report calls 今年 (this year).",
            metavar="YEAR",
            min=1900,
            max=2100,
        ),
    ] = None,
    omitted: Annotated[
        bool,
        typer.Option("--omitted", help="List the numerals that are no figures, with the reasons."),
    ] = False,
    review: Annotated[
        bool,
        typer.Option(
            "--review",
            help="List the figures that are not sure, each with its doubts and sentence.",
        ),
    ] = False,
    output: OutputOptions,
) -> None:
    """Extract the figures of a Chinese report.

    Writes candidate rows for metrics.csv, to be corrected by hand. A cell that is not sure is
    empty. Rows with a confidence of 0.9 or more are right nine times out of ten; --review lists the
    others. Save the output of extract --omitted as omitted.csv; check --report then lists what is
    left to correct.
    """
    if omitted and review:
        raise UsageError(_("--omitted and --review list different rows"), _("use one of them"))
    from transfer_cli.extract import rows
    from transfer_cli.extract.candidates import extract
    from transfer_cli.extract.text import read_file
    from transfer_cli.model.vocabulary import Vocabulary
    from transfer_cli.output.progress import ProgressBar

    text = read_file(report)
    with ProgressBar(_("Reading"), shown=not output.quiet, after=1.0) as bar:
        extraction = extract(text, Vocabulary(), year=year, progress=bar)
    table = rows.figures(extraction)
    if omitted or review:
        table = rows.omissions(extraction) if omitted else rows.review(extraction)
    notes = []
    if extraction.candidates and not omitted:
        if extraction.year is None:
            notes.append(
                _("the report states no year: periods such as 今年 are empty; set it with --year")
            )
        elif year is None:
            notes.append(_("今年 (this year) is read as {year}; set it with --year",
                           year=extraction.year))  # fmt: skip
        if report != "-" and not review:
            notes.append(_("next: {command}", command=_check_command(report, output)))
    output.write(table, notes=lambda: notes)


def _check_command(report: str, output: OutputOptions) -> str:
    """Return the command that checks the rows: a metrics.csv with the tables in its directory."""
    path = "" if output.output is None else str(output.output)
    directory, _slash, name = path.rpartition("/")
    tables = directory if directory and name == "metrics.csv" else path or "metrics.csv"
    return f"transfer-cli check {shlex.quote(tables)} --report {shlex.quote(report)}"
