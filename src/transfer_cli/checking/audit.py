"""Holds tables against the report they were made from: every row, and every numeral."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from transfer_cli import digits
from transfer_cli.checking.columns import number
from transfer_cli.checking.finding import Finding
from transfer_cli.checking.grounds import Claim, Grounds, bare, is_arabic
from transfer_cli.checking.measured import unit_of
from transfer_cli.checking.reading import Row, TableFile
from transfer_cli.report import status
from transfer_cli.report.audit import Span, Token
from transfer_cli.report.quantity import Quantity
from transfer_cli.report.text import Source
from transfer_cli.report.words import Surroundings

BY_HAND = "read by hand"
"""What a figure says in its note where a person read the report better than the grammar did."""
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
    by_hand = [row for t in tables if t.kind == "metrics" for row in t.whole if _by_hand(row)]
    if by_hand:
        notes.append(f"read by hand, and not checked: {', '.join(r.get('id') for r in by_hand)}")


def _rows(table: TableFile, grounds: Grounds) -> Iterator[Finding]:
    column = _FORMS[table.kind]
    for row in table.whole:
        line, form = row.get("line"), row.get(column)
        if not (line.isascii() and line.isdigit() and len(line) < 10 and form.strip()):
            continue
        found = grounds.claim(int(line), form, f"{table.name}:{row.line}")
        if isinstance(found, Span):
            if table.kind == "metrics":
                yield from _agrees(table, row, grounds.read(found), grounds.source)
        else:
            yield table.at(row, *_groundless(row, column, found, grounds))


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


def _by_hand(row: Row) -> bool:
    return BY_HAND in row.get("note")


def _agrees(table: TableFile, row: Row, read: Quantity | None, source: Source) -> Iterator[Finding]:
    """Hold the value, the unit and the bound of a row against what is read where it stands."""
    if _by_hand(row):
        return
    if read is None:
        told = f"{row.get('printed')!r} is read as no quantity there"
        fix = f"move it to omitted.csv; if it is a figure, say {BY_HAND!r} in the note"
        yield table.at(row, "printed", told, fix)
        return
    if bare(row.get("printed")) != bare(read.printed):
        told = f"the report prints {read.printed!r} there, not {row.get('printed')!r}"
        yield table.at(row, "printed", told, f"write {read.printed!r}")
    prints = {
        "value": (str(read.value), _same_value(row, read, source)),
        "unit": (read.unit, _same_unit(row, read)),
        "bound": (read.bound, row.get("bound") == read.bound),
    }
    for column, (word, same) in prints.items():
        if row.get(column) and not same:
            told = f"{row.get(column)!r}, where {_told(read)} is printed"
            yield table.at(row, column, told, f"write {word!r}")


def _told(read: Quantity) -> str:
    bound = "" if read.bound == "exact" else f"{read.bound} "
    return f"{bound}{digits.machine(Fraction(read.value))} {read.unit}".rstrip()


def _same_value(row: Row, read: Quantity, source: Source) -> bool:
    """Whether the numbers are one; a decrease may be told as a negative number."""
    value = number(row.get("value"))
    if value is None or value == read.value:
        return True
    around = Surroundings.of(source.text, read.start, read.end)
    return value == -read.value and status.declines(around)


def _same_unit(row: Row, read: Quantity) -> bool:
    """Whether the units are one, when the indicator or the row says per what time."""
    name = row.get("unit")
    if name == read.unit or name.partition("/")[0] == read.unit:
        return True
    one, other = unit_of(row, name), unit_of(row, read.unit)
    if one is None or other is None:
        return False
    return (one.dimension, one.factor) == (other.dimension, other.factor)


def _unclaimed(token: Token, grounds: Grounds) -> tuple[str, str]:
    read = grounds.read(Span(token.start, token.end))
    omit = f"add {token.line},{token.printed},REASON to omitted.csv"
    told = f"{token.printed!r} is in neither metrics nor omitted"
    if read is None:
        return told, omit
    return told, f"add {_told(read)} (printed {read.printed!r}) to metrics.csv, or {omit}"


def _coverage(grounds: Grounds) -> str:
    counts = []
    for arabic in (True, False):
        tokens = [token for token in grounds.tokens if is_arabic(token) == arabic]
        held = sum(map(grounds.holds, tokens))
        counts.append(f"{held} of {len(tokens)}")
    return f"{counts[0]} numerals accounted for; {counts[1]} Chinese numerals that measure"
