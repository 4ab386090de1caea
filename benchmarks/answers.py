"""Tells whether two tools gave the same answer.

python benchmarks/answers.py groups|rows REFERENCE OTHER

Answers are CSV or JSON lines, in any order. Groups agree when every number that both print does,
to 12 significant digits; a sum that the reference refuses is passed over and counted. Rows agree
when each of their cells does, numbers by value. Exits 1 and says what differs otherwise. It runs
as a process of its own, so that what it reads does not weigh on what is measured.
"""

import csv
import itertools
import json
import math
import sys
from collections.abc import Iterator
from pathlib import Path

NUMBERS = ("value", "sum", "mean", "median", "count", "n")
KEYS = ("province", "indicator", "status", "scope", "period")
"""What names a group. The unit follows from the indicator; a group without a number prints none."""
MISSING = ("", "nan", "NaN", "None", "null")

Key = tuple[str, ...]


def read(path: Path) -> Iterator[dict[str, str]]:
    """Yield the rows of an answer as text, empty where missing."""
    with path.open(encoding="utf-8", newline="") as file:
        first = file.read(1)
        file.seek(0)
        if first == "{":
            for line in file:
                yield {name: _text(cell) for name, cell in json.loads(line).items()}
        else:
            yield from csv.DictReader(file)


def _text(cell: object) -> str:
    return "" if cell is None else str(cell)


def cell(name: str, text: str) -> str:
    """Return a cell in the one spelling that all tools' spellings come to."""
    if text in MISSING:
        return ""
    return repr(float(text)) if name in NUMBERS else text


def rows(reference: Path, other: Path) -> str:
    """Return what differs between two sets of rows; empty if nothing does."""
    names = sorted(next(read(reference), {}))
    ours, theirs = (_digest(path, names) for path in (reference, other))
    if ours == theirs:
        return ""
    if ours[0] != theirs[0]:
        return f"{ours[0]} rows and {theirs[0]}"
    for mine, its in zip(*(sorted(_spelled(p, names)) for p in (reference, other)), strict=True):
        if mine != its:
            return f"{mine} and {its}"
    return "hashes"


def _spelled(path: Path, names: list[str]) -> Iterator[Key]:
    for row in read(path):
        yield tuple(cell(name, row.get(name, "")) for name in names)


def _digest(path: Path, names: list[str]) -> tuple[int, int]:
    """Return the number of rows and a sum of their hashes, which no order changes."""
    count = total = 0
    for row in _spelled(path, names):
        count += 1
        total = (total + hash(row)) % (1 << 64)
    return count, total


def groups(reference: Path, other: Path) -> str:
    """Return what differs between two aggregates; empty if nothing does."""
    head = next(read(other), {})
    keys = tuple(name for name in KEYS if name in head)
    ours, theirs = _by_key(reference, keys), _by_key(other, keys)
    if ours.keys() != theirs.keys():
        apart = sorted(ours.keys() ^ theirs.keys())
        return f"{len(ours)} groups and {len(theirs)}; only in one: {apart[:2]}"
    shared = [name for name in NUMBERS if name in head and name in next(iter(ours.values()), {})]
    for key, name in itertools.product(ours, shared):
        mine, its = ours[key].get(name, ""), theirs[key].get(name, "")
        if not _same(mine, its) and not (name == "sum" and not mine):
            return f"{name} of {key}: {mine} and {its}"
    refused = sum(not row.get("sum") for row in ours.values())
    print(f"{len(ours)} groups, {refused} without a sum", file=sys.stderr)
    return ""


def _by_key(path: Path, keys: tuple[str, ...]) -> dict[Key, dict[str, str]]:
    return {tuple(row[key] for key in keys): row for row in read(path)}


def _same(mine: str, its: str) -> bool:
    if mine in MISSING or its in MISSING:
        return (mine in MISSING) == (its in MISSING)
    return math.isclose(float(mine), float(its), rel_tol=1e-11, abs_tol=1e-12)


if __name__ == "__main__":
    kind, *paths = sys.argv[1:]
    differs = {"groups": groups, "rows": rows}[kind](*map(Path, paths))
    sys.exit(differs or 0)
