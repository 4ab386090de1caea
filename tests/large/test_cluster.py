"""An aggregate on a cluster is the one that is made here, whatever becomes of the workers."""

import gzip
import os
import subprocess
import sys
import time

import duckdb
import pytest

distributed = pytest.importorskip("distributed")

HEAD = "id,indicator,status,scope,period,province,value,unit,bound\n"
STATISTICS = ("--by", "province", "--stat", "sum,count,mean,std,min,max")
PROVINCES = ("Gansu", "云南", "Sichuan", "", "Guizhou")
ROWS = [
    f"r{n},tax,actual,city,202{n % 4},{PROVINCES[n % 5]},"
    f"{'' if n % 11 == 0 else f'{n % 97}.{n % 10}'},亿元,{'over' if n % 13 == 0 else 'exact'}\n"
    for n in range(600)
]
TABLE = HEAD + "".join(ROWS)
FILES = 4


@pytest.fixture
def parts(write):
    """Write a table as several files, and return the pattern that names them."""

    def split(text=TABLE, *, pack=False):
        head, *rows = text.splitlines(keepends=True)
        for n in range(FILES):
            part = (head + "".join(rows[n::FILES])).encode()
            name = f"part-{n}.csv"
            write(gzip.compress(part) if pack else part, f"{name}.gz" if pack else name)
        return "part-*"

    return split


def notes(done):
    """The notes, without the one that only a large table has."""
    return [line for line in done.stderr.splitlines() if "duplicate ids" not in line]


@pytest.mark.parametrize("pack", [False, True], ids=["plain", "packed"])
@pytest.mark.parametrize(
    "options",
    [(), ("--province", "Gansu"), ("--min", "40"), ("--period", "2022"),
     ("--where", "value > 30"), ("--across", "period"), ("--total", "--share", "--top", "2"),
     ("--weight", "value")],
    ids=" ".join,
)  # fmt: skip
def test_several_files(cli, parts, address, options, pack):
    name = parts(pack=pack)
    here = cli("aggregate", name, *STATISTICS, *options)
    assert here.stdout.count("\n") > 1
    there = cli("aggregate", name, *STATISTICS, *options, "--cluster", address)
    assert (there.code, there.stdout) == (0, here.stdout), there.stderr
    assert notes(there) == notes(here)


def test_how_unequal_groups_are(cli, parts, address):
    asked = ("aggregate", parts(), "--by", "period,province", "--stat", "hhi,gini,var,cv")
    here, there = cli(*asked), cli(*asked, "--cluster", address)
    assert (there.code, there.stdout) == (0, here.stdout), there.stderr
    assert notes(there) == notes(here)


@pytest.mark.parametrize("text", [TABLE.replace("\n", "\r\n"), TABLE.replace(",", "\t"), HEAD],
                         ids=["crlf", "tabs", "empty"])  # fmt: skip
def test_other_shapes(cli, parts, address, text):
    name = parts(text)
    here = cli("aggregate", name, *STATISTICS)
    there = cli("aggregate", name, *STATISTICS, "--cluster", address)
    assert (there.code, there.stdout) == (here.code, here.stdout), there.stderr


def test_a_name_that_only_one_file_holds(cli, parts, address):
    name = parts(TABLE.replace("province", "place").replace("Gansu", "Dali", 1))
    there = cli("aggregate", name, "--place", "Dali", "--cluster", address)
    assert (there.code, there.stdout) == (0, "count\n1\n"), there.stderr
    assert cli("aggregate", name, "--place", "Dalli", "--cluster", address).code == 2


@pytest.mark.parametrize(
    ("row", "message"),
    [("x,tax\n", "part-1.csv:3: 2 fields"),
     ("x,tax,actual,city,2023,Gansu,5x,亿元,exact\n", "part-1.csv:3: column 'value': '5x'"),
     ("x,tax,actual,city,2023,Gansu,5,亿元,maybe\n", "part-1.csv:3: column 'bound'")],
    ids=["fields", "value", "bound"],
)  # fmt: skip
def test_an_error_names_file_and_line(cli, parts, address, row, message):
    lines = [HEAD, *ROWS]
    lines[6] = row
    done = cli("aggregate", parts("".join(lines)), *STATISTICS, "--cluster", address)
    assert done.code == 3
    assert message in done.stderr


def test_other_columns_in_one_file(cli, parts, write, address):
    name = parts()
    write(TABLE.replace("id,indicator", "indicator,id"), "part-2.csv")
    done = cli("aggregate", name, *STATISTICS, "--cluster", address)
    assert done.code == 3
    assert "part-2.csv:1: other columns than in part-0.csv" in done.stderr


@pytest.mark.parametrize("name", ["none.parquet", "none-*.csv"])
def test_no_such_file(cli, address, name):
    done = cli("aggregate", name, "--cluster", address)
    assert done.code == 3
    assert name in done.stderr


def test_a_packed_file_cut_short(cli, parts, write, address, tmp_path):
    name = parts(pack=True)
    write((tmp_path / "part-3.csv.gz").read_bytes()[:-9], "part-3.csv.gz")
    done = cli("aggregate", name, *STATISTICS, "--cluster", address)
    assert done.code == 3
    assert "cannot unpack 'part-3.csv.gz'" in done.stderr


