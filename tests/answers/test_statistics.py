"""The statistics of ``aggregate`` and ``describe``, against pandas and the textbook's formulas."""

import io
from fractions import Fraction
from statistics import mean, stdev, variance

import numpy as np
import pandas as pd
import pytest

OWN = """province,year,site,gdp,population,growth
A,2022,x,100,10,5
A,2022,y,300,20,2
A,2022,z,300,30,1
A,2023,x,110,10,10
A,2023,y,310,20,3
B,2022,u,50,5,4
B,2022,v,,6,4.5
B,2023,u,60,5,20
"""
HEAD = "id,province,place,scope,indicator,status,period,value,unit,bound,part_of\n"


@pytest.fixture(params=[False, True], ids=["memory", "large"])
def run(request, cli, write, monkeypatch):
    """Run a command on a table, held in memory and through DuckDB."""

    def aggregate(*args, table=OWN, command="aggregate"):
        with monkeypatch.context() as patch:
            if request.param:
                patch.setenv("TRANSFER_LARGE", "1")
            return cli(command, write(table), *args)

    return aggregate


def oracle(text=OWN):
    return pd.read_csv(io.StringIO(text))


def figures(*rows):
    """A table of figures: each row gives place, value, bound and any other cells."""
    same = {"province": "Yunnan", "scope": "city", "indicator": "tax", "status": "actual",
            "period": "2023", "unit": "亿元", "bound": "exact"}  # fmt: skip
    names = HEAD.strip().split(",")
    made = [{**same, "id": f"a{place}", **row} for place, row in enumerate(rows)]
    return HEAD + "".join(",".join(row.get(name, "") for name in names) + "\n" for row in made)


def test_variance_and_variation(run):
    done = run("--by", "province", "--value", "gdp", "--stat", "var,std,cv", "--across", "period")
    for row, cells in zip(done.csv, ([100, 300, 300, 110, 310], [50, 60]), strict=True):
        assert float(row["var"]) == pytest.approx(variance(cells), rel=1e-14)
        assert float(row["cv"]) == pytest.approx(stdev(cells) / mean(cells), rel=1e-14)
        assert float(row["std"]) ** 2 == pytest.approx(float(row["var"]), rel=1e-13)


def test_variation_needs_a_true_zero(run):
    table = "province,value\nA,-1\nA,4\nB,0\nB,0\n"
    assert [row["cv"] for row in run("--by", "province", "--stat", "cv", table=table).csv] == [
        "",
        "",
    ]


def test_the_variance_of_bounded_figures_is_not_known(run):
    done = run("--stat", "var,cv", table=figures({"value": "1"}, {"value": "3", "bound": "over"}))
    assert (done.csv[0]["var"], done.csv[0]["var_bound"], done.csv[0]["cv_bound"]) == (
        "2", "unknown", "unknown")  # fmt: skip


@pytest.mark.parametrize("by", ["province", "year", "province,year"])
def test_distinct_cells_are_counted(run, by):
    done = run("--by", by, "--stat", "count,distinct", "--value", "site")
    expected = oracle().groupby(by.split(","))["site"].nunique()
    assert [int(row["distinct"]) for row in done.csv] == expected.tolist()


def test_distinct_numbers_count_with_their_unit(run):
    table = figures({"value": "1"}, {"value": "1"}, {"value": "1", "unit": "万元"}, {"value": ""})
    [row] = run("--stat", "sum,distinct,count", table=table).csv
    assert (row["distinct"], row["count"], row["n"]) == ("2", "4", "3")


def test_a_weighted_mean(run):
    done = run("--by", "year", "--value", "growth", "--stat", "mean,count", "--weight", "gdp")
    rows = oracle().dropna()
    for row, (_year, group) in zip(done.csv, rows.groupby("year"), strict=True):
        expected = np.average(group["growth"], weights=group["gdp"])
        assert float(row["mean"]) == pytest.approx(expected, rel=1e-14)
    assert "Note: mean: weighted by gdp\n" in done.stderr
    assert "Note: 1 row has no gdp and is left out\n" in done.stderr


