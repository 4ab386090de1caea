"""Puts a file in place in one step: what stood there stays until the new one is whole."""

import os
import shlex
import signal
import tempfile
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from transfer_cli.errors import TransferError, UsageError


def replace_file(path: Path, data: Iterable[bytes]) -> None:
    """Put ``data`` at ``path`` in one step: a failure leaves what stood there untouched.

    A link is followed; a device or a pipe is written to, never replaced.
    """
    if path.is_dir():
        raise UsageError(f"{str(path)!r} is a directory", "name a file in it")
    try:
        if path.exists() and not path.is_file():
            with path.open("wb") as device:
                device.writelines(data)
        else:
            _put(path.resolve(), data)
    except BrokenPipeError:  # The reader of a named pipe has gone: no failure.
        raise
    except RuntimeError:
        raise TransferError(f"{str(path)!r} is a link to itself", "name another file") from None
    except OSError as error:
        told = f"cannot write {str(path)!r}: {error.strerror}"
        folder = shlex.quote(str(path.absolute().parent))
        raise TransferError(told, f"{_remedy(error)} {folder}") from None


def _remedy(error: OSError) -> str:
    """Return the command that makes, or looks at, the directory of a file not written."""
    if isinstance(error, FileNotFoundError):
        return "mkdir -p"
    return "ls -ld" if isinstance(error, PermissionError) else "df -h"


def _put(path: Path, data: Iterable[bytes]) -> None:
    """Write beside ``path``, then rename; killed halfway, nothing is left."""
    with _ended_by_exception():
        number, name = tempfile.mkstemp(dir=path.parent, prefix=".transfer-")
        beside = Path(name)
        try:
            with os.fdopen(number, "wb") as file:
                file.writelines(data)
            beside.chmod(path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask())
            beside.replace(path)
        except BaseException:
            beside.unlink(missing_ok=True)
            raise


@contextmanager
def _ended_by_exception() -> Iterator[None]:
    """Let SIGTERM and SIGHUP end the process by an exception, so that it tidies up."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def end(number: int, frame: object) -> None:
        raise SystemExit(128 + number)

    numbers = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    before = {number: signal.signal(number, end) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
