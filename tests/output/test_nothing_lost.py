"""A run that is killed, or has no room, loses no file and leaves nothing behind."""

import json
import os
import random
import resource
import signal
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest

import kills
from kills import COMMAND, WRITERS, files
from transfer_cli.model.lookups import is_inside
from transfer_cli.tables import temporary


@pytest.mark.parametrize("kind", WRITERS)
def test_kill_9_while_a_file_is_written(cli, kind):
    """The old file stays whole, or the new one stands there; the next run removes the rest.

    ``benchmarks/kills.py`` kills as many as one likes.
    """
    kills.prepare()
    assert cli(*WRITERS[kind]).code == 0
    assert not kills.killed(kind, moments=random.Random(kind))  # noqa: S311
    if kind != "init":
        assert cli(*WRITERS[kind]).code == 0
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


@pytest.fixture
def full_disk():
    """Let no file grow beyond 3 kB, as on a disk that is full, while this is entered."""

    @contextmanager
    def limited():
        limit, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (3_000, hard))
        try:
            yield
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, hard))
            signal.signal(signal.SIGXFSZ, handler)

    return limited


@pytest.mark.parametrize("kind", WRITERS)
@pytest.mark.parametrize("there", [True, False])
def test_a_disk_that_is_full(cli, full_disk, kind, there):
    """Nothing of a package stays, nor half a file; and no note says that it was written."""
    kills.prepare()
    if there and kind not in ("init", "extract into a directory"):  # They keep what is there.
        assert cli(*WRITERS[kind]).code == 0
    before = files()
    with full_disk():
        done = cli(*WRITERS[kind])
    assert done.code == 1
    assert "Error: " in done.stderr and "should not have happened" not in done.stderr
    assert "wrote" not in done.stderr and "next:" not in done.stderr
    assert files() == before
    assert there or not any(Path(name).exists() for name in ("out", "new", "found"))


def test_eight_writers_of_one_file(cli):
    processes = [
        subprocess.Popen([*COMMAND, "filter", "--limit", str(n + 1), "-q", "-o", "out.csv"])
        for n in range(8)
    ]
    assert [process.wait(120) for process in processes] == [0] * 8
    assert [*Path().iterdir()] == [Path("out.csv")]
    rows = Path("out.csv").read_text("utf-8").splitlines()
    assert rows == cli("filter", "--limit", str(len(rows) - 1), "-q").stdout.splitlines()


@pytest.mark.skipif(not Path("/sys").is_dir(), reason="/sys, where nobody writes, is of Linux")
@pytest.mark.parametrize("kind", WRITERS)
def test_a_directory_where_nobody_may_write(cli, kind):
    kills.prepare()
    *args, name = WRITERS[kind]
    done = cli(*args, f"/sys/{name}")
    assert done.code == 1
    assert "Error: cannot " in done.stderr and "Hint: " in done.stderr
    assert "permission is denied" in done.stderr or "is read-only" in done.stderr
    assert "wrote" not in done.stderr and "next:" not in done.stderr


ENVIRONMENTS = [
    {"LANG": "C", "LC_ALL": "C"}, {"LC_ALL": "POSIX", "PYTHONUTF8": "0"}, {"HOME": ""},
    {"TERM": ""}, {"TERM": "dumb"}, {"COLUMNS": "20"}, {"COLUMNS": "x"}, {"TZ": "Asia/Shanghai"},
    {"TZ": "America/St_Johns"}, {"PYTHONHASHSEED": "1"}, {"PYTHONHASHSEED": "4294967295"},
    {"PYTHONOPTIMIZE": "1"}, {"PYTHONOPTIMIZE": "2"}, {"PYTHONWARNINGS": "error"},
]  # fmt: skip


COMMANDS = [
    ("compare", "investment", "--by", "status"),
    ("aggregate", "--by", "province,indicator"),
]
# One process runs both: most of its time is the start.
BOTH = f"""
from transfer_cli.cli import app
for args in {COMMANDS}:
    try:
        app(args)
    except SystemExit as ended:
        print(ended.code, flush=True)
"""


@pytest.mark.parametrize("setting", ENVIRONMENTS, ids=str)
def test_the_same_bytes_in_any_environment(cli, shell, monkeypatch, setting):
    expected = "".join(f"{cli(*args).stdout}0\n" for args in COMMANDS)
    for name, value in setting.items():
        monkeypatch.setenv(name, value)
        if not value:
            monkeypatch.delenv(name)
    done = shell(python=("-c", BOTH))
    assert (done.stdout, done.code) == (expected, 0), done.stderr


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


@pytest.mark.parametrize("args", [("aggregate", "t.csv", "--stat", "sum"), ("check", "t.csv")])
def test_a_look_up_that_is_a_link_elsewhere(cli, write, tmp_path, args):
    """A look-up is read because of its name: nobody named the file that the link leads to."""
    write("unit,secret\npassword,x\n", "outside.csv")
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "t.csv").write_text("id,indicator,value,unit\na,tax,3,亿元\n", "utf-8")
    (folder / "units.csv").symlink_to(tmp_path / "outside.csv")
    done = cli(args[0], str(folder / args[1]), *args[2:])
    assert (done.code, done.stdout) == (3, "")
    assert "units.csv is a link to a file in another directory" in done.stderr
    assert "secret" not in done.stderr and "password" not in done.stderr


@pytest.mark.parametrize(
    "text",
    ["industry,value\nsteel,5\n", "行业,产值\n钢铁,5\n", "industry;label\nsteel;5\n", "", "\n",
     '"industry', "\0\0\0"],
)  # fmt: skip
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_a_table_that_is_called_like_a_look_up_is_none(cli, write, text, encoding):
    write("id,indicator,value,unit\na,tax,3,亿元\n", "t.csv")
    alone = cli("aggregate", "t.csv", "--stat", "sum")
    for name in ("industries.csv", "units.csv", "indicators.csv"):
        write(text.encode(encoding), name)
    assert cli("aggregate", "t.csv", "--stat", "sum") == alone
    assert alone.code == 0


def test_a_look_up_that_lacks_a_column_is_named(cli, write):
    write("id,indicator,value,unit\na,tax,3,亿元\n", "t.csv")
    write("unit,factor\nfurlong,201\n", "units.csv")
    done = cli("aggregate", "t.csv", "--stat", "sum")
    assert (done.code, done.stdout) == (3, "")
    assert "units.csv:1: column 'dimension' is missing" in done.stderr
    assert "rename the file if it is not a look-up table" in done.stderr


def test_a_link_within_a_package_is_read(package):
    (package / "mine.csv").unlink()
    (package / "tables").mkdir()
    (package / "tables" / "real.csv").write_text("id\na\n")
    (package / "mine.csv").symlink_to("tables/real.csv")
    assert is_inside(package, "mine.csv")
    (package / "loop.csv").symlink_to("loop.csv")
    assert is_inside(package, "loop.csv")
