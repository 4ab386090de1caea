"""Formats: odd cells come back as they were, and chunks are written as the whole table is."""

import csv
import io
import json
import re
from operator import attrgetter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transfer_cli import completion
from transfer_cli.errors import UsageError
from transfer_cli.frames import pd
from transfer_cli.model.numbers import json_number
from transfer_cli.model.schema import Field, Schema
from transfer_cli.output import formats
from transfer_cli.output.formats import FORMATS, Settings
from transfer_cli.output.formats.delimited import guard_formula
from transfer_cli.output.formats.picture import Picture
from transfer_cli.tables.table import Table

NAME = attrgetter("name")
TEXT = [form for form in FORMATS if not form.binary and not isinstance(form, Picture)]
STREAMED = [form.name for form in FORMATS if form.streams]
ODD = [
    "", "a,b", 'say "so"', "two\nlines", "\r", "a\r\nb", "\t", "=1+1", "@x", "+cmd", "-2+3", "-3",
    "+5", "-5%", "-0.50", "-1e5", "-", "'=1", "<b>&amp;", "|", "`x`", "\\n", "{", "%s", "%",
    "ＧＤＰ", "天　津", "\x00", "\x7f", "😀", "null", "NaN", "007", "1.50", "1e400", "12.5%", "；",
]  # fmt: skip
CELLS = st.one_of(st.sampled_from(ODD), st.text(st.characters(codec="utf-8"), max_size=4))


def read(text, delimiter=","):
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))


@st.composite
def frames(draw):
    names = draw(st.lists(CELLS.filter(bool), min_size=1, max_size=4, unique=True))
    rows = draw(st.integers(0, 7))
    cells = {name: draw(st.lists(CELLS, min_size=rows, max_size=rows)) for name in names}
    return Table(pd.DataFrame(cells, columns=names, dtype=object))


def whole(name, *tables, **settings):
    return b"".join(formats.by_name(name).encode(iter(tables), Settings(**settings)))


def cut(table, size):
    starts = range(0, max(len(table), 1), size)
    return [table.with_frame(table.frame.iloc[start : start + size]) for start in starts]


@given(table=frames(), size=st.integers(1, 3), known=st.booleans())
@pytest.mark.parametrize("name", STREAMED)
def test_chunks_are_written_as_the_whole_table_is(name, table, size, known):
    numeric = (lambda names: {n: table.is_numeric(n) for n in names}) if known else None
    assert whole(name, *cut(table, size), numeric=numeric) == whole(name, table)


@given(table=frames())
@pytest.mark.parametrize(("name", "delimiter"), [("csv", ","), ("tsv", "\t")])
def test_delimited_text_reads_back(table, name, delimiter):
    header, *rows = read(whole(name, table).decode(), delimiter)
    assert header == list(map(guard_formula, table.columns))
    expected = [list(map(guard_formula, row)) for row in table.frame.itertuples(index=False)]
    assert rows == expected


@given(table=frames())
@pytest.mark.parametrize("name", ["json", "jsonl"])
def test_json_reads_back(table, name):
    text = whole(name, table).decode()
    load = json.JSONDecoder(parse_float=str, parse_int=str).decode
    rows = load(text) if name == "json" else list(map(load, text.split("\n")[:-1]))
    cells = {
        name: [json_number(cell) or cell or None for cell in column]
        if table.is_numeric(name)
        else [cell or None for cell in column]
        for name, column in table.frame.items()
    }
    assert rows == [dict(zip(cells, row, strict=True)) for row in zip(*cells.values(), strict=True)]


@pytest.mark.parametrize("cell", ["=1+1", "@SUM(A1)", "+cmd|' /C calc'!A0", "-2+3", "\t=1", "\r=1"])
def test_formulas_are_guarded_in_any_row(table, encode, cell):
    for cells in ([cell, "x"], ["x", cell], ["1", cell, "-3"]):
        rows = read(encode("csv", table({"a": cells, "b": cells})))
        assert ["'" + cell] * 2 in rows[1:]


def test_signed_numbers_are_not_guarded(table, encode):
    cells = ["-3", "+5", "-0.50", "-1e5", "-5%", "-.5", "-"]
    assert encode("csv", table({"a": cells, "b": cells})) == "a,b\n" + "".join(
        f"{cell},{cell}\n" for cell in cells
    )


