"""An aggregate on a cluster is the one that is made here, whatever becomes of the workers."""

import os
import signal
import subprocess
import sys
import time

import pytest

distributed = pytest.importorskip("distributed")

HEAD = "id,indicator,status,scope,period,province,value,unit,bound\n"
ASKED = ("--by", "province", "--stat", "sum,count,median,std,min")
PROVINCES = ("Gansu", "云南", "Sichuan", "", "Guizhou")
ROWS = [
    f"r{n},tax,actual,city,202{n % 4},{PROVINCES[n % 5]},"
    f"{'' if n % 11 == 0 else f'{n % 97}.{n % 10}'},亿元,{'over' if n % 13 == 0 else 'exact'}\n"
    for n in range(6_000)
]
TABLE = HEAD + "".join(ROWS)


@pytest.fixture(scope="module")
def start(tmp_path_factory):
    """Start a program of Dask in a directory of its own; what is started is ended."""
    home = tmp_path_factory.mktemp("cluster")
    running = []
    environment = {**os.environ, "DASK_LOGGING__DISTRIBUTED": "critical"}

    def begin(*words):
        command = [sys.executable, "-m", "dask", *words, "--scheduler-file", "scheduler.json"]
        quiet = subprocess.DEVNULL
        program = subprocess.Popen(command, cwd=home, env=environment, stdout=quiet, stderr=quiet)
        running.append(program)
        return program

    begin("scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard")
    yield begin
    for program in running:
        program.kill()
        program.wait()


def work(start):
    return start("worker", "--nthreads", "1", "--no-nanny", "--no-dashboard")


@pytest.fixture(scope="module")
def watcher(start, tmp_path_factory):
    """A client of a scheduler with two workers, each a process of its own."""
    file = next(tmp_path_factory.getbasetemp().glob("cluster*")) / "scheduler.json"
    workers = [work(start), work(start)]
    deadline = time.monotonic() + 60
    while not file.exists():
        assert time.monotonic() < deadline
        time.sleep(0.05)
    with distributed.Client(scheduler_file=str(file)) as client:
        client.wait_for_workers(len(workers), timeout=60)
        client.ours = workers
        yield client


@pytest.fixture
def address(watcher):
    """The address of that scheduler."""
    return watcher.scheduler.address


def held(client):
    """Return how many results each worker holds."""
    return {name: len(keys) for name, keys in client.has_what().items()}


def test_two_workers(shell, write, address):
    name = write(TABLE)
    here = shell("aggregate", name, *ASKED)
    assert here.stdout.count("\n") > 5
    there = shell("aggregate", name, *ASKED, "--cluster", address, TRANSFER_BLOCK="9000")
    assert (there.code, there.stdout) == (0, here.stdout), there.stderr


def test_a_worker_that_is_killed_is_made_up_for(shell, write, start, watcher, address):
    name = write(TABLE)
    here = shell("aggregate", name, *ASKED)
    command = [sys.executable, "-m", "transfer_cli", "aggregate", name, *ASKED]
    environment = {**os.environ, "TRANSFER_BLOCK": "1500"}
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen([*command, "--cluster", address], env=environment, **pipes) as asking:
        deadline = time.monotonic() + 60
        while min(held(watcher).values()) < 5:
            assert asking.poll() is None and time.monotonic() < deadline
            time.sleep(0.01)
        victim = watcher.ours[0]
        victim.send_signal(signal.SIGKILL)
        victim.wait()
        assert asking.poll() is None, "the answer was there before the worker was killed"
        out, told = (text.decode() for text in asking.communicate(timeout=60))
    assert (asking.returncode, out) == (0, here.stdout)
    assert [line for line in told.splitlines() if not line.startswith("Note: ")] == []
    assert len(held(watcher)) == 1
    watcher.ours[0] = work(start)
    watcher.wait_for_workers(2, timeout=60)


def test_the_users_own_look_ups_hold_on_the_workers(shell, root, tmp_path, address):
    mine = tmp_path / "mine"
    mine.mkdir()
    text = (root / "data" / "indicators.csv").read_text("utf-8")
    row = next(line for line in text.splitlines() if line.startswith("tax,"))
    words = row.replace("tax,", "toll,", 1).split(",")
    header = text.partition("\n")[0]
    words[header.split(",").index("category")] = "income"
    (mine / "indicators.csv").write_text(f"{header}\n{','.join(words)}\n", "utf-8")
    (mine / "t.csv").write_text(TABLE.replace(",tax,", ",toll,"), "utf-8")
    asked = ("aggregate", "mine/t.csv", *ASKED, "--category", "income")
    here = shell(*asked)
    assert here.stdout.count("\n") > 5
    there = shell(*asked, "--cluster", address)
    assert (there.code, there.stdout) == (0, here.stdout), there.stderr


def test_local_starts_workers_and_ends_them(shell, write):
    name = write(TABLE)
    here = shell("aggregate", name, *ASKED)
    there = shell("aggregate", name, *ASKED, "--cluster", "local", TRANSFER_BLOCK="90000")
    assert (there.code, there.stdout) == (0, here.stdout), there.stderr


@pytest.mark.parametrize("nowhere", ["tcp://127.0.0.1:1", "nowhere"])
def test_nothing_answers(cli, write, monkeypatch, nowhere):
    monkeypatch.setattr("transfer_cli.scanning.workers.connection.SECONDS", 1)
    done = cli("aggregate", write(TABLE), "--cluster", nowhere)
    assert done.code == 1
    assert f"no cluster at '{nowhere}'" in done.stderr and "Hint: start one: " in done.stderr


def test_without_dask_its_name_is_told(cli, write, monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    done = cli("aggregate", write(TABLE), "--cluster", "local")
    assert done.code == 1
    assert "pip install 'transfer-cli[cluster]'" in done.stderr


@pytest.mark.parametrize("table", ["metrics", "-"])
def test_a_cluster_reads_files(cli, table):
    done = cli("aggregate", table, "--cluster", "local")
    assert done.code == 2
    assert "a cluster reads files" in done.stderr
