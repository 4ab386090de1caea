"""What is not printed is not assumed: stages, what a share is of, the digits behind the last one.

Refusals are in ``tests/specification``; here are the answers beside them, for tables of any size.
"""

import pytest

FIGURES = """id,province,place,subject,scope,indicator,industry,status,period,value,unit,bound
"""


@pytest.fixture
def table(tmp_path):
    """Write rows of figures, and return the path."""

    def write(*rows):
        path = tmp_path / "t.csv"
        path.write_text(FIGURES + "".join(f"{row}\n" for row in rows), "utf-8")
        return str(path)

    return write


def answer(cli, *args):
    result = cli(*args)
    assert result.code == 0, result.stderr
    return result


@pytest.mark.usefixtures("size")
def test_a_status_that_is_empty_throughout_is_no_obstacle(cli, table):
    path = table("a,Gansu,,,province,investment,,,2023,3,亿元,exact",
                 "b,Sichuan,,,province,investment,,,2023,4,亿元,exact")  # fmt: skip
    assert ",7,exact" in answer(cli, "aggregate", path, "--stat", "sum").stdout
    assert ",7,exact" in answer(cli, "calc", "a + b", "--data", path).stdout
    assert "Sichuan,1" in answer(cli, "compare", path, "--rank").stdout


@pytest.mark.usefixtures("size")
def test_a_status_that_is_empty_in_some_rows_stays_apart(cli, table):
    path = table("a,Gansu,,,province,investment,,,2023,3,亿元,exact",
                 "b,Sichuan,,,province,investment,,,2023,4,亿元,exact",
                 "c,Yunnan,,,province,investment,,signed,2023,5,亿元,exact")  # fmt: skip
    result = answer(cli, "aggregate", path, "--stat", "sum")
    assert ",5,exact" in result.stdout
    assert "7" not in result.stdout
    assert "no sum for 1 of 2 groups: several figures print no stage" in result.stderr
    assert (
        ",12,exact" in answer(cli, "aggregate", path, "--stat", "sum", "--across", "status").stdout
    )


@pytest.mark.usefixtures("size")
def test_one_industry_is_inside_several_with_it(cli, table):
    path = table("a,Yunnan,,,province,output,aluminium;photovoltaics,actual,2023,30,亿元,exact",
                 "b,Yunnan,,,province,output,photovoltaics,actual,2023,4,亿元,exact",
                 "c,Yunnan,,,province,output,food,actual,2023,5,亿元,exact")  # fmt: skip
    result = answer(cli, "aggregate", path, "--stat", "sum")
    assert "2,1,35,exact" in result.stdout
    assert "left out, as they may lie inside a wider figure here: b" in result.stderr
    for word in ("photovoltaics", "光伏", "aluminium;photovoltaics", "photovoltaics;aluminium"):
        rows = answer(cli, "filter", path, "--industry", word, "--columns", "id").stdout.split()
        assert rows[1:] == (["a", "b"] if ";" not in word else ["a"]), word
    groups = answer(cli, "aggregate", path, "--by", "industry", "--stat", "sum").stdout
    assert "aluminium;photovoltaics,output" in groups


@pytest.mark.usefixtures("size")
def test_a_mean_of_ranks_of_one_list(cli, table):
    path = table("a,Gansu,,Wind,province,national_rank,,actual,2023,3,位,exact",
                 "b,Yunnan,,Wind,province,national_rank,,actual,2023,5,位,exact")  # fmt: skip
    assert ",4,exact" in answer(cli, "aggregate", path, "--stat", "mean").stdout


@pytest.mark.parametrize("rows", [1, 12_000])
def test_many_ranks_of_several_lists_have_no_mean(cli, table, rows):
    cells = "province,national_rank,,actual,2023"
    path = table(*(f"a{n}{subject},Gansu,,{subject}{n % 7},{cells},{n + 1},位,exact"
                   for n in range(rows) for subject in ("Wind", "Sun")))  # fmt: skip
    result = cli("aggregate", path, "--stat", "mean")
    assert result.code == 1, result.stderr
    assert "ranks of different lists have no mean" in result.stderr