def test_a_lone_empty_cell_is_a_row(table, encode):
    assert encode("csv", table({"a": ["1", ""]})) == 'a\n1\n""\n'


def test_json_numbers_keep_their_digits(table, encode):
    schema = Schema("t", (Field("n", "number"), Field("s", "string")))
    cells = {
        "n": ["1.50", "", "-3", ".5", "1.", "+3", "ten"],
        "s": ["1", "", "x", "1", "2", "3", "4"],
    }
    rows = encode("jsonl", table(cells, schema)).splitlines()
    assert [re.match(r'\{"n": (.*), "s"', row)[1] for row in rows] == [
        "1.50", "null", "-3", "0.5", "1", "3", '"ten"',
    ]  # fmt: skip
    assert [row.partition('"s": ')[2] for row in rows[:2]] == ['"1"}', "null}"]


def test_a_line_end_in_a_column_of_numbers(table, encode):
    cells = {"n": ["1\n2", "3", ""]}
    text = encode("json", table(cells, Schema("t", (Field("n", "number"),))))
    assert json.loads(text) == [{"n": "1\n2"}, {"n": 3}, {"n": None}]


def test_untyped_columns_are_numeric_if_all_rows_are(table, parts, encode):
    cells = {"a": ["1", "2", "x"], "b": ["1", "", "3"], "c": ["007", "1", "2"]}
    rows = ['{"a": "1", "b": 1, "c": "007"}', '{"a": "2", "b": null, "c": "1"}',
            '{"a": "x", "b": 3, "c": "2"}']  # fmt: skip
    assert encode("jsonl", *parts(table(cells), 2)).splitlines() == rows


def test_a_stream_asks_which_columns_are_numeric_once(table, parts):
    requests = []

    def numeric(names):
        requests.append(list(names))
        return dict.fromkeys(names, True)

    schema = Schema("t", (Field("s", "string"),))
    tables = parts(table({"s": ["1", "2"], "n": ["3", "x"]}, schema), 1)
    assert whole("jsonl", *tables, numeric=numeric) == b'{"s": "1", "n": 3}\n{"s": "2", "n": "x"}\n'
    assert whole("jsonl", tables[0], numeric=numeric) == b'{"s": "1", "n": 3}\n'
    assert requests == [["n"]]


@pytest.mark.parametrize("name", STREAMED)
def test_a_part_is_made_before_the_next_table_is_read(name, table):
    schema = Schema("t", (Field("s", "string"),))

    def tables():
        yield table({"s": ["one"]}, schema)
        raise RuntimeError("read too early")

    parts = formats.by_name(name).encode(tables(), Settings())
    assert b"one" in next(parts)
    with pytest.raises(RuntimeError, match="too early"):
        next(parts)


@pytest.mark.parametrize("name", STREAMED)
def test_an_error_before_the_first_row_writes_nothing(name):
    def tables():
        raise RuntimeError("unsound")
        yield

    with pytest.raises(RuntimeError, match="unsound"):
        list(formats.by_name(name).encode(tables(), Settings()))


@pytest.mark.parametrize(
    ("name", "text"), [("csv", "a,b\n"), ("tsv", "a\tb\n"), ("json", "[]\n"), ("jsonl", "")]
)
def test_an_empty_table(table, encode, name, text):
    assert encode(name, table({"a": [], "b": []})) == text


@pytest.mark.parametrize("form", TEXT, ids=NAME)
def test_hidden_columns_are_not_written(table, encode, form):
    """People see the bound as a symbol before the number."""
    cells = {"value": ["5"], "value_bound": ["over"]}
    text = encode(form.name, table(cells, hidden=("value_bound",))).rpartition("</style>")[2]
    assert "over" not in text and "bound" not in text
    shown = any(number in text for number in (">5", "&gt;5", r"\ensuremath{>}5"))
    assert shown is not form.for_machines


@pytest.mark.parametrize("form", [form for form in TEXT if not form.for_machines], ids=NAME)
def test_no_control_character_is_drawn(table, encode, form):
    text = encode(form.name, table({"a\x1b": ["\x1b[31m", "\u202e", "a\x07"]}))
    assert [char for char in text if not char.isprintable() and char != "\n"] == []


