"""``export all -o DIR`` writes a valid Data Package, whole or in part."""

import json
from pathlib import Path

import pytest


def valid(directory, monkeypatch):
    frictionless = pytest.importorskip("frictionless")
    with monkeypatch.context() as patch:
        patch.chdir(directory)
        report = frictionless.Package("datapackage.json").validate()
    assert report.flatten(["title", "rowNumber", "fieldName", "message"]) == []


def test_all_is_what_the_repository_holds(cli, root, monkeypatch):
    done = cli("export", "all", "-o", "package")
    assert (done.code, done.stdout) == (0, "")
    for path in (root / "data").glob("*.csv"):
        assert (Path("package") / path.name).read_bytes() == path.read_bytes()
    valid("package", monkeypatch)


@pytest.mark.parametrize("args", [("--province", "云南"), ("--status", "signed"), ("-q",)])
def test_a_part_is_valid_too(cli, monkeypatch, args):
    assert cli("export", "all", "-o", "package", *args).code == 0
    valid("package", monkeypatch)


def test_some_tables(cli, monkeypatch):
    assert cli("export", "metrics", "indicators", "-o", "package").code == 0
    names = {path.name for path in Path("package").iterdir()}
    assert names == {"metrics.csv", "indicators.csv", "datapackage.json"}
    package = json.loads(Path("package/datapackage.json").read_text("utf-8"))
    assert [entry["name"] for entry in package["resources"]] == ["metrics", "indicators"]
    valid("package", monkeypatch)


@pytest.mark.parametrize(
    "args",
    [("all",), ("all", "-o", "-"), ("all", "-o", "package", "-f", "json"), ("metrics", "projcts")],
)
def test_what_a_package_is_not(cli, args):
    done = cli("export", *args)
    assert done.code == 2
    assert done.stderr.startswith("Error: ") and "Hint: " in done.stderr
    assert list(Path().iterdir()) == []


def test_a_file_in_the_way(cli):
    Path("package").write_text("mine")
    done = cli("export", "all", "-o", "package")
    assert done.code in (1, 2)
    assert "package" in done.stderr
    assert Path("package").read_text() == "mine"


def test_an_exported_table_is_read_as_the_built_in_one(cli):
    cli("export", "metrics", "-o", "mine.csv")
    for args in (("compare",), ("aggregate", "--by", "province", "--stat", "count")):
        assert cli(*args, "--json").json == cli(args[0], "mine.csv", *args[1:], "--json").json