def test_a_weighted_mean_of_rates_is_not_called_unweighted(run):
    table = (
        "province,indicator,status,scope,period,value,unit,weight\n"
        "A,gdp_share,actual,province,2023,10,%,1\nB,gdp_share,actual,province,2023,20,%,3\n"
    )
    weighted = run("--stat", "mean", "--weight", "weight", table=table)
    assert (weighted.csv[0]["mean"], "unweighted" in weighted.stderr) == ("17.5", False)
    plain = run("--stat", "mean", table=table)
    assert (plain.csv[0]["mean"], "the mean is unweighted" in plain.stderr) == ("15", True)


def test_the_bound_of_a_weighted_mean(run):
    table = (
        "province,indicator,status,scope,period,value,unit,bound,weight\n"
        "A,gdp_share,actual,province,2023,10,%,over,1\n"
        "B,gdp_share,actual,province,2023,20,%,exact,3\n"
    )
    [row] = run("--stat", "mean", "--weight", "weight", table=table).csv
    assert (row["mean"], row["mean_bound"]) == ("17.5", "over")


@pytest.mark.parametrize(
    ("args", "table", "message", "code"),
    [
        (("--stat", "sum", "--weight", "gdp"), OWN, "--weight is the weight of a mean", 2),
        (
            ("--stat", "mean", "--weight", "site"),
            OWN,
            "table.csv:2: column 'site': 'x' is no",
            3,
        ),
        (
            ("--stat", "mean", "--weight", "gdp"),
            OWN.replace("50", "-5"),
            "a weight is below zero",
            1,
        ),
    ],
)
def test_weights_that_are_none(cli, write, args, table, message, code):
    done = cli("aggregate", write(table), "--value", "growth", *args)
    assert (done.code, message in done.stderr) == (code, True), done.stderr


def test_shares_of_each_group_come_to_a_hundred(run):
    done = run("--by", "year,site", "--value", "gdp", "--stat", "sum,count", "--share")
    rows = oracle()
    total = rows.groupby("year")["gdp"].transform("sum")
    expected = dict(zip(zip(rows["year"], rows["site"], strict=True), rows["gdp"] / total,
                        strict=True))  # fmt: skip
    for row in done.csv:
        share = expected[int(row["year"]), row["site"]]
        if row["sum"]:
            assert float(row["sum_share"]) == pytest.approx(100 * share, rel=1e-14)
        else:
            assert row["sum_share"] == ""
    counts = [Fraction(row["count_share"]) for row in done.csv if row["year"] == "2022"]
    assert counts == [20] * 5


def test_the_share_of_a_bounded_figure_is_an_interval(run):
    table = figures({"place": "x", "value": "10", "bound": "over"}, {"place": "y", "value": "30"},
                    {"place": "z", "value": "10", "bound": "under"})  # fmt: skip
    done = run("--by", "place", "--stat", "sum", "--share", table=table)
    shares = {row["place"]: row for row in done.csv}
    assert [shares[place]["sum_share"] for place in "xyz"] == ["20", "60", "20"]
    # x is at least 10 of at most 50; y is 30 of more than 40; z is less than 10 of more than 50.
    assert (shares["x"]["sum_share_bound"], shares["x"]["sum_share_low"]) == ("over", "20")
    assert (shares["y"]["sum_share_low"], shares["y"]["sum_share_high"]) == ("0", "75")
    assert (shares["z"]["sum_share_bound"], shares["z"]["sum_share_high"]) == ("under", "20")


def test_a_share_is_of_a_total_that_obeys_the_rules(run):
    whole = {"place": "", "scope": "province", "value": "100"}
    table = figures(whole, {"place": "Dali", "value": "30", "part_of": "a0"})
    done = run("--by", "place", "--stat", "sum", "--share", "--across", "scope", table=table)
    assert [(row["place"], row["sum_share"]) for row in done.csv] == [("Dali", "30"), ("", "100")]
    refused = run("--by", "status", "--stat", "sum", "--share", "--total",
                  table=figures({"value": "1"}, {"value": "2", "status": "target"}))  # fmt: skip
    assert [row["sum_share"] for row in refused.csv] == ["", "", ""]
    assert [row["sum"] for row in refused.csv] == ["1", "2", ""]
    assert "no share of sum: actual and target are different" in refused.stderr
    assert "no total of sum: actual and target are different" in refused.stderr


