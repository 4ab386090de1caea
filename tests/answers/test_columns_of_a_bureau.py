"""Tables of a statistics bureau: units in a column, totals among firms, missing cells, the rest."""

import shlex

import pytest

MIXED = "省份,年份,产值,单位\n云南,2023,150,亿元\n云南,2023,12000,万元\n四川,2023,310,亿元\n"
FIRMS = (
    "企业名称,地区,2022年产值,2023年产值\n甲,昆明,120,150\n乙,曲靖,80,\n丙,昆明,5,7\n"
    "小计,,205,157\n合计,,205,157\n"
)
SECTORS = (
    "Province,Sector,Year,Output (CNY 100m),Employees\n"
    "Yunnan,Aluminium,2022,820,12000\nYunnan,Aluminium,2023,1000,13500\n"
    "Sichuan,Aluminium,2022,300,5000\nSichuan,Aluminium,2023,290,\n"
    "Guizhou,Aluminium,2023,,3000\n"
    "Yunnan,Batteries,2022,150,4100\nYunnan,Batteries,2023,240,6000\n"
)


def pasted(cli, done):
    """Run the command of a hint."""
    hint = done.stderr.partition("Hint: ")[2].strip()
    return cli(*shlex.split(hint)[1:])


@pytest.mark.parametrize("stat", ["sum", "mean", "max"])
def test_numbers_in_several_units_are_not_combined_as_if_in_one(cli, write, size, stat):
    table = write(MIXED)
    done = cli("aggregate", table, "--by", "省份", "--value", "产值", "--stat", stat)
    assert (done.code, done.stdout) == (1, "")
    assert "'产值' may be in several units: CNY 10k, CNY 100m (column '单位')" in done.stderr
    answer = pasted(cli, done)
    value = {"sum": "151.2", "mean": "75.6", "max": "150"}[stat]
    assert {row["省份"]: row[stat] for row in answer.csv} == {"Yunnan": value, "Sichuan": "310"}
    assert {row["unit"] for row in answer.csv} == {"亿元"}


def test_compare_does_not_combine_several_units_either(cli, write, size):
    done = cli("compare", write(MIXED))
    assert done.code == 1
    assert "may be in several units" in done.stderr
    assert "151.2,亿元" in pasted(cli, done).stdout


def test_a_column_named_for_another_has_units_too(cli, write):
    table = write(MIXED.replace("单位", "产值单位"))
    done = cli("aggregate", table, "--value", "产值", "--stat", "sum")
    assert done.code == 1
    assert [row["sum"] for row in pasted(cli, done).csv] == ["461.2"]


@pytest.mark.parametrize(
    "args",
    [["--sort=-产值"], ["--where", "产值 > 200"], ["--derive", "半=产值/2"]],
)
def test_filter_says_that_units_may_be_mixed(cli, write, size, args):
    note = "the numbers of '产值' may be in several units"
    assert note in cli("filter", write(MIXED), *args).stderr
    assert note not in cli("filter", write(MIXED), *args, "--map", "产值=value").stderr
    assert note not in cli("filter", write(MIXED), "--sort=-省份", "--where", "年份 > 2020").stderr


def test_a_column_behind_the_units_is_freed_by_the_hint(cli, write):
    table = write("省份,产值,单位,职工\n云南,150,亿元,30\n云南,12000,万元,20\n")
    done = cli("aggregate", table, "--value", "职工", "--stat", "sum")
    assert done.code == 1
    assert [row["sum"] for row in pasted(cli, done).csv] == ["50"]


@pytest.mark.parametrize(
    ("text", "args"),
    [
        (MIXED, ["--where", "单位 == '亿元'"]),
        (MIXED, ["--by", "单位"]),
        (MIXED.replace("亿元", "甲公司").replace("万元", "乙公司"), []),
        (MIXED.replace("万元", "亿元"), []),
    ],
    ids=["one selected", "grouped by it", "organisations", "one unit"],
)
def test_where_no_units_are_mixed_numbers_add(cli, write, text, args):
    done = cli("aggregate", write(text), "--value", "产值", "--stat", "sum", *args)
    assert done.code == 0, done.stderr


def test_totals_among_rows_are_not_compared_beside_what_they_are_the_total_of(cli, write, size):
    done = cli("compare", write(FIRMS), "--by", "地区", "--wide")
    assert "企业名称: left out, as the total of others here: 小计; 合计" in done.stderr
    assert {row["indicator"]: row.get("昆明") for row in done.csv} == {
        "2022年产值": "125", "2023年产值": "157",
    }  # fmt: skip
    assert not {"", "—"} & {*done.csv[0]}
    assert "1 row has no 2023年产值, which is not zero" in done.stderr
    assert "same in every column" not in done.stderr


