"""The way to a cluster of Dask: one that runs, or one that is started here and ended again."""

import logging
import signal
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from transfer_cli.errors import TransferError

LOCAL = "local"
"""The address that stands for workers on this machine, one for each processor."""
SECONDS = 8
"""How long an address, or a first worker, may take to answer."""
INSTALL = "pip install 'transfer-cli[cluster]'"


@contextmanager
def connected(address: str) -> Iterator[Any]:
    """Give a client of the cluster at ``address``; what fails there is a TransferError."""
    library = _library()
    with ExitStack() as ending:
        if address == LOCAL:
            address = ending.enter_context(_started(library)).scheduler_address
        client = ending.enter_context(_answering(library, address))
        try:
            yield client
        except _failures(library) as error:
            told = f"the cluster at {address} failed: {str(error).partition(chr(10))[0]}"
            hint = f"have the same transfer-cli on its scheduler and workers: {INSTALL}"
            raise TransferError(told, hint) from error


def _library() -> Any:
    try:
        import dask
        import distributed
    except ImportError:
        raise TransferError("--cluster needs Dask", INSTALL) from None
    # What it logs of workers that come and go is no concern of the reader of an answer.
    for name in ("distributed", "asyncio"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    dask.config.set({"distributed.comm.timeouts.connect": SECONDS})
    return distributed


def _started(library: Any) -> Any:
    # Ctrl-C reaches every process of a terminal: only this one answers it, and ends the workers.
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        return library.LocalCluster(
            threads_per_worker=1, dashboard_address=None, silence_logs=logging.CRITICAL
        )
    finally:
        signal.signal(signal.SIGINT, before)


def _answering(library: Any, address: str) -> Any:
    """Return a client that has met a worker."""
    hint = f"start one: dask scheduler, and dask worker {address}; or --cluster {LOCAL}"
    try:
        client = library.Client(address, timeout=SECONDS)
    except (OSError, ValueError, AssertionError) as error:
        reason = str(error) or "it does not answer"
        raise TransferError(f"no cluster at {address!r}: {reason}", hint) from None
    try:
        client.wait_for_workers(1, timeout=SECONDS)
    except TimeoutError:
        client.close()
        raise TransferError(f"the cluster at {address!r} has no workers", hint) from None
    return client


def _failures(library: Any) -> tuple[type[Exception], ...]:
    """Return what is raised here when workers die again and again, or lack what they need."""
    from concurrent.futures import CancelledError

    return (library.KilledWorker, CancelledError, OSError, ImportError, RuntimeError)
