"""Registers of projects, and the workbooks that come with them, as a user keeps them."""

import shlex

import pytest

REGISTER = (
    "项目名称,企业,州市,县区,项目阶段,签约日期,投资额（亿元）,计划投产时间\n"
    "一期,甲,昆明市,安宁市,签约,2024/3/5,10,2024年6月\n"
    "一期,甲,昆明市,安宁市,开工,2024/3/5,10,2024年12月\n"
    "二期,乙,曲靖市,宣威市,开工,2023年11月,5,2025年2月\n"
    "三期,乙,曲靖市,宣威市,签约,2023-12-01,7,待定\n"
)
UNITS = "企业名称,州市,产值,产值,职工\n,,2022年,2023年,2023年\n,,万元,万元,人\n"
FIRMS = f"{UNITS}甲,昆明市,12000,13000,300\n乙,曲靖市,8000,,120\n合计,,20000,13000,420\n"


def test_a_project_in_two_stages_is_not_added_twice(cli, write, size):
    table = write(REGISTER)
    done = cli("aggregate", table, "--value", "投资额", "--stat", "sum", "--across", "status")
    assert (done.code, done.stdout) == (1, "")
    assert "签约, 开工 are stages of one whole, 一期" in done.stderr
    by = cli(
        "aggregate", table, "--value", "投资额", "--stat", "sum", "--across", "status",
        "--by", "州市",
    )  # fmt: skip
    assert [(row["州市"], row["sum"]) for row in by.csv] == [("曲靖市", "12")]


def test_nor_in_two_years(cli, write, size):
    table = write("项目,年份,阶段,投资（亿元）\n甲,2022,签约,100\n甲,2023,开工,100\n")
    done = cli("aggregate", table, "--value", "投资", "--stat", "sum", "--across", "status,period")
    assert (done.code, done.stdout) == (1, "")
    assert "are stages of one whole, 甲" in done.stderr


def test_a_project_of_several_rows_is_noted_where_rows_are_counted(cli, write):
    table = write(REGISTER)
    note = "projects of several rows are counted with each: 一期"
    assert note in cli("aggregate", table, "--by", "州市").stderr
    by_stage = ["--by", "项目阶段", "--value", "投资额", "--stat", "sum"]
    assert note not in cli("aggregate", table, *by_stage).stderr


def test_a_comparison_counts_the_rows_in_its_sums_and_names_no_option_that_it_lacks(
    cli, write, size
):
    blank = "".join(f"{name},丙,昆明市,安宁市,,2024/5/1,3,待定\n" for name in ("四期", "五期"))
    table = write(f"{REGISTER}{blank}六期,丁,曲靖市,宣威市,签约,2024/1/1,1,待定\n")
    done = cli("compare", "投资额", table, "--by", "州市", tty=True)
    assert "sums of 5 rows." in done.stdout
    assert "several figures print no stage, so they are not comparable\n" in done.stderr
    assert "--across" not in done.stderr
    drawn = cli("chart", "投资额", table, "--by", "项目阶段", "-f", "table")
    hint = shlex.split(drawn.stderr.partition("Hint: ")[2])
    assert (drawn.code, cli(*hint[1:]).code) == (1, 0)


def test_a_refusal_gives_reasons_and_no_notes(cli, write):
    done = cli(
        "aggregate", write(REGISTER + REGISTER.splitlines()[1] + "\n"), "--value", "投资额",
        "--stat", "sum", "--across", "status",
    )  # fmt: skip
    assert done.code == 1
    assert "no rule compares them" not in done.stderr
    assert "counted each" not in done.stderr


@pytest.mark.parametrize(
    ("where", "names"),
    [
        ('计划投产时间 < "2024年10月"', ["一期"]),
        ('计划投产时间 > "2024-10"', ["一期", "二期"]),
        ('签约日期 <= "2023-12-31"', ["二期", "三期"]),
        ('签约日期 >= "2023年12月"', ["一期", "一期", "三期"]),
        ('签约日期 <= "2023"', ["二期", "三期"]),
    ],
)
def test_dates_are_compared_as_periods(cli, write, size, where, names):
    done = cli("filter", write(REGISTER), "--where", where)
    assert [row["项目名称"] for row in done.csv] == names
    note = "column '计划投产时间': 1 cell is not a period and was not compared: '待定'"
    assert (note in done.stderr) == ("计划投产时间" in where)


@pytest.mark.parametrize(
    ("args", "note"),
    [
        (["--sort", "签约日期"], "签约日期 is sorted as text, not in time"),
        (["--where", "计划投产时间 > 签约日期"], "are compared as text, not in time"),
    ],
)
def test_dates_that_are_text_are_noted(cli, write, size, args, note):
    assert note in cli("filter", write(REGISTER), *args).stderr
    one_way = REGISTER.replace("2024/3/5", "2024-03-05").replace("2023年11月", "2023-11-02")
    one_way = one_way.replace("2024年6月", "2024-06-01").replace("2024年12月", "2024-12-01")
    one_way = one_way.replace("2025年2月", "2025-02-01")
    assert "as text" not in cli("filter", write(one_way), *args).stderr


def test_a_row_of_units_is_of_its_columns(cli, write):
    done = cli("tidy", write(FIRMS), "--province", "云南")
    assert done.code == 0, done.stderr
    found = {(row["indicator"], row["period"], row["value"], row["unit"]) for row in done.csv}
    assert {("output", "2022", "12000", "万元"), ("职工", "2023", "300", "人")} <= found


def test_figures_of_firms_are_not_those_of_their_city(cli, write, size):
    done = cli("tidy", write(FIRMS), "--province", "云南")
    assert {(row["subject"], row["scope"]) for row in done.csv} == {
        ("甲", "company"), ("乙", "company"), ("合计", "company"),
    }  # fmt: skip
    assert "province: Yunnan (--province)" in done.stderr
    total = cli("aggregate", write(done.stdout), "--stat", "sum", "--period", "2022")
    assert [row["sum"] for row in total.csv] == ["20000"]
    assert total.stderr.count("left out, as the total of others") == 1


def test_figures_of_projects_are_those_of_each(cli, write):
    table = write(
        "企业名称,项目名称,2022年投资（亿元）,2023年投资（亿元）\n甲,一期,3,4\n甲,二期,1,2\n"
    )
    done = cli("tidy", table, "--province", "云南")
    assert [(row["subject"], row["scope"], row["value"]) for row in done.csv] == [
        ("一期", "project", "3"), ("一期", "project", "4"),
        ("二期", "project", "1"), ("二期", "project", "2"),
    ]  # fmt: skip
    assert "not read: column 企业名称" in done.stderr
