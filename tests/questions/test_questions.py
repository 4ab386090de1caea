"""What analysts ask, a file for each: the commands, the answer, and the caveat beside it.

``stdout`` and ``stderr`` are fragments that must be printed, ``absent`` some that must not. An
``ask`` without a ``code`` ends in 0; one that is refused prints nothing on standard output.
"""

import re
import shlex
import tomllib
from dataclasses import dataclass, field
from pathlib import Path

import pytest


@dataclass(frozen=True)
class Ask:
    """A command line and what it must say."""

    run: str
    stdout: list[str] = field(default_factory=list)
    stderr: list[str] = field(default_factory=list)
    absent: list[str] = field(default_factory=list)
    code: int = 0


def _read(path: Path) -> tuple[str, list[Ask]]:
    found = tomllib.loads(path.read_text("utf-8"))
    return found["question"], [Ask(**ask) for ask in found["ask"]]


QUESTIONS = {path.stem: _read(path) for path in sorted(Path(__file__).parent.glob("*.toml"))}
ASKS = [
    pytest.param(ask, id=f"{name}-{number}")
    for name, (_, asks) in QUESTIONS.items()
    for number, ask in enumerate(asks, 1)
]


@pytest.mark.parametrize("ask", ASKS)
def test_the_answer_and_what_must_stand_beside_it(monkeypatch, cli, ask):
    monkeypatch.setenv("COLUMNS", "100")
    name, *args = shlex.split(ask.run)
    assert name == "transfer-cli"
    result = cli(*args)
    assert result.code == ask.code, result.stderr
    assert [words for words in ask.stdout if words not in result.stdout] == []
    assert [words for words in ask.stderr if words not in result.stderr] == []
    assert [words for words in ask.absent if words in result.stdout + result.stderr] == []
    if ask.code:
        assert result.stdout == ""


def test_a_question_has_an_answer_or_a_caveat():
    for name, (_, asks) in QUESTIONS.items():
        assert any(ask.stdout or ask.code == 1 for ask in asks), name
        assert all(ask.stdout or ask.stderr for ask in asks), name


def test_every_question_of_the_list_is_here(root):
    path = root.parent / "shared" / "QUESTIONS.md"
    if not path.is_file():
        pytest.skip("the list of questions is not at hand beside the repository")
    rows = re.findall(r"^\| *([^|]+?) *\|", path.read_text("utf-8"), re.MULTILINE)
    listed = [row for row in rows if row != "question" and set(row) - set("-:")]
    assert listed
    assert [row for row in listed if row not in {text for text, _ in QUESTIONS.values()}] == []
