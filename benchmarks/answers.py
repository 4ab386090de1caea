"""Compare the answers of two tools.

python benchmarks/answers.py groups|rows REFERENCE OTHER

Answers are CSV, in any order. Groups agree if every number that both print is equal
to 12 significant digits; a sum that the reference refuses is skipped and counted. Rows agree if
all of their cells are equal, numbers by value. Otherwise it prints the difference and exits with
1. It runs as a separate process, so that its memory is not part of what is measured.
"""

import csv
import itertools
import math
import sys
from collections.abc import Iterator
from pathlib import Path

NUMBERS = ("value", "amount", "sum", "mean", "median", "count", "n")
KEYS = ("province", "item", "year", "indicator")
"""The columns that identify a group. The unit follows from the indicator."""
PROVINCES = {"陕西": "Shaanxi", "湖南": "Hunan"}
"""Names in the register, and the English names under which transfer-cli groups them."""
MISSING = ("", "nan", "NaN", "None", "null")

Key = tuple[str, ...]


def read(path: Path) -> Iterator[dict[str, str]]:
    """Yield the rows of an answer as text, empty where missing."""
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def cell(name: str, text: str) -> str:
    """Return a cell in a normal form that is the same for all tools."""
    if text in MISSING:
        return ""
    return repr(float(text)) if name in NUMBERS else text


def rows(reference: Path, other: Path) -> str:
    """Return the first difference between two sets of rows, or an empty text."""
    names = sorted(next(read(reference), {}))
    first, second = (_digest(path, names) for path in (reference, other))
    if first == second:
        return ""
    if first[0] != second[0]:
        return f"{first[0]} rows and {second[0]}"
    for one, two in zip(*(sorted(_normalised(p, names)) for p in (reference, other)), strict=True):
        if one != two:
            return f"{one} and {two}"
    return "hashes"


def _normalised(path: Path, names: list[str]) -> Iterator[Key]:
    for row in read(path):
        yield tuple(cell(name, row.get(name, "")) for name in names)


def _digest(path: Path, names: list[str]) -> tuple[int, int]:
    """Return the number of rows and the sum of their hashes, which does not depend on order."""
    count = total = 0
    for row in _normalised(path, names):
        count += 1
        total = (total + hash(row)) % (1 << 64)
    return count, total


def groups(reference: Path, other: Path) -> str:
    """Return the first difference between two aggregates, or an empty text."""
    head = next(read(other), {})
    keys = tuple(name for name in KEYS if name in head)  # Ours has more columns.
    first, second = _by_key(reference, keys), _by_key(other, keys)
    if first.keys() != second.keys():
        unmatched = sorted(first.keys() ^ second.keys())
        return f"{len(first)} groups and {len(second)}; only in one: {unmatched[:2]}"
    shared = [name for name in NUMBERS if name in head and name in next(iter(first.values()), {})]
    for key, name in itertools.product(first, shared):
        one, two = first[key].get(name, ""), second[key].get(name, "")
        if not _equal(one, two) and not (name == "sum" and not one):
            return f"{name} of {key}: {one} and {two}"
    refused = sum(row.get("sum") == "" for row in first.values())
    print(f"{len(first)} groups, {refused} without a sum", file=sys.stderr)
    return ""


def _by_key(path: Path, keys: tuple[str, ...]) -> dict[Key, dict[str, str]]:
    return {tuple(PROVINCES.get(row[key], row[key]) for key in keys): row for row in read(path)}


def _equal(one: str, two: str) -> bool:
    if one in MISSING or two in MISSING:
        return (one in MISSING) == (two in MISSING)
    return math.isclose(float(one), float(two), rel_tol=1e-11, abs_tol=1e-12)


if __name__ == "__main__":
    kind, *paths = sys.argv[1:]
    difference = {"groups": groups, "rows": rows}[kind](*map(Path, paths))
    sys.exit(difference or 0)
