"""Writes files atomically: the previous ones stay until the new ones are complete."""

import errno
import os
import shlex
import signal
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from transfer_cli.errors import TransferError, UsageError, reason
from transfer_cli.messages import _
from transfer_cli.tables import temporary


def replace_file(path: Path, data: Iterable[bytes]) -> None:
    """Write ``data`` to ``path`` in one step; see ``replace_files``."""
    replace_files({path: data})


def replace_files(contents: Mapping[Path, Iterable[bytes]]) -> None:
    """Write files, given by path and content: after a failure all previous ones are still there.

    A link is followed; a device or a pipe is written to, never replaced. Raises UsageError for a
    directory, TransferError for a file that cannot be written.
    """
    written: dict[Path, Path] = {}
    with _signals_as_exceptions():
        try:
            for path, data in contents.items():
                with _errors_of(path):
                    _write(path, data, written)
            for path, new in written.items():
                with _errors_of(path):
                    new.replace(path)
        finally:
            for new in written.values():
                with suppress(OSError):
                    new.unlink()


def _write(path: Path, data: Iterable[bytes], written: dict[Path, Path]) -> None:
    """Write data to a temporary file in the directory of ``path``, and add it to ``written``.

    A device is written to directly.
    """
    if "\0" in str(path):
        raise UsageError(_("a path cannot contain a NUL character"), _("name another file"))
    if path.is_dir():
        raise UsageError(_("{path!r} is a directory", path=str(path)), _("name a file in it"))
    if path.exists() and not path.is_file():
        with path.open("wb") as device:
            device.writelines(data)
        return
    target = Path(os.path.realpath(path))
    if target.is_symlink():  # Its links lead back to it; up to 3.12 Path.resolve raises for that.
        raise OSError(errno.ELOOP, "a link to itself")
    descriptor, written[target] = temporary.create(target.parent)
    with os.fdopen(descriptor, "wb") as file:
        file.writelines(data)
    mode = target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask()
    written[target].chmod(mode)


@contextmanager
def _errors_of(path: Path) -> Iterator[None]:
    """Turn an OSError about a file into a TransferError."""
    try:
        yield
    except BrokenPipeError:  # The reader of a named pipe has gone: no failure.
        raise
    except OSError as error:
        message = _("cannot write {path!r}: {reason}", path=str(path), reason=reason(error))
        folder = shlex.quote(str(path.absolute().parent))
        raise TransferError(message, f"{_remedy(error)} {folder}") from error


def _remedy(error: OSError) -> str:
    """Return the command that makes or shows the directory of a file that was not written."""
    if isinstance(error, FileNotFoundError):
        return "mkdir -p"
    return "ls -ld" if isinstance(error, PermissionError) else "df -h"


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
