"""A cell is only ever shown: it drives no terminal, opens no tag and runs in no spreadsheet."""

import csv
import html.parser
import io
import json
import re
import sys

import pytest

import terminal
from transfer_cli.output import formats
from transfer_cli.output.formats.picture import Picture

TEXT = [form.name for form in formats.FORMATS if not (form.binary or isinstance(form, Picture))]
DRAWN = ("table", "plain", "grid", "psql", "rst", "simple", "fancy_grid", "presto", "orgtbl")
FORMULAS = ["=1+1", "@SUM(A1)", "+cmd|' /C calc'!A0", "-cmd|' /C calc'!A0", "\t=1+1", "\r=1+1",
            "-2+3", "+1+1", "=HYPERLINK(\"http://x\")", "＝1+1", "＋1+1", "－2+3",
            "＠SUM(A1)"]  # fmt: skip
NUMBERS = ["-3.30", "+5", "-1e5", "1.50", "-0", "-45%", "007", "-"]
CONTROLS = {
    "a colour": "\x1b[31mred\x1b[0m",
    "a title": "\x1b]0;owned\x07",
    "a link": "\x1b]8;;http://evil\x1b\\click\x1b]8;;\x1b\\",
    "one-byte CSI": "\x9b31m",
    "a bell": "a\x07b",
    "backspace": "abc\x08\x08\x08xyz",
    "a carriage return": "safe\rEVIL",
    "right to left": "abc\u202ecba",
    "an isolate": "a\u2066b\u2069",
    "zero width": "a\u200bb\ufeff",
}


@pytest.fixture
def holding(write):
    """A table with one cell of the given text, between a key and a tail."""

    def make(cell: str) -> str:
        out = io.StringIO()
        rows = [("id", "name", "n"), ("a", cell, "1")]
        csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows(rows)
        return write(out.getvalue())

    return make


@pytest.mark.parametrize("cell", CONTROLS.values(), ids=CONTROLS)
def test_no_control_reaches_a_screen(cli, holding, cell):
    for form in DRAWN:
        text = cli("filter", holding(cell), "-f", form).stdout
        assert [char for char in text if not char.isprintable() and char != "\n"] == [], form


@pytest.mark.parametrize("cell", CONTROLS.values(), ids=CONTROLS)
def test_no_control_reaches_an_error(cli, holding, cell):
    for args in (
        ("filter", holding("x"), "--columns", cell),
        ("filter", "--province", cell),
        ("filter", "--where", f"`{cell}` == 1"),
        ("filter", f"nowhere{cell}.csv"),
        ("filter", holding(cell), "--search", f"{cell}none"),
        ("aggregate", "--stat", cell),
    ):
        text = cli(*args).stderr
        assert text
        assert [char for char in text if not char.isprintable() and char != "\n"] == []


@pytest.mark.parametrize("cell", CONTROLS.values(), ids=CONTROLS)
def test_headers_are_shown_as_safely(cli, write, cell):
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([("id", cell), ("a", "1")])
    for form in DRAWN:
        text = cli("filter", write(out.getvalue()), "-f", form).stdout
        assert [char for char in text if not char.isprintable() and char != "\n"] == [], form


@pytest.mark.parametrize("cell", [*CONTROLS.values(), *FORMULAS, *NUMBERS])
def test_json_holds_the_cell_itself(cli, holding, cell):
    for form in ("json", "jsonl"):
        text = cli("filter", holding(cell), "-f", form).stdout.strip("[]\n")
        # JSON numbers have no plus sign.
        expected = "5" if cell == "+5" else cell
        assert str(json.loads(text, parse_float=str, parse_int=str)["name"]) == expected


@pytest.mark.parametrize("cell", FORMULAS)
@pytest.mark.parametrize("form", ["csv", "tsv"])
def test_no_formula_reaches_a_spreadsheet(cli, holding, cell, form):
    text = cli("filter", holding(cell), "-f", form).stdout
    [row] = csv.DictReader(io.StringIO(text, newline=""), delimiter="," if form == "csv" else "\t")
    assert row["name"] == f"'{cell}"


