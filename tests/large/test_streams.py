"""Rows of a large table: the same as of a small one, as they come, whatever reads it."""

import gzip
import json
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
ACTING = (
    HEAD + "a,,'=1+1,-5,亿元,,tax\nb,Yunnan,=A1,-x,亿元,,tax\nc,,'-7,+3,亿元,,tax\n"
    "d,Yunnan,@x,4,亿元,,tax\ne,Yunnan,-5%,4,亿元,,tax\nf,Yunnan,-5,4,亿元,,tax"
)
UNLIKE = HEAD + 'a,Yunnan, "x",1,亿元,,tax\nb,Gansu,y,2,人,,jobs\n'
CODED = HEAD + "a\\b,Yunnan,\tx,007,亿元,,tax\nb,Gansu,\x01,1e5,人,,jobs\n"
TABLES = {
    "plain": PLAIN,
    "quoted": QUOTED,
    "acting": ACTING,
    "crlf": PLAIN.replace("\n", "\r\n"),
    "unlike": UNLIKE,
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
ASKED = [
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


@pytest.mark.parametrize("size", [20, 1 << 20])
@pytest.mark.parametrize("asked", ASKED, ids=" ".join)
@pytest.mark.parametrize("text", TABLES.values(), ids=TABLES)
def test_filter_agrees_with_a_small_table(cli, in_blocks, write, engine, text, asked, size):
    name = write(text)
    small = cli("filter", name, *asked)
    large = in_blocks("filter", name, *asked, "--engine", engine, size=size)
    if small.code == 3 and "nothing" in asked:
        assert large.code == 2  # The mistyped column is told before the broken row is met.
        return
    assert (large.stderr, large.code) == (small.stderr, small.code)
    # A broken row is met after the rows before it are out.
    assert large.stdout == small.stdout or large.code == 3


@pytest.mark.parametrize("suffix", ["csv", "jsonl", "json", "md"])
def test_export_agrees_with_a_small_table(cli, in_blocks, write, engine, tmp_path, suffix):
    for text in TABLES.values():
        name = write(text)
        small = cli("export", name, "-o", f"small.{suffix}")
        large = in_blocks("export", name, "-o", f"large.{suffix}", "--engine", engine)
        assert (large.stderr, large.code) == (small.stderr, small.code)
        if not small.code:
            files = [tmp_path / f"{size}.{suffix}" for size in ("small", "large")]
            assert files[0].read_bytes() == files[1].read_bytes()


def test_a_failure_leaves_the_file_as_it_was(in_blocks, write, engine, tmp_path):
    name = write(PLAIN + "x,y\n")
    for out in ("out.csv", "out.jsonl"):
        write("before", out)
        assert in_blocks("export", name, "-o", out, "--engine", engine).code == 3
        assert (tmp_path / out).read_text() == "before"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out.csv", "out.jsonl", name]


def test_a_limit_stops_reading(in_blocks, write):
    name = write(PLAIN + "broken,row\n")
    done = in_blocks("filter", name, "--limit", "3", "--columns", "id")
    assert (done.code, done.stdout) == (0, "id\nr0\nr1\nr2\n")
    assert "not read" in done.stderr
    assert in_blocks("filter", name, "--limit", "0", "-q").stdout == HEAD


def test_a_limit_that_is_not_met_cuts_nothing(cli, in_blocks, write):
    name = write(PLAIN)
    for count in ("39", "40", "41"):
        small = cli("filter", name, "--limit", count)
        assert in_blocks("filter", name, "--limit", count, size=1 << 20) == small


def test_the_first_rows_are_out_before_the_last_are_read(write, monkeypatch):
    """A reader that leaves after one line ends the run: the broken row is never met."""
    name = write(HEAD + PLAIN.removeprefix(HEAD) * 20_000 + "broken,row\n")
    monkeypatch.setenv("TRANSFER_LARGE", "1")
    monkeypatch.setenv("TRANSFER_BLOCK", "100000")
    for asked in (("--max", "5"), ("--province", "Yunnan")):
        command = [sys.executable, "-m", "transfer_cli", "filter", name, *asked]
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


def test_json_lines_keep_printed_digits(in_blocks, write, engine):
    done = in_blocks("filter", write(PLAIN), "-f", "jsonl", "--engine", engine)
    rows = done.stdout.splitlines()
    assert '"value": 3.50' in rows[3]
    assert json.loads(rows[0])["place"] is None


def test_an_engine_is_known(cli):
    assert "duckdb" in cli("filter", "--engine", "dukdb").stderr
    assert cli("filter", "--engine", "dukdb").code == 2


def test_an_engine_that_is_missing_says_how_to_get_it(cli, monkeypatch):
    monkeypatch.setattr("transfer_cli.scanning.engines.find_spec", lambda name: None)
    done = cli("export", "--engine", "duckdb")
    assert done.code == 1
    assert "pip install 'transfer-cli[fast]'" in done.stderr
