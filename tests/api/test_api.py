"""The Python API: its examples, its types, and that it returns what the commands write."""

import doctest
import shutil
import subprocess
import sys

import pandas as pd
import pytest

import transfer_cli as tc
from transfer_cli import api, messages

OWN = "省份,年份,产值（亿元）,备注\n云南,2022,12.5,=A1\n四川,2023,,<b>b</b>\n"


@pytest.fixture(autouse=True)
def english():
    """A command that ran before in this process may have set another language."""
    messages.use("en")


def test_the_examples_of_its_docstrings():
    done = doctest.testmod(api, optionflags=doctest.ELLIPSIS)
    assert done.attempted > 10
    assert done.failed == 0


def test_the_examples_of_its_page(root, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    done = doctest.testfile(
        str(root / "docs/python.md"), module_relative=False, optionflags=doctest.ELLIPSIS
    )
    assert done.attempted > 10
    assert done.failed == 0


@pytest.mark.parametrize(
    ("words", "made"),
    [
        (("filter", "--province", "云南", "--sort", "-value", "--limit", "3"),
         lambda: tc.filter(province="云南", sort="-value", limit=3)),
        (("filter", "projects", "--search", "solar", "--columns", "id,line"),
         lambda: tc.filter("projects", search="solar", columns="id,line")),
        (("filter", "--min", "100亿元", "--period", "2024", "--derive", "double=value * 2"),
         lambda: tc.filter(min="100亿元", period=2024, derive="double=value * 2")),
        (("aggregate", "--by", "province,status", "--stat", "sum,count", "--category", "tax,jobs"),
         lambda: tc.aggregate(by=["province", "status"], stat=["sum", "count"],
                              category=["tax", "jobs"])),
        (("aggregate", "--across", "scope,period", "--stat", "sum", "--status", "signed",
          "--category", "investment"),
         lambda: tc.aggregate(tc.load(), across="scope,period", stat="sum", status="signed",
                              category="investment")),
        (("compare", "investment", "jobs"), lambda: tc.compare("investment", "jobs")),
        (("compare", "tax", "--by", "period", "--growth"),
         lambda: tc.compare("tax", by="period", growth=True)),
        (("compare", "investment", "--by", "status", "--vs", "signed"),
         lambda: tc.compare(tc.load(), "investment", by="status", vs="signed")),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)  # fmt: skip
def test_it_returns_what_the_command_writes(cli, words, made):
    table, run = made(), cli(*words)
    assert table.frame[table.columns].to_dict("records") == run.csv
    assert [f"Note: {note}" for note in table.notes] == run.stderr.splitlines()


def test_derived_columns_have_the_notes_of_the_command(cli, write):
    name = write("province,population,unit\nYunnan,4673,万人\nSichuan,8.4,亿人\n")
    table = tc.filter(name, derive="half=population / 2")
    run = cli("filter", name, "--derive", "half=population / 2")
    assert [f"Note: {note}" for note in table.notes] == run.stderr.splitlines() != []


def test_calc_returns_what_the_command_writes(cli):
    answer = tc.calc("nm_started_projects / nm_signed_projects", unit="%")
    [row] = cli("calc", "nm_started_projects / nm_signed_projects", "--unit", "%").csv
    assert (float(answer), answer.unit, answer.bound) == (
        float(row["value"]), row["unit"], row["bound"]
    )  # fmt: skip
    assert answer.exact * 160 == 139 * 100
    assert str(answer) == "86.875%"


def test_a_limit_is_a_number_of_any_size():
    assert len(tc.filter(min=1e3)) == len(tc.filter(min="1000")) > 0
    assert len(tc.filter(max=1e-7)) == len(tc.filter(min=1e30)) == 0


def test_an_open_end_is_none():
    answer = tc.calc("gx_soe_investment")
    assert (answer.low, answer.high, answer.bound) == (1300, None, "over")


def test_extract_returns_what_the_command_writes(cli):
    text = "2024年上半年，洛阳市新签约项目56个，总投资约480亿元。"
    table = tc.extract(text)
    run = cli("extract", "-", stdin=text)
    assert table.frame.to_dict("records") == run.csv
    assert [f"Note: {note}" for note in table.notes] == run.stderr.splitlines()
    assert len(tc.extract(text, rows="omitted")) == len(cli("extract", "-", "--omitted",
                                                            stdin=text).csv)  # fmt: skip


def test_columns_have_the_types_of_the_schema():
    frame = tc.load().to_pandas()
    kinds = {name: str(kind) for name, kind in frame.dtypes.items()}
    assert (kinds["value"], kinds["line"], kinds["province"]) == ("Float64", "Int64", "string")
    assert frame.isna().sum()["place"] == (tc.load().frame["place"] == "").sum() > 0
    assert frame["value"].sum() == pytest.approx(sum(map(float, tc.load().frame["value"])))


def test_counts_are_whole_numbers():
    frame = tc.aggregate(by="status", stat=["count", "mean"], category="tax").to_pandas()
    assert {str(frame[name].dtype) for name in ("count", "n")} == {"Int64"}
    assert str(frame["mean"].dtype) == "Float64"


def test_a_table_of_ones_own_keeps_its_headings(write):
    table = tc.load(write(OWN))
    frame = table.to_pandas()
    assert [*frame.columns] == ["省份", "年份", "产值（亿元）", "备注"]
    assert frame["产值（亿元）"].tolist() == [12.5, pd.NA]
    assert len(tc.filter(table, province="Yunnan", period=2022)) == 1


def test_a_notebook_shows_labels_bounds_footnotes_and_notes():
    page = tc.compare("investment", status="signed")._repr_html_()
    assert page.startswith("<div>")
    assert "<style" not in page
    for text in (">1,000¹".replace(">", "&gt;"), "Yibin High-tech Zone", "CNY 100m", "line 455"):
        assert text in page
    limited = tc.filter(limit=2, columns=["bound", "id"])._repr_html_()
    assert limited.index("Bound") < limited.index("Id")
    assert "2 of 97 rows shown" in limited


def test_a_notebook_shows_chinese_when_asked_to():
    tc.use("zh")
    assert "投资" in tc.compare("investment")._repr_html_()


def test_a_selection_of_a_comparison_is_shown_as_its_rows():
    compared = tc.compare("investment", "tax")
    page = tc.filter(compared, province="Yunnan", columns="id")._repr_html_()
    assert "yn_wenshan_aluminium_tax_2020" in page
    assert "Inner" not in page


def test_a_cell_is_no_markup(write):
    page = tc.load(write(OWN))._repr_html_()
    assert "&lt;b&gt;b&lt;/b&gt;" in page
    assert "<b>" not in page


def test_a_notebook_shows_the_first_rows_of_a_long_table(write):
    rows = "".join(f"r{number}\n" for number in range(1000))
    page = tc.load(write(f"name\n{rows}"))._repr_html_()
    assert "the first 200 of 1,000 rows" in page
    assert "r999" not in page


def test_a_file_of_any_size(write, monkeypatch):
    name = write("province,indicator,unit,value\n云南,tax,亿元,1\n云南,tax,亿元,2\n")
    small = tc.aggregate(name, by="province", stat="sum").frame
    monkeypatch.setenv("TRANSFER_LARGE", "1")
    assert tc.aggregate(name, by="province", stat="sum").frame.equals(small)
    assert tc.load(name).frame["value"].tolist() == ["1", "2"]


def test_several_sources_stand_side_by_side(write):
    name = write("id,province,indicator,status,value,unit\na,Henan,tax,actual,3,亿元\n", "ha.csv")
    table = tc.load(data=["builtin", name])
    assert set(table.frame["source"]) == {"builtin", "ha"}
    assert len(tc.filter(table, province="Henan")) == 1


@pytest.mark.parametrize(
    ("call", "kind", "hint"),
    [
        (lambda: tc.calc("gx_soe_investment + nm_signed_investment"), tc.RefusedError,
         "Hint: across='period'"),
        (lambda: tc.filter(province="Yunan"), tc.UsageError, "Hint: did you mean 'Yunnan'"),
        (lambda: tc.filter(provinces="Yunnan"), tc.UsageError, "Hint: did you mean 'province'?"),
        (lambda: tc.load("nowhere.csv"), tc.DataError, "Hint:"),
        (lambda: tc.compare("tax", growth=True), tc.UsageError, "Hint: by='period'"),
        (lambda: tc.calc("yn_cell_capacity + yn_module_capacity"), tc.RefusedError,
         "Hint: transfer-cli show yn_cell_capacity yn_module_capacity"),
    ],
)  # fmt: skip
def test_an_error_carries_its_hint(call, kind, hint):
    with pytest.raises(kind) as caught:
        call()
    assert isinstance(caught.value, tc.TransferError)
    [note] = caught.value.__notes__
    assert note.startswith(hint)


def test_a_word_in_a_column_of_numbers_is_named(write):
    table = tc.load(write("id,indicator,value\na,tax,1\nb,tax,many\n"))
    with pytest.raises(tc.DataError, match=r"table.csv:3: value: 'many' is not a number"):
        table.to_pandas()


def test_every_name_is_there_whatever_was_imported_before():
    code = "import transfer_cli as tc; assert all(callable(getattr(tc, n)) for n in tc.__all__)"
    first = "import transfer_cli.calc.term, transfer_cli.compare.compare, transfer_cli.extract.rows"
    for line in (code, f"{first}\n{code}", f"{code}\n{first}\n{code}"):
        done = subprocess.run([sys.executable, "-W", "error", "-c", line], capture_output=True)
        assert (done.returncode, done.stderr) == (0, b"")


def test_a_type_checker_knows_its_functions(tmp_path, root):
    if not shutil.which("mypy"):
        pytest.skip("mypy is not installed")
    script = tmp_path / "script.py"
    script.write_text(
        "import transfer_cli as tc\n"
        "reveal_type(tc.filter('metrics', province='云南', min=3).to_pandas())\n"
        "reveal_type(float(tc.calc('1 + 1')))\n"
        "tc.aggregate(provinse='Yunnan')\n"
    )
    command = ["mypy", "--strict", f"--cache-dir={root / '.mypy_cache'}", str(script)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert "DataFrame" in done.stdout
    assert "float" in done.stdout
    assert 'Unexpected keyword argument "provinse"' in done.stdout
    assert done.stdout.count("error:") == 1


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize(
    ("words", "made"),
    [
        (("filter", "--category", "tax"), lambda: tc.filter(category="tax")),
        (("compare", "jobs", "tax"), lambda: tc.compare("jobs", "tax")),
        (("aggregate", "--by", "province"), lambda: tc.aggregate(by="province")),
    ],
)
def test_a_prompt_shows_what_a_terminal_shows(cli, words, made, lang):
    shown = cli(*words, "--lang", lang, tty=True, columns=100)
    messages.use(lang)
    printed = repr(made())
    table = shown.stdout.strip("\n").split("\n\n")[0]
    assert printed.startswith(table)
    assert set(shown.stderr.splitlines()) <= set(printed.splitlines())