def test_a_total_is_a_row_of_its_own(run):
    done = run("--by", "site", "--value", "gdp", "--stat", "sum,mean,max,count", "--total",
               "--across", "period")  # fmt: skip
    *_rows, total = done.csv
    gdp = oracle()["gdp"]
    assert (total["site"], total["sum"], total["n"], total["count"]) == (
        "total",
        "1230",
        "7",
        "8",
    )
    assert float(total["mean"]) == pytest.approx(gdp.mean(), rel=1e-14)
    assert float(total["max"]) == gdp.max()


def test_a_total_leaves_out_what_others_contain(run):
    whole = {"province": "Yunnan", "place": "", "scope": "province", "value": "100"}
    table = figures(whole, {"place": "Dali", "value": "30", "part_of": "a0"})
    done = run("--by", "place", "--stat", "sum", "--total", "--across", "scope", table=table)
    *_rows, total = done.csv
    assert (total["place"], total["sum"], total["left_out"]) == ("total", "100", "1")
    assert "Note: total: left out, as part of another figure here: a1\n" in done.stderr


def test_a_total_says_of_whom_nothing_is_printed(cli):
    done = cli("aggregate", "--by", "province", "--category", "investment", "--status", "signed",
               "--across", "scope,period", "--stat", "sum", "--total", "--share")  # fmt: skip
    *_rows, total = done.csv
    assert (total["province"], total["sum"], total["sum_bound"]) == ("total", "6888", "over")
    assert "nothing is printed for Yunnan, which is not zero" in done.stderr
    shown = cli("aggregate", "--by", "province", "--stat", "count", "--total", "--lang", "zh",
                tty=True)  # fmt: skip
    assert "合计" in shown.stdout


def test_the_largest_of_each_group(run):
    done = run("--by", "year,site", "--value", "gdp", "--stat", "sum", "--top", "1")
    assert [(row["year"], row["site"]) for row in done.csv] == [
        ("2022", "y"), ("2022", "z"), ("2023", "y")]  # fmt: skip
    assert "Note: the largest by sum: 3 of 7 groups are shown\n" in done.stderr
    assert "Note: shown too, as they tie with the last one: 1\n" in done.stderr


@pytest.mark.parametrize(("stat", "place"), [("sum", "y"), ("count", "x"), ("var", "x"),
                                             ("cv", "x"), ("distinct", "x")])  # fmt: skip
def test_the_largest_of_amounts_in_different_units(run, stat, place):
    small = {"place": "x", "unit": "万元"}
    table = figures(*({**small, "value": value} for value in ("1", "1000", "2000")),
                    {"place": "y", "value": "2"}, {"place": "y", "value": "2.1"})  # fmt: skip
    done = run("--by", "place", "--stat", f"{stat},sum", "--top", "1", "--share", table=table)
    assert [row["place"] for row in done.csv] == [place]
    assert float(done.csv[0]["sum_share"]) == pytest.approx(
        100 * {"x": 0.3001, "y": 4.1}[place] / 4.4001)  # fmt: skip


def test_bounds_may_not_settle_what_is_largest(run):
    table = figures({"place": "x", "value": "9", "bound": "over"}, {"place": "y", "value": "10"})
    done = run("--by", "place", "--stat", "sum", "--top", "1", table=table)
    assert [row["place"] for row in done.csv] == ["y"]
    assert "bounds do not settle which groups are the largest" in done.stderr


def textbook(cells):
    values = np.array(cells, dtype=float)
    shares = values / values.sum()
    differences = np.abs(values[:, None] - values).sum()
    return (shares**2).sum(), differences / (2 * len(values) ** 2 * values.mean())


