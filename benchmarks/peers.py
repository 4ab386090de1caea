"""The peers that are programs, each with the command that asks it a question, and all of them.

A peer answers in CSV or JSON lines, in any order, with the column names used here. It is given
what makes it fast: only the columns needed, types where it takes them, no guessing.
"""

import sys
from collections.abc import Sequence

from engines import duckdb, pandas, polars
from questions import BY, COLUMNS, LIKE, WHERE, Command, Peer


def miller() -> Peer:
    """Miller; its count is of values, not of rows, and its median is asked to interpolate."""

    def ask(by: Sequence[str]) -> Command:
        names = "value_count,n,value_sum,sum,value_mean,mean,value_median,median"
        return lambda t: ("mlr", "--csv", "stats1", "-i", "-a", "count,sum,mean,median", "-f",
                          "value", "-g", ",".join(by), "then", "rename", names, t)  # fmt: skip

    def keep(condition: str) -> Command:
        return lambda t: ("mlr", "--csv", "-S", "filter", condition, t)

    like = (
        '$status == "signed" && $period == "2024-Q1" && $scope == "project" && is_not_empty($value)'
    )
    return Peer("Miller", ("mlr", "--version"), {
        "aggregate": ask(BY),
        "like": ask(LIKE),
        "filter": keep('$province == "Yunnan" && $status == "signed"'),
        "compare": keep(f'($indicator == "tax" || $indicator == "jobs") && {like}'),
        "export": lambda t: ("mlr", "--icsv", "--ojsonl", "cat", t),
    })  # fmt: skip


def datamash() -> Peer:
    """GNU datamash, which only aggregates; it wants a word where a number is missing."""

    def ask(by: Sequence[str]) -> Command:
        fields = ",".join(str(COLUMNS.index(name) + 1) for name in by)
        head = ",".join([*by, "count", "sum", "mean", "median"])
        line = f"""echo {head}; sed 1d "$0" |
            awk 'BEGIN {{ FS = OFS = "," }} $9 == "" {{ $9 = "NA" }} 1' |
            datamash -R 12 -t, -s --narm -g {fields} count 1 sum 9 mean 9 median 9"""
        return lambda t: ("sh", "-c", line, t)

    return Peer("datamash", ("datamash", "--version"), {"aggregate": ask(BY), "like": ask(LIKE)})


def _sqlite(by: Sequence[str]) -> str:
    """The median needs a window: the middle one or two of the ordered values."""
    keys = ", ".join(by)
    return f"""SELECT {keys}, sum(v) AS sum, avg(v) AS mean,
        avg(v) FILTER (WHERE place BETWEEN n / 2.0 AND n / 2.0 + 1) AS median, count(*) AS count
        FROM (SELECT {keys}, v, count(v) OVER (PARTITION BY {keys}) AS n,
              row_number() OVER (PARTITION BY {keys} ORDER BY v IS NULL, v) AS place
              FROM (SELECT *, CAST(nullif(value, '') AS REAL) AS v FROM t)) GROUP BY {keys}"""  # noqa: S608


def sqlite3() -> Peer:
    """The shell of SQLite: import into memory, then one query."""
    number = "CAST(nullif(value, '') AS REAL)"
    cells = ", ".join(f"'{name}', {number if name == 'value' else name}" for name in COLUMNS)

    def ask(query: str, mode: str = "csv") -> Command:
        done = (":memory:", "-header" if mode == "csv" else "-noheader", f".mode {mode}", query)
        return lambda t: ("sqlite3", "-cmd", f".import --csv {t} t", *done)

    tasks = {"aggregate": ask(_sqlite(BY)), "like": ask(_sqlite(LIKE))}
    for name, where in WHERE.items():
        condition = where.replace("value IS NOT NULL", "value <> ''")
        tasks[name] = ask(f"SELECT * FROM t WHERE {condition}")  # noqa: S608  (our own words)
    tasks["export"] = ask(f"SELECT json_object({cells}) FROM t", "list")  # noqa: S608
    return Peer("sqlite3", ("sqlite3", "--version"), tasks)


def csvkit() -> Peer:
    """csvkit; what it does with SQL it does in SQLite, after reading every cell in Python."""

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
    """Return every peer; ``python`` is the interpreter in which polars and DuckDB are looked for.

    Plain pandas runs in the environment of the tool, as the tool does.
    """
    return [pandas(sys.executable), polars(python), duckdb(python), miller(), datamash(),
            sqlite3(), csvkit()]  # fmt: skip
