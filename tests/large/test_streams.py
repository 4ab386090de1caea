"""Rows of a large table: the same as of a small one, as they come."""

import json
import subprocess
import sys

import pytest

from transfer_cli.scanning import blocks

HEAD = "id,place,value,unit,bound,indicator\n"
PLAIN = HEAD + "".join(
    f"r{n},{'昆明市' if n % 3 else ''},{n}.50,亿元,over,tax\n" for n in range(40)
)
QUOTED = (
    HEAD + 'a,"文山, 州",1,亿元,,tax\nb,"two\nlines",2,亿元,,tax\n\nc,"say ""so""",3,亿元,,tax\n'
)
ACTING = HEAD + "a,'=1+1,-5,亿元,,tax\nb,=A1,-x,亿元,,tax\nc,'-7,+3,亿元,,tax\nd,@x,4,亿元,,tax"
CRLF = PLAIN.replace("\n", "\r\n")
TABLES = {"plain": PLAIN, "quoted": QUOTED, "acting": ACTING, "crlf": CRLF, "none": HEAD,
          "untyped": "a,b,c\n007,1,x\n8,2,\n9,2.50,y\n"}  # fmt: skip
ASKED = [
    (),
    ("-f", "jsonl"),
    ("-f", "tsv"),
    ("--json",),
    ("-f", "table"),
    ("--where", "value > 2 and place is not None"),
    ("--where", "value == '2.50'", "-f", "jsonl"),
    ("--columns", "place,value", "--max", "12"),
    ("--columns", "id,category", "-f", "jsonl"),
    ("--columns", "nothing"),
    ("--place", "Atlantis"),
    ("--sort", "-value"),
    ("--search", "文山", "--json"),
]


@pytest.fixture
def in_blocks(cli, monkeypatch):
    """Run the app with every table read in blocks of a few bytes."""

    def run(*args, size=64, **options):
        with monkeypatch.context() as patch:
            patch.setenv("TRANSFER_LARGE", "1")
            patch.setenv("TRANSFER_BLOCK", str(size))
            return cli(*args, **options)

    return run


@pytest.mark.parametrize("size", [20, 64, 1 << 20])
@pytest.mark.parametrize("asked", ASKED, ids=" ".join)
@pytest.mark.parametrize("text", TABLES.values(), ids=TABLES)
def test_filter_agrees_with_a_small_table(cli, in_blocks, write, text, asked, size):
    name = write(text)
    small, large = cli("filter", name, *asked), in_blocks("filter", name, *asked, size=size)
    assert (large.stderr, large.code) == (small.stderr, small.code)
    # A broken row is met after the rows before it are out.
    assert large.stdout == small.stdout or large.code == 3


@pytest.mark.parametrize("suffix", ["csv", "jsonl", "json", "md"])
def test_export_agrees_with_a_small_table(cli, in_blocks, write, tmp_path, suffix):
    for text in TABLES.values():
        name = write(text)
        cli("export", name, "-o", f"small.{suffix}")
        in_blocks("export", name, "-o", f"large.{suffix}")
        small = (tmp_path / f"small.{suffix}").read_bytes()
        assert (tmp_path / f"large.{suffix}").read_bytes() == small


def test_a_failure_leaves_the_file_as_it_was(in_blocks, write, tmp_path):
    name = write(PLAIN + "x,y\n")
    write("before", "out.csv")
    assert in_blocks("export", name, "-o", "out.csv").code == 3
    assert (tmp_path / "out.csv").read_text() == "before"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out.csv", name]


def test_a_limit_stops_reading(in_blocks, write):
    name = write(PLAIN + "broken,row\n")
    done = in_blocks("filter", name, "--limit", "3", "--columns", "id")
    assert (done.code, done.stdout) == (0, "id\nr0\nr1\nr2\n")
    assert "not read" in done.stderr
    assert in_blocks("filter", name, "--limit", "0", "-q").stdout == HEAD


def test_the_first_rows_are_out_before_the_last_are_read(write, monkeypatch):
    """A reader that leaves after one line ends the run: the broken row is never met."""
    name = write(HEAD + PLAIN.removeprefix(HEAD) * 20_000 + "broken,row\n")
    monkeypatch.setenv("TRANSFER_LARGE", "1")
    monkeypatch.setenv("TRANSFER_BLOCK", "100000")
    command = [sys.executable, "-m", "transfer_cli", "filter", name, "--max", "5"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout.readline().decode() == HEAD
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(60) == 0


def test_a_block_ends_with_a_record(write, monkeypatch):
    monkeypatch.setenv("TRANSFER_BLOCK", "7")
    from pathlib import Path

    found = list(blocks.read(Path(write(QUOTED))))
    assert "".join(block.text.decode() for block in found) == QUOTED.removeprefix(HEAD)
    cells = [row for block in found for _, row in block.records()]
    assert [row[1] for row in cells] == ["文山, 州", "two\nlines", 'say "so"']
    assert [line for block in found for line, _ in block.records()] == [2, 3, 6]


def test_json_lines_keep_printed_digits(in_blocks, write):
    rows = in_blocks("filter", write(PLAIN), "-f", "jsonl").stdout.splitlines()
    assert '"value": 3.50' in rows[3]
    assert json.loads(rows[0])["place"] is None
