"""``--where``: a small grammar, parsed and never evaluated; in pandas and in DuckDB."""

import pytest

from query_rows import rows
from transfer_cli.errors import UsageError
from transfer_cli.query.condition import columns_of
from transfer_cli.query.where import parse

TABLE = rows(
    "id,value,place,注释,two words",
    ("a", "1", "甘肃", "好", "x"),
    ("b", "20", "云南", "", "y"),
    ("c", "300", "", "坏", ""),
    ("d", "", "云南", "好", "x"),
)


def ids(text, table=TABLE):
    """Return the ids of the rows that satisfy a condition, the same in pandas and in DuckDB."""
    condition = parse(text, table.columns, table.vocabulary)
    selected = table.in_pandas(condition)
    assert table.in_duckdb(condition) == selected
    return "".join(table.frame["id"].iloc[selected])


def error(text, table=TABLE):
    with pytest.raises(UsageError) as caught:
        parse(text, table.columns, table.vocabulary)
    assert caught.value.hint
    return caught.value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("value > 1", "bc"),
        ("value >= 20 and value < 300", "b"),
        ("1 < value < 300", "b"),
        ("20 < value", "c"),
        ("value == 20.0", "b"),
        ("value == 1_0 or value == 0x14", "b"),
        ("value > -1", "abc"),
        ("value > +1", "bc"),
        ("value > １", "bc"),
        ("place == '云南'", "bd"),
        ('place == "云南" or value == 1', "abd"),
        ("place in ('云南', '甘肃')", "abd"),
        ("value in (1, 300)", "ac"),
        ("value in (1, '20')", "ab"),
        ("not (value > 1 or place == '云南')", "a"),
        ("注释 == '好'", "ad"),
        ("two words == 'x'", "ad"),
        ("`two words` == 'x'", "ad"),
        ("`注释` != '好'", "c"),
        ("value is None", "d"),
        ("place is not None and value is not None", "ab"),
        ("id < place", "abd"),
        ("value + 1 > 2", "bc"),
        ("value * 2 == 40", "b"),
        ("value / 3 == 100", "c"),
        ("10 < value * 2 < 100", "b"),
        ("-value < -1", "bc"),
        ("value - value == 0", "abc"),
        ("0 == value - value", "abc"),
        ("value / (value - 20) > 0", "c"),
        ("not (value / (value - 20) > 0)", "a"),
        ("value * 0.1 == value / 10", "abc"),
        ("value > 2 * 10", "c"),
        ("contains(place, '南')", "bd"),
        ("startswith(place, '云') and value > 1", "b"),
        ("not contains(place, '南')", "a"),
        ("contains(注释, '')", "acd"),
        ("contains(`two words`, 'x') or startswith(id, 'c')", "acd"),
        ("  value > 1\n and place is None ", "c"),
    ],
)
def test_grammar(text, expected):
    assert ids(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "value != 20",
        "not value == 20",
        "not (value > 20)",
        "value not in (20,)",
        "not (value in (20, 1)) or value == 1",
        "value == value",
        "not (value > 20 and place == '云南')",
        "value < 'x'",
    ],
)
def test_a_missing_cell_matches_nothing_and_no_negation(text):
    """Row d has no value. Its place is known, so only the last part could settle it."""
    assert "d" not in ids(text)


def test_a_false_part_settles_a_conjunction():
    """Unknown and false is false, and so its negation is true, as in SQL."""
    assert "d" in ids("not (value > 20 and place == '甘肃')")


@pytest.mark.parametrize(
    "text",
    [
        "__import__('os').system('touch hacked')",
        "open('hacked', 'w')",
        "value.__class__ == 1",
        "place.str == 'x'",
        "value[0] == 1",
        "(lambda: 1)() == 1",
        "[x for x in value] == 1",
        "value > (1 if True else 2)",
        "value + '1' > 2",
        "value ** 2 > 2",
        "value + 1",
        "value + 1 is None",
        "value + 1 in (2, 3)",
        "value + contains(place, 'x') > 1",
        "contains(place)",
        "contains(place, 1)",
        "contains('a', 'b')",
        "contains(place, id)",
        "startswith(place, 'x', 'y')",
        "contains(place, 'x') == 1",
        "endswith(place, 'x')",
        "value > -'1'",
        "(value == 1) + 1 > 1",
        "value > 10 ** 10 ** 10",
        "f'{value}' == '1'",
        "(value := 3) > 2",
        "value",
        "1",
        "True",
        "value == True",
        "value > None",
        "value == None",
        "value in (None, 1)",
        "value is 3",
        "'a' == 'a'",
        "place in '云南'",
        "value > b'1'",
        "value > 1j",
        "value > 1e400",
        "@x",
        "value >",
        "",
        "value > 1; import os",
        "import os",
        "`value > 1",
        "value > 1\0",
        "place == '\\ud800'",
        "place == '\ud800'",
        "place == '\\x'",
    ],
)
def test_what_is_outside_the_grammar(text):
    error(text)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("(" * 5000 + "value > 1" + ")" * 5000, "cannot read"),
        ("not " * 5000 + "value > 1", "nested"),
        ("value" + " + 1" * 600 + " > 1", "nested"),
        ("value / (" * 30 + "value" + ")" * 30 + " > 1", "nested"),
        ("not " * 101 + "value > 1", "nested"),
        ("value > " + "-" * 5000 + "1", "nested"),
        ("value > " + "9" * 5000, "digits"),
        ("value > " + "9" * 400, "digits"),
        ("value > 0x" + "f" * 5000, "digits"),
    ],
    ids=[
        "parentheses",
        "not",
        "sum",
        "divisors",
        "some not",
        "minus",
        "digits",
        "some digits",
        "hex",
    ],
)
def test_huge_conditions(text, message):
    assert message in str(error(text))
    assert len(str(error(text))) < 400