@pytest.mark.parametrize("cell", [*FORMULAS, *NUMBERS, "'quoted'", "'=1", "''=1", "'", "it's"])
@pytest.mark.parametrize("form", ["csv", "tsv"])
def test_the_guard_is_taken_back(cli, holding, cell, form):
    """What we wrote, read by us, is what was there before: once, twice and thrice."""
    name = holding(cell)
    first = cli("filter", name, "--json").stdout
    for _ in range(3):
        cli("filter", name, "-o", f"again.{form}")
        name = f"again.{form}"
        assert cli("filter", name, "--json").stdout == first


@pytest.mark.parametrize("cell", NUMBERS)
def test_a_number_is_no_formula(cli, holding, cell):
    assert cli("filter", holding(cell)).csv[0]["name"] == cell


class Tags(html.parser.HTMLParser):
    """Collects the tags of a text, and its comments and declarations."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: set[str] = set()

    def handle_starttag(self, tag, attrs):
        self.seen.add(tag)

    def handle_comment(self, data):
        self.seen.add("comment")


@pytest.mark.parametrize(
    "cell", ["<script>alert(1)</script>", "</td><img src=x onerror=alert(1)>", "a & b", "<!-- x"]
)
def test_markup_in_html(cli, holding, write, cell):
    for name in (holding(cell), write(f'id,"{cell}"\na,1\n', "head.csv")):
        tags = Tags()
        tags.feed(cli("filter", name, "-f", "html").stdout)
        page = {"html", "head", "meta", "title", "style", "body", "div", "footer", "p"}
        table = {"table", "caption", "thead", "tbody", "tr", "th", "td"}
        assert table < tags.seen <= {*page, *table}


@pytest.mark.parametrize(
    "cell", [r"\input{/etc/passwd}", "a & b", "50%", "a_b", "$x^2$", "{", "~#"]
)
def test_markup_in_latex(cli, holding, cell):
    for form in ("latex", "latex_booktabs", "latex_longtable"):
        text = cli("filter", holding(cell), "-f", form).stdout
        [line] = [line for line in text.splitlines() if re.match(r" *a +&", line)]
        assert len(re.findall(r"(?<!\\)&", line)) == 2
        assert r"\input" not in line and "$x" not in line.replace(r"\$x", "")
        assert not re.search(r"(?<!\\)[%#]", line)


@pytest.mark.parametrize("cell", ["*star", "[3cm]"])
def test_no_cell_is_an_argument_of_the_row_before(cli, holding, cell):
    """LaTeX would take it for one of the line end."""
    rows = cli("filter", holding(cell), "--columns", "name,id", "-f", "latex").stdout.splitlines()
    [row] = [line for line in rows if cell[1:4] in line]
    assert row.strip().startswith(f"{{{cell[0]}}}{cell[1:]}")


@pytest.mark.parametrize("cell", ["a|b", "[x](javascript:alert(1))", "<b>x</b>", "`code`", "a\nb"])
def test_markup_in_markdown(cli, holding, cell):
    lines = cli("filter", holding(cell), "-f", "markdown").stdout.splitlines()
    lines = lines[:3]
    assert [len(re.findall(r"(?<!\\)\|", line)) for line in lines] == [4, 4, 4]
    assert "<b>" not in lines[2]


@pytest.mark.parametrize("form", TEXT)
def test_line_ends_in_cells_survive_every_format(cli, holding, form):
    done = cli("filter", holding("two\nlines\r\nand more"), "-f", form)
    assert done.code == 0, done.stderr
    assert "two" in done.stdout and "more" in done.stdout


def at_a_terminal(*args):
    """Run the app at a real terminal and return what it showed."""
    shown, _code = terminal.run([sys.executable, "-m", "transfer_cli", *args])
    return shown.decode()


@pytest.mark.parametrize("form", ["csv", "tsv", "json", "jsonl", "markdown", "html", "latex"])
def test_no_control_reaches_a_terminal_in_any_format(holding, form):
    shown = at_a_terminal("filter", holding("\x1b[31mred\x9b1m\u202e\x07"), "-f", form)
    assert "red" in shown
    assert [char for char in shown if not char.isprintable() and char not in "\r\n\t"] == []
    assert ("\t" in shown) is (form == "tsv")


@pytest.mark.parametrize(("form", "suffix"), [("xlsx", "xlsx"), ("sqlite", "db")])
def test_a_terminal_gets_no_bytes(form, suffix):
    shown = at_a_terminal("filter", "-f", form)
    assert f"{form} is not text" in shown and f"-o FILE.{suffix}" in shown
