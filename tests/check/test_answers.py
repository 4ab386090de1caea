"""How findings are told: to people, to pipes, to CI."""

import json
from pathlib import Path

import pytest


@pytest.fixture
def broken(write, metrics_text):
    rows = ({"id": "gs_tax_1", "value": "lots"}, {"id": "gs_tax_2", "part_of": "gs_tax_3"})
    return write(metrics_text(*rows), "metrics.csv")


def test_json_for_ci(cli, broken):
    done = cli("check", broken, "--json")
    first, _ = json.loads(done.stdout)
    assert done.code == 3
    assert first == {
        "file": "metrics.csv", "line": 2, "column": "value", "problem": "'lots' is not a number",
        "fix": "write plain digits: 1300, 14.37",
    }  # fmt: skip
    assert done.stderr == "Note: 2 figures: 2 findings\n"


def test_json_of_what_is_sound_is_an_empty_array(cli):
    assert json.loads(cli("check", "--json").stdout) == []


def test_a_line_for_each_at_a_terminal(cli, broken):
    done = cli("check", broken, tty=True, columns=100)
    first, second = done.stdout.splitlines()
    told = "metrics.csv:2: value: 'lots' is not a number  → write plain digits: 1300, 14.37"
    assert (done.code, first) == (3, told)
    assert second.startswith("metrics.csv:3: part_of: there is no figure 'gs_tax_3'  → did you")


@pytest.mark.parametrize("columns", [40, 60, 80])
def test_it_fits_the_screen(cli, broken, columns):
    lines = cli("check", broken, tty=True, columns=columns).stdout.splitlines()
    assert max(map(len, lines)) <= columns
    assert any(line.startswith("  → ") for line in lines)


def test_nothing_acts_on_the_terminal(cli, write, metrics_text):
    name = write(metrics_text({"province": "\x1b[31mGansu"}), "metrics.csv")
    assert "\x1b" not in cli("check", name, tty=True).stdout
    assert "\x1b[1m" in cli("check", name, "--color", "always", tty=True).stdout


def test_a_spreadsheet_runs_nothing(cli, write, metrics_text):
    name = write(metrics_text({}).replace("note", "=cmd()"), "metrics.csv")
    assert ",'=cmd()," in cli("check", name).stdout


def test_the_exit_code_stays_with_a_file(cli, broken):
    assert cli("check", broken, "-o", "findings.json").code == 3
    assert len(json.loads(Path("findings.json").read_text("utf-8"))) == 2


def test_quiet_and_exit_status(cli, broken):
    assert cli("check", broken, "-q").stderr == ""
    assert cli("check", "-q").stderr == ""
    assert cli("check", broken, "--exit-status").code == 3


@pytest.mark.parametrize("form", ["csv", "tsv", "json", "jsonl", "markdown", "html", "latex"])
def test_every_format(cli, broken, form):
    assert "lots" in cli("check", broken, "-f", form).stdout
    assert cli("check", "-f", form).code == 0
