"""Shares, totals, the largest groups, and indices over groups, as a user requests them."""

import shlex

import pytest

CITIES = "province,city,value\nGansu,a,1\nGansu,b,3\nYunnan,c,4\n"
PLACES = CITIES.replace("city", "place")


@pytest.fixture
def run(cli, write):
    """Aggregate a table with the options of a line."""
    return lambda table, line: cli("aggregate", write(table), *shlex.split(line))


@pytest.mark.parametrize(
    ("table", "line", "indices"),
    [
        (CITIES, "--by city", ["0.40625"]),
        (CITIES, "--by province,city", ["0.625", "1"]),
        # No place of another province is missing, and no province of another region.
        (PLACES, "--by province,place", ["0.625", "1"]),
        ("province,value\n甘肃,1\n广东,3\n云南,3\n", "--by region,province", ["1", "0.625"]),
        ("province,value\n甘肃,1\n广东,3\n云南,3\n",
         "--by region,province --province 甘肃,广东,云南", ["1", "0.625"]),
        ("city,value\na,1\n,2\nb,3\n", "--by city", ["0.388888888888889"]),
    ],
)  # fmt: skip
def test_an_index_is_over_the_last_column(run, table, line, indices):
    done = run(table, f"{line} --stat hhi")
    assert [row["hhi"] for row in done.csv] == indices, done.stderr


@pytest.mark.parametrize(
    ("table", "line", "reason"),
    [
        (
            "city,year,value\na,2022,1\nb,2022,3\na,2023,5\n,2023,2\n",
            "--by year,city",
            "1 of 2 groups (2023): nothing is printed for b, which is not zero",
        ),
        (
            "province,year,value\n甘肃,2022,1\n广东,2022,3\n甘肃,2023,5\n",
            "--by year,region",
            "1 of 2 groups (2023): nothing is printed for Eastern, which is not zero",
        ),
        (
            "company,year,value\nA,2022,1\nB,2022,3\nA,2023,\nB,2023,5\n",
            "--by year,company",
            "1 of 2 groups (2023): nothing is printed for A, which is not zero",
        ),
        (
            "place,year,value\nDali,2022,1\nKunming,2022,\nDali,2023,2\n",
            "--by year,place",
            "Error: nothing is printed for Kunming, which is not zero",
        ),
        (
            "province,value\n甘肃,1\n广东,3\n",
            "--by region,province --province 甘肃,广东,四川",
            "nothing is printed for Sichuan, which is not zero",
        ),
        (
            "province,place,year,value\n云南,,2023,9\n云南,Dali,2023,2\n云南,Dali,2023-Q1,1\n",
            "--by place --across period",
            "Error: some groups have no sum",
        ),
    ],
)
def test_what_has_no_index(run, table, line, reason):
    done = run(table, f"{line} --stat hhi")
    assert f"{reason}\n" in done.stderr
    assert "0.625" in done.stdout if "1 of 2" in reason else not done.stdout


def test_a_firm_that_only_some_groups_have_is_noted(run):
    table = "province,company,value\nGansu,A,1\nGansu,B,2\nYunnan,B,2\nYunnan,,4\n"
    done = run(table, "--by province,company --stat hhi")
    assert [row["hhi"] for row in done.csv] == ["0.555555555555556"] * 2
    assert "not printed for every group, which is not zero: company A\n" in done.stderr


@pytest.mark.parametrize(
    ("line", "cells", "note"),
    [
        ("--top 1 --total", ["c 4", "total 8"], True),
        ("--top 3 --total", ["c 4", "b 3", "a 1", "total 8"], False),
        ("--top 1", ["c 4"], False),
        ("--total", ["a 1", "b 3", "c 4", "total 8"], False),
    ],
)
def test_the_total_is_of_all_groups(run, line, cells, note):
    done = run(CITIES, f"--by city --stat sum {line}")
    assert [f"{row['city']} {row['sum']}" for row in done.csv] == cells
    assert ("the total covers all groups, not only those shown" in done.stderr) == note


@pytest.mark.parametrize(
    ("column", "other", "largest"),
    [("province", "Yunnan", "Yunnan"), ("province", "France", "China"),
     ("country", "Yunnan", "China")],
)  # fmt: skip
def test_the_nation_is_no_part_among_its_provinces(run, column, other, largest):
    done = run(f"{column},value\nChina,9\n{other},2\n", f"--by {column} --stat sum --top 1")
    assert [row[column] for row in done.csv] == [largest]


