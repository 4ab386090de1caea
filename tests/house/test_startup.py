"""A fast start: who loads what, and that the habits behind it change nothing else."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import transfer_cli
from transfer_cli.cli import COMMANDS

SOURCE = Path(transfer_cli.__file__).parents[1]
HEAVY = {"pandas", "numpy", "duckdb", "rich", "tabulate", "pydantic", "distributed", "sqlite3",
         "xlsxwriter", "vl_convert"}  # fmt: skip
LOADED = """
import json, os, sys
def finish(code, leave=os._exit):
    with open(os.environ["LOADED"], "w") as out:
        json.dump(sorted(sys.modules), out)
    leave(code)
os._exit = finish
sys.argv = ["transfer-cli", *json.loads(os.environ["WORDS"])]
from transfer_cli.__main__ import main
main()
"""


@pytest.fixture
def loaded(tmp_path):
    """Run the app as a process and return every module that it had loaded at its end."""

    def run(*args: str, **env: str) -> set[str]:
        out = tmp_path / "loaded.json"
        extra = {"LOADED": str(out), "WORDS": json.dumps(args), **env}
        subprocess.run(
            [sys.executable, "-c", LOADED],
            env={**os.environ, **extra},
            capture_output=True,
            timeout=60,
        )
        return set(json.loads(out.read_text()))

    return run


@pytest.fixture
def figures(write):
    """A small table of figures."""
    return write("id,province,indicator,value,unit\na,Yunnan,tax,1,亿元\nb,Sichuan,tax,2,亿元\n")


@pytest.mark.parametrize(
    "words",
    [
        "--help",
        "-h",
        "--version",
        "",
        "filter --help",
        "compare -h",
        "filter --province Yunan",
        "filter --category taxx",
        "filter --period someday",
        "filter --min many",
        "compare --status singed",
        "aggregate --format jsno",
        "filter --engine duckdb",
        "filter --nonsense",
        "comapre",
    ],
)
def test_help_and_usage_errors_load_no_heavy_library(loaded, words):
    assert loaded(*words.split()) & HEAVY == set()


@pytest.mark.parametrize(
    "words",
    ["transfer-cli filter --province Yu", "transfer-cli compare inv", "transfer-cli fil",
     "transfer-cli filter --columns in", "transfer-cli filter --form"],
)  # fmt: skip
def test_completion_loads_no_heavy_library(loaded, words):
    env = {"_TRANSFER_CLI_COMPLETE": "complete_bash", "COMP_WORDS": words,
           "COMP_CWORD": str(len(words.split()) - 1)}  # fmt: skip
    assert loaded(**env) & HEAVY == set()


@pytest.mark.parametrize("command", ["filter", "compare", "aggregate"])
def test_a_small_table_in_a_pipe_loads_pandas_alone(loaded, command):
    for rest in ((), ("--json",)):
        assert loaded(command, "--category", "tax", *rest) & HEAVY == {"pandas", "numpy"}


def test_a_text_file_loads_no_other_format(loaded, figures):
    formats = {"sqlite3", "zipfile", "xml.etree.ElementTree", "python_calamine", "gzip"}
    assert loaded("filter", figures) & formats <= {"zipfile", "gzip"}  # pandas loads them


@pytest.mark.parametrize("command", ["filter", "compare", "aggregate"])
def test_a_large_table_loads_duckdb(loaded, figures, command):
    names = loaded(command, figures, "--province", "Yunnan", TRANSFER_LARGE="1") & HEAVY
    assert names == {"pandas", "numpy", "duckdb"}


@pytest.mark.parametrize(
    "words", [("values", "indicator"), ("filter", "--limit", "1"), ("compare",)], ids=" ".join
)
def test_a_command_loads_no_other(loaded, words):
    others = {f"transfer_cli.commands.{name}" for name in COMMANDS} - {
        f"transfer_cli.commands.{words[0]}"
    }
    assert loaded(*words) & others == set()


def test_the_version_loads_no_command(loaded):
    assert not any(name.startswith("transfer_cli.commands.") for name in loaded("--version"))


def test_a_misspelt_command_is_compared_with_all(cli):
    assert "did you mean 'extract' or 'export'?" in cli("extrct").stderr


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_found_by_its_name(cli, name):
    assert cli(name, "--help").stdout.startswith(f"Usage: transfer-cli {name}")


@pytest.mark.parametrize(
    "line",
    [
        "import gc; assert gc.isenabled() and gc.get_freeze_count()",
        "import os; assert os.environ['OPENBLAS_NUM_THREADS'] == '1'",
        "import numpy as np; np.random.seed(1); assert round(np.random.rand(), 3) == 0.417",
    ],
)
def test_libraries_loaded_the_fast_way_are_complete(line):
    code = f"from transfer_cli.frames import pd; pd.DataFrame\n{line}"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(
    "module",
    ["stats.aggregate", "compare.compare", "compare.sums", "describe", "output.write",
     "output.rows", "engine.duck", "tables.memory"],
)  # fmt: skip
def test_modules_load_before_pandas_does(module):
    """A query of DuckDB starts before pandas is imported, which takes as long as the query."""
    code = f"import sys, transfer_cli.{module}; sys.exit('pandas' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0


def test_the_package_loads_nothing_before_it_is_used():
    """``import transfer_cli`` costs under 5 ms: none of its modules, and not even typing."""
    code = (
        "import sys, transfer_cli;"
        " print([n for n in sys.modules if 'transfer_cli' in n or n in ('typing', 're')])"
    )
    done = subprocess.run([sys.executable, "-S", "-c", code], capture_output=True, text=True,
                          env={**os.environ, "PYTHONPATH": str(SOURCE)})  # fmt: skip
    assert (done.stdout, done.stderr) == ("['transfer_cli']\n", "")


def test_a_function_of_the_package_loads_no_typer():
    code = "import sys, transfer_cli as tc; tc.calc('1'); print('typer' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert (done.stdout, done.stderr) == ("False\n", "")


def test_english_loads_no_catalogue():
    """Chinese opens one file, English none."""
    script = (
        "import sys; opened = [];"
        "sys.addaudithook(lambda event, args: event == 'open' and opened.append(str(args[0])));"
        "from transfer_cli import messages; messages.use(sys.argv[1]);"
        "print(sum(name.endswith('.mo') for name in opened))"
    )
    counts = {
        language: subprocess.check_output([sys.executable, "-c", script, language], text=True)
        for language in ("en", "zh")
    }
    assert {language: int(count) for language, count in counts.items()} == {"en": 0, "zh": 1}
