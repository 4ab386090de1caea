"""DuckDB answers as the table held in memory does, and as the strict reader reads."""

import csv
import gzip
import itertools
import signal
import threading
from decimal import Decimal, localcontext
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from strategies import FEW
from transfer_cli.engine import connection, groups, relation
from transfer_cli.engine.duck import DuckSource
from transfer_cli.engine.keys import repeated_keys
from transfer_cli.errors import DataError, UsageError
from transfer_cli.model import numbers
from transfer_cli.query.comparisons import Compare
from transfer_cli.query.condition import EVERY_ROW
from transfer_cli.query.where import parse
from transfer_cli.tables.memory import MemorySource
from transfer_cli.tables.read import read_files
from transfer_cli.tables.source import Measure

COLUMNS = ["id", "province", "indicator", "item", "value", "unit"]
NUMBERS = ["", "1", "2.5", "-3", "0", "007", "1.50", "1,234.5", "+4", "1e3", "1e-7", " 9", ".5",
           "5.", "9007199254740993", "9007199254740992", "123456789012345678901234567890",
           "0.30000000000004", "99999999999999.9999", "123456789.1234"]  # fmt: skip
WORDS = ["NA", "1_000", "0x10", "inf", "nan", "1e400", "12亿元", "-", "12.5%", "'=1+1", "'-5", "''",
         "a\"b", "x\ny", "１２", "−3", "天津", " ", "null"]  # fmt: skip
PROVINCES = ["", "Yunnan", "云南", "云南省", "YN", "Gansu", "nowhere", "'@x"]
CELLS = {
    "id": st.text("abc123", max_size=3),
    "province": st.sampled_from(PROVINCES),
    "indicator": st.sampled_from(["", "tax", "gdp", "investment", "what"]),
    "item": st.sampled_from(["", *WORDS]),
    "value": st.sampled_from([*NUMBERS, *WORDS]) | st.decimals(-(10**6), 10**6, places=3).map(str),
    "unit": st.sampled_from(["", "亿元", "万元"]),
}
TABLES = st.lists(st.tuples(*CELLS.values()), max_size=12)


@pytest.fixture(autouse=True)
def small(monkeypatch):
    monkeypatch.setattr(groups, "FEW_ODD", 3)
    monkeypatch.setattr(relation, "FETCH", 2)


def written(path, rows, columns=COLUMNS):
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([columns, *rows])
    return path


def both(tmp_path, rows, columns=COLUMNS):
    path = written(tmp_path / "t.csv", rows, columns)
    return MemorySource(read_files([path], "t")), DuckSource("t", [path], threads=1)


def plain(frame, by=()):
    """Return the rows of a result as plain values, in one order."""

    def value(cell):
        if isinstance(cell, float) and cell != cell:
            return None
        return (
            tuple(sorted(map(float, cell)))
            if hasattr(cell, "__len__") and type(cell) is not str
            else cell
        )

    rows = [tuple(map(value, row)) for row in frame.itertuples(index=False)]
    return [*frame.columns], sorted(rows, key=lambda row: row[: len(by)]) if by else rows


CONDITIONS = st.sampled_from(["", "value > 1", "item == 'NA'", "province == '云南'",
                              "value != 2.5", "unit == '亿元' and value >= 0",
                              "category == 'economy'"])  # fmt: skip


def condition(text, source):
    return parse(text, source.columns, source.vocabulary) if text else EVERY_ROW


@FEW
@given(rows=TABLES, where=CONDITIONS, by=st.sampled_from(
    [(), ("province",), ("item", "unit"), ("region", "category"), ("province", "indicator", "item")]
), squares=st.booleans(), values=st.booleans(),
    watch=st.sampled_from([(), ("unit", "province"), ("item",), ("category",)]))  # fmt: skip