@pytest.mark.parametrize(
    ("table", "line", "shares"),
    [
        # A printed total is the total; it is none of another industry.
        ("firm,value\n合计,8\nA,2\nB,4\n", "--by firm", ["25", "50", "100", "100"]),
        (
            "province,industry,value\n合计,food,9\n云南,food,2\n云南,steel,6\n",
            "--by province",
            ["53.3333333333333", "60", "100"],
        ),
        # Jobs stay jobs in a total over provinces.
        (
            "indicator,province,value,unit\njobs,Gansu,1,个\njobs,Yunnan,3,个\n",
            "--by indicator,province",
            ["25", "75", ""],
        ),
        # A total that is refused has no shares, for its own reason.
        ("status,value\nsigned,1\ntarget,2\n", "--by status --across status", ["", "", ""]),
    ],
)
def test_shares_of_a_total(run, table, line, shares):
    done = run(table, f"{line} --stat sum --share --total")
    assert [row["sum_share"] for row in done.csv] == shares, done.stderr
    assert "below zero" not in done.stderr


def test_a_note_on_groups_is_not_repeated_for_their_total(run):
    done = run("city,value\na,1\nb,3\nc,\n", "--by city --stat sum --share --total")
    assert done.stderr.count("1 row has no value") == 1 and "total:" not in done.stderr


@pytest.mark.parametrize(
    ("table", "total", "note"),
    [
        ("company,value\n合计,9\nA,2\nB,3\n", "5", True),
        ("company,value\n合计,9\n", "9", False),
        ("province,company,value\nGansu,合计,9\nGansu,A,2\nYunnan,B,3\n", "5", True),
        # It may be the only row of its area.
        ("province,company,value\nGansu,合计,9\nYunnan,B,3\n", "12", False),
        ("place,company,value\nDali,合计,9\nKunming,B,3\n", "12", False),
    ],
)
def test_a_total_that_is_left_out_is_noted(run, size, table, total, note):
    done = run(table, "--stat sum")
    assert [row["sum"] for row in done.csv] == [total]
    assert ("company: left out, as the total of others here: 合计" in done.stderr) == note


def test_groups_come_in_the_order_of_time_and_of_the_report(run):
    table = "province,year,value\n广西,2022,1\n云南,2023,3\n云南,2023-Q1,3\n云南,2022,3\n,2022,1\n"
    done = run(table, "--by year,province --stat sum")
    assert [(row["year"], row["province"]) for row in done.csv] == [
        ("2022", "Yunnan"), ("2022", "Guangxi"), ("2022", ""), ("2023-Q1", "Yunnan"),
        ("2023", "Yunnan"),
    ]  # fmt: skip


def test_a_group_without_figures_has_no_unit(run):
    done = run("city,value,unit\na,1,亿元\nb,,亿元\n", "--by city --stat count,sum")
    assert [(row["unit"], row["count"], row["sum"]) for row in done.csv] == [
        ("亿元", "1", "1"), ("", "1", "")]  # fmt: skip


def test_rows_are_counted_by_a_column_of_any_name(run):
    done = run("n,value\na,1\nb,2\na,3\n", "--by n --stat count")
    assert [(row["n"], row["count"]) for row in done.csv] == [("a", "2"), ("b", "1")]


@pytest.mark.parametrize(
    ("lang", "selection", "notes"),
    [
        ("en", "in this selection", ["nothing is printed for Yunnan, which is not zero",
                "nothing in this selection for Guizhou"]),
        ("zh", "所选范围", ["未载：云南，未载不等于零", "所选范围内没有：贵州"]),
    ],
)  # fmt: skip
def test_provinces_without_a_figure_are_named(cli, lang, selection, notes):
    line = "--by province --stat sum --indicator investment --across scope,period"
    done = cli("aggregate", *line.split(), "--status", "signed", "--lang", lang)
    assert [note for note in notes if f"{note}\n" not in done.stderr] == []
    done = cli("aggregate", *line.split(), "--lang", lang)
    assert notes[0] in done.stderr and notes[1] not in done.stderr
    done = cli("aggregate", "--by", "province", "--category", "tax", "--stat", "sum", "--across",
               "scope,period,status", "--lang", lang)  # fmt: skip
    assert len(done.csv) == 1 and selection not in done.stderr


def test_a_category_selects_all_that_is_printed_of_it(cli):
    done = cli("aggregate", "--by", "province", "--category", "tax", "--stat", "hhi", "--across",
               "scope,period,status")  # fmt: skip
    assert done.code == 1 and "nothing is printed for Gansu" in done.stderr


def test_projects_without_an_amount_are_noted_by_province_only(cli):
    done = cli("aggregate", "projects", "--by", "province", "--stat", "sum")
    assert "nothing is printed for" in done.stderr and "have no" not in done.stderr
