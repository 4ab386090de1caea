"""Tables at a terminal: what is shown, in what order, and what is said of the rest."""

import re

import pytest

from transfer_cli.messages import speaking
from transfer_cli.model.schema import Field, Schema, schemas

FIGURE = {
    "id": ["a"], "province": ["Yunnan"], "place": [""], "place_zh": [""],
    "indicator": ["investment"], "status": ["signed"], "period": ["2024-Q1"],
    "value": ["1300"], "unit": ["亿元"],
    "bound": ["over"], "subject": ["an event"], "subject_zh": ["活动"],
}  # fmt: skip


@pytest.fixture
def screen(encode, monkeypatch):
    def draw(table, columns=100, **settings):
        monkeypatch.setenv("COLUMNS", str(columns))
        return encode("table", table, **settings)

    return draw


def test_codes_become_labels_and_bounds_symbols(table, screen):
    figure = table(FIGURE, schemas()["metrics"])
    english = screen(figure)
    with speaking("zh"):
        chinese = screen(figure)
    for words in (("Investment", ">1,300", "CNY 100m", "2024 Q1", "—"),
                  ("投资", ">1,300", "亿元", "2024年一季度", "活动", "签约")):  # fmt: skip
        text = english if words[0].isascii() else chinese
        assert [word for word in words if word not in text] == []
    assert "over" not in english.partition("More columns")[0]


def test_columns_without_room_are_named(table, screen):
    text = screen(table(FIGURE, schemas()["metrics"]), 40)
    shown, _, named = text.partition("More columns")
    assert ">1,300" in shown and "CNY 100m" in shown
    assert "Of this row also:" in shown and "Subject an event." in shown
    assert "活动" not in shown
    assert "place" in named and "bound" not in named
    assert max(map(len, text.splitlines())) <= 40


def test_a_number_without_room_for_its_unit_is_not_shown(table, screen):
    fields = (Field("name", "string"), Field("area", "number", unit="area_unit"),
              Field("area_unit", "string"))  # fmt: skip
    cells = {"name": ["a" * 12], "area": ["12345"], "area_unit": ["平方公里" * 6]}
    text = screen(table(cells, Schema("t", fields)), 30, all_columns=True)
    assert "12,345" not in text
    assert "area, area_unit" in text


def test_columns_that_are_asked_for_come_into_view(table, screen):
    wide = table({f"column_{n}": ["x" * 9] for n in range(20)})
    assert "column\n" not in screen(wide, 60)
    shown = screen(wide, 60, first=("column_17",)).partition("More")[0]
    assert "column_17" in shown


def test_rows_beyond_the_first_are_counted(table, parts, screen, encode):
    long = table({"n": [str(n) for n in range(1000)]})
    text = screen(long)
    assert "200 of 1,000 rows shown" in text
    assert re.findall(r"^ +(\d+)$", text, re.MULTILINE)[-1] == "199"
    assert encode("table", *parts(long, 90)) == text


def test_a_unit_with_no_symbol_is_blank_and_a_missing_cell_a_dash(table, screen):
    cells = {"id": ["a", "b"], "value": ["1", ""], "unit": ["个", ""], "indicator": ["tax", "tax"]}
    lines = screen(table(cells, schemas()["metrics"])).splitlines()
    assert [line.count("—") for line in lines if " tax" in line or "Tax" in line] == [0, 2]


def test_codes_and_years_are_not_grouped(table, screen):
    text = screen(table({"year": ["2023"], "code": ["530100"], "amount": ["530100.5"]}))
    assert "2023" in text and "530100 " in text and "530,100.5" in text


def test_labels_beside_codes(table, screen):
    text = screen(table({"unit": ["亿元"], "label": ["CNY 100m"]}), all_columns=True)
    assert "亿元" in text


def test_the_constant_columns_of_an_aggregate_give_way(table, screen):
    cells = {"province": ["Yunnan", "Gansu"], "scope": ["province"] * 2, "unit": ["亿元"] * 2,
             "n": ["1", "2"], "sum": ["1", "2"]}  # fmt: skip
    fields = (Field("n", "integer"), Field("sum", "number"))
    text = screen(table(cells, Schema("aggregate", fields)), 30, all_columns=True)
    shown, _, below = text.partition("\n\n")
    assert "Yunnan" in shown and "CNY 100m" in shown and "sum" in shown
    assert "scope" not in shown and "The same in every row: scope" in below


def test_colour(table, screen):
    assert "\x1b[1m" in screen(table({"a": ["1"]}), color=True)
    assert "\x1b" not in screen(table({"a": ["1"]}))
