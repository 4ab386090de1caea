"""The tables are sound: they validate, their keys resolve, and they agree with one another."""

import re
from collections import Counter

import pytest

ID = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)+")
LETTERS = {"Gansu": "gs", "Guizhou": "gz", "Inner Mongolia": "nm", "Yunnan": "yn",
           "Guangxi": "gx", "Sichuan": "sc", "China": "cn"}  # fmt: skip
FIGURES_OF_A_PROJECT = {
    "investment": ("investment", "investment_unit", "investment_bound"),
    "capacity": ("capacity", "capacity_unit", ""),
    "output": ("output", "output_unit", ""),
    "jobs": ("jobs", "", "jobs_bound"),
}


def column(rows, name):
    return [row[name] for row in rows]


def test_the_package_validates(root, monkeypatch):
    frictionless = pytest.importorskip("frictionless")
    monkeypatch.chdir(root / "data")
    report = frictionless.Package("datapackage.json").validate()
    assert report.flatten(["title", "rowNumber", "fieldName", "message"]) == []


@pytest.mark.parametrize("table", ["metrics", "projects"])
def test_ids_are_unique_and_well_formed(tables, table):
    rows = tables[table]
    assert [name for name, count in Counter(column(rows, "id")).items() if count > 1] == []
    assert [row["id"] for row in rows if not ID.fullmatch(row["id"])] == []
    assert [r["id"] for r in rows if r["id"].split("_")[0] != LETTERS[r["province"]]] == []


def each_code(table, name):
    """Return the codes of a column, of which a cell of ``industry`` may hold several."""
    return {code for cell in column(table, name) for code in cell.split(";")}


def test_every_share_names_its_measure(tables):
    codes = set(column(tables["indicators"], "indicator"))
    named = [row for row in tables["indicators"] if row["measure"]]
    assert {row["measure"] for row in named} <= codes
    shares = {row["indicator"] for row in tables["indicators"] if row["kind"] == "share"}
    assert shares <= {row["indicator"] for row in named}
    assert {row["kind"] for row in named} <= {"share", "growth"}


def test_a_stage_that_is_not_printed_is_no_actual_one(tables):
    unprinted = [row for row in tables["metrics"] if "stage not printed" in row["note"]]
    assert len(unprinted) >= 2
    assert {row["status"] for row in unprinted} == {"unspecified"}


def test_every_code_resolves(tables):
    known = {name: set(column(tables[f"{name}s"], name)) for name in ("province", "unit")}
    known["indicator"] = set(column(tables["indicators"], "indicator"))
    known["industry"] = set(column(tables["industries"], "industry")) | {""}
    known["province"] |= {"China"}
    known["part_of"] = set(column(tables["metrics"], "id")) | {""}
    for name, codes in known.items():
        assert each_code(tables["metrics"], name) - codes == set(), name
    for name in ("province", "industry"):
        assert each_code(tables["projects"], name) - known[name] == set(), name
    for name in ("investment_unit", "capacity_unit", "output_unit"):
        assert set(column(tables["projects"], name)) - known["unit"] - {""} == set(), name
    assert set(column(tables["indicators"], "unit")) - known["unit"] - {""} == set()


def test_the_word_lists_and_the_package_agree(root):
    import json

    from transfer_cli.model.codelists import BOUNDS, CATEGORIES, SCOPES, STATUSES

    package = json.loads((root / "data/datapackage.json").read_text("utf-8"))
    fields = {
        (resource["name"], field["name"]): field.get("constraints", {}).get("enum")
        for resource in package["resources"]
        for field in resource["schema"]["fields"]
    }
    assert fields["metrics", "status"] == list(STATUSES)
    assert fields["metrics", "scope"] == list(SCOPES)
    assert fields["metrics", "bound"] == [word for word in BOUNDS if word != "unknown"]
    assert set(fields["indicators", "category"]) == set(CATEGORIES)


def test_no_figure_is_part_of_itself(tables):
    whole = {row["id"]: row["part_of"] for row in tables["metrics"]}
    for start in whole:
        seen = [start]
        while whole[seen[-1]]:
            seen.append(whole[seen[-1]])
            assert len(seen) == len(set(seen)), seen


def test_a_part_measures_what_its_whole_measures(tables):
    from transfer_cli.model.vocabulary import Vocabulary

    parse = Vocabulary().units.parse

    rows = {row["id"]: row for row in tables["metrics"]}
    for row in rows.values():
        if row["part_of"]:
            whole = rows[row["part_of"]]
            assert row["province"] == whole["province"]
            assert parse(row["unit"]).dimension == parse(whole["unit"]).dimension


def test_units_fit_their_indicators(tables):
    from transfer_cli.model.vocabulary import Vocabulary

    vocabulary = Vocabulary()
    parse = vocabulary.units.parse

    for row in tables["metrics"]:
        known = vocabulary.indicators[row["indicator"]]
        assert (
            parse(row["unit"], known.per, known.counts).dimension
            == parse(known.unit, known.per, known.counts).dimension
        ), row["id"]


def test_values_lie_within_their_limits(tables):
    from decimal import Decimal

    from transfer_cli.model.vocabulary import Vocabulary

    indicators = Vocabulary().indicators
    for row in tables["metrics"]:
        known, value = indicators[row["indicator"]], Decimal(row["value"])
        assert known.minimum is None or value >= known.minimum, row["id"]
        assert known.maximum is None or value <= known.maximum, row["id"]


def test_projects_agree_with_metrics(tables):
    """A figure that stands in both tables has one value, one unit and one bound."""
    loose = []
    for project in tables["projects"]:
        near = [m for m in tables["metrics"] if m["id"].startswith(f"{project['id']}_")]
        for value, unit, bound in FIGURES_OF_A_PROJECT.values():
            if project[value]:
                wanted = (project[value], project.get(unit), project.get(bound) or "exact")
                found = [(m["value"], unit and m["unit"], m["bound"]) for m in near]
                if wanted not in [(v, u or None, b) for v, u, b in found]:
                    loose.append((project["id"], value, wanted, found))
    assert loose == []


def test_rows_stand_in_the_order_of_the_report(tables):
    for name in ("metrics", "projects", "omitted"):
        lines = [int(row["line"]) for row in tables[name]]
        assert lines == sorted(lines), name


def test_the_files_are_plain(root):
    for path in (root / "data").glob("*.csv"):
        text = path.read_bytes()
        assert b"\r" not in text and not text.startswith(b"\xef\xbb\xbf")
        assert text.endswith(b"\n") and not text.endswith(b"\n\n")
        assert all(line == line.rstrip() for line in text.decode().splitlines()), path