def test_a_quotient_is_of_rows_that_have_both(cli, write, size):
    done = cli(
        "compare", "Output / Employees", write(SECTORS), "--by", "Sector", "--period", "2023",
        "--unit", "万元",
    )  # fmt: skip
    values = {row["Sector"]: round(float(row["value"]), 1) for row in done.csv}
    assert values == {"Aluminium": 740.7, "Batteries": 400.0}
    note = "2 rows have no Output (CNY 100m) or Employees and are left out"
    assert note in done.stderr


@pytest.mark.parametrize("option", ["--total", "--contribution"])
def test_totals_over_a_column_that_no_rule_knows(cli, write, option):
    table = write(SECTORS.replace("Guizhou,Aluminium,2023,,3000\n", ""))
    done = cli("compare", "Output", table, "--by", "Sector", option, tty=True)
    assert done.code == 0, done.stderr
    assert "1,530" in done.stdout


def test_other_numbers_beside_values_are_kept_apart_by_period(cli, write):
    table = write("省份,年份,数值,职工\n云南,2022,1,30\n云南,2023,2,40\n")
    done = cli("aggregate", table, "--by", "省份", "--value", "职工", "--stat", "sum")
    assert [(row["年份"], row["sum"]) for row in done.csv] == [("2022", "30"), ("2023", "40")]


def test_the_rest_has_no_rank_and_cities_rank_beside_prefectures(cli, write, tmp_path):
    wide = "各州市增加值（亿元）,\n地区,2023年\n全省,100\n昆明市,40\n文山州,25\n其他,35\n"
    out = str(tmp_path / "metrics.csv")
    assert cli("tidy", write(wide), "--province", "云南", "-o", out).code == 0
    done = cli("compare", out, "--by", "place", "--rank")
    assert {row["place"]: row["rank"] for row in done.csv} == {"昆明市": "1", "文山州": "2"}
    assert "其他 is several together" in done.stderr
    shares = cli("compare", out, "--by", "place", "--share", tty=True)
    assert "40%" in shares.stdout
    assert "35%" in shares.stdout


def test_growth_over_one_year_is_shown_once(cli, write):
    table = write("省份,年份,产值\n云南,2021,100\n云南,2022,110\n云南,2024,130\n")
    done = cli("compare", table, "--by", "年份", "--growth", tty=True)
    assert "10%/yr" not in done.stdout
    assert "10%" in done.stdout
    assert "8.71%/yr" in done.stdout
    rows = cli("compare", table, "--by", "年份", "--growth").csv
    assert [row["annual"][:5] for row in rows] == ["10", "8.711"]


@pytest.mark.parametrize(
    ("args", "expected"),
    [
        (["filter", "T", "--min", "1亿元"], "--map '产值=value'"),
        (["filter", "T", "--unit", "亿元"], "--map '产值=value'"),
        (["values", "T", "省份"], "values '省份' "),
        (["values", "T"], "describe "),
    ],
)
def test_hints_that_name_the_column_work(cli, write, args, expected):
    table = write(MIXED)
    done = cli(*(table if arg == "T" else arg for arg in args))
    assert done.code == 2
    assert expected in done.stderr
    assert pasted(cli, done).code == 0


def test_a_sum_that_lacks_a_row_has_no_growth(cli, write, size):
    table = write(
        "省份,行业,年份,就业\n云南,甲,2021,5\n云南,乙,2021,6\n云南,甲,2022,5\n云南,乙,2022,\n"
        "云南,甲,2023,10\n云南,乙,2023,12\n四川,甲,2021,4\n四川,甲,2022,5\n四川,甲,2023,6\n"
    )
    done = cli("compare", table, "--by", "年份", "--growth")
    found = {(row["省份"], row["年份"]): row["since"] for row in done.csv}
    assert found == {
        ("Yunnan", "2023"): "2021", ("Sichuan", "2022"): "2021", ("Sichuan", "2023"): "2022",
    }  # fmt: skip
    assert "Yunnan: a row of 2022 has no number" in done.stderr
    indices = cli("compare", table, "--by", "年份", "--index", "2021")
    assert [row["index"] for row in indices.csv if row["省份"] == "Yunnan"] == ["100", "200"]
    parts = cli("compare", "Output", write(SECTORS), "--by", "Sector", "--contribution")
    assert parts.code == 1
    assert "Output 2023: a row of Aluminium has no number" in parts.stderr


def test_a_total_has_no_rank_among_its_parts_beside_the_nation(cli, write):
    table = write(
        "地区,指标,年份,数值,单位\n全国,粮食产量,2023,69541,万吨\n云南,粮食产量,2023,1974,万吨\n"
        "四川,粮食产量,2023,3593.8,万吨\n西部合计,粮食产量,2023,6687.5,万吨\n"
    )
    done = cli("compare", "粮食产量", table, "--rank")
    assert {row["地区"]: row["rank"] for row in done.csv} == {"Sichuan": "1", "Yunnan": "2"}
    assert "西部合计 is several together" in done.stderr


