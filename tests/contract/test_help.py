"""Every command explains itself, and stands in the contract."""

import re
import shlex

import pytest

from transfer_cli.cli import COMMANDS

APART = {"check", "extract"}
"""Commands that answer with what is wrong or merely possible, and have tests of their own."""


def test_every_command_has_a_case(cases):
    assert {case.name for case in cases} == set(COMMANDS) - APART


@pytest.mark.parametrize("flag", ["--help", "-h"])
def test_help_goes_to_stdout(cli, case, flag):
    shown = cli(case.name, flag)
    assert (shown.code, shown.stderr) == (0, "")
    assert shown.stdout.startswith(f"Usage: transfer-cli {case.name}")
    assert "Example: transfer-cli " + case.name in shown.stdout


def test_every_option_is_explained(cli, case):
    """An option line holds its name and, two spaces on, what it does."""
    text = re.sub(r"\n {6,}", "  ", cli(case.name, "--help").stdout)
    options = re.findall(r"^  (-.+)$", text, re.MULTILINE)
    assert options
    assert [line for line in options if not re.search(r"\S  +\S", line)] == []


def test_the_example_of_the_help_runs(cli, case):
    text = cli(case.name, "--help").stdout.replace("\n          ", " ")
    words = " ".join(re.findall(r"Example: transfer-cli (.+)", text, re.DOTALL)[0].split())
    done = cli(*shlex.split(words))
    assert done.code == 0, done.stderr


def test_the_app_lists_every_command(cli):
    for args in (("--help",), ("-h",), ()):
        shown = cli(*args)
        assert shown.code == 0
        assert all(f"  {name} " in shown.stdout for name in COMMANDS)


def test_version(cli):
    from transfer_cli import __version__

    assert cli("--version").stdout == f"transfer-cli {__version__}\n"


def test_unknown_command_and_option(cli):
    for args, word in ((("comapre",), "compare"), (("filter", "--provnce", "YN"), "--province")):
        told = cli(*args)
        assert told.code == 2
        assert word in told.stderr
        assert "Error: " in told.stderr
        assert "Hint: " in told.stderr
