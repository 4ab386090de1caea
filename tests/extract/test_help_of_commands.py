"""The three commands explain themselves, and their examples run."""

import re
import shlex

import pytest

from transfer_cli.cli import COMMANDS

REPORT = "2023年，甘肃省签约项目12个，总投资34.5亿元。\n"


@pytest.mark.parametrize("name", ["extract", "check", "init"])
def test_help_and_its_examples(cli, write, name):
    shown = cli(name, "-h")
    assert (shown.code, shown.stderr) == (0, "")
    assert shown.stdout.startswith(f"Usage: transfer-cli {name}")
    examples = re.findall(r"^  transfer-cli (.+)", shown.stdout, re.MULTILINE)
    assert tuple(examples) == COMMANDS[name][1]
    if name != "init":  # The files that the examples name.
        write(REPORT, "report.txt")
        assert cli("extract", "report.txt", "-o", "mine").code == 0
    for example in examples:
        done = cli(*shlex.split(example))
        # What was extracted has findings until a person corrects it.
        assert done.code in ((0, 3) if name == "check" else (0,)), done.stderr
