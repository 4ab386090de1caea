"""A progress bar on standard error, for work that takes seconds, where somebody watches."""

import os
import sys
from time import monotonic
from typing import TYPE_CHECKING

from transfer_cli import streams

if TYPE_CHECKING:
    from rich.progress import Progress


_drawn: "list[ProgressBar]" = []
"""The bars on the terminal."""


def close_all() -> None:
    """Remove every bar: rows or notes take its place on the terminal, or the process ends."""
    while _drawn:
        _drawn[-1].close()


class ProgressBar:
    """A bar that moves when it is called; it is removed when it is closed.

    It appears with the first call that is ``after`` seconds later than its making, so that quick
    work shows and loads nothing; never with ``--quiet``, or if standard error is not a terminal.
    """

    def __init__(self, title: str, *, after: float = 2.0) -> None:
        self.title = title
        terminal = sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
        self._shown = terminal and not streams.quiet
        self._start = monotonic() + after
        self._bar: Progress | None = None

    def __call__(self, done: float, total: float | None = 100) -> None:
        """Show how much is done, of how much: of 100 per cent, or of an unknown amount (None)."""
        if not self._shown or monotonic() < self._start:
            return
        if self._bar is None:
            from rich.console import Console
            from rich.progress import Progress

            # rich would send what is written to standard output to standard error.
            self._bar = Progress(
                console=Console(stderr=True), transient=True, redirect_stdout=False
            )
            self._bar.add_task(self.title)
            self._bar.start()
            _drawn.append(self)
        self._bar.update(self._bar.task_ids[0], completed=done, total=total)

    def close(self) -> None:
        """Remove the bar."""
        self._shown = False
        if self._bar is not None and self in _drawn:
            _drawn.remove(self)
            self._bar.stop()

    def __enter__(self) -> "ProgressBar":
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()
