"""Every command explains itself, and stands in the contract."""

import re
import shlex

import pytest

from transfer_cli.cli import COMMANDS

APART = {"check", "extract", "init", "tidy"}
"""Commands that answer with what is wrong or merely possible, and have tests of their own."""


def test_every_command_has_a_case(cases):
    assert {case.name for case in cases} == set(COMMANDS) - APART


@pytest.mark.parametrize("flag", ["--help", "-h"])
def test_help_goes_to_stdout(cli, case, flag):
    shown = cli(case.name, flag)
    assert (shown.code, shown.stderr) == (0, "")
    assert shown.stdout.startswith(f"Usage: transfer-cli {case.name}")
    assert "Examples:\n  transfer-cli " + case.name in shown.stdout


def test_every_option_is_explained(cli, case):
    """An option line holds its name and, two spaces on, what it does."""
    text = re.sub(r"\n {6,}", "  ", cli(case.name, "--help").stdout)
    options = re.findall(r"^  (-.+)$", text, re.MULTILINE)
    assert options
    assert [line for line in options if not re.search(r"\S  +\S", line)] == []


def test_the_examples_of_the_help_run(cli, case):
    lines = re.findall(r"^  transfer-cli (.+)$", cli(case.name, "--help").stdout, re.MULTILINE)
    assert lines
    for line in lines:
        done = cli(*shlex.split(line))
        assert done.code == 0, done.stderr


def test_help_of_a_command_by_name(cli, case):
    assert cli("help", case.name).stdout == cli(case.name, "--help").stdout
    assert cli("help").stdout == cli("--help").stdout


def test_the_app_lists_every_command(cli):
    for args in (("--help",), ("-h",), ()):
        shown = cli(*args)
        assert shown.code == 0
        assert all(f"  {name} " in shown.stdout for name in COMMANDS)


def test_version(cli):
    from transfer_cli import __version__

    for flag in ("--version", "-V"):
        assert cli(flag).stdout == f"transfer-cli {__version__}\n"


def test_a_command_of_another_tool_is_pointed_to_its_own(cli):
    for name, here in (("plot", "chart"), ("sort", "filter --sort"), ("groupby", None)):
        done = cli(name)
        assert done.code == 2
        assert here is None or f"transfer-cli {here}\n" in done.stderr


def test_unknown_command_and_option(cli):
    for args, word in ((("comapre",), "compare"), (("filter", "--provnce", "YN"), "--province")):
        done = cli(*args)
        assert done.code == 2
        assert word in done.stderr
        assert "Error: " in done.stderr
        assert "Hint: " in done.stderr


@pytest.mark.parametrize("table", ["", "own.csv"])
def test_aggregate_alone_says_what_one_might_request(cli, write, table):
    write("省份,产值\n云南,1\n四川,2\n", "own.csv")
    run = cli("aggregate", *filter(None, [table]))
    commands = re.findall(r"^Note: [a-z ]+: transfer-cli (.*)", run.stderr, re.MULTILINE)
    assert len(commands) >= 2
    for command in commands:
        assert cli(*shlex.split(command)).code == 0
        assert len(cli(*shlex.split(command)).csv) > 1
    assert "transfer-cli" not in cli("aggregate", *filter(None, [table]), "--stat", "count").stderr
