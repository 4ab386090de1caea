"""The columns of an aggregate, their titles, and what its notes and hints say."""

import shlex

import pytest

from transfer_cli.stats import statistic

TITLES = {
    "count": ("Count", "计数"), "sum": ("Sum", "合计"), "mean": ("Mean", "均值"),
    "median": ("Median", "中位数"), "q25": ("q25", "q25"), "min": ("Min", "最小"),
    "max": ("Max", "最大"), "std": ("Std", "标准差"), "var": ("Var (unit²)", "方差（单位²）"),
    "cv": ("CV", "变异系数"), "distinct": ("Distinct", "不同值"),
    "hhi": ("HHI", "赫芬达尔指数"), "gini": ("Gini", "基尼系数"),
}  # fmt: skip
FIGURES = """id,province,indicator,period,value,unit,bound,part_of
a,Gansu,tax,2023,1,亿元,exact,
b,Gansu,tax,2023,2,亿元,over,
c,Yunnan,tax,2023,4,亿元,exact,
d,Yunnan,tax,2023,3,亿元,exact,c
"""


def run(cli, write, table, line):
    return cli("aggregate", write(table), *shlex.split(line))


@pytest.mark.parametrize(("name", "titles"), TITLES.items())
def test_titles(name, titles):
    [one] = statistic.parse([name])
    assert one.titles == titles


@pytest.mark.parametrize(
    ("lang", "titles"),
    [("en", "n|Left out|Unit|Sum share (%)"), ("zh", "未计入|单位|合计占比（%）|数目")],
)
def test_titles_on_paper(cli, write, lang, titles):
    done = run(cli, write, FIGURES, f"--by province --stat sum --share -f html --lang {lang}")
    assert [title for title in titles.split("|") if f">{title}<" not in done.stdout] == []


@pytest.mark.parametrize(
    ("line", "columns"),
    [
        ("--stat count", "province count"),
        ("--stat sum", "province indicator period unit n left_out sum sum_bound sum_low sum_high"),
        ("--stat std,var,cv,count", "province indicator period unit n left_out std std_bound var"
                                    " var_bound cv cv_bound count"),
        ("--stat sum,count --share", "province indicator period unit n left_out sum sum_bound"
                                     " sum_low sum_high sum_share sum_share_bound sum_share_low"
                                     " sum_share_high count count_share"),
        ("--stat hhi", "indicator period unit n left_out hhi hhi_bound hhi_low hhi_high"),
    ],
)  # fmt: skip
def test_columns_are_the_same_without_rows(cli, write, size, line, columns):
    full = run(cli, write, FIGURES, f"--by province {line}")
    empty = run(cli, write, FIGURES, f"--by province {line} --where 'value > 99'")
    assert full.stdout.splitlines()[0] == empty.stdout.splitlines()[0] == columns.replace(" ", ",")
    assert (empty.csv, empty.code) == ([], 0)


def test_a_table_without_units_has_no_column_of_them(cli, write):
    table = "city,amount\na,1\n"
    for where in ("", "--where 'amount > 9'"):
        done = run(cli, write, table, f"--by city --value amount --stat sum {where}")
        assert done.stdout.splitlines()[0] == "city,n,left_out,sum"


@pytest.mark.parametrize("name", ["sum", "mean", "std", "var", "cv"])
def test_a_part_is_left_out_of_what_adds(cli, write, size, name):
    done = run(cli, write, FIGURES, f"--province Yunnan --stat {name},max")
    assert [(row["n"], row["left_out"], row["max"]) for row in done.csv] == [("1", "1", "4")]
    assert "Note: left out, as part of another figure here: d\n" in done.stderr


@pytest.mark.parametrize("name", ["median", "min", "max"])
def test_a_part_may_be_the_largest(cli, write, name):
    done = run(cli, write, FIGURES, f"--province Yunnan --stat {name}")
    assert [(row["n"], row["left_out"]) for row in done.csv] == [("2", "0")]


@pytest.mark.parametrize("name", ["sum", "hhi", "gini"])
def test_rates_do_not_add(cli, write, name):
    table = "province,indicator,value,unit\nGansu,tax_growth,3,%\nYunnan,tax_growth,4,%\n"
    done = run(cli, write, table, f"--by province --stat {name}")
    assert (done.code, done.stdout) == (1, "")
    assert "growths do not add" in done.stderr


def test_a_refused_rate_is_named_by_its_column(cli, write):
    for name in ("growth_rate", "投资增速"):
        done = run(cli, write, f"{name}\n1\n2\n", f"--value {name} --stat sum")
        assert done.stderr.startswith(f"Error: growths do not add ({name})")
    done = run(cli, write, "x\n3%\n4%\n", "--value x --stat sum")
    assert done.stderr.startswith("Error: shares do not add (%)")


