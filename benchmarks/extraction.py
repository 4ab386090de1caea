"""Measure extraction against figures that were written down by hand, and against its targets.

python benchmarks/extraction.py FOLDER [--errors]
python benchmarks/extraction.py REPORT.txt metrics.csv [--errors]

FOLDER holds texts/, gold.csv and not_figures.csv, as tests/extract/passages does; its README
describes the columns. A row of the tool answers a figure if it is on its line or the line beside
it and prints the same numeral. Where the figure and the row leave a cell empty, the cell is not
counted.
"""

import argparse
import csv
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from transfer_cli.extract import rows
from transfer_cli.extract.candidates import extract
from transfer_cli.extract.documents import decode
from transfer_cli.extract.numerals import parse_number
from transfer_cli.extract.text import fold
from transfer_cli.model import periods
from transfer_cli.model.vocabulary import Vocabulary

Row = dict[str, str]
SCALES = {"": 1, "万": 10**4, "亿": 10**8, "万亿": 10**12}
NUMERAL = re.compile(r"\d+(?:\.\d+)?|[零〇一二两三四五六七八九十百千万亿半点]+")
COLUMNS = ("value", "unit", "bound", "period", "province", "place", "status", "part_of")


class Target(NamedTuple):
    """What a rate should be: at least (or, of wrong cells, at most), and what it aims at."""

    least: float
    aim: float


TARGETS = {
    "recall": Target(97, 98),
    "precision": Target(95, 96),
    "value right": Target(98, 99),
    "unit right": Target(99, 99),
    "bound right": Target(99, 99),
    "period right": Target(78, 88),
    "period wrong": Target(6, 4),
    "province right": Target(93, 96),
    "place right": Target(70, 85),
    "place wrong": Target(8, 5),
    "status right": Target(90, 93),
    "part_of right": Target(45, 60),
    "part_of wrong": Target(5, 3),
}


