"""Formats for machines hold the same rows, those for people what the screen shows."""

import csv
import html.parser
import io
import json
import re

import pytest

from transfer_cli.output.footnotes import superscript
from transfer_cli.output.formats import FORMATS
from transfer_cli.output.formats.interface import DocumentFormat

DOCUMENTS = [f.name for f in FORMATS if isinstance(f, DocumentFormat) and not f.binary]


def rows_of(cli, tabular):
    """The header and the cells of a case, by way of JSON."""
    rows = cli(*tabular.run, "--json").json
    assert rows
    return [list(rows[0]), *([cell or "" for cell in row.values()] for row in rows)]


def flat(grid):
    return [[" ".join(str(cell).split()) for cell in row] for row in grid]


class Cells(html.parser.HTMLParser):
    """Collects the cells of an HTML table, row by row."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.inside = False

    def handle_starttag(self, tag, attrs):
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.rows[-1].append("")
            self.inside = True
        if tag == "br":
            self.rows[-1][-1] += " "

    def handle_endtag(self, tag):
        self.inside = self.inside and tag not in ("td", "th")

    def handle_data(self, data):
        if self.inside:
            self.rows[-1][-1] += data


def read_html(text):
    parser = Cells()
    parser.feed(text)
    return [row for row in parser.rows if len(row) > 1]


def read_markdown(text):
    """The cells of a pipe table but for headings of groups; the second line only rules."""
    lines = text.partition("\n\n")[0].splitlines()
    assert set(lines[1]) <= set("|:-")
    cut = [re.split(r"(?<!\\)\|", line)[1:-1] for line in (lines[0], *lines[2:])]
    plain = [[re.sub(r"\\(.)", r"\1", cell.strip()) for cell in row] for row in cut]
    rows = [[html.unescape(cell).replace("<br>", " ") for cell in row] for row in plain]
    return [row for row in rows if not row[0].startswith("**")]


LATEX = {
    r"\textperiodcentered{}": "·", r"\ensuremath{>}": ">", r"\ensuremath{<}": "<",
    r"\ensuremath{\approx}": "≈", r"\ensuremath{\geq}": "≥", r"\ensuremath{\leq}": "≤",
    r"\ensuremath{\lesssim}": "≲", r"\ensuremath{\times}": "×", r"\ensuremath{-}": "−",
}  # fmt: skip


def read_latex(text):
    for macro, char in LATEX.items():
        text = text.replace(macro, char)
    text = re.sub(r"\\textsuperscript\{(\d+)\}", lambda m: superscript(int(m[1])), text)
    lines = [line for line in text.splitlines() if line.endswith(r"\\")]
    lines = [line for line in lines if not line.startswith(r"\multicolumn")]
    stacked = re.compile(r"\\shortstack\[.\]\{(.*?)\}(?= &| \\\\$)")
    lines = [stacked.sub(lambda m: m[1].replace(r" \\ ", " "), line) for line in lines]
    rows = [re.split(r"(?<!\\)&", line.removesuffix(r"\\")) for line in lines]
    return [[re.sub(r"\\([_%&#$])", r"\1", cell.strip()) for cell in row] for row in rows]


DELIMITERS = {"csv": ",", "tsv": "\t"}


@pytest.mark.parametrize("name", DELIMITERS)
def test_what_is_written_reads_back(cli, tabular, name):
    done = cli(*tabular.run, "-f", name)
    assert done.code == 0, done.stderr
    rows = list(csv.reader(io.StringIO(done.stdout), delimiter=DELIMITERS[name], strict=True))
    assert flat(rows) == flat(rows_of(cli, tabular))


READERS = {"markdown": read_markdown, "github": read_markdown, "latex": read_latex}


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("name", READERS)
def test_documents_hold_the_same_cells(cli, tabular, name, lang):
    page = read_html(cli(*tabular.run, "-f", "html", "--lang", lang).stdout)
    assert len(page) > 1
    done = cli(*tabular.run, "-f", name, "--lang", lang)
    assert done.code == 0, done.stderr
    assert flat(READERS[name](done.stdout)) == flat(page)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_documents_show_what_the_screen_shows(cli, tabular, lang):
    """Every word of the page stands on a wide screen, every footnote of the screen in the page."""
    if tabular.name in ("chart", "show", "describe", "export"):
        pytest.skip("their screens are drawn otherwise, or are too narrow for all columns")
    words = (*tabular.run, "--lang", lang)
    shown = cli(*words, tty=True, columns=2_000).stdout
    page = cli(*words, "-f", "html").stdout
    cells = {word for row in read_html(page) for cell in row for word in cell.split()}
    assert cells - {*shown.split()} == set()
    text = " ".join(html.unescape(re.sub("<[^>]+>", " ", page)).split())
    footnotes = [line for line in shown.splitlines() if line[:1] in superscript(1234567890)]
    assert [line for line in footnotes if line and line not in text] == []


def test_json_is_one_object_per_line(cli, tabular):
    text = cli(*tabular.run, "-f", "json").stdout
    lines = text.rstrip("\n").split("\n")
    assert text.startswith("[{") and text.endswith("}]\n")
    assert [json.loads(line.strip("[], ").removesuffix(",")) for line in lines] == json.loads(text)
    assert "\\u" not in text


def test_json_lines_are_the_same_objects(cli, tabular):
    array = json.loads(cli(*tabular.run, "-f", "json").stdout)
    text = cli(*tabular.run, "-f", "jsonl").stdout
    assert text.endswith("\n")
    assert [json.loads(line) for line in text.splitlines()] == array


def test_json_numbers_are_numbers_and_missing_is_null(cli, tabular):
    rows = json.loads(cli(*tabular.run, "--json").stdout)
    cells = [cell for row in rows for cell in row.values()]
    assert "" not in cells
    assert any(isinstance(cell, int | float) for cell in cells)


@pytest.mark.parametrize("name", DOCUMENTS)
@pytest.mark.parametrize(
    "args", [("filter", "--status", "signed"), ("aggregate", "--by", "category", "--stat", "count")]
)
def test_documents_hold_every_cell(cli, args, name):
    done = cli(*args, "-f", name)
    assert (done.code, done.stdout == "") == (0, False)
    escapes = r"\\([_%&#$|`*~])|\\ensuremath\{([<>])\}|\\textsuperscript\{\d+\}"
    plain = re.sub(escapes, lambda m: m[1] or m[2] or "", done.stdout)
    text = " ".join(re.sub("[⁰¹²³⁴⁵⁶⁷⁸⁹]", "", html.unescape(plain)).split())
    rows = read_html(cli(*args, "-f", "html").stdout)
    cells = {re.sub("[⁰¹²³⁴⁵⁶⁷⁸⁹]", "", cell) for row in flat(rows) for cell in row}
    assert {cell for cell in cells if cell not in text} == set()


def test_the_name_of_a_format_may_be_in_capitals(cli, tabular):
    assert cli(*tabular.run, "-f", "JSON").stdout == cli(*tabular.run, "--json").stdout


@pytest.mark.parametrize(
    ("short", "name"), [("md", "markdown"), ("ndjson", "jsonl"), ("tex", "latex"), ("htm", "html")]
)
def test_a_format_may_be_named_as_its_files_are(cli, tabular, short, name):
    assert cli(*tabular.run, "-f", short).stdout == cli(*tabular.run, "-f", name).stdout


def test_a_run_repeats_itself(cli, tabular):
    assert cli(*tabular.run).stdout == cli(*tabular.run).stdout


def test_a_record_is_one_object_with_the_cells_of_its_row(cli, cases):
    records = [case for case in cases if case.record]
    assert records
    for case in records:
        [row] = cli(*case.run).csv
        record = json.loads(cli(*case.run, "--json").stdout, parse_float=str, parse_int=str)
        assert {name: record[name] or "" for name in row} == row
