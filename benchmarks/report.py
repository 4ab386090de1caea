"""The table of results of all benchmarks: our runs against those of a peer, with targets."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from measure import Run

HEADER = ("what", "against", "seconds", "peer", "ratio", "target", "MB", "peer", "runs", "ok")
WIDTHS = (31, 15, 7, 7, 6, 12, 6, 6, 4, 3)


@dataclass(frozen=True, slots=True)
class Target:
    """The largest allowed ratio of time and of memory to those of the peer, and memory in MB."""

    time: float | None = None
    memory: float | None = None
    megabytes: float | None = None

    def label(self) -> str:
        """Return the targets as text: time as a ratio, then memory as a ratio and in MB."""
        parts = [f"{part:.2f}" for part in (self.time, self.memory) if part]
        return ", ".join([*parts, *([f"{self.megabytes:.0f} MB"] if self.megabytes else [])])

    def verdict(self, time: float, memory: float, megabytes: float) -> str:
        """Return ``yes`` if all targets are reached, ``NO`` if not, an empty text without any."""
        pairs = [(time, self.time), (memory, self.memory), (megabytes, self.megabytes)]
        reached = [value <= limit for value, limit in pairs if limit]
        return ("yes" if all(reached) else "NO") if reached else ""


def line(
    what: str,
    peer: str,
    ours: Sequence[Run],
    theirs: Sequence[Run],
    target: Target,
    work: float = 1,
) -> tuple[str, ...]:
    """Return one row: medians, and the median of the ratios of consecutive runs.

    ``work`` is how many times as much was done by ours; the ratio is that of the time per work.
    """
    pairs = list(zip(ours, theirs, strict=False))
    ratio = statistics.median(our.seconds / their.seconds for our, their in pairs) / work
    seconds, peer_seconds = (
        statistics.median(run.seconds for run in runs) for runs in (ours, theirs)
    )
    megabytes, peer_megabytes = (
        statistics.median(run.megabytes for run in runs) for runs in (ours, theirs)
    )
    verdict = target.verdict(ratio, megabytes / peer_megabytes, megabytes)
    return (what, peer, f"{seconds:.3f}", f"{peer_seconds:.3f}", f"{ratio:.2f}", target.label(),
            f"{megabytes:.0f}", f"{peer_megabytes:.0f}", str(len(pairs)), verdict)  # fmt: skip


def table(rows: Sequence[Sequence[str]], *, head: bool = True) -> str:
    """Return rows as Markdown with fixed widths, so that two tables can be joined into one."""
    rule = ["-" * width if i < 2 else "-" * (width - 1) + ":" for i, width in enumerate(WIDTHS)]
    return "\n".join(map(_padded, [*([HEADER, rule] if head else []), *rows]))


def _padded(row: Sequence[str]) -> str:
    cells = (
        cell.ljust(width) if i < 2 else cell.rjust(width)
        for i, (cell, width) in enumerate(zip(row, WIDTHS, strict=True))
    )
    return f"| {' | '.join(cells)} |"
