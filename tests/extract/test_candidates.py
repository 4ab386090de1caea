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


def test_a_decrease_is_below_zero() -> None:
    assert extract("产量下降2.3%。").candidates[0].value == Decimal("-2.3")


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
    ("text", "periods"),
    [
        ("2023年，投资5亿元，产值6亿元。税收7亿元。", "2023 2023 2023"),
        ("2024年上半年，投资5亿元。\n新能源方面，投资3亿元。", "2024-S1 2024-S1"),
        ("2023年统计公报\n投资5亿元。四季度投资2亿元，比三季度多1亿元。", "2023 2023-Q4 2023-Q4"),
        ("2023年投资5亿元，上年为4亿元，增长25%。", "2023 2022 2023"),
        # The rate of each year is of the years since the base, or up to the aim.
        ("2020年产值13亿元，比2015年提高12%，年均增长5.5%。", "2020 2020 2015/2020"),
        (
            "2024年签约3个。\n到2027年，产值达到60亿元，三年年均增长20%，其中装备25亿元。",
            "2024 2027 2025/2027 2027",
        ),
        # A plan that is named gives no period; an aim holds over semicolons.
        (
            "2024年签约3个。\n根据园区“十四五”规划，到2025年，产值达到60亿元；入驻企业500家。",
            "2024 2025 2025",
        ),
        # 为 before a verb states no figure of another time.
        ("今年建设基地12个，上半年为企业招聘工人36人，其中技工14人。", "2024 2024-S1 2024-S1"),
        # 去年 is the time of the projects that were signed, not of what became of them.
        (
            "2024年一季度签约30个。去年签约的61个项目还有9个没有开工，占15%。",
            "2024-Q1 2023 2024-Q1 2024-Q1",
        ),
        # 目前 after a cohort is the time of the text.
        ("2024年上半年签约30个。去年签约的20个项目中，目前已有14个开工。", "2024-S1 2023 2024-S1"),
        ("上半年投资5亿元，去年同期为4亿元。", "2024-S1 2023-S1"),
        ("上半年进出口55亿元，为全年目标80亿元的68.75%。", "2024-S1 2024 2024-S1"),
        ("产值比2011年的29亿元增长168%，2020年产值60亿元。", "2011 - 2020"),
        ("2023年和2024年1—9月分别签约80个和71个。", "2023 2024-01/2024-09"),
        ("一、二季度投资5亿元。", "2024-S1"),
        ("一、二季度分别投资5亿元和6亿元。", "2024-Q1 2024-Q2"),
        ("2023年签约3个。目前有企业5家。", "2023 -"),
        ("2023年3月从零起步，目前已投资5亿元。", "2023-03/.."),
        ("2023年3月从零起步，目前员工5人。", "-"),
        ("由2011年的38亿元增至2015年的75亿元，四年间增长97%。", "2011 2015 2011/2015"),
        ("亏损企业由9户减少到5户。", "- -"),
        ("2023年，年末企业45家。投资5亿元。", "2023-12-31 2023"),
        # A stock at the end of a year is of that day, in its sentence; a change is of the year.
        ("截至2023年底，企业45家，其中内资30家。新签约项目3个。", "2023-12-31 2023-12-31 2023"),
        ("截至2023年12月31日，累计签约45个。", "2023-12-31"),
        ("2023年末，人口50万人，比上年末减少3万人。", "2023-12-31 2023"),
        ("2024年投资9亿元，完成年初确定的8亿元目标。", "2024 2024"),
        # The first value of a change is of another time than the second.
        ("上半年，产值由一季度下降2.7%转为增长1.9%。", "2024-Q1 2024-S1"),
        ("2020年投资8亿元；进口额由2015年的9亿元降至2亿元。", "2020 2015 2020"),
        ("2024年5月21日，丝博会闭幕，签约3个。上届签约的18个项目，开工率81%。", "2024-05-21 - -"),
        ("今年头两个月签约6个，去年同期5个。", "2024-01/2024-02 2023-01/2023-02"),
        ("2023年产值5亿元，到2027年产值要在2024年的基础上翻一番。", "2023 2027"),
        ("1—8月，产值50亿元，当月产值6亿元。", "2024-01/2024-08 2024-08"),
        ("5月12日举行推介会，签约3个。会上投资5亿元。", "2024-05-12 2024-05-12"),
        ("2023年3月开工，达产后年产值预计50亿元。", "-"),
        ("前三季度投资5亿元，全年预计投资8亿元。", "2024-01/2024-09 2024"),
        # A work report of 2024 gives the results of 2023, until it comes to the new year.
        (
            "2024年政府工作报告\n一年来，投资5亿元。\n产值增长6%。\n2024年，投资8亿元。\n产值9亿元。",
            "2023 2023 2024 2024",
        ),
        ("2024年工作总结\n一年来，投资5亿元。", "2024"),
        (
            "2023年，投资5亿元。\n上年签约的29个项目中，已有24个开工，其中投产9个。",
            "2023 2022 2023 2023",
        ),
        # The day of a dispatch is that of the event, but not of a period that is reported on.
        (
            "本报西安2024年5月21日电　丝博会昨日闭幕。会期内签约3个。\n外资项目2个。",
            "2024-05-21 2024-05-21",
        ),
        (
            "2024年7月25日讯 今年上半年签约3个，到位资金5亿元。\n开工2个。",
            "2024-S1 2024-S1 2024-S1",
        ),
        # The year of the founding is not that of what follows, also in its sentence.
        ("走访记\n某区设立于2012年，面积163平方公里。\n上半年，产值386亿元。", "- 2024-S1"),
        ("2024年情况\n某区2006年经省政府批准设立，建成区13平方公里。", "2024"),
        # The day of publication is not a period, also behind the name of who publishes.
        (
            "2024年上半年经济运行分析\n丰和市统计局　2024年7月25日\n全市经济总体平稳，生产、"
            "需求和就业都比上年同期有所改善，企业信心继续增强。产值增长6%。投资5亿元。",
            "2024-S1 2024-S1",
        ),
        # What follows a sentence about last year is of this year.
        ("去年，签约15个。\n1—4月，签约3个。", "2023 2024-01/2024-04"),
        # A title that ends in 比较 compares no year with another.
        ("四省比较\n2023年，签约15个。", "2023"),
        ("2022年总结\n菱镁企业由2020年的386户整合到241户，减少145户。", "2020 2022 2022"),
        # A list of one for each year of a span; what is planned by agreements of a year.
        ("2021—2023年，签约9个，各年依次为2个、3个和4个。", "2021/2023 2021 2022 2023"),
        ("2022—2023年分别签约3个和4个。", "2022 2023"),
        ("2021—2023年，三类项目分别签约2个、3个和4个。", "2021/2023 2021/2023 2021/2023"),
        ("2023年，签约16个，计划总投资8亿元。2024年签约3个。", "2023 2023 2024"),
        # The year behind the number of an item is a year.
        ("2024年情况\n说明：1.签约15个。2.开工8个。3.2022年签约12个。", "2024 2024 2022"),
        (
            "2024年，投资5亿元。力争产值由2023年的6亿元提高到8亿元，税收不低于1亿元。",
            "2024 2023 2024 2024",
        ),
        ("5月21日，招商座谈会召开。\n会议指出，今年一季度，签约3个。开工2个。", "2024-Q1 2024-Q1"),
    ],
)
def test_a_period_holds_until_another_is_stated(text: str, periods: str) -> None:
    found = extract(text + "\n", year=2024).candidates
    assert [each.period or "-" for each in found] == periods.split()


