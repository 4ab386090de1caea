"""What the headings of a user's table mean."""

import pytest

from transfer_cli.errors import Instead, UsageError
from transfer_cli.model import headings
from transfer_cli.model.schema import NO_SCHEMA, Field
from transfer_cli.model.vocabulary import Vocabulary

VOCABULARY = Vocabulary()
HEADINGS = {
    "province": ["Province", "省份", "省", "省市", "省区", "地区", "省 份"],
    "place": ["Place", "地方", "城市", "City", "地市", "市州"],
    "subject": ["Subject", "主体"],
    "scope": ["Scope", "口径", "范围"],
    "indicator": ["Indicator", "指标"],
    "industry": ["Industry", "行业"],
    "status": [
        "Status", "阶段", "状态", "项目阶段", "项目状态", "建设阶段", "建设状态", "进展阶段",
        "Stage", "Project stage", "project_status", "PROJECT-STATUS",
    ],
    "period": [
        "Period", "时期", "Year", "年份", "年度", "时间", "Time", "报告期", "月份", "Month", "季度",
        "Quarter",
    ],
    "value": ["Value", "数值", "金额"],
    "unit": ["Unit", "单位", "计量单位"],
    "bound": ["Bound", "界"],
    "project": ["Project", "项目", "项目名称", "项目名", "Project name", "工程名称"],
}  # fmt: skip
EVERY = [(heading, column) for column, some in HEADINGS.items() for heading in some]


def read(*header, mapping=None):
    return headings.read(header, VOCABULARY, mapping)


@pytest.mark.parametrize(("heading", "column"), EVERY)
def test_a_heading_means_its_column(heading, column):
    columns, schema = read(heading, "note")
    assert columns == [column, "note"]
    assert schema.headings == {heading: column}
    assert schema.field(column).written == heading
    for name in (heading, heading.upper(), *HEADINGS[column]):
        assert headings.column(name, columns, schema) == column


@pytest.mark.parametrize("heading", ["省会", "note", "市长", "unit price", "时刻", ""])
def test_other_headings_stay(heading):
    columns, schema = read(heading, "n")
    assert columns == [heading, "n"]
    assert schema.fields == ()
    assert headings.column(heading, columns, schema) == heading


def test_a_column_without_a_heading_that_counts_rows(cli, write):
    rows = cli("filter", write(",a\n0,x\n1,y\n", "t.csv")).csv
    assert rows == [{"row": "0", "a": "x"}, {"row": "1", "a": "y"}]


def test_a_unit_in_a_heading_becomes_a_column():
    columns, schema = read("省份", "产值（亿元）", "Tax (CNY 10k)", "能耗[吨]", "电【万千瓦】")
    assert columns == ["province", "产值", "Tax", "能耗", "电",
                       "产值_unit", "Tax_unit", "能耗_unit", "电_unit"]  # fmt: skip
    assert schema.constants == {"产值_unit": "亿元", "Tax_unit": "万元", "能耗_unit": "吨",
                                "电_unit": "万千瓦"}  # fmt: skip
    assert schema.headings == {"省份": "province", "产值（亿元）": "产值", "Tax (CNY 10k)": "Tax",
                               "能耗[吨]": "能耗", "电【万千瓦】": "电"}  # fmt: skip
    output, unit = schema.field("产值"), schema.field("产值_unit")
    assert (output.unit, output.title, output.title_zh) == ("产值_unit", *["产值（亿元）"] * 2)
    assert unit == Field("产值_unit", "string", constant="亿元")


def test_the_unit_of_the_value_is_the_column_unit():
    columns, schema = read("指标", "金额（亿元）")
    assert columns == ["indicator", "value", "unit"]
    assert schema.constants == {"unit": "亿元"}
    assert schema.name == "metrics" and schema.field("value").type == "number"
    assert read("指标", "产值（亿元）", mapping={"产值": "value"})[0] == columns


def test_a_table_keeps_its_own_column_of_units():
    columns, schema = read("金额（亿元）", "单位", "税收（亿元）", "税收_unit")
    assert columns == ["value", "unit", "税收", "税收_unit"]
    assert schema.constants == {}


def test_what_is_no_unit_stays_in_the_heading():
    assert read("产值（不变价）", "税收（亿元）")[0] == ["产值（不变价）", "税收", "税收_unit"]


def test_headings_that_differ_in_the_unit_only_keep_it():
    assert read("产值（亿元）", "产值（万元）")[0][:2] == ["产值（亿元）", "产值（万元）"]
    assert read("产值", "产值（亿元）")[0][:2] == ["产值", "产值（亿元）"]


