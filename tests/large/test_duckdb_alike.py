"""What DuckDB passes over in silence is refused, as it is without DuckDB."""

import pytest

pytest.importorskip("duckdb", reason="the extra 'fast' is not installed")

HEAD = "id,province,scope,indicator,status,period,value,unit,line,note"
GOOD = "a1,Gansu,project,investment,signed,2023,10,亿元,3,x\n"
COMMANDS = [
    ("filter", "T", "--province", "Yunnan"),
    ("compare", "investment", "T", "--province", "Yunnan"),
    ("aggregate", "T", "--by", "province", "--stat", "sum"),
    ("export", "T", "-f", "jsonl"),
]


@pytest.fixture(params=COMMANDS, ids=lambda command: command[0])
def by_duckdb(request, in_blocks):
    def run(name):
        words = [name if word == "T" else word for word in request.param]
        return [in_blocks(*words, "--engine", one, size=1 << 20) for one in ("duckdb", "pandas")]

    return run


@pytest.mark.parametrize(
    "filling", ["", "a2,Gansu,project,investment,signed,2023,10,亿元,3,\n" * 9]
)
@pytest.mark.parametrize("end", [",\n", ',""\n', ",\r\n", ","])
def test_an_empty_cell_too_many(by_duckdb, write, filling, end):
    broken = f"z1,Yunnan,project,investment,signed,2023,1,234,亿元,9{end}"
    duckdb, pandas = by_duckdb(write(f"{HEAD}\n{GOOD}{filling}{broken}"))
    assert duckdb == pandas
    assert duckdb.code == 3 and "11 fields where the header has 10" in duckdb.stderr


@pytest.mark.parametrize("end", [",\n", ',""\n', ',"x, y"\n'])
def test_an_empty_last_cell_is_none_too_many(by_duckdb, write, end):
    row = f'z1,Yunnan,project,investment,signed,2023,"234",亿元,9{end}'
    duckdb, pandas = by_duckdb(write(f"{HEAD}\n{GOOD}{row}"))
    assert (duckdb.code, duckdb.stdout) == (0, pandas.stdout)


def test_a_mark_that_duckdb_would_quote(by_duckdb, write):
    row = "z1,Yunnan,project,investment,signed,2023,10,亿元,9,Lot #3\n"
    duckdb, pandas = by_duckdb(write(f"{HEAD}\n{GOOD}{row}"))
    assert (duckdb.code, duckdb.stdout) == (0, pandas.stdout)


def test_files_of_other_columns(by_duckdb, write, tmp_path):
    write(f"{HEAD}\n{GOOD}", "m1.csv")
    write(f"{HEAD.replace('value,unit,line', 'line,unit,value')}\n{GOOD}", "m2.csv")
    for done in by_duckdb("m?.csv"):
        assert (done.code, done.stdout) == (3, "")
        assert "m2.csv:1: other columns than in m1.csv" in done.stderr
