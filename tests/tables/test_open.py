"""Tables by their names: built-in, the user's, several side by side; small and large."""

import bz2
import gzip
import io
import json
import lzma
import os
import subprocess
import sys
import threading
from pathlib import Path
from types import ModuleType

import duckdb
import pandas as pd
import pytest

from transfer_cli.errors import DataError, UsageError
from transfer_cli.tables import files
from transfer_cli.tables.open import open_source, vocabulary
from transfer_cli.tables.table import Table

TABLE = "id,indicator,value\na,tax,1\nb,tax,2\n"


class Engine:
    """Stands in for DuckDB: it keeps what it was opened with."""

    def __init__(self, name, paths, **options):
        self.name, self.paths, self.options = name, paths, options
        self.data = [path.read_bytes() for path in paths]

    def rows(self):
        rows = [line.split(",") for line in self.data[0].decode().splitlines()]
        frame = pd.DataFrame(rows[1:], columns=rows[0], dtype=object)
        yield Table(frame.iloc[:1])
        yield Table(frame.iloc[1:])


@pytest.fixture
def large(monkeypatch):
    """Let every table be large, and the engine show what it gets."""
    module = ModuleType("transfer_cli.engine.duck")
    module.DuckSource = Engine
    monkeypatch.setitem(sys.modules, module.__name__, module)
    monkeypatch.setenv("TRANSFER_LARGE", "1")
    yield
    files.remove_copies()


@pytest.fixture
def stdin(monkeypatch):
    def put(data):
        data = data if isinstance(data, bytes) else data.encode()
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))

    return put


def rows(source):
    return pd.concat([table.frame for table in source.rows()])


def test_a_built_in_table(root):
    source = open_source("metrics")
    assert (source.name, source.schema.name, source.report) == ("metrics", "metrics", True)
    assert source.count() == len((root / "data/metrics.csv").read_text("utf-8").splitlines()) - 1


def test_a_file(write):
    source = open_source(write(TABLE))
    assert (source.name, source.schema.name, source.report) == ("table.csv", "metrics", False)
    assert list(rows(source)["id"]) == ["a", "b"]


def test_standard_input(stdin):
    stdin(TABLE)
    source = open_source("-")
    assert (source.name, source.count()) == ("standard input", 2)


def test_an_empty_standard_input(stdin):
    stdin("")
    with pytest.raises(DataError, match="standard input is empty"):
        open_source("-")


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_a_pipe_is_read_as_a_file_is(pack):
    reading, writing = os.pipe()
    data = pack(TABLE.encode())
    threading.Thread(target=lambda: (os.write(writing, data), os.close(writing))).start()
    assert open_source(f"/dev/fd/{reading}").count() == 2
    os.close(reading)


@pytest.mark.parametrize("name", ["metrcs", "gdp"])
def test_a_word_that_is_no_table(name):
    with pytest.raises(UsageError, match="unknown table"):
        open_source(name)


@pytest.mark.parametrize("name", ["a\0b", "a\0b.csv", "\0"])
def test_a_path_with_nul(name):
    with pytest.raises(UsageError, match="NUL"):
        open_source(name)
    with pytest.raises(UsageError, match="NUL"):
        open_source("metrics", [name])


def test_a_forced_delimiter_and_the_note_of_a_lone_column(write):
    name = write("a;b\n1;2;3\n4;5\n")
    (table,) = open_source(name).rows()
    assert any("--delimiter semicolon" in note for note in table.notes)
    with pytest.raises(DataError, match=":2: 3 fields"):
        open_source(name, delimiter="semicolon")


def test_data_by_directory_file_and_environment(write, monkeypatch):
    Path("mine").mkdir()
    write(TABLE, "mine/metrics.csv")
    for data in (["mine"], ["mine/metrics.csv"]):
        assert list(rows(open_source("metrics", data))["id"]) == ["a", "b"]
    monkeypatch.setenv("TRANSFER_DATA", "mine")
    assert list(rows(open_source("metrics"))["id"]) == ["a", "b"]


def test_data_whose_name_looks_like_a_pattern(write):
    for folder in ("y[2023]", "y2"):
        Path(folder).mkdir()
    write(TABLE, "y[2023]/metrics.csv")
    write("id,indicator,value\nother,tax,1\n", "y2/metrics.csv")
    assert list(rows(open_source("metrics", ["y[2023]"]))["id"]) == ["a", "b"]


def test_a_table_that_the_data_lacks(write):
    Path("mine").mkdir()
    write(TABLE, "mine/metrics.csv")
    with pytest.raises(DataError, match="mine holds no table 'projects'"):
        open_source("projects", ["mine"])


@pytest.mark.parametrize("data", ["nowhere", "nowhere.csv", "empty"])
def test_data_that_is_none(data):
    Path("empty").mkdir()
    with pytest.raises(DataError, match="--data"):
        open_source("metrics", [data])


