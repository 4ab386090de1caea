"""What the headings of a table say of its numbers: units that differ, averages, rates, totals."""

import pytest

BUDGET = """\
省份,年份,收入（亿元）,支出（万元）
云南,2023,2149,67300000
四川,2023,5529,12740000
"""


@pytest.mark.parametrize("large", [False, True])
def test_conditions_compare_columns_in_one_unit(cli, tmp_path, monkeypatch, large):
    (tmp_path / "budget.csv").write_text(BUDGET, "utf-8")
    if large:
        monkeypatch.setenv("TRANSFER_LARGE", "1")

    def found(condition):
        return [row["省份"] for row in cli("filter", "budget.csv", "--where", condition).csv]

    assert found("支出 > 收入") == ["云南"]
    assert found("支出 / 收入 > 3") == ["云南"]
    assert found("收入 - 支出 > 4000") == ["四川"]
    assert found("支出 > 20000000") == ["云南"]


def test_footnotes_name_what_was_printed_in_another_unit(cli):
    done = cli("compare", "investment", "--unit", "bn yuan", tty=True, columns=200)
    assert "(630亿元, line 369)" in done.stdout
    assert "(1300亿元, line 342)" in done.stdout
    assert "亿元" not in cli("compare", "investment", tty=True, columns=200).stdout


def test_rows_without_a_number_are_named(cli, tmp_path):
    (tmp_path / "own.csv").write_text("省份,城市,年份,投资\n四川,成都,2023,\n四川,宜宾,2023,5\n")
    done = cli("aggregate", "own.csv", "--value", "投资", "--by", "省份", "--stat", "sum")
    assert [(row["n"], row["sum"]) for row in done.csv] == [("1", "5")]
    assert "Note: 1 row has no 投资, which is not zero\n" in done.stderr


def test_equal_rows_are_named(cli, tmp_path):
    (tmp_path / "own.csv").write_text("省份,年份,投资\n四川,2023,5\n四川,2023,5\n")
    done = cli("aggregate", "own.csv", "--value", "投资", "--stat", "sum")
    assert "counted each: own.csv:2 and own.csv:3" in done.stderr


def test_names_of_indicators_are_joined_by_commas(cli):
    one, two = cli("compare", "tax,jobs"), cli("compare", "tax", "jobs")
    assert (one.code, one.stdout) == (0, two.stdout)


def test_a_table_without_a_column_to_spread_says_so(cli, tmp_path):
    (tmp_path / "own.csv").write_text("indicator,value,unit\ntax,3,亿元\n")
    done = cli("compare", "tax", "--data", "own.csv")
    assert done.code == 2
    assert "Error: own.csv has no column 'province'\n" in done.stderr
    assert "Hint: transfer-cli describe --what columns --data=own.csv\n" in done.stderr


def test_a_chart_explains_only_what_it_draws(cli):
    done = cli("chart", "--by", "status", tty=True)
    assert "over" not in done.stdout
    assert "not printed" not in done.stdout
    assert "3 of 97 figures" in done.stdout


def test_one_blank_line_stands_before_the_source(cli, tmp_path):
    (tmp_path / "own.csv").write_text("省份,年份,产值\n云南,2022,120\n云南,2023,150\n")
    done = cli("compare", "own.csv", "--by", "年份", "--growth", tty=True)
    assert "\n\n\n" not in done.stdout


def test_the_hint_for_a_missing_value_names_a_column_that_adds(cli, tmp_path):
    (tmp_path / "own.csv").write_text(
        "省份,年份,增速（%）,产值（亿元）\n云南,2023,5,120\n", "utf-8"
    )
    done = cli("aggregate", "own.csv", "--by", "省份", "--stat", "sum")
    assert done.code == 2
    assert done.stderr.endswith("--by '省份' --stat sum --value '产值（亿元）'\n")


def test_a_table_that_only_has_the_name_of_a_look_up_is_none(cli, tmp_path):
    (tmp_path / "own.csv").write_text("省份,产值（亿元）\n云南,1\n", "utf-8")
    (tmp_path / "units.csv").write_text("省份,数值\n云南,1\n", "utf-8")
    done = cli("aggregate", "own.csv", "--value", "产值", "--stat", "sum")
    assert done.stdout == "unit,n,left_out,sum\n亿元,1,0,1\n"


@pytest.mark.parametrize("unit", ["户", "CNY 10k t", "crates"])
def test_a_unit_that_no_look_up_has_is_kept(cli, write, unit):
    name = write(f"id,indicator,province,value,unit\na,own,Gansu,7,{unit}\n", "t.csv")
    [row] = cli("calc", "a * 2", "--data", name).csv
    assert (row["value"], row["unit"]) == ("14", unit)
