"""Peers that are Python libraries, each run by a script of a few lines."""

from collections.abc import Mapping

from tasks import BY, BY_COMPARABLE, COLUMNS, WHERE, Command, Peer


def _script(python: str, head: str, bodies: Mapping[str, str]) -> dict[str, Command]:
    def task(body: str) -> Command:
        return lambda path: (python, "-c", f"import sys\n{head}\n{body}", path)

    return {name: task(body) for name, body in bodies.items()}


def pandas(python: str) -> Peer:
    """Pandas as most people use it: read the whole table, then answer."""
    aggregate = """(t.groupby({by}, dropna=False)["value"].agg(["sum", "mean", "median", "size"])
     .rename(columns={{"size": "count"}}).reset_index().to_csv(sys.stdout, index=False))"""
    rows = 't[{}].to_csv(sys.stdout, index=False)'  # fmt: skip
    bodies = {
        "aggregate": aggregate.format(by=list(BY)),
        "comparable": aggregate.format(by=list(BY_COMPARABLE)),
        "filter": rows.format('(t.province == "Yunnan") & (t.status == "signed")'),
        "compare": rows.format('t.indicator.isin(["tax", "jobs"]) & (t.status == "signed")'
                               ' & (t.period == "2024-Q1") & (t.scope == "project")'
                               ' & t.value.notna()'),
        "export": 't.to_json(sys.stdout, orient="records", lines=True, force_ascii=False)',
    }  # fmt: skip
    head = "import pandas\nt = pandas.read_csv(sys.argv[1])"
    version = (python, "-c", "import pandas; print(pandas.__version__)")
    return Peer("pandas", version, _script(python, head, bodies), {"export": 2_000_000})


def polars(python: str) -> Peer:
    """Polars, lazy and streaming."""
    aggregate = """(t.group_by({by})
 .agg(sum=c.sum(), mean=c.mean(), median=c.median(), count=pl.len())
 .collect(engine="streaming").write_csv(sys.stdout.buffer))"""
    rows = 't.filter({}).collect(engine="streaming").write_csv(sys.stdout.buffer)'
    bodies = {
        "aggregate": aggregate.format(by=list(BY)),
        "comparable": aggregate.format(by=list(BY_COMPARABLE)),
        "filter": rows.format('pl.col("province") == "Yunnan", pl.col("status") == "signed"'),
        "compare": rows.format('pl.col("indicator").is_in(["tax", "jobs"]), pl.col("status")'
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
    """DuckDB from Python, with the types of all columns.

    Its progress bar is off: after two seconds it would be written among the rows.
    """
    types = {name: "DOUBLE" if name == "value" else "VARCHAR" for name in COLUMNS}
    head = f"""import duckdb
table = "read_csv('%s', header=true, auto_detect=false, columns={types})" % sys.argv[1]
def write(query, options):
    duckdb.sql("SET enable_progress_bar = false")
    duckdb.sql("COPY (" + query.replace("TABLE", table) + ") TO '/dev/stdout' (" + options + ")")"""
    rows = 'write("SELECT * FROM TABLE WHERE {}", "FORMAT csv, HEADER")'
    aggregate = (
        'write("SELECT {by}, sum(value) AS sum, avg(value) AS mean, median(value) AS median,'
        ' count(*) AS count FROM TABLE GROUP BY ALL", "FORMAT csv, HEADER")'
    )
    bodies = {
        "aggregate": aggregate.format(by=", ".join(BY)),
        "comparable": aggregate.format(by=", ".join(BY_COMPARABLE)),
        "filter": rows.format(WHERE["filter"]),
        "compare": rows.format(WHERE["compare"]),
        "export": 'write("SELECT * FROM TABLE", "FORMAT json")',
    }
    version = (python, "-c", "import duckdb; print(duckdb.__version__)")
    return Peer("DuckDB", version, _script(python, head, bodies))