def test_months_are_periods(cli, write):
    table = write(
        "省份,月份,指标,数值,单位\n云南,2023-01,用电量,180,亿千瓦时\n"
        "云南,2023-02,用电量,165,亿千瓦时\n云南,2024-01,用电量,198,亿千瓦时\n"
    )
    done = cli("aggregate", table, "--stat", "sum", "--across", "period", "--period", "2023")
    assert [row["sum"] for row in done.csv] == ["345"]
    index = cli("compare", table, "--by", "月份", "--index", "2023-01")
    assert [row["index"][:4] for row in index.csv] == ["100", "91.6", "110"]


def test_chinese_says_what_is_meant_in_chinese(cli, write):
    calc = "sc_chengdu_incubators / sc_chengdu_incubator_share"
    done = cli("calc", calc, "--lang", "zh")
    assert "102.5不是整数个孵化器：40%（sc_chengdu_incubator_share）经过舍入" in done.stderr
    table = write("id,省份,年份,指标,数值,单位\na,四川,2023,产值,6,亿元\nb,云南,2023,产值,2,亿元\n")
    places = cli("calc", "a / b", "--data", table, "--lang", "zh")
    assert "地方不同：四川、云南" in places.stderr
    done = cli("compare", "investment / projects", "--province", "NM", "--lang", "zh", tty=True)
    assert "投资额/项目数（亿元/项目）" in done.stdout
    assert done.stdout.count("2023年签约项目中，截至目前") == 1


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("yn_wenshan_aluminium_new_jobs", "1.4 × 10k persons"),
        ("nm_green_power", "≈2,300 × 100m kWh"),
        ("nm_signed_investment / nm_signed_projects", "28.6 CNY 100m/project"),
    ],
)
def test_a_unit_that_begins_with_a_number_is_multiplied(cli, expression, expected):
    assert cli("calc", expression, tty=True).stdout == f"{expected}\n"


def test_a_minimum_names_what_differs_once(cli):
    done = cli(
        "calc", "min(sc_boe_investment, sc_yibin_pv_investment)", "--across", "status,scope,period"
    )
    notes = [line.split(":")[1] for line in done.stderr.splitlines() if "Note: different " in line]
    assert len(notes) == len({*notes}) > 3
    assert "different subject:" not in done.stderr
    assert "different subjects:" in done.stderr


@pytest.mark.parametrize(
    ("heading", "indicator", "period"),
    [
        ("GDP 2022 (CNY bn)", "gdp", "2022"),
        ("2022 GDP (CNY bn)", "gdp", "2022"),
        ("Tax paid in 2022 (CNY bn)", "tax", "2022"),
        ("Tax paid, 2022 (CNY bn)", "tax", "2022"),
        ("tax_2024Q1 (CNY bn)", "tax", "2024-Q1"),
    ],
)
def test_an_english_heading_names_its_year(cli, write, heading, indicator, period):
    done = cli("tidy", write(f'Region,"{heading}"\nYunnan,"2,895.4"\nTotal,"2,895.4"\n'))
    [row] = done.csv
    found = row["indicator"], row["period"], row["value"], row["unit"], row["printed"]
    assert found == (indicator, period, "2895.4", "10亿元", "2,895.4×10亿元")


def test_an_english_title_names_the_indicator(cli, write):
    table = write(
        "Fixed-asset investment by province (100 million yuan),,\n"
        "Province,2022,2023\nYunnan,4,5\nGuizhou,3,\n"
    )
    row = cli("tidy", table).csv[1]
    assert (row["indicator"], row["unit"], row["period"]) == ("fixed_investment", "亿元", "2023")


@pytest.mark.parametrize(
    ("bounds", "shown"),
    [
        (("exact", "under"), ">43.2"),
        (("exact", "nearly"), ">43.2"),
        (("exact", "over"), "<43.3"),
        (("at_least", "exact"), "≥43.2"),
        (("at_most", "exact"), "≤43.3"),
        (("exact", "exact"), "43.3"),
    ],
)
def test_a_bound_stays_true_when_it_is_rounded(cli, write, bounds, shown):
    table = write(
        "id,省份,年份,指标,数值,单位,界\n"
        f"a,云南,2023,产值,18.6,亿元,{bounds[0]}\nb,四川,2023,产值,0.43,亿元,{bounds[1]}\n"
    )
    assert cli("calc", "a / b", "--data", table, tty=True).stdout == f"{shown}\n"
    compared = cli("compare", table, "--vs", "四川", tty=True)
    assert f"{shown}×" in compared.stdout


@pytest.mark.parametrize(("language", "shown"), [("en", "≈10% (no bound)"), ("zh", "≈10%（无界）")])
def test_per_cent_stands_behind_the_number(cli, write, language, shown):
    table = write(
        "id,省份,年份,指标,数值,单位,界\na,云南,2022,产值,100,亿元,exact\n"
        "b,云南,2023,产值,110,亿元,about\n"
    )
    done = cli("calc", "growth(a, b)", "--data", table, "--lang", language, tty=True)
    assert done.stdout == f"{shown}\n"
    done = cli("compare", table, "--by", "年份", "--growth", "--lang", language, tty=True)
    assert shown in done.stdout
