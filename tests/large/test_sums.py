"""A large table is added up as a small one is."""

import pytest

HEAD = "id,province,place,scope,indicator,industry,status,period,value,unit,bound"
ROWS = """a,Yunnan,昆明市,project,investment,aluminium,signed,2023,3.30,亿元,exact
b,云南,"文山, 州",project,investment,textiles,signed,2023,120,万元,over
c,Yunnan,Dali,company,investment,textiles,started,2023,5,亿元,nearly
d,Gansu,,project,investment,,signed,2023,40,亿元,about
e,Gansu,兰州市,zone,investment,,signed,2023-Q1,12.5,亿元,under
g,Sichuan,成都市,project,jobs,food,signed,2024-Q1,700,个,
h,Sichuan,成都市,project,jobs,food,signed,2024-Q2,,个,exact
i,Sichuan,成都市,project,output_growth,food,,2024-Q2,-3.5,%,exact
j,Sichuan,成都市,project,output_growth,food,actual,2024-Q2,7,%,nearly
k,Sichuan,绵阳市,project,cell_capacity,food,actual,2024,7,GW,exact
l,Sichuan,绵阳市,project,cell_capacity,photovoltaics,actual,2024,8,GW,at_most
m,,绵阳市,project,policies,,actual,2024,2,条,exact
n,,成都市,project,policies,,actual,2024,3,条,exact
"""
TABLE = f"{HEAD}\n{ROWS}"
ALL = "count,sum,mean,median,min,max,std,q25,p90"
ASKED = [
    ("--by", "province", "--stat", ALL),
    ("--by", "province", "--stat", "sum,count", "--across", "status,scope,period"),
    ("--stat", "median,sum", "--across", "status,indicator,period,scope"),
    ("--by", "category,region", "--stat", ALL, "--across", "scope"),
    ("--by", "industry,place", "--stat", "max", "--unit", "万元"),
    ("--by", "province", "--stat", "sum", "--province", "云南", "--status", "signed"),
    ("--stat", ALL, "--category", "investment", "--period", "2023", "--across", "status"),
    ("--stat", "sum", "--province", "Hunan"),
    ("--stat", "sum", "--min", "3亿元"),
    ("--by", "bound", "--stat", "count,sum", "--value", "period"),
    (
        "--by",
        "province,industry",
        "--stat",
        "sum,count,var,cv,distinct",
        "--share",
        "--total",
        "--across",
        "status,scope,period",
    ),
    (
        "--by",
        "province,industry",
        "--stat",
        "count,distinct",
        "--value",
        "place",
        "--share",
        "--total",
        "--top",
        "1",
    ),
    (
        "--by",
        "indicator,province",
        "--stat",
        "sum,max",
        "--top",
        "1",
        "--total",
        "--across",
        "status,scope,period",
    ),
    ("--by", "indicator,place", "--stat", "hhi,gini,sum", "--across", "status,scope,period"),
    ("--by", "indicator", "--stat", "mean,sum", "--weight", "value", "--across", "scope"),
]


@pytest.mark.parametrize("text", ["k,x\na,1\nb,\n", 'x\n1\n""\n2\n'], ids=["gap", "lone column"])
@pytest.mark.parametrize(
    "asked", [("aggregate", "--stat", "sum,count", "--value", "x"), ("filter",)]
)
def test_an_empty_cell(cli, large, write, text, asked):
    command, *options = asked
    small = cli(command, write(text), *options)
    assert small.code == 0
    big = large(command, write(text), *options)
    assert (big.stdout, big.code) == (small.stdout, small.code)


@pytest.mark.parametrize("asked", ASKED, ids=" ".join)
def test_the_answer_is_the_same(both, write, asked):
    big, small = both("aggregate", write(TABLE), *asked)
    assert big == small


@pytest.mark.parametrize("name", ["filled", "k1", "digits", "N", "Total", "v", "c3", "min v", "k0"])
def test_columns_called_as_those_of_the_engine_are(both, write, name):
    table = TABLE.replace("place", name, 1)
    asked = ("--by", name, "--stat", "sum,median,count", "--across", "status,scope,period")
    big, small = both("aggregate", write(table), *asked)
    assert (big, big.code) == (small, 0)


def test_what_comes_late_in_a_long_file_counts(both, write):
    first = ",Yunnan,昆明市,project,investment,aluminium,signed,2023"
    last = first.replace("signed", "completed").replace("Yunnan", "Hunan")
    rows = "".join(f"r{n}{first if n < 4_000 else last},{n},亿元,exact\n" for n in range(8_000))
    name = write(f"{HEAD}\n{rows}")
    big, small = both("aggregate", name, "--stat", "sum,median", "--across", "status")
    assert big == small
    assert "completed" in big.stderr
    big, small = both("aggregate", name, "--stat", "sum", "--province", "Hunan,云南")
    assert big == small


@pytest.mark.parametrize(
    "broken",
    ["c,3.x,\n", "c,3\n", "c,inf,\n", "c,nan,\n", "c,1_000,\n", 'c,"3,\n', "c,1e999,\n"],
)
def test_what_is_odd_is_refused_with_its_line(both, write, broken):
    name = write(f"place,value,note\na,1,x\nb,2,y\n{broken}")
    big, small = both("aggregate", name, "--by", "place", "--stat", "sum")
    assert (big, big.code) == (small, 3)
    assert f"{name}:4" in big.stderr


def test_a_bound_that_is_none(both, write):
    name = write(TABLE.replace("over", "ovr"))
    big, small = both("aggregate", name, "--stat", "sum", "--by", "place")
    assert (big, big.code) == (small, 3)


def test_parts_and_areas(both, write):
    whole = "w,Yunnan,,province,tax,,actual,2023,9,亿元,exact\n"
    part = whole.replace("w,", "x,").replace("tax,,", "tax,food,")
    name = write(f"{HEAD}\n{whole}{part}")
    big, small = both("aggregate", name, "--stat", "sum,count")
    assert big == small
    assert big.csv[0]["left_out"] == "1"
    parted = "".join(f"{line},{'b' if line[0] == 'a' else ''}\n" for line in ROWS.splitlines())
    big, small = both("aggregate", write(f"{HEAD},part_of\n{parted}"), "--stat", "sum")
    assert big == small


def test_guarded_cells_and_other_line_ends(both, write):
    tabs = TABLE.replace('"文山, 州"', "文山").replace(",", "\t")
    for text in (TABLE.replace("亿元", "'=亿元"), TABLE.replace("\n", "\r\n"), f"\ufeff{TABLE}",
                 TABLE.replace("\n", "\n\n"), TABLE.replace(",文山", ', "文山'), tabs):  # fmt: skip
        big, small = both("aggregate", write(text), *ASKED[0])
        assert big == small


def test_columns_and_words_never_are_sql(both, write):
    name = write('x"\'; DROP TABLE t; --,value\n\'); --,1\n"""\'",2\n', "it's.csv")
    big, small = both("aggregate", name, "--by", "x\"'; DROP TABLE t; --", "--stat", "sum")
    assert (big, big.code) == (small, 0)
