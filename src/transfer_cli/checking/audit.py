"""Holds tables against the report they were made from: every row, and every numeral."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from transfer_cli.checking import agreement
from transfer_cli.checking.finding import Finding
from transfer_cli.checking.grounds import Claim, Grounds, is_arabic
from transfer_cli.checking.tablefile import Row, TableFile
from transfer_cli.extract.coverage import Span, Token
from transfer_cli.extract.text import ReportText as Source

_EXTRACT = "transfer-cli extract REPORT --omitted -o omitted.csv writes one"
_FORMS = {"metrics": "printed", "projects": "printed", "omitted": "token"}


@dataclass(frozen=True, slots=True)
class Report:
    """The text that tables are held against, and how it is called."""

    name: str
    source: Source


def check(tables: Sequence[TableFile], report: Report, notes: list[str]) -> Iterator[Finding]:
    """Yield the rows without ground in a report and its numerals that are in no row or in two.

    Figures go first: what they leave is for ``omitted``. Projects only name what stands there.
    """
    grounds, names = Grounds(report.source), Grounds(report.source)
    for kind in ("metrics", "omitted", "projects"):
        for table in tables:
            if table.kind == kind:
                yield from _rows(table, names if kind == "projects" else grounds)
    for token in grounds.tokens:
        if not grounds.holds(token):
            yield Finding(report.name, token.line, "", *_unclaimed(token, grounds))
    notes.append(_coverage(grounds))
    if not any(table.kind == "omitted" for table in tables):
        notes.append(f"no omitted.csv among the tables: {_EXTRACT}")
    by_hand = [
        row for t in tables if t.kind == "metrics" for row in t.whole if agreement.by_hand(row)
    ]
    if by_hand:
        notes.append(f"read by hand, and not checked: {', '.join(r.get('id') for r in by_hand)}")


def _rows(table: TableFile, grounds: Grounds) -> Iterator[Finding]:
    column = _FORMS[table.kind]
    for row in table.whole:
        line, form = row.get("line"), row.get(column)
        if not (line.isascii() and line.isdigit() and len(line) < 10 and form.strip()):
            continue
        bound = row.get("bound") if table.kind == "metrics" else None
        place = grounds.claim(int(line), form, f"{table.name}:{row.line}", bound)
        if place.claim is None:
            yield table.at(row, *_groundless(row, column, place.other, grounds))
        elif table.kind == "metrics":
            readings = grounds.read(place.claim.span)[place.claim.turn :]
            yield from agreement.check(
                table, row, readings[0] if readings else None, grounds.source
            )


def _groundless(
    row: Row, column: str, taken: Claim | None, grounds: Grounds
) -> tuple[str, str, str]:
    line, form = row.get("line"), row.get(column)
    if taken:
        told = f"{form!r} on line {line} of the report is claimed by {taken.who} already"
        return column, told, "delete one of the two rows"
    lines = grounds.lines(form)
    if lines:
        near = min(lines, key=lambda other: abs(other - int(line)))
        return "line", f"{form!r} does not begin on line {line} of the report", f"write {near}"
    return (
        column,
        f"{form!r} stands nowhere in the report",
        "write what it prints, or delete the row",
    )


def _unclaimed(token: Token, grounds: Grounds) -> tuple[str, str]:
    readings = grounds.read(Span(token.start, token.end))
    omit = f"add {token.line},{token.printed},REASON to omitted.csv"
    told = f"{token.printed!r} is in neither metrics nor omitted"
    if not readings:
        return told, omit
    read = readings[0]
    return told, f"add {agreement.told(read)} (printed {read.printed!r}) to metrics.csv, or {omit}"


def _coverage(grounds: Grounds) -> str:
    counts = []
    for arabic in (True, False):
        tokens = [token for token in grounds.tokens if is_arabic(token) == arabic]
        held = sum(map(grounds.holds, tokens))
        counts.append(f"{held} of {len(tokens)}")
    return f"{counts[0]} numerals accounted for; {counts[1]} Chinese numerals that measure"
