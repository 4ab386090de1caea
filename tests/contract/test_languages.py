"""A session in one language: messages, labels, help; what programs read is in none."""

import os
import re
import shutil
import signal
import subprocess
import sys

import pytest

from transfer_cli.calc.expression import FUNCTIONS
from transfer_cli.cli import COMMANDS
from transfer_cli.compare.modes import MODES
from transfer_cli.model.schema import schemas
from transfer_cli.model.vocabulary import Vocabulary
from transfer_cli.stats import statistic

MACHINES = ("csv", "tsv", "json", "jsonl")
FILES = ("parquet", "sqlite")

SESSION = {
    "compare": "compare jobs tax",
    "compare --share": "compare investment --share",
    "compare --rank": "compare tax --rank",
    "compare --total": "compare enterprises --total",
    "compare --vs": "compare investment --by status --vs signed",
    "compare --growth": "compare tax --by period --growth",
    "compare --index": "compare tax --by period --index 2020",
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
    "tidy": "tidy yearbook.csv",
    "tidy without a header": "tidy henan.txt",
    "tidy given all": "tidy yearbook.csv --header-row 4 --unit 万元 --period 2020",
    "extract": "extract henan.txt",
    "extract --omitted": "extract henan.txt --omitted",
    "extract --review": "extract henan.txt --review",
    "extract several": "extract henan.txt again.txt --year 2024",
    "extract nothing": "extract own.csv",
    "extract English": "extract english.txt",
    "extract both": "extract henan.txt --omitted --review",
    "no whole number": "filter --limit some",
    "out of range": "extract henan.txt --year 1800",
    "no argument": "show",
    "too many arguments": "filter metrics projects",
    "no value": "filter --bom=1",
    "no option": "filter --colunms id",
    "an unsound table": "filter broken.csv",
    "a check that fails": "check wrong.csv",
    "check a report": "check mine --report henan.txt",
    "no rows": "filter --province Gansu --category tax --exit-status",
}
WRITING = {
    "init": "init new",
    "init again": "init mine",
    "extract": "extract henan.txt -o new",
    "extract again": "extract henan.txt -o mine",
    "tidy": "tidy yearbook.csv -o rows.csv",
    "export": "export all -o package",
}
"""Commands that write files, or that take no format."""


@pytest.fixture(autouse=True)
def examples(root, cli, write):
    """Write the files that the session reads."""
    for path in (root / "docs/examples").iterdir():
        shutil.copy(path, ".")
    shutil.copy("henan.txt", "again.txt")
    write("In 2023 the zone signed 12 projects.\n", "english.txt")
    write("id,value\na,1,2\n", "broken.csv")
    write("id,indicator,value,unit,period\na,taxx,x,亿,soon\n", "wrong.csv")
    assert cli("init", "mine", "-q").code == 0
    write((root / "docs/examples/yearbook.csv").read_text("utf-8"), "mine/wide.csv")


@pytest.mark.parametrize("form", MACHINES)
@pytest.mark.parametrize("line", SESSION.values(), ids=SESSION)
def test_what_programs_read_is_the_same_in_every_language(cli, line, form):
    if line.startswith("chart"):
        pytest.skip("a chart is for people")
    english, chinese = (cli("--lang", lang, *line.split(), "-f", form) for lang in ("en", "zh"))
    assert (chinese.stdout, chinese.code) == (english.stdout, english.code)


@pytest.mark.parametrize("form", FILES)
@pytest.mark.parametrize(
    "line",
    [line for name, line in SESSION.items() if name in
     {"compare", "filter", "aggregate", "values", "describe", "export", "tidy", "extract",
      "extract --omitted", "extract --review"}],
)  # fmt: skip
def test_files_for_programs_are_the_same_in_every_language(cli, line, form, tmp_path):
    written = []
    for lang in ("en", "zh"):
        name = f"{lang}.{form}"
        assert cli("--lang", lang, *line.split(), "-o", name).code == 0
        written.append(cli("filter", name, "-f", "json").stdout)
    assert written[0] == written[1] != "[]\n"


@pytest.mark.parametrize("line", WRITING.values(), ids=WRITING.keys())
def test_written_tables_are_the_same_in_every_language(cli, line, tmp_path):
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    written = []
    for lang in ("en", "zh"):
        code = cli("--lang", lang, *line.split()).code
        files = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
        written.append((code, files))
        for path in files.keys() - before.keys():
            path.unlink()
    assert written[0] == written[1]


