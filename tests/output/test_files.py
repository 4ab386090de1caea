"""Workbooks, databases and Parquet files, read back by other libraries."""

import json
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import duckdb
import openpyxl
import pytest

from transfer_cli.model.codelists import CATEGORIES

FORMULAS = ["=1+1", "@SUM(A1)", "+cmd|' /C calc'!A0", "=HYPERLINK(\"http://x\")", "http://x.y",
            "＝1+1", "{=1}"]  # fmt: skip


def sheets(name):
    """The sheets of a workbook, each with its rows of cells."""
    return {sheet.title: list(sheet.iter_rows()) for sheet in openpyxl.load_workbook(name)}


def shown(cell):
    """A number as its format shows it, as far as ours go; text as it is."""
    if cell.data_type != "n" or cell.value is None:
        return cell.value or ""
    before, _, rest = cell.number_format.rpartition("#,##0") if "#" in cell.number_format else (
        "", "", cell.number_format.removeprefix("0"))  # fmt: skip
    decimals, _, after = rest.partition('"')
    grouped = "," if "#" in cell.number_format else ""
    return before.strip('"') + f"{cell.value:{grouped}.{decimals.count('0')}f}" + after.strip('"')


def rows_of(cli, *args):
    return json.loads(cli(*args, "--json").stdout)


COMMANDS = [
    ("filter", "--category", "investment"),
    ("filter", "--province", "Yunnan", "--columns", "id,value"),
    ("filter", "projects", "--lang", "zh"),
    ("export", "metrics"),
    ("export", "units"),
    ("aggregate", "--by", "province", "--stat", "count,sum", "--category", "tax,jobs"),
    ("values", "indicator"),
    ("describe", "--what", "coverage"),
    ("compare", "tax", "--wide"),
    ("show", "gx_soe_investment"),
    ("calc", "nm_signed_investment - nm_started_investment"),
]


@pytest.mark.parametrize("args", COMMANDS, ids=" ".join)
def test_a_workbook_holds_the_rows(cli, args):
    done = cli(*args, "-o", "out.xlsx")
    assert (done.code, done.stdout) == (0, ""), done.stderr
    [rows, *_rest] = sheets("out.xlsx").values()
    expected = rows_of(cli, *args)
    expected = expected if isinstance(expected, list) else [expected]
    names = [cell.value.partition(" (")[0] for cell in rows[0]]
    assert names == [name for name in expected[0] if name not in ("figures", "notes", "label_zh")]
    for row, found in zip(expected, rows[1:], strict=True):
        assert [cell.value for cell in found] == [row[name] for name in names]


@pytest.mark.parametrize("args", COMMANDS, ids=" ".join)
def test_a_database_holds_the_rows(cli, args):
    done = cli(*args, "-o", "out.db")
    assert (done.code, done.stdout) == (0, ""), done.stderr
    expected = rows_of(cli, *args)
    expected = expected if isinstance(expected, list) else [expected]
    with closing(sqlite3.connect("out.db")) as database:
        database.row_factory = sqlite3.Row
        [name] = next(database.execute("SELECT name FROM sqlite_master WHERE type = 'table'"))
        found = [dict(row) for row in database.execute(f'SELECT * FROM "{name}"')]  # noqa: S608
    keys = [name for name in expected[0] if name not in ("figures", "notes")]
    assert found == [{key: row[key] for key in keys} for row in expected]


@pytest.mark.parametrize("args", COMMANDS, ids=" ".join)
def test_a_parquet_file_holds_the_rows(cli, args):
    done = cli(*args, "-o", "out.parquet")
    assert (done.code, done.stdout) == (0, ""), done.stderr
    expected = rows_of(cli, *args)
    expected = expected if isinstance(expected, list) else [expected]
    found = duckdb.read_parquet("out.parquet")
    keys = [name for name in expected[0] if name not in ("figures", "notes")]
    assert found.columns == keys
    assert found.fetchall() == [tuple(row[key] for key in keys) for row in expected]


