"""The place of a figure: written as reports are, with the right places first."""

import pytest

from transfer_cli.extract.candidates import extract
from transfer_cli.extract.divisions import names
from transfer_cli.extract.text import fold
from transfer_cli.model.vocabulary import Vocabulary

VOCABULARY = Vocabulary()

PASSAGES = [
    (
        "江西省2022年招商引资情况\n"
        "全年实际使用省外资金9000亿元，增长7.5%。赣州市、九江市分别完成1010亿元、980亿元，"
        "吉安市稳步增长5.1%。三市合计占全省的31%。\n"
        "分县区看，南昌县签约项目42个，总投资310亿元；信丰县引进广东项目18个。\n"
        "南昌高新区规上工业营业收入突破3000亿元，占全市的25%。\n",
        {
            "9000亿元": ("Jiangxi", ""), "7.5%": ("Jiangxi", ""),
            "1010亿元": ("Jiangxi", "赣州市"), "980亿元": ("Jiangxi", "九江市"),
            "5.1%": ("Jiangxi", "吉安市"), "31%": ("Jiangxi", ""),
            "42个": ("Jiangxi", "南昌县"), "310亿元": ("Jiangxi", "南昌县"),
            "18个": ("Jiangxi", "信丰县"), "3000亿元": ("Jiangxi", "南昌高新区"),
            "25%": ("Jiangxi", "南昌高新区"),
        },
    ),
    (
        "合肥市、芜湖市、滁州市分别引进省外资金1200亿元、800亿元、600亿元，增长12.1%、8.3%和6.2%，"
        "三市合计2600亿元。厦门国贸在安徽投资15亿元。\n",
        {
            "1200亿元": ("Anhui", "合肥市"), "800亿元": ("Anhui", "芜湖市"),
            "600亿元": ("Anhui", "滁州市"),
            "12.1%": ("Anhui", "合肥市"), "8.3%": ("Anhui", "芜湖市"), "6.2%": ("Anhui", "滁州市"),
            "2600亿元": ("Anhui", ""), "15亿元": ("Anhui", ""),
        },
    ),
    (
        "本报赤峰讯 今年一季度，赤峰市新开工项目120个，完成投资66亿元。其中红山区23个，"
        "松山区19个，宁城县15个。全市用电量增长9.8%。\n"
        "3月28日，该市在深圳举办推介会，现场签约项目11个，协议金额48亿元。\n"
        "内蒙古全区规上工业增加值增长7.9%。\n",
        {
            "120个": ("Inner Mongolia", "赤峰市"), "66亿元": ("Inner Mongolia", "赤峰市"),
            "23个": ("Inner Mongolia", "红山区"), "19个": ("Inner Mongolia", "松山区"),
            "15个": ("Inner Mongolia", "宁城县"), "9.8%": ("Inner Mongolia", "赤峰市"),
            "11个": ("Inner Mongolia", "赤峰市"), "48亿元": ("Inner Mongolia", "赤峰市"),
            "7.9%": ("Inner Mongolia", ""),
        },
    ),
    (
        "广西2021年承接产业转移简报\n"
        "一、总体情况\n全区新签项目1500个，总投资1.2万亿元，来自广东、浙江的项目占58%。\n"
        "二、重点城市\n（一）南宁市\n到位资金900亿元，同比增长15%，比全区平均高3个百分点。\n"
        "（二）柳州\n到位资金610亿元。比亚迪公司在柳州建设电池基地，投资100亿元。\n"
        "三、存在问题\n全国开发区综合排名中，我区入围的只有5家。\n",
        {
            "1500个": ("Guangxi", ""), "1.2万亿元": ("Guangxi", ""), "58%": ("Guangxi", ""),
            "900亿元": ("Guangxi", "南宁市"), "15%": ("Guangxi", "南宁市"),
            "3个百分点": ("Guangxi", "南宁市"), "610亿元": ("Guangxi", "柳州市"),
            "100亿元": ("Guangxi", "柳州市"),
        },
    ),
    (
        "國家統計局資料顯示，前三季度國內生產總值增長4.8%。分省看，廣東省增長4.1%，江蘇省增長5.4%。"
        "其中蘇州市完成1.9萬億元。重慶市進出口5200億元。\n",
        {
            "4.8%": ("China", ""), "4.1%": ("Guangdong", ""), "5.4%": ("Jiangsu", ""),
            "1.9萬億元": ("Jiangsu", "苏州市"), "5200億元": ("Chongqing", ""),
        },
    ),
    (
        "遵义市播州区2020年工业运行情况\n"
        "全区规上工业企业146户，增加值增长6.6%，高于全市1.2个百分点、全省2.0个百分点。"
        "苟江经济开发区产值占全区的47%。全市共有规上工业企业820户。\n",
        {
            "146户": ("Guizhou", "遵义市播州区"), "6.6%": ("Guizhou", "遵义市播州区"),
            "1.2个百分点": ("Guizhou", "遵义市播州区"), "2.0个百分点": ("Guizhou", "遵义市播州区"),
            "820户": ("Guizhou", "遵义市"),
        },
    ),
    (
        "黔东南州、黔南州和凉山州2019年贫困发生率均降至3%以下。延边州进出口增长12%，"
        "前者与后者差距扩大。阿勒泰地区新增风电装机80万千瓦。\n",
        {
            "3%": ("", ""), "12%": ("Jilin", "延边朝鲜族自治州"),
            "80万千瓦": ("Xinjiang", "阿勒泰地区"),
        },
    ),
    (
        "长株潭城市群建设提速\n"
        "2018年，长沙、株洲、湘潭三市地区生产总值1.55万亿元，占全省42.5%。长沙（54户）、株洲（12户）、"
        "湘潭（9户）的上市公司数居全省前列。湘潭九华的台商投资项目落户湘潭县，总投资8亿元，"
        "可带动就业1200人。\n",
        {
            "1.55万亿元": ("Hunan", ""), "42.5%": ("Hunan", ""), "54户": ("Hunan", "长沙市"),
            "12户": ("Hunan", "株洲市"), "9户": ("Hunan", "湘潭市"), "8亿元": ("Hunan", "湘潭县"),
            "1200人": ("Hunan", "湘潭县"),
        },
    ),
    (
        "在兰州举行的对接会上，天水市与江苏企业签约项目9个，金额33亿元；中山大学、华东理工大学等"
        "高校带来成果52项。\n",
        {
            "9个": ("Gansu", "天水市"), "33亿元": ("Gansu", "天水市"),
            "52项": ("Gansu", "天水市"),
        },
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "places"), PASSAGES)
def test_the_place_of_each_figure(text: str, places: dict[str, tuple[str, str]]) -> None:
    found = {
        each.printed: (each.province, each.place_zh)
        for each in extract(text, VOCABULARY, year=2022).candidates
    }
    assert {printed: found.get(printed) for printed in places} == places


@pytest.mark.parametrize(
    ("name", "full"),
    [
        ("合肥", "合肥市"),
        ("延边州", "延边朝鲜族自治州"),
        ("阿勒泰", "阿勒泰地区"),
        ("玉屏县", "玉屏侗族自治县"),
        (fold("長豐縣"), "长丰县"),
        ("巢湖", "巢湖市"),
        ("兴安盟", "兴安盟"),
    ],
)
def test_short_traditional_and_former_names(name: str, full: str) -> None:
    assert names()[name].divisions[0].name == full
