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
    # An amount of one measure is no part of one of another; exports are a part of trade.
    ("全年协议投资612亿元，其中50亿元以上项目4个；到位资金328亿元。", {}),
    ("签约项目合同金额90亿元，到位资金30亿元。", {}),
    (
        "全省进出口6203亿元，其中出口3286亿元；进口2917亿元。\n"
        "分贸易方式看，一般贸易进出口2340亿元，占37.7%；加工贸易进出口1012亿元。",
        {"3286亿元": "6203亿元", "2917亿元": "6203亿元", "2340亿元": "6203亿元",
         "1012亿元": "6203亿元"},
    ),
    ("进出口总值900亿元，其中出口610亿元，进口290亿元，贸易顺差320亿元。",
     {"610亿元": "900亿元", "290亿元": "900亿元"}),
    ("一般公共预算收入98亿元，其中税收收入61亿元。", {"61亿元": "98亿元"}),
    # One phase is no part of another.
    ("产业园一期总投资100亿元，8月投产；二期计划投资80亿元。", {}),
    # A list after 其中 goes on over a semicolon, up to what is said in another form.
    (
        "规上工业产值2135亿元。其中汽车产业1248亿元，占58.5%；新材料产业467亿元，增长8%；电子产业156亿元。",
        {"1248亿元": "2135亿元", "467亿元": "2135亿元", "156亿元": "2135亿元"},
    ),
    (
        "机电产品出口3478亿元，其中手机2689亿元；农产品出口204亿元。",
        {"2689亿元": "3478亿元"},
    ),
    (
        "甲市安排项目49个，其中乙县15个、丙县12个；丁市安排项目26个。",
        {"15个": "49个", "12个": "49个"},
    ),
    # Each 其中 is read.
    (
        "新签约项目241个，其中工业项目156个，其中亿元以上项目83个。",
        {"156个": "241个", "83个": "156个"},
    ),
    # Words before 中 name the whole.
    (
        "第一产业到位52.3亿元，第二产业684.8亿元。第二产业中，装备制造到位215.6亿元；食品138.2亿元。",
        {"215.6亿元": "684.8亿元", "138.2亿元": "684.8亿元"},
    ),
    (
        "新引进的348个项目中，已开工261个；尚未开工的87个中，有63个正在办理手续。",
        {"261个": "348个", "87个": "348个", "63个": "87个"},
    ),
    (
        "2020年签约的312个项目，截至今年9月底履约297个，开工268个。",
        {"297个": "312个", "268个": "312个"},
    ),
    # New starts and new completions are two counts.
    ("上半年新开工项目165个，新竣工93个。", {}),
    # A breakdown is of the total, not of the part that is named last.
    (
        "曲靖市到位资金1326.5亿元。工业项目到位资金821.6亿元，占全市到位资金的61.9%。\n"
        "分县区看，麒麟区到位资金213.5亿元，沾益区198.7亿元。",
        {"821.6亿元": "1326.5亿元", "213.5亿元": "1326.5亿元", "198.7亿元": "1326.5亿元"},
    ),
    # The rate of projects that are started, and the share of a list, confirm a whole.
    ("新签约项目1068个。已开工423个，开工率39.6%。", {"423个": "1068个"}),
    (
        "陕西省签约额2860亿元。宝鸡市、咸阳市签约额分别为618亿元和378亿元，合计占全省的三成多。",
        {"618亿元": "2860亿元", "378亿元": "2860亿元"},
    ),
    ("来自长三角的97个，来自珠三角的143个，两地合计占近七成。", {}),
    # What is in brackets with a part is with its own whole only.
    (
        "上述218个项目中，来自沪苏浙的119个，协议资金583亿元，占54.6%。"
        "制造业项目187个，占85.8%，其中重大项目26个，总投资488亿元。",
        {"119个": "218个", "187个": "218个", "26个": "187个"},
    ),
    # Round figures add up by chance.
    ("引进资金500亿元，用地300亩，贷款200亿元，税收300亿元。", {}),
    ("今年引进的14个项目，6个来自北京，5个来自上海，3个来自天津。",
     {"6个": "14个", "5个": "14个", "3个": "14个"}),
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
