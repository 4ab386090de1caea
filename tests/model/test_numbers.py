"""What a number in a cell is: the same in Python and in SQL."""

import itertools
from decimal import Decimal
from fractions import Fraction

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from transfer_cli.model import numbers

NUMBERS = {
    "1": "1",
    "-3.30": "-3.3",
    "+9.5": "9.5",
    ".5": "0.5",
    "1.": "1",
    " 9": "9",
    "9\u3000": "9",
    "\ufeff9": "9",
    "\u22123": "-3",
    "－３．５": "-3.5",
    "１２": "12",
    "＋１": "1",
    "1,234": "1234",
    "-1,234,567.50": "-1234567.5",
    "１,234": "1234",
    "1e5": "100000",
    "2.5E-3": "0.0025",
    "1e005": "100000",
    "007": "7",
    "-0": "0",
    "110101199003070017": "110101199003070017",
    "9" * 300: "9" * 300,
    "+" + "9" * 299: "9" * 299,
    "1" * 98 + "e1": "1" * 98 + "0",
}
TEXT = [
    "", " ", ".", "-", "+", "e5", "1e", "1e100", "1e400", "inf", "-inf", "nan", "infinity", "NA",
    "1_000", "0x10", "0b1", "1,23", "12,34", "1,2345", ",123", "1,234e5", "1，234", "12亿元",
    "1 000", "1-2", "--1", "+-1", "1.2.3", "12.5%", "%", "²", "٣", "Ⅳ", "9" * 301,
    "1" + "0" * 100 + "e1", "1\x00", "2024-01", "true", "1" * 99 + "e1", "1" * 99 + "E1",
    "+" + "9" * 300, "9" * 150 + "." + "9" * 150, "9x", "x9", "+x9", "9.x5", " x9", "9 x", "x1,234",
    "1,234x", "1x,234", "1e5x",
]  # fmt: skip


@pytest.fixture(scope="module")
def duck():
    connection = duckdb.connect()
    connection.execute("SET enable_progress_bar = false")
    yield connection
    connection.close()


def in_sql(duck, expression, cells):
    """Return the value of an expression over ``c0`` for each cell."""
    query = f"SELECT {expression} FROM (SELECT unnest(?::VARCHAR[]) AS c0)"  # noqa: S608
    return [row[0] for row in duck.execute(query, [list(cells)]).fetchall()]


@pytest.mark.parametrize(("cell", "value"), NUMBERS.items())
def test_numbers(cell, value):
    assert numbers.is_number(cell)
    assert numbers.exact(cell) == Fraction(value)
    assert numbers.decimal(cell) == Decimal(value)


@pytest.mark.parametrize("cell", TEXT)
def test_text(cell):
    assert not numbers.is_number(cell)
    assert numbers.decimal(cell) is None
    assert numbers.json_number(cell) is None
    with pytest.raises(ValueError, match=r"is not a number$"):
        numbers.exact(cell)


@pytest.mark.parametrize(
    ("cell", "text"),
    [("1", "1"), (" 9", "9"), ("1,234.50", "1234.50"), ("１２．５", "12.5"), ("－３", "-3"),
     ("+9", "+9"), ("9\u3000", "9")],
)  # fmt: skip
def test_a_number_in_plain_digits(cell, text):
    assert numbers.plain(cell) == text


def test_per_cent_signs():
    assert numbers.has_percent_sign("12%") and numbers.has_percent_sign("12 ％")
    assert not numbers.has_percent_sign("12")


def test_percent_is_a_number_where_no_column_holds_units():
    assert not numbers.is_number("12.5%")
    for cell in ("12.5%", "12.5 %", "１２．５％", "12.5"):
        assert numbers.exact(cell, percent=True) == Fraction("12.5")
    assert not numbers.is_number("%", percent=True)
    assert not numbers.is_number("12%%", percent=True)
    assert numbers.reads_percent("rate", ["city", "rate"])
    assert not numbers.reads_percent("value", ["value", "unit"])
    assert not numbers.reads_percent("investment", ["investment", "investment_unit"])


