from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transfer_cli.extract.numerals import parse_number, split_magnitude

DIGITS = "零一二三四五六七八九"


def spell(number: int) -> str:
    """An independent writer of Chinese numerals, to read back."""
    for name, unit in (("亿", 10**8), ("万", 10**4), ("千", 1000), ("百", 100), ("十", 10)):
        if number >= unit:
            head, tail = divmod(number, unit)
            gap = "零" if 0 < tail < unit // 10 else ""
            return spell(head) + name + gap + (spell(tail) if tail else "")
    return DIGITS[number]


@given(st.integers(min_value=0, max_value=10**16))
def test_what_is_spelled_is_read_back(number: int) -> None:
    assert parse_number(spell(number)) == number


@given(st.decimals(min_value=0, max_value=10**9, places=2))
def test_grouping_and_width_of_digits_change_nothing(number: Decimal) -> None:
    grouped = f"{number:,}"
    wide = grouped.translate({ord(char): ord(char) + 0xFEE0 for char in "0123456789,."})
    assert parse_number(grouped) == parse_number(wide) == number


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("两", "2"),
        ("〇", "0"),
        ("半", "0.5"),
        ("廿五", "25"),
        ("零点五", "0.5"),
        ("十二点零五", "12.05"),
        ("三万五", "35000"),
        ("三万零五", "30005"),
        ("一百零一万零三千", "1013000"),
        ("1.2万亿", "1200000000000"),
        ("3亿5千万", "350000000"),
        ("壹仟贰佰叁拾", "1230"),
        ("二〇二四", "2024"),
        ("四万万", "400000000"),
        ("两千余", "2000"),
        ("十几", "10"),
        ("千亿级", "100000000000"),
        ("四分之一", "0.25"),
        ("百分之三点五", "0.035"),
        ("一又二分之一", "1.5"),
        ("三成", "0.3"),
        ("三成五", "0.35"),
        ("负三点二", "-3.2"),
        ("1 200", "1200"),
    ],
)
def test_numerals(text: str, value: str) -> None:
    assert parse_number(text) == Decimal(value)


@pytest.mark.parametrize("text", ["", "亩", "一百千", "1.2.3", "点"])
def test_what_is_no_numeral_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        parse_number(text)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("一百二十万", (120, "万")),
        ("千亿", (1000, "亿")),
        ("万亿", (1, "万亿")),
        ("三千", (3000, "")),
    ],
)
def test_the_magnitude_goes_to_the_unit(text: str, parts: tuple[int, str]) -> None:
    value, magnitude = split_magnitude(text)
    assert (int(value), magnitude) == parts
