"""``init``: an empty data package to start from."""

from pathlib import Path
from typing import Annotated

import typer

from transfer_cli import streams
from transfer_cli.messages import _, join
from transfer_cli.options import LangOption, QuietOption


def init_package(
    directory: Annotated[
        Path, typer.Argument(metavar="DIR", help="A new or empty directory for the tables.")
    ],
    quiet: QuietOption = False,
    lang: LangOption = "",
) -> None:
    """Write an empty, valid data package.

    It has your tables to fill, and the look-ups. A row added to indicators.csv, units.csv or
    industries.csv there extends the built-in ones.
    """
    import shlex

    from transfer_cli.output.write import print_notes
    from transfer_cli.tables import package

    contents = package.starter(directory)
    package.write_files(directory, {name: [data] for name, data in contents.items()})
    home, metrics, omitted = (
        shlex.quote(str(directory / name)) for name in ("", "metrics.csv", "omitted.csv")
    )
    notes = (
        _("wrote {names} to {directory}", names=join(contents), directory=directory),
        _("next: {command}", command=f"transfer-cli extract REPORT.txt -o {metrics}"),
        _("and: {command}", command=f"transfer-cli extract REPORT.txt --omitted -o {omitted}"),
        _("then: {command}", command=f"transfer-cli check {home} --report REPORT.txt"),
    )
    streams.quiet = quiet
    print_notes(notes)
