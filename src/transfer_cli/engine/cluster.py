"""A table read by the workers of a Dask cluster: a ``DuckSource`` for each piece, combined here.

A piece is a file, or some row groups of a Parquet file. Dask sends the pieces to idle workers, and
again where a worker died; the workers must be able to read the same paths.
"""

import logging
import signal
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, Any

from transfer_cli.engine.combine import combine
from transfer_cli.engine.connection import connect
from transfer_cli.engine.duck import DuckSource
from transfer_cli.engine.scan import literal_path
from transfer_cli.errors import Instead, TransferError, UsageError
from transfer_cli.messages import _
from transfer_cli.query.condition import EVERY_ROW, Condition
from transfer_cli.tables import files
from transfer_cli.tables.source import Measure

if TYPE_CHECKING:
    from transfer_cli.frames import pd

LOCAL = "local"
"""The address of workers on this machine, one for each processor."""
SECONDS = 8
"""How long an address, or a first worker, may take to answer."""
INSTALL = "pip install 'transfer-cli[cluster]'"
RETRIES = 2
"""How often a piece that failed is tried again; Dask itself replaces dead workers."""
PIECE_ROWS = 2_000_000
"""Rows of a Parquet file from which its row groups become a piece."""


class ClusterSource(DuckSource):
    """Files of one table, whose groups and counts are computed on a cluster.

    Rows and summaries are read here. Medians, quantiles and numbers of distinct values,
    which cannot be combined, raise UsageError, and so does a single file that cannot be read in
    pieces.
    """

    def __init__(
        self,
        name: str,
        paths: Sequence[Path],
        address: str,
        **table: Any,
    ) -> None:
        """``address`` is that of a scheduler, or ``local``; ``DuckSource`` takes the others."""
        super().__init__(name, paths, **table)
        self.address = address
        if len(paths) == 1 and not files.is_parquet(paths[0]):
            message = _("a cluster reads several files, or Parquet: {name!r} is one file of text",
                        name=name)  # fmt: skip
            raise UsageError(message, Instead("--cluster"))

    def groups(
        self,
        where: Condition,
        by: Sequence[str],
        measure: Measure | None = None,
        watch: Sequence[str] = (),
    ) -> "pd.DataFrame":
        """Return the groups of all pieces, combined; see ``Source.groups``.

        Raises TransferError where Dask is missing, nothing answers at the address, or the workers
        cannot do their work.
        """
        if measure and measure.values:
            message = _("medians and quantiles cannot be computed on a cluster")
            raise UsageError(message, Instead("--cluster"))
        self.relation.require([*by, *watch, *([measure.column] if measure else [])])
        request = (where, tuple(by), measure, tuple(watch))
        with connected(self.address) as client:
            results = client.map(_groups, self._pieces(), request=request, pure=False,
                                 retries=RETRIES)  # fmt: skip
            frame = combine(client.gather(results), by)
        return frame.sort_values(list(by), ignore_index=True) if by else frame

    def distinct(self, where: Condition, by: Sequence[str], column: str) -> "pd.DataFrame":
        """Raise UsageError: the same cell may be in several pieces."""
        message = _("distinct values cannot be counted on a cluster")
        raise UsageError(message, Instead("--cluster"))

    def count(self, where: Condition = EVERY_ROW) -> int:
        """Return how many rows satisfy ``where``."""
        return int(self.groups(where, ())["rows"].sum())

    def _pieces(self) -> list[dict[str, Any]]:
        """Return the parameters of the ``DuckSource`` of each piece."""
        words = self.vocabulary
        # They are read here, so that workers need not see the user's look-ups.
        _loaded = words.indicators, words.industries, words.units
        shared = {"delimiter": self.relation.delimiter, "vocabulary": words, "schema": self.schema,
                  "mapping": self.mapping, "threads": 1}  # fmt: skip
        return [
            {"name": self.name, "paths": [path.resolve()], "rows": rows, **shared}
            for path in self.relation.scan.paths
            for rows in (_row_ranges(path) if files.is_parquet(path) else [None])
        ]


def _groups(
    piece: dict[str, Any], request: tuple[Condition, Sequence[str], Measure | None, Sequence[str]]
) -> "pd.DataFrame":
    """Return the groups of a piece, on a worker."""
    return DuckSource(**piece).groups(*request)


def _row_ranges(path: Path) -> Iterator[tuple[int, int] | None]:
    """Yield the rows of a Parquet file in pieces of whole row groups; one if it has no rows."""
    with connect() as connection:
        connection.execute(
            "SELECT DISTINCT row_group_id, row_group_num_rows FROM parquet_metadata(?) ORDER BY 1",
            [literal_path(path)],
        )
        sizes = [int(row[1]) for row in connection.fetchall()]
    first = end = 0
    for size in sizes:
        end += size
        if end - first >= PIECE_ROWS:
            yield first, end
            first = end
    if end > first or not end:
        yield first, end


@contextmanager
def connected(address: str) -> Iterator[Any]:
    """Give a client of the cluster at ``address``; what fails there is a TransferError."""
    library = _library()
    with ExitStack() as ending:
        if address == LOCAL:
            address = ending.enter_context(_started(library)).scheduler_address
        client = ending.enter_context(_client(library, address))
        try:
            yield client
        except _failures(library) as error:
            message = _("the cluster at {address} failed", address=address)
            hint = _("have the same transfer-cli on its scheduler and workers: {command}",
                     command=INSTALL)  # fmt: skip
            raise TransferError(message, hint) from error


def _library() -> Any:
    try:
        import dask
        import distributed
    except ImportError as error:
        raise TransferError(_("--cluster needs Dask"), INSTALL) from error
    # Its log of workers that come and go is not for the user of a table.
    for name in ("distributed", "asyncio"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    dask.config.set({"distributed.comm.timeouts.connect": SECONDS})
    return distributed


def _started(library: Any) -> Any:
    # Ctrl-C reaches every process of a terminal: only this one answers it, and ends the workers.
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        return library.LocalCluster(
            threads_per_worker=1, dashboard_address=":0", silence_logs=logging.CRITICAL
        )
    finally:
        signal.signal(signal.SIGINT, before)


def _client(library: Any, address: str) -> Any:
    """Return a client that has seen a worker."""
    hint = _("start one: dask scheduler, and dask worker {address}; or --cluster {local}",
             address=quote(address), local=LOCAL)  # fmt: skip
    try:
        client = library.Client(address, timeout=SECONDS)
    except (OSError, ValueError, AssertionError) as error:
        message = _("no cluster answers at {address!r}", address=address)
        raise TransferError(message, hint) from error
    try:
        client.wait_for_workers(1, timeout=SECONDS)
    except TimeoutError as error:
        client.close()
        message = _("the cluster at {address!r} has no workers", address=address)
        raise TransferError(message, hint) from error
    return client


def _failures(library: Any) -> tuple[type[Exception], ...]:
    """Return the errors for workers that die repeatedly, or lack a library or a file."""
    from concurrent.futures import CancelledError

    return (library.KilledWorker, CancelledError, OSError, ImportError, RuntimeError)
