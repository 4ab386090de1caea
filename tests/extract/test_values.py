"""Values with their sign, unit and bound, and what is no figure, in sentences of many kinds."""

import pytest

from transfer_cli.extract.mentions import find_mentions
from transfer_cli.extract.periods import find_times
from transfer_cli.extract.text import parse_text


def read(text: str) -> list[str]:
    """Every quantity as `value unit bound`; a bound that is exact is left out."""
    report = parse_text(text)
    mentions, _ = find_mentions(report, find_times(report.text, 2024))
    return [f"{each.value} {each.unit} {each.bound}".removesuffix(" exact") for each in mentions]


def omitted(text: str) -> list[tuple[str, str]]:
    report = parse_text(text)
    _, omissions = find_mentions(report, find_times(report.text, 2024))
    return [(each.token, each.reason) for each in omissions]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("投资一亿二千万元", ["12000 万元"]),
        ("占三四成", ["30 % at_least", "40 % at_most"]),
        ("占百分之三十至四十", ["30 % at_least", "40 % at_most"]),
        ("百亿级项目1个、50亿级项目3个", ["1 个", "3 个"]),
        ("居全省第三位，是前五位中唯一增长的", ["3 位"]),
        ("为期五天的展会签约3个，提前三个月完成", ["3 个"]),
        ("合同金额二十三亿一千万元", ["231000 万元"]),
        ("投资3亿5千万元", ["35000 万元"]),
        (
            "分别超过一千亿、两千亿和四千亿元",
            ["1000 亿元 over", "2000 亿元 over", "4000 亿元 over"],
        ),
        ("产值首次突破一千亿。", ["1000 亿元 over"]),
        ("用户突破一亿。", ["1 亿 over"]),
        ("为同类的1.81、1.78和1.57倍", ["1.81 倍", "1.78 倍", "1.57 倍"]),
        ("占比为59.17和48.24%", ["59.17 %", "48.24 %"]),
        ("分别为1200、800以及600亿元", ["1200 亿元", "800 亿元", "600 亿元"]),
        ("分别为30.4亿、77.5亿和19.4亿美元", ["30.4 亿美元", "77.5 亿美元", "19.4 亿美元"]),
        ("分别在30%、40%以上。", ["30 % at_least", "40 % at_least"]),
        ("占三分之一", ["33.33 %"]),
    ],
)
def test_scales_and_lists(text: str, expected: list[str]) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("同比下降3.6%", ["-3.6 %"]),
        ("就业减少3万人", ["-3 万人"]),
        ("增速回落0.5个百分点", ["-0.5 个百分点"]),
        ("降幅收窄1.2个百分点", ["1.2 个百分点"]),
        ("降幅比上月扩大1.2个百分点", ["-1.2 个百分点"]),
        ("涨幅扩大1.2个百分点", ["1.2 个百分点"]),
        ("涨幅收窄1.2个百分点", ["-1.2 个百分点"]),
        ("同比下降5.3%，比上月收窄1.2个百分点", ["-5.3 %", "1.2 个百分点"]),
        ("降至3.6%", ["3.6 %"]),
        ("由5.2%下降到3.6%", ["5.2 %", "3.6 %"]),
        ("减少3家至5家", ["-3 家 at_most", "-5 家 at_least"]),
        ("降幅为3.6%", ["-3.6 %"]),
        ("降幅收窄至3.6%", ["-3.6 %"]),
        ("分别下降1.1%和3.6%", ["-1.1 %", "-3.6 %"]),
        ("分别下降1.1%、增长2.0%和下降3.6%", ["-1.1 %", "2.0 %", "-3.6 %"]),
        ("分别增长1.2%、-3.8%和6.0%", ["1.2 %", "-3.8 %", "6.0 %"]),
        ("比上年少12家", ["-12 家"]),
        ("至少12家", ["12 家 at_least"]),
        ("增速低于全国0.6个百分点", ["-0.6 个百分点"]),
        ("增速慢于全国0.6个百分点", ["-0.6 个百分点"]),
        ("增速落后全省0.6个百分点", ["-0.6 个百分点"]),
        ("淘汰落后产能120万吨", ["120 万吨"]),
        ("失业率低于4%", ["4 % under"]),
        ("下降超过三成", ["-30 % under"]),
        ("负增长3.6%", ["-3.6 %"]),
        ("净利润-1.2亿元", ["-1.2 亿元"]),
        ("工业↓1.5%", ["-1.5 %"]),
        ("亩产减0.8公斤", ["-0.8 公斤"]),
        ("由降转升，增长2.3%", ["2.3 %"]),
        ("减税降费500亿元", ["500 亿元"]),
        ("减少用煤800万吨", ["-800 万吨"]),
        ("减产企业12家", ["12 家"]),
        ("增速回落的行业有9个", ["9 个"]),
        ("压减产能120万吨", ["120 万吨"]),
    ],
)
def test_decreases_are_below_zero_and_levels_are_not(text: str, expected: list[str]) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("不少于20家", "20 家 at_least"),
        ("接近2020年的三倍", "3 倍 nearly"),
        ("不及上年的八成", "80 % under"),
        ("增长30%至35%", "30 % at_least"),
        ("占五至六成", "50 % at_least"),
        ("举办20场以上招商活动", "20 场 at_least"),
        ("带来20万元以上的收益", "20 万元 at_least"),
        ("都在一亿元以上。", "1 亿元 at_least"),
    ],
)
def test_bounds_in_sentences(text: str, expected: str) -> None:
    assert read(text)[0] == expected


