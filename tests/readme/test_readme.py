"""The README and the pages of docs/ as a reader meets them: at a terminal 100 columns wide.

The console blocks of a page are run in order, in one directory that holds the files of
docs/examples; those of a Chinese page (``.zh.md``) in Chinese. ``UPDATE_README=1 pytest
tests/readme`` writes the outputs anew, in place.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import terminal

ROOT = Path(__file__).resolve().parents[2]
README = ROOT / "README.md"
PAGES = [*sorted(ROOT.glob("README*.md")), *sorted((ROOT / "docs").glob("*.md"))]
COLUMNS = 100
EXIT = re.compile(r"# exit (\d+)")
_BLOCK = re.compile(r"(?<=^```console\n).*?(?=^```$)", re.MULTILINE | re.DOTALL)
_TOOLS = ("jq", "xargs")


def blocks(page: Path) -> list[str]:
    """The text of every console block of a page, in order."""
    return _BLOCK.findall(page.read_text("utf-8"))


def commands(block: str) -> list[str]:
    """What is typed after each prompt; a line that ends in a backslash goes on in the next."""
    return [line[2:] for line in re.findall(r"^\$ (?:.*\\\n)*.*$", block, re.MULTILINE)]


PLAYED = [page for page in PAGES if blocks(page)]


def _environment(page: Path) -> dict[str, str]:
    scripts = str(Path(sys.executable).parent)
    path = os.pathsep.join([scripts, os.environ.get("PATH", os.defpath)])
    lang = {"TRANSFER_LANG": "zh"} if page.name.endswith(".zh.md") else {}
    return {**os.environ, **lang, "PATH": path, "NO_COLOR": "1", "COLUMNS": str(COLUMNS)}


def at_a_terminal(command: str, directory: Path, environment: dict[str, str]) -> tuple[str, int]:
    """Run a command line in a terminal of its own; return all that it shows, and its exit code."""
    shown, code = terminal.run(
        ["sh", "-c", command], env=environment, cwd=directory, columns=COLUMNS
    )
    lines = shown.decode().replace("\r\n", "\n").splitlines()
    return "\n".join(line.rstrip() for line in lines).rstrip("\n"), code


def played(page: Path, block: str, directory: Path) -> str:
    """Return the text of a block as its commands write it now; as it is without their tools."""
    words = " ".join(commands(block)).split()
    if any(tool in words and not shutil.which(tool) for tool in _TOOLS):
        return block
    out = []
    for command in commands(block):
        shown, code = at_a_terminal(command, directory, _environment(page))
        out += [f"$ {command}", *([shown] if shown else []), *([f"# exit {code}"] if code else [])]
    return "\n".join(out) + "\n"


@pytest.mark.parametrize("page", PLAYED, ids=lambda page: page.name)
def test_blocks_show_what_their_commands_write(page, tmp_path):
    for example in (ROOT / "docs/examples").iterdir():
        shutil.copy(example, tmp_path)
    text = page.read_text("utf-8")
    now = _BLOCK.sub(lambda found: played(page, found[0], tmp_path), text)
    if os.environ.get("UPDATE_README") == "1":
        page.write_text(now, "utf-8")
        return
    assert now == text


_OTHER = re.compile(r"^```(python|make|r|sh)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
OTHERS = [
    pytest.param(page, language, block, id=f"{page.name}-{language}-{place}")
    for page in PAGES
    for place, (language, block) in enumerate(_OTHER.findall(page.read_text("utf-8")))
    # CI runs what installs; the examples of python.md are run in tests/api.
    if ">>> " not in block and "pip install" not in block
]


@pytest.mark.parametrize(("page", "language", "block"), OTHERS)
def test_blocks_of_other_languages_run(page, language, block, tmp_path):
    """They run beside the tables of the page: own.csv, and a data package in mine."""
    programs = {"python": ["python3"], "make": ["make"], "r": ["Rscript"],
                "sh": re.findall(r"\| (\w+)", block)}[language]  # fmt: skip
    if missing := [name for name in programs if not shutil.which(name)]:
        pytest.skip(f"not installed: {missing}")
    environment = _environment(page)

    def shell(command: str) -> None:
        subprocess.run(["bash", "-euo", "pipefail", "-c", command], check=True, env=environment)

    if made := re.search(r"^\$ (printf .*> own\.csv)$", page.read_text("utf-8"), re.MULTILINE):
        shell(made[1])
    if language == "make":
        shell("transfer-cli export all -o mine -q")
    name, run = {
        "python": ("block.py", "python3 block.py"),
        "make": ("Makefile", "make"),
        "r": ("block.R", "Rscript block.R"),
        "sh": ("block.sh", ". ./block.sh"),
    }[language]
    (tmp_path / name).write_text(block, "utf-8")
    shell(run)


def test_no_block_is_of_an_unknown_kind():
    """``text`` and ``csv`` are outputs, in pages that are generated."""
    kinds = {kind for page in PAGES for kind in re.findall(r"^```(\w+)$", page.read_text("utf-8"),
                                                           re.MULTILINE)}  # fmt: skip
    assert kinds <= {"console", "python", "make", "r", "sh", "text", "csv"}


def test_no_screen_is_wider_than_the_terminal():
    rules = [
        line
        for page in PLAYED
        for block in blocks(page)
        for line in block.splitlines()
        if "───" in line
    ]
    assert rules
    assert [rule for rule in rules if len(rule) > COLUMNS] == []


def test_the_readme_is_short():
    assert len(README.read_text("utf-8").splitlines()) < 250


def _marked(name: str) -> list[str]:
    """What .ci/run takes for the command called ``name``: the lines between marker and fence."""
    lines = README.read_text("utf-8").splitlines()
    start = lines.index(f"<!-- command: {name} -->")
    end = lines.index("```", start)
    assert lines[start + 1] == "```sh"
    return lines[start + 2 : end]


@pytest.mark.parametrize(("name", "last"), [("run", "transfer-cli compare"), ("test", "pytest")])
def test_a_set_up_command_is_one_line(name, last):
    [line] = _marked(name)
    assert line.startswith("python3 -m venv .venv && .venv/bin/pip install ")
    assert line.endswith(last)


def test_ci_runs_the_test_command_of_the_readme(root):
    if not shutil.which("sed"):
        pytest.skip("sed is not installed")
    script = (root / ".ci" / "run").read_text("utf-8")
    [extraction] = re.findall(r"\$\((sed .*)\)", script)
    done = subprocess.run(
        ["sh", "-c", extraction], cwd=root, capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines() == _marked("test")


def test_every_command_is_told(cli):
    from transfer_cli.cli import COMMANDS

    text = README.read_text("utf-8")
    assert [name for name in COMMANDS if not re.search(rf"\b{name}\b", text)] == []
