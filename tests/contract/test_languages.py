"""A session in one language: messages, labels, help; what programs read is in none."""

import re

import pytest

from transfer_cli.cli import COMMANDS

MACHINES = ("csv", "tsv", "json", "jsonl")

SESSION = {
    "compare": "compare jobs tax",
    "compare --share": "compare investment --share",
    "compare --rank": "compare tax --rank",
    "compare --total": "compare enterprises --total",
    "chart": "chart investment --status signed",
    "filter": "filter --province Yunnan --category tax",
    "filter without rows": "filter --province Gansu --min 100亿元",
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


NAMES = re.compile(
    r"transfer-cli|TRANSFER_\w+|--?[\w-]+(?:=\S+)?"  # the program, its variables and options
    r"|\b(?:CSV|TSV|JSON|JSONL|Excel|SQLite|Parquet|Markdown|LaTeX|HTML|SVG|PNG|PDF|Vega-Lite"
    r"|DuckDB|Dask|UTF-8|GB18030|ISO 3166-2|Python|SQL|GDP|LQ|AMOLED|GW|kW|URL|TSV|NUL|HHI)\b"
    r"|\b[a-z0-9]+(?:[_.][a-z0-9*]+)+\b"  # ids, columns and files
    r"|'[^']*'|\"[^\"]*\"|`[^`]*`"  # what was typed
)
"""Names and codes, which stand in both languages."""


def _chinese_session(cli, line):
    done = cli("--lang", "zh", *line.split(), "-f", "table")
    return "\n".join(
        text
        for text in (done.stdout + done.stderr).splitlines()
        if not text.startswith("提示：transfer-cli")
    )


@pytest.mark.parametrize("line", SESSION.values(), ids=SESSION)
def test_a_session_in_chinese_holds_no_english_word(cli, line):
    rest = NAMES.sub("", _chinese_session(cli, line))
    assert re.findall(r"[A-Za-z]{2,}", rest) == []


@pytest.mark.parametrize("name", COMMANDS)
def test_help_in_chinese_holds_no_english_word(cli, name):
    rest = NAMES.sub("", cli("--lang", "zh", name, "--help").stdout)
    assert re.findall(r"[A-Za-z]{2,}", rest) == []


@pytest.mark.parametrize("line", SESSION.values(), ids=SESSION)
def test_a_session_in_english_holds_no_chinese(cli, line):
    done = cli(*line.split(), "-f", "table")
    assert re.findall(r"[\u4e00-\u9fff]+", done.stdout + done.stderr) == []