@pytest.mark.parametrize(
    ("header", "columns"),
    [
        (["城市", "地方"], ["城市", "place"]),
        (["年份", "year"], ["年份", "period"]),
        (["省份", "province"], ["省份", "province"]),
        (["province", "地区", "城市"], ["province", "地区", "place"]),
        (["project", "investment", "省份", "年份"], ["project", "investment", "province", "year"]),
        (["project", "investment", "year", "年份"], ["project", "investment", "year", "年份"]),
        (["项目", "投资", "年份"], ["project", "投资", "period"]),
    ],
)
def test_one_heading_at_most_means_a_column(header, columns):
    assert read(*header)[0] == columns


def test_a_period_under_another_heading_may_be_any_text():
    schema = read("指标", "数值", "年份", "阶段")[1]
    assert schema.field("period") == Field("period", "any", "年份", "年份", heading="年份")
    assert schema.field("status").type == "string"


def test_headings_that_the_user_maps():
    assert read("何处", "x", mapping={"何处": "place"})[0] == ["place", "x"]
    assert read("省份", "x", mapping={"省份": "place"})[0] == ["place", "x"]
    assert read("产值（亿元）", mapping={"产值（亿元）": "value"})[0] == ["value", "unit"]
    assert read("value", "x", mapping={"value": "value"})[0] == ["value", "x"]
    assert read("额", "项", mapping={"额": "investment", "项": "project"})[1].name == "projects"


@pytest.mark.parametrize(
    ("mapping", "message", "hint"),
    [
        ({"产值": "valeu"}, "unknown column 'valeu'", "did you mean 'value'?"),
        ({"产直": "value"}, "unknown column '产直'", "did you mean '产值'?"),
        ({"税收": "value"}, "unknown column '税收'", "choose from 产值, value"),
        ({"产值": "value"}, "--map: the table has a column 'value'", Instead("--map")),
    ],
)
def test_what_cannot_be_mapped(mapping, message, hint):
    with pytest.raises(UsageError) as caught:
        read("产值", "value", mapping=mapping)
    assert (str(caught.value), caught.value.hint) == (message, hint)


def test_names_of_columns_that_a_user_types():
    columns, schema = read("省份", "年份", "产值（亿元）")
    names = {"省 份": "province", "YEAR": "period", "时期": "period", "产值（亿元）": "产值",
             "产值": "产值", "城市": "城市", "其他": "其他"}  # fmt: skip
    assert {name: headings.column(name, columns, schema) for name in names} == names
    assert headings.column("时期", ["year"], NO_SCHEMA) == "year"
    assert headings.column("时期", ["year", "period"], NO_SCHEMA) == "period"
    assert headings.column("省份", ["year", "value"], NO_SCHEMA) == "省份"


def test_columns_of_an_option():
    columns, schema = read("省份", "产值（亿元）", "-x", "a，b")
    assert headings.chosen(["省份,-产值", "-x,-省份"], columns, schema) == [
        "province", "-产值", "-x", "-province"]  # fmt: skip
    assert headings.chosen(["-a，b,省份"], columns, schema) == ["-a，b", "province"]
    assert headings.chosen(None, columns, schema) == []


def test_numbers_that_are_converted_lose_the_unit_in_their_heading():
    mapping = {"产值": "value", "所在（地）": "place"}
    columns, schema = read("所在（地）", "产值（亿元）", "税收（万元）", mapping=mapping)
    converted = headings.with_units(schema)
    assert columns == ["place", "value", "税收", "unit", "税收_unit"]
    assert converted.headings == {"所在（地）": "place", "产值": "value"}
    assert converted.constants == {}
    titles = {name: converted.field(name).title for name in columns[:3]}
    assert titles == {"place": "所在（地）", "value": "产值", "税收": "税收"}
    assert converted.field("税收").title_zh == "税收"


def test_a_heading_without_a_unit_stays_when_numbers_are_converted():
    schema = read("指标", "金额（不含税）", "单位", mapping={"金额（不含税）": "value"})[1]
    assert headings.with_units(schema) == schema


@pytest.mark.parametrize(
    ("texts", "mapping"),
    [
        (None, {}),
        (["产值=value"], {"产值": "value"}),
        ([" 产值 = value , 省=province", "a=b=id"],
         {"产值": "value", "省": "province", "a=b": "id"}),
    ],
)  # fmt: skip
def test_mapping_as_it_is_typed(texts, mapping):
    assert headings.parse_mapping(texts) == mapping


@pytest.mark.parametrize("text", ["产值", "产值=", "=value", "="])
def test_what_is_no_mapping(text):
    with pytest.raises(UsageError, match="is not HEADING=NAME"):
        headings.parse_mapping([text])
