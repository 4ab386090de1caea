"""Rows of a table as figures: quantities, names, and the figures that contain them."""

from fractions import Fraction

import pandas as pd
import pytest

from transfer_cli.errors import DataError
from transfer_cli.messages import speaking
from transfer_cli.model import figure as model
from transfer_cli.model.figure import Figure, Quantity, by_id, chains, figure, read_chunks
from transfer_cli.model.intervals import exact, reported
from transfer_cli.model.units import ONE
from transfer_cli.model.vocabulary import Vocabulary
from transfer_cli.tables.table import Table

VOCABULARY = Vocabulary()
PLAIN = "write plain digits, and leave the cell empty where nothing is known"
ALONE = "write the number alone: its unit and its bound (over, about) have columns of their own"
UNITS = VOCABULARY.units


def table(*rows, columns="id value part_of", name="t.csv"):
    cells = [row.split(",") for row in rows]
    frame = pd.DataFrame(cells, columns=columns.split(), dtype=object)
    frame.index = pd.RangeIndex(2, 2 + len(frame))
    return Table(frame, name=name)


def test_a_quantity_in_another_unit():
    quantity = Quantity(reported("1.5", "over"), UNITS.parse("亿元"))
    other = quantity.to(UNITS.parse("万元"))
    assert other == (reported(15_000, "over"), UNITS.parse("万元"))
    assert other.bound == "over"
    assert quantity.to(quantity.unit) is quantity
    assert Quantity(exact(3), UNITS.parse("人")).to(UNITS.parse("名")).cells()["unit"] == "名"


@pytest.mark.parametrize(
    ("bound", "low", "high"),
    [("over", "1300", ""), ("nearly", "0", "1300"), ("exact", "1300", "1300"), ("about", "", "")],
)
def test_a_quantity_for_machines(bound, low, high):
    assert Quantity(reported(1300, bound), UNITS.parse("亿元")).cells() == {
        "value": "1300", "bound": bound, "low": low, "high": high, "unit": "亿元"}  # fmt: skip


def test_a_row_as_a_figure():
    row = {"indicator": "jobs", "value": " 1,200 ", "unit": "个", "bound": "over", "id": "a"}
    one = figure(row, "t.csv:2", VOCABULARY, ("b",))
    assert one.quantity.interval == reported(1200, "over")
    assert one.quantity.unit.dimension == (("post", 1),)
    assert (one.indicator, one.wholes, one.name) == (
        VOCABULARY.indicators["jobs"],
        ("b",),
        "t.csv:2",
    )
    assert (one.id, one.position, one.get("unit"), one.get("none")) == ("a", 0, "个", "")


def test_a_row_that_says_no_more_than_its_value():
    one = figure({"value": "5"}, "t.csv:2", VOCABULARY)
    assert one == Figure({"value": "5"}, Quantity(exact(5), ONE), None, 0, (), "t.csv:2")
    assert one.id == "t.csv:2"


def test_growth_may_be_below_zero():
    growth = figure({"indicator": "gdp_growth", "value": "5", "bound": "under"}, "t:2", VOCABULARY)
    output = figure({"indicator": "gdp", "value": "5", "bound": "under"}, "t:2", VOCABULARY)
    own = figure({"indicator": "own", "value": "5", "bound": "under"}, "t:2", VOCABULARY)
    assert growth.quantity.interval.ends == (None, 5)
    assert output.quantity.interval.ends == own.quantity.interval.ends == (0, 5)


def test_a_figure_in_another_unit_keeps_its_row():
    one = figure({"value": "5", "unit": "亿元"}, "t:2", VOCABULARY)
    other = one.to(UNITS.parse("万元"))
    assert other.quantity.interval == exact(50_000)
    assert (other.row, other.name) == (one.row, one.name)
    assert one.to(one.quantity.unit) is one


def test_names_in_the_language_of_messages():
    names = {"place": "Wenshan", "place_zh": "文山", "subject": "", "subject_zh": "魏桥", "x": "y"}
    one = Figure(names, Quantity(exact(1), ONE), None)
    assert [one.named(name) for name in ("place", "subject", "x", "none")] == [
        "Wenshan", "魏桥", "y", ""]  # fmt: skip
    with speaking("zh"):
        assert [one.named(name) for name in ("place", "subject", "x", "none")] == [
            "文山", "魏桥", "y", ""]  # fmt: skip
    assert (one.position, one.wholes, one.name) == (0, (), "")