def test_several_sources_stand_side_by_side(write):
    Path("mine").mkdir()
    write("id,part_of,value\na,,1\nb,a,2\n", "mine/metrics.csv")
    write("id,value\na,3\nc,4\n", "other.csv")
    source = open_source("metrics", ["mine", "other.csv"])
    frame = rows(source)
    assert source.name == "mine + other"
    assert list(frame["source"]) == ["mine", "mine", "other", "other"]
    assert list(frame["id"]) == ["mine_a", "b", "other_a", "c"]
    assert list(frame["part_of"]) == ["", "mine_a", "", ""]


def test_the_report_beside_the_users_table(write):
    source = open_source("metrics", ["builtin", write(TABLE, "mine.csv")])
    assert source.report
    assert {*rows(source)["source"]} == {"builtin", "mine"}


def test_sources_of_one_name_are_numbered(write):
    Path("a").mkdir()
    write(TABLE, "a/x.csv")
    write(TABLE, "x.csv")
    assert {*rows(open_source("metrics", ["x.csv", "a/x.csv"]))["source"]} == {"x", "x_2"}


def test_a_directory_called_builtin_is_not_the_report(write):
    Path("x/builtin").mkdir(parents=True)
    write(TABLE, "x/builtin/metrics.csv")
    assert not open_source("metrics", ["x/builtin"]).report


BROKEN_PACKAGES = {
    "a number for a name": ({"resources": [{"name": 3, "path": "m.csv"}]}, "its name is 3"),
    "null for a name": ({"resources": [{"name": None, "path": "m.csv"}]}, "its name is null"),
    "no path": ({"resources": [{"name": "metrics"}]}, "its path is null"),
    "a path above": ({"resources": [{"name": "m", "path": "../m.csv"}]}, "leads out"),
    "an absolute path": ({"resources": [{"name": "m", "path": "/m.csv"}]}, "leads out"),
    "an address": ({"resources": [{"name": "m", "path": "https://x.org/m"}]}, "leads out"),
    "a NUL": ({"resources": [{"name": "m", "path": "m\0.csv"}]}, "its path is"),
    "a list": ([], "no resources"),
    "no resources": ({"name": None}, "no resources"),
    "a resource of text": ({"resources": ["m.csv"]}, "its name is null"),
    "invalid JSON": ("{", "not a data package"),
    "nested deeply": ("[" * 100_000, "not a data package"),
}


@pytest.mark.parametrize(("package", "message"), BROKEN_PACKAGES.values(), ids=BROKEN_PACKAGES)
def test_a_broken_package(write, package, message):
    write(package if isinstance(package, str) else json.dumps(package), "datapackage.json")
    with pytest.raises(DataError) as raised:
        open_source("metrics", ["datapackage.json"])
    assert "datapackage.json: not a data package" in str(raised.value)
    assert message in str(raised.value)


def test_a_package_may_have_any_name_of_its_own(write):
    write(TABLE, "m.csv")
    resource = {"name": "metrics", "path": "m.csv"}
    for name in (3, None):
        write(json.dumps({"name": name, "resources": [resource]}), "datapackage.json")
        assert open_source("metrics", ["datapackage.json"]).count() == 2


def test_look_ups_beside_the_data_and_beside_a_table_extend_the_built_in_ones(write):
    columns = (
        "indicator,category,label,label_zh,kind,adds_across,unit,per,counts,better,minimum,maximum"
    )
    Path("mine").mkdir()
    write(f"{columns}\nfdi,investment,FDI,外资,flow,,亿元,,,,,\n", "mine/indicators.csv")
    write(TABLE, "mine/metrics.csv")
    assert "fdi" not in vocabulary().indicators
    assert "fdi" in vocabulary(["mine"]).indicators
    assert "fdi" in vocabulary([], ["mine/metrics.csv"]).indicators
    assert "fdi" in open_source("mine/metrics.csv").vocabulary.indicators
    assert "tax" in vocabulary(["mine"]).indicators


