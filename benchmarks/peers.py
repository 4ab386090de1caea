"""The peers, each with its command for every task.

A peer answers in CSV, in any order, with the column names used here. Its command is the fastest
that we know: it reads only the columns that it needs, and is given the types that it takes.
"""

import sys
from collections.abc import Mapping

from tasks import COLUMNS, REGISTER_COLUMNS, TASKS, Command, Peer

GROUPS = {
    "aggregate": (("province", "item"), "amount"),
    "figures": (("province", "indicator"), "value"),
}
"""The keys and the numbers of the tasks with four statistics."""


def _scripts(
    python: str, heads: Mapping[str, str], bodies: Mapping[str, str]
) -> dict[str, Command]:
    """Return a command for each task: a script of a few lines, which gets the path."""

    def command(task: str) -> Command:
        script = f"import sys\n{heads[task]}\n{bodies[task]}"
        return lambda path: (python, "-c", script, path)

    return {task: command(task) for task in bodies}


def duckdb(python: str) -> Peer:
    """DuckDB from Python, with the types of all columns.

    Its progress bar is off: after two seconds it would be written among the rows.
    """

    def head(columns: tuple[str, ...], number: str) -> str:
        types = {name: "DOUBLE" if name == number else "VARCHAR" for name in columns}
        return f"""import duckdb
table = "read_csv('%s', header=true, auto_detect=false, columns={types})" % sys.argv[1]
def write(query):
    duckdb.sql("SET enable_progress_bar = false")
    query = query.replace("TABLE", table)
    duckdb.sql("COPY (" + query + ") TO '/dev/stdout' (FORMAT csv, HEADER)")"""

    heads = {name: head(COLUMNS, "value") if task.table == "generate"
             else head(REGISTER_COLUMNS, "amount") for name, task in TASKS.items()}  # fmt: skip
    bodies = {
        "filter": """write("SELECT * FROM TABLE WHERE province = 'Yunnan' AND amount > 40000")""",
        "compare": 'write("SELECT province, year, sum(amount) AS value FROM TABLE GROUP BY ALL")',
    }
    for name, (by, number) in GROUPS.items():
        numbers = f"sum({number}) AS sum, avg({number}) AS mean, median({number}) AS median"
        query = f"SELECT {', '.join(by)}, {numbers}, count(*) AS count FROM TABLE GROUP BY ALL"  # noqa: S608  (our own words)
        bodies[name] = f'write("{query}")'
    version = (python, "-c", "import duckdb; print(duckdb.__version__)")
    return Peer("DuckDB", version, _scripts(python, heads, bodies))


def pandas(python: str) -> Peer:
    """Pandas, which reads only the columns that it needs."""
    write = ".to_csv(sys.stdout, index=False)"
    heads = dict.fromkeys(TASKS, "import pandas")
    bodies = {
        "filter": f"""t = pandas.read_csv(sys.argv[1])
t[(t.province == "Yunnan") & (t.amount > 40000)]{write}""",
        "compare": f"""t = pandas.read_csv(sys.argv[1], usecols=["province", "year", "amount"])
t.groupby(["province", "year"])["amount"].sum().rename("value").reset_index(){write}""",
    }
    for name, (by, number) in GROUPS.items():
        keys = list(by)
        bodies[name] = f"""t = pandas.read_csv(sys.argv[1], usecols={[*keys, number]})
t = t.groupby({keys}, dropna=False)["{number}"].agg(["sum", "mean", "size", "median"])
t.rename(columns={{"size": "count"}}).reset_index(){write}"""
    version = (python, "-c", "import pandas; print(pandas.__version__)")
    return Peer("pandas", version, _scripts(python, heads, bodies))


def polars(python: str) -> Peer:
    """Polars, lazy and streaming."""

    def head(columns: tuple[str, ...], number: str) -> str:
        return f"""import polars as pl
types = {{name: pl.String for name in {columns}}} | {{"{number}": pl.Float64}}
t = pl.scan_csv(sys.argv[1], schema=types)
c = pl.col("{number}")"""

    write = '.collect(engine="streaming").write_csv(sys.stdout.buffer)'
    heads = {name: head(COLUMNS, "value") if task.table == "generate"
             else head(REGISTER_COLUMNS, "amount") for name, task in TASKS.items()}  # fmt: skip
    bodies = {
        "filter": f't.filter(pl.col("province") == "Yunnan", c > 40000){write}',
        "compare": f't.group_by("province", "year").agg(value=c.sum()){write}',
    }
    for name, (by, _) in GROUPS.items():
        bodies[name] = (
            f"t.group_by({list(by)}).agg(sum=c.sum(), mean=c.mean(), count=pl.len(),"
            f" median=c.median()){write}"
        )
    version = (python, "-c", "import polars; print(polars.__version__)")
    return Peer("polars", version, _scripts(python, heads, bodies))


def miller() -> Peer:
    """Miller. It counts values, not rows; ``-i`` makes its median interpolate."""

    def aggregate(task: str) -> Command:
        by, number = GROUPS[task]
        statistics = "count,sum,mean,median"
        names = ",".join(
            f"{number}_{old},{new}"
            for old, new in zip(statistics.split(","), ("n", "sum", "mean", "median"), strict=True)
        )
        return lambda t: ("mlr", "--csv", "stats1", "-i", "-a", statistics, "-f", number,
                          "-g", ",".join(by), "then", "rename", names, t)  # fmt: skip

    condition = '$province == "Yunnan" && is_not_empty($amount) && $amount > 40000'
    return Peer("Miller", ("mlr", "--version"), {
        "aggregate": aggregate("aggregate"),
        "figures": aggregate("figures"),
        "filter": lambda t: ("mlr", "--csv", "filter", condition, t),
        "compare": lambda t: ("mlr", "--csv", "stats1", "-a", "sum", "-f", "amount", "-g",
                              "province,year", "then", "rename", "amount_sum,value", t),
    })  # fmt: skip


def everyone(python: str) -> list[Peer]:
    """Return every peer; ``python`` is the interpreter that has polars.

    DuckDB and pandas run in the environment of transfer-cli.
    """
    return [duckdb(sys.executable), pandas(sys.executable), polars(python), miller()]
