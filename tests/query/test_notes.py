"""What is said about a selection: why it is empty, and what was not compared."""

from query_rows import rows
from transfer_cli.query.notes import notes
from transfer_cli.query.options import condition

TABLE = rows(
    "id,province,value,unit",
    ("a", "Yunnan", "9", "亿元"),
    ("b", "Yunnan", "NA", "万元"),
    ("c", "Gansu", "12亿元", "亿元"),
)


def said(table=TABLE, **words):
    return notes(table, condition(table, **words))


def test_nothing_to_say():
    assert said() == []
    assert said(words={"province": ["Yunnan"]}) == []
    assert said(rows("id,n", ("a", "1"), ("b", "")), where="n > 0") == []


def test_why_no_row_is_selected():
    assert said(words={"province": ["Sichuan"]}, where="id == 'a'") == [
        "no rows: none of the 3 has province Sichuan"
    ]
    assert said(words={"province": ["Gansu"]}, where="id == 'a'") == [
        "no rows: each condition matches some of the 3, but none meets all of them",
        "without id 'a' there is: 1 row",
    ]
    assert said(where="id == 'x' and province == 'Tibet'") == [
        "no rows: none of the 3 has id 'x' nor province Tibet"
    ]
    assert said(rows("id,n"), where="n > 0") == ["no rows: the table has none"]


def test_cells_that_are_no_numbers_are_named_with_their_line():
    assert said(where="value > 5 and unit is not None") == [
        "table.csv:3: column 'value': 'NA' is not a number; 2 such cells were not compared"
    ]
    assert said(min="5亿元", words={"province": ["Gansu"]})[0].startswith("table.csv:4: ")
    assert said(where="value > '5'") == []


def test_several_units_without_a_unit():
    note = "numbers were compared as printed, whatever their unit: add one, e.g. --min '10bn CNY'"
    for words in ({"min": "5"}, {"where": "value > 5"}, {"where": "value in (9, 1)"}):
        assert note in said(**words)
    for words in ({"min": "5亿元"}, {"where": "value > 5 and unit == '亿元'"}):
        assert note not in said(**words)


def test_cells_that_are_no_periods_are_counted():
    table = rows("id,period", ("a", "2023"), ("b", "soon"), ("c", "soon"), ("d", ""))
    assert said(table, words={"period": ["2023"]}) == [
        "column 'period': 2 cells are not periods and were not compared, such as 'soon'"
    ]