def test_look_ups_and_usage_errors_load_no_pandas(write):
    write(TABLE, "metrics.csv")
    code = (
        "import sys\n"
        "from transfer_cli.tables.open import open_source, vocabulary\n"
        "from transfer_cli.tables.rows import open_rows\n"
        "assert vocabulary(['metrics.csv']).indicators\n"
        "with open_rows('metrics.csv') as file: assert list(file)\n"
        "try: open_source('metrcs')\n"
        "except Exception as error: assert 'unknown table' in str(error)\n"
        "assert not {'pandas', 'numpy', 'duckdb'} & {*sys.modules}\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_a_large_file_is_read_by_the_engine(large, write):
    source = open_source(write("id;value\na;1\n", "t.csv"))
    assert (source.name, source.paths) == ("t.csv", [Path("t.csv")])
    assert (source.options["header"], source.options["delimiter"]) == (["id", "value"], ";")
    assert (source.options["report"], source.options["schema"]) == (False, None)


def test_the_threshold(large, write, monkeypatch):
    monkeypatch.setenv("TRANSFER_LARGE", str(len(TABLE)))
    assert open_source(write(TABLE)).count() == 2
    packed = write(gzip.compress(TABLE.encode() * 50), "t.csv.gz")
    assert open_source(packed).paths == [Path("t.csv.gz")]
    write(TABLE, "u.csv")
    assert len(open_source("[tu]*.csv").paths) == 2


@pytest.mark.parametrize("text", ["x", "0", "-1", "1.5", "9" * 5000])
def test_a_threshold_that_is_none(write, monkeypatch, text):
    monkeypatch.setenv("TRANSFER_LARGE", text)
    with pytest.raises(UsageError, match="TRANSFER_LARGE"):
        open_source(write(TABLE))


def test_parquet_is_always_read_by_the_engine(large, write, monkeypatch):
    monkeypatch.setenv("TRANSFER_LARGE", "1000000")
    assert open_source(write(b"PAR1", "t.parquet")).paths == [Path("t.parquet")]
    packed = open_source(write(gzip.compress(b"PAR1"), "u.parquet.gz"))
    assert (packed.data, packed.paths[0].suffix) == ([b"PAR1"], ".parquet")


def test_a_pattern_may_match_parquet_beside_text(write):
    duckdb.sql("SELECT 'p' AS id, '9' AS value").write_parquet("t-1.parquet")
    write("id,value\na,1\n", "t-2.csv")
    rows = [row for table in open_source("t-*").rows() for row in table.frame.to_numpy().tolist()]
    assert rows == [["p", "9"], ["a", "1"]]
    files.remove_copies()


@pytest.mark.parametrize(("suffix", "pack"), [(".bz2", bz2.compress), (".xz", lzma.compress)])
def test_what_duckdb_does_not_unpack_is_unpacked_to_a_copy(large, write, suffix, pack):
    source = open_source(write(pack(TABLE.encode()), f"t.csv{suffix}"))
    assert source.data == [TABLE.encode()]
    assert files.label(source.paths[0]) == f"t.csv{suffix}"


def test_another_encoding_is_transcoded_to_a_copy(large, write):
    text = TABLE.replace("tax", "税收")
    source = open_source(write(text.encode("gb18030")), encoding="gb18030")
    assert source.data == [text.encode()]


def test_what_cannot_be_transcoded_is_named_by_its_line(large, write):
    name = write(TABLE.encode() * 99_999 + b"\xff\xff\n")
    with pytest.raises(DataError, match=r"table\.csv:299998: not GB18030 text"):
        open_source(name, encoding="gb18030")


@pytest.mark.parametrize("pack", [bytes, gzip.compress, bz2.compress])
def test_large_standard_input_is_copied(large, stdin, pack):
    stdin(pack(TABLE.encode()))
    source = open_source("-")
    assert (source.name, source.data) == ("standard input", [TABLE.encode()])
    assert files.label(source.paths[0]) == "standard input"
    files.remove_copies()
    assert not source.paths[0].exists()


def test_parquet_from_standard_input(large, stdin, monkeypatch):
    monkeypatch.setenv("TRANSFER_LARGE", "1000000")
    stdin(b"PAR1")
    assert open_source("-").paths[0].suffix == ".parquet"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("\n\n", "is empty"),
        ('{"a": [1]}\n', "a list or a record"),
        ("a,a\n1,2\n", "occurs twice"),
        (b"%PDF-1", "PDF"),
    ],
)
def test_a_large_file_with_a_broken_header(large, write, text, message):
    with pytest.raises(DataError, match=message):
        open_source(write(text))


def test_large_files_agree(large, write):
    write(TABLE, "part-1.csv")
    write("id;indicator;value\na;tax;1\n", "part-2.csv")
    with pytest.raises(DataError, match=r"part-2\.csv:1: another delimiter"):
        open_source("part-*.csv")


def test_progress_is_the_percentage_that_is_unpacked(large, write):
    seen = []
    open_source(write(bz2.compress(TABLE.encode()), "t.csv.bz2"), progress=seen.append)
    assert seen[-1] == 100


def test_a_large_source_beside_a_small_one(large, write):
    write(TABLE, "one.csv")
    write(TABLE.replace("a,", "c,").replace("b,", "d,"), "two.csv")
    frame = rows(open_source("metrics", ["one.csv", "two.csv"]))
    assert list(frame["id"]) == ["a", "b", "c", "d"]
