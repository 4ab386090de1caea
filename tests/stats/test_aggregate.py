"""Groups of a source of any size: the same result, and no more than the figures say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transfer_cli.errors import DataError, RefusedError, UsageError
from transfer_cli.frames import pd
from transfer_cli.model.schema import recognise
from transfer_cli.query import options
from transfer_cli.query.comparisons import In
from transfer_cli.query.condition import EVERY_ROW
from transfer_cli.stats import groups, statistic
from transfer_cli.stats.aggregate import aggregate
from transfer_cli.stats.plan import Request
from transfer_cli.tables.memory import MemorySource
from transfer_cli.tables.table import Table

COLUMNS = ("id", "province", "place", "subject", "scope", "indicator", "industry", "status",
           "period", "value", "unit", "bound", "part_of")  # fmt: skip


class LargeSource:
    """A source that is asked for groups and rows only, as one that is not held in memory."""

    def __init__(self, source):
        self._source = source
        for name in ("name", "paths", "schema", "columns", "report", "vocabulary", "notes"):
            setattr(self, name, getattr(source, name))
        for name in ("rows", "groups", "counts", "count", "distinct", "summary", "unreadable"):
            setattr(self, name, getattr(source, name))


@pytest.fixture
def one_by_one(monkeypatch):
    """Set how many figures are judged one by one."""
    return lambda rows: monkeypatch.setattr(groups, "SINGLE", rows)


def table(rows, columns=COLUMNS):
    frame = pd.DataFrame(rows, columns=list(columns), dtype=object)
    frame.index = range(2, len(frame) + 2)
    return MemorySource(Table(frame, recognise(columns), "t.csv"))


def figures(*cells):
    """Figures that agree in all but the cells given."""
    same = {"province": "Yunnan", "scope": "project", "indicator": "tax", "status": "actual",
            "period": "2023", "value": "1", "unit": "亿元", "bound": "exact"}  # fmt: skip
    rows = [{"id": f"a_{n}", **same, **cell} for n, cell in enumerate(cells)]
    return table([[row.get(name, "") for name in COLUMNS] for row in rows])


def run(source, by=(), stat="sum", across=(), value="", unit="", where=EVERY_ROW):
    request = Request(
        tuple(by), tuple(statistic.parse(stat.split(","))), value, tuple(across), unit
    )
    return aggregate(source, where, request)


def rows(*args, **how):
    return run(*args, **how).frame.to_dict("records")


FIGURES = st.lists(
    st.fixed_dictionaries(
        {
            "province": st.sampled_from(["Yunnan", "Gansu", "China"]),
            "place": st.sampled_from(["", "Dali", "Kunming"]),
            "subject": st.sampled_from(["", "One", "Two"]),
            "scope": st.sampled_from(["nation", "province", "city", "project", "zone"]),
            "indicator": st.sampled_from(["tax", "jobs", "investment"]),
            "industry": st.sampled_from(["", "food", "aluminium"]),
            "status": st.sampled_from(["actual", "signed", "target"]),
            "period": st.sampled_from(["2022", "2023", "2023-Q1", ""]),
            "value": st.sampled_from(["1", "2.5", "1000000000000.1", "-3", ""]),
            "unit": st.sampled_from(["亿元", "万元"]),
            "bound": st.sampled_from(["exact", "over", "nearly", "about"]),
            "part_of": st.sampled_from(["", "", "", "a_0", "a_1"]),
        }
    ),
    min_size=1,
    max_size=8,
)
ACROSS = st.sets(st.sampled_from(["indicator", "status", "scope", "period"])).map(sorted)
STATISTICS = "count,sum,mean,min,max,median,std"


@given(FIGURES, ACROSS, st.sets(st.sampled_from(["province", "status"])).map(sorted))
def test_judged_in_groups_as_one_by_one(one_by_one, cells, across, by):
    source = figures(*cells)

    def result(limit):
        one_by_one(limit)
        return run(LargeSource(source), by, STATISTICS, across)

    single, grouped = result(1000), result(0)
    pd.testing.assert_frame_equal(single.frame, grouped.frame)
    differing = ("left out, ", "different subjects")  # Groups have no ids, and no subjects.
    kept = [{note for note in one.notes if not note.startswith(differing)}
            for one in (single, grouped)]  # fmt: skip
    assert kept[0] == kept[1]


def test_sums_are_exact():
    source = figures({"value": "3002112345678"}, {"value": "1"})
    [row] = rows(source, stat="sum,max,mean")
    assert (row["sum"], row["max"]) == ("3002112345679", "3002112345678")
    assert row["mean"] == "1501056172839.5"


def test_units_are_exact():
    source = figures({"value": "1", "unit": "亿元"}, {"value": "0.0001", "unit": "万元"})
    assert [(row["sum"], row["unit"]) for row in rows(source)] == [("1.00000001", "亿元")]
    assert rows(source, unit="元")[0]["sum"] == "100000001"


def test_what_is_left_out_of_a_sum_may_be_the_maximum():
    source = figures({"value": "5"}, {"value": "7", "part_of": "a_0"})
    [row] = rows(source, stat="sum,max,min")
    assert (row["sum"], row["n"], row["left_out"], row["max"], row["min"]) == (
        "5", "1", "1", "7", "5",
    )  # fmt: skip
    [row] = rows(source, stat="max")
    assert (row["n"], row["left_out"]) == ("2", "0")


def test_a_whole_need_not_be_selected_to_contain_its_part():
    """The chain of parts is that of the source, not that of the selection."""
    source = figures({"value": "9"}, {"value": "5", "part_of": "a_0"},
                     {"value": "2", "part_of": "a_1"})  # fmt: skip
    [row] = rows(source, where=In("id", frozenset({"a_0", "a_2"})))
    assert (row["sum"], row["left_out"]) == ("9", "1")


def test_values_that_are_all_missing_are_counted_and_have_an_empty_sum():
    source = table([["a", ""], ["b", ""]], ("city", "amount"))
    [row] = rows(source, stat="count,sum", value="amount")
    assert (row["count"], row["n"], row["sum"]) == ("2", "0", "")
    assert [row["sum"] for row in rows(source, ("city",), value="amount")] == ["", ""]
    assert rows(table([], ("city", "amount")), stat="count,sum", value="amount") == []
    assert rows(table([], ("city", "amount")), stat="count") == [{"count": "0"}]


def test_rows_without_a_number_are_counted_once():
    source = figures({"value": "1"}, {"value": ""}, {"value": "2", "unit": "家"})
    assert [row["count"] for row in rows(source, stat="count,sum")] == ["2", "1"]


def test_a_table_is_guarded_by_the_columns_that_it_has():
    source = table([["tax", "1"], ["jobs", "2"]], ("indicator", "value"))
    assert {row["indicator"]: row["sum"] for row in rows(source)} == {"tax": "1", "jobs": "2"}
    with pytest.raises(RefusedError, match="different things"):
        run(source, across=("indicator",))


@pytest.mark.parametrize("column", ["year", "period"])
def test_a_year_is_the_period_in_every_option(column):
    source = table([["a", "2022", "1"], ["a", "2023", "2"]], ("city", column, "amount"))
    by_city = {"by": ("city",), "value": "amount"}
    assert [row["sum"] for row in rows(source, **by_city)] == ["1", "2"]
    assert [row["sum"] for row in rows(source, across=("period",), **by_city)] == ["3"]
    assert [row[column] for row in rows(source, ("period",), value="amount")] == ["2022", "2023"]


def test_a_cell_that_is_no_number_is_an_error_at_any_size():
    source = table([["a", "1"], ["b", "12亿元"]], ("city", "amount"))
    with pytest.raises(DataError, match=r"t\.csv:3: column 'amount': '12亿元' is not a number"):
        run(source, value="amount")
    with pytest.raises(DataError, match="is not a number"):
        run(LargeSource(source), value="amount")
    where = In("city", frozenset({"a"}))
    assert [row["sum"] for row in rows(source, value="amount", where=where)] == ["1"]


def test_a_bound_that_is_none_is_an_error():
    with pytest.raises(DataError, match=r"t\.csv:3: column 'bound': no bound is called 'undr'"):
        run(figures({}, {"bound": "undr"}))


def test_an_id_that_occurs_twice():
    source = figures({"id": "a"}, {"id": "a"})
    with pytest.raises(DataError, match=r"t\.csv:3: column 'id': 'a' occurs twice"):
        run(source)
    notes = run(LargeSource(source)).notes
    assert "duplicate ids are not checked in large files; run: transfer-cli check t.csv" in notes
    assert rows(figures({"id": ""}, {"id": ""}))[0]["sum"] == "2"


def test_a_number_with_all_the_digits_it_is_rounded_to_is_noted():
    source = table([["1"], ["2"], ["4"]], ("amount",))
    assert "rounded to 15 significant digits: std" in run(source, stat="std", value="amount").notes
    assert not [note for note in run(source, stat="median", value="amount").notes
                if "rounded" in note]  # fmt: skip


def test_a_period_that_cannot_be_read_is_left_out_with_a_note():
    source = figures({"value": "4", "period": "2023"}, {"value": "6", "period": "spring 2023"},
                     {"value": "9", "period": "2022"})  # fmt: skip
    where = options.condition(source, words={"period": ["2023"]})
    result = run(source, across=("period",), stat="sum,count", where=where)
    [row] = result.frame.to_dict("records")
    assert (row["sum"], row["n"], row["left_out"], row["count"]) == ("4", "1", "1", "2")
    assert any("cannot be read: 'spring 2023'" in note for note in result.notes)
    result = run(source, where=where)
    assert result.frame["left_out"].tolist() == ["0"]
    assert any("1 row is left out" in note for note in result.notes)


def test_too_many_groups_to_judge_are_refused(one_by_one, monkeypatch):
    one_by_one(0)
    monkeypatch.setattr(groups, "MOST", 1)
    source = figures({"period": "2022"}, {"period": "2023"})
    with pytest.raises(RefusedError, match="would have to be judged") as refused:
        run(source, across=("period",))
    assert refused.value.hint.option == "--by"
    assert rows(source, across=("period",), stat="max")[0]["max"] == "1"


def test_columns_that_do_not_exist():
    source = figures({})
    with pytest.raises(UsageError, match="unknown column 'provinse'"):
        run(source, ("provinse",))
    with pytest.raises(UsageError, match="--across cannot give up 'value'"):
        run(source, across=("value",))


def test_computed_columns_are_numbers_in_the_schema():
    types = {field.name: field.type for field in run(figures({}), stat="count,sum").schema.fields}
    assert types["sum"] == types["sum_low"] == "number"
    assert types["n"] == types["count"] == types["left_out"] == "integer"
    assert types["sum_bound"] == types["unit"] == types["status"] == "string"


def test_a_note_names_the_columns_that_do_not_guard_a_sum():
    source = table([["a", "2022", "1"]], ("city", "year", "amount"))
    [note] = [note for note in run(source, value="amount").notes if "plain arithmetic" in note]
    assert "indicator, status, scope, unit" in note and "period" not in note
    assert not [note for note in run(figures({})).notes if "plain arithmetic" in note]