@pytest.mark.parametrize(
    ("cell", "hint"),
    [
        ("12亿", ALONE),
        (">5", ALONE),
        ("50%", ALONE),
        ("NA", PLAIN),
        ("1-2", PLAIN),
        ("0x10", PLAIN),
    ],
)  # fmt: skip
def test_a_value_that_is_no_number(cell, hint):
    with pytest.raises(DataError) as caught:
        figure({"value": cell}, "t.csv:7", VOCABULARY)
    assert str(caught.value) == f"t.csv:7: column 'value': {cell!r} is not a number"
    assert caught.value.hint == hint


def test_a_word_that_is_no_bound():
    hints = {"some": "choose from exact, over, at_least, under, at_most, about, nearly, unknown",
             "ovr": "did you mean 'over'?"}  # fmt: skip
    for word, hint in hints.items():
        with pytest.raises(DataError) as caught:
            figure({"value": "5", "bound": word}, "t.csv:7", VOCABULARY)
        assert str(caught.value) == f"t.csv:7: column 'bound': no bound is called {word!r}"
        assert caught.value.hint == hint


def test_figures_of_chunks():
    chunks = [table("a,5,b", ",6,", "c,,b"), table("b,7,d", "d,8,")]
    figures = list(read_chunks(chunks, VOCABULARY))
    assert [one.id for one in figures] == ["a", "t.csv:3", "b", "d"]
    assert [one.position for one in figures] == [0, 1, 2, 3]
    assert [one.wholes for one in figures] == [("b", "d"), (), ("d",), ()]
    assert list(by_id(chunks, VOCABULARY)) == ["a", "t.csv:3", "b", "d"]


def test_figures_of_a_table_without_ids():
    figures = list(read_chunks([table("5,x", columns="value part_of")], VOCABULARY))
    assert [(one.id, one.wholes) for one in figures] == [("t.csv:2", ())]
    assert model.chains_of([table("a,b", columns="id part_of")]) == {"a": ("b",)}
    assert model.chains_of([table("a,b", columns="id value")]) == {}


def test_a_table_without_values():
    with pytest.raises(DataError, match=r"t.csv: column 'value' is missing") as caught:
        list(read_chunks([table("a,5", columns="id amount")], VOCABULARY))
    assert caught.value.hint == "say which column it is: --map HEADING=value"


def test_an_id_of_two_rows():
    with pytest.raises(DataError, match=r"t.csv: the id 'a' occurs twice") as caught:
        by_id([table("a,5,"), table("b,6,", "a,7,", name="u.csv")], VOCABULARY)
    assert caught.value.hint == "transfer-cli check TABLE"


@pytest.mark.parametrize(
    ("parts", "chains_"),
    [
        ({"a": ""}, {}),
        ({"a": "b", "b": "c", "c": ""}, {"a": ("b", "c"), "b": ("c",)}),
        ({"a": "a"}, {"a": ()}),
        ({"a": "b", "b": "a"}, {"a": ("b",), "b": ("a",)}),
        ({"a": "b", "b": "c", "c": "b"}, {"a": ("b", "c"), "b": ("c",), "c": ("b",)}),
    ],
)
def test_the_figures_that_contain_a_figure(parts, chains_):
    assert chains([*parts], [*parts.values()]) == chains_


def test_a_chain_may_not_be_endless(monkeypatch):
    monkeypatch.setattr(model, "LONGEST_CHAIN", 3)
    assert chains("abc", "bcd")["a"] == ("b", "c", "d")
    with pytest.raises(
        DataError, match="'a' is part of a part of a part … of more than 3"
    ) as error:
        chains("abcd", "bcde")
    assert error.value.hint == "transfer-cli check TABLE"


def test_a_share_of_a_unit_is_exact():
    assert Quantity(exact(1), UNITS.parse("元")).to(UNITS.parse("亿元")).interval == exact(
        Fraction(1, 10**8)
    )
