"""The habits that make a start fast change nothing but what is loaded."""

import json
import subprocess
import sys
from importlib.util import find_spec

import pytest

from transfer_cli.cli import COMMANDS

LOADED = """
import json, os, sys
leave = os._exit
def tell(code):
    print(json.dumps(sorted(sys.modules)), file=sys.stderr)
    leave(code)
os._exit = tell
sys.argv = ["transfer-cli", *json.loads(sys.argv[1])]
from transfer_cli.__main__ import main
main()
"""


def python(code: str, *args: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-c", code, *args], capture_output=True, text=True, timeout=60
    )


def loaded(*words: str) -> set[str]:
    """Every module that was loaded when the command had run."""
    done = python(LOADED, json.dumps(words))
    return set(json.loads(done.stderr.splitlines()[-1]))


@pytest.mark.parametrize(
    "words", [("values", "indicator"), ("filter", "--limit", "1"), ("compare",)], ids=" ".join
)
def test_a_command_loads_no_other(words):
    others = {f"transfer_cli.commands.{name}" for name in COMMANDS} - {
        f"transfer_cli.commands.{words[0]}"
    }
    assert loaded(*words) & others == set()


def test_the_version_loads_no_command():
    assert not any(name.startswith("transfer_cli.commands.") for name in loaded("--version"))


def test_a_misspelt_command_is_held_against_all(cli):
    assert "Did you mean 'extract', 'export'?" in cli("extrct").stderr


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_where_it_is_said_to_be(cli, name):
    assert cli(name, "--help").stdout.startswith(f"Usage: transfer-cli {name}")


def test_pandas_comes_without_random_numbers_and_openssl():
    unwanted = {"numpy.random", "secrets", "hmac", "_hashlib"}
    assert loaded("filter", "--limit", "1") & unwanted == set()


@pytest.mark.parametrize(
    "line",
    [
        "import secrets; assert len(secrets.token_hex(4)) == 8 and secrets.__file__",
        "from numpy.random import default_rng as new; assert new().random() != new().random()",
        "import numpy as np; np.random.seed(1); assert round(np.random.rand(), 3) == 0.417",
        "assert len(pd.DataFrame({'a': range(9)}).sample(3, random_state=1)) == 3",
        "from numpy.random import Generator, PCG64\n"
        "assert len(pd.Series(range(9)).sample(3, random_state=Generator(PCG64(1)))) == 3",
        "import hashlib; assert hashlib.sha256(b'').hexdigest()[:4] == 'e3b0'",
        "import gc; assert gc.isenabled() and gc.get_freeze_count()",
        "import os; assert os.environ['OPENBLAS_NUM_THREADS'] == '1'",
    ],
)  # fmt: skip
def test_after_it_all_works_as_ever(line):
    done = python(f"from transfer_cli.frames import pd\n{line}")
    assert (done.returncode, done.stderr) == (0, "")


def test_random_numbers_that_are_loaded_stay():
    done = python(
        "import numpy.random as before\nimport transfer_cli.frames, numpy\n"
        "assert numpy.random is before"
    )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.skipif(not find_spec("duckdb"), reason="DuckDB is not installed")
@pytest.mark.parametrize("words", [("compare",), ("filter",)], ids=" ".join)
def test_rows_that_duckdb_finds_need_no_pandas(words, monkeypatch, tmp_path):
    monkeypatch.setenv("TRANSFER_LARGE", "1")
    table = tmp_path / "figures.csv"
    table.write_text(
        "id,province,indicator,value,unit\na,Yunnan,tax,1,亿元\nb,Sichuan,tax,2,亿元\n"
    )
    names = loaded(*words, str(table), "--engine", "duckdb", "--province", "Yunnan")
    assert "duckdb" in names
    assert names & {"pandas", "numpy"} == set()