def test_a_period_from_above_is_a_proposal() -> None:
    text = "河 南\n2024年上半年，税收5亿元。税收1亿元。\n新能源方面，税收3亿元。\n"
    near, after, below = extract(text, year=2024).candidates
    assert near.confidence > after.confidence >= Decimal("0.9") > below.confidence
    assert "the period is stated in a title or in another paragraph" in [
        doubt.reason for doubt in below.doubts
    ]


@pytest.mark.parametrize(
    ("sentence", "statuses"),
    [
        ("签约项目3个，合同金额5亿元，到位资金2亿元。", "signed signed completed"),
        ("力争签约项目3个，合同金额5亿元，增长15%。", "target target target"),
        ("投资5亿元，完成全年目标的27.8%。", "unspecified actual"),
        ("启动项目3个，在建项目4个，投产项目5个。", "started started completed"),
        ("开工项目3个，计划总投资5亿元，已完成投资2亿元。", "started planned completed"),
        ("签约项目30个。其中电子信息项目9个，总投资5亿元。", "signed signed signed"),
        ("洽谈会签约项目3个。", "signed"),
        # What was planned for the past stays planned; what grows on an aim is aimed at.
        ("2023年完成投资15亿元，为年度计划投资14亿元的109%。", "completed planned actual"),
        ("全年到位资金要突破25亿元，增长12%左右，其中长春市10亿元。", "target target target"),
        ("力争到位资金55亿元，较上年增长15%。", "target target"),
        ("确保新签约20个；上半年到位资金突破60亿元。", "target target"),
        ("乌达产业园现有规上企业46户，总投资93亿元的项目正加紧建设。", "actual started"),
        ("到2027年，产值达到60亿元；入驻企业500家。", "target target"),
        ("合同引资额31亿元，累计投入资金4亿元。", "signed actual"),
        # What is not started is at the stage of its whole.
        ("签约的68个项目中，已开工51个，尚有17个未开工。", "signed started signed"),
        ("在谈项目3个。", "negotiating"),
        ("规上企业27户，开工19户。", "actual actual"),
        # An aim holds in its paragraph, up to a fact.
        ("力争到位资金110亿元，实际利用外资2600万美元。", "target target"),
        (
            "力争到位资金110亿元。新开工项目60个，税收增长8%。已签约12个。",
            "target target target signed",
        ),
        (
            "下一步，要加快落地，二季度新开工项目不少于200个，到位资金达到1500亿元。",
            "target target",
        ),
        ("新能源并网装机1000万千瓦。", "completed"),
        # What is behind a member of a list is its own stage.
        ("引进项目15个，其中6个已投产、9个在建。", "actual completed started"),
        ("总投资4亿元，8月投产。总投资7亿元，分两期建设。", "completed unspecified"),
        (
            "计划投资5亿元，占地60亩。现有企业总投资3亿元，占地40亩。",
            "planned planned unspecified actual",
        ),
        ("签约引进项目12个。", "signed"),
        ("2021—2025年，累计引进项目12个。", "actual"),
        ("固定资产投资5亿元。", "actual"),
        ("项目3个。", "unspecified"),
    ],
)
def test_the_verb_that_governs_the_number(sentence: str, statuses: str) -> None:
    assert [each.status for each in in_henan(sentence)] == statuses.split()


