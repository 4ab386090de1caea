import pytest

from transfer_cli.extract.periods import current_year, find_times


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("2023年", "2023"),
        ("二〇二三年", "2023"),
        ("今年", "2024"),
        ("去年", "2023"),
        ("今年上半年", "2024-S1"),
        ("2023年下半年", "2023-S2"),
        ("一季度", "2024-Q1"),
        ("2023年第三季度", "2023-Q3"),
        ("前三季度", "2024-01/2024-09"),
        ("前5个月", "2024-01/2024-05"),
        ("1—4月", "2024-01/2024-04"),
        ("1至4月份", "2024-01/2024-04"),
        ("截至6月底", "2024-06-30"),
        ("2024年2月末", "2024-02-29"),
        ("6月份", "2024-06"),
        ("2024年6月18日", "2024-06-18"),
        ("2024-06-18", "2024-06-18"),
        ("去年底", "2023-12-31"),
        ("2021年至2023年", "2021/2023"),
        ("2021—2023年", "2021/2023"),
        ("过去三年", "2021/2023"),
        ("近5年来", "2019/2023"),
        ("“十四五”期间", "2021/2025"),
        ("2024年以来", "2024"),
        ("2023年3月以来", "2023-03/.."),
        ("目前", ""),
    ],
)
def test_time_expressions(text: str, code: str) -> None:
    assert [time.period for time in find_times(text, 2024)] == [code]


@pytest.mark.parametrize("text", ["2000个", "2050亿元", "2024.5吨", "13月", "近期望", "彻底"])
def test_what_is_no_time(text: str) -> None:
    assert [time.period for time in find_times(text, 2024) if time.period] == []


def test_months_after_a_year_belong_to_it() -> None:
    times = find_times("2022年开工，5月投产。6月", 2024)
    assert [time.period for time in times] == ["2022", "2022-05", "2024-06"]


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("2024年一季度，到2027年", 2024),
        ("由2019年增长到2023年", 2023),
        ("到2030年，预计2026年", None),
        ("没有年份", None),
    ],
)
def test_the_year_of_a_report(text: str, year: int | None) -> None:
    assert current_year(text) == year
