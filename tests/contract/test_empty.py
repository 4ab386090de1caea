"""An empty result is no failure: a header, a reason, exit 0; exit 1 only with --exit-status."""

import pytest


def test_the_reason_is_noted_and_the_exit_is_0(cli, selecting):
    done = cli(*selecting.run_empty)
    assert done.code == 0
    assert done.csv == []
    assert done.stderr.startswith("Note: no rows")
    assert "Guangdong" in done.stderr


def test_exit_status_makes_it_1(cli, selecting):
    assert cli(*selecting.run_empty, "--exit-status").code == 1
    assert cli(*selecting.run, "--exit-status").code == 0


@pytest.mark.parametrize("form", ["csv", "tsv", "json", "jsonl", "markdown", "html", "latex"])
def test_every_format_has_an_empty_form(cli, selecting, form):
    done = cli(*selecting.run_empty, "-f", form)
    assert (done.code, done.stderr[:5]) == (0, "Note:")
    if form == "json":
        assert done.json == []
    if form == "jsonl":
        assert done.stdout == ""
    if form in ("csv", "tsv"):
        assert done.stdout.count("\n") == 1


def test_the_screen_says_so_too(cli, selecting):
    done = cli(*selecting.run_empty, tty=True)
    assert done.code == 0
    assert "no rows" in done.stderr


def test_exit_status_holds_at_a_terminal(cli, selecting):
    assert cli(*selecting.run_empty, "--exit-status", tty=True).code == 1


def test_quiet_silences_the_reason(cli, selecting):
    assert cli(*selecting.run_empty, "-q").stderr == ""


def test_the_header_stays_the_same(cli, selecting):
    """A reader of the CSV finds the same columns, rows or none."""
    if selecting.name in ("filter", "export"):
        table = [word for word in selecting.some if word == "projects"]
        full = cli(selecting.name, *table).stdout.partition("\n")[0]
        assert cli(selecting.name, *table, "--province", "广东").stdout == f"{full}\n"


@pytest.mark.parametrize("args", [("chart", "tax"), ("compare", "tax"), ("chart", "--coverage")])
@pytest.mark.parametrize("form", ["svg", "vl.json"])
def test_a_picture_of_nothing_is_not_drawn(cli, tmp_path, args, form):
    done = cli(*args, "--province", "广东", "-o", f"x.{form}")
    assert (done.code, done.stdout) == (0, "")
    assert "there is nothing to draw, so no picture is written" in done.stderr
    assert [*tmp_path.iterdir()] == []
    assert cli(*args, "--province", "广东", "-o", f"x.{form}", "--exit-status").code == 1
