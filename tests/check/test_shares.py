"""A share that is printed beside its amounts agrees with them, by the text and by the tables."""

from pathlib import Path

import pytest

TITLE = "2024年甘肃省招商引资情况\n"
TOTAL = "2024年，甘肃省签约项目3989个，签约金额9433.27亿元。"


@pytest.fixture
def problems(cli, write):
    """Extract a text, check its tables against it, and return what is wrong with values."""

    def run(text):
        report = write(TITLE + text, "report.txt")
        assert cli("extract", report, "-o", "mine").code == 0
        done = cli("check", "mine", "--report", report)
        return [row for row in done.csv if row["column"] == "value"]

    return run


@pytest.mark.parametrize(
    "text",
    [
        TOTAL + "民营企业签约6978.16亿元，占全省的73.97%。",
        TOTAL + "民营企业签约6978.16亿元，同比增长12%，占全部签约额的74%。",
        TOTAL + "民营企业签约6978.16亿元，占全省七成以上。",
        # Of an amount that is not printed.
        TOTAL + "民营企业签约6978.16亿元，占全国的8%。",
        TOTAL + "民营企业签约6978.16亿元，占全省财政收入的90%。",
        # Bounds and rounding leave room.
        "到位资金900亿元，其中制造业300亿元，占33%。",
        "到位资金超过900亿元，其中制造业约300亿元，占35%。",
        "到位资金900亿元，其中制造业300亿元，占近四成。",
        "完成投资292.1亿元，为计划总额692.26亿元的42.2%。",
        "到位资金987.2亿元，完成年度目标950亿元的103.9%。",
    ],
)
def test_a_share_that_agrees(problems, text):
    assert problems(text) == []


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        (TOTAL + "民营企业签约6978.16亿元，占全省的80%。", ("80%", "6978.16", "9433.27", "73.97%")),
        (TOTAL + "民营企业签约6978.16亿元，增长2%，占全部签约额的70%。",
         ("70%", "6978.16", "9433.27", "73.97%")),
        ("到位资金900亿元，其中制造业300亿元，占43%。", ("43%", "300", "900", "33.33%")),
        ("到位资金900亿元，其中制造业300亿元，占六成。", ("60%", "300", "900", "33.33%")),
        ("完成投资292.1亿元，为计划总额692.26亿元的52.2%。",
         ("52.2%", "292.1", "692.26", "42.20%")),
        ("到位资金987.2亿元，完成年度目标950亿元的93.9%。", ("93.9%", "987.2", "950", "103.92%")),
    ],
)  # fmt: skip
def test_a_share_that_does_not(problems, text, figures):
    [found] = problems(text)
    assert found["file"] == "mine/metrics.csv"
    assert all(figure in found["problem"] for figure in figures)
    assert "compare the three with the report" in found["fix"]


def test_the_rows_as_a_hand_corrected_them_count(cli, write):
    report = write(TITLE + "到位资金900亿元，其中制造业300亿元，占43%。", "report.txt")
    assert cli("extract", report, "-o", "mine").code == 0

    def findings():
        return [row for row in cli("check", "mine", "--report", report).csv if "43%" in str(row)]

    assert len(findings()) == 1
    text = Path("mine/metrics.csv").read_text("utf-8")
    assert ",gs_investment_1,2,300亿元" in text
    write(text.replace(",gs_investment_1,2,300亿元", ",,2,300亿元"), "mine/metrics.csv")
    assert findings() == []


def test_a_list_that_is_more_than_its_whole(problems):
    [found] = problems("新签约项目100个，其中内资项目60个、外资项目80个。")
    assert "come to 140, not 100" in found["problem"]
    assert "'parts overlap'" in found["fix"]
