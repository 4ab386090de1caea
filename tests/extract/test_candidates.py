from decimal import Decimal
from typing import Any

import pytest

from transfer_cli.extract import candidates
from transfer_cli.extract.candidates import Candidate, Extraction
from transfer_cli.model.vocabulary import Vocabulary

REPORT = """河 南
装备制造迈上新台阶

2023年，洛阳市新签约装备制造项目56个，总投资约480亿元。今年上半年，
全省规上工业增加值增长7.5%，高于全国1.5个百分点。截至6月底，郑州高新区建成孵化器12家。

湖 南
目前，株洲市有企业300余家，预计可实现年产值90亿元。
"""


VOCABULARY = Vocabulary()


def extract(text: str, **options: Any) -> Extraction:
    return candidates.extract(text, VOCABULARY, **options)


def in_henan(sentence: str) -> list[Candidate]:
    return extract(f"河 南\n\n{sentence}\n", year=2024).candidates


def only(found: list[Candidate], printed: str) -> Candidate:
    (match,) = [each for each in found if each.printed == printed]
    return match


def test_rows_come_in_order_with_their_context() -> None:
    found = extract(REPORT, year=2024).candidates
    assert [each.id for each in found] == [
        "ha_projects_1",
        "ha_investment_1",
        "ha_value_added_growth_1",
        "ha_growth_lead_1",
        "ha_incubators_1",
        "hn_enterprises_1",
        "hn_annual_output_1",
    ]
    signed = only(found, "480亿元")
    assert (signed.province, signed.place_zh) == ("Henan", "洛阳市")
    assert (signed.status, signed.period, signed.bound) == ("signed", "2023", "about")
    assert (signed.indicator, signed.industry) == ("investment", "equipment")
    assert (signed.value, signed.unit, signed.line) == (Decimal(480), "亿元", 4)


def test_a_clause_that_another_province_leads_is_about_that() -> None:
    text = (
        "湖 南\n\n2024年，陕西省工业投资近900亿元，山西省不足600亿元。"
        "湖南省引进广东省企业12家，广东省某某公司投资7亿元。\n"
    )
    found = extract(text, year=2024).candidates
    provinces = {each.printed: each.province for each in found}
    assert provinces == {
        "900亿元": "Shaanxi", "600亿元": "Shanxi", "12家": "Hunan", "7亿元": "Hunan",
    }  # fmt: skip


def test_time_and_place_follow_the_text() -> None:
    found = extract(REPORT, year=2024).candidates
    assert only(found, "7.5%").period == "2024-S1"
    assert only(found, "12家").period == "2024-06-30"
    assert only(found, "12家").place_zh == "郑州高新区"
    assert only(found, "12家").status == "completed"
    assert only(found, "300余家").province == "Hunan"
    assert only(found, "300余家").period == ""
    assert only(found, "90亿元").status == "expected"


def test_the_nation_is_no_province() -> None:
    found = extract("甘肃省增长5%。全国规上工业增长6%。甘肃居全国第2位。", year=2024).candidates
    assert [each.province for each in found] == ["Gansu", "China", "Gansu"]


def test_shaanxi_and_shanxi_are_told_apart() -> None:
    found = extract("陕西投资5亿元。山西投资6亿元。", year=2024).candidates
    assert [each.province for each in found] == ["Shaanxi", "Shanxi"]


def test_the_year_is_found_in_the_text() -> None:
    assert extract("2022年以来，今年投资5亿元。").candidates[0].period == "2022"


def test_a_decrease_is_noted() -> None:
    assert extract("产量下降2.3%。").candidates[0].note == "decline"


def test_an_unknown_is_empty_and_lowers_confidence() -> None:
    known = only(extract(REPORT, year=2024).candidates, "480亿元")
    unknown = extract("共有六条。").candidates[0]
    assert (unknown.province, unknown.period, unknown.indicator) == ("", "", "")
    assert 0 < unknown.confidence < known.confidence <= 1


def test_progress_is_reported_to_the_end() -> None:
    calls: list[tuple[int, int]] = []
    found = extract(REPORT, year=2024, progress=lambda done, all_: calls.append((done, all_)))
    assert calls[-1] == (len(found.candidates), len(found.candidates))


def test_nothing_to_find() -> None:
    assert extract("春风又绿江南岸。").candidates == []
    assert extract("").candidates == []


@pytest.mark.parametrize(
    ("sentence", "status"),
    [
        ("2024年计划完成投资400亿元。", "planned"),
        ("力争全年完成投资400亿元。", "target"),
        ("预计全年完成投资400亿元。", "expected"),
        ("2024年完成投资400亿元。", "completed"),
        ("拟开工项目56个。", "planned"),
        ("计划签约项目56个。", "planned"),
        ("已开工项目56个。", "started"),
        ("尚有21个项目未开工。", ""),
        ("占比从2020年的23%提高到2023年的41%。", "actual"),
        ("项目投资将近500亿元。", "unspecified"),
        ("引进资金500亿元。", "actual"),
    ],
)
def test_what_is_planned_is_not_done(sentence: str, status: str) -> None:
    found = in_henan(sentence)
    assert {each.status for each in found} == {status}


@pytest.mark.parametrize(
    ("sentence", "period"),
    [
        ("今年一季度引进项目413个，比上年同期增长12.4%。", "2024-Q1"),
        ("2023年比2020年增长35%。", "2023"),
        ("与2019年相比增长35%。", ""),
        ("产值较2020年末增长35%。", ""),
        ("产值是去年的2.5倍。", ""),
        ("网上年销售额近百亿元。", ""),
        ("2023年与2022年分别引进项目3个。", ""),
        ("电子信息占比2023年达到41%。", "2023"),
    ],
)
def test_a_time_that_is_compared_with_is_no_period(sentence: str, period: str) -> None:
    found = in_henan(sentence)
    assert [each.period for each in found] == [period] * len(found)


@pytest.mark.parametrize(
    "text",
    [
        "2024年引进项目30个。今年一季度引进项目413个。力争到2027年产值达到3000亿元。",
        "2024年引进项目30个。今年一季度引进项目413个。项目2025年6月底前建成。",
    ],
)
def test_years_to_come_are_not_this_year(text: str) -> None:
    found = extract(f"湖 南\n\n{text}\n").candidates
    assert only(found, "413个").period == "2024-Q1"


def test_what_is_said_of_the_whole_province_is_of_no_city() -> None:
    text = "河 南\n\n信阳市引进企业300家，占全省的10%，全省共引进企业3000家。\n"
    found = extract(text, year=2024).candidates
    assert [each.place_zh for each in found] == ["信阳市", "信阳市", ""]


@pytest.mark.parametrize(
    ("sentence", "indicator"),
    [
        ("平均单个项目投资5.6亿元。", ""),
        ("人均产值80万元。", ""),
        ("亩均税收30万元。", ""),
        ("项目投资5.6亿元。", "investment"),
        ("投资10亿元以上项目很多。", "project_size"),
    ],
)
def test_averages_and_sizes_are_no_totals(sentence: str, indicator: str) -> None:
    [found] = in_henan(sentence)
    assert found.indicator == indicator
