"""The kind that the name of an unknown indicator implies."""

import pytest

from transfer_cli.model.kinds import implied, is_amount, is_code

KINDS = {
    "growth": [
        "工业增速", "投资增长率", "出口增幅", "房价涨幅", "销售额同比", "销售额环比",
        "Output growth", "gdp_yoy", "GDP y/y", "Growth rate", "投资占比增幅",
        "价格指数（上年=100", "工业指数上年同期为100", "output, previous year = 100",
    ],
    "rank": ["全国位次", "工业排名", "产量名次", "Rank", "ranking", "national_rank"],
    "average": [
        "人均GDP", "户均收入", "地均产值", "亩均税收", "平均工资", "均价", "单价", "每亩产量",
        "收入中位数", "人口密度", "能耗强度", "价格指数", "GDP per capita", "income per head",
        "Per person income", "average wage", "avg wage", "mean income", "median income",
        "price index", "population density", "Energy intensity", "占比均价",
    ],
    "share": [
        "第三产业比重", "产值占比", "市场份额", "男女比例", "城镇化率", "Share of GDP",
        "percent urban", "percentage", "urban_pct", "unemployment rate",
        "Debt ratio", "proportion of exports",
    ],
    "cumulative": ["累计投资", "Cumulative investment"],
    "stock": [
        "常住人口", "专利存量", "贷款余额", "年末人数", "本期末数", "六月末数", "装机",
        "汽车保有量", "库存", "煤炭储量", "森林面积", "Population", "capital stock",
        "Account balance", "inventory", "floor area",
    ],
    "": [
        "工业总产值", "新增人口", "出生人口", "死亡人口", "净增贷款余额", "流入人口", "流出人口",
        "转移人口", "同比增加额", "环比增长额", "同比减少额", "平均用工人数", "平均从业人员",
        "平均在岗人数", "平均职工人数", "平均人数", "功率", "频率", "GDP",
        "Bareas", "shareholders", "shares",
        "corporate_tax", "Investment", "industrial output", "",
    ],
}  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_the_kind_of_a_name(kind):
    assert {name: implied(name) for name in KINDS[kind]} == dict.fromkeys(KINDS[kind], kind)


CODES = ["行政区划代码", "项目编码", "编号", "邮编", "所属区划", "序号", "联系电话", "建成年份",
         "Year", "year_of_completion", "adcode", "geocode", "postcode", "zip code", "zip", "GB",
         "project_id"]  # fmt: skip
AMOUNTS = ["企业数", "产量", "投资额", "产值", "常住人口", "Amount", "project_count",
           "Number of firms", "total value"]  # fmt: skip


def test_names_of_codes_and_of_amounts():
    names = [*CODES, *AMOUNTS, "GDP", "kid", "encoder", "values", "discount", "数据"]
    assert [name for name in names if is_code(name)] == CODES
    assert [name for name in names if is_amount(name)] == AMOUNTS
