"""Many figures are judged in groups: with the same result as one by one, at any size."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transfer_cli.stats import groups

WORDS = {
    "province": ["Yunnan", "Gansu", "China", ""],
    "place": ["", "Dali", "Kunming", "Dali Old Town", "合计"],
    "subject": ["", "One", "Two"],
    "project": ["P", "Q", ""],
    "scope": ["", "nation", "province", "city", "project", "zone"],
    "indicator": ["tax", "jobs", "investment", "national_rank", "gdp"],
    "industry": ["", "food", "aluminium", "food;aluminium", "合计"],
    "status": ["actual", "signed", "target", "started", ""],
    "year": ["2022", "2023", "2023-Q1", ""],
    "unit": ["亿元", "万元"],
    "bound": ["exact", "over"],
    "part_of": ["", "", "1", "2"],
    "value": ["1", "2.5", "10", "-3", ""],
}
ACROSS = ("indicator", "status", "scope", "period")
THREE = "province,year,value\n广西,2023,1\n四川,2023,1\n云南,2023,1\n"


@pytest.fixture
def in_groups(monkeypatch):
    """Judge in groups what has more rows than so many."""
    return lambda rows: monkeypatch.setattr(groups, "SINGLE", rows)


@st.composite
def tables(draw):
    """Draw a table of a few figures with some of the columns, and the columns given up."""
    names = [name for name in WORDS if name == "value" or draw(st.booleans())]
    words = {name: draw(st.lists(st.sampled_from(WORDS[name]), min_size=1, max_size=3))
             for name in names}  # fmt: skip
    rows = [",".join([str(number), *(draw(st.sampled_from(words[name])) for name in names)])
            for number in range(draw(st.integers(2, 6)))]  # fmt: skip
    across = [name for name in ACROSS if name.replace("period", "year") in names]
    given_up = draw(st.lists(st.sampled_from(across), unique=True)) if across else []
    return "\n".join([",".join(["id", *names]), *rows]) + "\n", given_up


@settings(derandomize=True)
@given(tables())
def test_any_table_has_the_same_result(cli, write, in_groups, case):
    table, given_up = case
    options = (
        "--stat",
        "count,sum,mean,max",
        *(["--across", ",".join(given_up)] if given_up else []),
    )

    def result(limit):
        in_groups(limit)
        done = cli("aggregate", write(table), *options)
        return done.stdout, done.code

    assert result(10_000) == result(0)


@pytest.mark.parametrize(
    ("table", "options", "total"),
    [
        # The nation and a total are known by their name, whatever the scopes are.
        ("scope,place,industry,value\ncity,合计,a,3\ncity,Dali,a,2\n", "", ["3"]),
        ("scope,place,industry,value\nzone,Dali,合计,3\nzone,Dali,a,2\n", "", ["3"]),
        ("province,industry,value\nChina,,3\nChina,food,2\n", "", ["3"]),
        ("province,value\n全国,9\n云南,2\n四川,3\n", "", ["9"]),
        ("place,value\n合计,9\nDali,2\nKunming,3\n", "", ["9"]),
        # Several industries in a cell hold each of them.
        ("scope,industry,value\ncity,a;b,5\ncity,a,3\n", "", ["5"]),
        # No two are of one place, so that one without a place is of the whole province.
        ("province,place,value\n云南,,9\n云南,Dali,2\n云南,Kunming,3\n", "", ["9"]),
        ("province,place,value\n云南,,9\n云南,Dali,2\n云南,Dali,3\n", "", ["14"]),
        ("province,place,value\n云南,,9\n云南,,4\n云南,Dali,3\n", "", ["16"]),
        ("province,place,value\n云南,Dali,9\n云南,Dali Old Town,2\n", "", ["9"]),
        ("province,place,project,value\n云南,,P,9\n云南,Dali,Q,2\n", "", ["11"]),
        ("place,subject,value\nDali,,9\nDali,One,2\nKunming,Two,3\n", "", ["12"]),
        ("province,industry,value\n云南,,9\n云南,a,2\n云南,b,3\n", "", ["9"]),
        ("scope,province,place,value\n,云南,,9\n,云南,Dali,2\n", "", ["9"]),
        ("scope,province,place,value\nproject,云南,,9\nproject,云南,Dali,2\n", "", ["11"]),
        # A part of another one.
        ("id,part_of,value\nx,,9\ny,x,2\nz,,1\n", "", ["10"]),
        # A narrower scope lies inside a wider one; projects of one place do not.
        ("scope,province,place,value\nprovince,云南,,9\ncity,云南,Dali,2\n",
         "--across scope", ["9"]),
        ("scope,province,place,value\nzone,云南,A,9\ncompany,云南,B,2\n",
         "--across scope", ["11"]),
        ("scope,province,place,value\ncity,云南,Dali,9\nzone,云南,Kunming,2\n",
         "--across scope", ["11"]),
        ("scope,province,industry,value\nprovince,云南,,9\nprovince,云南,a,2\n", "", ["9"]),
        ("scope,province,industry,value\nprovince,云南,,9\nprovince,四川,a,2\n", "", ["11"]),
        ("scope,subject,province,industry,value\nzone,One,云南,,9\nzone,One,云南,a,2\n",
         "", ["9"]),
        ("scope,subject,province,industry,value\nzone,One,云南,,9\nzone,Two,云南,a,2\n",
         "", ["11"]),
        ("scope,subject,province,industry,value\nproject,One,云南,,9\nproject,One,云南,a,2\n",
         "", ["11"]),
        ("scope,province,place,value\nprovince,云南,,9\ncity,云南,Dali,2\ncity,四川,Chengdu,3\n",
         "--across scope", ["12"]),
        ("scope,province,place,industry,value\n,云南,A,,9\n,云南,A,,8\n,云南,A,a,2\n,云南,B,a,3\n"
         "project,云南,B,a,1\n", "--across scope", ["21"]),
        ("place,industry,value\n,,9\n,a,2\n", "", ["9"]),
        # A column of scopes or stages that are never printed says nothing.
        ("scope,status,value\n,,9\n,,2\n", "", ["11"]),
        # A project whose industry is not printed is not of all of them.
        ("project,province,status,industry,value\nP,云南,signed,,9\nP,云南,signed,a,2\n",
         "--across status", ["11"]),
        # What is smaller than another figure does not contain it, in whatever unit.
        ("province,place,value,unit\n云南,,9,亿元\n云南,Dali,20000,万元\n", "", ["9"]),
        ("province,place,value,unit\n云南,,1,亿元\n云南,Dali,20000,万元\n", "", ["3"]),
    ],
)  # fmt: skip
@pytest.mark.parametrize("judged", [10_000, 0], ids=["one by one", "in groups"])
def test_what_holds_others_is_the_total(cli, write, in_groups, size, table, options, total, judged):
    in_groups(judged)
    done = cli("aggregate", write(table), "--stat", "sum", *options.split())
    assert [row["sum"] for row in done.csv] == total, done.stderr


@pytest.mark.parametrize(
    ("table", "options", "answer"),
    [
        # Periods overlap only where the places may.
        ("province,year,value\n云南,2023,1\n四川,2023-Q1,2\n", "", "3"),
        ("province,year,value\n云南,2023,1\n云南,2023-Q1,2\n", "", "2023-Q1 overlap"),
        ("province,year,value\n云南,2022,1\n云南,2023,2\n", "", "3"),
        ("province,year,value\n云南,2023,1\n云南,,2\n", "", "some figures print no period"),
        ("province,year,value\n云南,2023,1\n四川,,2\n", "", "3"),
        ("province,year,value\n云南,,1\n云南,,2\n", "", "3"),
        ("province,year,value\n云南,2023-Q1,1\n云南,2023-Q2,2\n", "", "3"),
        # Not only the first and the last place of a period matter.
        (f"{THREE}甘肃,2023-Q1,1\n四川,2023-Q1,1\n新疆,2023-Q1,1\n", "", "2023-Q1 overlap"),
        (f"{THREE}甘肃,2023-Q1,1\n贵州,2023-Q1,1\n新疆,2023-Q1,1\n", "", "6"),
        (f"{THREE}甘肃,,1\n四川,,1\n新疆,,1\n", "", "some figures print no period"),
        (f"{THREE}甘肃,,1\n贵州,,1\n新疆,,1\n", "", "6"),
        # Stages of one thing do not add.
        ("province,subject,status,value\n云南,One,signed,1\n云南,Two,started,2\n", "", "3"),
        ("province,subject,status,value\n云南,One,signed,1\n云南,One,started,2\n",
         "", "one whole, One"),
        ("project,status,value\nP,signed,1\nQ,started,2\n", "", "3"),
        ("project,status,value\nP,signed,1\nP,started,2\n", "", "one whole, P"),
        ("place,subject,status,value\nDali,One,signed,1\nDali,Two,signed,2\n", "", "3"),
        ("project,status,value\nP,signed,1\nQ,signed,2\nR,started,3\nS,started,4\n", "", "10"),
        ("project,status,value\nP,signed,1\nQ,signed,2\nR,started,3\nQ,started,4\n",
         "", "one whole, Q"),
        ("project,status,year,bound,value\nP,signed,2022,exact,1\nP,signed,2023,exact,2\n"
         "Q,started,2022,over,3\n", "", "6"),
        # A capacity does not add over industries, nor over those that lie between two others.
        ("scope,indicator,industry,value\ncity,annual_capacity,a,1\ncity,annual_capacity,b,2\n",
         "", "does not add over industry"),
        ("scope,indicator,industry,year,bound,value\nzone,gdp,a,2022,exact,1\n"
         "zone,gdp,b,2022,exact,2\nzone,gdp,a,2023,exact,3\n", "", "does not add over industry"),
        ("scope,indicator,place,value\ncity,annual_capacity,A,1\ncity,annual_capacity,B,2\n",
         "", "3"),
        # Ranks have a mean within one list only.
        ("indicator,subject,value\nnational_rank,One,1\nnational_rank,One,2\n",
         "--stat mean", "1.5"),
        ("indicator,subject,value\nnational_rank,One,1\nnational_rank,Two,2\n", "--stat mean",
         "different lists"),
        ("indicator,industry,value\nnational_rank,a,1\nnational_rank,b,2\n", "--stat mean",
         "different lists"),
        ("indicator,industry,value\nnational_rank,a,1\nnational_rank,b,2\nnational_rank,c,3\n",
         "--stat mean", "different lists have no mean (a; b; c)"),
        ("indicator,subject,value\nnational_rank,One,1\nnational_rank,Two,2\n", "--stat median",
         "1.5"),
        # An id that recurs is that of a place or a firm, if no column says what a row measures.
        ("id,year,value\na,2022,1\na,2023,2\n", "", "3"),
        ("indicator,subject,value\ntax,One,1\ntax,Two,2\n", "--stat mean", "1.5"),
        ("indicator,subject,value\nours,One,1\nours,Two,2\n", "--stat mean", "1.5"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("judged", [10_000, 0], ids=["one by one", "in groups"])
def test_what_may_be_combined(cli, write, in_groups, table, options, answer, judged):
    in_groups(judged)
    columns = table.split("\n", 1)[0].replace("year", "period")
    across = [name for name in ("period", "status") if name in columns]
    given_up = ["--across", ",".join(across)] if across else []
    done = cli("aggregate", write(table), *(options or "--stat sum").split(), *given_up)
    if done.code:
        assert answer in done.stderr.splitlines()[0]
    else:
        [row] = done.csv
        assert answer in (row.get("sum"), row.get("mean"), row.get("median")), done.stderr


@pytest.mark.parametrize("judged", [10_000, 0], ids=["one by one", "in groups"])
def test_each_group_is_judged_by_itself(cli, write, in_groups, judged):
    in_groups(judged)
    rows = "A,2023,1\nA,2022,2\nB,2023,3\nB,2023-Q1,4\n"
    done = cli("aggregate", write(f"place,year,value\n{rows}"), "--by", "place", "--stat", "sum",
               "--across", "period")  # fmt: skip
    assert [(row["place"], row["sum"]) for row in done.csv] == [("A", "3")]
    assert "no sum for 1 of 2 groups" in done.stderr
    stages = "A,,1\nB,,2\nB,,3\nC,signed,4\n"
    done = cli(
        "aggregate", write(f"place,status,value\n{stages}"), "--by", "place", "--stat", "sum"
    )
    assert [(row["place"], row["sum"]) for row in done.csv] == [("A", "1"), ("C", "4")]
    assert "no sum for 1 of 3 groups" in done.stderr


@pytest.mark.parametrize("judged", [10_000, 0], ids=["one by one", "in groups"])
def test_what_is_left_out_is_noted(cli, write, in_groups, judged):
    in_groups(judged)
    table = "scope,province,place,value\nprovince,云南,,9\ncity,云南,Dali,2\n"
    done = cli("aggregate", write(table), "--stat", "sum,count", "--across", "scope")
    assert [(row["n"], row["left_out"], row["count"]) for row in done.csv] == [("1", "1", "2")]
    assert "left out, as they may lie inside a wider figure here" in done.stderr
    assert "different scope" not in done.stderr


@pytest.mark.parametrize("judged", [10_000, 0], ids=["one by one", "in groups"])
def test_parts_of_one_whole_have_one_stage(cli, write, size, in_groups, judged):
    in_groups(judged)
    rows = "a,,signed,X,9\nb,a,,X,2\nc,a,,X,3\n"
    done = cli("aggregate", write(f"id,part_of,status,place,value\n{rows}"), "--by", "place",
               "--stat", "sum")  # fmt: skip
    assert [(row["status"], row["sum"]) for row in done.csv] == [("signed", "9"), ("", "5")]


def test_few_figures_left_out_are_named(cli, write):
    table = "id,scope,province,place,value\np,province,云南,,9\nc,city,云南,Dali,2\n"
    done = cli("aggregate", write(table), "--stat", "sum", "--across", "scope")
    assert done.stderr.endswith("left out, as they may lie inside a wider figure here: c\n")
    done = cli("aggregate", write(table.replace("c,city", ",city")), "--stat", "sum",
               "--across", "scope")  # fmt: skip
    assert done.stderr.endswith("a wider figure here: 1 figure\n")


def test_more_groups_than_can_be_judged(cli, write, in_groups, monkeypatch):
    in_groups(0)
    monkeypatch.setattr(groups, "MOST", 1)
    table = "place,year,value,bound\nA,2022,1,exact\nA,2023,2,exact\n"
    done = cli("aggregate", write(table), "--by", "place", "--across", "period", "--stat", "sum")
    assert (done.code, done.stdout) == (1, "")
    assert "different groups of figures would have to be judged" in done.stderr
    assert "--by place,year" in done.stderr or "--by place,period" in done.stderr
    done = cli(
        "aggregate", write(table), "--by", "place", "--across", "period", "--stat", "max,sum"
    )
    assert [(row["max"], row["sum"]) for row in done.csv] == [("2", "")]
