"""A table in any format gives the answer of its CSV twin."""

import datetime as dt
import io
import json
import os
import re
import sqlite3
import zipfile
from pathlib import Path

import openpyxl
import pytest

from input_tables import CSV, MAKERS, PACKERS, ods, xlsx

COMMANDS = [
    ("filter",),
    ("filter", "--min", "4", "--json"),
    ("compare", "tax"),
    ("aggregate", "--by", "indicator", "--stat", "sum,count,median"),
]


def on(table, args):
    """Return a command with its table: that of compare is given by --data."""
    if args[0] == "compare":
        return (*args, "--data", table)
    return (args[0], table, *args[1:])


@pytest.fixture
def answer(cli, write):
    return lambda args: cli(*on(write(CSV, "twin.csv"), args)).stdout


@pytest.mark.parametrize("args", COMMANDS, ids=" ".join)
def test_a_file(cli, write, form, size, answer, args):
    suffix, data = form
    done = cli(*on(write(data, f"t.{suffix}"), args))
    assert (done.code, done.stdout) == (0, answer(args)), done.stderr
    assert done.stdout


@pytest.mark.parametrize("name", ["t", "t.csv", "T.TXT"])
def test_a_format_is_known_by_its_content(cli, write, form, answer, name):
    suffix, data = form
    path = write(data, name if suffix != "tsv" else "t.tsv")
    assert cli("filter", f"./{path}").stdout == answer(("filter",))


def test_standard_input(cli, form, size, answer):
    _suffix, data = form
    for args in (("filter", "-"), ("aggregate", "-", "--by", "indicator", "--stat", "sum")):
        done = cli(*args, stdin=data)
        assert (done.code, done.stdout) == (0, answer((args[0], *args[2:]))), done.stderr


@pytest.mark.parametrize("packing", PACKERS)
def test_a_packed_file(cli, write, form, size, answer, packing):
    suffix, data = form
    name = write(PACKERS[packing](data), f"t.{suffix}.{packing}")
    done = cli("filter", name)
    assert (done.code, done.stdout) == (0, answer(("filter",))), done.stderr


def test_a_pattern_of_several_formats(cli, write, size, tmp_path):
    for suffix in ("csv", "jsonl", "xlsx", "db", "parquet"):
        write(MAKERS[suffix](tmp_path), f"part.{suffix}")
    rows = cli("aggregate", "part.*", "--by", "id").csv
    assert [row["count"] for row in rows] == ["5"] * 4


@pytest.mark.parametrize("command", ["describe", "values id", "check"])
def test_other_commands(cli, write, form, size, command):
    suffix, data = form
    name, *rest = command.split()
    done = cli(name, *rest, write(data, f"t.{suffix}"))
    expected = cli(name, *rest, write(CSV, "t.csv"))
    assert done.code == expected.code
    if command != "check":
        assert done.stdout == expected.stdout
    else:
        assert {row["problem"] for row in done.csv} == {row["problem"] for row in expected.csv}


def test_a_directory_of_tables(cli, write, tmp_path, answer):
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "metrics.xlsx").write_bytes(xlsx())
    assert cli("compare", "tax", "--data", "mine").stdout == answer(("compare", "tax"))


# Sheets.


def test_the_first_sheet_is_read_and_a_note_names_the_others(cli, write):
    done = cli("filter", write(xlsx(), "t.xlsx"), "--limit", "1")
    assert "sheet '数据' is read; --sheet names another: other" in done.stderr


@pytest.mark.parametrize("suffix", ["xlsx", "db"])
def test_a_sheet_by_its_name(cli, write, tmp_path, size, suffix):
    name = write(MAKERS[suffix](tmp_path), f"t.{suffix}")
    done = cli("filter", name, "--sheet", "other")
    assert (done.code, done.stdout) == (0, "x\n")
    wrong = cli("filter", name, "--sheet", "othre")
    assert wrong.code == 2
    assert "unknown sheet 'othre'" in wrong.stderr and "did you mean 'other'?" in wrong.stderr


def test_a_csv_file_has_no_sheets(cli, write):
    done = cli("filter", write(CSV), "--sheet", "x")
    assert (done.code, "has no sheets" in done.stderr) == (2, True)


