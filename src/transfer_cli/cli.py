"""The app: it registers the commands, and nothing else."""

import os
import sys
from contextlib import suppress
from typing import Annotated

import typer

from transfer_cli import __version__, streams
from transfer_cli.shell import Group

COMMANDS = {
    "compare": ("compare:compare_figures", "compare jobs tax --province Yunnan,Sichuan"),
    "filter": ("filter:filter_rows", "filter --province 云南 --category tax"),
    "aggregate": (
        "aggregate:aggregate_rows",
        "aggregate --by province --category tax --stat sum",
    ),
    "show": ("show:show_figures", "show gx_soe_investment"),
    "calc": ("calc:calculate", "calc 'nm_started_projects / nm_signed_projects'"),
    "values": ("values:list_values", "values indicator"),
    "describe": ("describe:describe_table", "describe --what coverage"),
    "export": ("export:export_tables", "export projects -o projects.json"),
    "check": ("check:check_tables", "check"),
    "extract": ("extract:extract_figures", "extract - --year 2024"),
    "init": ("init:init_package", "init mine"),
}
"""Every command: its module in ``commands`` with its function, and the example of its help."""


class Commands(Group):
    """The commands of ``COMMANDS``, each loaded when it is named."""

    known = COMMANDS


app = typer.Typer(
    cls=Commands,
    name="transfer-cli",
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Run 'transfer-cli COMMAND --help' for the options and examples of a command.",
)


@app.callback(invoke_without_command=True)
def root(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
) -> None:
    """Figures of industrial transfer into western China, compared without saying too much.

    Bounds, status, scope and period travel with every number; a sum that means nothing is
    refused, with the reason and the way out.
    """
    if version:
        typer.echo(f"transfer-cli {__version__}")
    elif context.invoked_subcommand is None:
        typer.echo(context.get_help())


def main() -> None:
    """Run the app and leave at once, without the interpreter's slow goodbye (20 ms)."""
    streams.open_closed()
    try:
        app()
    except SystemExit as stop:
        code = stop.code if isinstance(stop.code, int) else 1
    with suppress(OSError):
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(code)
