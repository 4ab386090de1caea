"""What the look-up tables say, the built-in ones and those of the user."""

from decimal import Decimal

import pytest

from transfer_cli.errors import DataError
from transfer_cli.model.units import ONE, UnitRow
from transfer_cli.model.vocabulary import (
    Indicator,
    Industry,
    Province,
    Vocabulary,
    industries_in,
    look_ups,
    provinces,
    with_derived,
)

VOCABULARY = Vocabulary()
INDICATORS = (
    "indicator,category,label,label_zh,kind,adds_across,unit,per,counts,better,minimum,maximum"
)
UNITS = "unit,dimension,base_unit,factor,label,symbol"


def test_an_indicator_says_what_its_row_says():
    assert VOCABULARY.indicators["jobs"] == Indicator(
        code="jobs", category="jobs", label="Jobs (posts)", label_zh="就业岗位", kind="stock",
        adds_across=frozenset({"place", "industry", "scope", "status"}), unit="万个", per="",
        counts="post", better="high", minimum=Decimal(0), maximum=None, measure="",
    )  # fmt: skip
    assert VOCABULARY.indicators["gdp_share"] == Indicator(
        code="gdp_share", category="share", label="Share of GDP", label_zh="GDP占比", kind="share",
        adds_across=frozenset(), unit="%", per="", counts="", better="high", minimum=Decimal(0),
        maximum=Decimal(100), measure="gdp",
    )  # fmt: skip
    assert VOCABULARY.indicators["annual_output"].per == "年"


@pytest.mark.parametrize(
    ("code", "stages", "signed", "jobs", "additive"),
    [
        ("investment", True, False, False, True),
        ("projects", True, False, False, True),
        ("project_size", False, False, False, False),
        ("annual_capacity", True, False, False, True),
        ("annual_power_generation", False, False, False, True),
        ("product_mass", False, False, False, False),
        ("gdp", False, False, False, True),
        ("gdp_growth", False, True, False, False),
        ("gdp_share", False, False, False, False),
        ("national_rank", False, False, False, False),
        ("construction_time", False, False, False, False),
        ("jobs", False, False, True, True),
        ("new_employment", False, False, True, True),
        ("tax", False, False, False, True),
    ],
)
def test_what_an_indicator_is(code, stages, signed, jobs, additive):
    one = VOCABULARY.indicators[code]
    assert (one.has_stages, one.signed, one.counts_jobs, one.additive) == (
        stages, signed, jobs, additive)  # fmt: skip


def test_rows_of_the_other_tables():
    assert VOCABULARY.industries["food"] == Industry("food", "Food", "食品")
    assert VOCABULARY.units.rows["亿元"] == UnitRow(
        "亿元", "money", "元", Decimal(10**8), "100 million yuan", "CNY 100m"
    )
    assert list(provinces())[:2] == ["Beijing", "Tianjin"]
    assert provinces()["Inner Mongolia"] == Province(
        "Inner Mongolia", "CN-NM", "150000", "内蒙古", "内蒙古自治区", ("蒙", "内蒙"), "Western"
    )


@pytest.mark.parametrize(
    ("column", "value", "derived"),
    [
        ("category", "gdp", "output"),
        ("category", "nothing", ""),
        ("region", "Yunnan", "Western"),
        ("region", "北京", "Eastern"),
        ("region", "China", ""),
        ("region", "nowhere", ""),
        ("region", "", ""),
    ],
)
def test_derived_cells(column, value, derived):
    assert VOCABULARY.derived(column, value) == derived


def test_derived_columns_come_behind():
    assert with_derived(["indicator", "value"]) == ["indicator", "value", "category"]
    assert with_derived(["province"]) == ["province", "region"]
    assert with_derived(["province", "region"]) == ["province", "region"]
    assert with_derived(["place"]) == ["place"]


def test_several_industries_in_a_cell():
    assert industries_in("food") == ["food"]
    assert industries_in(" food ; steel;;") == ["food", "steel"]
    assert industries_in("") == []


