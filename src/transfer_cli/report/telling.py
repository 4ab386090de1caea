"""What to tell of an extraction: what was found, what was guessed, and what to type next."""

import shlex

from transfer_cli.report.extract import Extraction


def figures(found: Extraction, report: str, path: str, year: int | None) -> list[str]:
    """Return notes on the figures found; ``path`` is where they go, ``year`` what was given."""
    if not found.candidates:
        return [f"no rows: {_why_none(found)}"]
    notes = [f"{_count(len(found.candidates), 'figure')} to correct by hand"]
    if found.year and year is None:
        notes.append(f"今年, this year, is read as {found.year}; --year tells otherwise")
    table, text = shlex.quote(path or "metrics.csv"), shlex.quote(report)
    if report != "-":
        notes.append(f"next: transfer-cli check {table} --report {text}")
    return notes


def omissions(found: Extraction) -> list[str]:
    """Return notes on the numerals left out."""
    if found.omitted:
        return [f"{_count(len(found.omitted), 'numeral')} left out"]
    return ["no rows: no numeral of the report was left out"]


def _why_none(found: Extraction) -> str:
    if not found.omitted:
        return "the report prints no numeral that measures"
    return f"none of {_count(len(found.omitted), 'numeral')} measures; --omitted tells why"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun if number == 1 else noun + 's'}"
