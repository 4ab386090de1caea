"""Errors of the command line, in sentences of our own and in the language of messages.

Typer describes them in English only. Its kinds of error have no public names but share a public
base class: they are recognised by the name of their class.
"""

import re
from collections.abc import Sequence
from typing import Any

from transfer_cli import helppages
from transfer_cli.errors import closest, did_you_mean
from transfer_cli.messages import _, marked

ELSEWHERE = {
    "plot": "chart",
    "draw": "chart",
    "graph": "chart",
    "sort": "filter --sort",
    "head": "filter --limit",
    "limit": "filter --limit",
    "select": "filter --columns",
    "where": "filter --where",
    "search": "filter --search",
    "convert": "export",
    "sum": "aggregate --stat sum",
    "mean": "aggregate --stat mean",
    "group": "aggregate --by",
    "pivot": "compare",
    "stats": "describe",
    "summary": "describe",
    "validate": "check",
    "unpivot": "tidy",
    "melt": "tidy",
}
"""Names of commands in other tools, and what does the same here."""


REMOVED = {"--engine": marked("--engine was removed: DuckDB reads every large file")}
"""The options of earlier versions that are to be left out, each with the reason."""


def describe(error: Any, commands: Sequence[str]) -> tuple[str, str]:
    """Return the message and the hint of an error that Typer raised.

    ``commands`` are the names of all commands.
    """
    context = getattr(error, "ctx", None)
    hint = _("see: {command} --help", command=context.command_path) if context else ""
    parameter = getattr(error, "param", None)
    match type(error).__name__:
        case "NoSuchOption":
            near = error.possibilities
            hint = did_you_mean(near) if near else hint
            return _("there is no option {option}", option=error.option_name), hint
        case "MissingParameter":
            return _("{name} is missing", name=_name(parameter, context)), hint
        case "BadOptionUsage" if "requires" in error.message:
            return _("{option} needs a value", option=error.option_name), hint
        case "BadOptionUsage":
            return _("{option} takes no value", option=error.option_name), hint
        case "BadParameter" if parameter is not None:
            return _value(_name(parameter, context), parameter.type, error.message), hint
    if words := re.search(
        r"unexpected extra arguments? \((.*)\)|extra argument\(s\) \((.*)\)", error.message
    ):
        return _("unexpected: {words}", words=words[1] or words[2]), hint
    if name := re.search(r"No such command ['\"](.*)['\"]", error.message):
        return _command(name[1], commands, hint)
    return _("the command line cannot be read"), hint


def _command(name: str, commands: Sequence[str], hint: str) -> tuple[str, str]:
    if name in ELSEWHERE:
        hint = _("the command is: transfer-cli {command}", command=ELSEWHERE[name])
    elif close := closest(name, commands):
        hint = did_you_mean(map(repr, close))
    return _("there is no command {name!r}", name=name), hint


def _name(parameter: Any, context: Any) -> str:
    """Return an option's longest name, or the placeholder of an argument."""
    if parameter.param_type_name == "argument":
        return helppages.translated(str(parameter.make_metavar(context)).strip("[]{}."))
    return str(max(parameter.opts, key=len))


def _value(name: str, kind: Any, message: str) -> str:
    """Return the message on a value that an option or argument of a kind cannot have.

    The value is the first word of what Typer says.
    """
    found = re.match(r"('(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"|[-+.\w]+) is not", message)
    if not found:
        return _("{name} cannot have this value", name=name)
    low, high = getattr(kind, "min", None), getattr(kind, "max", None)
    if low is not None and high is not None:
        return _("{name} takes a whole number from {low} to {high}, not {value}",
                 name=name, low=low, high=high, value=found[1])  # fmt: skip
    if low is not None:
        return _("{name} takes a whole number from {low}, not {value}",
                 name=name, low=low, value=found[1])  # fmt: skip
    if kind.name.startswith("int"):
        return _("{name} takes a whole number, not {value}", name=name, value=found[1])
    return _("{name} cannot be {value}", name=name, value=found[1])
