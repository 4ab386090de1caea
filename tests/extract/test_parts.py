"""Parts and wholes: proposed by words, confirmed by arithmetic."""

from decimal import Decimal

import pytest

from transfer_cli.extract.candidates import Candidate, extract
from transfer_cli.model.vocabulary import Vocabulary

VOCABULARY = Vocabulary()

CASES = [
    (
        "全市规上工业企业实现营业收入5230亿元，其中装备制造业1210亿元，食品工业860亿元。利润310亿元。",
        {"1210亿元": "5230亿元", "860亿元": "5230亿元"},
    ),
    (
        "全年新签约项目1755个。内资项目1226个，外资项目529个。合同资金8800亿元，增长11%。",
        {"1226个": "1755个", "529个": "1755个"},
    ),
    (
        "三次产业增加值分别为120亿元、560亿元、720亿元，地区生产总值0.14万亿元。",
        {"120亿元": "0.14万亿元", "560亿元": "0.14万亿元", "720亿元": "0.14万亿元"},
    ),
    (
        "签约项目3989个，金额9433.27亿元。民营企业签约3590个、6978.16亿元，占全部签约额的73.97%。",
        {"3590个": "3989个", "6978.16亿元": "9433.27亿元"},
    ),
    (
        "14条产业链到位资金3477亿元，居前列的依次是新能源1177亿元、农产品加工659亿元、石化363亿元。",
        {"1177亿元": "3477亿元", "659亿元": "3477亿元", "363亿元": "3477亿元"},
    ),
    (
        "在建项目1200个，到位资金900亿元；其中东部转来的300个，到位210亿元。",
        {"300个": "1200个", "210亿元": "900亿元"},
    ),
    # The words name the whole, though the share does not agree: check reports it.
    (
        "2024年，甘肃省签约项目3989个，签约金额9433.27亿元。民营企业签约6978.16亿元，占全省的80%。",
        {"6978.16亿元": "9433.27亿元"},
    ),
    ("2024年，甘肃省签约金额9433.27亿元。民营企业签约6978.16亿元，占全国的8%。", {}),
    ("首批项目完成投资292.1亿元，为计划总额692.26亿元的42.2%。", {"292.1亿元": "692.26亿元"}),
    ("全年进口1350.2亿元，出口2100.4亿元，进出口合计3450.6亿元。",
     {"1350.2亿元": "3450.6亿元", "2100.4亿元": "3450.6亿元"}),
    (
        "全省进出口1249亿美元，其中出口783亿美元。对东盟出口135亿美元，对欧盟、日本分别出口120亿和52亿美元。",
        {"783亿美元": "1249亿美元", "135亿美元": "783亿美元", "120亿": "783亿美元",
         "52亿美元": "783亿美元"},
    ),
    (
        "2023年，郴州市实际到位资金241.7亿元。北湖区、苏仙区到位资金分别达38.5亿元和33.2亿元。",
        {"38.5亿元": "241.7亿元", "33.2亿元": "241.7亿元"},
    ),
    (
        "全年到位资金987.2亿元。从来源看，长三角389.6亿元，京津冀约97亿元。\n"
        "分县区看，永城市、虞城县到位资金分别为168.4亿元和121亿元，睢阳区78.2亿元。",
        {"389.6亿元": "987.2亿元", "97亿元": "987.2亿元", "168.4亿元": "987.2亿元",
         "121亿元": "987.2亿元", "78.2亿元": "987.2亿元"},
    ),
    ("2023年商丘市招商情况\n2022年签约的299个项目中，今年已有241个开工。", {"241个": "299个"}),
    # Without 分县区看 a list of another measure is no breakdown.
    ("2011年，苏北总投资3052亿元。徐州、淮安、盐城引进资金分别为486.5、392、451.8亿元。", {}),
    ("项目总投资12亿元，分两期建设，一期投资5亿元。", {"5亿元": "12亿元"}),
    # What is no part: another year, a change, a mean, a rate, an earlier quarter, another unit.
    ("签约项目277个，去年同期为231个，多出46个。", {}),
    ("投资900亿元，其中技改投资增长12%，平均每个项目2亿元。", {}),
    ("到位资金100亿元，相当于去年全年的40%。一季度到位40亿元。", {}),
    ("2024年，开工31个。2025年，上半年开工25个。", {}),
    ("引进企业300家，其中带动就业200人。", {}),
    ("郑州市、洛阳市、南阳市分别到位1600亿元、900亿元和700亿元。", {}),
    ("引进项目460个；利用外资17亿美元，其中过亿美元项目26个。", {}),
]  # fmt: skip


def wholes(found: list[Candidate]) -> dict[str, str]:
    printed = {each.id: each.printed for each in found}
    return {each.printed: printed[each.part_of] for each in found if each.part_of}


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_the_whole_of_each_part(text: str, expected: dict[str, str]) -> None:
    assert wholes(extract(text, VOCABULARY).candidates) == expected


def test_what_adds_up_is_more_sure() -> None:
    open_, closed = (
        {each.printed: each for each in extract(text, VOCABULARY).candidates}["1226个"]
        for text in ("新签项目1755个，其中内资1226个、外资500个。",
                     "新签项目1755个，其中内资1226个、外资529个。")
    )  # fmt: skip
    assert closed.part_of == open_.part_of != ""
    assert closed.confidence > open_.confidence


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("签约项目100个，其中内资60个，外资40个。", ""),
        ("签约项目100个，其中内资60个，外资30个。", "not exhaustive"),
        # A list is more than its whole: check reports it.
        ("签约项目100个，其中内资60个，外资70个。", ""),
        # Two lists divide one whole in two ways.
        (
            "签约项目100个，其中内资60个，外资40个。其中工业项目70个，农业项目20个。",
            "parts overlap",
        ),
        ("签约金额100.5亿元，其中内资60.25亿元，外资40.24亿元。", "rounded"),
    ],
)
def test_how_the_sum_of_the_parts_compares_is_noted(text: str, note: str) -> None:
    assert extract(text, VOCABULARY).candidates[0].note == note


def test_the_sum_of_an_extracted_text_is_the_total_once(cli, write) -> None:
    text = (
        "2024年，全省新签约项目到位资金1000亿元，其中装备制造600亿元、食品加工400亿元。"
        "民营企业到位700亿元，占70%。\n"
    )
    report = write("安徽省2024年招商引资情况\n" + text, "report.txt")
    assert cli("extract", report, "-o", "mine.csv").code == 0
    done = cli("aggregate", "metrics", "--data", "mine.csv", "--by", "unit", "--stat", "sum")
    assert done.code == 0, done.stderr
    assert [Decimal(row["sum"]) for row in done.csv if row["unit"] == "亿元"] == [Decimal(1000)]