def test_a_weighted_mean_of_rates_is_not_unweighted(cli, write):
    table = "indicator,value,unit,w\ntax_growth,3,%,1\ntax_growth,5,%,3\n"
    done = run(cli, write, table, "--stat mean")
    assert done.csv[0]["mean"] == "4" and "the mean is unweighted" in done.stderr
    done = run(cli, write, table, "--stat mean,sum --weight w")
    assert (done.csv[0]["mean"], done.csv[0]["sum"]) == ("4.5", "")
    assert "no sum: growths do not add" in done.stderr and "unweighted" not in done.stderr


def test_what_is_rounded_is_noted_and_nothing_else(cli, write):
    done = run(cli, write, "x\n1\n2\n4\n5.5\n",
               "--value x --stat q37,mean,std,var,cv,min,max,sum,count,distinct")  # fmt: skip
    [note] = [line for line in done.stderr.splitlines() if "rounded" in line]
    assert note.endswith("significant digits: std, cv")
    done = run(cli, write, "x\n0.1\n0.123456789012347\n0.7\n", "--value x --stat q37")
    assert "rounded to 15 significant digits: q37" in done.stderr
    done = run(cli, write, "x\n0.1\n0.1234567890123456789\n0.7\n", "--value x --stat sum,min,mean")
    assert done.csv[0]["sum"] == "0.9234567890123456789" and "rounded" not in done.stderr


@pytest.mark.parametrize(
    ("rows", "name", "largest"),
    [
        # 2 × 10^8 times 万元² is 2 × 10^16 元²; one 亿元² is 10^16.
        ("A,0,万元\nA,20000,万元\nB,0,亿元\nB,3,亿元\n", "var", "B"),
        ("A,0,万元\nA,20000,万元\nB,0,亿元\nB,1,亿元\n", "var", "A"),
        ("A,0,万元\nA,2,万元\nB,1,亿元\nB,2,亿元\n", "cv", "A"),
        ("A,1,万元\nA,2,万元\nB,3,亿元\n", "count,sum", "A"),
        ("A,20000,万元\nB,1,亿元\n", "sum", "A"),
    ],
)  # fmt: skip
def test_the_largest_in_any_unit(cli, write, rows, name, largest):
    done = run(cli, write, f"place,value,unit\n{rows}", f"--by place --stat {name} --top 1")
    assert [row["place"] for row in done.csv] == [largest]


@pytest.mark.parametrize(
    ("table", "line", "code", "message", "hint"),
    [
        ("id,city,amount\na,b,1\n", "--stat sum", 2, "", "--value amount"),
        ("id,city,growth_rate,amount\na,b,1,2\n", "--stat sum", 2, "no", "--value amount"),
        ("city,value\na,1\n", "--stat sum --share", 2, "--share is of several", "--by place"),
        ("city,province,value\na,b,1\n", "--stat sum --total", 2, "--total is of several groups",
         "--by province"),
        ("city,value\na,1\n", "--stat hhi", 2, "--stat hhi is of several groups", "--by place"),
        ("city,value\na,1\n", "--stat hhi --by city --total", 2, "without --total", "--stat hhi"),
        ("city,value\na,1\n", "--stat hhi --by city --top 2", 2, "without --top", "--stat hhi"),
        ("city,value\na,1\n", "--stat mean --by city --share", 2, "--share is of a sum or",
         "--stat sum"),
        ("city,value,w\na,1,2\n", "--stat sum --weight w", 2, "weight of a mean", "--stat mean"),
        ("city,value,w\na,1,-2\nb,2,0\n", "--stat mean --weight w", 1, "a weight is below zero",
         "--where '`w` >= 0'"),
        ("city,value\na,1\n", "--stat q101", 2, "a quantile lies between 0 and 100", "q25 or p90"),
        ("city,value\na,1\n", "--stat p9o", 2, "p9o", "did you mean 'p90'?"),
        ("city,value\na,1\n", "--stat medin", 2, "medin", "'median'"),
        ("city,value\na,1\n", "--stat sum --by cty", 2, "unknown column 'cty'", "city"),
        ("id,city\na,b\n", "--stat sum --by cty", 2, "unknown column 'cty'", "city"),
        ("city,value\na,1\n", "--stat sum --by period", 2, "unknown column 'period'", "city"),
        *((f"{name},value\na,1\n", f"--stat std --by {name}", 2, f"'{name}' of its own", "rename")
          for name in ("rows", "n", "empty", "unreadable", "percent", "sum", "min", "max", "values",
                       "sum_of_squares", "left_out", "std")),
    ],
)  # fmt: skip
def test_what_is_typed_wrong_has_a_hint(cli, write, table, line, code, message, hint):
    done = run(cli, write, table, line)
    assert (done.code, done.stdout) == (code, "")
    assert message in done.stderr
    [typed] = [text for text in done.stderr.splitlines() if text.startswith("Hint: ")]
    assert hint in typed
    if typed.startswith("Hint: transfer-cli "):
        assert cli(*shlex.split(typed)[2:]).code == 0