QUOTED = re.compile(
    r"\btransfer-cli .*$"  # commands to paste
    r"|'[^']*'|\"[^\"]*\"|`[^`]*`"  # what was typed
    r"|--?[a-z][\w-]*(?:=\S+)?|\b[A-Z]+_[A-Z]+\b"  # options and variables
    r"|\b[\w*{}-]+(?:[_.:/+-][\w*{}-]+)+\b",  # ids, columns, files, addresses, units
    re.ASCII | re.MULTILINE,
)
WORDS = """
    transfer cli csv tsv json jsonl xlsx xls ods sqlite parquet markdown md latex tex html svg png
    pdf vl docx gz bz2 xz zst UTF GB18030 CSV TSV JSON Excel SQLite Parquet Markdown LaTeX HTML SVG
    PNG PDF Vega Lite Word DuckDB Dask Python pandas Jupyter numpy R SQL ISO utf gb18030 big5 GDP LQ
    CN YN GW kW kWh CNY km AMOLED OLED BOE NUL URL shell gzip iconv HHI CAGR Pearson Spearman auto
    always never en zh and or not in is None like where null tab builtin stdin stdout stderr
    bash fish zsh DIR
    GB MB all local db source contains documents gb table tcp text NAME
    NUMBER REPORT REASON NO COLOR FORCE LINE ID TRANSFER DATA LANG DEBUG COLUMNS OCR
    SHA FILE LINE package year col
"""
"""Names of programs, formats, units and languages, and the words of expressions."""


@pytest.fixture(scope="module")
def names():
    """Return the words that stand in both languages: names and codes."""
    vocabulary = Vocabulary()
    known = {*WORDS.split(), *COMMANDS, *FUNCTIONS, *statistic.NAMES, *schemas(), *MODES}
    known |= {field.name for schema in schemas().values() for field in schema.fields}
    known |= {word for code in vocabulary._codes.values() for name in code for word in name.split()}
    known |= {
        "confidence",
        "columns",
        "indicators",
        "coverage",
        "correlation",
        "dates",
        "category",
        "region",
    }
    return known


def chinese_words(text):
    """The Chinese of a text but the remark of docs/examples/yearbook.csv, as it is printed."""
    return re.findall(r"[\u4e00-\u9fff]+", text.replace("本表数字为示例", ""))


def english_words(text, names):
    return sorted({*re.findall(r"[A-Za-z]{2,}", QUOTED.sub("", text))} - names)


CELLS = {"values", "values of units", "describe", "extract --review", "extract --omitted", "tidy",
         "tidy given all"}  # fmt: skip
"""Commands that list cells of the table or of a text, as they are typed or printed."""


def spoken(done, name):
    """What a run says in the language: messages, and the rows unless they are cells as typed."""
    return done.stderr if name in CELLS else f"{done.stdout}\n{done.stderr}"


@pytest.mark.parametrize("name", SESSION)
def test_a_session_in_chinese_holds_no_english_word(cli, name, names):
    done = cli("--lang", "zh", *SESSION[name].split(), "-f", "table")
    assert english_words(spoken(done, name), names) == []


@pytest.mark.parametrize("line", SESSION.values(), ids=SESSION)
def test_notes_are_in_chinese_beside_a_format_for_programs(cli, line, names):
    done = cli("--lang", "zh", *line.split(), "-f", "json")
    assert english_words(done.stderr, names) == []


@pytest.mark.parametrize("name", SESSION)
def test_a_session_in_english_holds_no_chinese(cli, name):
    """Numbers as printed, in footnotes and citations, keep their units."""
    text = spoken(cli(*SESSION[name].split(), "-f", "table"), name)
    text = re.sub(r"(?m)^ +printed .*|\(\w* ?[\d.,]+[\u4e00-\u9fff]+|'[^']*'", "", text)
    assert chinese_words(text) == []


@pytest.mark.parametrize("line", WRITING.values(), ids=WRITING.keys())
def test_commands_that_write_files_say_so_in_one_language(cli, line, names, tmp_path):
    chinese = cli("--lang", "zh", *line.split())
    assert english_words(f"{chinese.stdout}\n{chinese.stderr}", names | {"new", "mine"}) == []
    for name in ("new", "package"):
        shutil.rmtree(name, ignore_errors=True)
    english = cli(*line.split())
    assert chinese_words(re.sub(r"'[^']*'", "", f"{english.stdout}\n{english.stderr}")) == []


@pytest.mark.parametrize(
    ("words", "label"),
    [
        ("compare nothing", "指标"),
        ("filter --status singed", "阶段"),
        ("filter --category taxx", "类别"),
        ("filter --industry nothing", "行业"),
        ("filter --scope zzz", "口径"),
    ],
)
def test_an_unknown_name_says_of_what_it_is(cli, words, label):
    done = cli("--lang", "zh", *words.split())
    assert done.stderr.startswith(f"错误：未知的{label}'")
    assert done.code == 2


@pytest.mark.parametrize("mode", ["--share", "--rank"])
def test_a_refused_row_is_named_by_its_labels(cli, mode):
    """Codes are English words that the scan takes for names."""
    done = cli("compare", "investment", mode, "--lang", "zh")
    assert done.code == 1
    assert "投资额·签约·专项：只有广西有" in done.stderr
    assert "programme" not in done.stderr and "Guangxi" not in done.stderr


@pytest.mark.parametrize("name", ["", *COMMANDS])
def test_help_is_in_one_language(cli, name, names):
    words = [*filter(None, [name]), "--help"]
    assert english_words(cli("--lang", "zh", *words).stdout, names) == []
    english = re.sub(r"'[^']*'|Yunnan, 云南|省份=province", "", cli(*words).stdout)
    assert chinese_words(english) == []


