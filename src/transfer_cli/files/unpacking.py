"""Compressed bytes as the bytes they stand for: gzip, bzip2, xz and Zstandard."""

import io
from typing import IO, Any

from transfer_cli.errors import TransferError

COMPRESSED = {".gz": "gzip", ".bz2": "bzip2", ".xz": "xz", ".zst": "zstd"}
"""The suffixes, each with the program that tests such a file with ``-t``."""
_MAGIC = {
    b"\x1f\x8b": ".gz",
    b"BZh": ".bz2",
    b"\xfd7zXZ\x00": ".xz",
    b"\x28\xb5\x2f\xfd": ".zst",
    b"PAR1": ".parquet",
}
MAGIC_LENGTH = max(map(len, _MAGIC))
_CHUNK = 1 << 18


def packing(first: bytes) -> str:
    """Return the suffix that the first bytes of a file call for; empty for plain text."""
    return next((suffix for magic, suffix in _MAGIC.items() if first.startswith(magic)), "")


def damaged(error: Exception) -> bool:
    """Tell whether an error says that bytes cannot be read or are not what they should be."""
    own = type(error).__module__ in ("zlib", "_lzma")  # None is loaded only to name its error.
    return own or isinstance(error, OSError | EOFError)


def unpacked(raw: IO[bytes], suffix: str) -> Any:
    """Return a reader of the bytes that ``raw`` stands for; see ``damaged`` for its errors.

    Raises TransferError where a library is missing.
    """
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
            return io.BufferedReader(_Zstandard(raw), _CHUNK)
    return raw


class _Zstandard(io.RawIOBase):
    """Frame after frame; the library's own reader takes a file cut short for a whole one."""

    def __init__(self, raw: IO[bytes]) -> None:
        try:
            import zstandard
        except ImportError:
            hint = "pip install 'transfer-cli[fast]'"
            raise TransferError("reading .zst needs zstandard", hint) from None
        self._raw, self._library = raw, zstandard
        self._frame: Any = None
        self._text = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._text:
            data = self._raw.read(_CHUNK)
            if not data and self._frame:
                raise EOFError("it ends within a frame")
            if not data:
                return 0
            self._text = self._feed(data)
        count = min(len(buffer), len(self._text))
        buffer[:count], self._text = self._text[:count], self._text[count:]
        return count

    def _feed(self, data: bytes) -> bytes:
        text = []
        while data:
            self._frame = self._frame or self._library.ZstdDecompressor().decompressobj()
            try:
                text.append(self._frame.decompress(data))
            except self._library.ZstdError as error:
                raise OSError(str(error)) from None
            data = self._frame.unused_data if self._frame.eof else b""
            self._frame = None if self._frame.eof else self._frame
        return b"".join(text)
