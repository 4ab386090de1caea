import pytest

from transfer_cli.errors import DataError
from transfer_cli.extract.documents import decode
from transfer_cli.extract.text import parse_text

WRAPPED = """某 省
产业新篇

去年以来全省新签约重点项目共一百二
十个，涉及装备制造和食品加工，总投
资达到12
0.5亿元，带动当地群众就业超过2万
人，成效十分明显。
"""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_encodings_are_found(encoding: str) -> None:
    assert decode("投资3亿元，萬".encode(encoding)) == "投资3亿元，萬"


def test_bytes_that_are_no_text_are_refused() -> None:
    with pytest.raises(DataError, match="neither UTF-8 nor GB18030"):
        decode(b"\x81\xff\xff")


def test_wrapped_lines_are_joined_and_headings_stay_apart() -> None:
    blocks = parse_text(WRAPPED).text.split("\n")
    assert blocks[:2] == ["某省", "产业新篇"]
    assert "一百二十个" in blocks[2]
    assert "120.5亿元" in blocks[2]
    assert "2万人" in blocks[2]


def test_offsets_lead_back_to_lines() -> None:
    report = parse_text(WRAPPED)
    for form, line in (("一百二十个", 4), ("120.5亿元", 6), ("2万人", 7), ("某省", 1)):
        start = report.text.index(form)
        assert report.line_at(start) == line
        assert report.printed(start, start + len(form)) == form


def test_flowing_paragraphs_are_not_joined() -> None:
    text = "甲市完成投资5亿元。\n乙市完成投资6亿元。\n丙市完成投资7亿元。\n"
    assert parse_text(text).text.split("\n")[:3] == text.split("\n")[:3]


def test_windows_line_ends_count_as_one() -> None:
    report = parse_text("第一行。\r\n投资5亿元。\r\n")
    assert report.line_at(report.text.index("5")) == 2


def test_every_line_is_found_again_by_its_number() -> None:
    report = parse_text(WRAPPED)
    start, end = report.line_span(7)
    assert report.text[start:end].startswith("0.5亿元，带动")
    assert report.line_span(0) == report.line_span(99) == (0, 0)


def test_empty_text() -> None:
    assert parse_text("").text.strip() == ""
