"""Temporary files and directories: named after their process, and removed after it ended."""

import atexit
import os
import re
import shlex
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from transfer_cli.errors import TransferError, reason
from transfer_cli.messages import _

SUFFIX = ".tmp"
_NAME = re.compile(r"\.transfer-cli-(?P<host>.*)-(?P<process>\d+)-[^-]+\.tmp(?:\.\w+)?")
_directories: list[Path] = []


def create(folder: Path | None = None, ending: str = "") -> tuple[int, Path]:
    """Make a file and return its descriptor and path; ``ending`` follows ``.tmp`` in its name.

    It is in the directory of temporary files by default. What processes that are gone left in the
    same directory is removed.
    """
    place = folder or Path(tempfile.gettempdir())
    remove_stale(place)
    descriptor, name = tempfile.mkstemp(dir=place, prefix=_prefix(), suffix=SUFFIX + ending)
    return descriptor, Path(name)


@contextmanager
def directory() -> Iterator[Path]:
    """Give a private directory, which is removed at the end."""
    path = lasting_directory()
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)


def lasting_directory() -> Path:
    """Make a private directory, which ``remove_directories`` removes at the end of the process."""
    place = Path(tempfile.gettempdir())
    remove_stale(place)
    if not _directories:
        atexit.register(remove_directories)
    _directories.append(Path(tempfile.mkdtemp(dir=place, prefix=_prefix(), suffix=SUFFIX)))
    return _directories[-1]


def remove_directories() -> None:
    """Remove the directories of this process; the process that it was forked from keeps its own."""
    for path in _directories:
        if path.name.startswith(_prefix()):
            shutil.rmtree(path, ignore_errors=True)


def failed(error: OSError) -> TransferError:
    """Return the error for a temporary file that cannot be written: the disk may be full."""
    folder = tempfile.gettempdir()
    message = _("cannot write a temporary file in {folder}: {reason}",
                folder=folder, reason=reason(error))  # fmt: skip
    return TransferError(message, f"df -h {shlex.quote(folder)}")


def remove_stale(folder: Path) -> None:
    """Remove the temporary files in a directory whose process on this machine is gone."""
    if os.name == "nt":  # No signal there tests whether a process exists.
        return
    with suppress(OSError):
        names = [entry.name for entry in os.scandir(folder) if entry.name.startswith(".transfer")]
        for name in names:
            match = _NAME.fullmatch(name)
            if match and match["host"] == _host() and not _is_alive(int(match["process"])):
                _remove(folder / name)


def _prefix() -> str:
    return f".transfer-cli-{_host()}-{os.getpid()}-"


def _host() -> str:
    """Return the name of this machine: another one may write into a shared directory."""
    return re.sub(r"[^\w.]", "_", os.uname().nodename) if hasattr(os, "uname") else ""


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:  # It is another user's.
        return True
    return True


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
        return
    with suppress(OSError):
        path.unlink()
