"""The Typer app: commands loaded when they are named, errors turned into exit codes."""

import os
import shlex
import sys
from collections.abc import Sequence
from contextlib import suppress
from functools import cache
from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

from transfer_cli import __version__, helppages, messages, streams, usage
from transfer_cli.errors import Instead, TransferError, reason, unknown
from transfer_cli.messages import _, marked

COMMANDS: dict[str, tuple[str, tuple[str, ...]]] = {
    "compare": (
        "compare_figures",
        ("compare jobs tax --province Yunnan,Sichuan", "compare investment --by status"),
    ),
    "chart": (
        "chart_figures",
        ("chart investment --status signed -o signed.svg", "chart investment --by status"),
    ),
    "filter": (
        "filter_rows",
        (
            marked("filter --province Yunnan --category tax"),
            marked("filter --min '10bn CNY' --sort -value"),
        ),
    ),
    "aggregate": (
        "aggregate_rows",
        (
            "aggregate --by province --category tax --stat sum",
            "aggregate --category investment --status signed --across scope,period --stat sum",
        ),
    ),
    "show": ("show_figures", ("show gx_soe_investment", "show gz_qdn_prospects -f json")),
    "calc": (
        "calculate",
        (
            "calc 'nm_started_projects / nm_signed_projects'",
            "calc 'growth(yn_wenshan_aluminium_tax_2020, yn_wenshan_aluminium_tax_2023)'",
        ),
    ),
    "values": ("list_values", ("values indicator", "values status projects")),
    "describe": ("describe_table", ("describe", "describe --what coverage")),
    "export": ("export_tables", ("export projects -o projects.xlsx", "export all -o package")),
    "check": ("check_tables", ("check", "check mine --report report.txt")),
    "tidy": ("tidy_table", ("tidy yearbook.xlsx", "tidy yearbook.xlsx -o metrics.csv")),
    "extract": ("extract_figures", ("extract report.txt -o mine", "extract report.txt --review")),
    "init": ("init_package", ("init mine",)),
}
"""Every command: its function in the module ``commands.NAME``, and the examples of its help."""


FIRST = (
    "compare investment",
    marked("filter --province Yunnan --category tax"),
    "show nm_signed_investment",
    "compare my.xlsx --by year",
)
"""Examples of the help of the app: where to begin."""


