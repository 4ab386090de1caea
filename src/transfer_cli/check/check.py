"""The whole check: every bundle of tables by itself, and against a report if there is one."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from transfer_cli.check import bundle, projects, table
from transfer_cli.check.bundle import Bundle
from transfer_cli.check.findings import COLUMNS, SCHEMA, Finding
from transfer_cli.check.row import Row
from transfer_cli.check.table import CheckedTable, Collect
from transfer_cli.errors import UsageError
from transfer_cli.messages import _, join, to_people
from transfer_cli.model.vocabulary import Vocabulary
from transfer_cli.tables import files

if TYPE_CHECKING:
    from transfer_cli.check.report import Report
    from transfer_cli.tables.table import Table


_COMPARED = ("metrics", "omitted", "projects")
"""The tables whose rows are compared with a report."""


class Result(NamedTuple):
    """The findings on tables, in the order of file, line and column, and notes for people."""

    findings: Sequence[Finding]
    notes: Sequence[str]

    def table(self) -> "Table":
        """Return the findings as a table."""
        from transfer_cli.frames import pd
        from transfer_cli.tables.table import Table

        rows = [finding.cells() for finding in self.findings]
        frame = pd.DataFrame(rows, columns=list(COLUMNS), dtype=object)
        return Table(frame, SCHEMA, "findings", tuple(self.notes))


def check(paths: Sequence[str], report: str = "", **reading: str) -> Result:
    """Check the tables that paths name, against the text of a report if one is given.

    ``reading`` is how ``open_rows`` reads files that are named: delimiter, encoding, sheet.
    Raises DataError for a path or a report that cannot be read.
    """
    if report == str(files.STDIN) and report in paths:
        message = _("a table and the report cannot both be standard input")
        raise UsageError(message, _("name a file"))
    text = read_report(report) if report else None
    results = [check_bundle(each, text) for each in bundle.find(paths, **reading)]
    findings = sorted({finding for result in results for finding in result.findings})
    counts: dict[str, int] = {}
    for result in results:
        for checked in result.tables:
            kind = checked.table.kind
            counts[kind] = counts.get(kind, 0) + checked.count
    unlisted = sum(each.findings.unlisted for result in results for each in result.tables)
    notes = [note for result in results for note in result.notes]
    return Result(findings, [*notes, _summary(counts, len(findings) + unlisted)])


def read_report(name: str) -> "Report":
    """Return the report at a path, or on standard input."""
    from transfer_cli.check.report import Report
    from transfer_cli.extract.documents import read_file
    from transfer_cli.extract.text import parse_text

    shown = files.STDIN_NAME if name == str(files.STDIN) else name
    return Report(shown, parse_text(read_file(name)))


class BundleResult(NamedTuple):
    """The findings of a bundle, its tables, and notes for people."""

    findings: Sequence[Finding]
    tables: Sequence[CheckedTable]
    notes: Sequence[str]


def check_bundle(given: Bundle, report: "Report | None") -> BundleResult:
    """Check the tables of a bundle, each by itself and projects against their figures."""
    vocabulary = given.vocabulary()
    has_figures = any(each.kind == "metrics" for each in given.tables)
    # The ids of projects say which figures are collected.
    ordered = sorted(given.tables, key=lambda each: each.kind != "projects")
    tables: list[CheckedTable] = []
    ids: set[str] = set()
    for each in ordered:
        everything = each.kind in _COMPARED if report else each.kind == "projects" and has_figures
        others = [other for other in ordered if other is not each and other.kind == each.kind]
        checked = table.check(each, vocabulary, Collect(everything, ids, others))
        tables.append(checked)
        if each.kind == "projects":
            ids |= checked.ids
    findings = [*given.findings, *(finding for each in tables for finding in each.findings)]
    with to_people():
        notes = [note for each in tables for note in each.findings.notes()]
    findings += _compare_tables(tables, vocabulary, report, notes)
    return BundleResult(findings, tables, [*notes, *given.notes])


def _compare_tables(
    tables: Sequence[CheckedTable],
    vocabulary: Vocabulary,
    report: "Report | None",
    notes: list[str],
) -> Iterator[Finding]:
    """Yield the differences between tables, and between tables and the report."""
    rows: dict[str, list[Row]] = {}
    for checked in tables:
        rows.setdefault(checked.table.kind, []).extend(checked.rows)
    own, figures = rows.get("projects", []), rows.get("metrics", [])
    for checked in tables:
        if checked.table.kind == "projects":
            yield from projects.check(
                checked.rows, checked.ids, figures, vocabulary, complete=report is not None
            )
    if report is not None:
        from transfer_cli.check import report as grounding

        yield from grounding.check(rows, report, vocabulary, notes)
        yield from projects.without_project(own, figures)


@to_people()
def _summary(counts: dict[str, int], findings: int) -> str:
    """Return how much was checked, figures and projects if there are any, and the result."""
    parts = []
    if (n := counts.get("metrics")) is not None:
        parts.append(_("1 figure") if n == 1 else _("{n} figures", n=n))
    if (n := counts.get("projects")) is not None:
        parts.append(_("1 project") if n == 1 else _("{n} projects", n=n))
    rows = sum(counts.values())
    checked = join(parts) or (_("1 row") if rows == 1 else _("{n} rows", n=rows))
    if not findings:
        return _("{checked}: sound", checked=checked)
    if findings == 1:
        return _("{checked}: 1 finding", checked=checked)
    return _("{checked}: {n} findings", checked=checked, n=findings)
