"""DuckDB reads and adds up as the blocks do, or leaves it to them."""

import pytest

pytest.importorskip("duckdb", reason="the extra 'fast' is not installed")

from transfer_cli.scanning.duck import handed, question

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
]


@pytest.mark.parametrize("text", ["k,x\na,1\nb,\n", 'x\n1\n""\n2\n'], ids=["gap", "lone column"])
@pytest.mark.parametrize(
    "asked", [("aggregate", "--stat", "sum,count", "--value", "x"), ("filter",)]
)
def test_an_empty_cell(cli, in_blocks, write, text, asked):
    command, *options = asked
    small = cli(command, write(text), *options)
    assert small.code == 0
    large = in_blocks(command, write(text), *options, "--engine", "duckdb")
    assert (large.stdout, large.code) == (small.stdout, small.code)


@pytest.fixture
def engines(in_blocks, monkeypatch):
    """Run a command by DuckDB and by pandas; also tell what DuckDB left to pandas."""
    left = []
    part = handed.part
    monkeypatch.setattr(question, "FEW", 2)

    def told(*args):
        found = part(*args)
        left.append(found is None)
        return found

    monkeypatch.setattr(handed, "part", told)

    def run(*args):
        left.clear()
        mine = in_blocks(*args, "--engine", "duckdb", size=1 << 20)
        return mine, in_blocks(*args, "--engine", "pandas", size=1 << 20), list(left)

    return run


@pytest.mark.parametrize("asked", ASKED, ids=" ".join)
def test_the_answer_is_the_same(engines, write, asked):
    duckdb, pandas, _ = engines("aggregate", write(TABLE), *asked)
    assert duckdb == pandas


@pytest.mark.parametrize("asked", ASKED[:7], ids=" ".join)
def test_duckdb_gave_it(engines, write, asked):
    assert engines("aggregate", write(TABLE), *asked)[2] == [False]


@pytest.mark.parametrize("name", ["filled", "named", "variance", "kept", "N", "Total", "v", "c3"])
def test_columns_called_as_ours_are(engines, write, name):
    table = TABLE.replace("place", name, 1)
    asked = ("--by", name, "--stat", "sum,median,count", "--across", "status,scope,period")
    duckdb, pandas, left = engines("aggregate", write(table), *asked)
    assert (duckdb, left) == (pandas, [False])


def test_a_file_that_is_sorted_is_sampled_all_over(engines, write):
    first = ROWS.splitlines(keepends=True)[0]
    last = first.replace("signed", "completed").replace("Yunnan", "Hunan")
    name = write(f"{HEAD}\n{first * 20_000}{last * 20_000}")
    asked = ("--stat", "sum,median", "--across", "status")
    duckdb, pandas, left = engines("aggregate", name, *asked)
    assert (duckdb, left) == (pandas, [False])


def test_words_that_the_sample_lacks(engines, write, monkeypatch):
    """What is first met behind the sample is read in blocks."""
    monkeypatch.setenv("TRANSFER_LARGE", "1")
    rows = ROWS.splitlines(keepends=True)
    late = rows[0].replace("signed", "completed").replace("Yunnan", "Hunan")
    name = write(f"{HEAD}\n{rows[0] * 40}{late}")
    asked = ("--stat", "sum,median", "--across", "status")
    monkeypatch.setattr(
        question, "_sample", lambda scan, columns: next(iter(scan.tables(columns))).frame.iloc[:3]
    )
    duckdb, pandas, left = engines("aggregate", name, *asked)
    assert (duckdb, left) == (pandas, [True])
    assert "completed" in duckdb.stderr
    duckdb, pandas, left = engines("aggregate", name, "--stat", "sum", "--province", "Hunan,云南")
    assert (duckdb, left) == (pandas, [True])


@pytest.mark.parametrize(
    "broken",
    ["c,3.x,\n", "c,3\n", "c,inf,\n", "c,nan,\n", "c,1_000,\n", 'c,"3,\n', "c,1e999,\n"],
)
def test_what_is_odd_is_told_as_ever(engines, write, broken):
    name = write(f"place,value,note\na,1,x\nb,2,y\n{broken}")
    duckdb, pandas, left = engines("aggregate", name, "--by", "place", "--stat", "sum")
    assert (duckdb, duckdb.code, False in left) == (pandas, 3, False)


def test_a_bound_that_is_none(engines, write):
    name = write(TABLE.replace("over", "ovr"))
    duckdb, pandas, _ = engines("aggregate", name, "--stat", "sum", "--by", "place")
    assert (duckdb, duckdb.code) == (pandas, 3)


def test_parts_and_areas_are_left_to_the_rules(engines, write):
    whole = "w,Yunnan,,province,tax,,actual,2023,9,亿元,exact\n"
    part = whole.replace("w,", "x,").replace("tax,,", "tax,food,")
    name = write(f"{HEAD}\n{whole}{part}")
    duckdb, pandas, _ = engines("aggregate", name, "--stat", "sum,count")
    assert duckdb == pandas
    assert duckdb.csv[0]["left_out"] == "1"
    parted = "".join(f"{line},{'b' if line[0] == 'a' else ''}\n" for line in ROWS.splitlines())
    duckdb, pandas, left = engines("aggregate", write(f"{HEAD},part_of\n{parted}"), "--stat", "sum")
    assert (duckdb, left) == (pandas, [True])


def test_guarded_cells_and_other_line_ends(engines, write):
    tabs = TABLE.replace('"文山, 州"', "文山").replace(",", "\t")
    for text in (TABLE.replace("亿元", "'=亿元"), TABLE.replace("\n", "\r\n"), f"\ufeff{TABLE}",
                 TABLE.replace("\n", "\n\n"), TABLE.replace(",文山", ', "文山'), tabs):  # fmt: skip
        duckdb, pandas, _ = engines("aggregate", write(text), *ASKED[0])
        assert duckdb == pandas


def test_columns_and_words_never_are_sql(engines, write):
    name = write('x"\'; DROP TABLE t; --,value\n\'); --,1\n"""\'",2\n', "it's.csv")
    asked = ("aggregate", name, "--by", "x\"'; DROP TABLE t; --", "--stat", "sum")
    duckdb, pandas, left = engines(*asked)
    assert (duckdb, left) == (pandas, [False])