def test_how_unequal_groups_are(run):
    done = run("--by", "year,site", "--value", "gdp", "--stat", "sum,hhi,gini", "--where",
               "gdp > 0")  # fmt: skip
    for row, cells in zip(done.csv, ([100, 300, 300, 50], [110, 310, 60]), strict=True):
        hhi, gini = textbook(cells)
        assert float(row["hhi"]) == pytest.approx(hhi, rel=1e-14)
        assert float(row["gini"]) == pytest.approx(gini, rel=1e-14)
        assert float(row["sum"]) == sum(cells)
    assert "Note: hhi and gini: over site\n" in done.stderr
    assert "not printed for every group, which is not zero: site z\n" in done.stderr


def test_how_unequal_groups_are_is_refused_where_one_prints_nothing(run):
    done = run("--by", "year,site", "--value", "gdp", "--stat", "hhi,sum")
    assert [row["hhi"] != "" for row in done.csv] == [False, True]
    assert (
        "no hhi for 1 of 2 groups (2022): nothing is printed for v, which is not zero"
        in done.stderr
    )
    cities = run("--by", "year,city", "--value", "gdp", "--stat", "hhi,sum",
                 table=OWN.replace("site", "city", 1))  # fmt: skip
    assert [row["hhi"] for row in cities.csv] == ["", ""]
    assert "nothing is printed for v, which is not zero" in cities.stderr
    table = OWN.replace("\nA,", "\nYunnan,")
    named = run("--by", "province", "--value", "gdp", "--stat", "hhi", "--province",
                "Yunnan,Gansu", "--across", "period", table=table)  # fmt: skip
    assert (named.code, "nothing is printed for Gansu" in named.stderr) == (1, True), named.stderr


def test_places_that_print_nothing_refuse_an_index(cli):
    done = cli("aggregate", "--by", "province", "--category", "investment", "--status", "signed",
               "--across", "scope,period", "--stat", "hhi")  # fmt: skip
    assert done.code == 1
    assert "nothing in this selection for Guizhou; Yunnan, which is not zero" in done.stderr
    four = cli("aggregate", "--by", "province", "--category", "investment", "--status", "signed",
               "--across", "scope,period", "--stat", "hhi,gini", "--province",
               "Gansu,Inner Mongolia,Guangxi,Sichuan")  # fmt: skip
    [row] = four.csv
    hhi, gini = textbook([15, 4573, 1300, 1000])
    assert float(row["hhi"]) == pytest.approx(hhi, rel=1e-14)
    assert float(row["gini"]) == pytest.approx(gini, rel=1e-14)
    assert (row["hhi_bound"], row["gini_bound"]) == ("unknown", "unknown")
    assert 0.25 <= float(row["hhi_low"]) <= hhi <= float(row["hhi_high"]) <= 1


def test_groups_inside_others_have_no_index(run):
    whole = {"place": "", "scope": "province", "value": "100"}
    table = figures(whole, {"place": "Dali", "value": "30", "part_of": "a0"})
    done = run("--by", "place", "--stat", "hhi", "--across", "scope", table=table)
    assert (done.code, "some groups lie inside others" in done.stderr) == (1, True)


@pytest.mark.parametrize("options", [("--share",), ("--total",), ("--top", "1"), ("--stat", "hhi")])
def test_what_is_of_several_groups_needs_them(cli, write, options):
    done = cli("aggregate", write(OWN), "--value", "gdp", *options)
    assert (done.code, "is of several groups: name them with --by" in done.stderr) == (2, True)


def test_a_mean_is_refused_over_what_the_sum_is(run, cli, write):
    """Jobs are a stock, that does not add over time: neither has their mean a meaning."""
    table = figures(*({"indicator": "jobs", "value": "1", "unit": "万个", "period": year}
                      for year in ("2022", "2023")))  # fmt: skip
    for stat in ("sum", "mean", "std"):
        done = run("--stat", stat, "--across", "period", table=table)
        assert (done.code, "jobs (posts) is a stock and" in done.stderr) == (1, True)
    done = cli("calc", "mean(a0, a1)", "--across", "period", "--data", write(table))
    assert (done.code, "has no mean over time" in done.stderr) == (1, True)
    done = run("--by", "period", "--stat", "mean", table=table)
    assert [row["mean"] for row in done.csv] == ["1", "1"]


