"""A table in memory answers as a Source: rows in order, exact groups, counts, summaries."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transfer_cli.errors import UsageError
from transfer_cli.frames import pd
from transfer_cli.model.schema import schemas
from transfer_cli.query.condition import EVERY_ROW
from transfer_cli.tables.memory import MemorySource
from transfer_cli.tables.source import Measure, Unreadable
from transfer_cli.tables.table import Table

CELLS = st.one_of(
    st.integers(-(10**20), 10**20).map(str),
    st.decimals(-1000, 1000, places=3).map(str),
    st.sampled_from(["", "NA", "12亿元", "7", "7.0"]),
)


def source(schema="", **columns):
    frame = pd.DataFrame(columns, dtype=object)
    frame.index = range(2, len(frame) + 2)
    return MemorySource(Table(frame, schemas()[schema] if schema else Table(frame).schema, "t.csv"))


def rows(memory, **how):
    [table] = memory.rows(EVERY_ROW, **how)
    return table.frame


def test_sums_and_extremes_are_exact():
    memory = source(k=["a"] * 4 + ["b"], v=["3002112345678", "1", "0.1", "", "NA"])
    groups = memory.groups(EVERY_ROW, ("k",), Measure("v", squares=True, values=True))
    first, second = groups.to_dict("records")
    assert (first["rows"], first["n"], first["empty"], first["unreadable"]) == (4, 3, 1, 0)
    assert (first["sum"], first["min"], first["max"]) == (
        Decimal("3002112345679.1"), Decimal("0.1"), Decimal("3002112345678"),
    )  # fmt: skip
    assert first["sum_of_squares"] == 3002112345678**2 + 1 + Decimal("0.01")
    assert sorted(first["values"]) == [0.1, 1, 3002112345678]
    assert (second["n"], second["unreadable"], second["sum"]) == (0, 1, None)


@given(st.lists(st.tuples(st.sampled_from("ab"), CELLS), min_size=1, max_size=30))
def test_groups_are_those_of_plain_python(cells):
    memory = source(k=[key for key, _ in cells], v=[cell for _, cell in cells])
    for group in memory.groups(EVERY_ROW, ("k",), Measure("v")).to_dict("records"):
        mine = [cell for key, cell in cells if key == group["k"]]
        numbers = [Fraction(cell) for cell in mine if cell not in ("", "NA", "12亿元")]
        assert (group["rows"], group["n"]) == (len(mine), len(numbers))
        assert group["empty"] == mine.count("")
        assert group["unreadable"] == len(mine) - len(numbers) - mine.count("")
        if numbers:
            assert Fraction(group["sum"]) == sum(numbers)
            assert Fraction(group["min"]) == min(numbers)
            assert Fraction(group["max"]) == max(numbers)


def test_groups_of_a_province_under_any_name_and_derived_columns():
    memory = source("metrics", province=["云南", "Yunnan", "YN", "甘肃"], indicator=["tax"] * 4,
                  value=["1", "2", "3", "4"])  # fmt: skip
    groups = memory.groups(EVERY_ROW, ("province", "category"), Measure("value"))
    assert groups[["province", "category", "sum"]].values.tolist() == [
        ["Yunnan", "tax", 6], ["Gansu", "tax", 4],
    ]  # fmt: skip
    assert memory.counts(EVERY_ROW, "province").to_dict() == {"Yunnan": 3, "Gansu": 1}
    assert rows(memory)["province"].tolist() == ["云南", "Yunnan", "YN", "甘肃"]


def test_watched_columns_come_with_their_first_and_last_cell():
    memory = source(k=["a", "a", "b"], w=["y", "", "x"])
    groups = memory.groups(EVERY_ROW, ("k",), watch=("w",))
    assert groups[["min w", "max w"]].values.tolist() == [["", "y"], ["x", "x"]]
    assert memory.groups(EVERY_ROW, ())["rows"].tolist() == [3]
    assert len(source(k=[]).groups(EVERY_ROW, ())) == 0


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("v", ["-3.1", "+9.5", "+10.2", "1e3", "NA", "x", ""]),
        ("-v", ["1e3", "+10.2", "+9.5", "-3.1", "x", "NA", ""]),
    ],
)
def test_numbers_sort_by_amount_then_text_then_nothing(sort, expected):
    memory = source(v=["x", "+10.2", "", "NA", "-3.1", "1e3", "+9.5"])
    assert rows(memory, sort=[sort])["v"].tolist() == expected
    assert rows(memory, sort=[sort], limit=2)["v"].tolist() == expected[:2]


def test_long_numbers_sort_exactly():
    ids = ["110101199003070019", "110101199003070017", "9" * 40]
    assert rows(source(n=ids), sort=["n"])["n"].tolist() == [ids[1], ids[0], ids[2]]


def test_figures_sort_in_base_units_and_ties_by_id():
    memory = source("metrics", id=["c", "b", "a", "d"], value=["1", "2", "10000", "5"],
                  unit=["亿元", "万元", "万元", "元"], indicator=["tax"] * 4)  # fmt: skip
    assert rows(memory, sort=["value"], columns=["id"])["id"].tolist() == ["d", "b", "a", "c"]
    assert rows(memory, sort=["-value"], columns=["id"])["id"].tolist() == ["a", "c", "b", "d"]


def test_a_column_of_text_sorts_as_text():
    memory = source("metrics", indicator=["tax"] * 3, value=["1"] * 3,
                  period=["2024", "2023-Q4", "2023"])  # fmt: skip
    assert rows(memory, sort=["period"])["period"].tolist() == ["2023", "2023-Q4", "2024"]


def test_summary_and_unreadable():
    memory = source(v=["7", "7.0", "", "100"], w=["a", "", "", "1"])
    summary = memory.summary(EVERY_ROW, ("v", "w"))
    assert summary.to_numpy().tolist() == [["v", 3, 1, 3, True, "7", "100"],
                                        ["w", 2, 2, 2, False, "", ""]]  # fmt: skip
    assert memory.unreadable(EVERY_ROW, "w") == Unreadable(1, "a", 2)
    assert memory.unreadable(EVERY_ROW, "v") == Unreadable(0)
    assert memory.count() == 4


def test_a_column_that_does_not_exist():
    with pytest.raises(UsageError, match="unknown column 'vv'"):
        source(v=["1"]).groups(EVERY_ROW, ("vv",))
