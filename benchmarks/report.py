"""The one table that both benches fill: our runs beside those of another, and what was aimed at."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from measure import Run

HEADER = ("what", "beside", "seconds", "theirs", "ratio", "target", "MB", "theirs", "runs", "met")
WIDTHS = (31, 13, 7, 7, 6, 11, 6, 6, 4, 3)


@dataclass(frozen=True, slots=True)
class Target:
    """The most that our time may be of theirs, our memory of theirs, and our memory in MB."""

    time: float | None = None
    memory: float | None = None
    megabytes: float | None = None

    def told(self) -> str:
        """Return the target of time, then that of memory: a ratio too, or MB."""
        parts = [f"{part:.2f}" for part in (self.time, self.memory) if part]
        return ", ".join([*parts, *([f"{self.megabytes:.0f} MB"] if self.megabytes else [])])

    def met(self, time: float, memory: float, megabytes: float) -> str:
        """Return whether all that is aimed at was reached; empty where nothing is."""
        pairs = [(time, self.time), (memory, self.memory), (megabytes, self.megabytes)]
        aimed = [found <= most for found, most in pairs if most]
        return ("yes" if all(aimed) else "NO") if aimed else ""


def line(
    what: str, beside: str, ours: Sequence[Run], theirs: Sequence[Run], target: Target
) -> tuple[str, ...]:
    """Return one row: medians, and the median of the ratios of runs that followed each other."""
    pairs = list(zip(ours, theirs, strict=False))
    ratio = statistics.median(mine.seconds / other.seconds for mine, other in pairs)
    here, there = (statistics.median(run.seconds for run in runs) for runs in (ours, theirs))
    held, other = (statistics.median(run.megabytes for run in runs) for runs in (ours, theirs))
    met = target.met(ratio, held / other, held)
    return (what, beside, f"{here:.3f}", f"{there:.3f}", f"{ratio:.2f}", target.told(),
            f"{held:.0f}", f"{other:.0f}", str(len(pairs)), met)  # fmt: skip


def table(rows: Sequence[Sequence[str]], *, head: bool = True) -> str:
    """Return rows as Markdown, of fixed widths so that two tables can be joined into one."""
    rule = ["-" * width if i < 2 else "-" * (width - 1) + ":" for i, width in enumerate(WIDTHS)]
    return "\n".join(map(_spaced, [*([HEADER, rule] if head else []), *rows]))


def _spaced(row: Sequence[str]) -> str:
    cells = (
        cell.ljust(width) if i < 2 else cell.rjust(width)
        for i, (cell, width) in enumerate(zip(row, WIDTHS, strict=True))
    )
    return f"| {' | '.join(cells)} |"
