"""What ``compare`` derives of its figures: totals, indices, contributions, location quotients."""

import pytest

GDP = """id,province,indicator,status,scope,period,value,unit,bound
y1,Yunnan,gdp,actual,province,2021,100,亿元,exact
y2,Yunnan,gdp,actual,province,2022,110,亿元,exact
y3,Yunnan,gdp,actual,province,2023,121,亿元,exact
s1,Sichuan,gdp,actual,province,2021,300,亿元,exact
s2,Sichuan,gdp,actual,province,2022,310,亿元,exact
s3,Sichuan,gdp,actual,province,2023,341,亿元,over
"""
INDUSTRIES = """province,industry,indicator,status,scope,period,value,unit
Yunnan,aluminium,output,actual,province,2022,200,亿元
Yunnan,,output,actual,province,2022,1000,亿元
China,aluminium,output,actual,nation,2022,10000,亿元
China,,output,actual,nation,2022,100000,亿元
Sichuan,aluminium,output,actual,province,2022,50,亿元
Sichuan,,output,actual,province,2022,2000,亿元
Gansu,aluminium,output,actual,province,2022,50,亿元
"""


@pytest.fixture(params=["small", "large"])
def compare(request, cli, large):
    """Run ``compare`` on a small table, and on the same counted as large."""
    run = cli if request.param == "small" else large
    return lambda *args, **options: run("compare", *args, **options)


def cells(rows, column, *names):
    """Return the cells ``names`` of rows by province or by another column."""
    return {row[column]: tuple(row[name] for name in names) for row in rows}


def test_an_index_is_100_in_its_period_and_keeps_bounds(compare, write):
    rows = compare(write(GDP), "gdp", "--by", "period", "--index", "2022").csv
    yunnan = cells([row for row in rows if row["province"] == "Yunnan"], "period", "index")
    assert yunnan == {"2021": ("90.9090909090909",), "2022": ("100",), "2023": ("110",)}
    sichuan = [row for row in rows if row["province"] == "Sichuan"]
    assert cells(sichuan, "period", "index", "index_bound")["2023"] == ("110", "over")


def test_the_base_of_an_index_may_be_written_as_people_write_it(compare, write):
    name = write(GDP)
    same = [compare(name, "gdp", "--by", "period", "--index", word) for word in ("2022", "2022年")]
    assert same[0].code == 0
    assert same[0].csv == same[1].csv


def test_an_index_without_its_base_is_refused(compare, write):
    table = write(GDP.replace("y2,Yunnan,gdp,actual,province,2022,110,亿元,exact\n", ""))
    done = compare(table, "gdp", "--by", "period", "--index", "2022")
    assert {row["province"] for row in done.csv} == {"Sichuan"}
    assert "Yunnan: nothing is printed for 2022" in done.stderr
    assert compare(table, "gdp", "--by", "period", "--index", "2020").code == 2
    assert compare(table, "gdp", "--index", "2022").code == 2


def test_contributions_add_up_to_the_growth_of_the_total(compare, write):
    """10 of 400 in each of two provinces: 2.5 and 2.5 points of 5 %."""
    rows = compare(write(GDP), "gdp", "--contribution").csv
    of_2022 = [row for row in rows if row["period"] == "2022"]
    assert cells(of_2022, "province", "contribution", "since", "change") == {
        "Yunnan": ("2.5", "", ""), "Sichuan": ("2.5", "", ""), "total": ("", "2021", "5"),
    }  # fmt: skip
    of_2023 = [row for row in rows if row["period"] == "2023"]
    assert cells(of_2023, "province", "contribution_bound")["Sichuan"] == ("over",)


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("s2,Sichuan", "s2,Gansu", "prints it in one of two periods only"),
        ("2021,", "2021-Q1,", "differ in length"),
        ("gdp,", "gdp_share,", "changes by percentage points"),
    ],
)
def test_contributions_that_have_no_meaning_are_refused(compare, write, old, new, reason):
    lines = [line for line in GDP.splitlines(keepends=True) if ",2023," not in line]
    text = "".join(lines).replace(old, new)
    if "share" in new:
        text = text.replace("亿元", "%")
    indicator = "gdp_share" if "share" in new else "gdp"
    done = compare(write(text), indicator, "--contribution")
    assert (done.code, done.stdout) == (1, "")
    assert reason in done.stderr


def test_location_quotients_need_all_four_totals(compare, write):
    """(200 / 1000) / (10000 / 100000) = 2; Gansu prints no total, and is named."""
    for by in ("province", "industry"):
        done = compare(write(INDUSTRIES), "output", "--by", by, "--lq")
        assert cells(done.csv, "province", "lq") == {"Yunnan": ("2",), "Sichuan": ("0.25",)}
        assert "Gansu prints no figure of all industries" in done.stderr


