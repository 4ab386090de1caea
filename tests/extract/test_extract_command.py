"""``extract``: candidate rows in the columns of metrics.csv, from a path or a pipe."""

import keyword
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transfer_cli.extract import rows
from transfer_cli.extract.candidates import extract
from transfer_cli.model.schema import schemas
from transfer_cli.model.vocabulary import Vocabulary

REPORT = """云 南
重点产业稳步发展

2023年，曲靖市签约电池项目56个，总投资约480亿元。今年上半年，全省规上工业
增加值增长7.5%，固定资产投资下降1.2%。昆明高新区占全省GDP的四分之一。
"""


@pytest.fixture
def report(write):
    return write(REPORT, "report.txt")


def test_rows_in_all_columns_of_metrics(cli, report):
    done = cli("extract", report)
    metrics = [field.name for field in schemas()["metrics"].fields]
    assert (done.code, list(done.csv[0])) == (0, [*metrics, "confidence"])
    lines = [int(row["line"]) for row in done.csv]
    assert lines == sorted(lines)
    investment = next(row for row in done.csv if row["printed"] == "480亿元")
    assert investment == {
        **dict.fromkeys(done.csv[0], ""),
        "id": "yn_investment_1", "province": "Yunnan", "place_zh": "曲靖市",
        "indicator": "investment", "industry": "batteries", "status": "signed", "period": "2023",
        "value": "480", "unit": "亿元", "bound": "about", "line": "4", "printed": "480亿元",
        "confidence": "0.97",
    }  # fmt: skip


def test_a_decline_is_below_zero(cli, report):
    row = next(row for row in cli("extract", report).csv if row["printed"] == "1.2%")
    assert row["value"] == "-1.2"


def test_scope_only_where_it_is_sure(cli, report):
    scopes = {row["printed"]: row["scope"] for row in cli("extract", report).csv}
    assert scopes["480亿元"] == ""
    assert scopes["四分之一"] == "zone"


def test_year(cli, report):
    guessed, given = cli("extract", report), cli("extract", report, "--year", "2021")
    assert "is read as 2023; set it with --year" in guessed.stderr
    assert "--year" not in given.stderr
    assert {row["period"] for row in given.csv} == {"2023", "2021-S1", ""} - (
        {""} if all(row["period"] for row in given.csv) else set()
    )
    assert cli("extract", report, "--year", "20").code == 2


def test_omitted(cli, report):
    done = cli("extract", report, "--omitted")
    assert done.csv == [{"line": "4", "token": "2023", "reason": "date"}]
    assert done.stderr == "Note: 1 numeral omitted\n"


def test_review(cli, write):
    report = write(
        "2024年税收5亿元。\n\n河南省2024年税收5亿元。新区有条例。项目\n3个，税收6亿元。\n"
    )
    done = cli("extract", report, "--review")
    assert [row["printed"] for row in done.csv] == ["5亿元", "3个"]
    first, second = done.csv
    assert (first["line"], first["sentence"], first["doubts"]) == ("1", "1", "no province is named")
    assert (second["line"], second["sentence"]) == ("4", "4")
    assert second["text"] == "项目3个，税收6亿元"
    assert {"no stage is printed"} <= {*second["doubts"].split("; ")}
    assert all(float(row["confidence"]) < 0.9 for row in done.csv)
    assert "2 of 4 figures have a confidence below 0.9" in done.stderr
    assert "all 1 figures" in cli("extract", "-", "--review", stdin="河南2024年税收5亿元。").stderr
    assert "no quantity" in cli("extract", "-", "--review", stdin="春风").stderr
    assert cli("extract", report, "--review", "--omitted").code == 2


