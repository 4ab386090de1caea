"""Periods: what they span, what lies within what, and what overlaps."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transfer_cli.errors import UsageError
from transfer_cli.messages import speaking
from transfer_cli.model.periods import find, label, parse


@pytest.mark.parametrize(
    ("code", "start", "end", "months"),
    [
        ("2023", "2023-01-01", "2023-12-31", 12),
        ("2024-Q1", "2024-01-01", "2024-03-31", 3),
        ("2024-Q4", "2024-10-01", "2024-12-31", 3),
        ("2024-S1", "2024-01-01", "2024-06-30", 6),
        ("2024-S2", "2024-07-01", "2024-12-31", 6),
        ("2024-02", "2024-02-01", "2024-02-29", 1),
        ("2024-06-30", "2024-06-30", "2024-06-30", 0),
        ("2024-01/2024-04", "2024-01-01", "2024-04-30", 4),
        ("2021/2023", "2021-01-01", "2023-12-31", 36),
        ("2023-03/..", "2023-03-01", "9999-12-31", 0),
        ("2024-06-30/2024-06-30", "2024-06-30", "2024-06-30", 0),
        ("2024-06-01", "2024-06-01", "2024-06-01", 0),
        ("2024-06-01/2024-07-15", "2024-06-01", "2024-07-15", 0),
        ("2024-06-02/2024-07-31", "2024-06-02", "2024-07-31", 0),
        ("2024-06-01/2025-01-31", "2024-06-01", "2025-01-31", 8),
    ],
)
def test_what_a_period_spans(code, start, end, months):
    period = parse(code)
    assert (period.start, period.end) == (date.fromisoformat(start), date.fromisoformat(end))
    assert period.months == months
    assert period.code == code


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("2024Q1", "2024-Q1"),
        ("2024-q1", "2024-Q1"),
        ("2024H1", "2024-S1"),
        ("2024年", "2024"),
        ("2024年一季度", "2024-Q1"),
        ("2024年第三季度", "2024-Q3"),
        ("2024年上半年", "2024-S1"),
        ("2024年6月", "2024-06"),
        ("2024年6月30日", "2024-06-30"),
        (" 2024 ", "2024"),
        ("2024 Q1", "2024-Q1"),
        ("2024年度", "2024"),
        ("2024.0", "2024"),
        ("２０２４", "2024"),
        ("２０２４年１月", "2024-01"),
        ("2024 年 1 月", "2024-01"),
        ("2024-1", "2024-01"),
        ("2024/01", "2024-01"),
        ("2024/1", "2024-01"),
        ("202401", "2024-01"),
        ("202401.0", "2024-01"),
        ("2024/01/05", "2024-01-05"),
        ("2024/1/5", "2024-01-05"),
        ("2024-1-5", "2024-01-05"),
        ("20240105", "2024-01-05"),
        ("2024-01-05 00:00:00", "2024-01-05"),
        ("2024-01-05T00:00", "2024-01-05"),
        ("2024-1/2024-4", "2024-01/2024-04"),
        ("2024年1—4月", "2024-01/2024-04"),
        ("2021/2023", "2021/2023"),
        ("2023年3月/..", "2023-03/.."),
        ("2024.01.05", "2024-01-05"),
        ("2024.1.5", "2024-01-05"),
        ("2024-M01", "2024-01"),
        ("2024-M1", "2024-01"),
        ("2024年1月至3月", "2024-01/2024-03"),
    ],
)
def test_other_forms(typed, code):
    assert parse(typed).code == code
    assert find(typed) == parse(code)


@pytest.mark.parametrize(
    "typed",
    ["", "24", "2024-13", "2024-Q5", "2024-S3", "2024-02-30", "2023/2021", "2024/", "/2024", "soon",
     "0000", "202413", "2024/13", "530000", "2024.5", "2024-01-05 morning",
     "2024-Q1-05", "..", "2021/2022/2023"],
)  # fmt: skip
def test_what_is_no_period(typed):
    with pytest.raises(UsageError) as error:
        parse(typed)
    assert error.value.hint == (
        "write a period as 2024, 2024-Q1, 2024-S1, 2024-06, 2024-06-30 or 2021/2023"
    )


def test_overlap_and_within():
    year, half, quarter, later = map(parse, ("2024", "2024-S1", "2024-Q1", "2024-Q3"))
    assert half.within(year) and quarter.within(half) and not year.within(half)
    assert half.overlaps(quarter) and not half.overlaps(later)
    assert parse("2023-03/..").overlaps(year)
    assert not parse("2023").overlaps(year)
    last = parse("2024-06-30")
    assert last.overlaps(half) and half.overlaps(last) and last.overlaps(last)
    assert last.within(half) and not last.overlaps(later) and not later.overlaps(last)


@given(st.integers(1900, 2100), st.integers(1, 12), st.integers(1, 12))
def test_months_of_a_year_cover_it_without_overlap(year, one, other):
    a, b = parse(f"{year}-{one:02}"), parse(f"{year}-{other:02}")
    assert a.within(parse(str(year)))
    assert a.overlaps(b) is (one == other)
    assert parse(f"{year}-{min(one, other):02}/{year}-{max(one, other):02}").months == (
        abs(one - other) + 1
    )


@pytest.mark.parametrize(
    ("code", "english", "chinese"),
    [
        ("2023", "2023", "2023年"),
        ("2024-Q1", "2024 Q1", "2024年一季度"),
        ("2024-S1", "2024 H1", "2024年上半年"),
        ("2024-06", "Jun 2024", "2024年6月"),
        ("2024-06-30", "30 Jun 2024", "2024年6月30日"),
        ("2024-01/2024-04", "Jan–Apr 2024", "2024年1—4月"),
        ("2021/2023", "2021–2023", "2021—2023年"),
        ("2023-03/..", "since Mar 2023", "2023年3月以来"),
        ("2023-11/2024-02", "Nov 2023–Feb 2024", "2023年11月—2024年2月"),
        ("2024-Q1/2024-Q3", "2024 Q1–2024 Q3", "2024年一季度—三季度"),
        ("2023-Q4/2024-Q1", "2023 Q4–2024 Q1", "2023年四季度—2024年一季度"),
        ("2024-S1/2024-S2", "2024 H1–2024 H2", "2024年上半年—下半年"),
        ("2024-01/2024-Q3", "Jan 2024–2024 Q3", "2024年1月—三季度"),
        ("2024-Q1/2024-06", "2024 Q1–Jun 2024", "2024年一季度—6月"),
        ("2024-10/2024-12", "Oct–Dec 2024", "2024年10—12月"),
        ("2024-01-05/2024-01-20", "5 Jan–20 Jan 2024", "2024年1月5日—2024年1月20日"),
        ("2023/2024-06", "2023–Jun 2024", "2023—2024年6月"),
        ("2024-S2", "2024 H2", "2024年下半年"),
        ("2024-Q2", "2024 Q2", "2024年二季度"),
        ("2024-Q3", "2024 Q3", "2024年三季度"),
        ("2024-Q4", "2024 Q4", "2024年四季度"),
        ("2024/01", "Jan 2024", "2024年1月"),
        ("no period", "no period", "no period"),
        ("", "", ""),
    ],
)
def test_labels(code, english, chinese):
    assert label(code) == english
    with speaking("zh"):
        assert label(code) == chinese


def test_every_period_of_the_tables_is_one(tables):
    codes = {row["period"] for row in tables["metrics"]} - {""}
    codes |= {row["year"] for row in tables["projects"]} - {""}
    assert {code for code in codes if parse(code).code != code} == set()


@pytest.mark.parametrize(
    ("words", "code"),
    [("上半年", "S1"), ("下半年", "S2"), ("一季度", "Q1"), ("二季度", "Q2"), ("三季度", "Q3"),
     ("四季度", "Q4"), ("1季度", "Q1"), ("第二季度", "Q2")],
)  # fmt: skip
def test_parts_of_a_year_in_chinese(words, code):
    assert parse(f"2024年{words}").code == f"2024-{code}"
    assert parse(f" ２０２４年 {words} ").code == f"2024-{code}"


MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


@pytest.mark.parametrize(("number", "name"), [*enumerate(MONTHS, 1)])
def test_names_of_months(number, name):
    assert label(f"2024-{number:02}") == f"{name} 2024"
    with speaking("zh"):
        assert label(f"2024-{number:02}") == f"2024年{number}月"
