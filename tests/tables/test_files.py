"""Which file a name means, what a file is, and how packed files are read."""

import bz2
import gzip
import io
import lzma
import sys
import zipfile
from pathlib import Path

import pytest
import zstandard

from transfer_cli.errors import DataError, UsageError
from transfer_cli.tables import files
from transfer_cli.tables.compression import unpacked_size
from transfer_cli.tables.open import open_source
from transfer_cli.tables.packing import InputFile, open_bytes
from transfer_cli.tables.rows import open_rows

TABLE = "id,value\na,1\nb,2\n"


def read_table(name):
    """Return the table that a name means, which is small enough to be held in memory."""
    return open_source(name).table


def zstd(data):
    """Two frames, as a file that was appended to has."""
    packer = zstandard.ZstdCompressor()
    return packer.compress(data[:5]) + packer.compress(data[5:])


PACKERS = {".gz": gzip.compress, ".bz2": bz2.compress, ".xz": lzma.compress, ".zst": zstd}


@pytest.mark.parametrize(
    "name", ["gdp[2023].csv", "gdp*.csv", "gdp?.csv", "a b.csv", "y[2023]/x.csv"]
)
def test_a_file_of_exactly_this_name_is_meant(write, name):
    for folder in ("y[2023]", "y2"):
        Path(folder).mkdir()
    for other in ("gdp2.csv", "gdp20.csv", "y2/x.csv"):
        write("id,value\nother,1\n", other)
    write(TABLE, name)
    assert files.find(name) == [Path(name)]
    assert list(read_table(name).frame["id"]) == ["a", "b"]


def test_a_pattern_in_a_folder_that_looks_like_one(write):
    for folder in ("y[2023]", "y2"):
        Path(folder).mkdir()
        write(TABLE, f"{folder}/x.csv")
    assert files.find("y[2023]/*.csv") == [Path("y[2023]/x.csv")]
    assert files.find("y[0-9]/*.csv") == [Path("y2/x.csv")]


def test_a_pattern_names_files_in_order(write):
    for name in ("b.csv", "a.csv", "c.txt", "sub"):
        Path(name).mkdir() if name == "sub" else write(TABLE, name)
    assert files.find("*.csv") == [Path("a.csv"), Path("b.csv")]
    assert files.find("*") == [Path("a.csv"), Path("b.csv"), Path("c.txt")]


def test_a_pattern_without_a_file():
    with pytest.raises(DataError, match=r"no file matches 'part-\*\.csv'"):
        files.find("part-*.csv")


def test_a_nul_in_a_path():
    with pytest.raises(UsageError, match="NUL"):
        files.find("a\0b.csv")


def test_a_name_too_long_for_a_file():
    with pytest.raises(DataError, match="cannot read"), open_bytes(files.find("a" * 5000)[0]):
        pass


def test_a_missing_file():
    with pytest.raises(DataError, match=r"there is no file 'nowhere\.csv'") as raised:
        read_table("nowhere.csv")
    assert raised.value.hint


def test_a_directory():
    Path("folder").mkdir()
    with pytest.raises(DataError, match="cannot read 'folder'") as raised:
        read_table("folder")
    assert "folder/*.csv" in raised.value.hint


@pytest.mark.parametrize("suffix", PACKERS)
def test_packed(write, suffix):
    name = write(PACKERS[suffix](TABLE.encode()), f"t.csv{suffix}")
    assert read_table(name).frame.equals(read_table(write(TABLE)).frame)


@pytest.mark.parametrize("suffix", PACKERS)
def test_packed_without_the_suffix(write, suffix):
    name = write(PACKERS[suffix](TABLE.encode()), "packed.csv")
    assert read_table(name).frame.equals(read_table(write(TABLE)).frame)


@pytest.mark.parametrize("suffix", PACKERS)
def test_a_broken_row_of_a_packed_file_is_named(write, suffix):
    name = write(PACKERS[suffix](f"{TABLE}c\n".encode()), f"t.csv{suffix}")
    with pytest.raises(DataError, match=rf"t\.csv{suffix}:4: 1 fields"):
        read_table(name)


@pytest.mark.parametrize("suffix", PACKERS)
@pytest.mark.parametrize("damage", ["cut", "changed", "not packed"])
def test_a_damaged_file(write, suffix, damage):
    data = PACKERS[suffix](TABLE.encode() * 50)
    middle = len(data) // 2
    damaged = {
        "cut": data[:-9],
        "changed": data[:middle] + b"\xff" * 9 + data[middle + 9 :],
        "not packed": TABLE.encode(),
    }
    name = write(damaged[damage], f"t.csv{suffix}")
    with pytest.raises(DataError, match=rf"cannot unpack 't\.csv{suffix}'") as raised:
        read_table(name)
    assert f" -t {name}" in raised.value.hint


def test_an_error_of_the_caller_stays_what_it_is(write):
    with pytest.raises(BrokenPipeError), open_rows(write(TABLE)):
        raise BrokenPipeError


