"""``init``: an empty, valid data package; nothing that is there already is touched."""

import json
from pathlib import Path

import pytest

from transfer_cli.model.schema import schemas

FILES = {*(f"{name}.csv" for name in schemas()), "datapackage.json"}


def test_the_files(cli, root):
    done = cli("init", "mine")
    assert (done.code, done.stdout) == (0, "")
    assert {path.name for path in Path("mine").iterdir()} == FILES
    for name in ("metrics", "projects", "omitted"):
        header = ",".join(field.name for field in schemas()[name].fields)
        assert (Path("mine") / f"{name}.csv").read_text("utf-8") == f"{header}\n"
    for name in ("indicators", "units", "industries", "provinces"):
        same = (root / "data" / f"{name}.csv").read_bytes()
        assert (Path("mine") / f"{name}.csv").read_bytes() == same


def test_what_to_type_next(cli):
    told = cli("init", "my tables").stderr
    assert "transfer-cli extract REPORT.txt -o 'my tables/metrics.csv'" in told
    assert "transfer-cli check 'my tables' --report REPORT.txt" in told
    assert cli("init", "quiet", "-q").stderr == ""


def test_it_is_sound(cli):
    cli("init", "mine")
    done = cli("check", "mine")
    assert (done.code, done.csv) == (0, [])
    assert "0 figures, 0 projects: sound" in done.stderr


@pytest.mark.parametrize("name", ["mine", "产业 转移", "a/b/C d", "._"])
def test_frictionless_finds_it_valid(cli, monkeypatch, name):
    frictionless = pytest.importorskip("frictionless")
    assert cli("init", name).code == 0
    monkeypatch.chdir(name)
    report = frictionless.Package("datapackage.json").validate()
    assert report.flatten(["title", "fieldName", "message"]) == []
    assert report.valid


@pytest.mark.parametrize("name", sorted(FILES))
def test_a_file_that_is_there_is_left(cli, name):
    Path("mine").mkdir()
    (Path("mine") / name).write_text("mine")
    done = cli("init", "mine")
    assert (done.code, done.stdout) == (1, "")
    assert name in done.stderr and "Hint: " in done.stderr
    assert [path.name for path in Path("mine").iterdir()] == [name]
    assert (Path("mine") / name).read_text() == "mine"


def test_other_files_do_not_matter(cli):
    Path("mine").mkdir()
    Path("mine/report.txt").write_text("mine")
    assert cli("init", "mine").code == 0
    assert cli("init", "mine").code == 1
    assert Path("mine/report.txt").read_text() == "mine"


def test_where_no_directory_can_be(cli, write):
    write("mine", "taken")
    for name in ("taken", "taken/deeper"):
        done = cli("init", name)
        assert (done.code, done.stdout) == (1, "")
        assert "Error: " in done.stderr
    assert Path("taken").read_text() == "mine"
    assert cli("init").code == 2


def test_it_describes_no_report_but_the_users(cli):
    cli("init", "Report 2025")
    package = json.loads(Path("Report 2025/datapackage.json").read_text("utf-8"))
    assert package["name"] == "report-2025"
    assert "description" not in package