@pytest.mark.parametrize("args", COMMANDS[:5], ids=" ".join)
def test_a_parquet_file_loads_back_equal(cli, args):
    cli(*args, "-o", "out.parquet")
    assert rows_of(cli, "filter", "out.parquet") == rows_of(cli, *args)


def test_any_size_gives_the_same_file(cli, write, size):
    name = write("id,code,n,mixed\n" + "".join(f"r{i},00{i},{i}.50,{i}\n" for i in range(50)) +
                 "x,1,,ten\n")  # fmt: skip
    for suffix in ("xlsx", "db", "parquet"):
        assert cli("filter", name, "-o", f"out.{suffix}").code == 0
    assert duckdb.read_parquet("out.parquet").types == ["VARCHAR", "VARCHAR", "DOUBLE", "VARCHAR"]
    with closing(sqlite3.connect("out.db")) as database:
        kinds = [row[2] for row in database.execute("PRAGMA table_info('table')")]
    assert kinds == ["TEXT", "TEXT", "NUMERIC", "TEXT"]
    [rows, _notes] = sheets("out.xlsx").values()
    assert [shown(cell) for cell in rows[3]] == ["r2", "002", "2.50", "2"]


def test_numbers_keep_their_decimals_and_show_their_bounds(cli, write):
    name = write("id,indicator,value,unit,bound\na,tax,1234.50,亿元,over\nb,tax,7,亿元,about\n"
                 "c,tax,12345678901234567890,亿元,exact\nd,tax,,亿元,exact\n")  # fmt: skip
    cli("filter", name, "-o", "out.xlsx")
    rows = sheets("out.xlsx")["table"]
    assert rows[0][2].value == "value (亿元)"
    assert [shown(row[2]) for row in rows[1:]] == [">1,234.50", "≈7", "12345678901234567890", ""]
    assert [rows[1][2].value, rows[2][2].value] == [1234.5, 7]


def test_a_unit_stands_in_the_heading_only_if_it_holds_for_all(cli, write):
    name = write("id,indicator,value,unit\na,tax,1,亿元\nb,tax,7,万元\n")
    cli("filter", name, "-o", "out.xlsx")
    assert sheets("out.xlsx")["table"][0][2].value == "value"


def test_the_header_is_frozen_and_filtered_and_wide_enough(cli):
    cli("filter", "--lang", "zh", "-o", "out.xlsx")
    sheet = openpyxl.load_workbook("out.xlsx").worksheets[0]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == sheet.dimensions
    subject = next(cell.column_letter for cell in sheet[1] if cell.value == "place_zh")
    longest = max(len(cell.value or "") for cell in sheet[subject])
    assert sheet.column_dimensions[subject].width >= 2 * longest


@pytest.mark.parametrize("cell", FORMULAS)
def test_text_is_no_formula_and_no_link(cli, write, cell):
    quoted = cell.replace('"', '""')
    name = write(f'id,"{quoted}"\na,"{quoted}"\n')
    cli("filter", name, "-o", "out.xlsx")
    sheet = openpyxl.load_workbook("out.xlsx").worksheets[0]
    for one in (sheet["B1"], sheet["B2"]):
        assert (one.value, one.data_type, one.hyperlink) == (cell, "s", None)


