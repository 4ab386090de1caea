"""What is large, and how its bytes are reached: globs of files, compressed files, Parquet.

Nothing heavy is imported here: every command that may meet a large table asks this module first.
"""

import bz2
import glob
import gzip
import lzma
import os
from pathlib import Path
from typing import IO, Any

from transfer_cli.errors import DataError
from transfer_cli.schema import schemas

LARGE = 8 << 20
"""Bytes from which a table is read in blocks; a smaller one is read whole, which is simpler."""
VARIABLE = "TRANSFER_LARGE"
COMPRESSED = (".gz", ".bz2", ".xz", ".zst")
PARQUET = ".parquet"


def large(name: str) -> bool:
    """Tell whether a table is read in blocks: by its size, its packing or the number of files."""
    if name == "-" or name in schemas():
        return False
    paths = found(name)
    packed = any(path.suffix in (*COMPRESSED, PARQUET) for path in paths)
    least = int(os.environ.get(VARIABLE) or LARGE)
    return packed or len(paths) > 1 or sum(map(_size, paths)) >= least


def found(name: str) -> list[Path]:
    """Return the files that a path or a glob stands for, in the order of their names."""
    path = Path(name)
    if not path.exists() and glob.has_magic(name):
        return [Path(file) for file in sorted(glob.glob(name, recursive=True))]  # noqa: PTH207
    return [path]


def _size(path: Path) -> int:
    return path.stat().st_size if path.is_file() else 0


def total(paths: list[Path]) -> int:
    """Return how many bytes these files have on the disk, for a progress bar."""
    return sum(map(_size, paths))


def opened(path: Path) -> tuple[IO[bytes], IO[bytes]]:
    """Return a file to read and the file underneath, whose position tells how far reading is."""
    try:
        raw = path.open("rb")
    except FileNotFoundError:
        told = f"there is no file {str(path)!r}"
        raise DataError(told, "built-in tables: metrics, projects") from None
    except OSError as error:
        raise DataError(f"cannot read {str(path)!r}: {error.strerror}") from None
    return _unpacked(raw, path.suffix), raw


def _unpacked(raw: IO[bytes], suffix: str) -> Any:
    match suffix:
        case ".gz":
            return gzip.GzipFile(fileobj=raw)
        case ".bz2":
            return bz2.BZ2File(raw)
        case ".xz":
            return lzma.LZMAFile(raw)
        case ".zst":
            return _zstd(raw)
    return raw


def _zstd(raw: IO[bytes]) -> Any:
    try:
        import zstandard
    except ImportError:
        told = "reading .zst needs zstandard"
        raise DataError(told, "pip install 'transfer-cli[fast]'") from None
    return zstandard.ZstdDecompressor().stream_reader(raw, read_across_frames=True)
