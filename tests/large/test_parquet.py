"""Parquet is read as the CSV file would be that holds the same table."""

import csv
import io

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from strategies import FEW
from transfer_cli.model import numbers

AS_CSV = (
    "id,indicator,status,scope,period,value,unit,bound\n"
    "a,tax,actual,city,2023,3.3,亿元,exact\n"
    "b,tax,actual,city,2023,,亿元,exact\n"
    "c,jobs,actual,city,2023,40,个,over\n"
    "d,,actual,city,2024,1250.5,亿元,exact\n"
)


def table(**columns):
    """Return a query for the table of ``AS_CSV`` with numbers for values; SQL of other columns."""
    rows = list(csv.DictReader(io.StringIO(AS_CSV)))
    cells = ", ".join(
        "(" + ", ".join(f"'{cell}'" if cell else "NULL" for cell in row.values()) + f", {n})"
        for n, row in enumerate(rows, 1)
    )
    columns = {"value": "value::DOUBLE", **columns}
    known = ", ".join(f"{columns.pop(name, name)} AS {name}" for name in rows[0])
    more = "".join(f", {sql} AS {name}" for name, sql in columns.items())
    names = ", ".join([*rows[0], "n"])
    return f"SELECT {known}{more} FROM (VALUES {cells}) AS t({names})"  # noqa: S608


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
def test_the_same_as_csv(large, write, parquet, args, rows):
    command, *rest = args
    plain = large(command, write(AS_CSV), *rest)
    assert plain.code == 0
    found = large(command, parquet(table(), rows=rows), *rest)
    assert (found.code, found.stdout) == (0, plain.stdout), found.stderr
    assert found.stderr.replace("table.parquet", "table.csv") == plain.stderr


WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=4)


def json_cells(column):
    """Return a column as JSON holds it: numbers, if all of its cells are, in JSON's own form."""
    filled = [cell for cell in column if cell]
    numeric = filled and all(map(numbers.plain_number, filled))
    return [(numbers.json_number(cell) if numeric else cell) if cell else None for cell in column]


def literal(text):
    return "NULL" if text is None else "'" + text.replace("'", "''") + "'"


@given(rows=st.lists(st.tuples(WORDS, WORDS | st.none()), min_size=1, max_size=9))
@FEW
def test_text_is_kept_to_the_letter(cli, parquet, rows):
    cells = ", ".join(f"({literal(one)}, {literal(two)})" for one, two in rows)
    found = cli("filter", parquet(f"FROM (VALUES {cells}) AS t(a, b)"), "--json").json
    shown = [tuple(row.values()) for row in found]
    columns = [json_cells(column) for column in zip(*rows, strict=True)]
    assert shown == list(zip(*columns, strict=True))


@pytest.mark.parametrize(
    ("type_", "values", "cells"),
    [
        ("BIGINT", ["2024", None, "-7"], ["2024", "", "-7"]),
        ("DOUBLE", ["2024", None, "0.1"], ["2024", "", "0.1"]),
        ("DOUBLE", ["1e16", "nan", "1e-7"], ["1e+16", "", "1e-07"]),
        ("FLOAT", ["3.3", "0.1", None], ["3.3", "0.1", ""]),
        ("DECIMAL(9, 2)", ["3.30", None, None], ["3.30", "", ""]),
        ("BOOLEAN", ["true", None, "false"], ["true", "", "false"]),
        ("DATE", ["2024-06-30", None, None], ["2024-06-30", "", ""]),
        ("TIMESTAMP", ["2024-06-30", None, "2024-07-10 08:00"],
         ["2024-06-30", "", "2024-07-10 08:00:00"]),
        ("TIME", ["08:00:00.5", None, "10:00"], ["08:00:00.5", "", "10:00:00"]),
        ("VARCHAR", ["云南", None, ""], ["云南", "", ""]),
        ("VARCHAR", ["007", "NA", "None"], ["007", "NA", "None"]),
        ("BLOB", ["x", None, "y"], ["x", "", "y"]),
        ("ENUM('x', 'y')", ["x", None, "y"], ["x", "", "y"]),
        ("INTEGER", [None] * 3, ["", "", ""]),
    ],
)  # fmt: skip
def test_every_type_becomes_the_text_of_a_csv_file(cli, parquet, type_, values, cells):
    rows = ", ".join(f"({n}, {literal(value)}::{type_})" for n, value in enumerate(values))
    found = cli("filter", parquet(f"FROM (VALUES {rows}) AS t(n, a)"))
    assert [row["a"] for row in found.csv] == cells, found.stderr


