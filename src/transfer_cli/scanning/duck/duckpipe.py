"""Text that DuckDB makes of delimited files, through a pipe, while Python goes on.

Names of columns are quoted, and paths and words are parameters: no text of the user's is SQL.
"""

import os
import select
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from threading import Thread
from typing import Any

from transfer_cli.scanning import sizes
from transfer_cli.scanning.duck import sql

NO_CELL = "\x1fno cell\x1f"
"""What DuckDB is to take for null, which no cell is. Were it the empty one, it would pass over an
empty cell too many at the end of a row, as in a row with an unquoted 1,234."""
WAIT = 0.1
"""Seconds after which what has come is handed on, however little it is."""
_ROOM = 1 << 20
_SOON = 0.005


class DuckPipe:
    """The rows of a query on their way, in the order of the files.

    ``failed`` tells at the end that more rows may follow: DuckDB met what it cannot read, or reads
    otherwise than we do.
    """

    def __init__(
        self,
        paths: Sequence[Path],
        read_alike: Callable[[Path], bool],
        query: str,
        words: Sequence[str],
        how: str,
    ) -> None:
        """Start the ``query``, whose parameters are the paths and ``words``.

        ``read_alike`` tells whether DuckDB reads a file as we do; ``how`` says in what format its
        rows come.
        """
        self.failed = False
        self.seen: Callable[[int], None] = lambda reached: None
        self.paths, self._read_alike = paths, read_alike
        self._end, self._start = os.pipe()
        self._query = f"COPY ({query}) TO '/dev/fd/{self._start}' ({how}, USE_TMP_FILE false)"
        self._parameters = [[str(path) for path in paths], *words]
        self._connection: Any = None
        self._open, self._checked = True, False
        self._thread = Thread(target=self._run, daemon=True)
        self._thread.start()

    def read(self, size: int) -> bytes:
        """Return as many as ``size`` bytes, fewer where no more come for a while; none at the end.

        How far the files have been read is told to ``seen``.
        """
        # Nothing is handed on before the files are looked through, while DuckDB is at work.
        self._checked = self._checked or all(map(self._read_alike, self.paths))
        if not self._checked:
            self.failed = True
            return b""
        found: list[bytes] = []
        self.seen(self._reached())
        while size > 0:
            ready, _, _ = select.select([self._end], [], [], WAIT)
            if not ready and found:
                break
            if not ready:
                self.seen(self._reached())
                continue
            data = os.read(self._end, min(size, _ROOM))
            if not data:
                break
            found.append(data)
            size -= len(data)
        return b"".join(found)

    def close(self) -> None:
        """Stop the query, and wait until it has stopped.

        Our end stays open so long: DuckDB would wait for ever to open a pipe that nobody reads.
        """
        if not self._open:
            return
        self._open = False
        while self._thread.is_alive():
            with suppress(Exception):
                self._connection.interrupt()
            if select.select([self._end], [], [], _SOON)[0]:
                os.read(self._end, _ROOM)
            self._thread.join(_SOON)
        os.close(self._end)

    def _run(self) -> None:
        try:
            self._copy()
        except Exception:
            self.failed = True
        finally:
            os.close(self._start)

    def _copy(self) -> None:
        _widen(self._start)
        with connected() as self._connection:
            self._connection.execute(self._query, self._parameters)

    def _reached(self) -> int:
        with suppress(Exception):
            return int(sizes.total(self.paths) * self._connection.query_progress() / 100)
        return 0


def connected() -> Any:
    """Return a new connection to DuckDB, to be used in a ``with``."""
    import duckdb

    connection = duckdb.connect()
    # The bar itself would go to standard output; how far it is may be asked for.
    connection.execute("SET enable_progress_bar = true")
    connection.execute("SET enable_progress_bar_print = false")
    # Without a limit it holds half as much again, and of rows that wait for a pipe a gigabyte.
    # Each of its threads needs some.
    connection.execute(f"SET memory_limit = '{300 + 50 * (os.cpu_count() or 1)}MB'")
    return connection


def _widen(pipe: int) -> None:
    """Let a pipe hold more than its 64 KB, where the system can."""
    with suppress(ImportError, AttributeError, OSError):
        import fcntl

        fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, _ROOM)


def able(header: Sequence[str]) -> bool:
    """Tell whether DuckDB keeps every row: of a lone column it passes over the empty cells."""
    return len(header) > 1


def source(header: Sequence[str], delimiter: str) -> str:
    """Return the SQL that reads delimited files strictly, all columns as text, none of it null."""
    types = ", ".join(f"{sql.text(name)}: 'VARCHAR'" for name in header)
    return (
        f"read_csv(?, delim = {sql.text(delimiter)}, quote = '\"', escape = '\"',"
        f" nullstr = {sql.text(NO_CELL)}, header = true, auto_detect = false,"
        " strict_mode = true, null_padding = false,"
        f" columns = {{{types}}})"
    )
