"""Cells, numbers and units as people read them, in English and in Chinese."""

import json
import re

import pytest

from transfer_cli.messages import speaking
from transfer_cli.model import codelists, labels
from transfer_cli.model.units import ONE
from transfer_cli.model.vocabulary import Vocabulary

VOCABULARY = Vocabulary()


@pytest.mark.parametrize(
    ("number", "english", "chinese"),
    [("1", "1st", "第1"), ("2", "2nd", "第2"), ("3", "3rd", "第3"), ("4", "4th", "第4"),
     ("10", "10th", "第10"), ("11", "11th", "第11"), ("12", "12th", "第12"),
     ("13", "13th", "第13"), ("21", "21st", "第21"), ("22", "22nd", "第22"),
     ("111", "111th", "第111"), ("2.5", "2.5", "2.5"), ("", "", "")],
)  # fmt: skip
def test_ranks(number, english, chinese):
    assert labels.ordinal(number) == english
    with speaking("zh"):
        assert labels.ordinal(number) == chinese


@pytest.mark.parametrize(
    ("value", "bound", "shown"),
    [("", "", "—"), ("", "over", "—"), ("1300", "over", ">1,300"), ("0.5", "", "0.5"),
     ("7", "exact", "7"),
     ("50", "unknown", "≈50 (no bound)"), ("50", "about", "≈50"), ("50", "at_least", "≥50"),
     ("50", "at_most", "≤50"), ("50", "nearly", "≲50"), ("50", "under", "<50")],
)  # fmt: skip
def test_numbers_with_their_bounds(value, bound, shown):
    assert labels.number(value, bound) == shown


@pytest.mark.parametrize(
    ("column", "value", "english", "chinese"),
    [("status", "started", "started", "开工"), ("bound", "at_least", "at least", "不低于"),
     ("category", "no_category", "no category", "无类别"), ("kind", "stock", "stock", "存量"),
     ("province", "Yunnan", "Yunnan", "云南"), ("place", "Wenshan", "Wenshan", "文山"),
     ("place", "Nowhere", "Nowhere", "Nowhere"), ("period", "2024-Q1", "2024 Q1", "2024年一季度"),
     ("unit", "亿元", "CNY 100m", "亿元"), ("sum_unit", "亿元", "CNY 100m", "亿元"),
     ("industry", "food;steel", "Food; steel", "食品、steel"),
     ("any", "total", "total", "合计"), ("any", "my_own", "my_own", "my_own")],
)  # fmt: skip
def test_cells(column, value, english, chinese):
    assert labels.label(column, value, VOCABULARY) == english
    with speaking("zh"):
        assert labels.label(column, value, VOCABULARY) == chinese


@pytest.mark.parametrize(
    ("unit", "value", "english", "chinese"),
    [("人", "1", "person", "人"), ("人", "2", "persons", "人"), ("位", "1", "place", "位"),
     ("位", "2", "places", "位")],
)  # fmt: skip
def test_units_behind_a_number(unit, value, english, chinese):
    assert labels.unit_label(unit, value, VOCABULARY) == english
    with speaking("zh"):
        assert labels.unit_label(unit, value, VOCABULARY) == chinese


def test_every_noun_that_is_counted_has_a_chinese_name():
    counted = {row.counts for row in VOCABULARY.indicators.values()} - {""}
    assert counted <= codelists.NOUNS.keys()
    with speaking("zh"):
        assert labels.label("unit", "亿元/line", VOCABULARY) == "亿元/生产线"


def test_chinese_labels_are_chinese():
    lists = (*codelists.LABELS.values(), codelists.BOUNDS, codelists.NOUNS, codelists.KINDS,
             codelists.TYPES)  # fmt: skip
    assert [word for words in lists for word in words.values()
            if not re.fullmatch("[\\u4e00-\\u9fff]+", word)] == []  # fmt: skip