@pytest.mark.parametrize(
    "value",
    [
        "[1, NULL, 3, 1][n]",
        "[1.0, 'nan'::DOUBLE, 3.0, 1.0][n]",
        "[1, NULL, 3, 1][n]::FLOAT",
        "[1, NULL, 3, 1][n]::DECIMAL(9, 2)",
        "['1', NULL, '3.0', '1'][n]",
        "['1', '', '3', '1'][n]",
    ],
)
def test_numbers_of_every_type_are_added_up(cli, parquet, value):
    name = parquet(table(indicator="'tax'", unit="'亿元'", period="'2023'", value=value))
    [row] = cli("aggregate", name, "--stat", "sum,count,min,max").csv
    assert (row["sum"], row["count"], row["min"], row["max"]) == ("5", "4", "1", "3")


@pytest.mark.parametrize("bad", ["5x", "inf"])
def test_a_cell_that_is_no_number_is_named_by_its_row(cli, parquet, bad):
    name = parquet(table(value=f"['1', '2', '{bad}', '4'][n]"), rows=2)
    done = cli("aggregate", name, "--stat", "sum")
    assert done.code == 3
    assert f"table.parquet:3: column 'value': '{bad}'" in done.stderr
    done = cli("filter", name, "--min", "3", "--columns", "id")
    assert (done.code, done.stdout) == (0, "id\nd\n")
    assert f"not compared: '{bad}'" in done.stderr


def test_an_infinite_float_is_no_number(cli, parquet):
    name = parquet(table(value="[1, 'inf'::DOUBLE, 2, 3][n]"))
    done = cli("aggregate", name, "--stat", "sum")
    assert done.code == 3
    assert "table.parquet:2: column 'value': 'inf'" in done.stderr


def test_bytes_that_are_no_text(cli, parquet):
    name = parquet("FROM (VALUES ('x'::BLOB, '1'), ('\\xFF'::BLOB, '2')) AS t(a, b)")
    for args in (("filter",), ("filter", "--where", "b == '2'"), ("export", "-f", "jsonl")):
        command, *rest = args
        done = cli(command, name, *rest)
        assert done.code == 3
        assert "table.parquet" in done.stderr and "Hint: " in done.stderr


def test_lists_are_no_cells(cli, parquet):
    done = cli("filter", parquet(table(tags="['x', 'y']")))
    assert done.code == 3
    assert "table.parquet: column 'tags' holds lists" in done.stderr
    assert "Hint: " in done.stderr


def test_no_rows(cli, parquet):
    done = cli("filter", parquet(f"{table()} LIMIT 0"))
    assert (done.code, done.stdout) == (0, AS_CSV.partition("\n")[0] + "\n")


@pytest.fixture(scope="module")
def data(tmp_path_factory) -> bytes:
    """A sound file."""
    path = tmp_path_factory.mktemp("parquet") / "t.parquet"
    duckdb.execute(f"COPY ({table()}) TO '{path}' (FORMAT parquet)")
    return path.read_bytes()


@pytest.mark.parametrize("piece", [slice(0), slice(-40), slice(9), "id,value\na,1\n"], ids=str)
def test_a_broken_file(cli, write, data, piece):
    broken = piece.encode() if isinstance(piece, str) else data[piece]
    for command in ("filter", "aggregate", "describe"):
        done = cli(command, write(broken, "t.parquet"))
        assert done.code == 3
        assert "t.parquet is not a valid Parquet file" in done.stderr and "Hint: " in done.stderr


def test_a_damaged_page(cli, write, data):
    done = cli("filter", write(data[:5] + b"\xff" * 60 + data[65:], "t.parquet"))
    assert done.code == 3
    assert "t.parquet is not a valid Parquet file" in done.stderr


def test_a_missing_file(cli):
    done = cli("filter", "nowhere.parquet")
    assert done.code == 3
    assert "there is no file 'nowhere.parquet'" in done.stderr


@pytest.mark.parametrize("command", ["filter", "describe"])
def test_standard_input(cli, write, data, command):
    done = cli(command, "-", stdin=data)
    assert (done.code, done.stdout) == (0, cli(command, write(AS_CSV)).stdout), done.stderr


def test_a_pattern_of_several_files(cli, parquet):
    parquet(f"{table()} LIMIT 1", "part-1.parquet")
    parquet(f"{table()} OFFSET 1", "part-2.parquet")
    assert cli("filter", "part-*").stdout == AS_CSV


@pytest.mark.parametrize("command", ["filter", "aggregate"])
def test_a_pattern_that_matches_files_of_both_kinds(cli, write, parquet, command):
    write(AS_CSV, "part-1.csv")
    parquet(table(id="id || 'x'"), "part-2.parquet")
    rows = AS_CSV.partition("\n")[2]
    whole = AS_CSV + "".join(line.replace(",", "x,", 1) for line in rows.splitlines(keepends=True))
    found = cli(command, "part-*")
    assert (found.code, found.stdout) == (0, cli(command, write(whole)).stdout), found.stderr
