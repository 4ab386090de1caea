"""However large or odd the input, the answer comes in bounded time and memory, or an error does."""

import gzip
import os
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

from transfer_cli.tables import compression, text

DEPTH = 3000


def chain(last: str) -> str:
    """Return a table in which each figure is part of the next one, and the last of ``last``."""
    rows = [f"m{n},tax,1,亿元,{f'm{n + 1}' if n + 1 < DEPTH else last}" for n in range(DEPTH)]
    return "\n".join(["id,indicator,value,unit,part_of", *rows, ""])


@pytest.mark.parametrize(("last", "total"), [("", "1"), ("m0", str(DEPTH))])
def test_a_chain_of_parts_of_parts(cli, write, last, total):
    name = write(chain(last))
    done = cli("aggregate", name, "--stat", "sum")
    assert done.code == 0
    assert [row["sum"] for row in done.csv] == [total]


def test_a_chain_that_is_too_long_is_named(cli, write, monkeypatch):
    monkeypatch.setattr("transfer_cli.model.figure.LONGEST_CHAIN", 100)
    done = cli("aggregate", write(chain("")), "--stat", "sum")
    assert done.code == 3
    assert "Error: 'm0' is part of a part of a part … of more than 100 figures" in done.stderr


@pytest.mark.parametrize(
    "number",
    ["1" * 20_000, "一" * 20_000, "百" * 1200, "一百万亿" * 3000, "1," * 9000],
)
def test_a_numeral_without_end_in_a_report(cli, write, number):
    done = cli("extract", write(f"全省税收达到{number}亿元，同比增长5%。\n", "report.txt"))
    assert done.code == 0
    assert [row["value"] for row in done.csv][-1:] in ([], ["5"])


@pytest.mark.parametrize("args", [("filter",), ("values", "name")])
def test_a_long_cell_on_a_screen(cli, write, args):
    name = write(f"id,name\na,{'云' * 3_300_000}\nb,x\n")
    shown = cli(*args, name, tty=True).stdout
    assert "3,298,000 more characters" in shown.replace("\n", "")
    assert len(shown) < 20_000
    assert len(cli("filter", name).stdout) > 3_300_000


def test_a_long_cell_in_an_error(cli, write):
    """What is wrong is said of a cell of any length, not the cell repeated."""
    done = cli("aggregate", write(f"id,value\na,{'x' * 10_000_000}\n"), "--stat", "sum")
    assert done.code == 3
    assert done.stderr.startswith("Error: table.csv:2: column 'value': 'xxx")
    assert "is not a number" in done.stderr and len(done.stderr) < 3_000


@pytest.mark.parametrize(
    "args",
    [("filter", "-f", "table"), ("filter", "--where", "column7 > 5"), ("filter", "-o", "x.xlsx"),
     ("describe",), ("check",), ("values", "column7")],
    ids=" ".join,
)  # fmt: skip
def test_ten_thousand_columns(cli, write, args):
    header = ",".join(f"column{number}" for number in range(10_000))
    name = write(f"{header}\n{','.join(['12345678'] * 10_000)}\n")
    command, *rest = args
    first = [rest.pop(0)] if command == "values" else []
    done = cli(command, *first, name, *rest)
    assert done.code == 0, done.stderr


@pytest.mark.parametrize("command", ["filter", "check", "extract", "aggregate"])
@pytest.mark.parametrize("device", ["/dev/zero", "/dev/urandom", "/dev/full"])
def test_a_device_is_no_file(cli, command, device):
    if not Path(device).exists():
        pytest.skip("there is no such device here")
    done = cli(command, device)
    assert (done.code, done.stdout) == (3, "")
    assert done.stderr.startswith(f"Error: '{device}' is a device, not a file")


def test_the_empty_device_is_an_empty_file(cli):
    assert "is empty" in cli("filter", os.devnull).stderr


@pytest.mark.parametrize("command", ["filter", "check"])
def test_a_stream_of_zeros_is_not_copied(command):
    zeros = subprocess.Popen(["cat", "/dev/zero"], stdout=subprocess.PIPE)
    done = subprocess.run(
        [sys.executable, "-m", "transfer_cli", command, "-"],
        stdin=zeros.stdout, capture_output=True, timeout=60,
    )  # fmt: skip
    zeros.kill()
    zeros.communicate()
    assert done.returncode == 3
    assert b"binary data" in done.stderr


def test_a_line_without_end(cli, write, monkeypatch):
    monkeypatch.setattr(text, "LONGEST_LINE", 1 << 20)
    done = cli("filter", write("id,name\na," + "x," * (6 << 20)))
    assert done.code == 3
    assert "table.csv:2: a line of more than 1,048,576 characters" in done.stderr


