from decimal import Decimal

import pytest

from transfer_cli.extract.mentions import find_mentions
from transfer_cli.extract.periods import find_times
from transfer_cli.extract.text import parse_text


def read(text: str) -> list[str]:
    """Every quantity as `printed = value unit bound`."""
    report = parse_text(text)
    mentions, _ = find_mentions(report, find_times(report.text, 2024))
    return [f"{each.printed} = {each.value} {each.unit} {each.bound}" for each in mentions]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("规模达1.2万亿元", ["1.2万亿元 = 1.2 万亿元 exact"]),
        ("增长 14.37 %", ["14.37% = 14.37 % exact"]),
        ("完成１，２３４．５万元", ["１，２３４．５万元 = 1234.5 万元 exact"]),
        ("年产120万吨/年", ["120万吨/年 = 120 万吨/年 exact"]),
        ("单价3500元/吨", ["3500元/吨 = 3500 元/吨 exact"]),
        ("用电12.5亿千瓦时", ["12.5亿千瓦时 = 12.5 亿千瓦时 exact"]),
        ("一百千瓦", ["一百千瓦 = 100 千瓦 exact"]),
        ("面积三千平方公里", ["三千平方公里 = 3000 平方公里 exact"]),
        ("外资1.5亿美元", ["1.5亿美元 = 1.5 亿美元 exact"]),
        ("US$20亿", ["US$20亿 = 20 亿美元 exact"]),
        ("增速为-1.5%", ["-1.5% = -1.5 % exact"]),
        ("工期两年半", ["两年半 = 2.5 年 exact"]),
        ("仅三个半月", ["三个半月 = 3.5 个月 exact"]),
        ("人均GDP5.2万元", ["5.2万元 = 5.2 万元 exact"]),
        ("五元三毛", ["五元三毛 = 5.3 元 exact"]),
    ],
)
def test_numbers_with_units(text: str, expected: list[str]) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("超500个", "500个 = 500 个 over"),
        ("突破了1000亿元", "1000亿元 = 1000 亿元 over"),
        ("超过全省的50%", "50% = 50 % over"),
        ("比全国高于全国1.2个百分点", "1.2个百分点 = 1.2 个百分点 exact"),
        ("40余项", "40余项 = 40 项 over"),
        ("一百多家", "一百多家 = 100 家 over"),
        ("3万多亿元", "3万多亿元 = 3 万亿元 over"),
        ("5个多百分点", "5个多百分点 = 5 个百分点 over"),
        ("数百亿元", "数百亿元 = 100 亿元 over"),
        ("十几万人", "十几万人 = 10 万人 over"),
        ("3年多", "3年 = 3 年 over"),
        ("上百家", "上百家 = 100 家 at_least"),
        ("不低于20%", "20% = 20 % at_least"),
        ("20万元以上", "20万元 = 20 万元 at_least"),
        ("百吨级罐体", "百吨级 = 100 吨 at_least"),
        ("千亿级产业", "千亿级 = 1000 亿元 at_least"),
        ("千万级用户", "千万级 = 1000 万 at_least"),
        ("都在亿元以上。", "亿元 = 1 亿元 at_least"),
        ("不到全国0.4%", "0.4% = 0.4 % under"),
        ("不足10人", "10人 = 10 人 under"),
        ("不超过5%", "5% = 5 % at_most"),
        ("100人以下", "100人 = 100 人 at_most"),
        ("约630亿元", "630亿元 = 630 亿元 about"),
        ("签约18项", "18项 = 18 项 exact"),
        ("签约约18项", "18项 = 18 项 about"),
        ("节约90万元", "90万元 = 90 万元 exact"),
        ("附近20家", "20家 = 20 家 exact"),
        ("1000人左右", "1000人 = 1000 人 about"),
        ("近2000个", "2000个 = 2000 个 nearly"),
        ("近百亿元", "百亿元 = 100 亿元 nearly"),
    ],
)
def test_bounds(text: str, expected: str) -> None:
    assert read(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("占四分之一", "四分之一 = 25 % exact"),
        ("三分之二以上", "三分之二 = 66.67 % at_least"),
        ("超十分之一", "十分之一 = 10 % over"),
        ("百分之三点五", "百分之三点五 = 3.5 % exact"),
        ("千分之二", "千分之二 = 2 ‰ exact"),
        ("约占1/4", "1/4 = 25 % about"),
        ("近八成", "八成 = 80 % nearly"),
        ("三成五", "三成五 = 35 % exact"),
        ("占一半以上", "一半 = 50 % at_least"),
        ("翻了三番", "翻了三番 = 8 倍 exact"),
        ("实现翻番", "翻番 = 2 倍 exact"),
        ("增长一倍以上", "一倍 = 1 倍 at_least"),
        ("升至第10位", "第10位 = 10 位 exact"),
        ("规模居全国第三，", "第三 = 3 位 exact"),
        ("跻身全国前十。", "前十 = 10 位 at_most"),
        ("前进两位", "两位 = 2 位 exact"),
    ],
)
def test_shares_multiples_and_ranks(text: str, expected: str) -> None:
    assert read(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("投资30—50亿元", ["30 = 30 亿元 at_least", "50亿元 = 50 亿元 at_most"]),
        ("6.5%至7%", ["6.5% = 6.5 % at_least", "7% = 7 % at_most"]),
        ("三至五年", ["三 = 3 年 at_least", "五年 = 5 年 at_most"]),
        ("1.5万—2万元", ["1.5万 = 1.5 万元 at_least", "2万元 = 2 万元 at_most"]),
        ("两三家", ["两三家 = 2 家 at_least", "两三家 = 3 家 at_most"]),
        ("七八十个", ["七八十个 = 70 个 at_least", "七八十个 = 80 个 at_most"]),
        ("从10%到20%", ["10% = 10 % exact", "20% = 20 % exact"]),
        ("由5家增长到8家", ["5家 = 5 家 exact", "8家 = 8 家 exact"]),
        ("提升两位至第10位", ["两位 = 2 位 exact", "第10位 = 10 位 exact"]),
    ],
)
def test_ranges_and_changes(text: str, expected: list[str]) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "一个平台",
        "一批企业",
        "零的突破",
        "两国合作",
        "一次性",
        "千家万户",
        "三元锂电池",
        "四川",
        "万科",
        "三亚市",
    ],
)
def test_articles_and_names_are_no_quantities(text: str) -> None:
    assert read(text) == []


def test_a_second_printing_close_by_is_left_out_unless_requested() -> None:
    report = parse_text("甲厂年产20万吨多晶硅项目是首个年产20万吨多晶硅项目。")
    assert len(find_mentions(report, [])[0]) == 1
    assert len(find_mentions(report, [], repeats=True)[0]) == 2
    other = parse_text("甲厂投资5亿元，乙厂投资5亿元。")
    assert [each.value for each in find_mentions(other, [])[0]] == [Decimal(5), Decimal(5)]
