"""``init``: an empty data package to start from."""

from pathlib import Path
from typing import Annotated

import typer


def init_package(
    directory: Annotated[
        Path, typer.Argument(metavar="DIR", help="A new or empty directory for the tables.")
    ],
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Silence notes.")] = False,
) -> None:
    """Write an empty, valid data package.

    It has your tables to fill, and the look-ups. A row added to indicators.csv, units.csv or
    industries.csv there extends the built-in ones.
    """
    import shlex

    from transfer_cli.render import output, starter

    files = starter.write(directory)
    home, metrics, omitted = (
        shlex.quote(str(directory / name)) for name in ("", "metrics.csv", "omitted.csv")
    )
    notes = (
        f"wrote {', '.join(files)} to {directory}",
        f"next: transfer-cli extract REPORT.txt -o {metrics}",
        f"and: transfer-cli extract REPORT.txt --omitted -o {omitted}",
        f"then: transfer-cli check {home} --report REPORT.txt",
    )
    output.tell(notes, output.Target(quiet=quiet))