@pytest.mark.parametrize("percent", [False, True])
def test_sql_reads_the_same_cells(duck, percent):
    cells = [*NUMBERS, *TEXT, "12.5 %", "0%", "１％", "1,234%"]
    read = [numbers.decimal(cell, percent=percent) for cell in cells]
    assert in_sql(duck, numbers.sql_double("c0", percent=percent), cells) == [
        None if number is None else float(number) for number in read
    ]


def test_sql_knows_the_same_cells_as_numbers(duck):
    cells = [*NUMBERS, *TEXT, "0%"]
    condition = f"CASE WHEN {numbers.sql_is_number('c0')} THEN true ELSE false END"
    assert in_sql(duck, condition, cells) == [*map(numbers.is_number, cells)]
    plain = in_sql(duck, numbers.sql_plain("c0"), cells)
    assert [None if text is None else Decimal(text) for text in plain] == [
        *map(numbers.decimal, cells)
    ]


def test_sql_reads_every_short_text_as_python_does(duck):
    """``try_cast`` reads much that is not a number: all texts of four characters are tried."""
    alphabet = "01.+-e_x, i%５"
    for length in range(1, 5):
        cells = ["".join(letters) for letters in itertools.product(alphabet, repeat=length)]
        read = [numbers.decimal(cell) for cell in cells]
        assert in_sql(duck, numbers.sql_double("c0", percent=False), cells) == [
            None if number is None else float(number) for number in read
        ]


cell_texts = st.one_of(
    st.from_regex(r"\A[+-]?[0-9]{0,20}(\.[0-9]{0,20})?(e[+-]?[0-9]{1,3})?\Z"),
    st.integers(-(10**40), 10**40).map(str),
    st.integers(10**17, 10**17 + 40).map(str),
    st.floats(allow_nan=True).map(str),
    st.text(max_size=5),
    st.sampled_from([*NUMBERS, *TEXT]),
).filter(lambda cell: all(not "\ud800" <= char <= "\udfff" for char in cell))


@given(st.lists(cell_texts, max_size=20))
def test_sql_agrees_with_python(duck, cells):
    for percent in (False, True):
        read = [numbers.decimal(cell, percent=percent) for cell in cells]
        assert in_sql(duck, numbers.sql_double("c0", percent=percent), cells) == [
            None if number is None else float(number) for number in read
        ]
    filled = [cell for cell in cells if numbers.is_number(cell)]
    assert in_sql(duck, numbers.sql_digits("c0"), filled) == [
        numbers.digits(numbers.exact(cell)) for cell in filled
    ]


def sorted_in_sql(duck, cells, *, descending=False):
    order = numbers.sql_order("c0", descending=descending, percent=False)
    table = "(SELECT unnest(?::VARCHAR[]) AS c0, unnest(range(?)) AS row)"
    query = f"SELECT c0 FROM {table} ORDER BY {order}, row"  # noqa: S608
    return [row[0] for row in duck.execute(query, [cells, len(cells)]).fetchall()]


@given(st.lists(cell_texts, max_size=20), st.booleans())
def test_sql_sorts_as_python_does(duck, cells, descending):
    def key(cell):
        number = numbers.decimal(cell)
        return (0, number, "") if number is not None else (1 if cell else 2, 0, cell)

    expected = sorted(cells, key=key, reverse=descending)
    expected.sort(key=lambda cell: key(cell)[0])
    assert sorted_in_sql(duck, cells, descending=descending) == expected


def test_numbers_sort_by_value_then_text_then_empty(duck):
    cells = ["NA", "", "1,000", "9", "+10.2", "\u22123.1", "110101199003070018",
             "110101199003070017"]  # fmt: skip
    upwards = sorted_in_sql(duck, cells)
    assert upwards == ["\u22123.1", "9", "+10.2", "1,000", "110101199003070017",
                       "110101199003070018", "NA", ""]  # fmt: skip
    assert sorted_in_sql(duck, cells, descending=True) == [*reversed(upwards[:6]), "NA", ""]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (float("inf"), ""),
        (0.1 + 0.2, "0.3"),
        (-0.0, "0"),
        (1e21, "1000000000000000000000"),
        (Fraction(3002112345678) + 1, "3002112345679"),
        (1234567890123456789 + 1, "1234567890123456790"),
        (Decimal("12345678901234567.123456789012345678"), "12345678901234567.123456789012345678"),
        (Fraction(1, 3), "0.333333333333333"),
        (Fraction(2, 3), "0.666666666666667"),
        (Fraction(-1, 8), "-0.125"),
        (Decimal("1.10"), "1.1"),
        (Fraction(100), "100"),
        (Fraction(1, 10**20), "0.00000000000000000001"),
        (10**38 - 1, "9" * 38),
        (10**38 + 1, "1" + "0" * 37 + "1"),
        (Fraction(10**40 + 1, 3), "3333333333333330000000000000000000000000"),
        (Decimal("1." + "1" * 37), "1." + "1" * 37),
        (Decimal("1." + "1" * 38), "1.11111111111111"),
        (float("nan"), ""),
        (2.5, "2.5"),
    ],
)  # fmt: skip
def test_machine(value, text):
    assert numbers.machine(value) == text


