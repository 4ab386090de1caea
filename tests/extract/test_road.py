"""From a report to sound tables: extract, correct what check names, and nothing else."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transfer_cli.check import check
from transfer_cli.check import report as grounding
from transfer_cli.check.row import Row
from transfer_cli.extract import rows
from transfer_cli.extract.candidates import extract
from transfer_cli.extract.text import parse_text
from transfer_cli.model.vocabulary import Vocabulary

REPORT = """河 南
2023年，洛阳市新签约装备制造项目56个，总投资约480亿元。今年上半年，全省规上工业增
加值增长7.5%，高于全国1.5个百分点；翻了三番，跃居全国第三。截至6月底，郑州高新区建
成孵化器12家，占全省三成以上。

湖 南
目前，株洲市有企业300余家，总投资30—50亿元，“十四五”以来“1+7”专班走访两千余次。
项目总投资突破5亿元，成为首个投资突破5亿元的项目，电话0731-12345678，见图3。
"""


def read(path):
    with Path(path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_whole_road(cli, write):
    report = write(REPORT, "report.txt")
    assert cli("init", "mine", "-q").code == 0
    assert cli("extract", report, "-o", "mine/metrics.csv").code == 0
    assert cli("extract", report, "--omitted", "-o", "mine/omitted.csv").code == 0
    road = ("check", "mine", "--report", report)
    done = cli(*road)
    assert done.code == 3
    assert {row["column"] for row in done.csv} <= {"confidence", "scope", "indicator", "unit"}
    found = read("mine/metrics.csv")
    for row in found:
        del row["confidence"]
        row["scope"] = row["scope"] or "province"
        row["indicator"] = row["indicator"] or "projects"
    with Path("mine/metrics.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(found[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(found)
    done = cli(*road)
    assert [row for row in done.csv if row["column"] != "unit"] == [], done.stdout


def records(kind, extracted):
    return [
        Row(f"{kind}.csv", line, row)
        for line, row in enumerate(extracted.frame.to_dict("records"), 2)
    ]


def groundless(text):
    """The findings about the tables that extract makes of a text."""
    extraction = extract(text, Vocabulary())
    tables = {
        "metrics": records("metrics", rows.figures(extraction)),
        "omitted": records("omitted", rows.omissions(extraction)),
    }
    report = grounding.Report("report.txt", parse_text(text))
    return list(grounding.check(tables, report, Vocabulary(), []))


def test_extract_gives_ground_to_all_it_finds():
    assert groundless(REPORT) == []


def test_and_so_on_the_report(root):
    path = root.parent / "shared" / "report.txt"
    if not path.is_file():
        pytest.skip("the report is not at hand beside the repository")
    assert groundless(path.read_text("utf-8")) == []
    assert check.read_report(str(path)).name == str(path)


PIECES = (
    "云南省", "2024年", "上半年", "投资", "超过", "约", "15", "2.5", "三十", "四分之一", "千亿级",
    "亿元", "％", "个", "家", "项目", "增长", "，", "。", "\n", " ", "第三", "六大", "“4+”", "下降",
    "余", "以上", "至", "—", "1亿千瓦", "５", "GW", "一期", "三五年", ".6.30",
)  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_whatever_the_text(text):
    assert groundless(text) == []
