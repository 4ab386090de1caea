"""``check``: are tables sound, and true to their report?"""

from typing import Annotated

import typer

from transfer_cli.options import OutputOptions
from transfer_cli.spreading import spread

UNSOUND = 3


@spread
def check_tables(
    paths: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[PATH]...",
            help="A directory, a datapackage.json or CSV files.  [default: the built-in tables]",
        ),
    ] = None,
    *,
    report: Annotated[
        str,
        typer.Option(
            "--report",
            help="The text that the tables were made from; - for stdin.",
            metavar="FILE",
        ),
    ] = "",
    output: OutputOptions,
) -> None:
    """Tell all that is wrong with tables.

    Form, words, limits, parts and projects are looked at. With --report, every row is held
    against the text, and every numeral of the text is in one row of metrics or omitted. Exit 0
    where all is sound, 3 where not.
    """
    from transfer_cli.checking import finding, soundness
    from transfer_cli.render import findings

    verdict = soundness.check(paths or [], report)
    findings.emit(finding.sheet(verdict.findings, verdict.notes), output.target())
    if verdict.findings:
        raise typer.Exit(UNSOUND)
    output.judge(len(verdict.findings))