def test_notes_and_the_source_have_a_sheet(cli):
    done = cli("aggregate", "--stat", "sum", "--category", "jobs", "-o", "out.xlsx")
    notes = [row[0].value for row in sheets("out.xlsx")["Notes"]]
    printed = [line.removeprefix("Note: ") for line in done.stderr.splitlines()]
    assert printed and notes[: len(printed)] == printed
    cli("filter", "-o", "out.xlsx", "--lang", "zh")
    assert "产业转移" in sheets("out.xlsx")["说明"][-1][0].value


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize(
    "words",
    [
        "investment tax",
        "all",
        "investment --by status",
        "tax --by period --growth",
        "mine.csv --vs Yunnan",
        "mine.csv --share",
        "mine.csv --rank",
        "tax --unit 万元",
    ],
)
def test_a_comparison_keeps_its_layout(cli, write, lang, words):
    write(
        "id,province,indicator,scope,status,period,value,unit,bound\n"
        "a,云南,gdp,province,actual,2023,30,亿元,exact\n"
        "b,四川,gdp,province,actual,2023,6010.5,亿元,over\n",
        "mine.csv",
    )
    args = ("compare", *words.split(), "--lang", lang)
    assert cli(*args, "-o", "out.xlsx").code == 0
    [rows, _notes] = sheets("out.xlsx").values()
    texts = [[str(shown(cell)) for cell in row] for row in rows]
    screen = cli(*args, tty=True, columns=2_000)
    said = f"{screen.stdout} {screen.stderr}".replace("注：", " ").replace("；", " ")
    words = {*said.split()}
    cells = (cell.replace("; ", " ").replace("；", " ") for row in texts for cell in row)
    found = {word for cell in cells for word in cell.split()}
    assert found - {word.rstrip(";") for word in words} == set()
    footnotes = [line for line in screen.stdout.splitlines() if line[:1] in "¹²³⁴⁵⁶⁷⁸⁹"]
    assert {line for line in footnotes if line} <= {row[0] for row in texts}


def test_numbers_of_a_comparison_are_numbers(cli):
    cli("compare", "tax", "-o", "out.xlsx")
    [rows, _notes] = sheets("out.xlsx").values()
    cells = [cell for row in rows for cell in row if cell.data_type == "n" and cell.value]
    assert 14.37 in [cell.value for cell in cells]
    assert "14.37" in [shown(cell).rstrip("⁰¹²³⁴⁵⁶⁷⁸⁹") for cell in cells]


def test_a_sheet_for_each_table(cli):
    assert cli("export", "all", "-o", "all.xlsx").code == 0
    found = sheets("all.xlsx")
    assert list(found) == ["metrics", "projects", "provinces", "indicators", "industries", "units",
                           "omitted", "Notes"]  # fmt: skip
    for name, rows in list(found.items())[:-1]:
        assert len(rows) - 1 == len(rows_of(cli, "export", name))


def test_a_database_of_all_tables_has_keys_and_views(cli):
    assert cli("export", "all", "-o", "all.db").code == 0
    with closing(sqlite3.connect("all.db")) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        keys = database.execute("PRAGMA foreign_key_list(metrics)").fetchall()
        assert {(key[2], key[3]) for key in keys} == {
            ("indicators", "indicator"), ("units", "unit"), ("metrics", "part_of")}  # fmt: skip
        assert [row[1] for row in database.execute("PRAGMA table_info(metrics)") if row[5]] == [
            "id"
        ]
        views = {row[0] for row in database.execute(
            "SELECT name FROM sqlite_master WHERE type = 'view'")}  # fmt: skip
        assert views == {f"metrics_{name}" for name in CATEGORIES}
        for name in ("tax", "jobs"):
            found = database.execute(f"SELECT id FROM metrics_{name}").fetchall()  # noqa: S608
            assert [row[0] for row in found] == cli("filter", "--category", name).ids
    with closing(sqlite3.connect("all.db")) as database:
        kinds = {row[1]: row[2] for row in database.execute("PRAGMA table_info(projects)")}
    assert (kinds["year"], kinds["investment"], kinds["project"]) == ("INTEGER", "NUMERIC", "TEXT")


def test_a_table_with_an_id_that_stands_twice_has_no_key(cli, write):
    name = write("id,indicator,value,part_of\na,tax,1,\na,tax,2,z\n")
    assert cli("filter", name, "-o", "out.db").code == 0
    with closing(sqlite3.connect("out.db")) as database:
        assert not any(row[5] for row in database.execute("PRAGMA table_info('table')"))
        assert database.execute("PRAGMA foreign_key_list('table')").fetchall() == []
        assert database.execute('SELECT count(*) FROM "table"').fetchone() == (2,)


