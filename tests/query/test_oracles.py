"""Random tables through the commands, against DuckDB and pandas reading the same rows.

A file holds 100 tables, each of a year of its own; ten files make a thousand tables. Each file is
read once in memory and once through DuckDB.
"""

import csv
import io
import random
from fractions import Fraction

import duckdb
import pandas as pd
import pytest

FILES = range(10)
YEARS = range(1900, 2000)
GROUPS = ["云南", "贵州省", "内蒙古", "Sichuan", "a b", "O'Neil", 'a "b"', "甘肃；广西", ""]
LARGE = ["9007199254740993", "9007199254740992", "-9007199254740993", "123456789012345678"]
TEXTS = ["", "x", "未载", "-", "1 2", "10x", "é", "Z", "a"]
CONDITIONS = ["> 1.5", "<= 0", "== 1.5", "< 9007199254740993", "!= 2", ">= 123456789012345678"]
COLUMNS = ["id", "period", "grp", "x", "small", "mixed"]


def numbers(random_: random.Random) -> list[str]:
    """Return cells of a column of numbers: ties, decimals, zeros, a cell that is empty."""
    return ["", "0", "-1", "1.50", "1.5", "2", "-0.001",
            *(str(random_.randint(-50, 50)) for _ in range(4)),
            *(f"{random_.uniform(-9, 9):.3f}" for _ in range(4))]  # fmt: skip


def rows(seed: int) -> list[tuple[str, ...]]:
    """Return the rows of a file: ``small`` lacks the large numbers, ``mixed`` has text as well."""
    random_ = random.Random(seed)  # noqa: S311
    made = []
    for year in YEARS:
        pool, groups = numbers(random_), random_.sample(GROUPS, random_.randint(1, 5))
        for _ in range(random_.randint(1, 30)):
            x, small, mixed = map(random_.choice, (pool + LARGE, pool, pool + TEXTS))
            made.append((str(year), random_.choice(groups), x, small, mixed))
    random_.shuffle(made)
    return [(f"r{number:05}", *row) for number, row in enumerate(made)]


@pytest.fixture
def table(write, size):
    """Write the rows of a seed; as large ones they go through DuckDB inside the tool."""

    def make(seed: int) -> tuple[pd.DataFrame, duckdb.DuckDBPyConnection]:
        out = io.StringIO()
        csv.writer(out, lineterminator="\n").writerows([COLUMNS, *rows(seed)])
        write(out.getvalue(), "t.csv")
        frame = pd.DataFrame(rows(seed), columns=COLUMNS, dtype=object)
        connection = duckdb.cursor()
        connection.register("frame", frame)
        numbers = ", ".join(f"try_cast({name} AS DECIMAL(38, 3)) AS {name}_number"
                            for name in COLUMNS[3:])  # fmt: skip
        connection.execute(f"CREATE TEMP TABLE t AS SELECT *, {numbers} FROM frame")  # noqa: S608
        return frame, connection

    return make


@pytest.mark.parametrize("seed", FILES)
def test_filter_and_sort(cli, table, seed):
    """Numbers come before text and text before empty cells, whichever way each is sorted."""
    _frame, database = table(seed)
    column = ("x", "mixed")[seed % 2]
    condition = CONDITIONS[seed % len(CONDITIONS)]
    minus, way = (("", "ASC"), ("-", "DESC"))[seed // 2 % 2]
    kind = f"CASE WHEN {column} = '' THEN 2 WHEN {column}_number IS NULL THEN 1 ELSE 0 END"
    order = f"{kind}, {column}_number {way}, CASE WHEN {kind} = 1 THEN {column} END {way}, id"
    sql = f"SELECT id FROM t WHERE {{}} ORDER BY {order}"  # noqa: S608
    selected = f"{column}_number {condition.replace('==', '=')}"
    expected = {
        "": database.execute(sql.format("true")).fetchall(),
        condition: database.execute(sql.format(selected)).fetchall(),
    }
    for where, ids in expected.items():
        options = ("--where", f"{column} {where}") if where else ()
        done = cli("filter", "t.csv", *options, "--sort", f"{minus}{column}")
        assert done.code == 0, done.stderr
        assert done.ids == [row[0] for row in ids]


@pytest.mark.parametrize("seed", FILES)
def test_group_by(cli, table, seed):
    """Sums and extremes are exact."""
    _frame, database = table(seed)
    expected = {
        (year, group): (count, n, *(None if each is None else Fraction(each) for each in numbers))
        for year, group, count, n, *numbers in database.execute(
            "SELECT period, grp, count(*), count(x_number), sum(x_number), min(x_number),"
            " max(x_number) FROM t GROUP BY ALL"
        ).fetchall()
    }
    done = cli("aggregate", "t.csv", "--by", "period,grp", "--stat", "count,sum,min,max",
               "--value", "x")  # fmt: skip
    assert done.code == 0, done.stderr
    found = {}
    for row in done.csv:
        amounts = (Fraction(row[name]) if row[name] else None for name in ("sum", "min", "max"))
        found[row["period"], row["grp"]] = (int(row["count"]), int(row["n"]), *amounts)
    assert found == expected


@pytest.mark.parametrize("seed", FILES)
def test_pivot(cli, table, seed):
    """Years are rows and groups are columns; a pair without a number has an empty cell."""
    frame, _database = table(seed)
    done = cli("compare", "t.csv", "x", "--by", "grp", "--wide", "-f", "csv")
    assert done.code == 0, done.stderr
    found = {
        (row["period"], group): Fraction(row[group])
        for row in done.csv
        for group in GROUPS
        if row.get(group)
    }
    numbers = frame[frame["x"] != ""].assign(x=lambda rows: rows["x"].map(Fraction))
    pivot = numbers.pivot_table(index="period", columns="grp", values="x", aggfunc="sum")
    assert found == pivot.stack().dropna().to_dict()


@pytest.mark.parametrize("seed", FILES)
def test_quantiles_and_spread(cli, table, seed):
    """Of type 7, as pandas interpolates; the standard deviation is of a sample."""
    frame, _database = table(seed)
    keys = [frame["period"], frame["grp"]]
    values = pd.to_numeric(frame["small"]).groupby(keys)
    expected = pd.DataFrame({"mean": values.mean(), "median": values.median(),
                             "q25": values.quantile(0.25), "p90": values.quantile(0.9),
                             "std": values.std()}).dropna(how="all")  # fmt: skip
    done = cli("aggregate", "t.csv", "--by", "period,grp", "--stat", ",".join(expected.columns),
               "--value", "small")  # fmt: skip
    assert done.code == 0, done.stderr
    found = pd.DataFrame(done.csv).set_index(["period", "grp"])[list(expected.columns)]
    found = found.replace("", None).astype(float)
    pd.testing.assert_frame_equal(
        found.sort_index(), expected.sort_index(), rtol=1e-12, atol=1e-12, check_index_type=False
    )
