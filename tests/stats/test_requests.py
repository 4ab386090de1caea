"""What cannot be asked of groups, and cells that make no sum: the error and its exit code."""

import re

import pytest

from transfer_cli.stats import statistic

TABLE = "id,province,x,y\na,Gansu,5%,1\nb,Yunnan,3,2\n"


@pytest.mark.parametrize(
    ("options", "code", "message"),
    [
        ("--stat sum --value x", 3, "t.csv: column 'x': 1 of 2 numbers are percentages"),
        ("--stat hhi --value y", 2, "hhi"),
        ("--stat gini --value y --by province --top 1", 2, "gini is one number of all groups"),
        ("--stat hhi --value y --by province --top 1", 2, "hhi is one number of all groups"),
        ("--stat hhi --value y --by province --share", 2, "hhi is one number of all groups"),
        ("--stat mean --value y --by province --share", 2, "--share is of a sum or a count"),
        ("--stat count --value y --share", 2, "--share is of several groups"),
        ("--stat mean --weight province --value y", 3, "'Gansu' is not a number"),
        ("--stat sum --value nothing", 2, "nothing"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("large", ["", "1"])
def test_a_request_that_is_refused(cli, write, monkeypatch, large, options, code, message):
    if large:
        monkeypatch.setenv("TRANSFER_LARGE", large)
    done = cli("aggregate", write(TABLE, "t.csv"), *options.split())
    assert (done.code, done.stdout) == (code, "")
    assert message in done.stderr.splitlines()[0]
    assert "Hint: " in done.stderr


@pytest.mark.parametrize(
    ("word", "kind"),
    [("avg", "mean"), ("average", "mean"), ("total", "sum"), ("n", "count"),
     ("nunique", "distinct"), ("variance", "var"), ("q0.25", "quantile"), ("p90", "quantile")],
)  # fmt: skip
def test_other_words_for_a_statistic(word, kind):
    [one] = statistic.parse([word])
    assert one.kind == kind


def test_a_bound_that_is_none(cli, write):
    write("id,value,unit,bound\na,1,亿元,roughly\n", "t.csv")
    done = cli("calc", "a * 2", "--data", "t.csv")
    assert (done.code, done.stdout) == (3, "")
    assert "t.csv:2: column 'bound': no bound is called 'roughly'" in done.stderr
    assert "Hint: choose from exact, over, at_least, under, at_most, about" in done.stderr
    assert cli("aggregate", "t.csv", "--stat", "sum").stderr == done.stderr
    write("id,value,unit,bound\na,1,亿元,atleast\n", "t.csv")
    done = cli("aggregate", "t.csv", "--stat", "sum")
    assert done.stderr.endswith("Hint: did you mean 'at_least'?\n")


def test_a_value_that_is_no_number(cli, write):
    write("id,value,unit\na,1,亿元\nb,many,亿元\n", "t.csv")
    done = cli("calc", "b * 2", "--data", "t.csv")
    assert (done.code, done.stdout) == (3, "")
    assert "t.csv:3: column 'value': 'many' is not a number" in done.stderr


@pytest.mark.parametrize(
    ("options", "header"),
    [(("--columns", "id,a,b"), "id,\"a,b\""), (("--columns", "a,b,id"), "\"a,b\",id"),
     (("--columns", "a,b", "--columns", "id"), "\"a,b\",id")],
)  # fmt: skip
def test_a_column_whose_name_has_a_comma(cli, write, options, header):
    name = write('id,"a,b"\nx,1\ny,2\n', "t.csv")
    done = cli("filter", name, *options, "--sort", "-a,b")
    assert done.stdout.splitlines()[0] == header
    assert [row["id"] for row in done.csv] == ["y", "x"]


@pytest.mark.parametrize(
    ("table", "line", "answer"),
    [
        # Of cells with a per cent sign, of a table without units, of figures in several units.
        ("x\n5%\n6%\n6%\n", "--value x", ["2"]),
        ("city,x\na,5%\na,6%\nb,7\n", "--value x --by city", ["2", "1"]),
        ("city,value\na,5\na,6\na,5\nb,\n", "--by city", ["2", "0"]),
        ("indicator,value,unit\ntax,5,亿元\ntax,5,万元\njobs,5,个\n", "", ["1", "2"]),
    ],
)  # fmt: skip
def test_different_numbers_of_figures(cli, write, size, table, line, answer):
    done = cli("aggregate", write(table), "--stat", "mean,count,distinct", *line.split())
    assert [row["distinct"] for row in done.csv] == answer, done.stderr


def test_groups_with_most_different_numbers_are_counted_whatever_their_unit(cli, write):
    rows = ("a,Gansu,1,元", "b,Gansu,2,元", "c,Gansu,3,元", "d,Yunnan,1,亿元", "e,Yunnan,2,亿元")
    name = write("\n".join(["id,province,value,unit", *rows]) + "\n", "t.csv")
    done = cli("aggregate", name, "--by", "province", "--stat", "distinct,sum", "--top", "1")
    assert [(row["province"], row["distinct"]) for row in done.csv] == [("Gansu", "3")], done.stderr


def test_titles_of_statistics_are_chinese():
    for kind in (kind for kind in statistic.KINDS.values() if kind.title):
        assert re.fullmatch("[\u4e00-\u9fff]+(（单位²）)?", kind.title_zh), kind.title_zh


@pytest.mark.parametrize("column", ["project", "company"])
@pytest.mark.parametrize("large", ["", "1"])
def test_a_table_of_things_has_no_figure_of_a_whole_province(
    cli, write, monkeypatch, large, column
):
    """Without such a column, the row without a place is of the province, which holds the city."""
    if large:
        monkeypatch.setenv("TRANSFER_LARGE", large)
    rows = "A,Gansu,,tax,2023,10,亿元\nB,Gansu,Jiuquan,tax,2023,4,亿元\n"
    for name, expected in ((column, "14"), ("colour", "10")):
        write(f"{name},province,place,indicator,period,value,unit\n{rows}", "t.csv")
        [row] = cli("aggregate", "t.csv", "--stat", "sum").csv
        assert row["sum"] == expected, name
