"""A progress bar on standard error, for what takes seconds, and only at a terminal."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from time import monotonic

Step = Callable[[int, int], None]
"""Called with how much is done, and of how much."""


@contextmanager
def progress(label: str, *, wanted: bool, after: float = 0.0) -> Iterator[Step]:
    """Return a callback that moves a bar, which is shown while the block runs.

    Nothing is shown where the bar is not wanted, where standard error is no terminal, or in the
    first ``after`` seconds; rich is loaded when the bar is first drawn.
    """
    shown = wanted and sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
    started = monotonic()
    with ExitStack() as stack:
        bars: list[Step] = []

        def step(done: int, total: int) -> None:
            if shown and not bars and monotonic() - started >= after:
                bars.append(stack.enter_context(_bar(label)))
            for bar in bars:
                bar(done, total)

        yield step


@contextmanager
def _bar(label: str) -> Iterator[Step]:
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(label, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