def test_a_report_without_a_year_says_so(cli):
    done = cli("extract", "-", stdin="河南省今年投资5亿元。")
    assert done.csv[0]["period"] == ""
    assert "states no year" in done.stderr
    assert cli("extract", "-", "--year", "2023", stdin="今年投资5亿元。").csv[0]["period"] == "2023"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_encodings_and_line_ends(cli, report, write, encoding):
    expected = cli("extract", report).csv
    for text in (REPORT, REPORT.replace("\n", "\r\n")):
        assert cli("extract", write(text.encode(encoding), "other.txt")).csv == expected
    assert cli("extract", "-", stdin=REPORT.encode(encoding)).csv == expected


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("春风又绿江南岸。", "contains no quantity"),
        ("今年是2024年。", "the only numeral is not a quantity; --omitted gives the reason"),
    ],
)
def test_nothing_to_find(cli, text, why):
    done = cli("extract", "-", stdin=text)
    assert (done.code, done.csv, done.stdout.count("\n")) == (0, [], 1)
    assert why in done.stderr
    assert cli("extract", "-", "--json", stdin=text).stdout == "[]\n"
    assert cli("extract", "-", "--exit-status", stdin=text).code == 1
    assert cli("extract", "-", "-q", stdin=text).stderr == ""


@pytest.mark.parametrize("text", ["", " \n\n"])
def test_an_empty_report_is_refused(cli, text):
    done = cli("extract", "-", stdin=text)
    assert (done.code, done.stdout) == (3, "")
    assert "holds no text" in done.stderr


def test_nothing_was_omitted(cli):
    done = cli("extract", "-", "--omitted", stdin="投资5亿元。")
    assert (done.code, done.stdout) == (0, "line,token,reason\n")
    assert "no rows" in done.stderr


@pytest.mark.parametrize("data", [b"\x00\x01\x02", b"\xff\xff\xff\x00", b"\xff\xfe\x00"])
def test_what_is_no_text(cli, write, data):
    done = cli("extract", write(data, "report.pdf"))
    assert (done.code, done.stdout) == (3, "")
    assert "Hint: save it as plain text" in done.stderr


def test_no_report(cli, tmp_path):
    for path in ("nowhere.txt", str(tmp_path)):
        done = cli("extract", path)
        assert (done.code, done.stdout) == (3, "")
        assert "Error: " in done.stderr and "Hint: " in done.stderr
    assert cli("extract").code == 2


def test_reading_a_report_loads_no_pandas(shell):
    probe = (
        "import sys, transfer_cli.extract.candidates, transfer_cli.extract.coverage\n"
        "assert not {'pandas', 'numpy', 'rich'} & set(sys.modules)\n"
    )
    done = shell(python=("-c", probe))
    assert (done.code, done.stderr) == (0, "")


def test_no_bar_in_a_pipe(shell, write):
    probe = ("import sys\nfrom transfer_cli.cli import app\ntry:\n    app(sys.argv[1:])\nfinally:\n"
             "    assert 'rich' not in sys.modules\n")  # fmt: skip
    long = write(REPORT * 2000, "long.txt")
    done = shell("extract", long, "-o", "m.csv", python=("-c", probe.replace("1:", "3:")))
    assert (done.code, done.stdout) == (0, "")
    assert [line for line in done.stderr.splitlines() if not line.startswith("Note: ")] == []


def test_the_next_command_names_the_table(cli, report):
    assert (
        "next: transfer-cli check 'my m.csv' --report report.txt"
        in cli("extract", report, "-o", "my m.csv").stderr
    )


@given(st.text("云南四川省市2024年1-9.五%亿元个家，。\n超约增长投资企业“”+"))
def test_ids_are_unique_identifiers(text):
    ids = rows.figures(extract(text, Vocabulary())).frame["id"].tolist()
    assert len(set(ids)) == len(ids)
    assert all(name.isidentifier() and not keyword.iskeyword(name) for name in ids)
    assert all(re.fullmatch(r"[a-z]{2}(_[a-z0-9]+)+", name) for name in ids)


def test_an_earlier_id_stays_when_the_report_grows(cli, report, write):
    before = cli("extract", report).ids
    longer = write(REPORT + "玉溪市投资9亿元。\n", "longer.txt")
    assert cli("extract", longer).ids[: len(before)] == before
    assert Path("report.txt").read_text("utf-8") == REPORT
