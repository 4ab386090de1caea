"""Functions of ``calc``, rates beside their whole, projections, and quotients that keep a bound."""

import shlex

import pytest

from transfer_cli import completion

TAX = "yn_wenshan_aluminium_tax"
GROWING = """
id,province,scope,indicator,status,period,value,unit,bound
g22,Yunnan,province,output_growth,actual,2022,10,%,exact
g23,Yunnan,province,output_growth,actual,2023,20,%,exact
g24,Yunnan,province,output_growth,actual,2024,5,%,exact
other,Sichuan,province,output_growth,actual,2024,5,%,exact
undated,Yunnan,province,output_growth,actual,,5,%,exact
""".lstrip()
FLOWS = """
id,province,scope,indicator,status,period,value,unit,bound
jan,Yunnan,province,tax,actual,2024-01,1,亿元,exact
q1,Yunnan,province,tax,actual,2024-Q1,3,亿元,over
s1,Yunnan,province,tax,actual,2024-S1,7,亿元,exact
four,Yunnan,province,tax,actual,2024-01/2024-04,4,亿元,exact
year,Yunnan,province,tax,actual,2023,10,亿元,exact
twelve,Yunnan,province,tax,actual,2022-10/2023-09,10,亿元,exact
half,Yunnan,province,tax,actual,2023-10/2024-03,6,亿元,exact
stock,Yunnan,province,enterprises,actual,2024-Q1,6,家,exact
open,Yunnan,province,tax,actual,2023-03/..,6,亿元,exact
undated,Yunnan,province,tax,actual,,6,亿元,exact
""".lstrip()
BOUNDS = """
id,province,scope,indicator,status,period,value,unit,bound
about,Yunnan,province,tax,actual,2023,100,亿元,about
over,Yunnan,province,tax,actual,2023,50,亿元,over
under,Yunnan,province,tax,actual,2023,50,亿元,under
exact,Yunnan,province,tax,actual,2023,60,亿元,exact
""".lstrip()


@pytest.fixture
def data(write):
    """Write the tables and return what names one: ``data("growing")``."""
    for name, text in (("growing", GROWING), ("flows", FLOWS), ("bounds", BOUNDS)):
        write(text, f"{name}.csv")
    return lambda name: ("--data", f"{name}.csv")


@pytest.fixture
def calculate(cli):
    """Return the row of a result, and the notes."""

    def run(*args):
        result = cli("calc", *args)
        assert result.code == 0, result.stderr
        [row] = result.csv
        return row, result.stderr

    return run


@pytest.mark.parametrize(
    ("expression", "value", "bound", "unit"),
    [
        ("1 - share(nm_started_projects, nm_signed_projects)", "13.125", "exact", "%"),
        ("100% - share(nm_started_projects, nm_signed_projects)", "13.125", "exact", "%"),
        ("100 - sc_chengdu_innovation_platform_share", "75", "exact", "%"),
        ("1 - sc_hightech_land_share", "99.57", "over", "%"),
        ("(1 + gx_industry_growth_2024) ** 3 - 1", "24.9243533", "exact", "%"),
        ("(100 + gx_industry_growth_2024) ** 2", "115.9929", "exact", "%"),
        ("(1 + 5%) ** 3 - 1", "15.7625", "exact", "%"),
        ("60% * 50%", "30", "exact", "%"),
        ("12.5 % / 2", "6.25", "exact", "%"),
        ("100％ - 5%", "95", "exact", "%"),
        ("sqrt(121%) - 1", "10", "exact", "%"),
        ("max(1, 3, 2)", "3", "exact", ""),
        ("min(1, 3, 2)", "1", "exact", ""),
        ("median(1, 9, 3, 2)", "2.5", "exact", ""),
        ("round(2 / 3, 2) + abs(1 - 3) + sqrt(16)", "6.67", "exact", ""),
        ("round(2.5) + round(3.5)", "6", "exact", ""),
        ("round(gx_soe_investment / gx_soe_agreements)", "72", "over", "亿元/agreement"),
        (f"index({TAX}_2023, {TAX}_2020)", "3006.27615062762", "exact", ""),
        (f"index({TAX}_2020, {TAX}_2023)", "3.32637439109255", "exact", ""),
        ("max(nm_started_projects / nm_signed_projects, nm_started_investment /"
         " nm_signed_investment)", "0.86875", "exact", ""),
    ],
)  # fmt: skip
def test_results(calculate, expression, value, bound, unit):
    row, _ = calculate(expression)
    assert (row["value"], row["bound"], row["unit"]) == (value, bound, unit)


