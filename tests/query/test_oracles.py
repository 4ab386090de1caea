"""Random tables through the commands, against DuckDB and pandas reading the same rows."""

import csv
import io
import random
from decimal import Decimal
from fractions import Fraction

import duckdb
import pandas as pd
import pytest

SEEDS = range(40)
GROUPS = ["云南", "贵州省", "Sichuan", "内蒙古", "a b", "O'Neil"]


def rows(seed: int) -> list[tuple[str, str, str]]:
    """Return rows of an id, a group and a cell that may be empty: ties, large numbers, decimals."""
    random_ = random.Random(seed)  # noqa: S311
    numbers = ["", "0", "-1", "1.50", "1.5", "2", "9007199254740993", "9007199254740992", "-0.001",
               "123456789012345678", *(str(random_.randint(-50, 50)) for _ in range(5)),
               *(f"{random_.uniform(-9, 9):.3f}" for _ in range(5))]  # fmt: skip
    return [(f"r{n:03}", random_.choice(GROUPS), random_.choice(numbers))
            for n in range(random_.randint(1, 60))]  # fmt: skip


@pytest.fixture
def table(write, size):
    """Write the rows of a seed; as large ones they go through DuckDB inside the tool."""

    def make(seed: int):
        made = rows(seed)
        out = io.StringIO()
        csv.writer(out, lineterminator="\n").writerows([("id", "grp", "x"), *made])
        write(out.getvalue(), "t.csv")
        frame = pd.DataFrame(made, columns=["id", "grp", "x"], dtype=object)
        connection = duckdb.connect()
        connection.execute("CREATE TABLE t (id VARCHAR, grp VARCHAR, x DECIMAL(38, 3))")
        cells = [(key, group, Decimal(x) if x else None) for key, group, x in made]
        connection.executemany("INSERT INTO t VALUES (?, ?, ?)", cells)
        return frame, connection

    return make


@pytest.mark.parametrize("seed", SEEDS)
def test_filter_and_sort(cli, table, seed):
    _frame, database = table(seed)
    where = random.Random(seed).choice(  # noqa: S311
        ["x > 1.5", "x <= 0", "x == 1.5", "x < 9007199254740993", "x != 2"]
    )
    sql = where.replace("==", "=")
    order = "x DESC NULLS LAST, id" if seed % 2 else "x ASC NULLS LAST, id"
    expected = database.execute(f"SELECT id FROM t WHERE {sql} ORDER BY {order}").fetchall()  # noqa: S608
    done = cli("filter", "t.csv", "--where", where, "--sort", "-x,id" if seed % 2 else "x,id")
    assert done.code == 0
    assert [row["id"] for row in done.csv] == [row[0] for row in expected]


@pytest.mark.parametrize("seed", SEEDS)
def test_group_by(cli, table, seed):
    _frame, database = table(seed)
    expected = {
        group: values
        for group, *values in database.execute(
            "SELECT grp, sum(x), min(x), max(x), count(x) FROM t GROUP BY grp"
        ).fetchall()
    }
    done = cli("aggregate", "t.csv", "--by", "grp", "--stat", "sum,min,max,count", "--value", "x")
    assert done.code == 0, done.stderr
    for row in done.csv:
        total, low, high, count = expected[row["grp"]]
        assert int(row["count"]) == count or row["sum"] == "" or int(row["count"]) >= count
        for name, value in (("sum", total), ("min", low), ("max", high)):
            assert (Fraction(row[name]) if row[name] else None) == (
                None if value is None else Fraction(value)
            ), name


@pytest.mark.parametrize("seed", SEEDS)
def test_quantiles_and_spread(cli, table, seed):
    """Of type 7, as pandas interpolates; the standard deviation is of a sample."""
    frame, _database = table(seed)
    small = frame[frame["x"].str.len().between(1, 7)]
    if small.empty:
        pytest.skip("no number is left")
    small.to_csv("t.csv", index=False)
    numbers = small["x"].astype(float).groupby(small["grp"])
    done = cli("aggregate", "t.csv", "--by", "grp", "--stat", "mean,median,q25,std", "--value", "x")
    assert done.code == 0, done.stderr
    oracles = {"mean": numbers.mean(), "median": numbers.median(), "q25": numbers.quantile(0.25),
               "std": numbers.std()}  # fmt: skip
    for row in done.csv:
        for name, oracle in oracles.items():
            value = oracle[row["grp"]]
            if pd.isna(value):
                assert row[name] == ""
            else:
                assert float(row[name]) == pytest.approx(value, rel=1e-12, abs=1e-12), name
