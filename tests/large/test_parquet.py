"""Parquet is read as the CSV file would be that holds the same table."""

import datetime
import decimal
import io

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

pa = pytest.importorskip("pyarrow")
parquet = pytest.importorskip("pyarrow.parquet")

TABLE = {
    "id": ["a", "b", "c", "d"],
    "indicator": ["tax", "tax", "jobs", None],
    "status": ["actual"] * 4,
    "scope": ["city"] * 4,
    "period": ["2023", "2023", "2023", "2024"],
    "value": [3.3, None, 40.0, 1250.5],
    "unit": ["亿元", "亿元", "个", "亿元"],
    "bound": ["exact", "exact", "over", "exact"],
}
AS_CSV = (
    "id,indicator,status,scope,period,value,unit,bound\n"
    "a,tax,actual,city,2023,3.3,亿元,exact\n"
    "b,tax,actual,city,2023,,亿元,exact\n"
    "c,jobs,actual,city,2023,40,个,over\n"
    "d,,actual,city,2024,1250.5,亿元,exact\n"
)


@pytest.fixture
def make(tmp_path):
    """Write a table as Parquet and return its name."""

    def write(columns, name="table.parquet", **how):
        table = columns if isinstance(columns, pa.Table) else pa.table(columns)
        parquet.write_table(table, tmp_path / name, **how)
        return name

    return write


@pytest.mark.parametrize(
    "args",
    [
        ("filter",),
        ("filter", "--min", "4"),
        ("filter", "--sort", "-value", "--limit", "2"),
        ("aggregate", "--by", "indicator", "--stat", "sum,count,median"),
        ("aggregate", "--by", "period"),
        ("export",),
        ("export", "-f", "jsonl"),
        ("describe",),
    ],
    ids=" ".join,
)
@pytest.mark.parametrize("rows", [1, 2, 100])
def test_the_same_as_csv(cli, write, make, monkeypatch, args, rows):
    monkeypatch.setenv("TRANSFER_LARGE", "1")
    command, *rest = args
    plain = cli(command, write(AS_CSV), *rest)
    assert plain.code == 0
    found = cli(command, make(TABLE, row_group_size=rows), *rest)
    assert (found.code, found.stdout) == (0, plain.stdout), found.stderr
    assert found.stderr.replace("table.parquet", "table.csv") == plain.stderr


WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=4)


@given(rows=st.lists(st.tuples(WORDS, WORDS | st.none()), min_size=1, max_size=9))
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_text_is_kept_to_the_letter(cli, make, rows):
    first, second = zip(*rows, strict=True)
    name = make({"a": first, "b": pa.array(second).cast("string").dictionary_encode()})
    found = cli("filter", name, "--json").json
    assert found == [{"a": one or None, "b": two or None} for one, two in rows]


@pytest.mark.parametrize(
    ("column", "cells"),
    [
        (pa.array([2024, None, -7]), ["2024", "", "-7"]),
        (pa.array([2024.0, None, 0.1]), ["2024", "", "0.1"]),
        (pa.array([1e16, float("nan"), 1e-7]), ["1e+16", "", "1e-7"]),
        (pa.array([3.3, 0.1, None], pa.float32()), ["3.3", "0.1", ""]),
        (pa.array([decimal.Decimal("3.30"), None, None]), ["3.30", "", ""]),
        (pa.array([True, None, False]), ["true", "", "false"]),
        (pa.array([datetime.date(2024, 6, 30), None, None]), ["2024-06-30", "", ""]),
        (pa.array([datetime.datetime(2024, 6, 30), None, datetime.datetime(2024, 7, 10, 8)]),
         ["2024-06-30", "", "2024-07-10 08:00:00"]),
        (pa.array([datetime.time(8, 0, 0, 500000), None, datetime.time(10)]),
         ["08:00:00.5", "", "10:00:00"]),
        (pa.array(["云南", None, ""]).dictionary_encode(), ["云南", "", ""]),
        (pa.array([3.5, None, 3.5]).dictionary_encode(), ["3.5", "", "3.5"]),
        (pa.array(["007", "NA", "None"], pa.large_string()), ["007", "NA", "None"]),
        (pa.array(["x", None, "y"], pa.string_view()), ["x", "", "y"]),
        (pa.array([b"x", None, b"y"]), ["x", "", "y"]),
        (pa.nulls(3), ["", "", ""]),
    ],
    ids=lambda value: str(value.type) if isinstance(value, pa.Array) else "",
)  # fmt: skip
def test_every_type_becomes_the_text_of_a_csv_file(cli, make, column, cells):
    found = cli("filter", make({"n": ["1", "2", "3"], "a": column}))
    assert [row["a"] for row in found.csv] == cells, found.stderr


