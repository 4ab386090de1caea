"""Packed files, files by a glob, and standard input of any size, read as a plain file is."""

import bz2
import gzip
import lzma
import subprocess
import sys

import pytest

TABLE = (
    "id,indicator,status,scope,period,value,unit,bound\n"
    "a,tax,actual,city,2023,3.30,亿元,exact\n"
    "b,tax,actual,city,2023,,亿元,exact\n"
    "c,tax,actual,city,2023,5.10,亿元,over\n"
    '"d, e",jobs,actual,city,2023,40,个,exact\n'
)
SUM = ("--by", "indicator", "--stat", "sum,count,median")


def zstandard(data: bytes) -> bytes:
    packer = pytest.importorskip("zstandard").ZstdCompressor()
    return packer.compress(data[:100]) + packer.compress(data[100:])


PACKERS = {".gz": gzip.compress, ".bz2": bz2.compress, ".xz": lzma.compress, ".zst": zstandard}


@pytest.fixture(params=PACKERS)
def packed(request):
    """The suffix of a packing, and the table packed."""
    return request.param, PACKERS[request.param](TABLE.encode())


@pytest.mark.parametrize("args", [("filter",), ("filter", "--min", "4"), ("aggregate", *SUM)])
def test_a_packed_file_is_the_table_within(cli, write, packed, args):
    suffix, data = packed
    command, *rest = args
    plain = cli(command, write(TABLE), *rest)
    assert plain.stdout
    found = cli(command, write(data, f"t.csv{suffix}"), *rest)
    assert (found.code, found.stdout) == (0, plain.stdout), found.stderr


@pytest.mark.parametrize("command", ["describe", "values id"])
def test_commands_that_read_a_table_whole_take_packed_ones(cli, write, packed, command):
    suffix, data = packed
    name, *rest = command.split()
    plain = cli(name, *rest, write(TABLE))
    found = cli(name, *rest, write(data, f"t.csv{suffix}"))
    assert (found.code, found.stdout) == (0, plain.stdout), found.stderr


def test_packed_standard_input_is_known_by_how_it_begins(cli, packed):
    _, data = packed
    assert cli("filter", "-", stdin=data).stdout == cli("filter", "-", stdin=TABLE).stdout
    summed = cli("aggregate", "-", *SUM, stdin=data)
    assert summed.stdout == cli("aggregate", "-", *SUM, stdin=TABLE).stdout


def test_a_packed_file_cut_short(cli, write, packed):
    suffix, data = packed
    for command in ("filter", "aggregate", "describe"):
        done = cli(command, write(data[:-9], f"t.csv{suffix}"))
        assert done.code == 3
        assert f"cannot unpack 't.csv{suffix}'" in done.stderr
        assert f" -t t.csv{suffix}" in done.stderr and "Hint: " in done.stderr


def test_packed_standard_input_cut_short(cli, packed):
    done = cli("filter", "-", stdin=packed[1][:-9])
    assert done.code == 3
    assert "cannot read 'standard input'" in done.stderr


def test_a_damaged_file(cli, write, packed):
    suffix, data = packed
    middle = len(data) // 2
    done = cli("filter", write(data[:middle] + b"\xff" * 9 + data[middle + 9 :], f"t.csv{suffix}"))
    assert done.code == 3
    assert f"cannot unpack 't.csv{suffix}'" in done.stderr


def test_a_file_that_is_not_packed_at_all(cli, write, packed):
    done = cli("filter", write(TABLE, f"t.csv{packed[0]}"))
    assert done.code == 3
    assert f"cannot unpack 't.csv{packed[0]}'" in done.stderr


def test_a_broken_row_of_a_packed_file_is_named(cli, write, packed):
    suffix, _ = packed
    data = PACKERS[suffix](f"{TABLE}f,tax\n".encode())
    done = cli("filter", write(data, f"t.csv{suffix}"))
    assert done.code == 3
    assert f"t.csv{suffix}:6: 2 fields" in done.stderr


HEAD, *ROWS = TABLE.splitlines(keepends=True)


@pytest.mark.parametrize("args", [("filter",), ("aggregate", *SUM), ("describe",)])
def test_a_glob_is_one_table(cli, write, args):
    command, *rest = args
    write(HEAD + "".join(ROWS[:1]), "part-1.csv")
    write(gzip.compress((HEAD + "".join(ROWS[1:])).encode()), "part-2.csv.gz")
    found = cli(command, "part-*", *rest)
    assert (found.code, found.stdout) == (0, cli(command, write(TABLE), *rest).stdout)