def test_the_table_that_data_names_is_a_sheet(cli, write):
    book = openpyxl.Workbook()
    book.active.append(["notes"])
    sheet = book.create_sheet("metrics")
    book.create_sheet("projects")
    for row in openpyxl.load_workbook(io.BytesIO(xlsx())).active.values:
        sheet.append(row)
    for row in (["project", "investment"], ["x", 1]):
        book["projects"].append(row)
    data = io.BytesIO()
    book.save(data)
    name = write(data.getvalue(), "mine.xlsx")
    rows = cli("filter", "--data", name).csv
    assert [row["id"] for row in rows] == ["a", "b", "c", 'd, "e"']
    assert cli("filter", "omitted", "--data", name).code == 3
    assert cli("filter", "projects", "--data", name).stdout == "project,investment\nx,1\n"


# Cells.


def workbook(*rows, formats=()):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for cell, code in dict(formats).items():
        book.active[cell].number_format = code
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


@pytest.mark.parametrize(
    ("value", "code", "expected"),
    [
        (12, "General", "12"),
        (12.0, "General", "12"),
        (1.1, "0.00", "1.10"),
        (0.1 + 0.2, "General", "0.3"),
        (1234.5, "#,##0.00", "1234.50"),
        (12.3456, "0.00", "12.35"),
        (0.125, "0.0%", "12.5%"),
        (0.5, "0%", "50%"),
        (-0.07, "0.00%", "-7.00%"),
        (1.005, '0.00"亿元"', "1.01"),
        (9007199254740991, "0", "9007199254740991"),
        (1e22, "General", "10000000000000000000000"),
        (1234567, "#,##0,", "1235"),
        (123456789, '0.00,,"百万"', "123.46"),
        (12345, "0\\.0,", "1.2"),
        (12345, '[>=10000]0.0,"k";0', "12345"),
        (1234.5, "0.00E+00", "1234.5"),
        (1e300, "0.00", "1" + "0" * 300 + ".00"),
        (1e-9, "0.00", "0.00"),
        (True, "General", "true"),
        ("007", "General", "007"),
    ],
)
def test_a_cell_is_what_a_person_sees(cli, write, value, code, expected):
    data = workbook(["name", "value"], ["a", value], formats={"B2": code})
    assert cli("filter", write(data, "t.xlsx")).csv == [{"name": "a", "value": expected}]


def test_cells_without_a_reference(cli, write):
    data = workbook(["a", "v"], ["x", 0.125], ["y", "#N/A"], formats={"B2": "0.0%"})
    name = write(rewritten(data, "sheet1.xml", rb' r="[A-Z]*[0-9]+"', b""), "t.xlsx")
    done = cli("filter", name)
    assert [row["v"] for row in done.csv] == ["12.5%", ""]
    assert "B3 holds #N/A" in done.stderr