def test_a_database_names_its_table_after_the_file(cli, write):
    name = write('id,"odd ""name"""\na,1\n', 'my "own" table.csv')
    assert cli("filter", name, "-o", "out.db").code == 0
    with closing(sqlite3.connect("out.db")) as database:
        [row] = database.execute("""SELECT * FROM "my ""own"" table" """)
    assert row == ("a", 1)


@pytest.mark.parametrize("suffix", ["xlsx", "db", "parquet"])
def test_the_same_result_is_the_same_file(cli, suffix):
    for name in ("one", "two"):
        cli("filter", "--category", "tax", "-o", f"{name}.{suffix}")
    assert Path(f"one.{suffix}").read_bytes() == Path(f"two.{suffix}").read_bytes()


@pytest.mark.parametrize("suffix", ["xlsx", "db", "parquet"])
def test_an_empty_result_has_its_columns(cli, suffix):
    done = cli("filter", "--province", "广东", "-o", f"out.{suffix}")
    assert (done.code, done.stderr[:14]) == (0, "Note: no rows:")
    names = cli("filter", "--limit", "1").stdout.partition("\n")[0].split(",")
    if suffix == "xlsx":
        [row] = sheets("out.xlsx")["metrics"]
        assert [cell.value for cell in row] == names
    elif suffix == "parquet":
        assert duckdb.read_parquet("out.parquet").columns == names
    else:
        with closing(sqlite3.connect("out.db")) as database:
            assert [row[1] for row in database.execute("PRAGMA table_info(metrics)")] == names


def test_a_cell_that_no_workbook_holds(cli, write):
    done = cli("filter", write(f"id,text\na,{'x' * 40_000}\n"), "-o", "out.xlsx")
    assert done.code == 1
    assert "40,000 characters" in done.stderr and "-o FILE.csv" in done.stderr
    assert not Path("out.xlsx").exists()


@pytest.mark.parametrize(
    ("args", "module", "extra"), [(("filter", "-o", "x.xlsx"), "xlsxwriter", "excel")]
)
def test_a_missing_extra_is_named(cli, monkeypatch, args, module, extra):
    monkeypatch.setitem(sys.modules, module, None)
    done = cli(*args)
    assert done.code == 1
    assert f"{module} is not installed" in done.stderr
    assert done.stderr.splitlines()[-1] == f"Hint: pip install 'transfer-cli[{extra}]'"


@pytest.mark.parametrize("form", ["xlsx", "sqlite", "parquet"])
def test_a_file_of_bytes_goes_into_a_pipe(shell, form, tmp_path):
    import subprocess

    command = [sys.executable, "-m", "transfer_cli", "filter", "--category", "tax", "-f", form]
    data = subprocess.run(command, capture_output=True, timeout=60, check=True).stdout
    magic = {"xlsx": b"PK", "sqlite": b"SQLite format 3", "parquet": b"PAR1"}[form]
    assert data.startswith(magic)


def test_a_byte_order_mark(cli, write):
    done = cli("filter", "--category", "tax", "--bom", "-o", "out.csv")
    assert done.code == 0, done.stderr
    data = Path("out.csv").read_bytes()
    assert data == b"\xef\xbb\xbf" + cli("filter", "--category", "tax").stdout.encode()
    assert rows_of(cli, "filter", "out.csv") == rows_of(cli, "filter", "--category", "tax")
    assert cli("filter", "--category", "tax", "--bom", "-f", "tsv").stdout[0] == "\ufeff"
    cli("export", "all", "--bom", "-o", "package")
    assert Path("package/metrics.csv").read_bytes()[:3] == b"\xef\xbb\xbf"


def test_a_byte_order_mark_is_for_delimited_text(cli):
    done = cli("filter", "--bom", "--json")
    assert done.code == 2
    assert "--bom is for csv and tsv, not for json" in done.stderr


READABLE = ["csv", "tsv", "json", "jsonl", "xlsx", "db", "parquet"]


