"""The whole check: every bundle of tables by form, words, parts, projects and ground."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from transfer_cli.checking import bundle, parts, projects, words
from transfer_cli.checking.bundle import Bundle
from transfer_cli.checking.finding import Finding
from transfer_cli.errors import UsageError
from transfer_cli.report.files import STDIN, text_of

if TYPE_CHECKING:
    from transfer_cli.checking.audit import Report


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
    source = _report(report) if report else None
    findings: list[Finding] = []
    notes: list[str] = []
    counts: dict[str, int] = {}
    for found in bundle.find(paths):
        found.extend_lookups()
        findings += found.findings
        findings += _meaning(found)
        if source:
            findings += _ground(found, source, notes)
        notes += found.notes
        for table in found.tables:
            counts[table.kind] = counts.get(table.kind, 0) + len(table.rows)
    distinct = sorted(set(findings))
    return Verdict(distinct, [*notes, f"{_counted(counts)}: {_judged(len(distinct))}"])


def _meaning(found: Bundle) -> Iterator[Finding]:
    for table in found.tables:
        yield from words.check(table)
    for table in found.kind("metrics"):
        yield from parts.check(table)
    for table in found.kind("projects"):
        yield from projects.check(table, found.kind("metrics"))


def _ground(found: Bundle, report: "Report", notes: list[str]) -> Iterator[Finding]:
    from transfer_cli.checking import audit

    yield from audit.check(found.tables, report, notes)
    for table in found.kind("projects"):
        yield from projects.check(table, found.kind("metrics"), grounded=True)
    yield from projects.unlisted(found.kind("projects"), found.kind("metrics"))


def _report(name: str) -> "Report":
    from transfer_cli.checking.audit import Report
    from transfer_cli.report.text import read_source

    shown = "standard input" if name == STDIN else name
    return Report(shown, read_source(text_of(name)))


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
