"""Rows of a large file: the same as of a small one, and written as they are read."""

import gzip
import json
import re
import subprocess
import sys

import pytest

HEAD = "id,province,place,value,unit,bound,indicator\n"
PLAIN = HEAD + "".join(
    f"r{n},{'Yunnan' if n % 4 else '广西'},{'昆明市' if n % 3 else ''},{n}.50,亿元,over,tax\n"
    for n in range(40)
)
QUOTED = (
    HEAD + 'a,云南,"文山, 州",1,亿元,,tax\nb,Yunnan,"two\nlines",2,亿元,,tax\n\n'
    'c,YN,"say ""so""",3,亿元,,tax\n'
)
FORMULAS = (
    HEAD + "a,,'=1+1,-5,亿元,,tax\nb,Yunnan,=A1,-x,亿元,,tax\nc,,'-7,+3,亿元,,tax\n"
    "d,Yunnan,@x,4,亿元,,tax\ne,Yunnan,-5%,4,亿元,,tax\nf,Yunnan,-5,4,亿元,,tax"
)
MIXED = HEAD + 'a,Yunnan,"x",1,亿元,,tax\nb,Gansu,y,2,人,,jobs\n'
CODED = HEAD + "a\\b,Yunnan,\tx,007,亿元,,tax\nb,Gansu,\x01,1e5,人,,jobs\n"
TABLES = {
    "plain": PLAIN,
    "quoted": QUOTED,
    "formulas": FORMULAS,
    "crlf": PLAIN.replace("\n", "\r\n"),
    "mixed": MIXED,
    "coded": CODED,
    "none": HEAD,
    "untyped": "a,b,c,province\n007,1,x,Yunnan\n8,2,,\n9,2.50,y,云南\n",
    "alone": "province\nYunnan\n\nGansu\n",
    "odd": HEAD + "a,Yunnan,x,ten,亿元,,tax\nb,Gansu,x,10,人,,jobs\n",
    "ragged": PLAIN + "x,y\n",
    "unclosed": PLAIN + 'x,"y\n',
    "swapped": PLAIN + "x,y\na,b,c,d,e,f,g,h,i,j,k,l\n",
    "latin": PLAIN.encode() + b"a,Yunnan,\xff,1,,,tax\n",
}
OPTIONS = [
    (),
    ("-f", "jsonl"),
    ("-f", "tsv"),
    ("--json",),
    ("-f", "table"),
    ("--province", "云南"),
    ("--province", "Yunnan", "-f", "jsonl"),
    ("--province", "Gansu", "--category", "jobs"),
    ("--province", "Hainan"),
    ("--province", "Yunnan", "--min", "100000元"),
    ("--where", "value > 2 and place is not None"),
    ("--where", "value == '2.50'", "-f", "jsonl"),
    ("--columns", "place,value", "--max", "12"),
    ("--columns", "id,category", "-f", "jsonl"),
    ("--columns", "nothing"),
    ("--place", "Atlantis"),
    ("--place", "昆明,Atlantis"),
    ("--place", "昆明", "--province", "广西"),
    ("--sort", "-value"),
    ("--sort", "province", "--limit", "2"),
    ("--search", "文山", "--json"),
]


def without_lines(notes):
    """Notes without those on cells that are not numbers: in large files these have no lines."""
    kept = [note for note in notes.splitlines() if not re.search(r"not (a number|numbers)\b", note)]
    return kept, len(notes.splitlines())


@pytest.mark.parametrize("options", OPTIONS, ids=" ".join)
@pytest.mark.parametrize("text", TABLES.values(), ids=TABLES)
def test_filter_agrees_with_a_small_table(cli, large, write, text, options):
    name = write(text)
    small = cli("filter", name, *options)
    big = large("filter", name, *options)
    if small.code == 3 and "nothing" in options:
        assert big.code in (2, 3)  # Either mistake may come first.
        return
    assert (without_lines(big.stderr), big.code) == (without_lines(small.stderr), small.code)
    # A broken row is read after the rows before it are out.
    assert big.stdout == small.stdout or big.code == 3


@pytest.mark.parametrize("suffix", ["csv", "jsonl", "json", "md"])
def test_export_agrees_with_a_small_table(cli, large, write, tmp_path, suffix):
    for text in TABLES.values():
        name = write(text)
        small = cli("export", name, "-o", f"small.{suffix}")
        big = large("export", name, "-o", f"large.{suffix}")
        assert (big.stderr, big.code) == (small.stderr, small.code)
        if not small.code:
            files = [tmp_path / f"{size}.{suffix}" for size in ("small", "large")]
            assert files[0].read_bytes() == files[1].read_bytes()


def test_a_failure_leaves_the_file_as_it_was(large, write, tmp_path):
    name = write(PLAIN + "x,y\n")
    for out in ("out.csv", "out.jsonl"):
        write("before", out)
        assert large("export", name, "-o", out).code == 3
        assert (tmp_path / out).read_text() == "before"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out.csv", "out.jsonl", name]


@pytest.fixture
def broken_at_the_end(write):
    """A file of 800,000 rows, of which the last is broken."""
    return write(HEAD + PLAIN.removeprefix(HEAD) * 20_000 + "broken,row\n")


def test_a_limit_stops_reading(large, write, broken_at_the_end):
    done = large("filter", broken_at_the_end, "--limit", "3", "--columns", "id")
    assert (done.code, done.stdout) == (0, "id\nr0\nr1\nr2\n")
    assert "not read" in done.stderr
    assert large("filter", write(PLAIN, "small.csv"), "--limit", "0", "-q").stdout == HEAD


@pytest.mark.parametrize("count", ["39", "40", "41"])
def test_a_limit_that_is_not_met_cuts_nothing(cli, large, write, count):
    name = write(PLAIN)
    small, big = cli("filter", name, "--limit", count), large("filter", name, "--limit", count)
    assert small.stdout == big.stdout
    assert [bool(done.stderr) for done in (small, big)] == [count == "39"] * 2


@pytest.mark.parametrize("options", [(), ("--max", "5"), ("--where", "value > 3")], ids=" ".join)
def test_the_first_rows_are_out_before_the_last_are_read(broken_at_the_end, options):
    """A reader that leaves after one line ends the run: the broken row is never read."""
    command = [sys.executable, "-m", "transfer_cli", "filter", broken_at_the_end, *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout.readline().decode() == HEAD
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(60) == 0


def test_packed_files_and_many_files_are_one_table(cli, write, tmp_path):
    rows = PLAIN.removeprefix(HEAD).splitlines(keepends=True)
    for number in range(4):
        part = HEAD + "".join(rows[number * 10 : number * 10 + 10])
        write(gzip.compress(part.encode()), f"part{number}.csv.gz")
    assert cli("filter", "part*.csv.gz").stdout == PLAIN
    assert cli("filter", "part*.csv.gz", "--max", "2").ids == ["r0", "r1"]


def test_json_lines_keep_printed_digits(large, write):
    done = large("filter", write(PLAIN), "-f", "jsonl")
    rows = done.stdout.splitlines()
    assert '"value": 3.50' in rows[3]
    assert json.loads(rows[0])["place"] is None
