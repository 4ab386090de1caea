"""A progress bar on standard error, for what takes seconds and only where somebody watches."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from time import monotonic

Step = Callable[[int, int], None]
Seen = Callable[[int], None]


@contextmanager
def progress(told: str, *, wanted: bool) -> Iterator[Step | None]:
    """Show a bar while the block runs, moved by calls of what it is given: done, of how many.

    Gives None, and shows nothing, where it is not wanted or standard error is no terminal.
    """
    if not wanted or not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(told, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


@contextmanager
def watched(told: str, total: int, *, wanted: bool, after: float = 2.0) -> Iterator[Seen]:
    """Give what is told how many of ``total`` bytes are read; a bar shows it from a while on.

    What is done in less than ``after`` seconds shows nothing, and loads nothing for it.
    """
    started = monotonic()
    with ExitStack() as stack:
        bar: list[Step | None] = []

        def seen(reached: int) -> None:
            if not bar and monotonic() - started >= after:
                bar.append(stack.enter_context(progress(told, wanted=wanted)))
            for step in filter(None, bar):
                step(reached, total)

        yield seen
