"""Units convert within a dimension, never across."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transfer_cli.errors import RefusedError, UsageError
from transfer_cli.messages import speaking
from transfer_cli.model.vocabulary import Vocabulary

UNITS = Vocabulary().units
NAMES = sorted(UNITS.rows)
PAIRS = [
    (a, b) for a in NAMES for b in NAMES if UNITS.parse(a).dimension == UNITS.parse(b).dimension
]


def amount(value, name, to):
    return UNITS.parse(name).convert(Fraction(value), UNITS.parse(to))


@given(pair=st.sampled_from(PAIRS), value=st.fractions())
def test_there_and_back_is_the_identity(pair, value):
    there, back = map(UNITS.parse, pair)
    assert back.convert(there.convert(value, back), there) == value


@pytest.mark.parametrize(
    ("value", "name", "to", "expected"),
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
def test_conversions(value, name, to, expected):
    assert amount(value, name, to) == Fraction(expected)


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


@pytest.mark.parametrize(
    ("printed", "indicator", "shown"),
    [("万元", "tax", "亿元"), ("万亿元", "tax", "亿元"), ("亿美元", "tax", "亿美元"),
     ("%", "tax", "%"), ("万元", "", "万元"), ("元", "platforms", "元"), ("个", "jobs", "万个")],
)  # fmt: skip
def test_the_unit_in_which_figures_of_an_indicator_are_shown(printed, indicator, shown):
    vocabulary = Vocabulary()
    known = vocabulary.indicators.get(indicator)
    unit = vocabulary.default_unit(vocabulary.unit(printed, known), known)
    assert unit.name == shown
    assert unit.dimension == vocabulary.unit(printed, known).dimension


def test_the_unit_that_a_user_requests():
    money = UNITS.parse("亿元")
    assert UNITS.target("万元", money).factor == 10_000
    with pytest.raises(RefusedError):
        UNITS.target("GW", money)
    with pytest.raises(UsageError) as raised:
        UNITS.target("亿园", money)
    assert raised.value.hint


@pytest.mark.parametrize("name", NAMES)
def test_every_unit_is_known_and_labelled_in_chinese(name):
    assert UNITS.known(name)
    with speaking("zh"):
        assert UNITS.label(name) == name


def test_other_spellings():
    spellings = {"%": "％ pct percent", "个百分点": "pp 百分点", "元": "yuan cny CNY rmb",
                 "美元": "usd dollars USD", "年": "yr year years", "月": "month months",
                 "小时": "hour hours h"}  # fmt: skip
    for name, others in spellings.items():
        for other in others.split():
            assert UNITS.parse(other)[1:] == UNITS.parse(name)[1:], other
            assert UNITS.parse(f"亿元/{other}").dimension == UNITS.parse(f"亿元/{name}").dimension
    assert UNITS.parse("percentage points")[1:] == UNITS.parse("个百分点")[1:]
    assert UNITS.parse("US dollars")[1:] == UNITS.parse("美元")[1:]


SHOWN = [
    name
    for head in (*NAMES, *(f"{m}{u}" for m in ("千", "百万", "千万", "10亿", "百亿", "千亿")
                           for u in ("元", "吨", "人", "千瓦时")))
    for name in (head, f"{head}/agreement", f"{head}/年", f"{head}/月", f"{head}/万人")
    if UNITS.label(name)
]  # fmt: skip
"""Units as a screen may show them; a bare measure word (个, 家) is shown as nothing."""


@pytest.mark.parametrize("name", SHOWN)
def test_what_is_shown_as_a_unit_is_read_as_the_same(name):
    symbol = UNITS.label(name)
    one, other = UNITS.parse(name), UNITS.parse(symbol)
    assert (one.dimension, one.factor) == (other.dimension, other.factor), symbol
    assert UNITS.known(symbol)
    assert UNITS.target(symbol, one).factor == one.factor


@pytest.mark.parametrize(
    ("name", "symbol"),
    [
        ("亿元", "CNY 100m"),
        ("万元", "CNY 10k"),
        ("10亿元", "CNY bn"),
        ("千亿元", "CNY 100bn"),
        ("亿美元", "USD 100m"),
        ("万人", "10k persons"),
        ("万吨", "10k t"),
        ("百万吨", "m t"),
        ("GW/年", "GW/yr"),
        ("亿元/agreement", "CNY 100m/agreement"),
        ("年", "years"),
        ("户", "户"),
    ],
)
def test_english_symbols(name, symbol):
    assert UNITS.label(name) == symbol


@pytest.mark.parametrize(
    ("name", "unit"),
    [
        ("bn yuan", "10亿元"),
        ("million yuan", "百万元"),
        ("100 million yuan", "亿元"),
        ("yuan", "元"),
        ("CNY bn", "10亿元"),
        ("cny 100m", "亿元"),
        ("亿元", "亿元"),
        ("10k t/yr", "万吨/年"),
    ],
)
def test_units_as_users_write_them(name, unit):
    assert UNITS.printed(name) == unit
    assert UNITS.known(name)
