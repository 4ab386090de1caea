"""Measure the extraction of a report against its table of figures.

python benchmarks/extraction.py REPORT.txt metrics.csv [--errors]
"""

import argparse
import csv
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

from transfer_cli.extract.candidates import Candidate, extract
from transfer_cli.extract.text import decode
from transfer_cli.model.vocabulary import Vocabulary

Row = dict[str, str]
Pair = tuple[Row, Candidate]
IS_RIGHT: dict[str, Callable[[Row, Candidate], bool]] = {
    "value": lambda row, candidate: Decimal(row["value"]) == candidate.value,
    "unit": lambda row, candidate: row["unit"] == candidate.unit,
    "bound": lambda row, candidate: row["bound"] == candidate.bound,
    "period": lambda row, candidate: row["period"] == candidate.period,
    "province": lambda row, candidate: row["province"] == candidate.province,
    "status": lambda row, candidate: row["status"] == candidate.status,
    "place": lambda row, candidate: row.get("place_zh", "") == candidate.place_zh,
    "indicator": lambda row, candidate: row["indicator"] == candidate.indicator,
    "industry": lambda row, candidate: row["industry"] == candidate.industry,
}


def main() -> None:
    """Print recall and precision of the figures, and the share of right cells in each column."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("report", type=Path)
    parser.add_argument("metrics", type=Path)
    parser.add_argument("--errors", action="store_true", help="list every error")
    arguments = parser.parse_args()
    candidates = extract(decode(arguments.report.read_bytes()), Vocabulary()).candidates
    with arguments.metrics.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    pairs, missing, spurious = match(rows, candidates)
    print(f"figures   {len(rows)} in the table, {len(candidates)} extracted")
    print(f"recall    {rate(len(pairs), len(rows))}")
    print(f"precision {rate(len(pairs), len(candidates))}")
    for name, is_right in IS_RIGHT.items():
        print(f"{name:<9} {rate(sum(is_right(*pair) for pair in pairs), len(pairs))}")
    if arguments.errors:
        print_errors(pairs, missing, spurious)


def match(
    rows: list[Row], candidates: list[Candidate]
) -> tuple[list[Pair], list[Row], list[Candidate]]:
    """Pair rows with candidates of the same line and printed form, one with one.

    Returns the pairs, the rows without a candidate, and the candidates without a row.
    """
    rest = list(candidates)
    pairs, missing = [], []
    for row in rows:
        key = (int(row["line"]), row["printed"])
        candidate = next((each for each in rest if (each.line, each.printed) == key), None)
        if candidate is None:
            missing.append(row)
        else:
            rest.remove(candidate)
            pairs.append((row, candidate))
    return pairs, missing, rest


def rate(part: int, total: int) -> str:
    """Return a share as a percentage and as a fraction."""
    return f"{100 * part / total if total else 0:6.1f} %  ({part} of {total})"


def print_errors(pairs: list[Pair], missing: list[Row], spurious: list[Candidate]) -> None:
    """Print the missing rows, the spurious candidates and each wrong cell."""
    for row in missing:
        print(f"missing   line {row['line']}: {row['printed']}")
    for candidate in spurious:
        print(f"spurious  line {candidate.line}: {candidate.printed}")
    for name, is_right in IS_RIGHT.items():
        for row, candidate in pairs:
            if not is_right(row, candidate):
                column = "place_zh" if name == "place" else name
                wrong = getattr(candidate, column)
                print(f"{name:<9} line {candidate.line}: {row[column]!r} read as {wrong!r}")


if __name__ == "__main__":
    main()
