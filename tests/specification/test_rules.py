"""What may be put together, and what may not: the cases of ``rules.toml``, each typed.

The page docs/rules.md is made from the same file. A new case is a few lines there.
"""

import shlex
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

_FILE = tomllib.loads((Path(__file__).parent / "rules.toml").read_text("utf-8"))


@dataclass(frozen=True)
class Allowed:
    """A request that has an answer: fragments of the answer, and of the notes beside it."""

    title: str
    run: str
    gives: list[str]
    says: list[str]


@dataclass(frozen=True)
class Refused:
    """A request without a meaning: fragments of the message, and a fragment of the hint."""

    title: str
    run: str
    says: list[str]
    hint: str


ALLOWED = [Allowed(**case) for rule in _FILE["rule"] for case in rule.get("allowed", [])]
REFUSED = [Refused(**case) for rule in _FILE["rule"] for case in rule.get("refused", [])]


def _each(cases: list[Allowed] | list[Refused]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize(
        "case", cases, ids=[case.title.replace(" ", "-") for case in cases]
    )


@pytest.fixture(autouse=True)
def tables(tmp_path):
    """Write the user's tables of the file where the test runs."""
    for name, text in _FILE["tables"].items():
        (tmp_path / name).write_text(text.lstrip(), "utf-8")


@pytest.fixture
def refused(cli) -> Callable[[Refused], tuple[str, str]]:
    """Make a request that must be refused; return the message and the hint."""

    def run(case: Refused) -> tuple[str, str]:
        _, *args = shlex.split(case.run)
        result = cli(*args)
        assert (result.code, result.stdout) == (1, "")
        lines = result.stderr.splitlines()
        [message] = [line for line in lines if line.startswith("Error: ")]
        [hint] = [line for line in lines if line.startswith("Hint: ")]
        return message, hint.removeprefix("Hint: ")

    return run


@_each(ALLOWED)
def test_what_has_a_meaning_is_answered_with_its_caveat(cli, case):
    _, *args = shlex.split(case.run)
    result = cli(*args)
    assert result.code == 0, result.stderr
    assert [words for words in case.gives if words not in result.stdout] == []
    assert [words for words in case.says if words not in result.stderr] == []


@_each(REFUSED)
def test_a_refusal_says_why_and_what_instead(refused, case):
    message, hint = refused(case)
    assert [words for words in case.says if words not in message] == []
    assert case.hint in hint


@_each(REFUSED)
def test_a_hint_typed_as_it_stands_works(cli, refused, case):
    _, hint = refused(case)
    if not hint.startswith("transfer-cli "):
        pytest.skip(f"the hint is not a command line: {hint}")
    _, *args = shlex.split(hint)
    result = cli(*args)
    assert (result.code, result.stderr if result.code else "") == (0, "")
    assert result.stdout


def test_no_request_stands_twice():
    cases = [*ALLOWED, *REFUSED]
    assert len({case.run for case in cases}) == len({case.title for case in cases}) == len(cases)


def test_the_specification_has_sixty_cases_of_each_kind():
    assert min(len(ALLOWED), len(REFUSED)) >= 60