@pytest.mark.parametrize("table", ["metrics", "projects", "units"])
@pytest.mark.parametrize("suffix", READABLE)
def test_what_was_exported_loads_back_equal(cli, suffix, table):
    """A unit in the heading of a workbook stays there; the figures are the same."""
    cli("export", table, "-o", f"out.{suffix}")
    found = rows_of(cli, "filter", f"out.{suffix}")
    names = [{name.partition(" (")[0]: cell for name, cell in row.items()} for row in found]
    assert names == rows_of(cli, "export", table)


@pytest.mark.parametrize("suffix", READABLE)
def test_an_exported_table_answers_as_the_built_in_one(cli, suffix):
    cli("export", "metrics", "-o", f"out.{suffix}")
    for args in (("--by", "province", "--stat", "sum", "--category", "tax,jobs"),
                 ("--by", "status", "--stat", "count")):  # fmt: skip
        built_in = rows_of(cli, "aggregate", *args)
        assert rows_of(cli, "aggregate", f"out.{suffix}", *args) == built_in
    cli("export", "projects", "-o", f"two.{suffix}")
    args = ("--by", "industry", "--stat", "sum")
    found = rows_of(cli, "aggregate", f"two.{suffix}", *args, "--value", "investment")
    assert found == rows_of(cli, "aggregate", "projects", *args)


@pytest.mark.parametrize("table", ["provinces", "indicators"])
@pytest.mark.parametrize("suffix", ["xlsx", "db"])
def test_a_table_of_several_is_read_by_its_name(cli, suffix, table):
    cli("export", "all", "-o", f"all.{suffix}")
    cli("export", table, "-o", "twin.csv")
    found = rows_of(cli, "filter", f"all.{suffix}", "--sheet", table)
    assert found == rows_of(cli, "filter", "twin.csv")


def test_more_rows_than_a_sheet_holds(cli, monkeypatch):
    from transfer_cli.output.formats import xlsx

    monkeypatch.setattr(xlsx, "MAX_ROWS", 98)
    assert cli("filter", "--limit", "97", "-o", "x.xlsx").code == 0
    monkeypatch.setattr(xlsx, "MAX_ROWS", 97)
    done = cli("filter", "-o", "y.xlsx")
    assert done.code == 1
    assert "a sheet holds 96 rows" in done.stderr and "-o metrics.parquet" in done.stderr
    assert not Path("y.xlsx").exists()


@pytest.mark.parametrize("name", ["history.csv", "[a]:b?.csv", "a" * 40 + ".csv", "notes.csv"])
def test_any_name_makes_a_sheet(cli, write, name):
    assert cli("filter", write("id,n\na,1\n", name), "-o", "x.xlsx").code == 0
    found = list(sheets("x.xlsx"))
    assert len(found) == 2 and len({title.casefold() for title in found}) == 2


def test_measures_of_a_comparison_are_numbers_below_their_figures(cli, write):
    rows = "a,Gansu,1200.5,exact\nb,Sichuan,3000,exact\nc,Guizhou,800,over\n"
    rows = rows.replace("\n", ",output,2023,亿元\n")
    name = write("id,province,value,bound,indicator,period,unit\n" + rows)
    cli("compare", name, "--vs", "Sichuan", "-o", "out.xlsx")
    [sheet, *_notes] = sheets("out.xlsx").values()
    assert [[cell.value for cell in row[1:]] for row in sheet[2:5]] == [
        [1200.5, 800, 3000],
        [-1799.5, -2200, None],
        [0.4, 0.266, None],
    ]
    # Excel writes the sign of a number before the whole of a format of one section.
    assert sheet[3][2].number_format == '">"#,##0;">"-#,##0'


@pytest.mark.parametrize("form", ["markdown", "html", "latex"])
def test_a_figure_in_full_is_what_a_screen_shows(cli, form):
    text = cli("show", "gx_soe_investment", "-f", form).stdout
    assert "Central SOE agreements with Guangxi cities" in text and "1300亿元, line 342" in text
    assert "base_value" not in text and "base_unit" not in text.replace("\\", "")