def rewritten(data, part, pattern, replacement):
    """A workbook with the matches of a pattern in one of its parts replaced."""
    copy = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(copy, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            new.writestr(name, re.sub(pattern, replacement, text) if part in name else text)
    return copy.getvalue()


def test_hidden_digits_are_noted(cli, write):
    data = workbook(["v"], [12.3456], [1.5], formats={"A2": "0.00", "A3": "0.00"})
    assert "1 number is read as the sheet shows it" in cli("filter", write(data, "t.xlsx")).stderr


def test_dates_follow_iso_8601(cli, write):
    data = workbook(
        ["day", "time", "clock"],
        [dt.date(2024, 1, 2), dt.datetime(2024, 1, 2, 3, 4, 5), dt.time(6, 7)],
    )
    [row] = cli("filter", write(data, "t.xlsx")).csv
    assert row == {"day": "2024-01-02", "time": "2024-01-02T03:04:05", "clock": "06:07:00"}


def test_cells_of_xls(cli, write, request):
    data = (request.path.parent / "files/figures.xls").read_bytes()
    done = cli("filter", write(data, "t.xls"), "--sheet", "cells")
    assert {row["name"]: row["value"] for row in done.csv} == {
        "whole": "12", "decimals": "1234.50", "share": "50%", "growth": "-12.5%", "true": "true",
        "day": "2024-01-02", "error": "",
    }  # fmt: skip
    assert "B8 holds #N/A and is read as empty" in done.stderr


def test_cells_of_ods(cli, write):
    cell = '<table:table-cell office:value-type="{0}" office:{1}="{2}"><text:p>{3}</text:p>' \
           "</table:table-cell>"  # fmt: skip
    error = ('<table:table-cell office:value-type="string" calcext:value-type="error">'
             "<text:p>#DIV/0!</text:p></table:table-cell>")  # fmt: skip
    rows = [
        ["name", "value"],
        ["share", cell.format("percentage", "value", "0.125", "12.5%")],
        ["thousands", cell.format("float", "value", "1234.5", "1,234.50")],
        ["comma", cell.format("percentage", "value", "0.125", "12,5%")],
        ["true", cell.format("boolean", "boolean-value", "true", "TRUE")],
        ["day", cell.format("date", "date-value", "2024-01-02", "02.01.24")],
        ["error", error],
    ]
    done = cli("filter", write(ods(rows), "t.ods"))
    assert [row["value"] for row in done.csv] == [
        "12.5%", "1234.50", "12.5%", "true", "2024-01-02", "",
    ]  # fmt: skip
    assert "B7 holds #DIV/0! and is read as empty" in done.stderr


def test_errors_and_formulas_without_a_result_are_named(cli, write, size):
    data = workbook(["id", "v"], ["a", "#N/A"], ["b", "=1/0"], ["c", "=A1"], ["d", 1])
    name = write(data, "t.xlsx")
    done = cli("filter", name)
    assert [row["v"] for row in done.csv] == ["", "", "", "1"]
    assert "t.xlsx: B2 holds #N/A and is read as empty" in done.stderr
    assert (
        "2 cells hold a formula without a stored result and are read as empty: B3, B4"
        in done.stderr
    )
    found = {row["line"]: row["problem"] for row in cli("check", name).csv}
    assert found["2"] == "B2 holds #N/A, no value"


def test_a_blank_row_keeps_the_numbers_of_the_others(cli, write):
    data = workbook(["indicator", "value"], [], ["tax", "lots"])
    done = cli("aggregate", write(data, "t.xlsx"), "--stat", "sum")
    assert done.code == 3
    assert "t.xlsx:3:" in done.stderr


def test_a_database_is_not_changed(cli, write, tmp_path):
    name = write(MAKERS["db"](tmp_path), "t.db")
    before = (tmp_path / name).read_bytes()
    (tmp_path / name).chmod(0o400)
    assert cli("filter", name).code == 0
    assert (tmp_path / name).read_bytes() == before
    assert not [path for path in tmp_path.iterdir() if path.name != name]


def test_a_table_with_a_hostile_name(cli, tmp_path):
    with sqlite3.connect(tmp_path / "t.db") as connection:
        connection.execute('CREATE TABLE "x""; DROP TABLE y; --" (v)')
        connection.execute('INSERT INTO "x""; DROP TABLE y; --" VALUES (1.5)')
        connection.execute("CREATE TABLE y (v)")
    connection.close()
    assert cli("filter", "t.db", "--sheet", 'x"; DROP TABLE y; --').stdout == "v\n1.5\n"
    assert cli("filter", "t.db", "--sheet", "y").stdout == "v\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('[{"a": 1.10, "b": true}, {"c": null, "a": 1e5}]', "a,b,c\n1.10,true,\n1e5,,\n"),
        ('[{"a": {"x": 1, "y": "z"}}]', "a.x,a.y\n1,z\n"),
        ('{"a": 1}', "a\n1\n"),
        ('{"a": 1}\n{"b": -0.50}\n', "a,b\n1,\n,-0.50\n"),
        ('[{"page": 1}, [{"v": 1}, {"v": 2}]]', "v\n1\n2\n"),
        ('[{"a": 12345678901234567890.10}]', "a\n12345678901234567890.10\n"),
        ('\ufeff[{"a": "=1+1"}]', "a\n'=1+1\n"),
    ],
)
def test_json(cli, write, text, expected):
    for data in (text.encode(), text.removeprefix("\ufeff").encode("utf-16")):
        done = cli("filter", write(data, "t.json"))
        assert (done.code, done.stdout) == (0, expected), done.stderr


