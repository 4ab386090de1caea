"""A run that is killed, or has no room, loses no file and leaves nothing behind."""

import json
import os
import random
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import kills
from kills import COMMAND, WRITERS, files
from transfer_cli.model.vocabulary import is_inside
from transfer_cli.tables import temporary


@pytest.mark.parametrize("kind", WRITERS)
def test_kill_9_at_any_moment(kind):
    """The old file stays whole, or the new one stands there; the next run removes the rest.

    ``benchmarks/kills.py`` kills as many as one likes.
    """
    kills.prepare()
    seconds = kills.written(kind)
    moments = random.Random(kind)  # noqa: S311
    for number in range(3):
        assert not kills.killed(kind, number, seconds, moments)
    if kind != "init":
        kills.written(kind)
        assert kills.left(kills.files()) == []


def test_what_a_killed_run_left_is_removed(cli, tmp_path):
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    host = temporary._host()
    left = Path(f".transfer-cli-{host}-{gone.pid}-abc.tmp")
    others = [
        Path(f".transfer-cli-{host}-{os.getpid()}-abc.tmp"),
        Path(f".transfer-cli-another-{gone.pid}-abc.tmp"),
        Path(f"transfer-cli-{host}-{gone.pid}-abc.tmp"),
    ]
    for path in (left, *others):
        path.write_text("half of a table")
    folder = Path(f".transfer-cli-{host}-{gone.pid}-dir.tmp")
    folder.mkdir()
    (folder / "rows.parquet").write_text("half")
    assert cli("filter", "-o", "out.csv").code == 0
    assert not left.exists() and not folder.exists()
    assert all(path.exists() for path in others)


def test_temporary_files_have_the_name_that_is_promised(monkeypatch):
    from transfer_cli.tables.replace import replace_file

    seen = []

    def parts():
        seen.extend(path.name for path in Path().iterdir())
        yield b"new"

    replace_file(Path("out.csv"), parts())
    [name] = seen
    assert name.startswith(".transfer-cli-") and name.endswith(".tmp")
    assert [*Path().iterdir()] == [Path("out.csv")]


def limited() -> None:
    """Let no file grow beyond 20 kB, as on a disk that is full."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))


@pytest.mark.parametrize("kind", ["csv", "xlsx", "sqlite", "parquet", "svg", "package"])
@pytest.mark.parametrize("there", [True, False])
def test_a_disk_that_is_full(kind, there):
    """Nothing of a package stays, nor half a file; and no note says that it was written."""
    if there:
        subprocess.run([*COMMAND, *WRITERS[kind]], capture_output=True, check=True)
    before = files()
    done = subprocess.run([*COMMAND, *WRITERS[kind]], capture_output=True, preexec_fn=limited)
    if done.returncode == 0:  # The file is small.
        assert kind in ("parquet", "csv", "svg", "xlsx")
        return
    assert done.returncode == 1
    assert b"Error: " in done.stderr and b"should not have happened" not in done.stderr
    assert b"wrote" not in done.stderr and b"next:" not in done.stderr
    assert files() == before
    assert there or not Path("out").exists()


def test_eight_writers_of_one_file():
    processes = [
        subprocess.Popen([*COMMAND, "filter", "--limit", str(n + 1), "-q", "-o", "out.csv"])
        for n in range(8)
    ]
    assert [process.wait(120) for process in processes] == [0] * 8
    assert [*Path().iterdir()] == [Path("out.csv")]
    rows = Path("out.csv").read_text("utf-8").splitlines()
    expected = subprocess.run(
        [*COMMAND, "filter", "--limit", str(len(rows) - 1), "-q"], capture_output=True, text=True
    )
    assert rows == expected.stdout.splitlines()


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is read-only for the superuser")
@pytest.mark.parametrize("kind", WRITERS)
def test_a_directory_that_is_read_only(write, kind):
    kills.prepare()
    Path().chmod(0o500)
    done = subprocess.run([*COMMAND, *WRITERS[kind]], capture_output=True)
    Path().chmod(0o700)
    assert done.returncode == 1
    assert b"Permission denied" in done.stderr
    assert not list(Path().glob("out*"))


ENVIRONMENTS = [
    {"LANG": "C", "LC_ALL": "C"}, {"LC_ALL": "POSIX", "PYTHONUTF8": "0"}, {"HOME": ""},
    {"TERM": ""}, {"TERM": "dumb"}, {"COLUMNS": "20"}, {"COLUMNS": "x"}, {"TZ": "Asia/Shanghai"},
    {"TZ": "America/St_Johns"}, {"PYTHONHASHSEED": "1"}, {"PYTHONHASHSEED": "4294967295"},
    {"PYTHONOPTIMIZE": "1"}, {"PYTHONOPTIMIZE": "2"}, {"PYTHONWARNINGS": "error"},
]  # fmt: skip


@pytest.fixture(scope="module")
def usual() -> dict[tuple[str, ...], bytes]:
    """What some commands print in the environment of the tests."""
    return {}


@pytest.mark.parametrize("setting", ENVIRONMENTS, ids=str)
@pytest.mark.parametrize(
    "args",
    [("compare", "investment", "--by", "status"), ("aggregate", "--by", "province,indicator")],
    ids=" ".join,
)
def test_the_same_bytes_in_any_environment(usual, setting, args):
    if args not in usual:
        usual[args] = subprocess.run([*COMMAND, *args], capture_output=True, check=True).stdout
    environment = {**os.environ, **setting}
    environment = {name: value for name, value in environment.items() if value}
    done = subprocess.run([*COMMAND, *args], capture_output=True, env=environment)
    assert done.returncode == 0, done.stderr
    assert done.stdout == usual[args]


def test_without_any_environment():
    environment = {name: os.environ[name] for name in ("PYTHONPATH",) if name in os.environ}
    done = subprocess.run([*COMMAND, "filter"], capture_output=True, env=environment)
    assert done.returncode == 0
    assert done.stdout.count(b"\n") > 90


@pytest.fixture
def package(write, tmp_path) -> Path:
    """A data package whose table is a link to a file outside."""
    write("id,secret\nroot,password of another\n,\n", "outside.csv")
    folder = tmp_path / "package"
    folder.mkdir()
    (folder / "mine.csv").symlink_to(tmp_path / "outside.csv")
    resource_ = {"name": "mine", "path": "mine.csv", "schema": {"fields": []}}
    (folder / "datapackage.json").write_text(json.dumps({"resources": [resource_]}))
    return folder


@pytest.mark.parametrize("args", [("filter", "mine", "--data"), ("check",)])
def test_a_link_that_leads_out_of_a_package(cli, package, args):
    done = cli(*args, str(package))
    assert done.code == 3
    assert "link" in done.stdout + done.stderr
    assert "secret" not in done.stdout + done.stderr
    assert "password" not in done.stdout + done.stderr


def test_a_link_within_a_package_is_read(package):
    (package / "mine.csv").unlink()
    (package / "tables").mkdir()
    (package / "tables" / "real.csv").write_text("id\na\n")
    (package / "mine.csv").symlink_to("tables/real.csv")
    assert is_inside(package, "mine.csv")
    (package / "loop.csv").symlink_to("loop.csv")
    assert is_inside(package, "loop.csv")
