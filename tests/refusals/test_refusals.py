"""Requests that mean nothing are refused: why, what to type instead, and exit code 1.

The requests are in ``cases.toml``; a new one is a few lines there.
"""

import os
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

LEAST = 22
_FILE = tomllib.loads((Path(__file__).parent / "cases.toml").read_text("utf-8"))


@dataclass(frozen=True)
class Refusal:
    """A request, fragments of the message that refuses it, and a fragment of the hint."""

    title: str
    run: str
    says: list[str]
    hint: str


CASES = [Refusal(**case) for case in _FILE["refusal"]]
each = pytest.mark.parametrize("case", CASES, ids=[case.title.replace(" ", "-") for case in CASES])


@pytest.fixture(autouse=True)
def tables(tmp_path):
    """Write the user's tables of the file where the test runs."""
    for name, text in _FILE["tables"].items():
        (tmp_path / name).write_text(text.lstrip(), "utf-8")


@pytest.fixture
def refused(cli) -> Callable[[Refusal], tuple[str, str]]:
    """Make a request that must be refused; return the message and the hint."""

    def run(case: Refusal) -> tuple[str, str]:
        _, *args = shlex.split(case.run)
        result = cli(*args)
        assert (result.code, result.stdout) == (1, "")
        lines = result.stderr.splitlines()
        [message] = [line for line in lines if line.startswith("Error: ")]
        [hint] = [line for line in lines if line.startswith("Hint: ")]
        return message, hint.removeprefix("Hint: ")

    return run


@each
def test_a_refusal_says_why_and_what_instead(refused, case):
    message, hint = refused(case)
    assert [words for words in case.says if words not in message] == []
    assert case.hint in hint


@each
def test_a_hint_typed_as_it_stands_works(refused, case):
    _, hint = refused(case)
    if not hint.startswith("transfer-cli "):
        pytest.skip(f"the hint is no command line: {hint}")
    scripts = str(Path(sys.executable).parent)
    path = os.pathsep.join([scripts, os.environ.get("PATH", os.defpath)])
    done = subprocess.run(
        ["sh", "-c", hint], env={**os.environ, "PATH": path}, capture_output=True, timeout=60
    )
    assert (done.returncode, done.stderr.decode() if done.returncode else "") == (0, "")
    assert done.stdout


def test_no_request_is_made_twice():
    assert len({case.run for case in CASES}) == len({case.title for case in CASES}) == len(CASES)
    assert len(CASES) >= LEAST