@pytest.mark.usefixtures("size")
@pytest.mark.parametrize(
    ("other", "stat", "cells"),
    [("630", "max", "4573,exact"), ("630", "min", "630,about"), ("15000", "min", "4573,exact"),
     ("4500", "max", "4573,about"), ("5500", "min", "4573,exact")],
)  # fmt: skip
def test_about_counts_as_ten_per_cent_where_figures_are_put_in_order(
    cli, table, other, stat, cells
):
    path = table("a,Gansu,,,province,investment,,signed,2023,4573,亿元,exact",
                 f"b,Sichuan,,,province,investment,,signed,2023,{other},亿元,about")  # fmt: skip
    assert cells in answer(cli, "aggregate", path, "--stat", stat).stdout


@pytest.mark.parametrize(
    ("expression", "cells", "note"),
    [
        ("sc_hightech_gdp_share / sc_hightech_land_share", ",over,43.255",
         "different indicator: gdp_share, construction_land_share"),
        ("sc_chengdu_innovation_platforms / sc_chengdu_innovation_platform_share", ",264,exact",
         "264 (259 to 269 as printed)"),
        ("gx_industry_growth_2024 - gx_industry_growth_lead", ",6.3,exact",
         "6.3% (6.2 to 6.4 as printed)"),
        ("yn_new_three_contribution_2023 - yn_new_three_contribution_2024", ",15.3,exact",
         "different period"),
        ("yn_wenshan_aluminium_tax_2023 / yn_wenshan_aluminium_tax_2020", ",30.0627615062762,",
         "(30.049 to 30.076 as printed)"),
        ("nm_started_investment - nm_completed_investment", ",3121.3,",
         "different status: started, completed"),
        ("nm_signed_projects - nm_started_projects", ",21,exact", "different status"),
        ("gx_soe_investment / gx_soe_agreements", ",over,72.2", "agreements, not projects"),
        ("sc_innovation_rank + sc_innovation_rank_rise", ",12,exact", "the rank before the rise"),
    ],
)  # fmt: skip
def test_what_has_a_meaning_has_its_caveat(cli, expression, cells, note):
    result = answer(cli, "calc", expression)
    assert cells in result.stdout
    assert note in result.stderr


@pytest.mark.parametrize(
    "expression",
    ["nm_signed_projects - nm_started_projects", "share(nm_started_projects, nm_signed_projects)",
     "gx_soe_investment / gx_soe_agreements"],
)  # fmt: skip
def test_counts_are_exact_and_bounds_say_what_they_say(cli, expression):
    assert "as printed" not in answer(cli, "calc", expression).stderr


def test_show_says_what_the_last_digit_leaves_open(cli):
    figures = ("yn_wenshan_aluminium_tax_2023", "sc_chengdu_innovation_platform_share")
    shown = answer(cli, "show", *figures, "-f", "table").stdout
    assert "14.37 CNY 100m (14.365 to 14.375 as printed)" in shown
    assert "25% (24.5 to 25.5 as printed)" in shown
    assert "as printed" not in answer(cli, "show", "nm_signed_projects", "-f", "table").stdout
    assert ",14.37,14.37," in answer(cli, "show", figures[0]).stdout


def test_a_look_up_without_measures_loads(cli, tmp_path):
    (tmp_path / "indicators.csv").write_text(
        "indicator,category,label,label_zh,kind,adds_across,unit,per,counts,better,minimum,maximum\n"
        "spend,investment,Spending,支出,flow,place,亿元,,,high,,\n", "utf-8")  # fmt: skip
    rows = FIGURES + "a,Gansu,,,province,spend,,actual,2023,3,亿元,exact\n"
    (tmp_path / "t.csv").write_text(rows, "utf-8")
    result = answer(cli, "aggregate", str(tmp_path / "t.csv"), "--stat", "sum")
    assert ",3,exact" in result.stdout
    assert "column 'measure'" not in cli("check", str(tmp_path)).stdout