@pytest.mark.parametrize("delimiter", [",", "\t"])
def test_a_quote_within_a_cell_opens_nothing(cli, monkeypatch, write, delimiter):
    """An inch mark is text; a quote opens a cell only where a cell begins."""
    rows = 'a,b,n\nk,5" pipe,1\nj,"two\nlines",2\ni,x"",3\nh,"""",4\ng,7",5\n'
    name = write(rows.replace(",", delimiter))
    small = cli("filter", name, "--where", "n > 0")
    assert [row["n"] for row in small.csv] == ["1", "2", "3", "4", "5"]
    monkeypatch.setenv("TRANSFER_LARGE", "1")
    assert cli("filter", name, "--where", "n > 0") == small


def test_the_files_of_a_glob_have_the_same_columns(cli, write):
    write(TABLE, "part-1.csv")
    write(TABLE.replace("id,indicator", "indicator,id"), "part-2.csv")
    for command in ("filter", "aggregate"):
        done = cli(command, "part-*.csv")
        assert done.code == 3
        assert "part-2.csv:1: other columns than in part-1.csv" in done.stderr


def test_a_broken_row_is_named_by_its_own_file(cli, write):
    write(TABLE, "part-1.csv")
    write(f"{HEAD}f,tax\n", "part-2.csv")
    assert "part-2.csv:2: 2 fields" in cli("filter", "part-*.csv").stderr


def test_a_glob_that_no_file_matches(cli):
    done = cli("filter", "part-*.csv")
    assert done.code == 3
    assert "no file matches 'part-*.csv'" in done.stderr


def test_a_file_with_a_wildcard_in_its_name(cli, write):
    assert cli("filter", write(TABLE, "part[1].csv")).stdout == TABLE


@pytest.fixture
def scratch(tmp_path, monkeypatch):
    """The directory for temporary files, empty; a table of any size counts as large."""
    place = tmp_path / "scratch"
    place.mkdir()
    monkeypatch.setenv("TMPDIR", str(place))
    monkeypatch.setenv("TRANSFER_LARGE", "1")
    return place


@pytest.mark.parametrize("args", [("filter",), ("filter", "--min", "4"), ("aggregate", *SUM)])
def test_large_standard_input_is_read_as_a_file_is(shell, write, scratch, args):
    command, *rest = args
    plain = shell(command, write(TABLE), *rest, TRANSFER_LARGE="")
    found = shell(command, "-", *rest, stdin=TABLE.encode())
    assert (found.code, found.stdout) == (0, plain.stdout), found.stderr
    assert list(scratch.iterdir()) == []


def test_nothing_is_left_behind_by_an_error(shell, scratch):
    done = shell("aggregate", "-", *SUM, stdin=f"{TABLE}f,tax\n".encode())
    assert done.code == 3
    assert "standard input:6: 2 fields" in done.stderr
    assert list(scratch.iterdir()) == []


def test_a_reader_that_leaves_early_leaves_nothing_behind(scratch):
    """Standard input is copied to a private file, which is gone when ``head`` has its line."""
    command = [sys.executable, "-m", "transfer_cli", "filter", "-"]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe) as running:
        running.stdin.write((HEAD + ROWS[0] * 100_000).encode())
        running.stdin.close()
        assert running.stdout.readline().decode() == HEAD
        running.stdout.close()
        assert running.stderr.read() == b""
        assert running.wait(60) == 0
    assert list(scratch.iterdir()) == []


@pytest.mark.parametrize("size", ["1", "", "1000000"])
def test_empty_standard_input(cli, monkeypatch, size):
    monkeypatch.setenv("TRANSFER_LARGE", size)
    done = cli("filter", "-")
    assert done.code == 3
    assert "standard input is empty" in done.stderr


def test_words_are_no_numbers(large, write):
    name = write("province,value\nGansu,true\nGansu,false\n", "t.csv")
    done = large("aggregate", name, "--value", "value", "--stat", "sum")
    assert done.code == 3
    assert "'true' is not a number" in done.stderr


def test_a_mark_within_a_file_stays_in_its_cell(cli, monkeypatch, write):
    name = write('id,v\na,1\n\ufeffb,"2"\n', "t.csv")
    small = cli("filter", name)
    monkeypatch.setenv("TRANSFER_LARGE", "1")
    assert cli("filter", name).stdout == small.stdout