@pytest.mark.parametrize(
    ("cell", "written"),
    [(".5", "0.5"), ("1.", "1"), (" 9", "9"), ("+3", "3"), ("1,234.5", "1234.5"), ("1.10", "1.10"),
     ("-.50", "-0.50"), ("−3", "-3"), ("１２", "12"), ("007", "7"), ("1E5", "1E5"),
     (".5e3", "0.5e3"), ("-0", "-0"), ("00", "0"), ("1.e3", "1e3"), ("+1e-3", "1e-3")],
)  # fmt: skip
def test_json_number(cell, written):
    assert numbers.json_number(cell) == written


def test_what_is_exact_is_written_so_after_what_is_not():
    assert numbers.machine(Fraction(1, 3)) == "0.333333333333333"
    exact = "12345678901234567.123456789012345678"
    assert numbers.machine(Decimal(exact)) == exact


@pytest.mark.parametrize("cell", ["0620", "00", "-007", "007.5", "０６２０", "NA", ""])
def test_what_is_a_code_or_text_is_no_plain_number(cell):
    assert not numbers.plain_number(cell)


@pytest.mark.parametrize("cell", ["0", "-0", "0.5", "0e1", "0E1", "10", "+3", ".5", "1,020"])
def test_plain_numbers(cell):
    assert numbers.plain_number(cell)


def test_codes_are_no_amounts():
    assert numbers.are_codes(["2023", "1999", ""]) and numbers.are_codes(["530000"])
    assert not numbers.are_codes(["2023", "12"])
    assert not numbers.are_codes(["1812"]) and not numbers.are_codes(["", ""])


@pytest.mark.parametrize(
    ("cell", "shown"),
    [("1234.5", "1,234.5"), ("1,234.5", "1,234.5"), ("0.123456", "0.123"), ("1e3", "1,000"),
     ("－３", "-3"), ("NA", "NA"), ("12.345", "12.345"), ("1.2345", "1.23"), ("12.3456", "12.3"),
     ("123.4567", "123.5"), ("123456789012.3456", "123,456,789,012.3"),
     ("1234567890123.4567", "1,234,567,890,123"), ("0.00012345", "0.000123"), ("7", "7")],
)  # fmt: skip
def test_people(cell, shown):
    assert numbers.people(cell) == shown


@pytest.mark.parametrize(
    ("bound", "low", "high"),
    [("", "43.2", "43.3"), ("exact", "43.2", "43.3"), ("about", "43.2", "43.3"),
     ("over", "43.2", "43.2"), ("at_least", "43.2", "43.2"), ("under", "43.3", "43.3"),
     ("at_most", "43.3", "43.3"), ("nearly", "43.3", "43.3")],
)  # fmt: skip
def test_a_bound_stays_true_of_a_rounded_number(bound, low, high):
    assert numbers.people("43.2134", bound) == low
    assert numbers.people("43.2667", bound) == high
    assert numbers.people("1300", bound) == "1,300"


def test_digits_of_a_number_without_end_sort_between_those_of_cells():
    third = numbers.digits(Fraction(1, 3))
    assert numbers.digits(Fraction("0." + "3" * 299)) < third < numbers.digits(Fraction("0.34"))
    half = Fraction(1, 2)
    assert numbers.digits(half) < numbers.digits(half + Fraction(1, 3 * 10**600))
    assert numbers.digits(-half) > numbers.digits(-half - Fraction(1, 3 * 10**600))
