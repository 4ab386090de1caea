"""Every format holds the same rows: what is written is read back and compared cell by cell."""

import csv
import html.parser
import io
import json
import re

import pytest

from transfer_cli.output.formats import FORMATS

DOCUMENTS = [f.name for f in FORMATS if f.name != "table" and not f.for_machines]


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

    def handle_starttag(self, tag, attrs):
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.rows[-1].append("")

    def handle_data(self, data):
        if self.rows and self.rows[-1]:
            self.rows[-1][-1] += data.strip()


def read_html(text):
    parser = Cells()
    parser.feed(text)
    return parser.rows


def read_markdown(text):
    """The cells of a pipe table; the second line only rules."""
    lines = text.splitlines()
    assert set(lines[1]) <= set("|:-")
    cut = [re.split(r"(?<!\\)\|", line)[1:-1] for line in (lines[0], *lines[2:])]
    plain = [[re.sub(r"\\(.)", r"\1", cell.strip()) for cell in row] for row in cut]
    return [[html.unescape(cell) for cell in row] for row in plain]


def read_latex(text):
    lines = [line for line in text.splitlines() if line.endswith(r"\\")]
    rows = [re.split(r"(?<!\\)&", line.removesuffix(r"\\")) for line in lines]
    return [[re.sub(r"\\([_%&#$])", r"\1", cell.strip()) for cell in row] for row in rows]


READERS = {
    "csv": lambda text: list(csv.reader(io.StringIO(text), strict=True)),
    "tsv": lambda text: list(csv.reader(io.StringIO(text), delimiter="\t", strict=True)),
    "markdown": read_markdown,
    "github": read_markdown,
    "html": read_html,
    "latex": read_latex,
}


@pytest.mark.parametrize("name", READERS)
def test_what_is_written_reads_back(cli, tabular, name):
    done = cli(*tabular.run, "-f", name)
    assert done.code == 0, done.stderr
    assert flat(READERS[name](done.stdout)) == flat(rows_of(cli, tabular))


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
    text = " ".join(html.unescape(re.sub(r"\\([_%&#$|`])", r"\1", done.stdout)).split())
    rows = cli(*args, "--json").json
    cells = [[*rows[0]], *([cell or "" for cell in row.values()] for row in rows)]
    assert {cell for row in flat(cells) for cell in row if cell not in text} == set()


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
