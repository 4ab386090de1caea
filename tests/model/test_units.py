"""Units convert within a dimension, never across."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transfer_cli.errors import Instead, RefusedError, UsageError
from transfer_cli.messages import speaking
from transfer_cli.model.units import ONE, PERSONS, POSTS, Unit, name_of, product, singular
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


MAGNITUDES = {
    "千": 3, "万": 4, "百万": 6, "千万": 7, "亿": 8, "10亿": 9, "百亿": 10, "千亿": 11, "万亿": 12,
}  # fmt: skip
ENGLISH = {
    "k": 3, "thousand": 3, "10k": 4, "10 thousand": 4, "m": 6, "mn": 6, "million": 6, "10m": 7,
    "10 million": 7, "100m": 8, "100 million": 8, "bn": 9, "b": 9, "billion": 9, "10bn": 10,
    "100bn": 11, "trn": 12, "tn": 12, "trillion": 12,
}  # fmt: skip
SYMBOLS = {
    "千": "k", "万": "10k", "百万": "m", "千万": "10m", "亿": "100m", "10亿": "bn", "百亿": "10bn",
    "千亿": "100bn", "万亿": "trn",
}  # fmt: skip


@pytest.mark.parametrize(("magnitude", "power"), MAGNITUDES.items())
def test_magnitudes_of_a_unit(magnitude, power):
    for unit in ("元", "吨", "家", "GW", "户"):
        one, many = UNITS.parse(unit), UNITS.parse(f"{magnitude}{unit}")
        assert (many.dimension, many.factor) == (one.dimension, one.factor * 10**power)
        assert UNITS.known(f"{magnitude}{unit}") == UNITS.known(unit) == (unit != "户")


@pytest.mark.parametrize(("magnitude", "power"), ENGLISH.items())
def test_magnitudes_in_english(magnitude, power):
    yuan = (("元", 1),)
    assert UNITS.parse(f"{magnitude} RMB")[1:3] == (yuan, 10**power)
    assert UNITS.parse(f"RMB {magnitude}")[1:3] == (yuan, 10**power)
    assert UNITS.parse(f"CNY {magnitude}")[1:3] == (yuan, 10**power)
    assert UNITS.parse(f"USD {magnitude}")[1:3] == ((("美元", 1),), 10**power)
    assert UNITS.parse(f"{magnitude} Tonnes")[1:3] == ((("吨", 1),), 10**power)
    assert UNITS.known(f"{magnitude} km²") and not UNITS.known(f"{magnitude} things")


@pytest.mark.parametrize(("magnitude", "symbol"), SYMBOLS.items())
def test_magnitudes_as_they_are_shown_in_english(magnitude, symbol):
    assert UNITS.label(f"{magnitude}元") in (f"CNY {symbol}", "CNY 10k", "CNY 100m")
    assert UNITS.label(f"{magnitude}美元") == f"USD {symbol}"
    assert UNITS.label(f"{magnitude}天") == f"{symbol} days"
    assert UNITS.label(f"{magnitude}家") == f"{magnitude}家"


@pytest.mark.parametrize("name", ["", "100m", "CNY 10k t", "10万元", "亿元/", "亿元/things", "亿"])
def test_what_is_no_unit(name):
    assert not UNITS.known(name)
    assert UNITS.printed(name) == name


@pytest.mark.parametrize(
    ("name", "dimension", "factor"),
    [
        ("元每吨", (("元", 1), ("吨", -1)), 1),
        ("万元/万人", (("人", -1), ("元", 1)), 1),
        ("元/万人", (("人", -1), ("元", 1)), Fraction(1, 10_000)),
        (" 万元 ", (("元", 1),), 10_000),
        ("CNY 10k / person", (("person", -1), ("元", 1)), 10_000),
        ("CNY 10k / persons", (("人", -1), ("元", 1)), 10_000),
        ("小时", (("小时", 1),), 1),
        ("亿千瓦时/千瓦", (("小时", 1),), 100_000_000),
        ("千瓦时/小时", (("千瓦", 1),), 1),
        ("元/千瓦/小时", (("元", 1), ("千瓦时", -1)), 1),
        ("千瓦", (("千瓦", 1),), 1),
        ("吨/吨", (), 1),
    ],
)
def test_what_units_measure(name, dimension, factor):
    unit = UNITS.parse(name)
    assert (unit.dimension, unit.factor, unit.counted) == (dimension, factor, False)


def test_what_a_count_counts():
    assert UNITS.parse("家", "", "enterprise") == Unit(
        "家", (("enterprise", 1),), Fraction(1), True
    )
    assert UNITS.parse("亿元", "", "project").dimension == (("元", 1),)
    assert UNITS.parse("GW/年", "年").dimension == UNITS.parse("GW/年").dimension
    assert not UNITS.parse("家", "年", "enterprise").counted
    assert UNITS.parse("个", "", "post").dimension == POSTS
    assert UNITS.parse("人").dimension == PERSONS


def test_what_does_not_convert_is_named():
    for one, other, message in (
        (UNITS.parse("个", "", "project"), UNITS.parse("亿元"), "a count of projects and 亿元"),
        (UNITS.parse("亿元"), ONE, "亿元 and a plain number"),
    ):
        with pytest.raises(RefusedError, match=message) as raised:
            one.convert(Fraction(1), other)
        assert raised.value.hint == Instead("--unit", one.name)


def test_units_of_one_dimension_from_the_smallest():
    assert [unit.name for unit in UNITS.siblings(UNITS.parse("亿元"))] == [
        "元", "万元", "亿元", "万亿元"]  # fmt: skip
    assert UNITS.siblings(ONE) == []


@pytest.mark.parametrize(
    ("name", "value", "best"),
    [
        ("元", 10**8, "亿元"),
        ("元", 10**8 - 1, "万元"),
        ("亿元", -(10**12), "万亿元"),
        ("亿元", 0, "元"),
        ("亿元/年", 10**5, "万元/年"),
        ("亿元/agreement", 10**9, "亿元/agreement"),
        ("小时", 10**5, "小时"),
        ("年", 3, "年"),
        ("万户", 10**5, "户"),
        ("家/年", 3, "个/年"),
        ("1/年", 3, "1/年"),
        ("吨/小时/年", 10**5, "万吨/小时/年"),
    ],
)
def test_the_unit_in_which_a_result_reads_best(name, value, best):
    unit = UNITS.best(UNITS.parse(name), Fraction(value))
    assert unit.name == best
    assert (unit.dimension, unit.counted) == (UNITS.parse(name).dimension, False)
    assert unit.factor == UNITS.parse(best).factor


def test_counts_are_shown_as_such():
    projects = UNITS.parse("万个", "", "project")
    assert UNITS.best(projects, Fraction(10**6)) == Unit("个", (("project", 1),), Fraction(1), True)
    per_year = UNITS.parse("个", "年", "project")
    assert UNITS.best(per_year, Fraction(10**6)).name == "project/年"
    assert UNITS.best(Unit("", (("元", 2),), Fraction(1)), Fraction(10**9)).name == "元^2"
    area = Unit("", (("人", 1), ("元", 1)), Fraction(1))
    assert UNITS.best(area, Fraction(10**9))[:3] == ("人·元", area.dimension, 1)


@pytest.mark.parametrize(
    ("name", "hint"),
    [("亿园", "did you mean 亿元?"), ("zzzz", "did you mean 元 or 万元 or 亿元 or 万亿元?")],
)
def test_a_unit_that_is_not_known(name, hint):
    with pytest.raises(UsageError, match=f"unknown unit '{name}'") as raised:
        UNITS.target(name, UNITS.parse("万元"))
    assert raised.value.hint == hint


def test_a_unit_that_is_not_known_where_nothing_is_like_it():
    with pytest.raises(UsageError) as raised:
        UNITS.require("zzzz")
    assert raised.value.hint == "transfer-cli values unit units"


@pytest.mark.parametrize(
    ("requested", "like", "name", "dimension", "factor", "counted"),
    [
        ("bn yuan", "亿元", "10亿元", (("元", 1),), 10**9, False),
        ("%", "", "%", (), Fraction(1, 100), False),
        ("%", "%", "%", (("%", 1),), 1, False),
        ("万元", "亿元/agreement", "万元/agreement", (("agreement", -1), ("元", 1)), 10**4, False),
        ("CNY 10k", "元/吨/年", "万元/吨/年", (("元", 1), ("吨", -1), ("年", -1)), 10**4, False),
        ("万元/年", "亿元/年", "万元/年", (("元", 1), ("年", -1)), 10**4, False),
    ],
)
def test_units_that_may_be_requested(requested, like, name, dimension, factor, counted):
    target = UNITS.target(requested, UNITS.parse(like) if like else ONE)
    assert target == (name, dimension, factor, counted)


def test_counts_may_be_requested_in_any_count():
    projects = UNITS.parse("个", "", "project")
    assert UNITS.target("万个", projects) == ("万个", (("project", 1),), 10**4, True)
    for requested, like in (("个", UNITS.parse("亿元")), ("亿元", projects), ("%", projects)):
        with pytest.raises(RefusedError):
            UNITS.target(requested, like)


@pytest.mark.parametrize(
    ("name", "english", "chinese"),
    [
        ("亿元/月", "CNY 100m/month", "亿元/月"),
        ("亿元/小时", "CNY 100m/hour", "亿元/小时"),
        ("小时/人", "hours/person", "小时/人"),
        ("月/project", "month/project", "月/项目"),
        ("年", "years", "年"),
        ("月", "months", "月"),
        ("小时", "hours", "小时"),
        ("个", "", "个"),
        ("亿元/家", "CNY 100m/家", "亿元/家"),
        ("元/万人", "CNY/10k persons", "元/万人"),
        ("元/平方公里", "CNY/km²", "元/平方公里"),
        ("万户", "万户", "万户"),
        ("吨/天", "t/day", "吨/天"),
    ],
)
def test_units_for_people(name, english, chinese):
    assert UNITS.label(name) == english
    with speaking("zh"):
        assert UNITS.label(name) == chinese


@pytest.mark.parametrize("time", ["年", "月", "小时", "year", "months", "h"])
def test_times_are_units(time):
    assert UNITS.known(time) and UNITS.known(f"亿元/{time}")


@pytest.mark.parametrize(
    ("symbol", "one"),
    [("persons", "person"), ("days", "day"), ("hours", "hour"), ("t", "t"), ("pcs", "pcs"),
     ("GWs", "GWs"), ("TEUs", "TEUs"), ("10k persons", "10k persons"), ("project", "project")],
)  # fmt: skip
def test_one_of_a_unit(symbol, one):
    assert singular(symbol) == one


@pytest.mark.parametrize(
    ("dimension", "name"),
    [
        ((), ""),
        ((("元", 1),), "元"),
        ((("元", 2),), "元^2"),
        ((("人", 1), ("天", 3)), "人·天^3"),
        ((("元", 1), ("年", -1)), "元/年"),
        ((("元", 1), ("年", -2), ("吨", -1)), "元/年^2/吨"),
        ((("年", -1),), "1/年"),
    ],
)
def test_names_of_dimensions(dimension, name):
    assert name_of(dimension) == name


@pytest.mark.parametrize(
    ("one", "other", "power", "name", "factor"),
    [
        ("亿元", "项", -1, "元/个", 10**8),
        ("亿元", "%", 1, "亿元", 10**6),
        ("亿元", "个百分点", 1, "亿元", 10**6),
        ("%", "亿元", 1, "亿元", 10**6),
        ("%", "%", 1, "", Fraction(1, 10_000)),
        ("", "万元", -1, "1/元", Fraction(1, 10_000)),
        ("万元", "万元", -1, "", 1),
        ("万元", "万元", 2, "元^3", 10**12),
        ("万元/年", "年", 1, "元", 10**4),
        ("千瓦", "小时", 1, "千瓦时", 1),
        ("亿千瓦时", "小时", -1, "千瓦", 10**8),
        ("千瓦时", "千瓦", -1, "小时", 1),
    ],
)
def test_products_and_quotients_of_units(one, other, power, name, factor):
    a, b = (UNITS.parse(each) if each else ONE for each in (one, other))
    result = product(a, b, power)
    assert (result.name, result.factor) == (name, factor)


def test_a_product_of_counts_is_one_of_counts():
    projects = UNITS.parse("个", "", "project")
    assert product(projects, ONE).counted and product(ONE, projects).counted
    assert not product(projects, UNITS.parse("年"), -1).counted
    square = Unit("", (("元", 2),), Fraction(1))
    assert product(square, UNITS.parse("万元"), -1)[:3] == ("元", (("元", 1),), Fraction(1, 10_000))
