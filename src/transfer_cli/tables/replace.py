"""Writes a file atomically: the previous one stays until the new one is complete."""

import os
import shlex
import signal
import tempfile
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from transfer_cli.errors import TransferError, UsageError, reason
from transfer_cli.messages import _


def replace_file(path: Path, data: Iterable[bytes]) -> None:
    """Write ``data`` to ``path`` in one step: after a failure the previous file is still there.

    A link is followed; a device or a pipe is written to, never replaced. Raises UsageError for a
    directory, TransferError for a file that cannot be written.
    """
    if "\0" in str(path):
        raise UsageError(_("a path cannot contain a NUL character"), _("name another file"))
    if path.is_dir():
        raise UsageError(_("{path!r} is a directory", path=str(path)), _("name a file in it"))
    try:
        if path.exists() and not path.is_file():
            with path.open("wb") as device:
                device.writelines(data)
        else:
            _write_and_rename(path.resolve(), data)
    except BrokenPipeError:  # The reader of a named pipe has gone: no failure.
        raise
    except RuntimeError:
        message = _("{path!r} is a link to itself", path=str(path))
        raise TransferError(message, _("name another file")) from None
    except OSError as error:
        message = _("cannot write {path!r}: {reason}", path=str(path), reason=reason(error))
        folder = shlex.quote(str(path.absolute().parent))
        raise TransferError(message, f"{_remedy(error)} {folder}") from error


def _remedy(error: OSError) -> str:
    """Return the command that makes or shows the directory of a file that was not written."""
    if isinstance(error, FileNotFoundError):
        return "mkdir -p"
    return "ls -ld" if isinstance(error, PermissionError) else "df -h"


def _write_and_rename(path: Path, data: Iterable[bytes]) -> None:
    """Write a temporary file in the same directory, then rename it; a signal removes it."""
    with _signals_as_exceptions():
        descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=".transfer-")
        temporary = Path(name)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.writelines(data)
            temporary.chmod(path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask())
            temporary.replace(path)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise


@contextmanager
def _signals_as_exceptions() -> Iterator[None]:
    """Let SIGTERM and SIGHUP end the process by an exception, so that files are removed."""
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
