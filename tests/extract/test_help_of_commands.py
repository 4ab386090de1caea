"""The three commands explain themselves, and their examples run."""

import re
import shlex

import pytest

from transfer_cli.cli import COMMANDS


@pytest.mark.parametrize("name", ["check", "extract", "init"])
def test_help_and_its_example(cli, name):
    shown = cli(name, "-h")
    assert (shown.code, shown.stderr) == (0, "")
    assert shown.stdout.startswith(f"Usage: transfer-cli {name}")
    examples = re.findall(r"^  transfer-cli (.+)", shown.stdout, re.MULTILINE)
    assert tuple(examples) == COMMANDS[name][1]
    assert [cli(*shlex.split(example)).code for example in examples] == [0] * len(examples)
