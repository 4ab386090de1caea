"""Names match in any language, code, width and spelling; 陕西 and 山西 are never confused."""

import pytest

from transfer_cli.errors import Instead, UsageError
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


@pytest.mark.parametrize("word", ["合计", "总计", "小计", "共计", "全省", "全市"])
def test_a_large_table_is_searched_for_total_words_with_blanks(word):
    first, second = word
    assert {first + blank + second for blank in ("", " ", "  ", "　", "    ")} <= names.TOTALS


@pytest.mark.parametrize(
    "word",
    ["总和", "全部", "全区", "全州", "全县", "All", "Totals", "total", "Total", "TOTAL", "subtotal",
     "Subtotal", "SUBTOTAL", "sub-total", "Sub-total", "Sub-Total", "SUB-TOTAL", "grand total",
     "Grand total", "Grand Total", "GRAND TOTAL", "overall", "Overall", "OVERALL"],
)  # fmt: skip
def test_a_large_table_is_searched_for_other_total_words(word):
    assert word in names.TOTALS


@pytest.mark.parametrize(
    "word",
    ["其他", "其它", "其余", "其他地区", "其他行业", "其他城市", "其他省份", "其 他", "Other",
     "OTHERS", "rest", "The rest", "the others", "Remainder"],
)  # fmt: skip
def test_words_of_the_rest(word):
    assert names.is_rest(word)


@pytest.mark.parametrize("word", ["", "合计", "其他人员", "restaurants", "otherwise"])
def test_words_that_are_no_rest(word):
    assert not names.is_rest(word)


def test_punctuation_is_not_compared():
    assert {names.fold(name) for name in
            ("A-b c", "a_b.c", "Ａ·b’c", "“a”b'c", '"A"（b）(c)', "a\tb c")} == {"abc"}  # fmt: skip


@pytest.mark.parametrize(
    ("column", "given", "code"),
    [
        ("industry", "光伏", "photovoltaics"),
        ("indicator", "入库税款", "tax"),
        ("indicator", "TAX PAID", "tax"),
        ("industry", "食品;风电", "food;wind_power"),
        ("industry", "food;食品", "food"),
        ("place", "a;b", "a;b"),
    ],
)
def test_a_code_by_its_label_or_a_part_of_it(column, given, code):
    assert names.resolve(column, given, VOCABULARY) == code


@pytest.mark.parametrize(
    ("column", "given", "hint"),
    [
        ("category", "贷", "did you mean '信贷'?"),
        ("indicator", "增速", None),
        ("indicator", "Neighbour", "did you mean 'neighbours'?"),
        ("status", "begun", "list the names with: transfer-cli values status"),
        ("province", "Atlantis", "list the names with: transfer-cli values province"),
    ],
)
def test_what_names_no_code(column, given, hint):
    with pytest.raises(UsageError) as caught:
        names.resolve(column, given, VOCABULARY)
    assert str(caught.value) == f"unknown {column} {given!r}"
    assert hint in (None, caught.value.hint)


def test_words_of_a_table_that_no_list_has():
    own = ["已暂停", "上海片区", "Signed"]
    assert names.resolve("status", "已 暂停", VOCABULARY, own) == "已暂停"
    assert names.resolve("province", "上海片区", VOCABULARY, own) == "上海片区"
    assert names.resolve("province", "云南", VOCABULARY, own) == "Yunnan"
    assert names.resolve("status", "签约", VOCABULARY, own) == "signed"
    assert names.resolve("place", "签约", VOCABULARY, own) == "签约"
    with pytest.raises(UsageError) as caught:
        names.resolve("status", "已暂停了", VOCABULARY, own)
    assert caught.value.hint == "did you mean '已暂停'?"
    with pytest.raises(UsageError) as caught:
        names.resolve("status", "begun", VOCABULARY, own)
    assert caught.value.hint == "list the names with: transfer-cli values status"


@pytest.mark.parametrize(
    ("word", "option"),
    [("Yunnan", "--province"), ("云南", "--province"), ("tax", "--category"),
     ("food", "--industry"), ("gdp", "--indicator"), ("minerals", "--indicator"),
     ("signed", "--status"), ("zone", "--scope")],
)  # fmt: skip
def test_a_bare_word_may_be_meant_as_a_filter(word, option):
    error = names.as_filter(UsageError("no command", "own"), word, ["filter", "compare"])
    assert error.hint == Instead(option, word, drop=(word,))


@pytest.mark.parametrize("word", ["filtre", "nothing of this kind"])
def test_other_bare_words_keep_their_hint(word):
    assert names.as_filter(UsageError("no command", "own"), word, ["filter"]).hint == "own"
