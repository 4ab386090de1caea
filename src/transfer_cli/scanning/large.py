"""Which tables are worked on in blocks: large ones, packed ones, and many files as one."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from transfer_cli.errors import UsageError
from transfer_cli.model.schema import schemas
from transfer_cli.scanning import blocks, sizes
from transfer_cli.sources import Source

if TYPE_CHECKING:
    from transfer_cli.scanning.tables import Scan


def path(name: str, sources: Sequence[Source] = ()) -> str:
    """Return the path or glob of a table that is read in blocks; empty for one read whole.

    Several sources side by side are read whole.
    """
    if sources and name in schemas():
        if len(sources) > 1:
            return ""
        name = str(sources[0].file(name))
    return name if sizes.large(name) else ""


def scan(
    name: str,
    sources: Sequence[Source] = (),
    seen: Callable[[int], None] = lambda reached: None,
    size: int = blocks.SIZE,
    *,
    once: bool = False,
) -> "Scan | None":
    """Return the scan of a table that is read in blocks; None for one that is read whole.

    ``once`` tells that its rows are read a single time, so that standard input is not kept.
    """
    found = path(name, sources)
    if not found:
        return None
    from transfer_cli.scanning import tables

    return tables.scan(found, seen, size, once=once)


def shared(name: str, sources: Sequence[Source]) -> str:
    """Return the path of a table that the workers of a cluster read by themselves."""
    if name in schemas() and len(sources) == 1:
        return str(sources[0].file(name))
    if name in schemas() or name == "-":
        raise UsageError(
            f"a cluster reads files, and {name!r} is none", "name a path or s3://…, or no --cluster"
        )
    return name
