"""A large table on its way in: who reads it, and the bar that shows how far it is."""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from transfer_cli.files import inputs
from transfer_cli.render.output import Target, tell
from transfer_cli.scanning import large
from transfer_cli.selecting.selection import Selection
from transfer_cli.sources import Source

if TYPE_CHECKING:
    from transfer_cli.scanning.duck.sifted import Sifted
    from transfer_cli.scanning.rows import Rows
    from transfer_cli.scanning.tables import Scan

EVERY = Selection()


@contextmanager
def scan(
    name: str, sources: Sequence[Source], target: Target, engine: str = "auto", *,
    shown: bool = True, **how: Any,
) -> "Iterator[Scan | None]":  # fmt: skip
    """Give the scan of a table that is read in blocks, None for one that is read whole.

    How far it is may be ``shown`` at a terminal; ``how`` is as for ``large.scan``.
    """
    found = large.path(name, sources)
    if not found:
        yield None
        return
    paths = inputs.found(found)
    _advise(engine, paths, target)
    with watched(paths, target, shown=shown) as seen:
        yield large.scan(found, (), seen, **how)


def watched(
    paths: Sequence[Path], target: Target, *, shown: bool = True
) -> AbstractContextManager[Callable[[int], None]]:
    """Give what is told how many bytes of ``paths`` have been read; a bar shows it at a terminal.

    What takes less than two seconds shows nothing.
    """
    from transfer_cli.render import progress
    from transfer_cli.scanning import sizes

    return progress.watched("Reading", sizes.total(paths), wanted=shown and not target.quiet)


@contextmanager
def rows(
    name: str, sources: Sequence[Source], selection: Selection, target: Target, engine: str, *,
    narrow: Selection = EVERY, counted: bool = False, limit: int | None = None,
    shown: bool = True, **how: Any,
) -> "Iterator[Rows | Sifted | None]":  # fmt: skip
    """Give the rows of a large table that a selection wants; None for one that is read whole.

    ``narrow`` is a condition more, if they are figures; ``counted`` asks how many they were
    without it.
    """
    found = large.path(name, sources)
    if not found:
        yield None
        return
    from transfer_cli.scanning.duck import sieve
    from transfer_cli.scanning.duck.sifted import Sifted

    paths = inputs.found(found)
    asked = [selection] if counted else [selection, narrow]
    sifted = sieve.start(engine, paths, asked) if limit is None else None
    with ExitStack() as ending:
        seen = ending.enter_context(watched(paths, target, shown=shown))

        def whole() -> "Rows":
            from transfer_cli.scanning import tables
            from transfer_cli.scanning.rows import Rows

            return Rows(tables.scan(found, seen, **how), selection, limit, narrow)

        if sifted is None:
            _advise(engine, paths, target)
            yield whole()
            return
        ending.callback(sifted.close)
        yield Sifted(found, sifted, seen, selection, narrow, whole)


def _advise(engine: str, paths: Sequence[Path], target: Target) -> None:
    """Say at a terminal what would make large files faster to read."""
    from transfer_cli.scanning import engines

    if sys.stderr.isatty():
        tell(tuple(engines.advice(engine, paths)), target)
