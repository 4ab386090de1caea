"""Measures the extraction of a report against its table of figures.

python benchmarks/extraction.py REPORT.txt metrics.csv [--misses]
"""

import argparse
import csv
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

from transfer_cli.report.extract import Candidate, extract
from transfer_cli.report.text import decode

Row = dict[str, str]
Pair = tuple[Row, Candidate]
CHECKS: dict[str, Callable[[Row, Candidate], bool]] = {
    "value": lambda row, found: Decimal(row["value"]) == found.value,
    "unit": lambda row, found: row["unit"] == found.unit,
    "bound": lambda row, found: row["bound"] == found.bound,
    "period": lambda row, found: row["period"] == found.period,
    "province": lambda row, found: row["province"] == found.province,
    "status": lambda row, found: row["status"] == found.status,
    "place": lambda row, found: row.get("place_zh", "") == found.place_zh,
    "indicator": lambda row, found: row["indicator"] == found.indicator,
    "industry": lambda row, found: row["industry"] == found.industry,
}


def main() -> None:
    """Print recall, precision and the rate of right columns among the figures found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("report", type=Path)
    parser.add_argument("metrics", type=Path)
    parser.add_argument("--misses", action="store_true", help="list what is wrong, row by row")
    arguments = parser.parse_args()
    candidates = extract(decode(arguments.report.read_bytes())).candidates
    with arguments.metrics.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    pairs, missed, spurious = match(rows, candidates)
    print(f"figures   {len(rows)} in the table, {len(candidates)} extracted")
    print(f"recall    {rate(len(pairs), len(rows))}")
    print(f"precision {rate(len(pairs), len(candidates))}")
    for name, check in CHECKS.items():
        print(f"{name:<9} {rate(sum(check(*pair) for pair in pairs), len(pairs))}")
    if arguments.misses:
        list_misses(pairs, missed, spurious)


def match(rows: list[Row], found: list[Candidate]) -> tuple[list[Pair], list[Row], list[Candidate]]:
    """Pair table and extraction by line and printed form, each row with one candidate."""
    rest = list(found)
    pairs, missed = [], []
    for row in rows:
        key = (int(row["line"]), row["printed"])
        twin = next((each for each in rest if (each.line, each.printed) == key), None)
        if twin is None:
            missed.append(row)
        else:
            rest.remove(twin)
            pairs.append((row, twin))
    return pairs, missed, rest


def rate(part: int, whole: int) -> str:
    """A share as a percentage and as a fraction."""
    return f"{100 * part / whole if whole else 0:6.1f} %  ({part} of {whole})"


def list_misses(pairs: list[Pair], missed: list[Row], spurious: list[Candidate]) -> None:
    """Print what is missing, what is too much, and each wrong cell."""
    for row in missed:
        print(f"missed    line {row['line']}: {row['printed']}")
    for each in spurious:
        print(f"spurious  line {each.line}: {each.printed}")
    for name, check in CHECKS.items():
        for row, found in pairs:
            if not check(row, found):
                column = "place_zh" if name == "place" else name
                wrong = getattr(found, column)
                print(f"{name:<9} line {found.line}: {row[column]!r} read as {wrong!r}")


if __name__ == "__main__":
    main()
