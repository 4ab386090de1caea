"""``filter --derive``, arithmetic in ``--where``, and ``--unit``: in memory and in DuckDB."""

import csv
import io

import pytest

WIDE = (
    "province,year,gdp,population,note\n"
    'A,2020,100,20,x\nB,2020,"1,000",30,y\nC,2020,,5,z\nD,2020,7,0,w\nE,2020,0.1,0.2,v\n'
    "F,2020,soon,1,u\nG,2020,9007199254740993,1,t\n"
)
FIGURES = """
id,province,indicator,status,period,value,unit,bound
a,Yunnan,investment,signed,2023,1.5,亿元,exact
b,Yunnan,investment,signed,2023,5000,万元,over
c,Yunnan,investment,signed,2023,,亿元,exact
d,Yunnan,projects,signed,2023,20,个,nearly
""".lstrip()
SIZES = """
name,cost,cost_unit,size,size_unit
a,1.5,亿元,3,GW
b,5000,万元,2,GW
c,3,亿元,1000,万元
d,3,亿元,0,GW
""".lstrip()


@pytest.fixture
def answer(size, cli, write):
    """Return a function that runs ``filter`` on a table of either size and returns the result."""

    def run(text, *args, command="filter"):
        return cli(command, write(text), *args)

    return run


def rows(result):
    assert result.code == 0, result.stderr
    return [tuple(row) for row in list(csv.reader(io.StringIO(result.stdout)))[1:]]


PER_HEAD = ("--derive", "per_head=gdp / population", "--columns", "province,per_head")


def test_a_quotient_has_15_digits_and_an_empty_cell_is_none(answer):
    result = answer(WIDE, *PER_HEAD)
    assert rows(result) == [
        ("A", "5"), ("B", "33.3333333333333"), ("C", ""), ("D", ""), ("E", "0.5"), ("F", ""),
        ("G", "9007199254740993"),
    ]  # fmt: skip
    assert "'per_head' is empty in 3 rows" in result.stderr


def test_sums_differences_and_products_are_exact(answer):
    result = answer(WIDE, "--derive", "x=(gdp + population) * 3 - 0.1", "--columns", "x")
    assert [row[0] for row in rows(result)] == [
        "359.9", "3089.9", "", "20.9", "0.8", "", "27021597764222981.9",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("where", "provinces"),
    [
        ("per_head > 4", "ABG"),
        ("per_head == 0.5", "E"),
        ("not per_head > 4", "E"),
        ("per_head * 2 == 10", "A"),
        ("per_head < population", "A"),
        ("4 < per_head < 40 and contains(note, 'y')", "B"),
        ("gdp / population > 4", "ABG"),
        ("gdp > population * 10", "BDG"),
        ("startswith(province, 'E') or gdp + population == 120", "AE"),
    ],
)
def test_conditions(answer, where, provinces):
    result = answer(WIDE, *PER_HEAD, "--where", where)
    assert "".join(row[0] for row in rows(result)) == provinces


def test_rows_are_sorted_by_a_derived_column(answer):
    result = answer(WIDE, *PER_HEAD, "--sort=-per_head", "--limit", "3")
    assert [row[0] for row in rows(result)] == ["G", "B", "A"]
    assert "3 of 7 rows" in result.stderr


def test_a_derived_column_may_use_another(answer):
    result = answer(
        WIDE, "--derive", "a=gdp * 2", "--derive", "b=a + 1", "--columns", "b", "--where", "b > 200"
    )
    assert [row[0] for row in rows(result)] == ["201", "2001", "18014398509481987"]


def test_it_stands_after_the_columns_of_the_table(answer):
    header = answer(WIDE, "--derive", "x=gdp * 2").stdout.splitlines()[0]
    assert header == "province,year,gdp,population,note,x"


def test_bounds_and_units_are_kept(answer):
    result = answer(FIGURES, "--derive", "x=value * 2", "--columns", "id,x,x_bound,x_unit")
    assert rows(result) == [
        ("a", "3", "exact", "亿元"), ("b", "10000", "over", "万元"), ("c", "", "", ""),
        ("d", "40", "nearly", "个"),
    ]  # fmt: skip
    result = answer(FIGURES, "--derive", "x=60 / value", "--columns", "id,x_bound")
    assert rows(result)[1] == ("b", "under")


def test_a_hidden_bound_is_said(answer):
    result = answer(FIGURES, "--derive", "x=value * 2", "--columns", "id,x")
    assert "not exact" in result.stderr


def test_a_quotient_of_units(answer):
    result = answer(SIZES, "--derive", "x=cost / size", "--columns", "name,x,x_unit")
    assert rows(result) == [
        ("a", "0.5", "亿元/GW"), ("b", "2500", "万元/GW"), ("c", "30", ""), ("d", "", ""),
    ]  # fmt: skip
    result = answer(SIZES, "--derive", "x=cost + size", "--columns", "x,x_unit")
    assert rows(result)[2] == ("3.1", "亿元")
    assert rows(result)[0] == ("", "")


def test_a_large_table_of_two_units_says_how(answer, size):
    result = answer(SIZES, "--derive", "x=cost / size", "--where", "x > 1", "--columns", "name")
    if size == "large":
        assert result.code == 2
        assert "in one unit" in result.stderr
    else:
        assert [row[0] for row in rows(result)] == ["b", "c"]


@pytest.mark.parametrize(
    ("derive", "why"),
    [
        ("gdp", "not NAME=EXPR"),
        ("=gdp", "not NAME=EXPR"),
        ("x=", "not NAME=EXPR"),
        ("gdp=population", "has a column 'gdp'"),
        ("x=gpd * 2", "unknown column 'gpd'"),
        ("x=gdp ** 2", "cannot hold"),
        ("x=sum(gdp)", "cannot hold"),
        ("x=gdp > 1", "cannot hold"),
        ("x='a'", "cannot hold"),
        ("a,b=gdp", "not a name of a column"),
        ("x=__import__('os')", "cannot hold"),
        ("x=region + 1", "cannot hold"),
    ],
)
def test_what_is_no_derivation(answer, derive, why):
    result = answer(WIDE, "--derive", derive)
    assert result.code == 2
    assert why in result.stderr
    assert "Hint: " in result.stderr


@pytest.mark.parametrize("command", ["filter", "export"])
def test_amounts_in_one_unit(answer, command):
    result = answer(FIGURES, "--unit", "万元", "--columns", "id,value", command=command)
    assert rows(result) == [
        ("a", "15000", "万元"), ("b", "5000", "万元"), ("c", "", "亿元"), ("d", "20", "个"),
    ]  # fmt: skip
    assert "1 row is not converted to 万元, which measures something else: 个" in result.stderr


def test_the_unit_may_be_english_and_is_checked(answer):
    result = answer(FIGURES, "--unit", "CNY 10k", "--where", "value == 1.5")
    assert ",15000,万元,exact" in result.stdout
    assert answer(FIGURES, "--unit", "furlong").code == 2
    assert answer(WIDE.replace("gdp", "value"), "--unit", "万元").code == 2


def test_a_derived_column_on_the_report(cli):
    result = cli("filter", "--category", "tax", "--derive", "half=value / 2", tty=True)
    assert "2,390" in result.stdout
    assert "half_bound" not in result.stdout.splitlines()[1]
