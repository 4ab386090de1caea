"""Names match in any language, code, width and spelling; 陕西 and 山西 are never confused."""

import pytest

from transfer_cli.errors import UsageError
from transfer_cli.model import names, regions
from transfer_cli.model.vocabulary import Vocabulary

VOCABULARY = Vocabulary()
COLUMNS = ("province", "iso_3166_2", "gb_2260", "name_zh", "name_zh_full")


def test_a_province_by_every_name_and_code(tables):
    assert len(tables["provinces"]) == 34
    for row in tables["provinces"]:
        forms = [row[name] for name in COLUMNS] + row["abbreviation"].split("/")
        forms += [row["iso_3166_2"].removeprefix("CN-"), row["gb_2260"][:2]]
        for form in forms:
            for typed in (form, form.lower(), form.upper(), f" {form} "):
                assert names.resolve("province", typed, VOCABULARY) == row["province"], typed


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("Shaanxi", ["陕西", "陕西省", "陕", "秦", "Shaanxi", "SN", "CN-SN", "610000", "61"]),
        ("Shanxi", ["山西", "山西省", "晋", "Shanxi", "SX", "CN-SX", "140000", "14"]),
        ("Inner Mongolia", ["inner-mongolia", "InnerMongolia", "NM", "内蒙", "内蒙古自治区",
                            "Inner  Mongolia", "内　蒙 古"]),
        ("Yunnan", ["Yunnan Province", "Yunnan Sheng", "cn-yn", "CN YN", "云　南", "　云南省",
                    "Ｙｕｎｎａｎ", "５３００００"]),
        ("Tianjin", ["天津", "天　津", "天 津 市"]),
        ("Shanghai", ["　上海", "上海\u00a0"]),
        ("China", ["China", "中国", "全国", "CN", "national"]),
    ],
)  # fmt: skip
def test_other_spellings_of_provinces(name, typed):
    assert {regions.find(form) for form in typed} == {name}


@pytest.mark.parametrize("typed", ["", " ", "省", "西", "Yunan", "5300", "530001", "Shan"])
def test_what_is_no_province(typed):
    assert regions.find(typed) is None
    with pytest.raises(UsageError) as caught:
        regions.resolve(typed)
    assert caught.value.hint


@pytest.mark.parametrize("column", names.CLOSED)
def test_codes_and_labels_of_closed_lists(column):
    for code, labels in VOCABULARY.aliases(column).items():
        for typed in (code, code.upper(), code.replace("_", " "), *labels):
            assert names.resolve(column, typed, VOCABULARY) == code, typed


@pytest.mark.parametrize("column", names.CLOSED)
def test_no_label_means_two_codes(column):
    labels = [{names.fold(name) for name in (code, *others)}
              for code, others in VOCABULARY.aliases(column).items()]  # fmt: skip
    assert sum(map(len, labels)) == len(set.union(*labels))


def test_other_columns_take_any_word():
    assert names.resolve("place", "Wenshan", VOCABULARY) == "Wenshan"


@pytest.mark.parametrize(
    ("given", "cells", "others"),
    [
        (
            "文山",
            ["文山", "文山州", "文山壮族苗族自治州", "文 山", "文　山州"],
            ["", "马关", "山文山"],
        ),
        ("天津市", ["天津", "天　津", "　天津市"], ["津"]),
        ("leshan", ["Leshan High-tech Zone", "LESHAN"], ["Le"]),
        ("Ürümqi", ["U\u0308ru\u0308mqi", "ürümqi"], ["Urumqi"]),
        ("", [], ["", "x"]),
        ("州", [], ["苏州"]),
    ],
)
def test_free_names(given, cells, others):
    assert [cell for cell in (*cells, *others) if names.matches(given, cell)] == cells


def test_regions_of_provinces_in_any_spelling():
    assert VOCABULARY.derived("region", "云　南") == VOCABULARY.derived("region", "Yunnan") != ""
    assert VOCABULARY.derived("region", "nowhere") == ""


@pytest.mark.parametrize("suffix", ["自治州", "自治县", "地区", "市", "州", "县", "区", "盟"])
def test_what_a_place_is_need_not_be_typed_right(suffix):
    assert names.matches(f"文山{suffix}", "文山高新区")
    assert not names.matches(f"文{suffix}", "文山高新区")


@pytest.mark.parametrize(
    "word",
    ["合计", "合 计", "总　计", "小计", "全省合计", "Total", "GRAND TOTAL", "Sub-total", "共计",
     "总和", "全部", "全部行业", "全行业", "所有行业", "全省", "全区", "全市", "全州", "全盟",
     "全县", "all", "Totals", "Overall", "All industries", "all provinces"],
)  # fmt: skip
def test_words_of_a_row_that_is_the_total_of_others(word):
    assert names.is_total(word)


@pytest.mark.parametrize(
    "word", ["", "计", "总部", "合计划", "Totalpark", "allied", "全国", "全椒县"]
)
def test_words_of_a_row_that_is_none(word):
    assert not names.is_total(word)


def test_total_words_are_those_that_a_look_finds():
    assert all(map(names.is_total, names.TOTALS))
    assert {"合计", "合 计", "Total", "TOTAL", "全省", "小　计"} <= names.TOTALS
