"""The connections to DuckDB: their settings, interrupts and progress, in one place.

A process opens one database in memory, which costs as much as a small query, and gives each query
a connection of its own. Nothing is installed or loaded from the network, nothing is printed, and
what does not fit into memory is spilled into a private temporary directory. The memory limit stays
DuckDB's default: a median keeps all values in memory and fails below it.
"""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from threading import Event, Lock, Thread

import duckdb
from duckdb import DuckDBPyConnection

from transfer_cli import frames
from transfer_cli.tables import temporary

Progress = Callable[[float], None]
"""Called with the percentage of a query that is done, from 0 to 100."""

INTERVAL = 0.1
"""Seconds between two reports of progress."""
_SETTINGS = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    # In DuckDB 2.0.1 a try_cast directly over read_csv becomes a strict cast in the reader.
    "disabled_optimizers": "type_pushdown",
}
"""Settings of a database."""
# The bar itself would be printed to standard output; its position can be read.
_PROGRESS = {"enable_progress_bar": True, "enable_progress_bar_print": False}
"""Settings of a connection."""

_opening = Lock()
_databases: dict[tuple[int, int], DuckDBPyConnection] = {}
"""The databases by process and number of threads; one that was forked cannot be used."""


@contextmanager
def connect(threads: int = 0) -> Iterator[DuckDBPyConnection]:
    """Give a new connection to DuckDB; at the end its query is stopped.

    It uses so many threads, as many as there are processors by default. DuckDB's word for Ctrl-C,
    a RuntimeError, becomes KeyboardInterrupt.
    """
    connection = _database(threads).cursor()
    try:
        _set(connection, _PROGRESS)
        yield connection
    except RuntimeError as error:
        if str(error) == "Query interrupted":
            raise KeyboardInterrupt from error
        raise
    finally:
        with suppress(duckdb.Error):
            connection.interrupt()
        connection.close()


def _database(threads: int) -> DuckDBPyConnection:
    """Return the database of this process that uses so many threads, opened at the first call."""
    with _opening:
        key = os.getpid(), threads
        if key not in _databases:
            directory = str(temporary.lasting_directory())
            database = duckdb.connect(config={"temp_directory": directory})
            _set(database, {**_SETTINGS, **({"threads": threads} if threads else {})})
            _databases[key] = database
        return _databases[key]


def _set(connection: DuckDBPyConnection, settings: Mapping[str, object]) -> None:
    for name, value in settings.items():
        connection.execute(f"SET {name} = {value!r}")


def execute(
    connection: DuckDBPyConnection,
    sql: str,
    parameters: Sequence[object] = (),
    progress: Progress | None = None,
) -> None:
    """Run a query, whose result is then fetched from the connection; see ``run``."""
    run(connection, lambda: connection.execute(sql, parameters), progress)


def run(
    connection: DuckDBPyConnection,
    call: Callable[[], object],
    progress: Progress | None = None,
) -> None:
    """Call a function that uses a connection.

    Raises KeyboardInterrupt on Ctrl-C, and whatever the call raises, such as duckdb.Error.
    """
    failed: list[BaseException] = []
    ended = Event()

    def attempt() -> None:
        try:
            call()
        except BaseException as error:
            failed.append(error)
        finally:
            ended.set()

    # DuckDB may not look at signals before the query ends: the main thread waits for them.
    thread = Thread(target=attempt, daemon=True)
    try:
        thread.start()
        frames.load()  # The result needs pandas, whose import need not wait for the scan.
        while not ended.wait(INTERVAL):
            if progress:
                report(connection, progress)
    except BaseException:
        # Once more after a moment: what has not begun yet is not interrupted.
        while thread.is_alive() and not ended.is_set():
            connection.interrupt()
            ended.wait(INTERVAL)
        raise
    if failed:
        raise failed[0]


def report(connection: DuckDBPyConnection, progress: Progress) -> None:
    """Report how far the query of a connection is, where that is known."""
    done = connection.query_progress()
    if 0 <= done <= 100:
        progress(done)