def test_location_quotients_without_the_nation_are_refused(compare, write):
    text = "".join(line for line in INDUSTRIES.splitlines(keepends=True) if "China" not in line)
    done = compare(write(text), "output", "--lq")
    assert done.code == 1
    assert "China prints no figure" in done.stderr
    shares = INDUSTRIES.replace("output", "output_share").replace("亿元", "%")
    done = compare(write(shares), "output_share", "--lq")
    assert (done.code, "shares do not add" in done.stderr) == (1, True)


def test_location_quotients_of_a_wide_table(compare, write):
    name = write(
        "province,industry,year,output\nYunnan,aluminium,2022,200\nYunnan,合计,2022,1000\n"
        "全国,aluminium,2022,10000\n全国,合计,2022,100000\n"
    )
    assert [row["lq"] for row in compare(name, "--lq").csv] == ["2"]


def test_totals_stand_in_a_column_and_in_rows(compare, write):
    rows = compare(write(GDP), "gdp", "--by", "period", "--total").csv
    totals = {(row["province"], row["period"]): row["value"] for row in rows}
    assert totals["total", "2021"] == "400"
    assert totals["Yunnan", "total"] == "331"
    assert totals["total", "total"] == "1282"
    assert [row["bound"] for row in rows if row["province"] == "total"][-1] == "over"
    assert [row["value"] for row in compare(write(GDP), "gdp", "--total").csv
            if row["province"] == "total"] == ["400", "420", "462"]  # fmt: skip


def test_the_total_leaves_out_what_another_figure_contains(compare):
    done = compare("prospects", "--total")
    assert [row["value"] for row in done.csv if row["province"] == "total"] == ["812"]
    assert "left out, as part of another figure here" in done.stderr


def test_a_total_that_has_no_meaning_is_empty_and_says_why(compare):
    done = compare("growth", "--total")
    assert not [row for row in done.csv if row["province"] == "total"]
    assert "growths do not add" in done.stderr


def test_stocks_have_no_total_over_periods(compare, write):
    """Of a column of numbers it is not known whether it is one; of jobs it is."""
    wide = write("province,year,population\nYunnan,2022,5\nYunnan,2023,6\nSichuan,2022,1\n")
    done = compare(wide, "--by", "year", "--total")
    assert [row["value"] for row in done.csv if row["province"] == "total"] == ["6", "6"]
    assert not [row for row in done.csv if row["year"] == "total"]
    assert "whether population adds over periods is not known" in done.stderr
    jobs = write(GDP.replace("gdp", "jobs").replace("亿元", "万个"))
    done = compare(jobs, "jobs", "--by", "period", "--total")
    assert not [row for row in done.csv if row["period"] == "total"]
    assert "does not add over time" in done.stderr


def test_totals_of_other_places_are_no_growth(compare, write):
    table = write(GDP.replace("s1,Sichuan,gdp,actual,province,2021,300,亿元,exact\n", ""))
    rows = compare(table, "gdp", "--by", "period", "--growth", "--total").csv
    total = cells([row for row in rows if row["province"] == "total"], "period", "since", "change")
    assert total == {"2023": ("2022", "10")}


@pytest.mark.parametrize(
    "options",
    [
        ("--vs", "Yunnan", "--total"),
        ("--rank", "--total"),
        ("--lq", "--total"),
        ("--lq", "--rank"),
        ("--contribution", "--share"),
        ("--contribution", "--by", "period"),
        ("--growth", "--index", "2021", "--by", "period"),
    ],
    ids=" ".join,
)
def test_options_that_exclude_each_other(compare, cli, write, options):
    done = compare(write(INDUSTRIES), "output", *options)
    assert done.code == 2
    hint = done.stderr.partition("Hint: transfer-cli ")[2].split()
    assert cli(*hint).code in (0, 1), done.stderr


OPTIONS = [
    ("--total",),
    ("--contribution",),
    ("--share", "--total"),
    ("--vs", "Yunnan"),
    ("--rank",),
    ("--by", "period", "--growth", "--total"),
    ("--by", "period", "--index", "2021"),
]


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("options", OPTIONS, ids=" ".join)
def test_every_option_keeps_levels_and_footnotes_on_the_screen(cli, write, options, lang):
    """At 80 columns: the figures, the base among them, and the note of each."""
    lines = GDP.splitlines()
    noted = [f"{line},{'note' if not n else f'remark {n}'}" for n, line in enumerate(lines)]
    done = cli("compare", write("\n".join(noted)), "gdp", *options, "--lang", lang,
               tty=True, columns=80)  # fmt: skip
    assert done.code == 0, done.stderr
    for level in ("100", "110", "121", "300", "310", "341"):
        assert level in done.stdout
    for n in range(1, 7):
        assert f"remark {n}" in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 80


def test_the_levels_of_a_location_quotient_are_on_the_screen(cli, write):
    done = cli("compare", write(INDUSTRIES), "output", "--lq", tty=True, columns=80)
    for text in ("LQ 2", "LQ 0.25", "200", "1,000", "10,000", "100,000"):
        assert text in done.stdout