def test_a_long_chain_is_no_nesting():
    assert ids(" and ".join(["value > 1"] * 300)) == "bc"


def test_an_error_names_the_character_in_the_text_as_typed():
    assert "'len(place)' (character 15)" in str(error("value > 1 and len(place) > 2"))
    assert "'len(place)' (character 19)" in str(error("two words > 1 and len(place) > 2"))
    assert "character 7" in str(error("value ? 1"))


NAMES = [
    "2023年",
    "产值（亿元）",
    "a b",
    "class",
    "第Ⅱ产业",
    "ＧＤＰ",
    "GDP",
    "GDP, 2023",
    "a",
    "a-b",
]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("written", ["{}", "`{}`"])
def test_columns_are_named_as_they_are(name, written):
    condition = parse(f"{written.format(name)} > 5 and not id == 'x'", [*NAMES, "id"],
                      TABLE.vocabulary)  # fmt: skip
    assert columns_of(condition) == (name, "id")


def test_a_column_in_quoted_text_stays_text():
    table = rows("id,a b,n", ("a", "x", "a b"), ("b", "a b", "say `a b`"), ("c", "n", "O'Brien"))
    assert ids("n == 'a b'", table) == "a"
    assert ids('n == "say `a b`"', table) == "b"
    assert ids("n == 'O''Brien'", table) == "c"
    assert ids("n == 'O\\'Brien'", table) == "c"
    assert ids('n == "O\'Brien"', table) == "c"
    assert ids("a b == n", table) == ""


def test_a_word_of_the_grammar_and_a_number_need_backquotes():
    table = rows("id,in,2023,value", ("a", "x", "5", "2023"), ("b", "y", "7", "5"))
    assert ids("`in` == 'x'", table) == "a"
    assert ids("`2023` > 5", table) == "b"
    assert ids("value == 2023", table) == "a"


def test_full_width_and_plain_names_are_two_columns():
    table = rows("id,ＧＤＰ,GDP", ("a", "1", "2"), ("b", "2", "1"))
    assert ids("ＧＤＰ == 1", table) == "a"
    assert ids("GDP == 1", table) == "b"
    assert "'GDP'" in error("ＧＤＰ > 1", rows("id,GDP", ("a", "1"))).hint


def test_an_unknown_column_gets_a_correction():
    failure = error("valeu > 1")
    assert "'valeu'" in str(failure) and "'value'" in failure.hint
    assert "'2023年'" in error("2022年 > 1", rows("id,2023年", ("a", "1"))).hint
    assert "`or`" in error("ore > 1", rows("id,or", ("a", "1"))).hint


def test_a_column_in_quotes_is_explained():
    assert "`two words`" in error("'two words' > 1").hint


def test_numbers_are_compared_as_numbers_and_text_as_text():
    table = rows("id,n", ("a", "9"), ("b", "10"), ("c", "x"))
    assert ids("n > 9", table) == "b"
    assert ids("n > '9'", table) == "c"
    assert ids("n == '10'", table) == "b"
    assert ids("n in (9, 10)", table) == "ab"
    assert ids("n != 9", table) == "b"


def test_numbers_in_any_notation_are_compared():
    table = rows("id,n", ("a", "999"), ("b", "1,234.5"), ("c", "2500"), ("d", "\u22123"),
                 ("e", "１２"), ("f", "12亿元"), ("g", "inf"), ("h", "1e400"),
                 ("i", "1_000"))  # fmt: skip
    assert ids("n > 1000", table) == "bc"
    assert ids("n < 100", table) == "de"
    assert ids("n == 1234.50", table) == "b"


def test_percent_is_a_number_in_a_column_without_units():
    assert ids("n > 12", rows("id,n", ("a", "12.5%"), ("b", "11"))) == "a"
    assert ids("value > 12", rows("id,value,unit", ("a", "12.5%", "%"), ("b", "13", "%"))) == "b"


def test_long_numbers_are_compared_exactly():
    table = rows("id,n", ("a", "110101199003070017"), ("b", "110101199003070018"),
                 ("c", "110101199003070017.0"), ("d", "1.10101199003070017e17"),
                 ("e", "-110101199003070018"))  # fmt: skip
    assert ids("n == 110101199003070017", table) == "acd"
    assert ids("n > 110101199003070017", table) == "b"
    assert ids("n in (110101199003070018, 5)", table) == "b"
    assert ids("n < -110101199003070017", table) == "e"
    assert ids("n != 110101199003070017", table) == "be"


def test_two_columns_are_compared_row_by_row():
    """As numbers where both cells are: what stands elsewhere in a column changes nothing."""
    table = rows("id,a,b", ("l", "9", "10"), ("m", "10", "9.5"), ("w", "10", "9 or so"),
                 ("n", "10", ""), ("e", "1.0", "1"))  # fmt: skip
    assert ids("a < b", table) == "lw"
    assert ids("b < a", table) == "m"
    assert ids("a == b", table) == "e"


def test_names_of_closed_lists_work_in_any_language():
    table = rows("id,province,indicator,status,value", ("a", "云　南", "tax", "signed", "1"),
                 ("b", "甘肃省", "gdp", "actual", "2"), ("c", "", "", "", ""))  # fmt: skip
    assert ids("province == 'YN'", table) == "a"
    assert ids("province != '云南'", table) == "b"
    assert ids("status in ('签约', 'target')", table) == "a"
    assert ids("category == '税收'", table) == "a"
    assert ids("category != 'tax'", table) == "b"
    assert ids("region is not None", table) == "ab"
    assert columns_of(parse("category == 'tax'", table.columns, table.vocabulary)) == ("category",)
