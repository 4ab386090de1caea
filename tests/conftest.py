"""What the tests share: the app run in-process or as a real process, and small tables."""

import csv
import io
import json
import logging
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from typer import testing
from typer.testing import CliRunner

from transfer_cli import messages, streams

ROOT = Path(__file__).resolve().parents[1]
_FOREIGN = ("COLUMNS", "LINES", "NO_COLOR", "FORCE_COLOR", "CLICOLOR", "CLICOLOR_FORCE")
_LOCALE = ("LANG", "LC_ALL", "LC_MESSAGES")
# Every process that a test starts would compile the whole source anew: half of its time.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
# A shell lets what it starts in the background ignore Ctrl-C, and that is inherited.
signal.signal(signal.SIGINT, signal.default_int_handler)
# The runner would make the app anew for every command.
testing._get_command = cache(testing._get_command)

# So many examples find what a change breaks; ``HYPOTHESIS_PROFILE=thorough`` looks for the rare.
_CHECKS = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.filter_too_much]
for _name, _examples in {"modest": 75, "thorough": 1000}.items():
    settings.register_profile(
        _name, max_examples=_examples, deadline=None, suppress_health_check=_CHECKS
    )
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "modest"))


@dataclass(frozen=True)
class Result:
    """What a run left behind."""

    stdout: str
    stderr: str
    code: int

    @property
    def csv(self) -> list[dict[str, str]]:
        """The rows of standard output, read as CSV."""
        return list(csv.DictReader(io.StringIO(self.stdout)))

    @property
    def json(self) -> list[dict[str, str | None]]:
        """The rows of standard output, read as JSON; numbers keep the digits printed."""
        return json.loads(self.stdout, parse_float=str, parse_int=str, parse_constant=_refuse)

    @property
    def ids(self) -> list[str]:
        """The ids of the rows of standard output."""
        return [row["id"] for row in self.csv]


def _refuse(word: str) -> None:
    raise AssertionError(f"JSON has no {word}")


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Run every test in an empty directory, away from the settings of whoever runs it."""
    messages.use("en")
    monkeypatch.setattr(streams, "quiet", False)
    monkeypatch.setattr(streams, "color", "auto")
    for name in list(os.environ):
        if name in (*_FOREIGN, *_LOCALE) or name.startswith("TRANSFER_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def cli(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Run the app in this process: ``cli("filter", "--province", "云南")``.

    That is the way to test what a command says: it takes a tenth of the time of ``shell``, which is
    for what only a process has. ``tty`` asks for the view at a terminal, ``columns`` wide (a real
    one is ``terminal.run``); ``stdin`` is what is piped in.
    """
    from transfer_cli.cli import app

    def run(*args: str, stdin: str | bytes = "", tty: bool = False, columns: int = 100) -> Result:
        with monkeypatch.context() as patch:
            if tty:
                patch.setenv("COLUMNS", str(columns))
                args = (*args, "-f", "table")
            done = CliRunner().invoke(app, list(args), input=stdin, prog_name="transfer-cli")
        if done.exception is not None and not isinstance(done.exception, SystemExit):
            raise done.exception
        return Result(done.stdout, done.stderr, done.exit_code)

    return run


@pytest.fixture(params=["memory", "large"])
def size(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Run a test twice: its tables are held in memory, and read through DuckDB as large ones."""
    if request.param == "large":
        monkeypatch.setenv("TRANSFER_LARGE", "1")
    return request.param


@pytest.fixture
def large(cli: Callable[..., Result], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Run the app with every table counted as large: DuckDB reads it."""

    def run(*args: str, **options: object) -> Result:
        with monkeypatch.context() as patch:
            patch.setenv("TRANSFER_LARGE", "1")
            return cli(*args, **options)

    return run


@pytest.fixture
def shell() -> Callable[..., Result]:
    """Run the app as a process of its own, with ``python`` options in front if need be.

    That is for streams, signals, the exit, the environment and the start.
    """

    def run(*args: str, stdin: bytes = b"", python: Sequence[str] = (), **env: str) -> Result:
        command = [sys.executable, *python, "-m", "transfer_cli", *args]
        done = subprocess.run(
            command, input=stdin, capture_output=True, env={**os.environ, **env}, timeout=60
        )
        return Result(done.stdout.decode(), done.stderr.decode(), done.returncode)

    return run


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., str]:
    """Write a file and return its name: ``write("a,b\\n1,2\\n")``."""

    def make(text: str | bytes, name: str = "table.csv") -> str:
        data = text if isinstance(text, bytes) else text.encode()
        (tmp_path / name).write_bytes(data)
        return name

    return make


@pytest.fixture(scope="session")
def root() -> Path:
    """The top of the repository."""
    return ROOT


@pytest.fixture(scope="session")
def report_path() -> Path:
    """The report that the built-in tables are made from, where it is at hand."""
    path = ROOT.parent / "shared" / "report.txt"
    if not path.is_file():
        pytest.skip("the report is not at hand beside the repository")
    return path


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Two workers of a cluster within this process."""
    distributed = pytest.importorskip("distributed")
    options = {"processes": False, "n_workers": 2, "dashboard_address": ":0"}
    with distributed.LocalCluster(**options, silence_logs=logging.CRITICAL) as cluster:
        yield cluster.scheduler_address


@pytest.fixture(scope="session")
def tables() -> dict[str, list[dict[str, str]]]:
    """Every CSV file of ``data/`` as it stands, by name."""
    found = {}
    for path in sorted((ROOT / "data").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            found[path.stem] = list(csv.DictReader(file))
    return found