@pytest.mark.parametrize("across", ["indicator,scope", "scope,indicator"])
def test_posts_and_persons_add(cli, across):
    [row] = cli("aggregate", "--category", "jobs", "--status", "actual", "--stat", "sum",
                "--across", across).csv  # fmt: skip
    assert (row["sum"], row["n"], row["indicator"]) == ("5.6", "3", "jobs;new_employment")
    done = cli("calc", "yn_longi_jobs + yn_dehong_textile_jobs + yn_wenshan_aluminium_new_jobs",
               "--across", across)  # fmt: skip
    assert (done.csv[0]["value"], done.csv[0]["unit"]) == ("5.6", row["unit"])
    assert "posts and persons are counted together, each as one job" in done.stderr


def test_persons_of_another_kind_do_not_add_to_jobs(run):
    table = figures({"indicator": "jobs", "value": "1", "unit": "个"},
                    {"indicator": "population", "value": "2", "unit": "人"})  # fmt: skip
    done = run("--stat", "sum", "--across", "indicator", table=table)
    assert [row["indicator"] for row in done.csv] == ["jobs", "population"]


def test_the_columns_of_a_table_described(run):
    done = run("--what", "columns", command="describe")
    described = {row["column"]: row for row in done.csv}
    for name in ("gdp", "population", "growth"):
        quartiles = oracle()[name].quantile([0.25, 0.5, 0.75]).tolist()
        found = [float(described[name][cell]) for cell in ("q25", "median", "q75")]
        assert found == pytest.approx(quartiles, rel=1e-14)
    assert (described["province"]["most_frequent"], described["province"]["times"]) == ("A", "5")
    assert (described["site"]["most_frequent"], described["site"]["times"]) == ("u", "2")
    assert (described["growth"]["most_frequent"], described["growth"]["times"]) == ("", "")
    assert (described["gdp"]["empty"], described["gdp"]["distinct"]) == ("1", "6")
    assert "other cells are as frequent as the one shown in site; population" in done.stderr
    assert described["year"]["median"] == ""


def test_figures_of_different_things_have_no_quantiles(cli, write):
    rows = {row["column"]: row for row in cli("describe", "--what", "columns").csv}
    assert (rows["value"]["min"], rows["value"]["median"]) == ("0.43", "")
    table = write("name,value,unit\na,1,亿元\nb,2,万元\n")
    done = cli("describe", table)
    assert [row["median"] for row in done.csv if row["column"] == "value"] == [""]
    assert "no quantiles of value" in done.stderr


def test_correlations(run):
    table = OWN + "C,2023,w,7,5,\n"
    done = run("--what", "correlation", table=table, command="describe")
    rows = oracle(table)
    assert [(row["column"], row["other"]) for row in done.csv] == [
        ("gdp", "population"), ("gdp", "growth"), ("population", "growth")]  # fmt: skip
    for row in done.csv:
        both = rows[[row["column"], row["other"]]].dropna()
        assert int(row["n"]) == len(both)
        assert float(row["pearson"]) == pytest.approx(both.corr().iloc[0, 1], abs=1e-11)
        spearman = both.rank().corr().iloc[0, 1]
        assert float(row["spearman"]) == pytest.approx(spearman, abs=1e-11)


def test_correlations_that_are_none(run):
    table = "a,b,c\n1,5,\n2,5,3\n3,5,4\n"
    done = run("--what", "correlation", table=table, command="describe")
    assert [(row["n"], row["pearson"], row["spearman"]) for row in done.csv] == [
        ("3", "", ""), ("2", "", ""), ("2", "", "")]  # fmt: skip
    assert "pairs of fewer than 3 rows have no correlation: 2" in done.stderr


@pytest.mark.parametrize("table", ["metrics", "projects"])
def test_tables_without_columns_to_correlate(cli, table):
    done = cli("describe", table, "--what", "correlation")
    assert (done.code, "Hint: transfer-cli describe" in done.stderr) == (2, True)


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("aggregate", ("sample (divided by n - 1)", "type 7", "0 to 1")),
        ("describe", ("type 7", "Pearson and Spearman")),
    ],
)
def test_the_help_says_by_which_definition(cli, command, words):
    text = " ".join(cli(command, "--help").stdout.split())
    assert [word for word in words if word not in text] == []