# What is not a file.


@pytest.mark.parametrize(
    "args",
    [("filter", "https://data.stats.gov.cn/x.csv"), ("filter", "--data", "http://x.cn/a.xlsx"),
     ("check", "https://x.cn/datapackage.json"), ("extract", "ftp://x.cn/report.txt"),
     ("values", "indicator", "https://x.cn/api?q=1"), ("tidy", "https://x.cn/a.xls"),
     ("check", "--report", "https://x.cn/r.txt")],
    ids=" ".join,
)  # fmt: skip
def test_an_address_is_refused(cli, args):
    done = cli(*args)
    assert done.code == 2
    assert "the tool uses no network" in done.stderr
    assert "curl -LO" in done.stderr


def test_the_extra_is_named_if_it_is_missing(shell, write, tmp_path):
    (tmp_path / "python_calamine.py").write_text("raise ImportError")
    done = shell(
        "filter",
        write(xlsx(), "t.xlsx"),
        PYTHONPATH=f"{tmp_path}:{os.environ.get('PYTHONPATH', '')}",
    )
    assert done.code == 1
    assert "need the extra 'excel'" in done.stderr
    assert "Hint: pip install 'transfer-cli[excel]'" in done.stderr


def test_a_column_named_as_in_json_lines_of_any_line(cli, write, size):
    rows = [json.dumps({"id": str(n), **({"late": n} if n == 99 else {})}) for n in range(100)]
    done = cli("filter", write("\n".join(rows), "t.jsonl"), "--where", "late > 1")
    assert done.stdout == "id,late\n99,99\n"


def test_json_lines_say_their_encoding(cli, tmp_path):
    line = '{"省份": "甘肃", "数值": 1.10}\n'
    for encoding, note in (("utf-8", ""), ("gb18030", "is read as GB18030")):
        Path("own.jsonl").write_bytes((line * 3).encode(encoding))
        done = cli("filter", "own.jsonl")
        assert done.csv[0] == {"省份": "甘肃", "数值": "1.10"}
        assert note in done.stderr if note else done.stderr == ""


@pytest.mark.parametrize("args", [
    ("filter", "--columns", "nothing"),
    ("filter", "--where", "nothing > 1"),
    ("filter", "--sort", "nothing"),
    ("filter", "--status", "signed"),
    ("aggregate", "--by", "nothing"),
    ("aggregate", "--by", "省份", "--stat", "sum", "--value", "nothing"),
    ("values", "nothing"),
    ("export", "--columns", "nothing"),
])  # fmt: skip
def test_columns_are_named_by_the_headings_of_the_table(cli, size, args):
    Path("own.csv").write_text("省份,年度,产值（亿元）\n甘肃,2023,1200\n", encoding="utf-8")
    command, *rest = args
    names = rest if command != "values" else [*rest, "own.csv"]
    done = cli(command, *(["own.csv"] if command != "values" else []), *names)
    assert done.code == 2
    assert "省份" in done.stderr and "产值（亿元）" in done.stderr.replace("'", "")
    assert "province" not in done.stderr and "产值_unit" not in done.stderr


def test_a_name_near_a_heading_without_its_unit(cli):
    Path("own.csv").write_text("省份,年度,产值（亿元）\n甘肃,2023,1200\n", encoding="utf-8")
    assert "did you mean '产值'?" in cli("filter", "own.csv", "--columns", "产直").stderr


@pytest.mark.parametrize(("header", "words"), [
    ("省份,指标,年份,数值,单位", "指标 → indicator"),
    ("省份,年份,产值（亿元）", "transfer-cli tidy own.csv -o metrics.csv"),
])  # fmt: skip
def test_check_says_what_a_table_without_a_schema_needs(cli, header, words):
    cells = ",".join("1" for _column in header.split(","))
    Path("own.csv").write_text(f"{header}\n{cells}\n", encoding="utf-8")
    assert words in cli("check", "own.csv").stderr