def test_a_heading_of_aims() -> None:
    text = "2024年招商引资工作要点\n新签约项目60个，同比增长5%。2023年签约项目48个。\n"
    found = extract(text).candidates
    assert [each.status for each in found] == ["target", "actual", "signed"]


@pytest.mark.parametrize(
    ("sentence", "indicators"),
    [
        ("签约金额5亿元，增长6%。", "investment investment_growth"),
        ("到位资金5亿元，同比增幅为6%。", "investment investment_growth"),
        ("实际使用外资5亿美元，下降6%。", "foreign_investment foreign_investment_growth"),
        ("GDP增长6%。", "gdp_growth"),
        ("GDP增长6%，一般公共预算收入增长5%，单位GDP能耗下降2%，失业率4.5%。", "gdp_growth - - -"),
        ("到位资金增长6%，其中制造业增长9%。", "investment_growth investment_growth"),
        ("固定资产投资增长6%，进出口总额5亿元，增长3%。",
         "fixed_investment_growth trade trade_growth"),
        ("建设用地500亩，规上企业30家。", "construction_land enterprises"),
        ("创新平台66家，占全省的四分之一。", "innovation_platforms platform_share"),
    ],
)  # fmt: skip
def test_indicators_with_their_growth(sentence: str, indicators: str) -> None:
    assert [each.indicator or "-" for each in in_henan(sentence)] == indicators.split()


def test_a_count_of_things_of_a_size_keeps_the_size() -> None:
    found = in_henan("签约亿元以上项目12个，其中10亿元以上的工业项目3个；有2个百亿级产业项目。")
    assert [each.subject_zh for each in found] == [
        "亿元以上项目", "10亿元以上的工业项目", "百亿级产业项目",
    ]  # fmt: skip
    assert [each.indicator for each in found] == ["projects"] * 3
    [found] = in_henan("总投资5亿元，项目3个。")[1:]
    assert found.subject_zh == ""