@pytest.mark.parametrize("name", ["markdown", "github", "html", "latex"])
def test_markup_in_cells_is_escaped(table, encode, name):
    text = encode(name, table({"a|b": ["<i>x</i>", r"\input{x}", "[a](b)", "a|b"]}))
    assert "<i>" not in text or name == "latex"
    assert not re.search(r"(?<!\\)\\input", text) or name == "html"
    if name in ("markdown", "github"):
        assert {len(re.findall(r"(?<!\\)\|", line)) for line in text.splitlines()} == {2}


def test_full_width_cells_are_aligned(table, encode):
    from rich.cells import cell_len

    text = encode("grid", table({"名称": ["内蒙古", "a", "ＧＤＰ"]}))
    assert len(set(map(cell_len, text.splitlines()))) == 1


def test_names_and_suffixes_are_distinct():
    names = formats.names()
    suffixes = [suffix for form in FORMATS for suffix in form.suffixes]
    assert len(set(names)) == len(names) and len(set(suffixes)) == len(suffixes)
    # A short name must not be the name of another format.
    assert all(form.name == s[1:] or s[1:] not in names for s, form in formats.suffixes().items())


def test_completion_offers_the_formats():
    assert completion.formats("") == formats.names()
    assert completion.formats("js") == ["json", "jsonl"]


@pytest.mark.parametrize("form", FORMATS, ids=NAME)
def test_a_format_is_found_by_name_and_by_suffix(form, tmp_path):
    assert formats.by_name(form.name.upper()) is form
    for suffix in form.suffixes:
        assert formats.by_suffix(tmp_path / f"x{suffix.upper()}") is form
        assert formats.by_name(suffix[1:]) is form


def test_the_help_names_formats_that_there_are(cli):
    help_text = " ".join(cli("compare", "--help").stdout.split())
    [listed] = re.findall(r"--format FORMAT (.*?) …", re.sub("[│|,]", "", help_text))
    assert len(listed.split()) > 5 and set(listed.split()) <= set(formats.names())


def test_unknown_formats_and_suffixes(tmp_path):
    with pytest.raises(UsageError) as raised:
        formats.by_name("jsn")
    assert "'json'" in raised.value.hint
    with pytest.raises(UsageError, match="docx") as raised:
        formats.by_suffix(tmp_path / "x.docx")
    assert ".csv" in raised.value.hint and "--format" in raised.value.hint


def test_every_format_of_tabulate_is_one_of_its_own():
    import tabulate

    markup = {form.tablefmt for form in formats.FORMATS if hasattr(form, "tablefmt")}
    assert markup <= set(tabulate.tabulate_formats)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_page_of_html_stands_alone(cli, lang):
    page = cli("compare", "tax", "jobs", "-f", "html", "--lang", lang).stdout
    title = "Jobs (posts), New employment (persons), Tax paid by province"
    name = "就业岗位、新增就业人数、入库税款（按省份）" if lang == "zh" else title
    assert page.startswith("<!DOCTYPE html>\n<html lang=") and page.endswith("</html>\n")
    assert f"<title>{name}</title>" in page
    assert f"<caption>{name}</caption>" in page
    assert "color-scheme: light dark" in page and "http" not in page.partition("<body>")[0]
    assert page.count("<tbody>") == page.count("</tbody>") == page.count('scope="rowgroup"') == 3
    assert page.count('scope="col"') == 6
    rows = re.findall("<tr>.*</tr>", page)[1:]
    assert all(row.count("scope=") == 1 for row in rows)


def test_an_empty_page_has_a_body_and_its_header(cli):
    page = cli("filter", "--province", "广东", "-f", "html").stdout
    assert "<th scope=" in page and "<td" not in page
    assert "no rows" in page


def test_latex_has_the_rules_of_booktabs(cli):
    text = cli("compare", "tax", "-f", "latex").stdout
    rules = [line for line in text.splitlines() if line.endswith("rule")]
    assert rules == [r"\toprule", r"\midrule", r"\bottomrule"]
    assert r"\textsuperscript{1} Wenshan, Aluminium enterprises" in text
    assert text.count("{") == text.count("}")
