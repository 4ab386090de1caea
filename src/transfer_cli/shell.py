"""How the app meets the shell: errors, exit codes, closed pipes, and help in sections."""

import os
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, ClassVar

import typer
from typer.core import TyperCommand, TyperGroup

from transfer_cli.errors import TransferError


class Group(TyperGroup):
    """A group that reports every error as ``Error`` and ``Hint`` and exits with its code.

    Its commands are loaded when they are named: all of them would cost a command 8 ms, and
    ``--version`` 16.
    """

    known: ClassVar[Mapping[str, tuple[str, str]]] = {}
    """Commands by name: ``module:function`` in ``commands``, and the example of their help."""

    def list_commands(self, ctx: Any) -> list[str]:
        """Return the names of all commands, in the order in which help shows them."""
        return list(self.known)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Return the command called so, loaded now if it was not yet; None for no command."""
        if cmd_name in self.known and cmd_name not in self.commands:
            self.commands[cmd_name] = _load(cmd_name, *self.known[cmd_name])
        return super().get_command(ctx, cmd_name)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Find the command that ``args`` begin with; what is misspelt is held against all."""
        if args[0] not in self.known:
            for name in self.known:
                self.get_command(ctx, name)
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: Any) -> Any:
        """Run a command; a reader that has gone is no failure.

        It must be caught here: further out Typer turns it into exit 1.
        """
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
        except BrokenPipeError:
            return _closed_pipe()
        return result

    def main(self, args: Sequence[str] | None = None, *rest: Any, **extra: Any) -> Any:
        """Run the app; always ends in SystemExit."""
        extra["standalone_mode"] = False
        try:
            code = super().main(args, *rest, **extra)
        except TransferError as error:
            code = _fail(error, str(error), _hint(error, args), error.code)
        except typer.TyperException as error:
            code = _fail(error, error.format_message(), _usage_hint(error), error.exit_code)
        except (KeyboardInterrupt, typer.Abort):
            code = 130
        except OSError as error:
            code = _fail(error, f"{error.strerror or error}", "", 1)
        except RecursionError:
            code = _fail(None, "the expression is nested too deeply", "write it in parts", 2)
        except Exception as error:
            told = f"this should not have happened: {type(error).__name__}: {error}"
            code = _fail(
                error, told, "run it again with TRANSFER_DEBUG=1 and report what it says", 1
            )
        sys.exit(code if isinstance(code, int) else 0)


class Command(TyperCommand):
    """A command whose help lists its options in sections, without loading rich."""

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Write arguments and options, each section under its own heading."""
        sections: dict[str, list[tuple[str, str]]] = {}
        for parameter in self.get_params(ctx):
            record = parameter.get_help_record(ctx)
            if record:
                default = "Arguments" if parameter.param_type_name == "argument" else "Options"
                section = getattr(parameter, "rich_help_panel", None) or default
                sections.setdefault(section, []).append(record)
        for name in sorted(sections, key=_section_order):
            with formatter.section(name):
                formatter.write_dl(sections[name])


def _load(name: str, place: str, example: str) -> Any:
    """Make a command of the function at ``place``, as an app of it alone would."""
    module, _, function = place.partition(":")
    alone = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
    register = alone.command(name, cls=Command, epilog=f"Example: transfer-cli {example}")
    register(getattr(import_module(f"transfer_cli.commands.{module}"), function))
    return typer.main.get_command(alone)


def _section_order(name: str) -> int:
    order = ("Arguments", "Options", "Filters", "Output")
    return order.index(name) if name in order else len(order)


def _fail(error: Exception | None, message: str, hint: str, code: int) -> int:
    if error is not None and os.environ.get("TRANSFER_DEBUG") == "1":
        raise error
    from transfer_cli.streams import stderr_line

    stderr_line(f"Error: {message}", "red")
    if hint:
        stderr_line(f"Hint: {hint}", "cyan")
    return code


def _hint(error: TransferError, args: Sequence[str] | None) -> str:
    typed = sys.argv[1:] if args is None else args
    if not isinstance(error.hint, str):
        return error.hint.rewrite(typed)
    command, _, rest = error.hint.partition("transfer-cli ")[2].partition(" ")
    if command == "values" and (table := _table(typed)):
        return f"{error.hint} {table}"
    with_data = rest and command in ("show", "calc", "filter", "values", "compare", "describe")
    return " ".join([error.hint, *(_data(typed) if with_data else ())])


def _table(typed: Sequence[str]) -> str:
    """Return the file that was typed for a table: what stands in it can be listed."""
    import shlex

    options = [before.startswith("-") and "=" not in before for before in ("", *typed)]
    files = (word for word, after in zip(typed, options, strict=False)
             if not after and Path(word).is_file())  # fmt: skip
    return next(map(shlex.quote, files), "")


def _data(typed: Sequence[str]) -> list[str]:
    """Return the sources that were typed: without them an id that a hint names is not known."""
    import shlex

    pairs = zip(typed, [*typed[1:], ""], strict=True)
    named = (f"--data={after}" if word == "--data" else word for word, after in pairs)
    return [shlex.quote(word) for word in named if word.startswith("--data=")]


def _usage_hint(error: typer.TyperException) -> str:
    context = getattr(error, "ctx", None)
    return f"see: {context.command_path} --help" if context else ""


def _closed_pipe() -> int:
    """End quietly when the reader has gone, as ``| head`` does: nothing is left to flush."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0