def test_a_quotient_in_per_cent(calculate):
    row, _ = calculate("nm_started_projects / nm_signed_projects", "--unit", "%")
    assert (row["value"], row["unit"]) == ("86.875", "%")


@pytest.mark.parametrize("expression", ["1 % 2", "1%2", "5 %(2)", "%", "5%%"])
def test_a_remainder_is_no_rate(cli, expression):
    assert cli("calc", expression).code == 2


@pytest.mark.parametrize(
    "expression", ["5 - sc_chengdu_innovation_platform_share", "100 - nm_signed_projects"]
)
def test_only_the_whole_stands_beside_a_rate(cli, expression):
    result = cli("calc", expression)
    assert result.code == 1
    assert "different dimensions" in result.stderr


def test_growth_rates_compound_over_periods_that_follow(cli, calculate, data):
    row, notes = calculate("(1 + g22) * (1 + g23) * (1 + g24) - 1", *data("growing"))
    assert (row["value"], row["unit"]) == ("38.6", "%")
    assert "compounded over 3 periods" in notes
    for expression, why in (
        ("(1 + g22) * (1 + g24) - 1", "follow one another: 2022, 2024"),
        ("(1 + g22) * (1 + g22) - 1", "follow one another: 2022, 2022"),
        ("(1 + g23) * (1 + undated) - 1", "follow one another: 2023, not printed"),
        ("(1 + g23) * (1 + other) - 1", "different province"),
    ):
        result = cli("calc", expression, *data("growing"))
        assert result.code == 1
        assert why in result.stderr


@pytest.mark.parametrize(
    ("expression", "value", "bound"),
    [
        ("per_year(jan)", "12", "exact"),
        ("per_year(q1)", "12", "over"),
        ("per_year(s1)", "14", "exact"),
        ("per_year(four)", "12", "exact"),
        ("growth(year, per_year(q1))", "20", "over"),
        ("growth(twelve, per_year(half))", "20", "exact"),
        ("cagr(year, per_year(s1))", "40", "exact"),
        ("index(per_year(s1), year)", "140", "exact"),
    ],
)
def test_a_part_of_a_year_as_a_projection(calculate, data, expression, value, bound):
    row, notes = calculate(expression, *data("flows"))
    assert (row["value"], row["bound"]) == (value, bound)
    assert "a projection, not a reported figure" in notes


@pytest.mark.parametrize(
    ("expression", "why"),
    [
        ("per_year(stock)", "is a stock"),
        ("per_year(year)", "2023 is not part of a year"),
        ("per_year(open)", "is not part of a year"),
        ("per_year(undated)", "no printed period"),
        ("per_year(q1 / stock)", "one printed figure"),
        ("growth(year, q1)", "differ in length"),
        ("growth(per_year(q1), per_year(s1))", "2024 does not come before 2024"),
    ],
)
def test_what_is_no_projection(cli, data, expression, why):
    result = cli("calc", expression, *data("flows"))
    assert result.code == 1
    assert why in result.stderr


def test_the_hint_of_a_year_and_a_quarter_is_the_projection(cli, data):
    hint = cli("calc", "growth(year, q1)", *data("flows")).stderr.splitlines()[-1]
    assert hint == "Hint: transfer-cli calc 'growth(year, per_year(q1))' --data=flows.csv"