def test_codes_are_those_that_the_description_of_the_tables_allows(root):
    package = json.loads((root / "data/datapackage.json").read_text("utf-8"))
    fields = {field["name"]: field for resource in package["resources"]
              for field in resource["schema"]["fields"]}  # fmt: skip
    for column in ("status", "scope", "category"):
        codes = list(codelists.LABELS[column])
        assert codes == fields[column]["constraints"]["enum"], column
    assert list(codelists.KINDS) == fields["kind"]["constraints"]["enum"]


@pytest.mark.parametrize(
    ("column", "value", "english", "chinese"),
    [
        ("scope", "total", "total", "合计"),
        ("indicator", "tax", "Tax paid", "入库税款"),
        ("indicator", "tax;gdp", "Tax paid; Gross domestic product", "入库税款；地区生产总值"),
        ("indicator", "tax;mine", "tax;mine", "tax;mine"),
        ("indicator", "tax / gdp", "tax / gdp", "入库税款/地区生产总值"),
        ("indicator", "food", "food", "food"),
        ("industry", "food", "Food", "食品"),
        ("industry", "food;wood", "Food; Wood and furniture", "食品、木材家居"),
        ("industry", "tax", "tax", "tax"),
        ("place", "Baoshan", "Baoshan", "保山"),
        ("place", "Yunnan", "Yunnan", "云南"),
        ("subject", "CFHI Jiuquan northwest high-end equipment base",
         "CFHI Jiuquan northwest high-end equipment base", "酒泉一重西北高端装备制造基地项目"),
        ("project", "Qingyang data centre cluster", "Qingyang data centre cluster",
         "庆阳数据中心集群"),
        ("company", "Yunnan", "Yunnan", "Yunnan"),
        ("investment_unit", "亿元/agreement", "CNY 100m/agreement", "亿元/协议"),
        ("units", "亿元", "亿元", "亿元"),
    ],
)  # fmt: skip
def test_cells_of_other_columns(column, value, english, chinese):
    assert labels.label(column, value, VOCABULARY) == english
    with speaking("zh"):
        assert labels.label(column, value, VOCABULARY) == chinese


def test_codes_and_columns_in_a_sentence():
    columns = {"province": "省份", "project": "项目", "region": "区域", "mine": "mine"}
    assert labels.code("status", "at_work") == "at_work"
    assert labels.code("scope", "programme") == "programme"
    assert [*map(labels.column, columns)] == [*columns]
    with speaking("zh"):
        assert labels.code("scope", "programme") == "专项"
        assert {name: labels.column(name) for name in columns} == columns


@pytest.mark.parametrize(
    ("number", "unit", "english", "chinese"),
    [
        ("15", "亿元", "15 CNY 100m", "15 亿元"),
        ("1", "人", "1 person", "1 人"),
        ("2", "人", "2 persons", "2 人"),
        ("1.4", "万人", "1.4 × 10k persons", "1.4 万人"),
        ("6.3", "%", "6.3%", "6.3%"),
        ("5", "个", "5", "5 个"),
        ("5", "1/年", "5 × 1/yr", "5 × 1/年"),
        ("3", "位", "3 places", "3 位"),
    ],
)
def test_amounts_in_a_sentence(number, unit, english, chinese):
    assert labels.amount(number, unit) == english
    with speaking("zh"):
        assert labels.amount(number, unit).replace(" ", "") == chinese.replace(" ", "")


def test_a_per_cent_sign_stands_behind_the_number():
    assert labels.with_unit("≈50 (no bound)", "%") == "≈50% (no bound)"
    assert labels.with_unit("≈50（界未知）", "%") == "≈50%（界未知）"


def test_what_is_measured_in_a_sentence():
    units = VOCABULARY.units
    assert labels.unit("亿元") == "CNY 100m"
    assert labels.measure(units.parse("亿元")) == "CNY 100m"
    assert labels.measure(ONE) == "a plain number"
    assert labels.measure(units.parse("个", "", "project")) == "a count of projects"


def test_an_unknown_bound_has_no_symbol():
    assert labels.with_symbol("7", "nothing") == "7"
    assert labels.MISSING == "—" and labels.TOTAL == "total"
