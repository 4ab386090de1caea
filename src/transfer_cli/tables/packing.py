"""The bytes of a file: opened, unpacked while they are read, and counted."""

import io
import os
import shlex
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from transfer_cli.errors import DataError, closest, did_you_mean, reason
from transfer_cli.messages import _
from transfer_cli.tables import compression, files

_PROBED = 1 << 20
"""Packed bytes after which a file is judged by its ratio of packing."""


class InputFile:
    """The bytes of a file, unpacked. Errors while they are read become DataError.

    ``path`` is that of a file on the disk that is not packed.
    """

    def __init__(self, name: str, suffix: str, raw: IO[bytes], path: Path | None = None) -> None:
        self.name = name
        self.path = path
        self._suffix = suffix
        self._raw = raw
        self._unpacked = compression.unpack(raw, suffix)
        self._peeked = b""
        self._count = 0

    def read(self, size: int = -1) -> bytes:
        """Return up to ``size`` bytes, or the rest if it is negative; empty at the end."""
        peeked, self._peeked = self._peeked, b""
        if size < 0:
            return peeked + self._read(size)
        return peeked + self._read(size - len(peeked)) if len(peeked) < size else peeked

    def peek(self, size: int) -> bytes:
        """Return about the next ``size`` bytes, which ``read`` returns again."""
        while len(self._peeked) < size and (more := self._read(size)):
            self._peeked += more
        return self._peeked

    def make_rewindable(self) -> None:
        """Let the file be read twice: one that cannot be rewound is loaded into memory."""
        if not self._raw.seekable():
            self._raw, self._suffix = io.BytesIO(self.read()), ""
            self._unpacked = self._raw

    def rewind(self) -> None:
        """Return to the beginning."""
        self._raw.seek(0)
        self._unpacked, self._peeked = compression.unpack(self._raw, self._suffix), b""
        self._count = 0

    def _read(self, size: int) -> bytes:
        if size < 0 and self._suffix:
            return b"".join(iter(lambda: self._read(compression.CHUNK), b""))
        try:
            data: bytes = self._unpacked.read(size)
        except Exception as error:
            if not compression.is_damage(error):
                raise
            raise _unreadable(self.name, self._suffix, error) from error
        if self._suffix:
            self._count += len(data)
            if self._count > compression.MAX_UNPACKED:
                compression.check_size(self._count, self.position(), self.name)
        return data

    def position(self) -> int:
        """Return the number of bytes that were read of the file on the disk."""
        try:
            return int(self._raw.tell())
        except (OSError, ValueError):  # A pipe has no position.
            return 0


@contextmanager
def open_bytes(path: Path) -> Iterator[InputFile]:
    """Open a file, ``-`` for standard input, and close it afterwards.

    A file is unpacked by its suffix or its first bytes. Raises DataError for a file that is missing
    or cannot be read.
    """
    name = files.label(path)
    if path == files.STDIN:
        refuse_device(sys.stdin.buffer, name)
        yield _from_stream(name, sys.stdin.buffer)
        return
    try:
        raw = path.open("rb")
    except FileNotFoundError as error:
        raise _missing(path, name) from error
    except OSError as error:
        raise _unreadable(name, "", error) from error
    with raw:
        refuse_device(raw, name)
        if files.is_stream(path):
            yield _from_stream(name, raw)
        else:
            suffix = compression.suffix_of(path)
            yield InputFile(name, suffix, raw, None if suffix else path)


def _missing(path: Path, name: str) -> DataError:
    if path.is_symlink():
        message = _("{name!r} is a link to a file that is missing", name=name)
        return DataError(message, f"ls -l {shlex.quote(name)}")
    message = _("there is no file {name!r}", name=name)
    near = closest(path.name, files.names_in(path.parent))
    if near:
        paths = [str(path.with_name(each)) for each in near]
        return DataError(message, did_you_mean(map(repr, paths)))
    return DataError(message, _("built-in tables: metrics, projects"))


def refuse_device(stream: IO[bytes], name: str) -> None:
    """Raise DataError for a device such as /dev/zero: it has no end, or is a whole disk.

    A terminal and the empty device are read.
    """
    try:
        status = os.fstat(stream.fileno())
        empty = os.stat(os.devnull).st_rdev  # noqa: PTH116
    except OSError:  # It is in memory.
        return
    device = stat.S_ISCHR(status.st_mode) or stat.S_ISBLK(status.st_mode)
    if device and status.st_rdev != empty and not stream.isatty():
        message = _("{name!r} is a device, not a file", name=name)
        raise DataError(message, _("name a CSV file"))


def check_unpacked(path: Path) -> None:
    """Raise DataError if a file whose beginning packs too well unpacks to too much in all.

    Other files are not unpacked for that: ``InputFile`` counts what is read of them.
    """
    if files.is_stream(path) or not compression.suffix_of(path) or not compression.limited:
        return
    with open_bytes(path) as file:
        count = 0
        while data := file.read(compression.CHUNK):
            count += len(data)
            packed = file.position()
            if packed > _PROBED and count <= compression.MAX_RATIO * packed:
                return


def _from_stream(name: str, stream: IO[bytes]) -> InputFile:
    """Return the bytes of a stream, which can be read once; its first bytes show its packing."""
    first = stream.read(compression.MAGIC_LENGTH)
    joined = io.BufferedReader(_Joined(first, stream), compression.CHUNK)
    return InputFile(name, compression.recognise(first), joined)


def _unreadable(name: str, suffix: str, error: Exception) -> DataError:
    why = reason(error)
    if suffix and name != files.STDIN_NAME:
        hint = _(
            "it is damaged or cut short: {program} -t {name}",
            program=compression.PROGRAMS[suffix],
            name=shlex.quote(name),
        )
        return DataError(_("cannot unpack {name!r}: {reason}", name=name, reason=why), hint)
    if name == files.STDIN_NAME:
        hint = "transfer-cli filter | transfer-cli aggregate -"
    elif isinstance(error, IsADirectoryError):
        pattern = shlex.quote(str(Path(name) / "*.csv"))
        hint = _("name the files in it: {pattern}", pattern=pattern)
    else:
        hint = f"ls -l {shlex.quote(name)}"
    return DataError(_("cannot read {name!r}: {reason}", name=name, reason=why), hint)


class _Joined(io.RawIOBase):
    """The bytes that were read to look at them, and then the rest of the stream."""

    def __init__(self, first: bytes, rest: IO[bytes]) -> None:
        self._first, self._rest = first, rest
        self._count = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        if not self._first:
            count = int(self._rest.readinto(buffer))  # type: ignore[attr-defined]
        else:
            count = min(len(buffer), len(self._first))
            buffer[:count], self._first = self._first[:count], self._first[count:]
        self._count += count
        return count

    def tell(self) -> int:
        """Return how many bytes were read; there is no way back to them."""
        return self._count