def test_groups(tmp_path, rows, where, by, squares, values, watch):
    memory, large = both(tmp_path, rows)
    measure = Measure("value", squares=squares, values=values)
    expected, found = (source.groups(condition(where, source), by, measure, watch)
                       for source in (memory, large))  # fmt: skip
    assert plain(found, by) == plain(expected, by)
    assert {found[name].dtype for name in by} <= {np.dtype(object)}


@FEW
@given(rows=TABLES, where=CONDITIONS, column=st.sampled_from([*COLUMNS, "region", "category"]))
def test_counts_and_summary(tmp_path, rows, where, column):
    memory, large = both(tmp_path, rows)
    expected, found = (source.counts(condition(where, source), column)
                       for source in (memory, large))  # fmt: skip
    assert dict(found) == dict(expected)
    assert large.count(condition(where, large)) == memory.count(condition(where, memory))
    expected, found = (source.summary(condition(where, source), dict.fromkeys([column, "value"]))
                       for source in (memory, large))  # fmt: skip
    assert plain(found) == plain(expected)
    expected, found = (source.unreadable(condition(where, source), "value")
                       for source in (memory, large))  # fmt: skip
    assert found[:2] == expected[:2]


@FEW
@given(rows=TABLES, where=CONDITIONS, by=st.sampled_from([(), ("province",), ("region", "unit")]),
       column=st.sampled_from([*COLUMNS, "region"]))  # fmt: skip
def test_distinct_frequent_and_quantiles(tmp_path, rows, where, by, column):
    sources = both(tmp_path, rows)
    expected, found = (source.distinct(condition(where, source), by, column) for source in sources)
    filled = (frame[frame["distinct"] > 0] for frame in (expected, found))
    assert plain(next(filled), by) == plain(next(filled), by)
    expected, found = (source.frequent(condition(where, source), sorted({column, "value"}))
                       for source in sources)  # fmt: skip
    assert plain(found) == plain(expected)
    expected, found = (source.quantiles(condition(where, source), ["value"]) for source in sources)
    assert found.keys() == expected.keys()
    assert found.get("value", []) == pytest.approx(expected.get("value", []), rel=1e-14)


@FEW
@given(rows=TABLES, where=CONDITIONS, columns=st.sampled_from([(), ("item",), ("region", "value")]),
       sort=st.lists(st.sampled_from(["value", "-value", "item", "-item", "province"]), max_size=2),
       limit=st.none() | st.integers(0, 5))  # fmt: skip
def test_rows(tmp_path, rows, where, columns, sort, limit):
    memory, large = both(tmp_path, rows)
    expected, found = (
        pd.concat([table.frame for table in source.rows(
            condition(where, source), columns, sort=sort, limit=limit)])
        for source in (memory, large)
    )  # fmt: skip
    assert plain(found) == plain(expected)
    assert {*found.dtypes} == {np.dtype(object)}


def test_rows_that_sort_equal_come_as_they_stand_in_the_file(tmp_path):
    cells = [["", str(n)] for n in range(50_000)]
    large = DuckSource("t", [written(tmp_path / "t.csv", cells, ["value", "item"])])
    for limit in (3, None):
        found = [cell for table in large.rows(sort=["value"], limit=limit)
                 for cell in table.frame["item"]]  # fmt: skip
        assert found == [item for _, item in cells][:limit]


STATISTICS = ["rows", "sum", "squares", "values", "watch"]


@pytest.mark.parametrize("requested", [
    chosen for size in (1, 2) for chosen in itertools.combinations(STATISTICS, size)])  # fmt: skip
