"""Commands run at a terminal of their own."""

import contextlib
import fcntl
import os
import pty
import struct
import subprocess
import termios
from collections.abc import Mapping, Sequence
from pathlib import Path


def run(
    command: Sequence[str],
    *,
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
    columns: int = 0,
) -> tuple[bytes, int]:
    """Return what a command shows at a terminal, on both streams, and its exit code.

    ``columns`` is the width of the window; without it the window has no size.
    """
    ours, theirs = pty.openpty()
    if columns:
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 50, columns, 0, 0))
    with subprocess.Popen(
        command, cwd=cwd, env=env, stdin=subprocess.DEVNULL, stdout=theirs, stderr=theirs
    ) as process:
        os.close(theirs)
        shown = b"".join(iter(lambda: _read(ours), b""))
        os.close(ours)
        return shown, process.wait(timeout=60)


def _read(terminal: int) -> bytes:
    with contextlib.suppress(OSError):  # Linux says so when the other end is closed.
        return os.read(terminal, 65536)
    return b""