def test_the_session_has_every_command_and_every_exit_code(cli):
    lines = [*SESSION.values(), *WRITING.values()]
    assert {line.split()[0] for line in lines} >= COMMANDS.keys()
    codes = {cli(*line.split(), "-f", "table").code for line in SESSION.values()}
    assert codes == {0, 1, 2, 3}


@pytest.mark.parametrize("command", ["filter", "check", "extract"])
def test_ctrl_c_says_nothing_in_any_language(command):
    """The pipe has no writer: the command waits for it."""
    os.mkfifo("pipe")
    process = subprocess.Popen(
        [sys.executable, "-m", "transfer_cli", command, "pipe"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, env={**os.environ, "LANG": "zh_CN.UTF-8"},
    )  # fmt: skip
    writer = os.open("pipe", os.O_WRONLY)  # Returns when the command has opened the pipe.
    process.send_signal(signal.SIGINT)
    stdout, stderr = process.communicate(timeout=30)
    os.close(writer)
    assert (stdout, stderr, process.returncode) == (b"", b"", 130)


@pytest.mark.parametrize(
    "tag", ["zh", "zh_CN", "zh_CN.UTF-8", "zh-Hans", "ZH-cn", "zh_CN@pinyin", "zh.UTF-8"]
)
def test_a_tag_or_locale_names_the_language(cli, monkeypatch, tag):
    chinese = "用法："
    assert cli("--lang", tag, "init", "--help").stdout.startswith(chinese)
    assert cli("values", "status", "--lang", tag).stderr == ""
    assert cli("init", "new", f"--lang={tag}").stderr.startswith("注：")
    monkeypatch.setenv("TRANSFER_LANG", tag)
    assert cli("values", "no", "-f", "table").stderr.startswith("错误：")
    assert cli("values", "status").code == 0
    monkeypatch.delenv("TRANSFER_LANG")
    monkeypatch.setenv("LANG", tag)
    assert cli("--help").stdout.startswith(chinese)


@pytest.mark.parametrize("tag", ["en", "en_US", "en-GB.UTF-8"])
def test_english_by_any_of_its_tags(cli, monkeypatch, tag):
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    monkeypatch.setenv("TRANSFER_LANG", tag)
    assert cli("values", "status", "-f", "table").stderr == ""
    assert cli("values", "no").stderr.startswith("Error: ")


def test_a_language_without_messages_is_refused_where_it_is_named(cli, monkeypatch):
    for words in (("--lang", "fr", "values", "status"), ("values", "status", "--lang", "fr")):
        done = cli(*words)
        assert (done.code, done.stderr.splitlines()[0]) == (2, "Error: unknown language 'fr'")
    monkeypatch.setenv("TRANSFER_LANG", "fr")
    assert cli("values", "status").code == 2
    monkeypatch.delenv("TRANSFER_LANG")
    monkeypatch.setenv("LANG", "fr_FR.UTF-8")
    assert cli("values", "status").code == 0


@pytest.mark.parametrize(
    ("table", "cause"),
    [
        ("packed.csv.gz", "BadGzipFile|EOFError|OSError"),
        ("text.csv", "UnicodeDecodeError"),
        ("broken.json", "JSONDecodeError"),
        ("database.db", "DatabaseError"),
        ("book.xlsx", "BadZipFile|CalamineError"),
        ("table.parquet", "duckdb"),
    ],
)
def test_what_a_library_says_shows_with_debug_alone(shell, write, names, table, cause):
    contents = {
        "packed.csv.gz": b"\x1f\x8b\x08\x00junk",
        "text.csv": b"id,name\na,\xff\xfe\xff\n",
        "broken.json": b'[{"a": }]',
        "database.db": b"SQLite format 3\x00" + b"x" * 600,
        "book.xlsx": b"PK\x03\x04" + b"x" * 200,
        "table.parquet": b"PAR1" + b"x" * 200 + b"PAR1",
    }
    write(contents[table], table)
    plain = shell("--lang", "zh", "filter", table)
    assert (plain.code, plain.stdout) == (3, "")
    assert "Traceback" not in plain.stderr and english_words(plain.stderr, names) == []
    debugged = shell("--lang", "zh", "filter", table, TRANSFER_DEBUG="1").stderr
    assert "Traceback" in debugged and re.search(cause, debugged)


@pytest.mark.parametrize(
    ("figure", "english", "chinese"),
    [
        ("gx_soe_investment", "(over 1300亿元)", "（超过1300亿元）"),
        ("yn_wenshan_aluminium_tax_2023", "(14.37亿元)", "（14.37亿元）"),
    ],
)
def test_a_citation_keeps_its_bound_in_every_language(cli, figure, english, chinese):
    assert english in cli("show", figure, tty=True, columns=200).stdout
    assert chinese in cli("show", figure, "--lang", "zh", tty=True, columns=200).stdout
