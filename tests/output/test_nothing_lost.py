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

from transfer_cli.tables import data, temporary

COMMAND = [sys.executable, "-m", "transfer_cli"]
WRITERS = {
    "csv": ("filter", "-o", "out.csv"),
    "xlsx": ("filter", "-o", "out.xlsx"),
    "sqlite": ("filter", "-o", "out.sqlite"),
    "parquet": ("filter", "-o", "out.parquet"),
    "svg": ("chart", "investment", "--status", "signed", "-o", "out.svg"),
    "package": ("export", "all", "-o", "out"),
    "init": ("init", "out"),
    "extract": ("extract", "report.txt", "-o", "out.csv"),
}
REPORT = "2024年，甘肃省税收达到15亿元，同比增长5%。\n" * 50


def files() -> dict[str, bytes]:
    """Return the files below the working directory, but for the text that is read."""
    return {str(path): path.read_bytes() for path in Path().rglob("*")
            if path.is_file() and path.name != "report.txt"}  # fmt: skip


def readable(cli, name: str) -> bool:
    """Return whether a file is whole, by reading it."""
    path = Path(name)
    if path.suffix == ".svg":
        return path.read_text("utf-8").rstrip().endswith("</svg>")
    if path.suffix == ".json":
        return bool(json.loads(path.read_text("utf-8")))
    done = cli("filter", name)
    return done.code == 0 or "has no rows" in done.stderr


@pytest.mark.parametrize("kind", WRITERS)
def test_kill_9_at_any_moment(cli, write, kind):
    """The old file stays whole, or the new one stands there; the next run removes the rest."""
    write(REPORT, "report.txt")
    started = time.monotonic()
    subprocess.run([*COMMAND, *WRITERS[kind]], capture_output=True, check=True)
    seconds = time.monotonic() - started
    old = files()
    moments = random.Random(kind)  # noqa: S311
    for _ in range(3):
        again = [*WRITERS[kind]]
        if kind == "init":
            again[-1] = f"out{_}"
        process = subprocess.Popen(
            [*COMMAND, *again], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        time.sleep(seconds * moments.uniform(0.5, 1))
        process.kill()
        process.wait()
        for name, content in files().items():
            if not name.endswith(temporary.SUFFIX):
                assert content == old.get(name) or readable(cli, name), name
        assert {*old} <= {*files()}
    if kind != "init":
        assert cli(*WRITERS[kind]).code == 0
        assert [name for name in files() if ".transfer-cli" in name] == []


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
def test_a_disk_that_is_full(cli, kind, there):
    """Nothing of a package stays, nor half a file; and no note says that it was written."""
    if there:
        assert cli(*WRITERS[kind]).code == 0
    before = files()
    # Python would keep half of the code that it compiles.
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [*COMMAND, *WRITERS[kind]], capture_output=True, preexec_fn=limited, env=environment
    )
    if done.returncode == 0:  # The file is small.
        assert kind in ("parquet", "csv", "svg", "xlsx")
        return
    assert done.returncode == 1
    assert b"Error: " in done.stderr and b"should not have happened" not in done.stderr
    assert b"wrote" not in done.stderr and b"next:" not in done.stderr
    assert files() == before
    assert there or not Path("out").exists()


def test_eight_writers_of_one_file(cli):
    processes = [
        subprocess.Popen([*COMMAND, "filter", "--limit", str(n + 1), "-q", "-o", "out.csv"])
        for n in range(8)
    ]
    assert [process.wait(120) for process in processes] == [0] * 8
    assert [*Path().iterdir()] == [Path("out.csv")]
    rows = Path("out.csv").read_text("utf-8").splitlines()
    assert rows == cli("filter", "--limit", str(len(rows) - 1), "-q").stdout.splitlines()


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is read-only for the superuser")
@pytest.mark.parametrize("kind", WRITERS)
def test_a_directory_that_is_read_only(write, kind):
    write(REPORT, "report.txt")
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


def test_a_link_within_a_package_is_read(package):
    (package / "mine.csv").unlink()
    (package / "tables").mkdir()
    (package / "tables" / "real.csv").write_text("id\na\n")
    (package / "mine.csv").symlink_to("tables/real.csv")
    assert data.is_inside(package, "mine.csv")
    (package / "loop.csv").symlink_to("loop.csv")
    assert data.is_inside(package, "loop.csv")
