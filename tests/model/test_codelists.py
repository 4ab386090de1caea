"""The codes of the closed lists: their order, their labels, and the words that mean them."""

import pytest

from transfer_cli.messages import speaking
from transfer_cli.model import codelists, labels, names
from transfer_cli.model.vocabulary import Vocabulary

VOCABULARY = Vocabulary()
CODES = {
    "status": {
        "actual": "实际", "signed": "签约", "started": "开工", "completed": "完成",
        "negotiating": "在谈", "planned": "计划", "expected": "预期", "target": "目标",
        "unspecified": "未载阶段",
    },
    "scope": {
        "nation": "全国", "province": "全省", "prefecture": "州市", "city": "市", "zone": "园区",
        "programme": "专项", "company": "企业", "project": "项目",
    },
    "category": {
        "investment": "投资", "output": "产出", "jobs": "就业", "tax": "税收", "projects": "项目",
        "enterprises": "企业", "capacity": "产能", "growth": "增长", "share": "占比",
        "rank": "位次", "platforms": "平台", "income": "收入", "loan": "信贷", "duration": "时长",
        "policy": "政策", "other": "其他",
    },
    "bound": {
        "exact": "确数", "over": "超过", "at_least": "不低于", "under": "低于",
        "at_most": "不超过", "about": "约", "nearly": "近", "unknown": "界未知",
    },
    "kind": {
        "flow": "流量", "stock": "存量", "cumulative": "累计量", "average": "平均数",
        "share": "占比", "growth": "增速", "rank": "位次", "duration": "时长",
    },
    "type": {"text": "文本", "number": "数字"},
}  # fmt: skip
SYMBOLS = {"exact": "7", "over": ">7", "at_least": "≥7", "under": "<7", "at_most": "≤7",
           "about": "≈7", "nearly": "≲7", "unknown": "≈7", "": "7"}  # fmt: skip
NOUNS = {
    "agreement": "协议", "chain": "产业链", "enterprise": "企业", "incubator": "孵化器",
    "industry": "产业", "institute": "研究所", "line": "生产线", "link": "环节", "mineral": "矿种",
    "node": "节点", "organization": "机构", "platform": "平台", "policy": "政策", "post": "岗位",
    "problem": "问题", "project": "项目", "province": "省份", "task force": "专班",
    "university": "高校", "zone": "园区",
}  # fmt: skip
STAGES = {
    "signed": ["Signed", "已签", "已签合同", "签约", "签约项目"],
    "started": ["Started", "已开工", "开工", "开工建设", "在建", " 在建 "],
    "completed": ["Completed", "已建成", "建成", "竣工", "完工", "投产", "投产运营"],
    "negotiating": ["Negotiating", "Negotiation", "在谈", "洽谈", "洽谈中"],
    "planned": ["Planned", "计划", "拟", "拟建", "规划", "规划中"],
    "expected": ["Expected", "预计", "预期"],
    "target": ["Target", "Targeted", "目标"],
}


@pytest.mark.parametrize("column", CODES)
def test_codes_are_shown_by_their_labels(column):
    for code, chinese in CODES[column].items():
        assert labels.label(column, code, VOCABULARY) == code.replace("_", " ")
        with speaking("zh"):
            assert labels.label(column, code, VOCABULARY) == chinese


@pytest.mark.parametrize("column", ["status", "scope", "category", "bound"])
def test_codes_are_listed_and_sorted_in_this_order(column):
    assert list(VOCABULARY.codes(column)) == list(CODES[column])
    assert VOCABULARY.positions[column] == {code: at for at, code in enumerate(CODES[column])}


@pytest.mark.parametrize("column", ["status", "scope", "category"])
def test_a_label_means_its_code(column):
    for code, chinese in CODES[column].items():
        assert names.resolve(column, chinese, VOCABULARY) == code
        assert names.resolve(column, code, VOCABULARY) == code


def test_provinces_are_listed_as_the_report_has_them_and_the_others_behind():
    listed = list(VOCABULARY.codes("province"))
    assert listed[:6] == ["Gansu", "Guizhou", "Inner Mongolia", "Yunnan", "Guangxi", "Sichuan"]
    assert listed[6:8] == ["Beijing", "Tianjin"] and listed[-1] == "China"
    assert len(listed) == len({*listed}) == 35


def test_only_columns_with_a_list_have_codes():
    assert VOCABULARY.codes("indicator")[:2] == ("investment", "fixed_investment")
    assert "food" in VOCABULARY.codes("industry")
    assert VOCABULARY.codes("place") == ()


@pytest.mark.parametrize(("bound", "shown"), SYMBOLS.items())
def test_symbols_of_bounds(bound, shown):
    assert labels.with_symbol("7", bound) == shown
    assert labels.with_symbol("", bound) == ""
    assert not bound or f"{codelists.SYMBOLS[bound]}7" == shown


@pytest.mark.parametrize(("noun", "chinese"), NOUNS.items())
def test_what_counts_count_is_a_unit(noun, chinese):
    units = VOCABULARY.units
    assert units.known(f"亿元/{noun}") and units.known(f"亿元/{chinese}")
    assert units.parse(f"亿元/{chinese}")[1:] == units.parse(f"亿元/{noun}")[1:]
    assert units.label(f"亿元/{noun}") == f"CNY 100m/{noun}"
    with speaking("zh"):
        assert units.label(f"亿元/{noun}") == f"亿元/{chinese}"


@pytest.mark.parametrize(("code", "words"), STAGES.items())
def test_words_of_stages(code, words):
    assert {codelists.stage(word) for word in (code, *words)} == {code}


@pytest.mark.parametrize("word", ["", "Paused ", "暂停", "未开工", "不签约"])
def test_other_words_are_no_stage(word):
    assert codelists.stage(word) == word


def test_the_headline_categories():
    """``compare`` shows them first."""
    assert codelists.HEADLINES == ("investment", "output", "jobs", "tax")
