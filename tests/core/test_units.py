"""Units convert within a dimension, never across."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transfer_cli.errors import RefusedError, UsageError
from transfer_cli.model import units
from transfer_cli.model.vocabulary import Vocabulary

UNITS = Vocabulary().units
NAMES = sorted(UNITS.rows)
ALIKE = [
    (a, b) for a in NAMES for b in NAMES if UNITS.parse(a).dimension == UNITS.parse(b).dimension
]


def amount(value, name, to):
    return UNITS.parse(name).convert(Fraction(value), UNITS.parse(to))


@given(pair=st.sampled_from(ALIKE), value=st.fractions())
def test_there_and_back_is_the_identity(pair, value):
    there, back = map(units.parse, pair)
    assert back.convert(there.convert(value, back), there) == value


@pytest.mark.parametrize(
    ("value", "name", "to", "told"),
    [
        (1, "亿元", "万元", 10_000),
        ("14.37", "亿元", "万元", 143_700),
        (4780, "万元", "亿元", "0.478"),
        ("1.2", "万亿元", "亿元", 12_000),
        (1, "GW", "万千瓦", 100),
        (1, "亿千瓦", "GW", 100),
        (2300, "亿千瓦时", "千瓦时", 230_000_000_000),
        (120, "万吨/年", "吨/年", 1_200_000),
        ("1.6", "万个", "个", 16_000),
        (3, "千万元", "亿元", "0.3"),
        (5, "百万元", "万元", 500),
    ],
)
def test_conversions(value, name, to, told):
    assert amount(value, name, to) == Fraction(told)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("亿元", "亿美元"),
        ("%", "个百分点"),
        ("个", "万人"),
        ("GW", "亿千瓦时"),
        ("万吨", "万吨/年"),
        ("吨/月", "吨/年"),
        ("位", "个"),
        ("天", "年"),
        ("亿元", "万个"),
    ],
)
def test_unlike_things_do_not_convert(one, other):
    with pytest.raises(RefusedError, match="do not convert"):
        amount(1, one, other)


def test_an_indicator_completes_its_unit():
    """GW of cells a year is a rate; 个 of projects and 家 of enterprises are unlike."""
    assert UNITS.parse("GW", "年").dimension != UNITS.parse("GW").dimension
    assert UNITS.parse("GW", "年").dimension == UNITS.parse("GW/年").dimension
    assert (
        UNITS.parse("个", "", "project").dimension != UNITS.parse("家", "", "enterprise").dimension
    )
    assert (
        UNITS.parse("项", "", "agreement").dimension != UNITS.parse("个", "", "project").dimension
    )


def test_what_a_user_asks_for():
    money = UNITS.parse("亿元")
    assert UNITS.target("万元", money).factor == 10_000
    with pytest.raises(RefusedError):
        UNITS.target("GW", money)
    with pytest.raises(UsageError) as told:
        UNITS.target("亿园", money)
    assert told.value.hint


@pytest.mark.parametrize("name", NAMES)
def test_every_unit_is_known_and_labelled_in_chinese(name):
    assert UNITS.known(name)
    assert UNITS.label(name, "zh") == name


def test_other_spellings():
    for other, name in (("％", "%"), ("pp", "个百分点"), ("百分点", "个百分点"), ("yuan", "元")):
        assert UNITS.parse(other).dimension == UNITS.parse(name).dimension