@pytest.mark.parametrize(
    "text",
    [
        "一季度增长6.7%，二季度增长6.7%。",
        "甲县完成投资5亿元，乙县完成投资5亿元。",
        "制造业增长6.9%，股份制企业增长6.9%。",
    ],
)
def test_equal_numbers_of_different_facts_are_kept(text: str) -> None:
    assert len(read(text)) == 2


@pytest.mark.parametrize(
    ("text", "token", "reason"),
    [
        ("10亿元以上项目12个", "10亿元", "threshold"),
        ("引进亿元以上项目12个", "亿元", "threshold"),
        ("总投资过10亿元的项目5个", "10亿元", "threshold"),
        ("百亿元项目三个", "百亿元", "threshold"),
        ("5亿元、10亿元以上项目各3个", "5亿元", "threshold"),
        ("分两批推进", "两批", "count of a list"),
        ("甲、乙、丙三市增势好", "三市", "count of a list"),
        ("围绕六大产业", "六大", "count of a list"),
        ("金融、商业、科技三个行业", "三个", "count of a list"),
        ("半年来成效明显", "半年", "duration"),
        ("五年内产能翻了三番", "五年", "duration"),
        ("连续三年增长", "三年", "duration"),
        ("后两个月还要努力", "两个月", "duration"),
        ("两年引进的项目", "两年", "duration"),
        ("世界500强企业", "500", "name"),
        ("成立70周年", "70", "date"),
    ],
)
def test_what_is_no_figure_is_omitted_with_its_reason(text: str, token: str, reason: str) -> None:
    assert (token, reason) in omitted(text)


MARKDOWN = """表1 招商情况
| 年份 | 到位资金（亿元） | 项目（个） | 增速 |
|---|---|---|---|
| 2020 | 3001.07 | 2064 | … |
| 2021 | 5961.26 | 1,209 | -3.6% |
"""
ALIGNED = """单位：亿元
地区        签约额    到位资金    增长%
郑州市      2860.5    1420.36     6.8
洛阳市      1733.0      —        -2.4
"""
TWO_UNITS = """单位：亿元、个
地区        签约额    签约项目数
郑州市      2860.5    1420
洛阳市      1733.0    986
"""
TRANSPOSED = """| 指标 | 2019年 | 2020年 |
|---|---|---|
| 产值（亿元） | 10 | 20 |
| 企业数 | 2020 | 30 |
"""
UNIT_COLUMN = """  指  标        单位       累计     同比±%
  工业增加值    亿元       301.2    5.4
  用电量        亿千瓦时   88.0     -3.3
"""
ONE_SPACE = """各县区到位资金（单位：亿元）
县区 到位资金 同比
甲县 12.5 8.1
乙县 9.3 -2.4
"""
NO_HEAD_FOR_LABELS = """| 绝对数（亿元） | 增长（%） |
地区生产总值 | 617.50 | 5.2 |
第一产业 | 37.11 | 2.6 |
"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (UNIT_COLUMN, ["301.2 亿元", "5.4 %", "88.0 亿千瓦时", "-3.3 %"]),
        (ONE_SPACE, ["12.5 亿元", "8.1 %", "9.3 亿元", "-2.4 %"]),
        (NO_HEAD_FOR_LABELS, ["617.50 亿元", "5.2 %", "37.11 亿元", "2.6 %"]),
        (MARKDOWN, ["3001.07 亿元", "2064 个", "5961.26 亿元", "1209 个", "-3.6 %"]),
        (ALIGNED, ["2860.5 亿元", "1420.36 亿元", "6.8 %", "1733.0 亿元", "-2.4 %"]),
        (
            ALIGNED.replace("  ", "\t"),
            ["2860.5 亿元", "1420.36 亿元", "6.8 %", "1733.0 亿元", "-2.4 %"],
        ),
        (TWO_UNITS, ["2860.5 亿元", "1420 个", "1733.0 亿元", "986 个"]),
        (TRANSPOSED, ["10 亿元", "20 亿元", "2020 家", "30 家"]),
    ],
)
def test_a_table_gives_a_row_for_each_cell(text: str, expected: list[str]) -> None:
    assert read(text) == expected


def test_the_words_around_a_cell_belong_to_it() -> None:
    report = parse_text(MARKDOWN)
    mentions, _ = find_mentions(report, find_times(report.text, 2024))
    near = [report.text[span.start : span.end].strip() for span in mentions[1].near]
    assert near == ["2020", "项目（个）", "表1招商情况"]


def test_each_number_of_a_list_has_its_noun() -> None:
    report = parse_text("重庆、陕西利用内资分别达到4920亿元和2820亿元，增速依次为3%、4%。")
    mentions, _ = find_mentions(report, [])
    nouns = [report.text[span.start : span.end] for each in mentions for span in each.near]
    assert nouns == ["重庆", "陕西利用内资分别达到", "重庆", "陕西利用内资分别达到"]


@pytest.mark.parametrize(
    "text",
    [
        "9" * 20_000,
        "一" * 20_000,
        "百" * 1_200,
        "百" * 20_000,
        "1." + "3" * 20_000 + "亿元",
        "分之" * 5_000,
        "1、" * 10_000,
        "投资5亿元" + " " * 20_000 + "x",
    ],
)
def test_long_runs_are_read_without_recursion_and_are_no_figures(text: str) -> None:
    assert read(text) in ([], ["5 亿元"])


def test_a_cell_without_a_unit_is_omitted() -> None:
    text = "| a | b |\n|---|---|\n| x | 5 |\n"
    assert read(text) == []
    assert omitted(text) == [("5", "no unit")]
