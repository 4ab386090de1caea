"""A table in pieces, wherever it is cut and however it is packed, is the table in one."""

import csv
import gzip
import io
import logging

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

distributed = pytest.importorskip("distributed")
fsspec = pytest.importorskip("fsspec")

HEAD = "id,indicator,status,scope,period,province,value,unit,bound\n"
ROWS = [
    f"r{n},tax,actual,city,2023,{('Gansu', 'Yunnan', '')[n % 3]},{n % 7}.5,亿元,exact\n"
    for n in range(90)
]
TABLE = HEAD + "".join(ROWS)
ASKED = ("--by", "province", "--stat", "sum,count,median,std")


@pytest.fixture(scope="module")
def address():
    """A cluster within this process, so that its workers see ``memory://`` files."""
    options = {"processes": False, "n_workers": 2, "dashboard_address": None}
    with distributed.LocalCluster(**options, silence_logs=logging.CRITICAL) as cluster:
        yield cluster.scheduler_address


@pytest.fixture
def store():
    """Write an object into a store of this process and return its path."""
    memory = fsspec.filesystem("memory")

    def put(data, name="t.csv"):
        memory.pipe(f"/bucket/{name}", data if isinstance(data, bytes) else data.encode())
        return f"memory://bucket/{name}"

    yield put
    memory.store.clear()


@pytest.fixture
def there(cli, monkeypatch, address):
    """Run ``aggregate`` on that cluster, in pieces of some bytes."""

    def run(*args, size=400):
        with monkeypatch.context() as patch:
            patch.setenv("TRANSFER_BLOCK", str(size))
            return cli("aggregate", *args, "--cluster", address)

    return run


@pytest.mark.parametrize("size", [64, 400, 100_000])
def test_an_object_store(cli, write, store, there, size):
    here = cli("aggregate", write(TABLE), *ASKED)
    found = there(store(TABLE), *ASKED, size=size)
    assert (found.code, found.stdout) == (0, here.stdout), found.stderr


CELLS = st.text(st.sampled_from('ab",\n'), max_size=6)


@given(rows=st.lists(st.tuples(CELLS, CELLS), max_size=12), size=st.integers(1, 40))
@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_quotes_and_line_ends_within_them_are_cut_nowhere(cli, write, there, rows, size):
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([("one", "two"), *rows])
    name = write(text.getvalue())
    here = cli("aggregate", name, "--by", "one,two")
    assert there(name, "--by", "one,two", size=size).stdout == here.stdout


@pytest.mark.parametrize("text", [TABLE.replace("\n", "\r\n"), "\ufeff" + TABLE, TABLE[:-1], HEAD,
                                  HEAD[:-1], TABLE.replace(",", "\t")])  # fmt: skip
def test_other_shapes(cli, write, there, text):
    name = write(text)
    here = cli("aggregate", name, *ASKED)
    found = there(name, *ASKED)
    assert (found.code, found.stdout) == (here.code, here.stdout), found.stderr


@pytest.mark.parametrize(
    "condition",
    [("--province", "Gansu"), ("--min", "4"), ("--period", "2022"), ("--where", "value > 3")],
)
def test_conditions(cli, write, there, monkeypatch, condition):
    monkeypatch.setenv("TRANSFER_LARGE", "1")
    name = write(TABLE)
    here = cli("aggregate", name, *ASKED, *condition)
    found = there(name, *ASKED, *condition)
    assert (found.code, found.stdout, found.stderr) == (here.code, here.stdout, here.stderr)


def test_a_name_that_stands_in_one_piece_only(cli, write, there):
    name = write(TABLE.replace("province", "place").replace("Gansu", "Dali", 1))
    found = there(name, "--place", "Dali")
    assert (found.code, found.stdout) == (0, "count\n1\n"), found.stderr
    assert there(name, "--place", "Dalli").code == 2


@pytest.mark.parametrize(
    ("row", "told"),
    [("x,tax\n", "t.csv:62: 2 fields"),
     ("x,tax,actual,city,2023,Gansu,5x,亿元,exact\n", "t.csv:62: column 'value': '5x'"),
     ("x,tax,actual,city,2023,Gansu,5,亿元,maybe\n", "t.csv:62: column 'bound'")],
)  # fmt: skip
def test_an_error_names_its_line(write, there, row, told):
    lines = [HEAD, *ROWS]
    lines[61:61] = [row]
    lines[75:75] = ["y,tax\n"]
    done = there(write("".join(lines), "t.csv"), *ASKED)
    assert done.code == 3
    assert told in done.stderr


def test_files_by_a_glob_packed_or_not(cli, write, store, there):
    here = cli("aggregate", write(TABLE), *ASKED)
    store(HEAD + "".join(ROWS[:30]), "part-1.csv")
    store(gzip.compress((HEAD + "".join(ROWS[30:])).encode()), "part-2.csv.gz")
    found = there("memory://bucket/part-*", *ASKED)
    assert (found.code, found.stdout) == (0, here.stdout), found.stderr


def test_other_columns_in_one_file(store, there):
    store(TABLE, "part-1.csv")
    store(TABLE.replace("id,indicator", "indicator,id"), "part-2.csv")
    done = there("memory://bucket/part-*", *ASKED)
    assert done.code == 3
    assert "part-2.csv:1: other columns than in " in done.stderr


@pytest.mark.parametrize("name", ["memory://bucket/none.csv", "memory://bucket/none-*.csv",
                                  "none.csv", "none-*.csv"])  # fmt: skip
def test_no_such_file(there, name):
    done = there(name)
    assert done.code == 3
    assert name in done.stderr


def test_an_unknown_store(there):
    done = there("nosuchstore://bucket/t.csv")
    assert done.code == 3
    assert "cannot reach 'nosuchstore://bucket/t.csv'" in done.stderr


def test_a_packed_file_cut_short(write, there):
    done = there(write(gzip.compress(TABLE.encode())[:-9], "t.csv.gz"), *ASKED)
    assert done.code == 3
    assert "cannot unpack 't.csv.gz'" in done.stderr


@pytest.mark.parametrize("rows", [7, 30, 1000])
def test_parquet_by_row_groups(cli, write, store, there, rows):
    pa = pytest.importorskip("pyarrow")
    from pyarrow import csv as reader
    from pyarrow import parquet

    table = reader.read_csv(io.BytesIO(TABLE.encode()))
    sink = io.BytesIO()
    parquet.write_table(table.set_column(0, "id", table["id"].cast(pa.large_string())), sink,
                        row_group_size=rows)  # fmt: skip
    here = cli("aggregate", write(TABLE), *ASKED)
    found = there(store(sink.getvalue(), "t.parquet"), *ASKED)
    assert (found.code, found.stdout) == (0, here.stdout), found.stderr


def test_parquet_without_rows(cli, write, store, there):
    pa = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    sink = io.BytesIO()
    empty = pa.table({name: pa.array([], "string") for name in HEAD.strip().split(",")})
    parquet.ParquetWriter(sink, empty.schema).close()
    here = cli("aggregate", write(HEAD), *ASKED)
    assert there(store(sink.getvalue(), "t.parquet"), *ASKED).stdout == here.stdout
