"""What is read in a table of any size: numbers, periods, names, delimiters, and what is none.

Each case runs twice, held in memory and through DuckDB, which is called for tables of any size
under ``TRANSFER_LARGE=1``.
"""

import gzip
import shlex
from typing import NamedTuple

import pytest


class Case(NamedTuple):
    """A table, a command on it, and what comes of it: cells in rows, words of the notes."""

    table: str
    command: str
    stdout: str
    stderr: str = ""
    code: int = 0


IDS = "id,v\n110101199003070017,1\n110101199003070018,2\n9,3\n"
LONG = f"k,v\na,{'1' * 48}\nb,{'1' * 47}2\nc,9\n"
SIGNED = "k,v\na,-3.1\nb,+9.5\nc,+10.2\n"
ODD = 'k,v\na,9\nb,NA\nc,100\nd,"1,234.5"\ne,−3\nf,１２\ng,12亿元\nh,1_000\ni,0x10\nj,"1,23"\n'
INFINITE = "k,v\na,inf\nb,1e400\nc,nan\nd,2\n"
PERCENT = "k,v\na,12.5%\nb,3%\n"
MIXED = "k,v\na,12.5%\nb,3\n"
JSON = 'c,v\n007,.5\n012,1.\n100, 9\n,+3\n12,"1,234.50"\n'
PERIODS = """period,v
2024/01,1
2024-1,1
202401,1
2024/01/05,1
2024-01-05 00:00:00,1
2024-01-05T00:00:00Z,1
2024.01.05,1
20240105,1
２０２４年１月,1
2024-M01,1
2024.0,100
2024年度,100
2024年1季度,10
2024年Q1,10
2024年第一季度,10
2024年1月—3月,10
2024.1,1000
spring,1000
"""
COLUMNS = """2023年,产值（亿元）,a b,class,第Ⅱ产业,ＧＤＰ,"GDP, 2023",x`y,n
1,2,3,4,5,6,7,8,O'Brien
2,2,3,4,5,6,7,8,a`b
"""
PLACES = "place,province,v\n天　津,天 津,1\n天津,　天津,2\nQue\u0301bec,云南,3\n"

