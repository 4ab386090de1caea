"""The findings of a large table: the first of each sort, and how many more there are."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from transfer_cli.checking.finding import Finding

MOST = 100
"""Findings of a sort that are listed of a large table: nobody reads a million lines."""

Sort = tuple[str, str]


@dataclass(slots=True)
class Ledger:
    """Counts findings, which come in the order of their lines, and keeps the first of each sort."""

    counts: Counter[Sort] = field(default_factory=Counter)
    _kept: dict[Sort, list[Finding]] = field(default_factory=dict)

    def add(self, findings: Iterable[Finding]) -> None:
        """Count findings, and keep those that are among the first of their sort."""
        for finding in findings:
            self.counts[finding.sort] += 1
            kept = self._kept.setdefault(finding.sort, [])
            if len(kept) < MOST:
                kept.append(finding)

    @classmethod
    def of(cls, findings: Iterable[Finding]) -> "Ledger":
        """Return a ledger of these findings."""
        ledger = cls()
        ledger.add(findings)
        return ledger

    @property
    def findings(self) -> list[Finding]:
        """The findings that are listed."""
        return [finding for kept in self._kept.values() for finding in kept]

    @property
    def unlisted(self) -> int:
        """How many findings are not listed."""
        return self.counts.total() - len(self.findings)

    def notes(self) -> Iterator[str]:
        """Yield, for each sort of which not all are listed, how many there are."""
        for sort, kept in sorted(self._kept.items()):
            if self.counts[sort] > len(kept):
                first = kept[0]
                place = ":".join(filter(None, (first.file, str(first.line), first.column)))
                told = f"{len(kept)} of {self.counts[sort]} findings are listed"
                yield f"{told} of the sort of {place}"
