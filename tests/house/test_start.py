"""Start-up is designed: what needs no table imports no pandas."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

PROBE = """
import atexit, json, os, sys
def tell():
    heavy = {"pandas", "numpy", "rich", "tabulate", "pydantic", "asyncio", "click"}
    with open(os.environ["LOADED"], "w") as out:
        json.dump(sorted(heavy & set(sys.modules)), out)
from transfer_cli import cli
os._exit = lambda code, leave=os._exit: (tell(), leave(code))
atexit.register(tell)
sys.argv = ["transfer-cli", *json.loads(os.environ["WORDS"])]
cli.main()
"""


@pytest.fixture
def loaded(tmp_path):
    """Run the app as a process and return the heavy libraries it had loaded at the end."""

    def run(*args: str, **env: str) -> set[str]:
        out = tmp_path / "loaded.json"
        extra = {"LOADED": str(out), "WORDS": json.dumps(args), **env}
        subprocess.run(
            [sys.executable, "-c", PROBE],
            env={**os.environ, **extra},
            capture_output=True,
            timeout=60,
        )
        return set(json.loads(out.read_text()))

    return run


@pytest.mark.parametrize(
    "args",
    [
        ("--help",),
        ("-h",),
        ("--version",),
        (),
        ("filter", "--help"),
        ("compare", "-h"),
        ("filter", "--province", "Yunan"),
        ("compare", "--status", "singed"),
        ("aggregate", "--format", "jsno"),
        ("filter", "--nonsense"),
        ("comapre",),
    ],
    ids=" ".join,
)
def test_light(loaded, args):
    assert loaded(*args) & {"pandas", "numpy", "rich", "tabulate", "pydantic"} == set()


@pytest.mark.parametrize(
    "words",
    ["transfer-cli filter --province Yu", "transfer-cli compare inv", "transfer-cli fil",
     "transfer-cli filter --columns in", "transfer-cli filter --form"],
)  # fmt: skip
def test_completion_is_light(loaded, words):
    env = {"_TRANSFER_CLI_COMPLETE": "complete_bash", "COMP_WORDS": words,
           "COMP_CWORD": str(len(words.split()) - 1)}  # fmt: skip
    assert loaded(**env) & {"pandas", "numpy", "rich", "tabulate", "pydantic"} == set()


def test_a_pipe_loads_nothing_for_screens(loaded):
    assert "pandas" in loaded("filter", "--category", "tax")
    assert loaded("filter", "--category", "tax", "--json") & {"rich", "tabulate", "pydantic"} == (
        set()
    )


@pytest.mark.parametrize(
    ("words", "completed"),
    [
        ("filter --province Yu", "Yunnan"),
        ("filter --province 云", "云南"),
        ("filter --province Yunnan,Si", "Yunnan,Sichuan"),
        ("filter --columns indi", "indicator"),
        ("filter --sort va", "value"),
        ("compare inv", "investment"),
        ("aggregate --by prov", "province"),
        ("filter --format js", "jsonl"),
        ("filter proj", "projects"),
        ("exp", "export"),
        ("export al", "all"),
        ("export prov", "provinces"),
        ("show nm_signed_p", "nm_signed_projects"),
        ("values indu", "industry"),
    ],
)
def test_completion(monkeypatch, words, completed):
    line = f"transfer-cli {words}"
    monkeypatch.setenv("_TRANSFER_CLI_COMPLETE", "complete_bash")
    monkeypatch.setenv("COMP_WORDS", line)
    monkeypatch.setenv("COMP_CWORD", str(len(line.split()) - 1))
    script = Path(sys.executable).parent / "transfer-cli"
    done = subprocess.run([script], capture_output=True, text=True, timeout=60)
    assert completed in done.stdout.split("\n")
    assert done.stderr == ""
