"""Packed files (gzip, bzip2, xz, Zstandard): recognised, unpacked, and refused if far too large."""

import io
import sys
from pathlib import Path
from typing import IO, Any

from transfer_cli.errors import DataError, Instead
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
MAGIC_LENGTH = max(map(len, MAGIC))
CHUNK = 1 << 18
MAX_RATIO = 100
MAX_UNPACKED = 2 << 30
"""A file is refused if it unpacks to more bytes than this, and to more than so many times its own
size: no table packs so well, but a file made to fill the memory does."""
limited = True
"""Whether files that unpack to far too much are refused, as ``--no-limit`` says."""


def recognise(first: bytes) -> str:
    """Return the suffix of the packing that a file begins with; empty if it is not packed."""
    return next((suffix for magic, suffix in MAGIC.items() if first.startswith(magic)), "")


def suffix_of(path: Path) -> str:
    """Return the suffix of the packing of a file, by its name or its first bytes; may be empty."""
    if path.suffix in PROGRAMS:
        return path.suffix
    return recognise(files.first_bytes(path, MAGIC_LENGTH))


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


def unpacked_size(path: Path) -> int:
    """Return the approximate size of a file when it is unpacked, in bytes; 0 if it is missing.

    gzip writes the size into its last four bytes. Other packings are assumed to be a fifth of it.
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


def unpack(raw: IO[bytes], suffix: str) -> Any:
    """Return a file of the unpacked bytes of ``raw``, by the suffix of its packing."""
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
            return io.BufferedReader(_Zstandard(raw), CHUNK)
    return raw


def is_damage(error: Exception) -> bool:
    """Return whether an error says that bytes cannot be read or unpacked."""
    library = type(error).__module__ in ("zlib", "_lzma", "compression.zstd", "_zstd")
    return library or isinstance(error, OSError | EOFError)


class _Zstandard(io.RawIOBase):
    """Zstandard, frame by frame: the reader of the library accepts a file that is cut short."""

    def __init__(self, raw: IO[bytes]) -> None:
        import zstandard

        self._raw, self._library = raw, zstandard
        self._frame: Any = None
        self._data = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._data:
            packed = self._raw.read(CHUNK)
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
