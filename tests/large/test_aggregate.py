"""A large table answers as a small one does, however it is cut into blocks and packed."""

import bz2
import gzip
import lzma
import re

import pytest

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
    """The same answer and exit code, and the same said, whatever the order of the words."""
    assert (one.stdout, one.code) == (other.stdout, other.code)
    assert said(one) == said(other)


def said(done):
    """The words of the notes, without those on ids, which a large table has no room for."""
    told = ("ids that stand twice", "left out, as they may lie inside")
    lines = [line for line in done.stderr.splitlines() if not any(word in line for word in told)]
    return sorted(re.split(r"\W+", " ".join(lines)))


@pytest.mark.parametrize("size", [40, 150, 400, 1 << 20])
@pytest.mark.parametrize("asked", ASKED, ids=" ".join)
def test_aggregate_agrees_with_a_small_table(cli, in_blocks, write, asked, size):
    name = write(ROWS)
    agree(in_blocks("aggregate", name, *asked, size=size), cli("aggregate", name, *asked))


@pytest.mark.parametrize("asked", ASKED[:8], ids=" ".join)
def test_without_quotes_parts_and_empty_lines(cli, in_blocks, write, asked):
    lines = [line.rpartition(",")[0] for line in ROWS.split("\n") if line and '"' not in line]
    name = write("\n".join(lines))
    agree(in_blocks("aggregate", name, *asked), cli("aggregate", name, *asked))


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
def test_a_broken_row_is_told_with_its_line(cli, in_blocks, write, broken, place):
    name = write(ROWS.replace(broken, place[0], 1) if broken else "")
    asked = ("aggregate", name, "--by", "province", "--stat", "sum")
    small, large = cli(*asked), in_blocks(*asked)
    assert large.code == small.code == 3
    assert large.stderr == small.stderr or ("quote" in small.stderr and "quote" in large.stderr)


def test_not_utf8_is_told_with_its_line(in_blocks, write):
    name = write(ROWS.replace("绵阳市", "?").encode().replace(b"?", b"\xc3\xe0"))
    done = in_blocks("aggregate", name, "--by", "place", "--stat", "sum", size=1 << 20)
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


def test_the_report_itself(cli, in_blocks, tables, root):
    path = str(root / "data" / "metrics.csv")
    for asked in (("--by", "province", "--stat", "count,sum,median"),
                  ("--category", "investment", "--stat", "sum", "--across", "status")):  # fmt: skip
        small, large = cli("aggregate", path, *asked), in_blocks("aggregate", path, *asked)
        assert (large.stdout, large.code) == (small.stdout, small.code)
        assert said(large) == said(small)
