"""Every Arabic numeral of the report is a figure or is omitted with a reason, never both.

The report itself stands beside the repository where the project is worked on and in CI.
"""

import re
from collections import Counter, defaultdict

import pytest

NUMERAL = re.compile(r"\d+(?:\.\d+)?")


@pytest.fixture(scope="module")
def report(report_path):
    return report_path.read_text("utf-8").splitlines()


def reading(report, line):
    """The text from a line on, spaces removed: a printed form may go on in the next line."""
    return "".join("".join(report[line - 1 : line + 2]).split())


def test_it_has_122_numerals(report):
    assert sum(len(NUMERAL.findall(line)) for line in report) == 122


def test_every_printed_form_begins_on_its_line(report, tables):
    for name, column in (("metrics", "printed"), ("projects", "printed"), ("omitted", "token")):
        for row in tables[name]:
            line = int(row["line"])
            begins = reading(report, line).find(row[column])
            assert 0 <= begins < len("".join(report[line - 1].split())), row


def test_what_is_omitted_has_a_reason(tables):
    assert [row for row in tables["omitted"] if not row["reason"]] == []


def test_every_numeral_is_accounted_for_once(report, tables):
    printed = {
        (line, token): count
        for line, text in enumerate(report, 1)
        for token, count in Counter(NUMERAL.findall(text)).items()
    }
    recorded: dict[tuple[int, str], int] = defaultdict(int)
    for row in tables["metrics"]:
        for token in NUMERAL.findall(row["printed"]):
            recorded[int(row["line"]), token] += 1
    for row in tables["omitted"]:
        for token in NUMERAL.findall(row["token"]):
            recorded[int(row["line"]), token] += 1
    assert {place: n for place, n in recorded.items() if printed.get(place) != n} == {}
    assert {place: n for place, n in printed.items() if recorded.get(place) != n} == {}


def test_the_value_is_the_numeral_printed(tables):
    """14.37 is printed 14.37; Chinese numerals are in digits and are not checked here."""
    for row in tables["metrics"]:
        tokens = NUMERAL.findall(row["printed"])
        assert not tokens or row["value"] in tokens, row["id"]


def test_no_sentence_of_the_report_is_carried_over(report, tables):
    """Names carry over, sentences do not: no cell holds a long run of the report's prose."""
    text = "".join("".join(line.split()) for line in report)
    for name in ("metrics", "projects", "omitted"):
        for row in tables[name]:
            for column, cell in row.items():
                assert not (len(cell) > 40 and cell in text), (name, column, cell)
                assert "。" not in cell, (name, column, cell)
                for clause in re.split("[；，]", cell) if column == "note_zh" else [cell]:
                    assert "；" not in clause, (name, column, cell)
                    assert column != "note_zh" or len(clause) < 8 or clause not in text, clause
