"""A table has the same cells, and a broken one the same error, at any size."""

import bz2
import gzip
import lzma

import pandas as pd
import pytest
import zstandard

from transfer_cli.errors import TransferError
from transfer_cli.tables import files
from transfer_cli.tables.open import open_source

pytest.importorskip("transfer_cli.engine.duck")

TABLE = "id,v\na,1\nb,\n"
WIDE = ",".join(f"c{number}" for number in range(500))


@pytest.fixture
def rows(monkeypatch):
    """Return the columns and cells of a table, or its error, at a given threshold."""

    def read(name, large, **options):
        monkeypatch.setenv("TRANSFER_LARGE", "1" if large else str(1 << 30))
        try:
            source = open_source(name, **options)
            frame = pd.concat([table.frame for table in source.rows()])
        except TransferError as error:
            return type(error).__name__, str(error), error.hint
        return list(frame.columns), frame.to_numpy().tolist()

    yield read
    files.remove_copies()


SOUND = {
    "plain": TABLE,
    "CRLF": TABLE.replace("\n", "\r\n"),
    "CR": TABLE.replace("\n", "\r"),
    "both ends": TABLE + "c,2\r\nd,3\r\n",
    "BOM": f"\ufeff{TABLE}",
    "blank lines": "id,v\n\na,1\n\n\nb,\n\n",
    "a lone column": 'id\na\n\n""\nb\n',
    "no end": TABLE.removesuffix("\n"),
    "no rows": "id,v\n",
    "a line end in the header": '"id\nof it",v\na,1\n',
    "CRLF in the header": '"id\r\nof it",v\r\na,1\r\n',
    "a tab in the header": '"id\tx",v\na,1\n',
    "a quote in the header": '"id ""x""",v\na,1\n',
    "quoted cells": 'id,v\n"a,b","x\ny"\n"""q""",""\n',
    "a quote within a cell": 'id,v\na,5" pipe\nb,x""\n',
    "tabs": TABLE.replace(",", "\t"),
    "semicolons": TABLE.replace(",", ";"),
    "pipes": TABLE.replace(",", "|"),
    "a decimal comma": "id;v\na;1,5\nb;2,5\n",
    "formulas": "'=id,v\n'=1+1,'x\n'-3,'\n",
    "blanks": "id, v\n a ,　1\n b,\n",
    "words for null": "id,v\nNA,NULL\nnull,None\nnan,N/A\n",
    "columns that differ in case": "v,V\n1,2\n",
    "columns named as ours": "c1,c0\n1,2\n",
    "columns with quotes": '"a\'b","x;y"\n1,2\n',
    "wide": f"{WIDE}\n{WIDE}\n",
}


@pytest.mark.parametrize("text", SOUND.values(), ids=SOUND)
def test_cells(rows, write, text):
    name = write(text)
    assert rows(name, large=True) == rows(name, large=False)


BROKEN = {
    "too few fields": "a,b,c\n1,2,3\n4,5\n",
    "too many fields": "a,b\n1,2\n3,4,5\n",
    "an empty field too many": "a,b\n1,2,\n",
    "after a blank line": "a,b\n\n1,2\n3\n",
    "after a quoted line end": 'a,b\n"x\ny",2\n3\n',
    "a quote that never closes": 'a,b\n1,2\n"3,4\n5,6\n',
    "text after a quote": 'a,b\n"1"x,2\n',
    "a column twice": "a,b,a\n1,2,3\n",
    "a column without a name": "a,,c\n1,2,3\n",
    "a blank first line": "\na,b\n1,2\n",
    "no encoding": b"id,name\n1,Caf\xe9\n2,x\n",
    "JSON with a list": '{"a": [1]}\n',
    "a PDF document": b"%PDF-1.7\n",
    "empty": "\n\n",
}


@pytest.mark.parametrize("text", BROKEN.values(), ids=BROKEN)
def test_errors(rows, write, text):
    name = write(text)
    small = rows(name, large=False)
    assert small[0] == "DataError"
    assert rows(name, large=True) == small


@pytest.mark.parametrize(
    "name", ["gdp[2023].csv", "gdp*.csv", "gdp?.csv", "o'brien.csv", 'a "b".csv']
)
def test_the_file_that_was_named(rows, write, name):
    for other in ("gdp2.csv", "gdp20.csv"):
        write("id,v\nother,1\n", other)
    write(TABLE, name)
    assert (
        rows(name, large=True) == rows(name, large=False) == (["id", "v"], [["a", "1"], ["b", ""]])
    )


@pytest.mark.parametrize(
    ("suffix", "pack"),
    [
        (".gz", gzip.compress),
        (".bz2", bz2.compress),
        (".xz", lzma.compress),
        (".zst", zstandard.ZstdCompressor().compress),
    ],
)
def test_packed(rows, write, suffix, pack):
    for number, text in enumerate((TABLE, TABLE.replace("\n", "\r"), f"{TABLE}c\n")):
        name = write(pack(text.encode()), f"{number}.csv{suffix}")
        assert rows(name, large=True) == rows(name, large=False)
    name = write(pack(TABLE.encode() * 9)[:-9], f"cut.csv{suffix}")
    small = rows(name, large=False)
    assert "cannot unpack" in small[1]
    assert rows(name, large=True) == small


def test_another_encoding(rows, write):
    name = write("id,name\n1,甘肃\n".encode("gb18030"))
    small = rows(name, large=False, encoding="gb18030")
    assert small == (["id", "name"], [["1", "甘肃"]])
    assert rows(name, large=True, encoding="gb18030") == small


def test_a_pattern(rows, write):
    write(TABLE, "part-1.csv")
    write(gzip.compress(b"id,v\nc,3\n"), "part-2.csv.gz")
    assert rows("part-*", large=True) == rows("part-*", large=False)
    write("v,id\n1,a\n", "part-3.csv")
    assert rows("part-*", large=True) == rows("part-*", large=False)