def test_the_size_of_a_packed_file(write):
    assert unpacked_size(Path(write(TABLE))) == len(TABLE)
    assert unpacked_size(Path(write(gzip.compress(TABLE.encode() * 99), "t.gz"))) == 99 * len(TABLE)
    assert unpacked_size(Path(write(b"x" * 10, "t.xz"))) == 50
    assert unpacked_size(Path("nowhere.csv")) == 0


def archive(*names):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as packed:
        for name in names:
            packed.writestr(name, "x" * 5000)
    return data.getvalue()


KINDS = {
    "x.docx": (archive("[Content_Types].xml", "word/document.xml"), "Word", "spreadsheet"),
    "x.zip": (archive("gdp.csv"), "zip archive", "unzip x.zip"),
    "x.pdf": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "PDF", "pdftotext x.pdf"),
    "x.png": (b"\x89PNG\r\n\x1a\n\0\0\0\r", "PNG", "CSV"),
    "x.html": ("<!DOCTYPE html>\n<html><table>", "web page", "CSV"),
    "x.bin": (bytes(range(256)) + bytes(200), "binary data", "CSV"),
}


@pytest.mark.parametrize("name", KINDS)
def test_the_error_says_what_a_file_is_and_what_reads_it(write, name):
    data, kind, hint = KINDS[name]
    with pytest.raises(DataError) as raised:
        read_table(write(data, name))
    assert str(raised.value).startswith(f"{name} is ")
    assert kind in str(raised.value)
    assert hint in raised.value.hint


def test_a_cell_in_brackets_is_not_json(write):
    assert list(read_table(write("[id],{x}\n1,2\n")).columns) == ["[id]", "{x}"]


@pytest.mark.parametrize("suffix", ["", *PACKERS])
def test_standard_input(monkeypatch, suffix):
    data = PACKERS.get(suffix, bytes)(TABLE.encode())
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    table = read_table("-")
    assert (table.name, list(table.frame["id"])) == ("standard input", ["a", "b"])


def test_standard_input_cut_short(monkeypatch):
    stream = io.TextIOWrapper(io.BytesIO(gzip.compress(TABLE.encode())[:-9]))
    monkeypatch.setattr(sys, "stdin", stream)
    with pytest.raises(DataError, match="cannot read 'standard input'"):
        read_table("-")


def test_a_copy_is_private_is_named_after_its_original_and_is_removed(tmp_path):
    path = files.copy([b"a,b\n", b"1\n"], "standard input")
    assert path.stat().st_mode & 0o077 == 0
    with (
        pytest.raises(DataError, match=r"^standard input:2: 1 fields"),
        open_rows(path) as file,
    ):
        list(file)
    files.remove_copies()
    assert not path.exists()


def test_a_pattern_is_one_table(write):
    write(TABLE, "part-1.csv")
    write(gzip.compress(b"id,value\nc,3\n"), "part-2.csv.gz")
    table = read_table("part-*")
    assert list(table.frame["id"]) == ["a", "b", "c"]
    assert list(table.frame.index) == [1, 2, 3]


@pytest.mark.parametrize(
    ("second", "message"),
    [
        ("value,id\n1,a\n", "part-2.csv:1: other columns than in part-1.csv"),
        ("id;value\na;1\n", "part-2.csv:1: another delimiter than in part-1.csv"),
        ("id,value\na\n", "part-2.csv:2: 1 fields"),
    ],
)
def test_the_files_of_a_pattern_agree(write, second, message):
    write(TABLE, "part-1.csv")
    write(second, "part-2.csv")
    with pytest.raises(DataError) as raised:
        read_table("part-*.csv")
    assert message in str(raised.value)


def test_the_index_is_the_line_and_cells_are_text(write):
    frame = read_table(write('id,v\n"a\nb",1\n\nc,\n')).frame
    assert list(frame.index) == [2, 5]
    assert frame.to_numpy().tolist() == [["a\nb", "1"], ["c", ""]]
    assert {*map(str, frame.dtypes)} == {"object"}


def test_a_table_without_rows(write):
    frame = read_table(write("id,v\n")).frame
    assert (list(frame.columns), len(frame)) == (["id", "v"], 0)
    assert {*map(str, frame.dtypes)} == {"object"}


def test_the_schema_is_recognised_by_the_columns(write):
    assert read_table(write("indicator,value,x\n")).schema.name == "metrics"
    assert read_table(write("project,investment\n")).schema.name == "projects"
    assert read_table(write("指标,数值\n")).schema.name == "metrics"
    assert read_table("metrics").report and not read_table(write(TABLE)).report


@pytest.mark.parametrize(
    ("words", "table", "rest"),
    [
        ([], "metrics", []),
        (["a", "b"], "metrics", ["a", "b"]),
        (["a", "x.csv.gz"], "x.csv.gz", ["a"]),
        (["-", "a"], "-", ["a"]),
        (["x.parquet"], "x.parquet", []),
    ],
)
def test_a_table_among_words(words, table, rest):
    assert files.split_table(words) == (table, rest)


def test_memory_is_read_as_a_file_is():
    with open_rows(InputFile("standard input", "", io.BytesIO(TABLE.encode()))) as file:
        assert file.name == "standard input"