def bomb(path: Path) -> None:
    """Write a file that unpacks to 4 MB, more than 100 times its own size."""
    line = b"a,1\n"
    if path.suffix == ".xlsx":
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("xl/workbook.xml", line * (1 << 20))
    else:
        path.write_bytes(gzip.compress(b"id,value\n" + line * (1 << 20)))


@pytest.mark.parametrize("name", ["bomb.csv.gz", "bomb.xlsx", "-"])
@pytest.mark.parametrize("args", [("filter",), ("aggregate", "--stat", "count"), ("check",)])
def test_a_bomb_stops_at_the_limit(cli, monkeypatch, name, args):
    monkeypatch.setattr(compression, "MAX_UNPACKED", 1 << 20)
    bomb(Path("bomb.csv.gz" if name == "-" else name))
    stdin = Path("bomb.csv.gz").read_bytes() if name == "-" else b""
    done = cli(args[0], name, *args[1:], stdin=stdin)
    assert "100 times its own size" in done.stderr + done.stdout
    assert done.code == 3
    if done.stderr.startswith("Error"):
        assert f"Hint: transfer-cli {args[0]} {name}" in done.stderr
        assert "--no-limit" in done.stderr


def test_the_limit_is_lifted(cli, monkeypatch):
    monkeypatch.setattr(compression, "MAX_UNPACKED", 1 << 20)
    bomb(Path("bomb.csv.gz"))
    done = cli("aggregate", "bomb.csv.gz", "--stat", "count", "--no-limit")
    assert (done.code, done.csv) == (0, [{"count": str(1 << 20)}])


def test_what_packs_well_but_is_small_is_read(cli):
    bomb(Path("bomb.csv.gz"))
    assert cli("filter", "bomb.csv.gz", "--limit", "1").csv == [{"id": "a", "value": "1"}]


@pytest.fixture
def large(write) -> str:
    return write("id,n\n" + "".join(f"r{n},{n % 97}\n" for n in range(400_000)), "large.csv")


INTERRUPTED = [
    ("filter", "pipe"), ("check", "pipe"), ("extract", "pipe"), ("filter", "-"),
    ("filter", "large.csv", "-o", "out.xlsx"), ("filter", "large.csv", "-o", "out.sqlite"),
    ("filter", "large.csv", "-o", "out.parquet"), ("check", "large.csv"),
]  # fmt: skip


def test_ctrl_c_ends_everything_and_leaves_nothing(large, tmp_path):
    """A named pipe has no writer; the others are at work. They run side by side."""
    running = []
    for number, args in enumerate(INTERRUPTED):
        folder = tmp_path / f"{number}"
        (folder / "tmp").mkdir(parents=True)
        os.mkfifo(folder / "pipe")
        (folder / "large.csv").symlink_to(tmp_path / large)
        process = subprocess.Popen(
            [sys.executable, "-m", "transfer_cli", *args], cwd=folder,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            env={**os.environ, "TMPDIR": str(folder / "tmp")},
        )  # fmt: skip
        running.append((args, folder, process))
    time.sleep(3)
    for _args, _folder, process in running:
        process.send_signal(signal.SIGINT)
    for args, folder, process in running:
        _stdout, stderr = process.communicate(timeout=30)
        assert b"Traceback" not in stderr
        # It may have been ready before.
        ready = process.returncode in (0, 3) and args[1] == "large.csv"
        assert process.returncode == 130 or ready, args
        if not ready:
            assert {path.name for path in folder.rglob("*")} == {"tmp", "pipe", "large.csv"}


INTERRUPTED_IMPORT = """
import enum, os, runpy, signal, sys

create = enum.EnumType._create_

def interrupt(*args, **options):
    if "duckdb" in sys.modules:
        enum.EnumType._create_ = create
        os.kill(os.getpid(), signal.SIGINT)
    return create(*args, **options)

enum.EnumType._create_ = interrupt
runpy.run_module("transfer_cli", run_name="__main__", alter_sys=True)
"""
"""DuckDB makes enumerations while it is imported, and ends in any kind of error if it fails to."""


def test_ctrl_c_while_duckdb_is_imported(large):
    code = [sys.executable, "-c", INTERRUPTED_IMPORT, "filter", large]
    done = subprocess.run(code, capture_output=True)
    assert (done.returncode, done.stderr) == (130, b"")


def test_memory_that_is_not_there(cli, monkeypatch):
    from transfer_cli.tables import read

    def full(*_: object, **__: object) -> None:
        raise MemoryError

    monkeypatch.setattr(read, "read_files", full)
    done = cli("filter")
    assert (done.code, done.stderr) == (1, "Error: there is not enough memory\n")