def test_every_statistic_alone_and_in_pairs(tmp_path, requested):
    """On a column with an empty cell and a word."""
    cells = ["1", "", "2.25", "NA", "4", "-1.5"]
    rows = [(str(n), "Gansu", "tax", "a", cell, "亿元") for n, cell in enumerate(cells)]
    _, large = both(tmp_path, rows)
    measure = Measure("value", squares="squares" in requested, values="values" in requested)
    found = large.groups(
        EVERY_ROW,
        ("item",),
        measure if {*requested} & {"sum", "squares", "values"} else None,
        watch=("unit",) if "watch" in requested else (),
    ).iloc[0]
    assert found["rows"] == 6
    if "n" in found:
        assert [*found[["n", "empty", "unreadable", "sum", "min", "max"]]] == [
            4, 1, 1, Decimal("5.75"), Decimal("-1.5"), Decimal(4)]  # fmt: skip
    if "squares" in requested:
        assert found["sum_of_squares"] == Decimal("24.3125")
    if "values" in requested:
        assert sorted(found["values"]) == [-1.5, 1, 2.25, 4]
    if "watch" in requested:
        assert [found["min unit"], found["max unit"]] == ["亿元", "亿元"]


def test_values_are_those_of_odd_numbers_too_and_of_all_names_of_a_province(tmp_path):
    cells = {"Yunnan": "1,000", "云南": "10", "YN": "100", "Gansu": "NA", "甘肃": "7"}
    rows = [("", name, "", "", cell, "") for name, cell in cells.items()]
    _, large = both(tmp_path, rows)
    found = large.groups(EVERY_ROW, ("province",), Measure("value", values=True))
    assert found["province"].tolist() == ["Gansu", "Yunnan"]
    assert [sorted(values) for values in found["values"]] == [[7], [10, 100, 1000]]


def test_sums_are_exact_where_doubles_are_not(tmp_path):
    cells = ["9007199254740993"] * 3 + ["0.1"] * 10 + ["0.123456789012345678", "1e-50", "1e20"]
    _, large = both(tmp_path, [("", "", "", "", cell, "") for cell in cells])
    found = large.groups(EVERY_ROW, (), Measure("value", squares=True)).iloc[0]
    expected = [Decimal(cell) for cell in cells]
    with localcontext(numbers.UNROUNDED):
        assert found["sum"] == sum(expected)
        assert found["sum_of_squares"] == sum(cell * cell for cell in expected)


@pytest.mark.parametrize(
    "name", ["gdp[2023].csv", "gdp*.csv", "a?.csv", "y[2023]/t.csv", "it's.csv"]
)
def test_paths_are_literal(tmp_path, name):
    (tmp_path / name).parent.mkdir(exist_ok=True)
    for other in ("gdp2.csv", "gdpx.csv", "ab.csv"):
        written(tmp_path / other, [["wrong"]], ["a"])
    path = written(tmp_path / name, [["right"]], ["a"])
    assert [*DuckSource("t", [path]).counts(EVERY_ROW, "a").index] == ["right"]


@pytest.mark.parametrize("text", [
    "\ufeffa,b\n1,2\n", "a,b\r\n1,2\r\n", "a,b\r1,2\r", "a,b\n1,2", "a,b\n\n1,2\n\n\n",
    "a,b\n1,2\r\n", '"a\nx",b\n1,2\n', '"a\n\nx",b\n1,2\n', "a;b\n1;2\n", "a\tb\n1\t2\n",
    "a|b\n1|2\n", '"a",b\n"1","2"\n', "a,b\n'=1,2\n", 'a,b\n"1\n\n2","x ""y"" z"\n', "a,b\n,\n",
    "a,b\nNULL,NA\n",
    "a,b\n#1,2\n", "a,b\n", "a\n1\n\n\"\"\n2\n", "a,b\n1,2\n" * 3000,
])  # fmt: skip
def test_cells_are_those_of_the_strict_reader(tmp_path, text):
    path = tmp_path / "t.csv"
    path.write_bytes(text.encode())
    found = pd.concat([table.frame for table in DuckSource("t", [path]).rows()])
    assert plain(found) == plain(read_files([path], "t").frame)


def test_packed_files_and_several(tmp_path):
    one = written(tmp_path / "1.csv", [["x"]], ["a"])
    two = tmp_path / "2.csv.gz"
    two.write_bytes(gzip.compress(b"a\ny\n"))
    three = tmp_path / "3.csv.zst"
    three.write_bytes(pytest.importorskip("zstandard").compress(b"a\nz\n"))
    found = DuckSource("t", [one, two, three]).rows()
    assert [cell for table in found for cell in table.frame["a"]] == ["x", "y", "z"]