def test_zero_is_a_weight(cli, write, size):
    table = "city,value,w\na,1,0\nb,2,3\nc,4,1\nd,8,\n"
    done = run(cli, write, table, "--stat mean,sum,max --weight w")
    assert [(row["n"], row["mean"], row["sum"], row["max"]) for row in done.csv] == [
        ("3", "2.5", "7", "4")]  # fmt: skip
    assert "mean: weighted by w" in done.stderr and "1 row has no w and is left out" in done.stderr
    none = run(cli, write, "city,value,w\na,1,0\nb,2,0\n", "--stat mean,sum --weight w")
    assert [(row["mean"], row["sum"]) for row in none.csv] == [("", "3")]
    blank = run(cli, write, "city,value,w\na,1,\n", "--stat mean,sum --weight w")
    assert (blank.csv, blank.code) == ([], 0)


@pytest.mark.parametrize("judged", ["value", "amount"])
def test_rows_without_a_number_are_noted_once(cli, write, size, judged):
    table = f"city,{judged}\na,1\na,\nb,2\nb,\n"
    line = f"--by city --value {judged} --stat"
    assert (
        f"2 rows have no {judged}, which is not zero"
        in run(cli, write, table, f"{line} sum").stderr
    )
    assert "have no" not in run(cli, write, table, f"{line} sum,count").stderr
    none = run(cli, write, f"city,{judged}\na,\nb,\n", f"{line} sum")
    assert f"2 rows have no {judged}, which is not zero" in none.stderr
    half = run(cli, write, f"city,{judged}\na,1\nb,\n", f"{line} sum")
    assert f"1 row has no {judged}" in half.stderr and "no rows" not in half.stderr
    assert "have no" not in run(cli, write, f"city,{judged}\na,1\n", f"{line} sum").stderr
    whole = run(cli, write, f"city,{judged}\na,1\nb,2\n", f"{line} sum,count")
    assert "have no" not in whole.stderr
    assert [(row["count"], row["sum"]) for row in whole.csv] == [("1", "1"), ("1", "2")]


def test_a_group_alone_in_its_total_is_noted(cli, write):
    table = "province,city,value\nGansu,a,1\nGansu,b,2\nYunnan,c,4\nGuizhou,d,1\n"
    done = run(cli, write, table, "--by province,city --stat sum --share")
    assert "share: 2 of 4 groups are alone in their total, of which they are 100 %" in done.stderr
    done = run(cli, write, table, "--by city --stat sum --share")
    assert "alone" not in done.stderr and "below zero" not in done.stderr
    done = run(cli, write, table.replace("4", "-4"), "--by city --stat sum --share")
    assert "no shares in a total of which a group may be below zero" in done.stderr


def test_the_sources_of_a_sum_are_named(cli, write):
    done = run(cli, write, "indicator,source,value\ntax,a,1\ntax,b,2\n",
               "--stat sum --across source")  # fmt: skip
    assert "different source: a, b" in done.stderr


def test_indicators_kept_apart_are_named(cli, write):
    table = "indicator,value,unit\ntax,1,亿元\njobs,2,人\n"
    done = run(cli, write, table, "--stat max --across indicator")
    assert [row["max"] for row in done.csv] == ["2", "1"]
    assert "kept apart, as they measure different things: jobs (posts) and tax paid" in done.stderr
    more = run(cli, write, f"{table},3,亿元\ninvestment,4,亿元\n",
               "--stat max --across indicator")  # fmt: skip
    assert [row["indicator"] for row in more.csv] == ["jobs", "investment;tax"]
    assert "different things: jobs (posts) and investment and tax paid\n" in more.stderr
    none = run(cli, write, "indicator,value,unit\n,1,亿元\njobs,2,人\n",
               "--stat max --across indicator")  # fmt: skip
    assert "different things: jobs (posts) and not printed\n" in none.stderr
    same = run(cli, write, "indicator,value,unit\ntax,1,亿元\ntax,2,亿元\n",
               "--stat max --across indicator")  # fmt: skip
    assert "kept apart" not in same.stderr
    assert "kept apart" not in run(cli, write, table, "--stat max").stderr


