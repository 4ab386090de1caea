"""The workers of a cluster give the groups that one machine gives."""

import sys
from decimal import Decimal

import pytest

from transfer_cli.engine import cluster
from transfer_cli.engine.cluster import ClusterSource
from transfer_cli.engine.connection import connect
from transfer_cli.engine.duck import DuckSource
from transfer_cli.errors import DataError, TransferError, UsageError
from transfer_cli.model.vocabulary import Vocabulary
from transfer_cli.query.comparisons import Compare
from transfer_cli.query.condition import EVERY_ROW
from transfer_cli.tables.source import Measure

pytest.importorskip("distributed")

HEADER = "id,province,indicator,value,unit\n"
ROWS = [
    f"r{n},{('Gansu', '云南', 'Yunnan', '')[n % 4]},{('tax', 'toll')[n % 2]},"
    f"{('', 'NA', '1e3', f'{n}.25')[n % 7 % 4]},亿元\n"
    for n in range(600)
]
MEASURE = Measure("value", squares=True)


@pytest.fixture
def paths(tmp_path):
    """Three files of one table."""
    paths = [tmp_path / f"part-{n}.csv" for n in range(3)]
    for n, path in enumerate(paths):
        path.write_text(HEADER + "".join(ROWS[n::3]), "utf-8")
    return paths


def rows(frame):
    return frame.to_numpy().tolist()


@pytest.mark.parametrize("by", [(), ("province",), ("region", "indicator"), ("category",)])
@pytest.mark.parametrize("where", [EVERY_ROW, Compare("id", ">", "r3")])
def test_groups_are_those_of_one_machine(paths, address, by, where):
    one, many = DuckSource("t", paths), ClusterSource("t", paths, address)
    expected = one.groups(where, by, MEASURE, ("unit", "indicator"))
    found = many.groups(where, by, MEASURE, ("unit", "indicator"))
    assert [*found.columns] == [*expected.columns]
    assert rows(found) == rows(expected)
    assert rows(many.groups(where, by)) == rows(one.groups(where, by))
    assert many.count(where) == one.count(where)
    assert dict(many.counts(where, "province")) == dict(one.counts(where, "province"))


def test_row_groups_of_parquet(paths, address, tmp_path, monkeypatch):
    monkeypatch.setattr(cluster, "PIECE_ROWS", 1)
    path = tmp_path / "t[1].parquet"
    with connect() as connection:
        big, groups = tmp_path / "big.parquet", "(FORMAT parquet, ROW_GROUP_SIZE 2048)"
        read = f"FROM read_csv('{tmp_path}/part-*.csv', all_varchar = true)"
        connection.execute(f"COPY ({read}) TO '{path}' {groups}")
        numbers = "SELECT range::VARCHAR AS value FROM range(10000)"
        connection.execute(f"COPY ({numbers}) TO '{big}' {groups}")
    many = ClusterSource("t", [path], address)
    assert rows(many.groups(EVERY_ROW, ("province",), MEASURE)) == rows(
        DuckSource("t", [path]).groups(EVERY_ROW, ("province",), MEASURE))  # fmt: skip
    many = ClusterSource("t", [big], address)
    assert len(many._pieces()) > 1
    assert many.groups(EVERY_ROW, (), Measure("value"))["sum"][0] == Decimal(49995000)


def test_the_users_look_ups_are_carried_along(paths, address, tmp_path):
    own = tmp_path / "own"
    own.mkdir()
    from transfer_cli.model.lookups import data_directory

    lines = (data_directory() / "indicators.csv").read_text("utf-8").splitlines()
    row = next(line for line in lines if line.startswith("tax,")).split(",")
    row[lines[0].split(",").index("category")] = "income"
    row[0] = "toll"
    (own / "indicators.csv").write_text(f"{lines[0]}\n{','.join(row)}\n", "utf-8")
    words = Vocabulary([own])
    many = ClusterSource("t", paths, address, vocabulary=words)
    many._pieces()
    (own / "indicators.csv").unlink()
    assert dict(many.counts(EVERY_ROW, "category")) == {
        words.indicators["tax"].category: 300, "income": 300}  # fmt: skip


def test_an_error_of_a_worker_names_file_and_line(paths, address):
    paths[1].write_text(HEADER + "x,y\n", "utf-8")
    with pytest.raises(DataError, match=r"part-1.csv:2: 2 fields"):
        ClusterSource("t", paths, address).groups(EVERY_ROW, ("province",), MEASURE)


def test_what_cannot_be_combined_is_refused(paths, address):
    many = ClusterSource("t", paths, address)
    with pytest.raises(UsageError, match="medians and quantiles") as raised:
        many.groups(EVERY_ROW, (), Measure("value", values=True))
    assert raised.value.hint.option == "--cluster"


def test_one_file_of_text_is_refused(paths, address):
    with pytest.raises(UsageError, match="several files, or Parquet"):
        ClusterSource("t", paths[:1], address)


@pytest.mark.parametrize("nowhere", ["tcp://127.0.0.1:1", "nowhere"])
def test_nothing_answers(paths, monkeypatch, nowhere):
    monkeypatch.setattr(cluster, "SECONDS", 1)
    with pytest.raises(TransferError, match=f"no cluster answers at '{nowhere}'") as raised:
        ClusterSource("t", paths, nowhere).count()
    assert "start one: " in raised.value.hint


def test_without_dask_its_name_is_in_the_message(paths, monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(TransferError, match="--cluster needs Dask") as raised:
        ClusterSource("t", paths, "local").count()
    assert "transfer-cli[cluster]" in raised.value.hint


def test_local_starts_workers_and_ends_them(paths):
    assert ClusterSource("t", paths, "local").count() == 600