@pytest.mark.parametrize(
    "column",
    [
        pa.array([1, None, 3]),
        pa.array([1.0, float("nan"), 3.0]),
        pa.array([1, None, 3], pa.float32()),
        pa.array([decimal.Decimal("1.00"), None, decimal.Decimal("3.00")]),
        pa.array(["1", None, "3.0"]),
        pa.array(["1", "", "3"]).dictionary_encode(),
        pa.array([1.0, None, 3.0]).dictionary_encode(),
    ],
    ids=lambda column: str(column.type),
)
def test_numbers_of_every_type_are_added_up(cli, make, column):
    alike = {"indicator": ["tax"] * 4, "unit": ["亿元"] * 4, "period": ["2023"] * 4}
    name = make({**TABLE, **alike, "value": pa.concat_arrays([column, column[:1]])})
    [row] = cli("aggregate", name, "--stat", "sum,count,min,max").csv
    assert (row["sum"], row["count"], row["min"], row["max"]) == ("5", "4", "1", "3")


@pytest.mark.parametrize("bad", ["5x", "inf"])
def test_a_cell_that_is_no_number_is_named_by_its_row(cli, make, bad):
    name = make({**TABLE, "value": ["1", "2", bad, "4"]}, row_group_size=2)
    for args in (("aggregate", name, "--stat", "sum"), ("filter", name, "--min", "3")):
        done = cli(*args)
        assert done.code == 3
        assert f"table.parquet:3: column 'value': '{bad}'" in done.stderr


def test_an_infinite_float_is_no_number(cli, make):
    done = cli("aggregate", make({**TABLE, "value": [1, float("inf"), 2, 3]}), "--stat", "sum")
    assert done.code == 3
    assert "table.parquet:2: column 'value': 'inf'" in done.stderr


def test_bytes_that_are_no_text(cli, make):
    for args in (("filter",), ("filter", "--where", "b == '2'"), ("export", "-f", "jsonl")):
        command, *rest = args
        done = cli(command, make({"a": [b"x", b"\xff"], "b": ["1", "2"]}), *rest)
        assert done.code == 3
        assert "table.parquet: column 'a': Invalid UTF8" in done.stderr


def test_lists_are_no_cells(cli, make):
    name = make({**TABLE, "tags": [["x"], [], None, ["y"]]})
    done = cli("filter", name)
    assert done.code == 3
    assert "table.parquet: column 'tags' holds list<" in done.stderr
    assert "Hint: " in done.stderr


def test_a_column_that_stands_twice(cli, make):
    done = cli("filter", make(pa.table([["x"], ["y"]], names=["a", "a"])))
    assert done.code == 3
    assert "table.parquet: column 'a' stands twice" in done.stderr


def test_no_rows(cli, make):
    done = cli("filter", make(pa.table(TABLE).slice(0, 0)))
    assert (done.code, done.stdout) == (0, AS_CSV.partition("\n")[0] + "\n")


def packed() -> bytes:
    sink = io.BytesIO()
    parquet.write_table(pa.table(TABLE), sink)
    return sink.getvalue()


@pytest.mark.parametrize("data", [b"", b"id,value\na,1\n", packed()[:-40], packed()[:9]])
def test_a_broken_file(cli, write, data):
    for command in ("filter", "aggregate", "describe"):
        done = cli(command, write(data, "t.parquet"))
        assert done.code == 3
        assert "t.parquet is no sound Parquet file" in done.stderr and "Hint: " in done.stderr


def test_a_damaged_page(cli, write):
    data = packed()
    done = cli("filter", write(data[:5] + b"\xff" * 60 + data[65:], "t.parquet"))
    assert done.code == 3
    assert "t.parquet is no sound Parquet file" in done.stderr


def test_a_missing_file(cli):
    done = cli("filter", "nowhere.parquet")
    assert done.code == 3
    assert "there is no file 'nowhere.parquet'" in done.stderr


@pytest.mark.parametrize("command", ["filter", "describe"])
def test_standard_input(cli, write, command):
    done = cli(command, "-", stdin=packed())
    assert (done.code, done.stdout) == (0, cli(command, write(AS_CSV)).stdout), done.stderr


def test_a_glob_may_hold_both_kinds(cli, write, make):
    write(AS_CSV, "part-1.csv")
    make(TABLE, "part-2.parquet")
    found = cli("filter", "part-*")
    assert found.stdout == AS_CSV + AS_CSV.partition("\n")[2], found.stderr