def test_a_bound_leaves_open_which_group_is_the_largest(cli, write):
    rows = "a,5,exact\nb,3,over\n"
    done = run(cli, write, f"city,value,bound\n{rows}", "--by city --stat sum --top 1")
    assert "bounds do not settle which groups are the largest" in done.stderr
    done = run(cli, write, f"city,value,bound\n{rows}".replace("over", "at_most"),
               "--by city --stat sum --top 1")  # fmt: skip
    assert "bounds" not in done.stderr
    touching = "city,value,bound\na,5,exact\nb,4,exact\n"
    assert "bounds" not in run(cli, write, touching, "--by city --stat sum --top 1").stderr


def test_projects_have_no_note_on_columns_that_they_need_not_have(cli):
    assert "plain arithmetic" not in cli("aggregate", "projects", "--stat", "sum").stderr


@pytest.mark.parametrize(
    ("table", "line", "sums"),
    [
        # Tables of figures side by side are kept apart by their source, other tables are not.
        ("indicator,source,value\ntax,a,1\ntax,b,2\n", "", ["1", "2"]),
        ("city,source,amount\nx,a,1\nx,b,2\n", "--value amount", ["3"]),
        ("indicator,source,value\ntax,a,1\ntax,b,2\n", "--across source", ["3"]),
        # Another column of numbers than that of the figures is added up whatever they are of.
        ("indicator,status,value,jobs_here\ntax,actual,1,5\njobs,signed,2,6\n", "--value jobs_here",
         ["11"]),
        ("indicator,value,part,part_of\ntax,1,5,\ntax,2,6,\n", "--value part", ["11"]),
        # A project that is signed and started is one project.
        ("status,project,value\nsigned,A,1\nstarted,B,2\n", "--across status", ["3"]),
        ("indicator,source,amount\ntax,a,1\ntax,b,2\n", "--value amount", ["1", "2"]),
        ("name,source,amount\nx,total,1\ny,a,2\n", "--value amount", ["3"]),
        # Jobs are counted in posts and in persons.
        ("province,indicator,value,unit\nGansu,tax,1,亿元\nYunnan,jobs,2,个\n"
         "Yunnan,new_employment,3,人\n", "--by province --across indicator", ["1", "5"]),
        ("indicator,value,unit\njobs,1,个\nnew_employment,2,人\n", "--across indicator", ["3"]),
    ],
)  # fmt: skip
def test_what_is_kept_apart(cli, write, size, table, line, sums):
    done = run(cli, write, table, f"--stat sum {line}")
    assert [row["sum"] for row in done.csv] == sums, done.stderr


@pytest.mark.parametrize(
    ("units", "line", "unit", "total"),
    [("亿元 亿元", "", "亿元", "2"), ("万元 亿元", "", "亿元", "1.0001"),
     ("万元 元", "", "亿元", "0.00010001"), ("万元 元", "--value value", "亿元", "0.00010001"),
     ("亿元 亿元", "--unit 万元", "万元", "20000")],
)  # fmt: skip
def test_the_unit_of_a_sum(cli, write, units, line, unit, total):
    one, other = units.split()
    table = f"indicator,value,unit\ntax,1,{one}\ntax,1,{other}\n"
    [row] = run(cli, write, table, f"--stat sum {line}").csv
    assert (row["unit"], row["sum"]) == (unit, total)


def test_a_unit_that_fits_some_groups_is_used_there(cli, write):
    table = "indicator,value,unit\ntax,1,亿元\nprojects,2,个\n"
    done = run(cli, write, table, "--by indicator --stat sum --unit 万元")
    assert {row["indicator"]: (row["sum"], row["unit"]) for row in done.csv} == {
        "tax": ("10000", "万元"), "projects": ("2", "个")}  # fmt: skip
    assert run(cli, write, table, "--by indicator --stat sum --unit 吨").code == 1


def test_more_weights_than_can_be_computed_with(cli, write, monkeypatch):
    from transfer_cli.stats import weights

    table = "city,value,w\na,1,1\nb,2,2\nc,4,2\n"
    for most, code in ((3, 0), (2, 0), (1, 1)):
        monkeypatch.setattr(weights, "MOST", most)
        done = run(cli, write, table, "--stat mean --weight w")
        assert done.code == code
    assert "'w' has more than 1 different weights" in done.stderr
    assert "Hint: transfer-cli aggregate table.csv --stat mean\n" in done.stderr


def test_numbers_that_do_not_add_are_refused(cli):
    for name in ("sum", "mean"):
        done = cli("aggregate", "--value", "line", "--stat", name)
        assert (done.code, done.stdout) == (1, "")
    assert "do not add" in done.stderr and "--stat count,min,max" in done.stderr
