"""The period and the status of figures in passages of many kinds, and in the report.

A passage in ``dated`` prints each figure as {printed|period|status}. Several right answers stand
apart with ; and /, and an empty period among them may be left empty.
"""

import csv
import re
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from transfer_cli.extract.candidates import Candidate, extract
from transfer_cli.extract.confidence import SURE
from transfer_cli.model import periods
from transfer_cli.model.vocabulary import Vocabulary

PASSAGES = sorted((Path(__file__).parent / "dated").glob("*.txt"))
FIGURE = re.compile(r"\{([^{}|]*)\|([^{}|]*)\|([^{}|]*)\}")
VOCABULARY = Vocabulary()


def read(path: Path) -> list[tuple[tuple[str, str], Candidate]]:
    """Return the figures of a passage: the right period and status, and what is extracted."""
    annotated = path.read_text("utf-8")
    found = extract(FIGURE.sub(r"\1", annotated), VOCABULARY).candidates
    pairs = []
    for line, text in enumerate(annotated.splitlines(), 1):
        rest = [each for each in found if each.line == line]
        for printed, period, status in FIGURE.findall(text):
            match = next((each for each in rest if each.printed == printed), None)
            if match is not None:
                rest = rest[rest.index(match) + 1 :]
                pairs.append(((period, status), match))
    return pairs


def span(period: str) -> object:
    found = periods.find(period)
    return period if found is None else (found.start, found.end)


def is_right(right: tuple[str, str], found: Candidate) -> bool:
    several = right[0].split(";")
    same = span(found.period) in [span(each) for each in several] or found.period[:7] in several
    return same and found.status in right[1].split("/")


@pytest.mark.parametrize("path", PASSAGES, ids=lambda path: path.stem)
def test_period_and_status(path: Path) -> None:
    pairs = read(path)
    wrong = [(each.line, each.printed, each.period, each.status, right)
             for right, each in pairs if not is_right(right, each)]  # fmt: skip
    assert len(pairs) > 3
    assert len(wrong) <= 0.05 * len(pairs), wrong


def test_a_sure_row_is_right() -> None:
    sure = [pair for path in PASSAGES for pair in read(path) if pair[1].confidence >= SURE]
    assert len(sure) > 20
    assert sum(is_right(*pair) for pair in sure) >= 0.95 * len(sure)


def test_the_report(root: Path) -> None:
    path = root.parent / "shared" / "report.txt"
    if not path.is_file():
        pytest.skip("the report is not beside the repository")
    found = extract(path.read_text("utf-8"), VOCABULARY).candidates
    with (root / "data" / "metrics.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    key = [(int(row["line"]), row["printed"]) for row in rows]
    assert Counter(key) == Counter((each.line, each.printed) for each in found)
    right: Counter[str] = Counter()
    for row in rows:
        at = next(
            each
            for each in found
            if (each.line, each.printed) == (int(row["line"]), row["printed"])
        )
        found.remove(at)
        right["value"] += Decimal(row["value"]) == at.value
        for name in ("unit", "bound", "province", "status", "period"):
            right[name] += row[name] == getattr(at, name)
    for name in ("value", "unit", "bound", "province"):
        assert right[name] == len(rows), name
    assert right["period"] >= 0.96 * len(rows)
    assert right["status"] >= 0.96 * len(rows)
