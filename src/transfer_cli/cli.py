"""The app: it registers the commands, and nothing else."""

import os
import sys
from contextlib import suppress
from typing import Annotated

import typer

from transfer_cli import __version__, streams
from transfer_cli.commands.aggregate import aggregate_rows
from transfer_cli.commands.calc import calculate
from transfer_cli.commands.check import check_tables
from transfer_cli.commands.compare import compare_figures
from transfer_cli.commands.describe import describe_table
from transfer_cli.commands.export import export_tables
from transfer_cli.commands.extract import extract_figures
from transfer_cli.commands.filter import filter_rows
from transfer_cli.commands.init import init_package
from transfer_cli.commands.show import show_figures
from transfer_cli.commands.values import list_values
from transfer_cli.shell import Command, Group

app = typer.Typer(
    cls=Group,
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


COMMANDS = {
    "compare": (compare_figures, "compare jobs tax --province Yunnan,Sichuan"),
    "filter": (filter_rows, "filter --province 云南 --category tax"),
    "aggregate": (aggregate_rows, "aggregate --by province --category tax --stat sum"),
    "show": (show_figures, "show gx_soe_investment"),
    "calc": (calculate, "calc 'nm_started_projects / nm_signed_projects'"),
    "values": (list_values, "values indicator"),
    "describe": (describe_table, "describe --what coverage"),
    "export": (export_tables, "export projects -o projects.json"),
    "check": (check_tables, "check"),
    "extract": (extract_figures, "extract - --year 2024"),
    "init": (init_package, "init mine"),
}
for _name, (_function, _example) in COMMANDS.items():
    app.command(_name, cls=Command, epilog=f"Example: transfer-cli {_example}")(_function)


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
