"""Run a whole process and measure its time and memory.

It uses the standard library only and keeps nothing large in memory: the kernel counts the memory of
a process when it forks as part of the peak of its child.
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
    """One process: wall time in seconds, peak resident memory in MB, exit code."""

    seconds: float
    megabytes: float
    code: int


def environment(bytecode: str) -> dict[str, str]:
    """Return this environment without the settings that would favour one tool.

    Bytecode is written to the directory ``bytecode``, so that every module is compiled once, as in
    an installed package, and nothing is written among the sources.
    """
    variables = {name: value for name, value in os.environ.items() if name not in _UNSET}
    return {**variables, "PYTHONPYCACHEPREFIX": bytecode, "TERM": "xterm-256color"}


def run(
    argv: Argv, env: dict[str, str], *, output: str = os.devnull, terminal: bool = False,
    limit: float | None = None,
) -> Run:  # fmt: skip
    """Run a command, with its output to a file or to a terminal of 100 columns.

    It is killed after ``limit`` seconds; its exit code is then negative.
    """
    with _terminal() if terminal else Path(output).open("wb") as out:
        start = time.perf_counter()
        process = subprocess.Popen(
            argv, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.DEVNULL, env=env
        )
        watch = threading.Timer(limit or threading.TIMEOUT_MAX, process.kill)
        watch.daemon = True
        if limit:
            watch.start()
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        watch.cancel()
    process.returncode = os.waitstatus_to_exitcode(status)
    return Run(seconds, _megabytes(usage.ru_maxrss), process.returncode)


def _megabytes(peak: int) -> float:
    return peak / (1 << 20) if sys.platform == "darwin" else peak / (1 << 10)


@contextlib.contextmanager
def _terminal() -> Iterator[int]:
    """Yield a pseudo-terminal for output, which is read and dropped until it is closed."""
    reader_end, writer_end = pty.openpty()
    fcntl.ioctl(writer_end, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 100, 0, 0))

    def drain() -> None:
        with contextlib.suppress(OSError):
            while os.read(reader_end, 1 << 16):
                pass

    reader = threading.Thread(target=drain)
    reader.start()
    try:
        yield writer_end
    finally:
        os.close(writer_end)
        reader.join()
        os.close(reader_end)


@contextlib.contextmanager
def workspace() -> Iterator[tuple[Path, dict[str, str]]]:
    """Yield a temporary directory, and the environment of the processes that are measured."""
    with tempfile.TemporaryDirectory(prefix="transfer-bench-") as name:
        yield Path(name), environment(str(Path(name) / "bytecode"))