@pytest.mark.parametrize(("text", "message"), [
    ("a,b\n1,2\n1,2,\n", "t.csv:3: 3 fields where the header has 2"),
    ("a,b\n1,2\n1\n", "t.csv:3: 2 fields|t.csv:3: 1 fields"),
    ('a,b\n1,2\n"x"y,2\n', "t.csv:3: "),
    ('a,b\n1,2\n"x,2\n', "t.csv:3: "),
])  # fmt: skip
def test_a_broken_row_is_an_error_of_the_strict_reader(tmp_path, text, message):
    path = tmp_path / "t.csv"
    path.write_text(text, "utf-8", newline="")
    with pytest.raises(DataError, match=message):
        DuckSource("t", [path]).counts(EVERY_ROW, "a")


def test_rows_before_an_error_come_and_then_the_error(tmp_path):
    """One thread hands out what it has read; of several, one may meet the error first."""
    path = tmp_path / "t.csv"
    path.write_text("a,b\n" + "1,2\n" * 200_000 + "1\n", "utf-8")
    rows = 0
    with pytest.raises(DataError, match=r"t[.]csv:200002: "):
        for table in DuckSource("t", [path], threads=1).rows():
            rows += len(table)
    assert 0 < rows <= 200_000


def test_rows_go_on_from_the_strict_reader_where_duckdb_stops(tmp_path):
    path = tmp_path / "t.csv"
    lines = [f"{n},x\n" for n in range(200_000)]
    lines[150_000] = "150000,x\r\n"
    path.write_bytes(b"a,b\n" + "".join(lines).encode())
    frames = [table.frame for table in DuckSource("t", [path]).rows()]
    assert pd.concat(frames)["a"].tolist() == [str(n) for n in range(200_000)]


@pytest.mark.parametrize("name", ["{source}", "it's", "a\\", "x') --", "c0", '"', "a\tb"])
def test_no_text_of_the_users_becomes_sql(tmp_path, name):
    rows = [("r", name, name, name, "1", name), ("s", "云南", "tax", "", "2", "亿元")]
    memory, large = both(tmp_path, rows)
    for by in (("province",), ("category", "item")):
        expected, found = (
            source.groups(EVERY_ROW, by, Measure("value"), ("province", "category"))
            for source in (memory, large)
        )
        assert plain(found, by) == plain(expected, by)


def test_a_row_that_is_too_long_for_duckdb_is_read_from_a_copy(tmp_path):
    long = "x" * 9_000_000
    path = written(tmp_path / "t.csv", [[long, long, "1"]], ["a", "b", "c"])
    assert [*DuckSource("t", [path]).counts(EVERY_ROW, "c").index] == ["1"]


def test_a_last_row_that_duckdb_would_drop_is_an_error(tmp_path):
    path = written(tmp_path / "t.csv", [["x", "0"], ["x" * 26_000_000, "1"]], ["a", "b"])
    csv.field_size_limit(1 << 30)  # as frictionless does on import
    with pytest.raises(DataError, match=r"t[.]csv:3"):
        DuckSource("t", [path]).counts(EVERY_ROW, "b")


def test_stopping_early_ends_the_query(tmp_path):
    path = written(tmp_path / "t.csv", [[str(n)] for n in range(300_000)], ["a"])
    rows = DuckSource("t", [path]).rows()
    assert next(rows).frame["a"].iloc[0] == "0"
    rows.close()


def test_names_that_do_not_exist(tmp_path):
    _, large = both(tmp_path, [])
    for ask in (lambda: large.counts(EVERY_ROW, "valeu"), lambda: large.rows(columns=["valeu"]),
                lambda: large.groups(Compare("valeu", "==", "1"), ())):  # fmt: skip
        with pytest.raises(UsageError, match="unknown column 'valeu'"):
            ask()