def test_a_figure_without_an_indicator_keeps_its_noun() -> None:
    found = in_henan("夏粮产量13926万吨，同比下降1.2%，减产162万吨；年末常住人口312万人。")
    assert {each.indicator for each in found} == {""}
    assert [each.subject_zh for each in found] == ["夏粮产量"] * 3 + ["常住人口"]


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
    ],
)
def test_averages_and_sizes_are_no_totals(sentence: str, indicator: str) -> None:
    [found] = in_henan(sentence)
    assert found.indicator == indicator


@pytest.mark.parametrize(
    ("sentence", "printed", "note"),
    [
        ("全省就业人数120万人，减少3万人。", "3万人", "change"),
        ("引进项目277个，比去年同期多出46个。", "46个", "change"),
        ("引进项目277个，其中工业项目46个。", "46个", ""),
        ("新增就业46万人。", "46万人", ""),
        ("税收由4亿元增加至5亿元。", "5亿元", ""),
    ],
)
def test_a_change_is_no_level_of_its_measure(sentence: str, printed: str, note: str) -> None:
    figure = only(in_henan(sentence), printed)
    assert figure.note == note
    assert bool(figure.indicator) != bool(note)


def test_a_plan_states_facts_of_the_years_before_it() -> None:
    text = (
        "湖南省“十四五”新材料产业发展规划\n"
        "2020年，全省总产值5800亿元，占比14%。先进储能材料产值750亿元。\n"
        "发展目标。到2025年，总产值突破1万亿元，累计引进项目2000个。\n"
    )
    found = {each.printed: (each.period, each.status) for each in extract(text).candidates}
    assert found == {
        "5800亿元": ("2020", "actual"),
        "14%": ("2020", "actual"),
        "750亿元": ("2020", "actual"),
        "1万亿元": ("2025", "target"),
        "2000个": ("2025", "target"),
    }


@pytest.mark.parametrize(
    ("sentence", "reason"),
    [
        ("其中工业项目30个。", "the stage is that of an earlier figure"),
        (
            "高新区围绕开工目标，税收达到12亿元。",
            "other words of the sentence suggest another status",
        ),
        ("项目投资将近500亿元。", "no stage is printed"),
    ],
)
def test_what_makes_a_row_doubtful(sentence: str, reason: str) -> None:
    text = f"2024年赣州市招商引资情况\n2024年，全市签约项目90个。{sentence}"
    row = extract(text).candidates[-1]
    assert reason in [doubt.reason for doubt in row.doubts]
    assert row.confidence < Decimal("0.9")


def test_a_sum_does_not_make_up_for_an_unknown_stage() -> None:
    text = "2024年赣州市招商引资情况\n2024年，全市有项目90个，其中工业60个、农业30个。"
    parts = [each for each in extract(text).candidates if each.part_of]
    assert len(parts) == 2
    assert all(each.confidence < Decimal("0.9") for each in parts)


def test_the_day_of_a_meeting_is_no_period_of_the_report() -> None:
    text = (
        "2024年于都县政府工作报告\n（2024年1月16日在县人民代表大会第四次会议上）\n"
        "一年来，我们主要做了以下工作。\n"
        "特色产业加快集聚。新增规上企业31家，为企业争取贷款94亿元。\n"
    )
    found = [(each.period, each.status) for each in extract(text).candidates]
    assert found == [("2023", "actual"), ("2023", "actual")]


@pytest.mark.parametrize(
    "line",
    ["发布时间：2024年7月22日", "发布时间：2024-07-22 来源：省统计局",
     "来源：某日报 时间：2024年7月22日 09:15", "——2024年7月22日在省十四届人大三次会议上"],
)  # fmt: skip
def test_the_day_of_publication_is_no_period(line: str) -> None:
    body = "工业增加值增长8.6%，其中在统计的重点行业多数实现增长。"
    text = f"2024年上半年贵州经济运行分析\n{line}\n\n{body}\n"
    assert [each.period for each in extract(text).candidates] == ["2024-S1"]


def test_years_of_the_title_and_the_same_part_of_a_year() -> None:
    text = (
        "鄂尔多斯市承接产业转移情况（2020—2023年）\n四年累计到位资金1974亿元。\n"
        "2023年落地的项目中，准格尔旗22个。2023年一季度签约9个，去年同期为12个，今年增至19个。\n"
    )
    found = {each.printed: each.period for each in extract(text).candidates}
    assert found == {
        "1974亿元": "2020/2023", "22个": "2023", "9个": "2023-Q1", "12个": "2022-Q1",
        "19个": "2023-Q1",
    }  # fmt: skip