CASES = {
    # Whole numbers of any length.
    "an id": Case(IDS, "filter t.csv --where 'id == 110101199003070017' --columns v", "v 1"),
    "ids in a list": Case(
        IDS, "filter t.csv --where 'id in [110101199003070018, 9]' --columns v", "v 2 3"
    ),
    "ids beyond": Case(
        IDS, "filter t.csv --where 'id > 110101199003070017' --columns v", "v 2"
    ),
    "ids sorted": Case(IDS, "filter t.csv --sort=-id --columns v", "v 2 1 3"),
    "the ends of long numbers": Case(
        IDS.replace("id", "n"),
        "aggregate t.csv --value n --stat max,sum",
        "n,left_out,max,sum 3,0,110101199003070018,220202398006140044",
    ),
    "longer than 38 digits": Case(LONG, "filter t.csv --sort v --columns k", "k c a b"),
    # Signs, and cells that are not numbers.
    "signed": Case(SIGNED, "filter t.csv --sort=-v --columns v", "v +10.2 +9.5 -3.1"),
    "unreadable cells come last": Case(
        ODD, "filter t.csv --sort=-v --columns k", "k d c f a e b h g j i"
    ),
    "unreadable cells are noted": Case(
        ODD, "filter t.csv --where 'v > 9' --columns k", "k c d f", "'NA'"
    ),
    "no sum passes over a cell": Case(
        ODD, "aggregate t.csv --value v --stat sum", "", "t.csv:3: column 'v': 'NA'", 3
    ),
    "infinity is not a number": Case(
        INFINITE, "filter t.csv --where 'v > 1' --columns k", "k d", "'inf'"
    ),
    # Per cent signs.
    "a percentage": Case(PERCENT, "filter t.csv --where 'v > 3' --columns k", "k a"),
    "percentages do not add": Case(
        PERCENT, "aggregate t.csv --value v --stat sum", "", "shares do not add (%)", 1
    ),
    "percentages have a mean": Case(
        PERCENT,
        "aggregate t.csv --value v --stat mean,max",
        "unit,n,left_out,mean,max %,2,0,7.75,12.5",
        "unweighted",
    ),
    "percentages among others": Case(
        MIXED, "aggregate t.csv --value v --stat max", "", "1 of 2 numbers are percentages", 3
    ),
    "percentages and others in groups of their own": Case(
        MIXED,
        "aggregate t.csv --value v --stat max --by k",
        "k,unit,n,left_out,max a,%,1,0,12.5 b,,1,0,3",
    ),
    "a percentage beside a column of units": Case(
        "k,value,unit\na,12%,%\nb,3,%\n",
        "filter t.csv --min 3 --columns k", "k b", "'12%'",
    ),
    # JSON, and what the type of a column is.
    "JSON numbers, and codes": Case(
        JSON,
        "filter t.csv --json",
        '[{"c": "007", "v": 0.5}, {"c": "012", "v": 1}, {"c": "100", "v": 9},'
        ' {"c": null, "v": 3}, {"c": "12", "v": 1234.50}]',
    ),
    "JSON of percentages": Case(
        PERCENT, "filter t.csv --json", '[{"k": "a", "v": "12.5%"}, {"k": "b", "v": "3%"}]'
    ),
    "types": Case(
        JSON,
        "describe t.csv",
        "column,type,filled,empty,distinct,min,q25,median,q75,max,most_frequent,times"
        ' c,text,4,1,4,,,,,,, v,number,5,0,5,.5,1,3,9,"1,234.50",,',
    ),
    # Periods.
    "a month": Case(
        PERIODS,
        "aggregate t.csv --value v --stat count --period 2024-01 --where 'v < 1000'",
        "count 10",
    ),
    # Tables.
    "semicolons": Case("city;gdp\na;1,5\n", "filter t.csv", 'city,gdp a,"1,5"'),
    "bars": Case("a|b\n1|2\n", "filter t.csv", "a,b 1,2"),
    "a lone column": Case(
        "a;b\n1;2\n3\n", "filter t.csv", "a;b 1;2 3", "--delimiter semicolon"
    ),
    "a lone column that is described": Case(
        "a;b\n1;2\n3\n", "values a;b t.csv".replace("a;b", "'a;b'"), "a;b,count 1;2,1 3,1",
        "--delimiter semicolon",
    ),
    "a delimiter that is forced": Case(
        "a;b\n1;2\n", "filter t.csv --delimiter ,", "a;b 1;2"
    ),
    "carriage returns": Case("a,v\rx,1\ry,2\r", "filter t.csv --sort=-v", "a,v y,2 x,1"),
    "nothing but empty values": Case(
        "k,v\na,\nb,\n", "aggregate t.csv --value v --stat count,sum",
        "n,left_out,count,sum 0,0,2,",
    ),
    # Names.
    "names of columns": Case(
        COLUMNS,
        "filter t.csv --columns '2023年,GDP, 2023' --sort '-2023年' --where '产值（亿元） == 2"
        " and a b == 3 and class == 4 and 第Ⅱ产业 == 5 and ＧＤＰ == 6 and GDP, 2023 == 7"
        " and x`y == 8'",
        '2023年,"GDP, 2023" 2,7 1,7',
    ),
    "groups by a name with a comma": Case(
        COLUMNS, "aggregate t.csv --value 'a b' --stat sum --by 'GDP, 2023'",
        '"GDP, 2023",n,left_out,sum 7,2,0,6',
    ),
    "a doubled quote": Case(
        COLUMNS, """filter t.csv --where "n == 'O''Brien'" --columns n""", "n O'Brien"
    ),
    "a backquote in quoted text": Case(
        COLUMNS, """filter t.csv --where "n == 'a`b'" --columns n""", "n a`b"
    ),
    "two names side by side": Case(
        COLUMNS, "filter t.csv --where '`x``y` == 8'", "", "cannot read the condition", 2
    ),
    "a name with blanks": Case(PLACES, "filter t.csv --place 天津 --columns v", "v 1 2"),
    "a province with blanks": Case(
        PLACES, "aggregate t.csv --value v --stat sum --by province",
        "province,n,left_out,sum Yunnan,1,0,3 Tianjin,2,0,3",
    ),
    "a name in another normal form": Case(
        PLACES, "filter t.csv --place Qu\u00e9bec --columns v", "v 3"
    ),
}  # fmt: skip


