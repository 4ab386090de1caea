"""A word that does not exist: exit 2, ``Error:``, and a ``Hint:`` with something to type."""

import re

import pytest

SLIPS = {
    "province": ("--province", "Yunan", "Yunnan"),
    "province, Chinese": ("--province", "云楠", "云南"),
    "category": ("--category", "invesment", "investment"),
    "status": ("--status", "singed", "signed"),
    "scope": ("--scope", "provinc", "province"),
    "format": ("--format", "jsno", "json"),
}


def check(done, *words):
    assert done.code == 2
    assert done.stdout == ""
    lines = done.stderr.splitlines()
    assert [line.partition(" ")[0] for line in lines[-2:]] == ["Error:", "Hint:"]
    assert "Traceback" not in done.stderr
    for word in words:
        assert word in done.stderr


@pytest.mark.parametrize(("option", "typed", "meant"), SLIPS.values(), ids=SLIPS)
def test_did_you_mean(cli, selecting, option, typed, meant):
    done = cli(*selecting.run, option, typed)
    check(done, repr(typed))
    assert "did you mean" in done.stderr
    assert meant in done.stderr.rpartition("Hint:")[2]


@pytest.mark.parametrize("option", ["--indicator", "--industry"])
def test_did_you_mean_among_labels(cli, selecting, option):
    meant = {"--indicator": "investment", "--industry": "photovoltaics"}[option]
    check(cli(*selecting.run, option, meant[:-2] + "xs"), meant)


@pytest.mark.parametrize(
    ("option", "typed"),
    [
        ("--province", "Atlantis"),
        ("--period", "soon"),
        ("--period", "2024-13"),
        ("--min", "lots"),
        ("--min", "1 furlong"),
        ("--lang", "fr"),
        ("--color", "maybe"),
        ("--format", "docx"),
        ("--where", "value >"),
        ("--where", "valeu > 1"),
        ("--nonsense", "1"),
    ],
)
def test_nothing_is_near(cli, selecting, option, typed):
    check(cli(*selecting.run, option, typed))


@pytest.mark.parametrize(
    ("args", "option"),
    [
        (("filter", "Yunnan"), "--province Yunnan"),
        (("aggregate", "tax", "--by", "province"), "--category tax"),
        (("describe", "photovoltaics"), "--industry photovoltaics"),
        (("export", "signed"), "--status signed"),
        (("compare", "Sichuan", "--by", "status"), "--province Sichuan"),
        (("chart", "Sichuan"), "--province Sichuan"),
    ],
)
def test_a_bare_word_may_be_meant_as_a_filter(cli, args, option):
    done = cli(*args)
    check(done, repr(args[1]))
    command = done.stderr.partition("Hint: transfer-cli ")[2].split()
    assert " ".join(command) == " ".join((args[0], *args[2:], option))
    assert cli(*command).code == 0


def test_a_table_without_figures_has_no_coverage(cli):
    done = cli("describe", "projects", "--what", "coverage")
    check(done, "projects has no figures")
    assert done.stderr.splitlines()[-1] == "Hint: transfer-cli describe projects --what columns"


def test_a_directory_is_no_table(cli, tmp_path):
    (tmp_path / "in it").mkdir()
    done = cli("filter", "in it")
    assert (done.code, done.stdout) == (3, "")
    assert done.stderr.splitlines()[-1] == "Hint: name the files in it: 'in it/*.csv'"


def test_no_table_of_that_name(cli, selecting):
    name = [selecting.name, "metrcs"]
    if selecting.name in ("compare", "chart"):
        pytest.skip("they take indicators where others take a table")
    check(cli(*name), "metrics")


def test_a_missing_file_is_missing_data(cli, selecting):
    args = [word for word in selecting.some if word != "projects"]
    done = cli(selecting.name, "nowhere.csv", *args)
    assert done.code in (2, 3)
    assert "nowhere.csv" in done.stderr or "several tables" in done.stderr
    assert cli(selecting.name, "nowhere.csv").code == 3


def test_a_column_that_is_not_there(cli):
    for args in (
        ("filter", "--columns", "indicatr"),
        ("filter", "--sort", "indicatr"),
        ("filter", "--sort", "-indicatr"),
        ("filter", "--where", "indicatr == 'tax'"),
        ("aggregate", "--by", "indicatr"),
        ("aggregate", "--stat", "sum", "--value", "indicatr"),
        ("export", "--columns", "indicatr"),
    ):
        check(cli(*args), "indicator")


@pytest.mark.parametrize(
    "args",
    [
        ("filter", "--columns", "categry"),
        ("filter", "--sort", "-categry"),
        ("filter", "--where", "categry == 'tax'"),
        ("export", "--columns", "categry"),
        ("aggregate", "--by", "categry"),
        ("values", "categry"),
    ],
)
def test_a_derived_column_is_suggested_at_any_size(cli, monkeypatch, args):
    small = cli(*args)
    check(small, "did you mean 'category'?")
    monkeypatch.setenv("TRANSFER_LARGE", "1")
    assert cli(*args) == small


def test_a_derived_column_is_not_suggested_without_its_base(cli):
    hint = cli("filter", "projects", "--columns", "categry").stderr.partition("Hint: ")[2]
    assert "region" in hint and "category" not in hint


def test_the_hints_name_commands_that_exist(cli, selecting):
    """A hint with a command of ours is one that can be typed."""
    from transfer_cli.cli import COMMANDS

    for option in ("--province", "--indicator", "--industry"):
        hint = cli(*selecting.run, option, "zzzzzz").stderr.partition("Hint: ")[2]
        for command in re.findall(r"transfer-cli (\w+)", hint):
            assert command in COMMANDS


def test_a_column_may_be_named_twice(cli):
    done = cli("filter", "--columns", "id,id", "--limit", "2")
    assert "Traceback" not in done.stderr
    assert done.code in (0, 2)