AWKWARD = """
id,province,place,scope,indicator,status,period,value,unit,bound,part_of
a-1,Yunnan,,province,tax,actual,2022,3,亿元,exact,
a 2,Yunnan,,province,tax,actual,2023-Q1,4,亿元,exact,
it's,Gansu,,province,tax,actual,2022,4,亿元,exact,
a%,Gansu,X,zone,tax,actual,2022,1,亿元,exact,it's
""".lstrip()


@pytest.mark.parametrize(
    ("expression", "hint"),
    [
        ("growth(`a-1`, `a 2`)", "growth(`a-1`, per_year(`a 2`))"),
        ("share(`a-1`, `it's`)", "`a-1` / `it's`"),
        ("share(`it's`, `a%`)", "share(`a%`, `it's`)"),
        ("`it's` + `it's`", "`it's`"),
        ("`it's` + `a%`", "share(`a%`, `it's`)"),
    ],
)
def test_a_hint_puts_ids_in_backquotes_where_they_need_them(cli, write, expression, hint):
    write(AWKWARD, "awkward.csv")
    refused = cli("calc", expression, "--data", "awkward.csv")
    assert refused.code == 1
    _, *typed = shlex.split(refused.stderr.splitlines()[-1].removeprefix("Hint: "))
    assert typed == ["calc", hint, "--data=awkward.csv"]
    assert cli(*typed).code == 0


def test_a_figure_times_the_periods_of_a_year_names_per_year(calculate, data):
    for expression in ("gs_jiuquan_base_capacity * 12", "12 * gs_jiuquan_base_capacity"):
        assert "per_year(gs_jiuquan_base_capacity)" in calculate(expression)[1]
    assert "per_year(q1)" in calculate("q1 * 4", *data("flows"))[1]
    assert "per_year" not in calculate("q1 * 5", *data("flows"))[1]
    assert "per_year" not in calculate("year * 1", *data("flows"))[1]


@pytest.mark.parametrize(
    ("expression", "value", "bound"),
    [
        ("about / over", "2.2", "under"),
        ("over / about", "0.454545454545455", "over"),
        ("about / under", "1.8", "over"),
        ("under / about", "0.555555555555556", "under"),
        ("over / over", "1", "unknown"),
        ("about / exact", "1.66666666666667", "about"),
    ],
)
def test_a_quotient_keeps_its_bound(calculate, data, expression, value, bound):
    row, notes = calculate(expression, *data("bounds"))
    assert (row["value"], row["bound"]) == (value, bound)
    assert ("±10 %" in notes) == (bound in ("over", "under"))


def test_energy_over_power_is_hours(cli, calculate):
    row, _ = calculate("nm_green_power / nm_renewable_capacity")
    assert (row["value"], row["bound"], row["unit"]) == ("2530", "under", "小时/年")
    screen = cli("calc", "nm_green_power / nm_renewable_capacity", tty=True)
    assert screen.stdout == "<2,530 hours/yr\n"
    days = cli("calc", "nm_green_power / nm_renewable_capacity", "--unit", "hours/yr")
    assert days.code == 0


@pytest.mark.parametrize(
    ("expression", "across"),
    [
        ("max(nm_signed_investment, nm_started_investment)", "status"),
        (f"median({TAX}_2020, {TAX}_2023)", "period"),
    ],
)
def test_order_statistics_compare_what_aggregate_has_in_one_row(cli, expression, across):
    refused = cli("calc", expression)
    assert refused.code == 1
    assert f"--across {across}" in refused.stderr
    assert cli("calc", expression, "--across", across).code == 0


def test_a_part_can_be_the_largest(calculate, data):
    row, _ = calculate("min(nm_signed_projects, nm_started_projects)", "--across", "status")
    assert row["value"] == "139"


def test_ids_are_completed_after_an_operator():
    assert "a + gx_soe_investment" in completion.expression("a + gx_soe")
    assert "sum(gx_soe_investment" in completion.expression("sum(gx_soe")
    assert "a/gx_soe_investment" in completion.expression("a/gx_soe")
    assert completion.expression("a + unknown_") == []
    assert "gx_soe_investment" in completion.expression("")
