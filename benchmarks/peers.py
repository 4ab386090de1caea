"""The peers that are programs, each with its command for every task, and the list of all peers.

A peer answers in CSV or JSON lines, in any order, with the column names used here. Its command is
the fastest that we know: only the columns needed, types where it takes them, no type inference.
"""

import sys
from collections.abc import Sequence

from engines import duckdb, pandas, polars
from tasks import BY, BY_COMPARABLE, COLUMNS, WHERE, Command, Peer


def miller() -> Peer:
    """Miller. It counts values, not rows; ``-i`` makes its median interpolate."""

    def aggregate(by: Sequence[str]) -> Command:
        names = "value_count,n,value_sum,sum,value_mean,mean,value_median,median"
        return lambda t: ("mlr", "--csv", "stats1", "-i", "-a", "count,sum,mean,median", "-f",
                          "value", "-g", ",".join(by), "then", "rename", names, t)  # fmt: skip

    def rows(condition: str) -> Command:
        return lambda t: ("mlr", "--csv", "-S", "filter", condition, t)

    same = (
        '$status == "signed" && $period == "2024-Q1" && $scope == "project" && is_not_empty($value)'
    )
    return Peer("Miller", ("mlr", "--version"), {
        "aggregate": aggregate(BY),
        "comparable": aggregate(BY_COMPARABLE),
        "filter": rows('$province == "Yunnan" && $status == "signed"'),
        "compare": rows(f'($indicator == "tax" || $indicator == "jobs") && {same}'),
        "export": lambda t: ("mlr", "--icsv", "--ojsonl", "cat", t),
    })  # fmt: skip


def datamash() -> Peer:
    """GNU datamash, which only aggregates. A missing number must be NA."""

    def aggregate(by: Sequence[str]) -> Command:
        fields = ",".join(str(COLUMNS.index(name) + 1) for name in by)
        head = ",".join([*by, "count", "sum", "mean", "median"])
        line = f"""echo {head}; sed 1d "$0" |
            awk 'BEGIN {{ FS = OFS = "," }} $9 == "" {{ $9 = "NA" }} 1' |
            datamash -R 12 -t, -s --narm -g {fields} count 1 sum 9 mean 9 median 9"""
        return lambda t: ("sh", "-c", line, t)

    return Peer(
        "datamash",
        ("datamash", "--version"),
        {"aggregate": aggregate(BY), "comparable": aggregate(BY_COMPARABLE)},
    )


def _sqlite(by: Sequence[str]) -> str:
    """Return the query; its median is the middle one or two of the ordered values."""
    keys = ", ".join(by)
    return f"""SELECT {keys}, sum(v) AS sum, avg(v) AS mean,
        avg(v) FILTER (WHERE place BETWEEN n / 2.0 AND n / 2.0 + 1) AS median, count(*) AS count
        FROM (SELECT {keys}, v, count(v) OVER (PARTITION BY {keys}) AS n,
              row_number() OVER (PARTITION BY {keys} ORDER BY v IS NULL, v) AS place
              FROM (SELECT *, CAST(nullif(value, '') AS REAL) AS v FROM t)) GROUP BY {keys}"""  # noqa: S608


def sqlite3() -> Peer:
    """The shell of SQLite: an import into memory, then one query."""
    number = "CAST(nullif(value, '') AS REAL)"
    cells = ", ".join(f"'{name}', {number if name == 'value' else name}" for name in COLUMNS)

    def run(query: str, mode: str = "csv") -> Command:
        arguments = (
            ":memory:",
            "-header" if mode == "csv" else "-noheader",
            f".mode {mode}",
            query,
        )
        return lambda t: ("sqlite3", "-cmd", f".import --csv {t} t", *arguments)

    tasks = {"aggregate": run(_sqlite(BY)), "comparable": run(_sqlite(BY_COMPARABLE))}
    for name, where in WHERE.items():
        condition = where.replace("value IS NOT NULL", "value <> ''")
        tasks[name] = run(f"SELECT * FROM t WHERE {condition}")  # noqa: S608  (our own words)
    tasks["export"] = run(f"SELECT json_object({cells}) FROM t", "list")  # noqa: S608
    return Peer("sqlite3", ("sqlite3", "--version"), tasks)


def csvkit() -> Peer:
    """csvkit. It runs SQL in SQLite, after reading every cell in Python."""

    def grep(*conditions: tuple[str, str]) -> Command:
        first, *rest = (f"csvgrep -c {column} -r '^({cell})$'" for column, cell in conditions)
        line = " | ".join([f'{first} "$0"', *rest])
        return lambda t: ("sh", "-c", line, t)

    return Peer("csvkit", ("csvgrep", "--version"), {
        "aggregate": lambda t: ("csvsql", "-I", "--tables", "t", "--query", _sqlite(BY), t),
        "filter": grep(("province", "Yunnan"), ("status", "signed")),
        "compare": grep(("indicator", "tax|jobs"), ("status", "signed"), ("period", "2024-Q1"),
                        ("scope", "project"), ("value", ".+")),
        "export": lambda t: ("csvjson", "--stream", "-I", t),
    }, {"aggregate": 1_000_000})  # fmt: skip


def everyone(python: str) -> list[Peer]:
    """Return every peer; ``python`` is the interpreter that has polars and DuckDB.

    Pandas runs in the environment of transfer-cli.
    """
    return [pandas(sys.executable), polars(python), duckdb(python), miller(), datamash(),
            sqlite3(), csvkit()]  # fmt: skip