def words(text):
    """Return the lines of a table as one, as the cases have them."""
    return " ".join(line.strip() for line in text.splitlines())


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_cells(cli, tmp_path, size, case):
    (tmp_path / "t.csv").write_bytes(case.table.encode())
    done = cli(*shlex.split(case.command))
    assert (words(done.stdout), done.code) == (case.stdout, case.code), done.stderr
    assert case.stderr in done.stderr


def test_periods_that_cannot_be_read_are_left_out(cli, tmp_path, size):
    (tmp_path / "t.csv").write_text(PERIODS)
    command = ("aggregate", "t.csv", "--value", "v", "--period", "2024-01", "--across", "period")
    done = cli(*command, "--stat", "max")
    assert done.csv == [{"n": "10", "left_out": "2", "max": "1"}]
    assert "'2024.1'" in done.stderr and "'spring'" in done.stderr
    assert "such as" in cli("filter", "t.csv", "--period", "2024").stderr


def test_spellings_of_one_period_have_one_order(cli, tmp_path, monkeypatch):
    (tmp_path / "t.csv").write_text(PERIODS)
    small = cli("values", "period", "t.csv").stdout
    monkeypatch.setenv("TRANSFER_LARGE", "1")
    assert (cli("values", "period", "t.csv").stdout) == small


@pytest.mark.parametrize("name", ["gdp[2023].csv", "y[2023]/q.csv", "gdp*.csv"])
def test_a_path_is_no_pattern(cli, tmp_path, size, name):
    (tmp_path / "y[2023]").mkdir()
    for other in ("gdp2.csv", "gdp3.csv"):
        (tmp_path / other).write_text("v\n5\n")
    (tmp_path / name).write_text("v\n1\n")
    assert cli("aggregate", name, "--value", "v", "--stat", "sum").csv[0]["sum"] == "1"


@pytest.mark.parametrize("header", ['"a\nb",v', '"a\r\nb",v', '"a\tb",v'])
def test_a_header_is_a_record(cli, tmp_path, size, header):
    text = f"{header}\nx,1\ny,2\n".encode()
    (tmp_path / "t.csv").write_bytes(text)
    (tmp_path / "t.csv.gz").write_bytes(gzip.compress(text))
    for args, stdin in ((("t.csv",), b""), (("t.csv.gz",), b""), (("-",), text)):
        done = cli("filter", *args, "--where", "v > 1", stdin=stdin)
        assert done.stdout.splitlines()[-1] == "y,2", args


@pytest.mark.parametrize(
    ("data", "what"),
    [(b"PK\x03\x04" + b"\0" * 50, "workbook"), (b"%PDF-1.7\n\xe2\xe3", "PDF"),
     (b"SQLite format 3\0" + b"\0" * 80, "SQLite"),
     (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "workbook")],
)  # fmt: skip
def test_what_is_no_text_is_named(cli, tmp_path, size, data, what):
    (tmp_path / "t.csv").write_bytes(data)
    done = cli("filter", "t.csv")
    assert done.code == 3 and what in done.stderr and "Hint" in done.stderr


@pytest.mark.parametrize(
    "args",
    [
        ["filter", "t.csv", "--where", "v == " + "9" * 5000],
        ["filter", "t.csv", "--where", "v > 0x" + "f" * 5000],
        ["filter", "t.csv", "--where", "(" * 5000 + "v > 1" + ")" * 5000],
        ["filter", "t.csv", "--where", "\udc80 > 1"],
        ["filter", "t.csv", "--where", "v > 1\0"],
        ["filter", "t.csv", "--min", "9" * 5000],
        ["filter", "t.csv", "--period", "9" * 5000],
        ["filter", "t.csv", "--province", "\udc80"],
        ["filter", "t\0.csv"],
        ["filter", "t.csv", "-o", "t\0.csv"],
        ["calc", "9" * 3999],
        ["calc", "9" * 5000],
        ["calc", "a + b", "--data", "t.csv"],
        ["show", "a", "--data", "t.csv"],
        ["filter", "t.csv", "--lang", "zh", "-f", "table"],
    ],
    ids=range(15),
)
def test_no_text_ends_in_an_internal_error(cli, tmp_path, size, args):
    cells = f"k,period,v\na,2024-Q1/2024-Q3,1\nb,2024-S1/..,{'9' * 5000}\n"
    (tmp_path / "t.csv").write_text(cells)
    done = cli(*args)
    assert "should not have happened" not in done.stderr
    assert done.code in (0, 1, 2, 3)