def test_the_unit_of_a_cell():
    jobs = VOCABULARY.indicators["jobs"]
    output = VOCABULARY.indicators["annual_output"]
    assert VOCABULARY.unit("") == ONE == VOCABULARY.unit("", jobs)
    assert ONE.name == "" and ONE.factor == 1 and ONE.dimension == ()
    assert VOCABULARY.unit("万个").dimension == (("个", 1),)
    assert VOCABULARY.unit("万个", jobs).dimension == (("post", 1),)
    assert VOCABULARY.unit("亿元", output).dimension == (("元", 1), ("年", -1))


def test_columns_that_have_codes():
    first = {"province": "Gansu", "status": "actual", "scope": "nation", "category": "investment",
             "bound": "exact", "indicator": "investment", "industry": "aluminium"}  # fmt: skip
    vocabulary = Vocabulary()
    assert {column: vocabulary.codes(column)[0] for column in first} == first
    assert {column: codes[first[column]] for column, codes in vocabulary.positions.items()} == (
        dict.fromkeys(first, 0)
    )
    assert vocabulary.codes("province")[-1] == "China"
    assert not vocabulary.units.known("") and not vocabulary.units.known("亿元/")


def test_labels_that_mean_a_code():
    assert VOCABULARY.aliases("indicator")["tax"] == ("Tax paid", "入库税款")
    assert VOCABULARY.aliases("industry")["food"] == ("Food", "食品")
    assert VOCABULARY.aliases("status")["signed"] == ("签约",)


def test_look_ups_are_shared_unless_they_are_the_users(tmp_path):
    assert look_ups() is look_ups()
    assert not look_ups().own_words and not Vocabulary().own_words
    assert look_ups(own_words=True).own_words and look_ups(own_words=True).directories == ()
    own = look_ups([tmp_path])
    assert own.own_words and own.directories == (tmp_path,)


def write(tmp_path, name, header, *rows):
    (tmp_path / f"{name}.csv").write_text("\n".join([header, *rows, ""]), "utf-8")
    return Vocabulary([tmp_path])


def test_rows_of_the_user_extend_and_replace_the_built_in_ones(tmp_path):
    write(tmp_path, "units", UNITS, "t,time,秒,2,tick,tk", "吨,mass,克,1000000,tonnes,t")
    write(tmp_path, "industries", "industry,label,label_zh", "bamboo,Bamboo,竹业")
    row = "tea,output,Tea,茶叶产量,flow,place;period,吨,,crate,high,0,9.5"
    own = write(tmp_path, "indicators", INDICATORS, row)
    assert own.units.parse("t").dimension == (("秒", 1),)
    assert own.units.parse("tick").dimension == (("秒", 1),)
    assert own.units.parse("吨").factor == 10**6
    assert own.industries["bamboo"].label_zh == "竹业" and "food" in own.industries
    tea = own.indicators["tea"]
    assert (tea.maximum, tea.measure, tea.counts) == (Decimal("9.5"), "", "crate")
    assert own.units.known("吨/crate") and not VOCABULARY.units.known("吨/crate")
    assert list(own.codes("indicator"))[-1] == "tea"


@pytest.mark.parametrize("factor", ["", "0", "-1", "many"])
def test_a_factor_is_above_zero(tmp_path, factor):
    own = write(tmp_path, "units", UNITS, f"筐,basket,筐,{factor},baskets,baskets")
    with pytest.raises(DataError, match=r"units.csv:2: column 'factor'"):
        assert own.units


def test_a_factor_may_be_below_one(tmp_path):
    own = write(tmp_path, "units", UNITS, "分,money,元,0.01,fen,fen")
    assert own.units.parse("分").factor == Decimal("0.01")


def test_limits_are_numbers(tmp_path):
    own = write(tmp_path, "indicators", INDICATORS, "tea,output,Tea,茶,flow,,吨,,,high,low,")
    error = "indicators.csv:2: column 'minimum': 'low' is not a number"
    with pytest.raises(DataError, match=error):
        assert own.indicators
