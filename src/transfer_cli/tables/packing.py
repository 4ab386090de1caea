"""The bytes of a file: opened, unpacked (gzip, bzip2, xz, Zstandard), and read."""

import io
import os
import shlex
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from transfer_cli.errors import DataError, Instead, reason
from transfer_cli.messages import _
from transfer_cli.tables import files

PROGRAMS = {".gz": "gzip", ".bz2": "bzip2", ".xz": "xz", ".zst": "zstd"}
"""The suffixes of packed files, each with the program that tests such a file with ``-t``."""
MAGIC = {
    b"\x1f\x8b": ".gz",
    b"BZh": ".bz2",
    b"\xfd7zXZ\x00": ".xz",
    b"\x28\xb5\x2f\xfd": ".zst",
}
"""The first bytes of packed files, each with the suffix."""
_MAGIC_LENGTH = max(map(len, MAGIC))
_CHUNK = 1 << 18
MAX_RATIO = 100
MAX_UNPACKED = 2 << 30
"""A file is refused if it unpacks to more bytes than this, and to more than so many times its own
size: no table packs so well, but a file made to fill the memory does."""
_PROBED = 1 << 20

limited = True
"""Whether files that unpack to far too much are refused, as ``--no-limit`` says."""


def packing(first: bytes) -> str:
    """Return the suffix of the packing that a file begins with; empty if it is not packed."""
    return next((suffix for magic, suffix in MAGIC.items() if first.startswith(magic)), "")


def suffix_of(path: Path) -> str:
    """Return the suffix of the packing of a file, by its name or its first bytes; may be empty."""
    if path.suffix in PROGRAMS:
        return path.suffix
    return packing(files.first_bytes(path, _MAGIC_LENGTH))


class InputFile:
    """The bytes of a file, unpacked. Whatever goes wrong while they are read is a DataError.

    ``path`` is that of a file on the disk that is not packed.
    """

    def __init__(self, name: str, suffix: str, raw: IO[bytes], path: Path | None = None) -> None:
        self.name = name
        self.path = path
        self._suffix = suffix
        self._raw = raw
        self._unpacked = _unpacked(raw, suffix)
        self._peeked = b""
        self._count = 0

    def read(self, size: int = -1) -> bytes:
        """Return up to ``size`` bytes, all that are left if it is negative; none at the end."""
        peeked, self._peeked = self._peeked, b""
        if size < 0:
            return peeked + self._read(size)
        return peeked + self._read(size - len(peeked)) if len(peeked) < size else peeked

    def peek(self, size: int) -> bytes:
        """Return the first bytes, about ``size`` or all, which ``read`` returns once more."""
        while len(self._peeked) < size and (more := self._read(size)):
            self._peeked += more
        return self._peeked

    def make_rewindable(self) -> None:
        """Let the file be read twice: what has no beginning to return to is kept in memory."""
        if not self._raw.seekable():
            self._raw, self._suffix = io.BytesIO(self.read()), ""
            self._unpacked = self._raw

    def rewind(self) -> None:
        """Return to the beginning."""
        self._raw.seek(0)
        self._unpacked, self._peeked = _unpacked(self._raw, self._suffix), b""
        self._count = 0

    def _read(self, size: int) -> bytes:
        if size < 0 and self._suffix:
            return b"".join(iter(lambda: self._read(_CHUNK), b""))
        try:
            data: bytes = self._unpacked.read(size)
        except Exception as error:
            if not _is_damage(error):
                raise
            raise _unreadable(self.name, self._suffix, error) from error
        if self._suffix:
            self._count += len(data)
            if self._count > MAX_UNPACKED:
                check_size(self._count, self.position(), self.name)
        return data

    def position(self) -> int:
        """Return how many bytes of the file as it stands on the disk were read."""
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
        message = _("there is no file {name!r}", name=name)
        raise DataError(message, _("built-in tables: metrics, projects")) from error
    except OSError as error:
        raise _unreadable(name, "", error) from error
    with raw:
        refuse_device(raw, name)
        if files.is_stream(path):
            yield _from_stream(name, raw)
        else:
            suffix = suffix_of(path)
            yield InputFile(name, suffix, raw, None if suffix else path)


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


