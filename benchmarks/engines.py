"""Peers that are Python libraries, each asked by a script of a few lines."""

from collections.abc import Mapping

from questions import BY, COLUMNS, LIKE, WHERE, Command, Peer


def _script(python: str, head: str, bodies: Mapping[str, str]) -> dict[str, Command]:
    def task(body: str) -> Command:
        return lambda path: (python, "-c", f"import sys\n{head}\n{body}", path)

    return {name: task(body) for name, body in bodies.items()}


def pandas(python: str) -> Peer:
    """Pandas as most people write it: the whole table read, then the question."""
    ask = """(t.groupby({by}, dropna=False)["value"].agg(["sum", "mean", "median", "size"])
     .rename(columns={{"size": "count"}}).reset_index().to_csv(sys.stdout, index=False))"""
    keep = 't[{}].to_csv(sys.stdout, index=False)'  # fmt: skip
    bodies = {
        "aggregate": ask.format(by=list(BY)),
        "like": ask.format(by=list(LIKE)),
        "filter": keep.format('(t.province == "Yunnan") & (t.status == "signed")'),
        "compare": keep.format('t.indicator.isin(["tax", "jobs"]) & (t.status == "signed")'
                               ' & (t.period == "2024-Q1") & (t.scope == "project")'
                               ' & t.value.notna()'),
        "export": 't.to_json(sys.stdout, orient="records", lines=True, force_ascii=False)',
    }  # fmt: skip
    head = "import pandas\nt = pandas.read_csv(sys.argv[1])"
    version = (python, "-c", "import pandas; print(pandas.__version__)")
    return Peer("pandas", version, _script(python, head, bodies), {"export": 2_000_000})


def polars(python: str) -> Peer:
    """Polars, lazy and streaming."""
    ask = """(t.group_by({by}).agg(sum=c.sum(), mean=c.mean(), median=c.median(), count=pl.len())
 .collect(engine="streaming").write_csv(sys.stdout.buffer))"""
    keep = 't.filter({}).collect(engine="streaming").write_csv(sys.stdout.buffer)'
    bodies = {
        "aggregate": ask.format(by=list(BY)),
        "like": ask.format(by=list(LIKE)),
        "filter": keep.format('pl.col("province") == "Yunnan", pl.col("status") == "signed"'),
        "compare": keep.format('pl.col("indicator").is_in(["tax", "jobs"]), pl.col("status")'
                               ' == "signed", pl.col("period") == "2024-Q1",'
                               ' pl.col("scope") == "project", c.is_not_null()'),
        "export": "t.sink_ndjson(sys.stdout.buffer)",
    }  # fmt: skip
    head = f"""import polars as pl
types = {{name: pl.String for name in {COLUMNS}}} | {{"value": pl.Float64}}
t = pl.scan_csv(sys.argv[1], schema=types)
c = pl.col("value")"""
    version = (python, "-c", "import polars; print(polars.__version__)")
    return Peer("polars", version, _script(python, head, bodies))


def duckdb(python: str) -> Peer:
    """DuckDB from Python, the types of all columns given.

    Its progress bar goes to standard output after two seconds, into the middle of the rows.
    """
    types = {name: "DOUBLE" if name == "value" else "VARCHAR" for name in COLUMNS}
    head = f"""import duckdb
table = "read_csv('%s', header=true, auto_detect=false, columns={types})" % sys.argv[1]
def tell(query, how):
    duckdb.sql("SET enable_progress_bar = false")
    duckdb.sql("COPY (" + query.replace("TABLE", table) + ") TO '/dev/stdout' (" + how + ")")"""
    rows = 'tell("SELECT * FROM TABLE WHERE {}", "FORMAT csv, HEADER")'
    ask = ('tell("SELECT {by}, sum(value) AS sum, avg(value) AS mean, median(value) AS median,'
           ' count(*) AS count FROM TABLE GROUP BY ALL", "FORMAT csv, HEADER")')  # fmt: skip
    bodies = {
        "aggregate": ask.format(by=", ".join(BY)),
        "like": ask.format(by=", ".join(LIKE)),
        "filter": rows.format(WHERE["filter"]),
        "compare": rows.format(WHERE["compare"]),
        "export": 'tell("SELECT * FROM TABLE", "FORMAT json")',
    }
    version = (python, "-c", "import duckdb; print(duckdb.__version__)")
    return Peer("DuckDB", version, _script(python, head, bodies))
