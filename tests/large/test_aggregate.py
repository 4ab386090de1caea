"""A large table answers as a small one does, however it is cut into blocks and packed."""

import bz2
import gzip
import lzma

import pytest

from transfer_cli.stats import groups

ROWS = """id,province,place,scope,indicator,industry,status,period,value,unit,bound,part_of
a,Yunnan,昆明市,project,investment,aluminium,signed,2023,3.30,亿元,exact,
b,Yunnan,"文山, 州",project,investment,textiles,signed,2023,120,万元,over,
c,Yunnan,Dali,company,investment,textiles,started,2023,5,亿元,nearly,
d,Gansu,,province,investment,,signed,2023,40,亿元,about,
e,Gansu,兰州市,city,investment,,signed,2023,12.5,亿元,under,

f,Gansu,兰州市,city,investment,,started,2023,2.5,亿元,exact,e
g,Sichuan,成都市,project,jobs,food,signed,2024-Q1,700,个,exact,
h,Sichuan,成都市,project,jobs,food,signed,2024-Q2,,个,exact,
i,Sichuan,成都市,project,output_growth,food,actual,2024-Q2,-3.5,%,exact,
j,Sichuan,成都市,project,output_growth,food,actual,2024-Q2,7,%,nearly,
k,Sichuan,绵阳市,project,cell_capacity,food,actual,2024,7,GW,exact,
l,Sichuan,绵阳市,project,cell_capacity,photovoltaics,actual,2024,8,GW,at_most,
"""
ASKED = [
    ("--stat", "count"),
    ("--by", "province", "--stat", "count"),
    ("--by", "category,region", "--stat", "count,sum"),
    ("--by", "province", "--stat", "count,sum,mean,median,min,max,std,q25,p90"),
    ("--by", "province", "--stat", "count,sum,median", "--across", "scope"),
    ("--by", "province", "--stat", "count,sum,median", "--across", "status,scope,period"),
    ("--stat", "sum,median", "--across", "status", "--indicator", "investment"),
    ("--by", "industry", "--stat", "sum", "--across", "status,period", "--province", "Sichuan"),
    ("--by", "place", "--stat", "max", "--where", "value != '5' and status == 'signed'"),
    ("--by", "place", "--stat", "max", "--where", "value > 100", "--unit", "万元"),
    ("--stat", "sum", "--min", "3亿元"),
    ("--stat", "sum", "--min", "3"),
    ("--stat", "count", "--place", "昆明,Dali"),
    ("--stat", "count", "--place", "Atlantis"),
    ("--stat", "sum", "--search", "文山"),
    ("--stat", "sum", "--period", "2020"),
    ("--stat", "sum", "--across", "value"),
    ("--stat", "sum,count", "--value", "nothing"),
    ("--stat", "median", "--value", "period"),
]


def agree(one, other):
    """The same answer, exit code and notes."""
    assert (one.stdout, one.code) == (other.stdout, other.code)
    assert notes(one) == notes(other)


def notes(done):
    """The lines of standard error, without the note that a large table has in addition."""
    lines = done.stderr.splitlines()
    return sorted(line for line in lines if "duplicate ids are not checked" not in line)


@pytest.mark.parametrize("asked", ASKED, ids=" ".join)
def test_aggregate_agrees_with_a_small_table(cli, large, write, asked):
    name = write(ROWS)
    agree(large("aggregate", name, *asked), cli("aggregate", name, *asked))


@pytest.mark.parametrize("asked", ASKED, ids=" ".join)
def test_figures_are_judged_in_groups_as_one_by_one(cli, large, write, monkeypatch, asked):
    name = write(ROWS)
    single = cli("aggregate", name, *asked)
    monkeypatch.setattr(groups, "SINGLE", 0)
    grouped = large("aggregate", name, *asked)
    assert (grouped.stdout, grouped.code) == (single.stdout, single.code)


@pytest.mark.parametrize("asked", ASKED[:8], ids=" ".join)
def test_without_quotes_parts_and_empty_lines(cli, large, write, asked):
    lines = [line.rpartition(",")[0] for line in ROWS.split("\n") if line and '"' not in line]
    name = write("\n".join(lines))
    agree(large("aggregate", name, *asked), cli("aggregate", name, *asked))


@pytest.mark.parametrize(
    ("broken", "place"),
    [
        (",12.5,", (",12..5,", ":6: column 'value'")),
        (",12.5,", (",12,5,", ":6: 13 fields")),
        ("成都市", ("成都市,", ":9: 13 fields")),
        (",under,", (",undr,", ":6: column 'bound'")),
        ("12.5,亿元,", ('"12.5,亿元,', ":6: ")),
        ("", ("", "")),
    ],
)
def test_a_broken_row_is_told_with_its_line(cli, large, write, broken, place):
    name = write(ROWS.replace(broken, place[0], 1) if broken else "")
    asked = ("aggregate", name, "--by", "province", "--stat", "sum")
    one, other = cli(*asked), large(*asked)
    assert one.code == other.code == 3
    assert one.stderr == other.stderr or ("quote" in one.stderr and "quote" in other.stderr)


def test_not_utf8_is_told_with_its_line(large, write):
    name = write(ROWS.replace("绵阳市", "?").encode().replace(b"?", b"\xc3\xe0"))
    done = large("aggregate", name, "--by", "place", "--stat", "sum")
    assert (done.code, f"{name}:13: not UTF-8" in done.stderr) == (3, True)


@pytest.mark.parametrize(
    ("suffix", "pack"), [("gz", gzip.compress), ("bz2", bz2.compress), ("xz", lzma.compress)]
)
def test_packed(cli, write, suffix, pack):
    asked = ("--by", "province", "--stat", "count,sum,median", "-q")
    plain = cli("aggregate", write(ROWS), *asked)
    packed = write(pack(ROWS.encode()), f"table.csv.{suffix}")
    assert cli("aggregate", packed, *asked) == plain
    cut = write(pack(ROWS.encode())[:-20], f"cut.csv.{suffix}")
    assert cli("aggregate", cut, *asked).code == 3


def test_a_glob_is_one_table(cli, write):
    head, *rows = ROWS.replace("\n\n", "\n").splitlines(keepends=True)
    whole = write(head + "".join(rows), "whole.csv")
    write(head + "".join(rows[:5]), "part1.csv")
    write(head + "".join(rows[5:]), "part2.csv")
    asked = ("--by", "province", "--stat", "count,sum,median", "-q")
    assert cli("aggregate", "part*.csv", *asked) == cli("aggregate", whole, *asked)
    write("a,b\n1,2\n", "part3.csv")
    assert "other columns" in cli("aggregate", "part*.csv", *asked).stderr
    assert cli("aggregate", "nothing*.csv", *asked).code == 3


def test_the_report_itself(cli, large, tables, root):
    path = str(root / "data" / "metrics.csv")
    for asked in (("--by", "province", "--stat", "count,sum,median"),
                  ("--category", "investment", "--stat", "sum", "--across", "status")):  # fmt: skip
        agree(large("aggregate", path, *asked), cli("aggregate", path, *asked))