class Score:
    """Counts of figures and cells, and the errors as lines."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.errors: list[str] = []

    def add(self, name: str, gold: Sequence[Row], answers: Sequence[Row]) -> None:
        """Count the figures of one text and the rows that the tool makes of it."""
        pairs = match(gold, answers)
        self.counts["rows"] += len(answers)
        self.counts["found"] += len(pairs)
        by_id = {row["id"]: row["printed"] for row in answers}
        for g, figure in enumerate(gold):
            if g in pairs:
                self._judge(name, figure, answers[pairs[g]], by_id)
            elif "optional" not in figure["note"]:
                self.counts["missed"] += 1
                self._report(name, figure, "missed", "", figure["value"])
        for r, row in enumerate(answers):
            if r not in pairs.values():
                self._report(name, row, "no figure", row["value"], "")

    def _judge(self, name: str, figure: Row, row: Row, by_id: dict[str, str]) -> None:
        for column, cell, right, is_right in verdicts(figure, row, by_id):
            if not cell and "" in right:
                continue
            verdict = "right" if is_right else "wrong" if cell else "empty"
            self.counts[f"{column} {verdict}"] += 1
            if not is_right:
                self._report(name, figure, f"{column} {verdict}", cell, ";".join(right))

    def _report(self, name: str, row: Row, error: str, cell: str, right: str) -> None:
        self.errors.append(
            f"{name}:{row['line']} {row['printed']}: {error}: {cell!r}, not {right!r}"
        )

    def rates(self) -> Iterator[tuple[str, float, int]]:
        """Yield the name of each target, the rate in percent and of how many."""
        figures = self.counts["found"] + self.counts["missed"]
        yield "recall", *_rate(self.counts["found"], figures)
        yield "precision", *_rate(self.counts["found"], self.counts["rows"])
        for name in list(TARGETS)[2:]:
            column = name.split()[0]
            total = sum(
                self.counts[f"{column} {verdict}"] for verdict in ("right", "wrong", "empty")
            )
            yield name, *_rate(self.counts[name], total)


def _rate(part: int, total: int) -> tuple[float, int]:
    return (100 * part / total if total else 100.0), total


def verdicts(
    figure: Row, row: Row, by_id: dict[str, str]
) -> Iterator[tuple[str, str, list[str], bool]]:
    """Yield each column with the cell, the right answers and whether the cell is one of them."""
    base, scale = split_unit(figure["unit"])
    own_base, own_scale = split_unit(row["unit"])
    value, right = Decimal(row["value"]), Decimal(figure["value"])
    same_value = (value * own_scale, own_base) == (right * scale, base) or value == right
    yield "value", row["value"], [figure["value"]], same_value
    same_unit = own_base == base and (own_scale == scale or same_value)
    yield "unit", row["unit"], [figure["unit"]], same_unit
    yield "bound", row["bound"], [figure["bound"]], row["bound"] == figure["bound"]
    answers = figure["period"].split(";")
    is_right = any(same_period(row["period"], answer) for answer in answers)
    yield "period", row["period"], answers, is_right
    province = figure["province"]
    yield "province", row["province"], [province], row["province"] == province
    place = row["place"] + row["place_zh"]
    answers = fold(figure["place"]).split(";")
    yield "place", place, answers, any(answer and answer[:2] in place for answer in answers)
    yield "status", row["status"], [figure["status"]], row["status"] in figure["status"].split("/")
    part = by_id.get(row["part_of"], row["part_of"])
    answers = figure["part_of_printed"].split(";")
    is_right = any(part and answer and numeral(part) == numeral(answer) for answer in answers)
    yield "part_of", part, answers, is_right


def split_unit(unit: str) -> tuple[str, int]:
    """Return a unit without its magnitude, and the magnitude."""
    magnitude = re.match("万亿|亿|万|", unit)
    head = magnitude[0] if magnitude else ""
    return unit[len(head) :], SCALES[head]


def same_period(one: str, other: str) -> bool:
    """Return whether two periods are the same months; a day is in its month."""
    spans = [periods.find(re.sub(r"(\d{4}-\d\d)-\d\d", r"\1", text)) for text in (one, other)]
    first, second = spans
    if first is None or second is None:
        return one == other
    return (first.start, first.end) == (second.start, second.end)


def numeral(printed: str) -> Decimal | str:
    """Return the value of the first number in a printed form: 23.1 of 二十三点一亿元 as well."""
    text = fold(printed).replace(",", "")
    found = NUMERAL.search(text)
    try:
        return parse_number(found[0]) if found else text
    except ValueError:
        return text


def match(gold: Sequence[Row], answers: Sequence[Row]) -> dict[int, int]:
    """Return the row of each figure by index: same numeral, as near as possible, one for one."""
    likely = []
    for g, figure in enumerate(gold):
        for r, row in enumerate(answers):
            distance = abs(int(row["line"]) - int(figure["line"]))
            if distance <= 1 and numeral(row["printed"]) == numeral(figure["printed"]):
                other_form = row["printed"] != figure["printed"]
                other_unit = split_unit(row["unit"])[0] != split_unit(figure["unit"])[0]
                likely.append((distance, other_form, other_unit, g, r))
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for *_, g, r in sorted(likely):
        if g not in pairs and r not in taken:
            pairs[g] = r
            taken.add(r)
    return pairs


def answers_of(path: Path) -> list[Row]:
    """Return the rows that extract makes of a text."""
    extraction = extract(decode(path.read_bytes()), Vocabulary())
    return [dict(row) for row in rows.figures(extraction).frame.to_dict("records")]


def read_rows(path: Path) -> list[Row]:
    """Return the rows of a CSV file."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def score_folder(folder: Path) -> Score:
    """Score every text of a folder of passages."""
    by_text: dict[str, list[Row]] = defaultdict(list)
    for row in read_rows(folder / "gold.csv"):
        by_text[row["text_file"]].append(row)
    score = Score()
    for name, gold in by_text.items():
        score.add(name, gold, answers_of(folder / "texts" / name))
    return score


def score_report(report: Path, metrics: Path) -> Score:
    """Score a report by a table of its figures in the columns of metrics.csv."""
    figures = read_rows(metrics)
    printed = {row["id"]: row["printed"] for row in figures}
    gold = [
        row | {"place": row["place_zh"], "part_of_printed": printed.get(row["part_of"], "")}
        for row in figures
    ]
    score = Score()
    score.add(report.name, gold, answers_of(report))
    return score


def main() -> None:
    """Print each rate beside its targets: at least, and the aim; of wrong cells, at most."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("path", type=Path, metavar="FOLDER|REPORT.txt")
    parser.add_argument("metrics", type=Path, nargs="?", help="the figures of a report")
    parser.add_argument("--errors", action="store_true", help="list every error")
    arguments = parser.parse_args()
    if arguments.metrics:
        score = score_report(arguments.path, arguments.metrics)
    else:
        score = score_folder(arguments.path)
    print(f"{'':16}{'rate':>8}{'of':>7}{'least':>8}{'aim':>6}")
    for name, rate, total in score.rates():
        least, aim = TARGETS[name]
        reached = rate <= least if name.endswith("wrong") else rate >= least
        mark = "" if reached else "  missed"
        print(f"{name:16}{rate:7.1f}%{total:7}{least:7g}%{aim:5g}%{mark}")
    if arguments.errors:
        print(*score.errors, sep="\n")


if __name__ == "__main__":
    main()