@pytest.mark.parametrize("text", [TABLE, HEAD], ids=["rows", "empty"])
def test_parquet_by_row_groups(cli, write, address, monkeypatch, text):
    monkeypatch.setattr("transfer_cli.engine.cluster.PIECE_ROWS", 1)
    name = write(text)
    duckdb.execute(
        f"COPY (FROM read_csv('{name}', all_varchar = true, header = true)) TO 't.parquet'"
        " (FORMAT parquet, ROW_GROUP_SIZE 100)"
    )
    here = cli("aggregate", name, *STATISTICS)
    there = cli("aggregate", "t.parquet", *STATISTICS, "--cluster", address)
    assert (there.code, there.stdout) == (0, here.stdout), there.stderr


def test_the_users_own_look_ups_hold_on_the_workers(cli, root, parts, address, write):
    text = (root / "data" / "indicators.csv").read_text("utf-8")
    header = text.partition("\n")[0]
    row = next(line for line in text.splitlines() if line.startswith("tax,")).split(",")
    row[0], row[header.split(",").index("category")] = "toll", "income"
    write(f"{header}\n{','.join(row)}\n", "indicators.csv")
    command = ("aggregate", f"./{parts(TABLE.replace(',tax,', ',toll,'))}.csv", *STATISTICS,
               "--category", "income")  # fmt: skip
    here = cli(*command)
    assert here.stdout.count("\n") > 5
    there = cli(*command, "--cluster", address)
    assert (there.code, there.stdout) == (0, here.stdout), there.stderr


@pytest.mark.parametrize("statistic", ["median", "q25", "distinct"])
def test_what_does_not_combine_is_refused(cli, parts, address, statistic):
    done = cli("aggregate", parts(), "--stat", statistic, "--cluster", address)
    assert done.code == 2
    assert f"Hint: transfer-cli aggregate 'part-*' --stat {statistic}\n" in done.stderr


def test_one_file_of_text_is_refused(cli, write, address):
    done = cli("aggregate", write(TABLE), "--stat", "sum", "--cluster", address)
    assert done.code == 2
    assert "a cluster reads several files, or Parquet" in done.stderr
    assert "Hint: transfer-cli aggregate table.csv --stat sum\n" in done.stderr


@pytest.mark.parametrize("table", ["metrics", "-"])
def test_a_cluster_reads_files(cli, table):
    done = cli("aggregate", table, "--cluster", "local")
    assert done.code == 2
    assert "a cluster reads files" in done.stderr


@pytest.mark.parametrize("nowhere", ["tcp://127.0.0.1:1", "nowhere"])
def test_nothing_answers(cli, parts, monkeypatch, nowhere):
    monkeypatch.setattr("transfer_cli.engine.cluster.SECONDS", 1)
    done = cli("aggregate", parts(), "--cluster", nowhere)
    assert done.code == 1
    assert (
        f"no cluster answers at '{nowhere}'" in done.stderr and "Hint: start one: " in done.stderr
    )


def test_without_dask_the_error_names_it(cli, parts, monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    done = cli("aggregate", parts(), "--cluster", "local")
    assert done.code == 1
    assert "pip install 'transfer-cli[cluster]'" in done.stderr


def test_local_starts_workers_and_ends_them(shell, parts):
    name = parts()
    here = shell("aggregate", name, *STATISTICS)
    there = shell("aggregate", name, *STATISTICS, "--cluster", "local")
    assert (there.code, there.stdout) == (0, here.stdout), there.stderr


DYING = """
import os
from pathlib import Path
from transfer_cli.engine.cluster import _groups


def groups(piece, request):
    try:
        Path(os.environ["DIED"]).touch(exist_ok=False)
    except FileExistsError:
        return _groups(piece, request)
    os._exit(1)
"""
"""A module whose function ends the first worker that calls it."""


@pytest.fixture
def start(tmp_path, monkeypatch):
    """Start a program of Dask that can import ``dying``; it is ended at the end."""
    (tmp_path / "dying.py").write_text(DYING)
    monkeypatch.syspath_prepend(tmp_path)
    path = os.pathsep.join([str(tmp_path), os.environ.get("PYTHONPATH", "")])
    running = []

    def begin(*words):
        command = [sys.executable, "-m", "dask", *words, "--scheduler-file", "scheduler.json"]
        environment = {**os.environ, "PYTHONPATH": path, "DIED": str(tmp_path / "died")}
        quiet = subprocess.DEVNULL
        running.append(subprocess.Popen(command, env=environment, stdout=quiet, stderr=quiet))

    yield begin
    for program in running:
        program.kill()
        program.wait()


def test_a_worker_that_dies_is_made_up_for(start, cli, parts, monkeypatch, tmp_path):
    start("scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard")
    for _worker in range(2):
        start("worker", "--nthreads", "1", "--no-nanny", "--no-dashboard")
    file = tmp_path / "scheduler.json"
    deadline = time.monotonic() + 60
    while not file.exists():
        assert time.monotonic() < deadline
        time.sleep(0.05)
    name = parts()
    here = cli("aggregate", name, *STATISTICS)
    from dying import groups

    monkeypatch.setattr("transfer_cli.engine.cluster._groups", groups)
    with distributed.Client(scheduler_file=str(file)) as client:
        client.wait_for_workers(2, timeout=60)
        there = cli("aggregate", name, *STATISTICS, "--cluster", client.scheduler.address)
    assert (there.code, there.stdout) == (0, here.stdout), there.stderr
    assert (tmp_path / "died").exists()
