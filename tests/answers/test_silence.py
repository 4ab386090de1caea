"""What a table prints nothing of is judged on all of it; what is not selected is said as such."""

import pytest

HEAD = "id,province,scope,indicator,status,period,value,unit\n"
ROWS = "a,Yunnan,province,tax,actual,2023,5,亿元\nb,Gansu,province,tax,actual,2023,1,亿元\n"
SIX = ["Gansu", "Guizhou", "Inner Mongolia", "Yunnan", "Guangxi", "Sichuan"]


@pytest.mark.parametrize(
    "selection",
    [
        ("--min", "2000亿元"),
        ("--period", "2023"),
        ("--search", "Inner Mongolia"),
        ("--where", "value > 2000"),
        ("--status", "completed"),
    ],
    ids=" ".join,
)
def test_a_selection_is_no_silence(cli, selection):
    """Four of the provinces that are not selected do print investment."""
    screen = cli("compare", "investment", *selection, tty=True, columns=120).stdout
    assert "Nothing printed for: Yunnan." in screen
    [line] = [line for line in screen.splitlines() if line.startswith("Nothing in this selection")]
    assert "Guizhou" in line and "Yunnan" not in line
    notes = cli("aggregate", "--category", "investment", *selection, "--stat", "max").stderr
    assert "Note: nothing is printed for Yunnan, which is not zero\n" in notes
    assert "Note: nothing in this selection for " in notes


def test_a_dash_is_read_as_what_it_is(cli):
    assert "— not printed\n" in cli("compare", "investment", tty=True).stdout
    assert "— not printed\n" in cli("compare", "investment", "--status", "signed", tty=True).stdout
    limited = cli("compare", "investment", "--min", "2000亿元", tty=True).stdout
    assert "— not printed, or not in this selection\n" in limited


def test_a_province_left_out_by_a_condition_gets_no_column(cli):
    screen = cli("compare", "investment", "--where", "province != 'Yunnan'", tty=True).stdout
    assert "Yunnan" not in screen


@pytest.mark.parametrize("command", ["compare tax", "filter --category tax",
                                     "aggregate --category tax --stat sum"])  # fmt: skip
def test_what_is_not_printed_of_a_province_is_said(cli, command):
    notes = cli(*command.split(), "--province", "GZ").stderr
    assert "Note: the report prints no tax figure for Guizhou, which is not zero\n" in notes


def test_what_there_is_instead(cli):
    notes = cli("filter", "--province", "GZ", "--status", "signed").stderr
    assert "without status signed there is: " in notes
    assert "252.67 CNY 100m (investment, negotiating)" in notes and "84 (projects" in notes
    assert "enterprises" not in notes


def test_a_table_of_ones_own_is_named(cli, write, size):
    name = write(HEAD + ROWS, "t.csv")
    notes = cli("compare", name, "tax", "--province", "Gansu,Yunnan", "--min", "9亿元").stderr
    assert "which is not zero" not in notes
    notes = cli("filter", name, "--province", "Gansu", "--period", "2022", "--category", "tax")
    assert "without period 2022 there is: 1 CNY 100m (tax, actual, 2023)" in notes.stderr


def test_a_category_that_a_province_prints_nothing_of_is_named_once(cli):
    screen = cli("compare", "all", tty=True, columns=80).stdout
    assert "Nothing printed on investment for: Yunnan.\n" in screen
    assert screen.count("Nothing printed on platforms") == 1
    blocks = screen.partition("\n¹ ")[0].split("─\n")
    for line in blocks[1].splitlines():
        assert line.split().count("—") < 5, line
    assert screen.count("\n") < 360


def test_a_refusal_keeps_to_the_selection(cli):
    done = cli("compare", "investment", "--status", "signed", "--rank", "--min", "1亿元")
    assert done.code == 1
    assert "only Guangxi has it in this selection" in done.stderr
    assert "silence is not zero" not in done.stderr
