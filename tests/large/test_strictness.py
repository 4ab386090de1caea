"""What DuckDB passes over in silence is refused in a large table, as in a small one."""

import pytest

HEAD = "id,province,scope,indicator,status,period,value,unit,line,note"
GOOD = "a1,Gansu,project,investment,signed,2023,10,亿元,3,x\n"
COMMANDS = [
    ("filter", "T", "--province", "Yunnan"),
    ("compare", "investment", "T", "--province", "Yunnan"),
    ("aggregate", "T", "--by", "province", "--stat", "sum"),
    ("export", "T", "-f", "jsonl"),
]


@pytest.fixture(params=COMMANDS, ids=lambda command: command[0])
def both(request, cli, large):
    """Run a command on a table as large and as small."""

    def run(name):
        words = [name if word == "T" else word for word in request.param]
        return large(*words), cli(*words)

    return run


@pytest.mark.parametrize(
    "filling", ["", "a2,Gansu,project,investment,signed,2023,10,亿元,3,\n" * 9]
)
@pytest.mark.parametrize("end", [",\n", ',""\n', ",\r\n", ","])
def test_an_empty_cell_too_many(both, write, filling, end):
    broken = f"z1,Yunnan,project,investment,signed,2023,1,234,亿元,9{end}"
    big, small = both(write(f"{HEAD}\n{GOOD}{filling}{broken}"))
    assert (big.stderr, big.code) == (small.stderr, 3)
    assert "11 fields where the header has 10" in big.stderr


@pytest.mark.parametrize("end", [",\n", ',""\n', ',"x, y"\n'])
def test_an_empty_last_cell_is_not_one_too_many(both, write, end):
    row = f'z1,Yunnan,project,investment,signed,2023,"234",亿元,9{end}'
    big, small = both(write(f"{HEAD}\n{GOOD}{row}"))
    assert (big.code, big.stdout) == (0, small.stdout)


def test_a_mark_that_duckdb_would_quote(both, write):
    row = "z1,Yunnan,project,investment,signed,2023,10,亿元,9,Lot #3\n"
    big, small = both(write(f"{HEAD}\n{GOOD}{row}"))
    assert (big.code, big.stdout) == (0, small.stdout)


def test_files_of_other_columns(both, write, tmp_path):
    write(f"{HEAD}\n{GOOD}", "m1.csv")
    write(f"{HEAD.replace('value,unit,line', 'line,unit,value')}\n{GOOD}", "m2.csv")
    for done in both("m?.csv"):
        assert (done.code, done.stdout) == (3, "")
        assert "m2.csv:1: other columns than in m1.csv" in done.stderr