class Group(TyperGroup):
    """Commands that are loaded when they are named, and errors that become exit codes.

    Loading all commands would cost each start 8 ms. Stock Typer prints a traceback for the
    project's own exceptions, and exits 1 on a closed pipe.
    """

    def list_commands(self, ctx: Any) -> list[str]:
        """Return the names of all commands, in the order in which help shows them."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Return the command of a name, loaded at its first use; None for an unknown name."""
        return _load(cmd_name) if cmd_name in COMMANDS else None

    def get_help(self, ctx: Any) -> str:
        """Return the help page of the app: where to begin, and every command."""
        rows = [(name, helppages.summary(self.get_command(ctx, name))) for name in COMMANDS]
        return helppages.render(ctx, FIRST, rows)

    def parse_args(self, ctx: Any, args: list[str]) -> Any:
        """Read ``args``; ``help COMMAND`` is ``COMMAND --help``."""
        if args[:1] == ["help"]:
            args = [*args[1:2], "--help"]
        return super().parse_args(ctx, args)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Find the command that ``args`` begin with."""
        self.suggest_commands = False  # ``usage`` does, without loading every command.
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: Any) -> Any:
        """Run a command; a reader that closed the pipe is no failure.

        It must be caught here: further out Typer turns it into exit 1.
        """
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return 0
        return result

    def main(self, args: Sequence[str] | None = None, *rest: Any, **extra: Any) -> Any:
        """Run the app; always ends in SystemExit."""
        extra["standalone_mode"] = False
        typed = sys.argv[1:] if args is None else args
        messages.use(messages.chosen(typed, os.environ))
        try:
            code = super().main(args, *rest, **extra)
        except (KeyboardInterrupt, typer.Abort):
            code = 130
        except Exception as error:
            if os.environ.get("TRANSFER_DEBUG") == "1":
                raise
            code = _report(error, typed)
        finally:
            _tidy_up()
        sys.exit(code if isinstance(code, int) else 0)


class Command(TyperCommand):
    """A command whose help is a page of ``helppages``."""

    def get_help(self, ctx: Any) -> str:
        """Return the help page."""
        return helppages.render(ctx, COMMANDS[ctx.info_name][1])


@cache
def _load(name: str) -> Any:
    """Return the command ``name`` from its module, as an app of it alone would have it."""
    alone = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
    register = alone.command(name, cls=Command)
    register(getattr(import_module(f"transfer_cli.commands.{name}"), COMMANDS[name][0]))
    return typer.main.get_command(alone)


def _tidy_up() -> None:
    """Remove the progress bar and temporary copies of files, if their modules were loaded."""
    if progress := sys.modules.get("transfer_cli.output.progress"):
        progress.close_all()
    if files := sys.modules.get("transfer_cli.tables.files"):
        files.remove_copies()


def _report(error: Exception, typed: Sequence[str]) -> int:
    """Write an error and its hint to standard error; return the exit code."""
    match error:
        case TransferError():
            message, hint, code = str(error), _hint(error, typed), error.code
        case typer.TyperException():
            (message, hint), code = usage.describe(error, list(COMMANDS)), error.exit_code
            for option, removal in usage.REMOVED.items():
                if any(word.partition("=")[0] == option for word in typed):
                    message, hint = _(removal), Instead(option).rewrite(typed)
        case ValueError() if any("\0" in word for word in typed):  # Typer looks for paths.
            message, hint = _("a path cannot contain a NUL character"), _("name another file")
            code = 2
        case OSError():
            message, hint, code = _os_error(error), "", 1
        case MemoryError():
            message, hint, code = _("there is not enough memory"), "", 1
        case RecursionError():
            message, hint = _("the expression is nested too deeply"), _("write it in parts")
            code = 2
        case _:
            message = _("this should not have happened ({kind})", kind=type(error).__name__)
            hint, code = _("run it again with TRANSFER_DEBUG=1 and report what it says"), 1
    streams.error(message)
    if hint:
        streams.hint(hint)
    return code


def _os_error(error: OSError) -> str:
    """Return the message for an error of the system, with the file that it names."""
    if error.filename is None:
        return reason(error)
    return _("{path!r}: {reason}", path=str(error.filename), reason=reason(error))


def _hint(error: TransferError, typed: Sequence[str]) -> str:
    """Return the hint of an error with the table and ``--data`` that were typed."""
    if not isinstance(error.hint, str):
        return error.hint.rewrite(typed)
    before, _name, line = error.hint.partition("transfer-cli ")
    command, _space, rest = line.partition(" ")
    if command == "check" and rest == "TABLE":
        return " ".join([f"{before}transfer-cli check", *_paths(typed)])
    if command == "tidy" and rest == "TABLE":
        path = next(iter(_paths(typed)), "-")
        return f"{before}transfer-cli tidy {path}"
    if not rest or command not in ("show", "calc", "filter", "values", "compare", "describe"):
        return error.hint
    options, table = _data(typed), _table(typed)
    if not table or command == "values":
        parts = [error.hint, table]
    elif command in ("show", "calc"):  # The ids are those of the table.
        parts = [error.hint, f"--data={table}"]
    else:
        others = rest.removeprefix("TABLE").removeprefix(table).strip()
        parts = [f"{before}transfer-cli {command}", table, others]
    return " ".join([*filter(None, parts), *options])


def _table(typed: Sequence[str]) -> str:
    """Return the file that was typed as the table, quoted for a shell, or an empty string."""
    follows_option = [before.startswith("-") and "=" not in before for before in ("", *typed)]
    files = (
        word
        for word, is_value in zip(typed, follows_option, strict=False)
        if not is_value and "\0" not in word and os.path.isfile(word)  # noqa: PTH113 (False if too long)
    )
    return next(map(shlex.quote, files), "")


def _paths(typed: Sequence[str]) -> list[str]:
    """Return the paths that were typed, as the table and with ``--data``, quoted for a shell."""
    pairs = zip(["", *typed], typed, strict=False)
    paths = [word.removeprefix("--data=") for option, word in pairs
             if option == "--data" or word.startswith("--data=")]  # fmt: skip
    return [*dict.fromkeys(filter(None, [_table(typed), *map(shlex.quote, paths)]))]


def _data(typed: Sequence[str]) -> list[str]:
    """Return the options of data that were typed: a hint's ids are only known with them."""
    pairs = zip(typed, [*typed[1:], ""], strict=True)
    options = ("--data", "--map", "--delimiter")
    named = (f"{word}={after}" if word in options else word for word, after in pairs)
    starts = tuple(f"{option}=" for option in options)
    return [shlex.quote(word) for word in named if word.startswith(starts)]


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
    version: Annotated[bool, typer.Option("--version", "-V", help="Print the version.")] = False,
    lang: Annotated[
        str, typer.Option(metavar="LANG", help="Language of messages and labels: en or zh.")
    ] = "",
) -> None:
    """Compare reported figures on industrial transfer into western China.

    Bounds, status, scope and period travel with every number; a sum that has no meaning is
    refused, with the reason and the command to type instead.
    """
    if lang and not messages.language_of(lang):
        raise unknown(_("language"), lang, messages.LANGUAGES)
    if version:
        typer.echo(f"transfer-cli {__version__}")
    elif context.invoked_subcommand is None:
        typer.echo(context.get_help())


def main() -> None:
    """Run the app and leave at once: the interpreter's own exit takes 5 to 20 ms more."""
    streams.open_closed()
    try:
        app()
    except SystemExit as stop:
        code = stop.code if isinstance(stop.code, int) else 1
    if temporary := sys.modules.get("transfer_cli.tables.temporary"):
        temporary.remove_directories()
    with suppress(OSError):
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(code)
