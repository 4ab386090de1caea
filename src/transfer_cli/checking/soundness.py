"""The whole check: every bundle of tables by form, words, parts, projects and ground."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from transfer_cli.checking import bundle, parts, projects, words
from transfer_cli.checking.bundle import Bundle
from transfer_cli.checking.finding import Finding
from transfer_cli.checking.tablefile import TableFile
from transfer_cli.errors import UsageError
from transfer_cli.extract.text import STDIN, read_file

if TYPE_CHECKING:
    from transfer_cli.checking.audit import Report
    from transfer_cli.scanning.tables import Scan


@dataclass(frozen=True, slots=True)
class Verdict:
    """All that is wrong with the tables checked, and what to tell of them."""

    findings: list[Finding]
    notes: list[str]


def check(paths: Sequence[str], report: str = "") -> Verdict:
    """Check the tables that paths name, against the text of a report if one is given.

    Raises DataError for a path or a report that cannot be read.
    """
    if report == STDIN and STDIN in paths:
        raise UsageError("a table and the report cannot both be standard input", "name a file")
    source = read_report(report) if report else None
    findings: list[Finding] = []
    notes: list[str] = []
    counts: dict[str, int] = {}
    unlisted = 0
    # A table that was made from one report is never too large to hold.
    for found in bundle.find(paths, held=bool(report)):
        found.extend_lookups()
        findings += [*found.findings, *judge(found, source, notes)]
        notes += found.notes
        for table in found.tables:
            counts[table.kind] = counts.get(table.kind, 0) + len(table)
            unlisted += table.unlisted
    distinct = sorted(set(findings))
    return Verdict(distinct, [*notes, f"{_counted(counts)}: {_judged(len(distinct) + unlisted)}"])


def judge(found: Bundle, report: "Report | None", notes: list[str]) -> Iterator[Finding]:
    """Yield what is wrong with the meaning of tables and, with a report, with their ground."""
    for table in found.tables:
        yield from _meaning(table, notes)
    for table in found.kind("projects"):
        yield from _agreement(table, found.kind("metrics"))
    if report:
        yield from _ground(found, report, notes)


def _meaning(table: TableFile, notes: list[str]) -> Iterator[Finding]:
    if table.scan is not None:
        yield from _scanned(table, table.scan, notes)
        return
    yield from words.check(table)
    if table.kind == "metrics":
        yield from parts.check(table)


def _scanned(table: TableFile, scan: "Scan", notes: list[str]) -> list[Finding]:
    from transfer_cli.checking import scanned

    ledger = scanned.check(table, scan)
    notes += ledger.notes()
    table.unlisted = ledger.unlisted
    return ledger.findings


def _agreement(table: TableFile, metrics: Sequence[TableFile]) -> Iterator[Finding]:
    if metrics and any(each.scan is not None for each in (table, *metrics)):
        from transfer_cli.checking import together

        table, metrics = together.related(table, metrics)
    yield from projects.check(table, metrics)


def _ground(found: Bundle, report: "Report", notes: list[str]) -> Iterator[Finding]:
    from transfer_cli.checking import audit

    yield from audit.check(found.tables, report, notes)
    for table in found.kind("projects"):
        yield from projects.check(table, found.kind("metrics"), grounded=True)
    yield from projects.unlisted(found.kind("projects"), found.kind("metrics"))


def read_report(name: str) -> "Report":
    """Return the report at a path, or on standard input, as the text to hold tables against."""
    from transfer_cli.checking.audit import Report
    from transfer_cli.extract.text import parse_text

    shown = "standard input" if name == STDIN else name
    return Report(shown, parse_text(read_file(name)))


def _judged(findings: int) -> str:
    return f"{findings} {'finding' if findings == 1 else 'findings'}" if findings else "sound"


def _counted(counts: dict[str, int]) -> str:
    """Say what was checked: figures and projects where there are any, else rows."""
    told = [
        f"{counts[kind]} {noun if counts[kind] == 1 else noun + 's'}"
        for kind, noun in (("metrics", "figure"), ("projects", "project"))
        if kind in counts
    ]
    rows = sum(counts.values())
    return ", ".join(told) or f"{rows} {'row' if rows == 1 else 'rows'}"
