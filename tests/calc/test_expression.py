"""Expressions: what they read, what they compute, how exact it is, what they refuse."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transfer_cli.errors import DataError, Instead, RefusedError, TransferError, UsageError

PLAIN = "name,value,unit\na,2,亿元\nb,5000,万元\nc,,亿元\n"
TAX = "yn_wenshan_aluminium_tax"


def cells(term):
    return term.quantity.cells()


def value(term):
    return cells(term)["value"]


@pytest.mark.parametrize(
    ("expression", "result"),
    [
        ("1234567890123456789 + 1", "1234567890123456790"),
        ("0.1 + 0.2", "0.3"),
        ("99999999999999999999999999999999999998 + 1", "99999999999999999999999999999999999999"),
        ("12345678901234567890 * 12345678901234567890",
         "152415787532388367501905199875019052100"),
        ("3 ** 50", "717897987691852588770249"),
        ("1.5 ** 3", "3.375"),
        ("1 / 8", "0.125"),
        ("1 / 3", "0.333333333333333"),
        ("2 / 3", "0.666666666666667"),
        ("-(1 - 3) - -4", "6"),
        ("2 ** -2", "0.25"),
        ("1_000 + .5", "1000.5"),
        ("8 ** (1 / 3)", "2"),
        ("sum(1, 2, 3)", "6"),
        ("mean(1, 2)", "1.5"),
    ],
)  # fmt: skip
def test_numbers(calc, expression, result):
    assert value(calc(expression)) == result


@given(
    st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=0, max_value=10**12),
    st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=0, max_value=10**12),
)
def test_sums_differences_and_products_are_exact(calc, one, other):
    for sign, right in (("+", Fraction(one) + Fraction(other)),
                        ("-", Fraction(one) - Fraction(other)),
                        ("*", Fraction(one) * Fraction(other))):  # fmt: skip
        term = calc(f"{one:f} {sign} {other:f}")
        assert term.quantity.interval.value == right
        assert Fraction(value(term)) == right


def test_a_root_neither_underflows_nor_is_said_to_be_exact(calc):
    term = calc("((10 ** -64) ** 6) ** (1 / 3)")
    assert Fraction(value(term)) == Fraction(1, 10**128)
    assert term.notes == ()
    term = calc("2 ** 0.5")
    assert value(term) == "1.4142135623731"
    assert term.notes == ("the root is rounded to 15 significant digits",)
    assert Fraction(value(calc("((10 ** 64) ** 6) ** (1 / 3)"))) == 10**128


def test_deep_signs_are_computed_or_refused(calc):
    """Python 3.13 parses what 3.11 says is nested too deeply."""
    try:
        assert value(calc("-" * 3000 + "1")) == "1"
    except UsageError as error:
        assert error.hint


@pytest.mark.parametrize(
    "expression",
    [
        "9" * 5000, "9" * 3900, "1e400000000", "1e999", "0x10", "1j", "True", "'text'", "a.b",
        "a[0]", "lambda: 1", "1 if 1 else 2", "1 // 2", "1 % 2", "sum()", "growth(1)",
        "per_year(1, 2)", "1 +", "`a", "", "sum(x=1)", "(" * 3000 + "1" + ")" * 900,
        "(" * 1500 + "1" + ")" * 1500, "1" + "*1" * 1900,
        "sum(" * 700 + "1" + ")" * 700, "[" * 1000, "1\x00", "unknown_id", "sun(1)",
    ],
)  # fmt: skip
def test_what_is_no_expression(calc, expression):
    with pytest.raises(UsageError) as caught:
        calc(expression)
    assert len(str(caught.value)) < 500
    assert caught.value.hint


def test_a_chain_may_be_long(calc):
    assert value(calc("1" + "+1" * 1900)) == "1901"


def test_a_number_too_large_is_refused(calc):
    with pytest.raises(RefusedError, match="too large"):
        calc("(((9**64)**64)**64)**64")


def test_the_place_of_a_mistake_is_shown(calc):
    with pytest.raises(UsageError, match=r"\(character 5\)\n  1 \+ 0x10\n      \^"):
        calc("1 + 0x10")


def test_rows_without_ids_go_by_file_and_line(calc):
    for expression in ("t.csv:2 + t.csv:3", "`t.csv:2` + `t.csv:3`", "sum(t.csv:2,t.csv:3)"):
        assert cells(calc(expression, table=PLAIN))["value"] == "2.5"
    assert [one.id for one in calc("t.csv:2 * 2", table=PLAIN).figures] == ["t.csv:2"]
    with pytest.raises(UsageError, match=r"unknown id 't\.csv:4'"):
        calc("`t.csv:4`", table=PLAIN)


def test_ids_that_are_no_identifiers_stand_in_backquotes(calc):
    table = "id,value\na-1,3\na 2,4\n数字,5\nＧＤＰ,6\n"
    assert value(calc("`a-1` + `a 2` + 数字 + ＧＤＰ", table=table)) == "18"


def test_a_table_without_a_value_is_an_error(calc):
    with pytest.raises(DataError, match="column 'value' is missing"):
        calc("a", table="id,amount\na,1\n")


def test_an_id_that_two_rows_have(calc):
    with pytest.raises(DataError, match="'a' occurs twice"):
        calc("a", table="id,value\na,1\na,2\n")


# The rules, as calc applies them.


def test_signed_money_of_two_provinces(calc):
    total = "gx_soe_investment + nm_signed_investment"
    with pytest.raises(RefusedError, match="--across period") as caught:
        calc(total)
    assert caught.value.hint == Instead("--across", "period")
    for expression in (total, "sum(gx_soe_investment, nm_signed_investment)"):
        term = calc(expression, "period")
        assert (value(term), cells(term)["bound"]) == ("5873", "over")
        assert "no period is printed for Guangxi: it may overlap the others" in term.notes


def test_a_list_leaves_a_part_out_and_a_chain_refuses_it(calc):
    term = calc("sum(nm_signed_investment, nm_started_investment)", "status")
    assert value(term) == "4573"
    assert [one.id for one in term.figures] == ["nm_signed_investment"]
    assert term.notes == ("left out, as part of another figure here: nm_started_investment",)
    with pytest.raises(RefusedError, match="counts it twice"):
        calc("nm_signed_investment + nm_started_investment", "status")
    with pytest.raises(RefusedError, match="counts it twice"):
        calc("sum(nm_signed_investment, nm_started_investment * 1)", "status")


def test_a_mean_leaves_a_part_out(calc):
    term = calc("mean(nm_signed_investment, nm_started_investment)", "status")
    assert value(term) == "4573"
    assert "the mean of one figure is the figure" in term.notes


@pytest.mark.parametrize("columns", ["status", "status,scope", "period"])
def test_what_calc_gives_up_is_what_it_says(calc, columns):
    """A hint that names columns is enough: with them the sum is made."""
    total = "sum(gs_jiuquan_base_investment, gx_soe_investment, nm_signed_investment)"
    with pytest.raises(RefusedError) as caught:
        calc(total, *columns.split(","))
    hint = caught.value.hint
    assert isinstance(hint, Instead) and hint.option == "--across"
    assert value(calc(total, *hint.value.split(","))) == "5888"


def test_a_sum_of_several_units_is_in_the_unit_of_the_indicator(calc):
    table = "id,indicator,value,unit\na,tax,5,元\nb,tax,1,万元\nc,tax,1,元\n"
    assert cells(calc("a + b", table=table))["unit"] == "亿元"
    assert cells(calc("a + c", table=table))["unit"] == "元"


def test_percentage_points(calc):
    term = calc("gx_industry_growth_2024 - gx_industry_growth_lead")
    assert (value(term), term.quantity.unit.name) == ("6.3", "%")
    term = calc("yn_new_three_contribution_2023 - yn_new_three_contribution_2024")
    assert (value(term), term.quantity.unit.name) == ("15.3", "个百分点")


def test_a_rank_and_its_rise(calc):
    term = calc("sc_innovation_rank + sc_innovation_rank_rise")
    assert (value(term), term.quantity.unit.name) == ("12", "位")
    for expression in ("sc_innovation_rank - sc_innovation_rank_rise",
                       "sum(sc_innovation_rank, sc_innovation_rank_rise)"):  # fmt: skip
        with pytest.raises(RefusedError):
            calc(expression)


def test_growth(calc):
    term = calc(f"cagr({TAX}_2020, {TAX}_2023)")
    assert value(term).startswith("210.9")
    assert "the root is rounded to 15 significant digits" in term.notes
    assert value(calc("growth(2, 3)")) == "50"
    with pytest.raises(RefusedError, match="cagr needs two figures"):
        calc("cagr(2, 3)")


@pytest.mark.parametrize("expression", ["a / b", "a * b", "a - b", "share(a, b)", "growth(a, b)"])
def test_a_plain_table_is_calculated_with(calc, expression):
    """Figures without indicator, place and period: computed, or refused with a reason."""
    table = "id,value\na,6\nb,3\n"
    try:
        assert value(calc(expression, table=table)) in ("2", "18", "3", "200", "-50")
    except TransferError as error:
        assert str(error) and "None" not in str(error)
