from decimal import Decimal

import pytest

from transfer_cli.extract.coverage import mentions, occurrences, tokens
from transfer_cli.extract.mentions import Mention
from transfer_cli.extract.text import parse_text

REPORT = parse_text(
    "全市去年签约重点产业项目共计 4573 个\n"
    "，其中六条产线建成后将新增就业岗位约\n"
    "1.6\n"
    "万个，占全省总量的四分之一以上，比上\n"
    "年提高了１２．５％，投资额达到２０万\n"
    "元以上，总体情况比预期的还要更好一些。\n"
)


@pytest.mark.parametrize(
    ("line", "printed"),
    [
        (1, "4573个"),
        (2, "六条"),
        (3, "1.6万个"),
        (4, "四分之一"),
        (5, "１２．５％"),
        (5, "12.5%"),
        (5, "20万元"),
    ],
)
def test_a_printed_form_occurs_on_its_line(line: int, printed: str) -> None:
    assert list(occurrences(REPORT, line, printed))


@pytest.mark.parametrize(
    ("line", "printed"),
    [
        (1, "573个"),
        (1, "457"),
        (1, "4574个"),
        (2, "4573个"),
        (4, "1.6万个"),
        (3, "6万个"),
        (9, "六条"),
        (1, ""),
    ],
)
def test_an_altered_or_shifted_form_does_not(line: int, printed: str) -> None:
    assert list(occurrences(REPORT, line, printed)) == []


def mention_at(line: int, printed: str) -> Mention | None:
    """The mention where a printed form occurs on a line, if there is one."""
    return next(
        (
            mention
            for span in occurrences(REPORT, line, printed)
            for mention in mentions(REPORT)
            if mention.start <= span.start < mention.end
        ),
        None,
    )


def test_what_is_read_there() -> None:
    jobs = mention_at(3, "1.6万个")
    assert jobs is not None
    assert (jobs.value, jobs.unit, jobs.bound) == (Decimal("1.6"), "万个", "about")
    share = mention_at(4, "四分之一")
    assert share is not None
    assert (share.value, share.unit, share.bound) == (Decimal(25), "%", "at_least")
    assert mention_at(1, "六条") is None


def test_tokens_are_all_arabic_numerals_and_the_measuring_chinese_ones() -> None:
    assert [(token.line, token.printed) for token in tokens(REPORT)] == [
        (1, "4573"),
        (2, "六条"),
        (3, "1.6"),
        (4, "四分之一"),
        (5, "１２．５"),
        (5, "２０"),
    ]
