"""The README as a reader meets it: each console block is run at a terminal 100 columns wide.

``UPDATE_README=1 pytest -n0 tests/readme`` writes the outputs anew, in place, one after the other.
"""

import contextlib
import fcntl
import os
import pty
import re
import shutil
import struct
import subprocess
import sys
import termios
from dataclasses import dataclass
from pathlib import Path

import pytest

README = Path(__file__).resolve().parents[2] / "README.md"
COLUMNS = 100
EXIT = re.compile(r"# exit (\d+)")
_BLOCK = re.compile(r"(?<=^```console\n).*?(?=^```$)", re.MULTILINE | re.DOTALL)
_TOOLS = ("jq", "mlr", "xargs")


@dataclass(frozen=True)
class Block:
    """A console block: its place in the README, its commands and what it shows."""

    start: int
    end: int
    text: str

    @property
    def commands(self) -> list[str]:
        """What is typed after each prompt."""
        return [line[2:] for line in self.text.splitlines() if line.startswith("$ ")]

    def __str__(self) -> str:
        return re.sub(r"\W+", "-", self.commands[0].removeprefix("transfer-cli "))[:60]


def blocks() -> list[Block]:
    """Every console block of the README, in order."""
    text = README.read_text("utf-8")
    return [Block(*found.span(), found[0]) for found in _BLOCK.finditer(text)]


def _environment() -> dict[str, str]:
    scripts = str(Path(sys.executable).parent)
    path = os.pathsep.join([scripts, os.environ.get("PATH", os.defpath)])
    return {**os.environ, "PATH": path, "NO_COLOR": "1", "COLUMNS": str(COLUMNS)}


def at_a_terminal(command: str, directory: Path) -> tuple[str, int]:
    """Run a command line in a terminal of its own; return all that it shows, and its exit code."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 50, COLUMNS, 0, 0))
    with subprocess.Popen(
        ["sh", "-c", command], cwd=directory, env=_environment(),
        stdin=subprocess.DEVNULL, stdout=theirs, stderr=theirs,
    ) as process:  # fmt: skip
        os.close(theirs)
        shown = b"".join(iter(lambda: _read(ours), b""))
        os.close(ours)
        code = process.wait(timeout=60)
    lines = shown.decode().replace("\r\n", "\n").splitlines()
    return "\n".join(line.rstrip() for line in lines).rstrip("\n"), code


def _read(terminal: int) -> bytes:
    with contextlib.suppress(OSError):  # Linux says so when the other end is closed
        return os.read(terminal, 65536)
    return b""


def played(block: Block, directory: Path) -> str:
    """Return the text of a block as its commands write it now."""
    out = []
    for command in block.commands:
        shown, code = at_a_terminal(command, directory)
        out += [f"$ {command}", *([shown] if shown else []), *([f"# exit {code}"] if code else [])]
    return "\n".join(out) + "\n"


def _skip_without_its_tools(block: Block) -> None:
    words = " ".join(block.commands).split()
    missing = [tool for tool in _TOOLS if tool in words and not shutil.which(tool)]
    if missing:
        pytest.skip(f"{' and '.join(missing)} is not installed")


def _rewrite(block: Block, directory: Path) -> None:
    """Write what a block shows now into the README; the other blocks may have moved it."""
    assert "PYTEST_XDIST_WORKER" not in os.environ, "write the README in one process: pytest -n0"
    [now] = [found for found in blocks() if found.commands == block.commands]
    text = README.read_text("utf-8")
    new = text[: now.start] + played(now, directory) + text[now.end :]
    README.write_text(new, "utf-8")


@pytest.mark.parametrize("block", blocks(), ids=str)
def test_a_block_shows_what_its_commands_write(block, tmp_path):
    _skip_without_its_tools(block)
    if os.environ.get("UPDATE_README") == "1":
        _rewrite(block, tmp_path)
        return
    assert played(block, tmp_path) == block.text


def test_blocks_are_told_apart_by_their_commands():
    commands = [tuple(block.commands) for block in blocks()]
    assert commands
    assert len(set(commands)) == len(commands)


def test_no_screen_is_wider_than_the_terminal():
    rules = [line for block in blocks() for line in block.text.splitlines() if "───" in line]
    assert rules
    assert [rule for rule in rules if len(rule) > COLUMNS] == []


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


def test_links_lead_to_files(root):
    links = re.findall(r"\]\((?!https?:)([^)#]+)", README.read_text("utf-8"))
    assert links
    assert [link for link in links if not (root / link).exists()] == []
