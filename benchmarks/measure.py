"""Runs a whole process and says how long it took and how much memory it held.

Standard library only, and nothing large is kept here: the kernel counts what a process held when
it forked as part of its child's peak, so a big parent would hide a small child.
"""

import contextlib
import fcntl
import os
import pty
import struct
import subprocess
import sys
import tempfile
import termios
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

Argv = Sequence[str]
TOOL = str(Path(sys.executable).parent / "transfer-cli")
_UNSET = ("PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED", "NO_COLOR", "FORCE_COLOR", "COLUMNS",
          "OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "TRANSFER_DATA", "TRANSFER_LANG")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Run:
    """What one process took: wall seconds, peak resident memory in MB, its exit code."""

    seconds: float
    megabytes: float
    code: int


def environment(bytecode: str) -> dict[str, str]:
    """Return this environment without settings that would favour one side.

    Bytecode is kept in ``bytecode``, so that every module is compiled once, as an installed
    package is, and nothing is left beside the sources.
    """
    kept = {name: value for name, value in os.environ.items() if name not in _UNSET}
    return {**kept, "PYTHONPYCACHEPREFIX": bytecode, "TERM": "xterm-256color"}


def run(
    argv: Argv, env: dict[str, str], *, output: str = os.devnull, terminal: bool = False,
    limit: float | None = None,
) -> Run:  # fmt: skip
    """Run a command to its end, its output to a file, or to a terminal of 100 columns.

    It is killed after ``limit`` seconds, and its code is then negative.
    """
    with _terminal() if terminal else Path(output).open("wb") as out:
        began = time.perf_counter()
        process = subprocess.Popen(
            argv, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.DEVNULL, env=env
        )
        watch = threading.Timer(limit or threading.TIMEOUT_MAX, process.kill)
        watch.daemon = True
        if limit:
            watch.start()
        _, status, used = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - began
        watch.cancel()
    process.returncode = os.waitstatus_to_exitcode(status)
    return Run(seconds, _megabytes(used.ru_maxrss), process.returncode)


def _megabytes(peak: int) -> float:
    return peak / (1 << 20) if sys.platform == "darwin" else peak / (1 << 10)


@contextlib.contextmanager
def _terminal() -> Iterator[int]:
    """Give a pseudo-terminal to write to, and read what is written until it is closed."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 100, 0, 0))

    def drain() -> None:
        with contextlib.suppress(OSError):
            while os.read(ours, 1 << 16):
                pass

    reader = threading.Thread(target=drain)
    reader.start()
    try:
        yield theirs
    finally:
        os.close(theirs)
        reader.join()
        os.close(ours)


@contextlib.contextmanager
def workspace() -> Iterator[tuple[Path, dict[str, str]]]:
    """Give a directory that is gone afterwards, and the environment for what is measured."""
    with tempfile.TemporaryDirectory(prefix="transfer-bench-") as name:
        yield Path(name), environment(str(Path(name) / "bytecode"))
