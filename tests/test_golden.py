"""Golden screens: plain files in ``golden/`` that read like a bug report.

The first line is what was typed, then come standard output, standard error and the exit code.
``UPDATE_GOLDEN=1 pytest tests/test_golden.py`` rewrites them; look at each by eye before
committing. A new one begins as a file with its first line alone.
"""

import os
import re
import shlex
from pathlib import Path

import pytest

GOLDEN = Path(__file__).parent / "golden"
FILES = sorted(GOLDEN.glob("*.txt"))
UPDATE = os.environ.get("UPDATE_GOLDEN") == "1"


def run(cli, monkeypatch, typed):
    """Run a line such as ``$ COLUMNS=80 transfer-cli compare -f table``."""
    words = shlex.split(typed.removeprefix("$ "))
    while "=" in words[0]:
        monkeypatch.setenv(*words.pop(0).split("=", 1))
    assert words.pop(0) == "transfer-cli"
    return cli(*words)


def report(typed, done):
    """What was typed and what came of it, as it stands in the file."""
    return f"{typed}\n{done.stdout}--- stderr\n{done.stderr}--- exit {done.code}\n"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_golden(cli, monkeypatch, path):
    kept = path.read_text("utf-8")
    typed = kept.partition("\n")[0]
    found = report(typed, run(cli, monkeypatch, typed))
    if UPDATE:
        path.write_text(found, "utf-8")
    else:
        assert found == kept


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_golden_screen_fits(path):
    """No line of a screen, nor of what is said below it, is wider than the terminal."""
    from rich.cells import cell_len

    typed, _, rest = path.read_text("utf-8").partition("\n")
    width = int(re.search(r"COLUMNS=(\d+)", typed)[1])
    screen = rest.partition("--- stderr\n")[0]
    assert [line for line in screen.splitlines() if cell_len(line) > width] == []


def test_both_widths_and_both_languages_are_there():
    typed = [path.read_text("utf-8").partition("\n")[0] for path in FILES]
    for command in ("compare", "filter", "aggregate"):
        for width in (80, 120):
            for language in ("--lang zh", ""):
                assert any(
                    f"COLUMNS={width} transfer-cli {command}" in line
                    and (language in line if language else "--lang" not in line)
                    for line in typed
                ), (command, width, language)
