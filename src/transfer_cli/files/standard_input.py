"""Standard input, looked into without losing what was seen: how large it is, how it is packed."""

import io
import sys
from typing import IO, TYPE_CHECKING, Any

from transfer_cli.files import unpacking

if TYPE_CHECKING:
    import tempfile

NAME = "standard input"
"""What it is called in errors."""
_CHUNK = 1 << 20


def kind() -> str:
    """Return the suffix that its first bytes call for; empty for plain text."""
    return unpacking.packing(peek(unpacking.MAGIC_LENGTH))


def peek(size: int) -> bytes:
    """Return as many as ``size`` bytes from its beginning, which stay there to be read."""
    first = sys.stdin.buffer.read(size)
    unread(first)
    return first


def unread(data: bytes) -> None:
    """Put bytes back, to be read first."""
    _replace(io.BufferedReader(_Joined(data, sys.stdin.buffer)))


def unpack() -> None:
    """Let it give unpacked what comes compressed, which its first bytes tell."""
    suffix = kind()
    if suffix in unpacking.COMPRESSED:
        _replace(unpacking.unpacked(sys.stdin.buffer, suffix))


def copied() -> "tempfile._TemporaryFileWrapper[bytes]":
    """Return a temporary file with all of it, unpacked; the file is removed when it is dropped."""
    import shutil
    import tempfile

    unpack()
    copy = tempfile.NamedTemporaryFile(prefix="transfer-cli-", suffix=kind() or ".csv")  # noqa: SIM115
    shutil.copyfileobj(sys.stdin.buffer, copy, _CHUNK)
    copy.flush()
    return copy


def _replace(reader: Any) -> None:
    # Whoever drops the last reference to a text stream closes what is underneath.
    reader.beneath = sys.stdin
    sys.stdin = io.TextIOWrapper(reader, encoding="utf-8")


class _Joined(io.RawIOBase):
    """Bytes that were read before, and then the rest."""

    def __init__(self, first: bytes, rest: IO[bytes]) -> None:
        self._first, self._rest = first, rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        if not self._first:
            return self._rest.readinto1(buffer)  # type: ignore[attr-defined, no-any-return]
        count = min(len(buffer), len(self._first))
        buffer[:count], self._first = self._first[:count], self._first[count:]
        return count
