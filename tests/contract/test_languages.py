"""A session in one language: messages, labels, help; what programs read is in none."""

import re

import pytest

from transfer_cli.calc.expression import FUNCTIONS
from transfer_cli.cli import COMMANDS
from transfer_cli.compare.modes import MODES
from transfer_cli.model.schema import schemas
from transfer_cli.model.vocabulary import Vocabulary
from transfer_cli.stats import statistic

MACHINES = ("csv", "tsv", "json", "jsonl")

SESSION = {
    "compare": "compare jobs tax",
    "compare --share": "compare investment --share",
    "compare --rank": "compare tax --rank",
    "compare --total": "compare enterprises --total",
    "chart": "chart investment --status signed",
    "filter": "filter --province Yunnan --category tax",
    "filter without rows": "filter --province Gansu --min 100",
    "aggregate": "aggregate --by province --category tax --stat sum",
    "aggregate --across": "aggregate --category investment --across scope,period --stat sum,mean",
    "show": "show nm_signed_investment gx_soe_investment",
    "calc": "calc gx_soe_investment/gx_soe_agreements",
    "calc of stages": "calc nm_started_projects/nm_signed_projects",
    "values": "values indicator",
    "values of units": "values unit",
    "describe": "describe",
    "coverage": "describe --what coverage",
    "export": "export projects",
    "check": "check",
    "refused": "aggregate --category rank --stat sum",
    "refused by calc": "calc nm_signed_investment+gx_soe_agreements",
    "usage": "compare --plot",
    "no such command": "summarise",
    "no such province": "filter --province Atlantis",
    "no such file": "filter missing.csv",
    "a directory": "filter .",
}


@pytest.mark.parametrize("form", MACHINES)
@pytest.mark.parametrize("line", SESSION.values(), ids=SESSION)
def test_what_programs_read_is_the_same_in_every_language(cli, line, form):
    if line.startswith("chart"):
        pytest.skip("a chart is for people")
    english, chinese = (cli("--lang", lang, *line.split(), "-f", form) for lang in ("en", "zh"))
    assert (chinese.stdout, chinese.code) == (english.stdout, english.code)


QUOTED = re.compile(
    r"'[^']*'|\"[^\"]*\"|`[^`]*`"  # what was typed
    r"|--?[a-z][\w-]*(?:=\S+)?|\b[A-Z]+_[A-Z]+\b"  # options and variables
    r"|\b[\w*{}-]+(?:[_.:/+-][\w*{}-]+)+\b"  # ids, columns, files, addresses, units
    r"|^ *transfer-cli .*$|^提示：transfer-cli.*$",  # commands to paste
    re.ASCII | re.MULTILINE,
)
WORDS = """
    transfer cli csv tsv json jsonl xlsx xls ods sqlite parquet markdown md latex tex html svg png
    pdf vl docx gz bz2 xz zst UTF GB18030 CSV TSV JSON Excel SQLite Parquet Markdown LaTeX HTML SVG
    PNG PDF Vega Lite Word DuckDB Dask Python pandas Jupyter numpy R SQL ISO utf gb18030 big5 GDP LQ
    CN YN GW kW kWh CNY km AMOLED OLED BOE NUL URL HHI CAGR Pearson Spearman auto always never en zh
    and or not in is None like where null tab builtin stdin stdout stderr bash fish zsh FILE DIR
    GB MB all local db source contains documents gb table tcp text NAME
    NO COLOR FORCE LINE ID TRANSFER DATA LANG DEBUG COLUMNS OCR SHA FILE LINE package year col
"""
"""Names of programs, formats, units and languages, and the words of expressions."""


@pytest.fixture(scope="module")
def names():
    """Return the words that stand in both languages: names and codes."""
    vocabulary = Vocabulary()
    known = {*WORDS.split(), *COMMANDS, *FUNCTIONS, *statistic.NAMES, *schemas(), *MODES}
    known |= {field.name for schema in schemas().values() for field in schema.fields}
    known |= {word for code in vocabulary._codes.values() for name in code for word in name.split()}
    known |= {"columns", "indicators", "coverage", "correlation", "dates", "category", "region"}
    return known


def english_words(text, names):
    return sorted({*re.findall(r"[A-Za-z]{2,}", QUOTED.sub("", text))} - names)


CELLS = {"values", "values of units", "describe"}
"""Commands that list cells of the table, as they are typed, and labels in both languages."""


@pytest.mark.parametrize("line", SESSION.values(), ids=SESSION)
def test_a_session_in_chinese_holds_no_english_word(cli, line, names, request):
    done = cli("--lang", "zh", *line.split(), "-f", "table")
    text = done.stderr if request.node.callspec.id in CELLS else f"{done.stdout}\n{done.stderr}"
    assert english_words(text, names) == []


@pytest.mark.parametrize("name", COMMANDS)
def test_help_in_chinese_holds_no_english_word(cli, name, names):
    assert english_words(cli("--lang", "zh", name, "--help").stdout, names) == []


@pytest.mark.parametrize("line", SESSION.values(), ids=SESSION)
def test_a_session_in_english_holds_no_chinese(cli, line, request):
    """Numbers as printed, in footnotes and citations, keep their units."""
    done = cli(*line.split(), "-f", "table")
    text = done.stderr if request.node.callspec.id in CELLS else f"{done.stdout}\n{done.stderr}"
    text = re.sub(r"(?m)^ +printed .*|\(\w* ?[\d.,]+[\u4e00-\u9fff]+|'[^']*'", "", text)
    assert re.findall(r"[\u4e00-\u9fff]+", text) == []