def setting(connection, name):
    return connection.execute("SELECT current_setting(?)", [name]).fetchone()[0]


def test_settings():
    with connection.connect() as one, connection.connect() as another:
        for each in (one, another):
            assert not setting(each, "autoinstall_known_extensions")
            assert not setting(each, "autoload_known_extensions")
            assert not setting(each, "enable_progress_bar_print")
            assert setting(each, "disabled_optimizers") == "type_pushdown"
        assert setting(one, "temp_directory") == setting(another, "temp_directory")
        with connection.connect(threads=7) as third:
            assert setting(third, "threads") == 7 != setting(one, "threads")


def test_the_directory_goes_with_the_process(shell):
    program = (
        "from transfer_cli.engine.connection import connect\n"
        "with connect() as one:\n"
        "    print(*one.execute(\"SELECT current_setting('temp_directory')\").fetchone())"
    )
    done = shell(python=("-c", program))
    assert Path(done.stdout.strip()).name.startswith(".transfer-cli-"), done.stderr
    assert not Path(done.stdout.strip()).exists()


def test_keys_leave_the_memory_limit_as_it_was(tmp_path):
    path = written(tmp_path / "t.csv", [("a", "b"), ("a", "c")], ["id", "x"])
    with connection.connect() as one:
        before = setting(one, "memory_limit")
        found = repeated_keys([path], ["id", "x"], ",", [0], limit=9, copy=lambda: path)
        assert (found.keys, found.rows) == ({("a",)}, 1)
        assert setting(one, "memory_limit") == before


def test_ctrl_c_interrupts():
    long = "SELECT count(*) FROM range(10000000) a, range(100000) b WHERE a.range % 7 = b.range % 5"
    seen = []
    with connection.connect() as opened, pytest.raises(KeyboardInterrupt):
        threading.Timer(0.5, signal.raise_signal, [signal.SIGINT]).start()
        connection.execute(opened, long, [], seen.append)


PARQUET = """
SELECT * FROM (VALUES
  (1, 12.0::DOUBLE, 1.5::FLOAT, true, DATE '2024-01-05', TIMESTAMP '2024-01-05 00:00:00',
   2.50::DECIMAL(9,2),
   'x', 'y'::BLOB, TIMESTAMP '2024-01-05 10:00:00.5', [1]),
  (NULL, 'nan'::DOUBLE, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL))
t(i, f, g, b, d, t, n, s, o, u, l)
"""


@pytest.fixture
def parquet(tmp_path):
    path = tmp_path / "t.parquet"
    with connection.connect() as opened:
        opened.execute(f"COPY ({PARQUET}) TO '{path}' (FORMAT parquet)")
    return path


def test_parquet_cells_are_what_a_csv_file_would_have(parquet):
    large = DuckSource("t", [parquet])
    names = [name for name in large.columns if name != "l"]
    frame = next(large.rows(columns=names)).frame
    assert frame.iloc[0].tolist() == ["1", "12", "1.5", "true", "2024-01-05", "2024-01-05", "2.50",
                                      "x", "y", "2024-01-05 10:00:00.5"]  # fmt: skip
    assert frame.iloc[1].tolist() == [""] * 10


def test_parquet_lists_are_no_cells(parquet):
    with pytest.raises(DataError, match="column 'l' holds lists"):
        DuckSource("t", [parquet]).rows()


def test_parquet_that_is_broken(tmp_path):
    path = tmp_path / "t.parquet"
    path.write_bytes(b"PAR1" + bytes(100))
    with pytest.raises(DataError, match="not a valid Parquet file"):
        DuckSource("t", [path])


def test_wide_tables(tmp_path):
    names = [f"c{n} 列" for n in range(2_000)]
    path = written(tmp_path / "t.csv", [["1"] * 2_000] * 3, names)
    found = DuckSource("t", [path]).groups(EVERY_ROW, (names[5],), Measure(names[-1]))
    assert found["sum"].tolist() == [3]