def check_size(unpacked: int, packed: int, name: str) -> None:
    """Raise DataError if a file of ``packed`` bytes unpacks to far too many; see MAX_RATIO."""
    if limited and unpacked > MAX_UNPACKED and unpacked > MAX_RATIO * packed:
        message = _(
            "{name} unpacks to more than {size} GB, {ratio} times its own size",
            name=name,
            size=MAX_UNPACKED >> 30,
            ratio=MAX_RATIO,
        )
        raise DataError(message, Instead("--no-limit", flag=True, add=True))


def check_unpacked(path: Path) -> None:
    """Raise DataError if a file whose beginning packs too well unpacks to too much in all.

    Other files are not unpacked for that: ``InputFile`` counts what is read of them.
    """
    if files.is_stream(path) or not suffix_of(path) or not limited:
        return
    with open_bytes(path) as file:
        count = 0
        while data := file.read(_CHUNK):
            count += len(data)
            packed = file.position()
            if packed > _PROBED and count <= MAX_RATIO * packed:
                return


def unpacked_size(path: Path) -> int:
    """Return about how many bytes a file has when it is unpacked; 0 if there is no such file.

    gzip writes the size into its last four bytes. Other packings are taken for a fifth of it.
    """
    size = files.size(path)
    suffix = suffix_of(path)
    if not suffix:
        return size
    # The size is written modulo 4 GiB, and gzip packs to a thousandth at best.
    if suffix == ".gz" and 18 <= size < 1 << 22:
        with path.open("rb") as file:
            file.seek(-4, io.SEEK_END)
            # Of a file of several members only the last one is counted there.
            return max(size, int.from_bytes(file.read(4), "little"))
    return size * 5


def _from_stream(name: str, stream: IO[bytes]) -> InputFile:
    """Return the bytes of a stream that has no name to tell its packing and can be read once."""
    first = stream.read(_MAGIC_LENGTH)
    joined = io.BufferedReader(_Joined(first, stream), _CHUNK)
    return InputFile(name, packing(first), joined)


def _unpacked(raw: IO[bytes], suffix: str) -> Any:
    match suffix:
        case ".gz":
            import gzip

            return gzip.GzipFile(fileobj=raw)
        case ".bz2":
            import bz2

            return bz2.BZ2File(raw)
        case ".xz":
            import lzma

            return lzma.LZMAFile(raw)
        case ".zst":
            if sys.version_info >= (3, 14):
                from compression import zstd

                return zstd.ZstdFile(raw)
            return io.BufferedReader(_Zstandard(raw), _CHUNK)
    return raw


def _is_damage(error: Exception) -> bool:
    """Return whether an error says that bytes cannot be read or unpacked."""
    library = type(error).__module__ in ("zlib", "_lzma", "compression.zstd", "_zstd")
    return library or isinstance(error, OSError | EOFError)


def _unreadable(name: str, suffix: str, error: Exception) -> DataError:
    why = reason(error)
    if suffix and name != files.STDIN_NAME:
        hint = _(
            "it is damaged or cut short: {program} -t {name}",
            program=PROGRAMS[suffix],
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


class _Zstandard(io.RawIOBase):
    """Zstandard, frame by frame: the reader of the library takes a file cut short for whole."""

    def __init__(self, raw: IO[bytes]) -> None:
        import zstandard

        self._raw, self._library = raw, zstandard
        self._frame: Any = None
        self._data = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._data:
            packed = self._raw.read(_CHUNK)
            if not packed and self._frame:
                raise EOFError
            if not packed:
                return 0
            self._data = self._decompress(packed)
        count = min(len(buffer), len(self._data))
        buffer[:count], self._data = self._data[:count], self._data[count:]
        return count

    def _decompress(self, packed: bytes) -> bytes:
        data = []
        while packed:
            self._frame = self._frame or self._library.ZstdDecompressor().decompressobj()
            try:
                data.append(self._frame.decompress(packed))
            except self._library.ZstdError as error:
                raise OSError(str(error)) from error
            packed = self._frame.unused_data if self._frame.eof else b""
            self._frame = None if self._frame.eof else self._frame
        return b"".join(data)
