import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transfer_cli.extract.candidates import extract
from transfer_cli.extract.mentions import find_mentions
from transfer_cli.extract.periods import find_times
from transfer_cli.extract.text import parse_text
from transfer_cli.model.vocabulary import Vocabulary


@pytest.mark.parametrize(
    ("text", "reasons"),
    [
        ("2024年6月30日", {"date"}),
        ("5月20日至25日", {"date"}),
        ("上午9点", {"date"}),
        ("上世纪90年代", {"date"}),
        ("第3次会议", {"ordinal"}),
        ("第8.6代", {"model number"}),
        ("5G基站", {"model number"}),
        ("G8.6产线", {"model number"}),
        ("“10+5+4”体系", {"slogan"}),
        ("“1局+7专班”模式", {"slogan"}),
        ("“3815”战略", {"slogan"}),
        ("“4+”模式", {"slogan"}),
        ("“三大追赶”行动", {"slogan"}),
        ("国发〔2023〕5号", {"document number"}),
        ("GB/T 19001-2016", {"document number"}),
        ("0871-12345678", {"telephone"}),
        ("13812345678", {"telephone"}),
        ("《2024年工作方案》", {"title"}),
        ("1. 总体要求", {"list number"}),
        ("三年行动", {"programme"}),
        ("3级", {"grade"}),
        ("比例3:2", {"ratio"}),
        ("www.example.com/a1", {"link"}),
    ],
)
def test_what_is_no_quantity_is_listed_with_its_reason(text: str, reasons: set[str]) -> None:
    extraction = extract(text, Vocabulary(), year=2024)
    assert extraction.candidates == []
    assert {each.reason for each in extraction.omitted} == reasons


def test_a_model_number_does_not_hide_the_quantity_next_to_it() -> None:
    extraction = extract("建成5G基站2.3万个，A4纸100张", Vocabulary(), year=2024)
    assert [each.printed for each in extraction.candidates] == ["2.3万个", "100张"]


PIECES = st.sampled_from(
    [
        *"0123456789.,-—+%：、，。“”第近余上超年月日个亿万千百十一三半级成位至",
        "GW",
        "2024",
        "分之",
        "翻番",
        "零点",
        "/+ ",
        "\n",
    ]
)


@given(st.lists(PIECES, max_size=40).map("".join))
def test_every_arabic_numeral_is_in_one_quantity_or_omitted(text: str) -> None:
    report = parse_text(text)
    mentions, omitted = find_mentions(report, find_times(report.text, 2024))
    spans = {(each.start, each.end) for each in (*mentions, *omitted)}
    for numeral in re.finditer(r"\d+", report.text):
        holders = [span for span in spans if span[0] <= numeral.start() < span[1]]
        assert len(holders) == 1
