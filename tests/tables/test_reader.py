"""The strict reader: what a cell is, where a broken row is, and the same in chunks of any size."""

import csv
import io
from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transfer_cli.errors import DataError, UsageError
from transfer_cli.tables import reader
from transfer_cli.tables import text as text_lines
from transfer_cli.tables.packing import InputFile
from transfer_cli.tables.rows import open_rows

SOUND = "id,name\n1,甘肃\n2,云南\n"
ROWS = [["1", "甘肃"], ["2", "云南"]]


def memory(text, name="table.csv"):
    data = text if isinstance(text, bytes) else text.encode()
    return InputFile(name, "", io.BytesIO(data))


def read(text, **options):
    """Return the header and all rows of a text; one that is not bytes is UTF-8."""
    if isinstance(text, str):
        options.setdefault("encoding", "utf-8")
    with open_rows(memory(text), **options) as file:
        return file.header, list(chain.from_iterable(chunk.rows for chunk in file))


def lines(text):
    with open_rows(memory(text), encoding="utf-8") as file:
        return list(chain.from_iterable(chunk.lines for chunk in file))


BROKEN = {
    "too few fields": ("a,b,c\n1,2,3\n4,5\n", ":3:", "column 'c' is missing"),
    "too many fields": ("a,b\n1,2\n3,4,5\n", ":3:", "'5' comes after the last column, 'b'"),
    "after a blank line": ("a,b\n\n1,2\n3\n", ":4:", "'b'"),
    "after a quoted line end": ('a,b\n"x\ny",2\n3\n', ":4:", "'b'"),
    "after a header of two lines": ('"a\nx",b\n1,2\n3\n', ":4:", "'b'"),
    "CR alone": ("a,b\r1,2\r3\r", ":3:", "'b'"),
    "a quote that never closes": ('a,b\n1,2\n"3,4\n5,6\n', ":3:", "a quote is not closed"),
    "text after a quote": ('a,b\n"1"x,2\n', ":2:", "text follows a closing quote"),
    "a blank beside a quote": ('a,b\n"1" ,2\n', ":2:", "text follows a closing quote"),
    "a quote in the header": ('"a"x,b\n1,2\n', ":1:", "in the header"),
    "a column twice": ("a,b,a\n1,2,3\n", ":1:", "'a' occurs twice"),
    "a column without a name": ("a,,c\n1,2,3\n", ":1:", "column 2 has no name"),
    "a blank first line": ("\na,b\n1,2\n", ":1:", "the first line is empty"),
    "a NUL": ("a,b\n1,2\n3,x\0y\n", ":3:", "NUL"),
    "no encoding": (b"id,name\n1,\xff\n", ":2:", "neither UTF-8 nor GB18030"),
    "damaged UTF-8": (f"{SOUND}3,x\n".encode().replace(b"x", b"\xc3"), ":4:", "not UTF-8"),
}


@pytest.mark.parametrize(("text", "place", "message"), BROKEN.values(), ids=BROKEN)
def test_broken(text, place, message):
    with pytest.raises(DataError) as raised:
        read(text)
    assert str(raised.value).startswith(f"table.csv{place}")
    assert message in str(raised.value)
    assert raised.value.hint


def test_a_late_broken_row_is_found_on_its_line_after_the_rows_before_it():
    rows = 'x,"1\n2"\n' * 10_000
    with open_rows(memory(f"a,b\n{rows}y\n")) as file:
        seen = 0
        with pytest.raises(DataError, match=r"table\.csv:20002: 1 fields"):
            for chunk in file:
                seen += len(chunk.rows)
    assert seen == 10_000


def test_a_late_undecodable_byte_is_found_on_its_line():
    data = b"a,b\r\n" + "云,1\r\n".encode() * 100_000 + b"\xff,1\r\n"
    with pytest.raises(DataError, match=r"table\.csv:100002: not UTF-8"):
        read(data)


def test_an_earlier_broken_row_is_named_before_a_later_quote():
    with pytest.raises(DataError, match=r":3: 1 fields"):
        read('a,b\n1,2\n3\n"1"x,2\n')


def test_all_broken_rows_are_reported_if_requested():
    reported = []
    text = 'a,b,a\n1,2\n"1"x,2,3\n1,2,3\n1,2,3,4\n'
    header, rows = read(text, on_broken=reported.append)
    assert (header, rows) == (["a", "b", "a"], [["1", "2", "3"]])
    assert [(row.line, row.column) for row in reported] == [(1, "a"), (2, "a"), (3, ""), (5, "")]


@pytest.mark.parametrize("text", ["", "\n", " \n\n", "\ufeff"])
def test_empty(text):
    with pytest.raises(DataError, match=r"table\.csv is empty"):
        read(text)


@pytest.mark.parametrize(
    "text",
    [
        SOUND,
        SOUND.replace("\n", "\r\n"),
        SOUND.replace("\n", "\r"),
        "\ufeff" + SOUND,
        SOUND.removesuffix("\n"),
        SOUND.replace(",", "\t"),
        SOUND.replace(",", ";"),
        SOUND.replace(",", "|"),
        '"id","name"\n"1","甘肃"\n"2","云南"\n',
        SOUND.replace("\n", "\n\n"),
        SOUND.encode("utf-16"),
        SOUND.encode("utf-16-le"),
        SOUND.encode("utf-16-be"),
        SOUND.encode("gb18030"),
    ],
    ids=[
        "LF",
        "CRLF",
        "CR",
        "BOM",
        "no end",
        "tab",
        "semicolon",
        "pipe",
        "quoted",
        "blank lines",
        "UTF-16 with its mark",
        "UTF-16-LE",
        "UTF-16-BE",
        "GB18030",
    ],
)
def test_sound(text):
    assert read(text) == (["id", "name"], ROWS)


def test_a_header_alone():
    assert read("id,value\n") == (["id", "value"], [])


def test_cells_stay_as_printed():
    text = 'a,b,c,d\n-3.30,007,NA,None\n1e3,"x,y","say ""hi""","two\nlines"\n'
    assert read(text)[1] == [
        ["-3.30", "007", "NA", "None"],
        ["1e3", "x,y", 'say "hi"', "two\nlines"],
    ]


def test_a_quote_within_a_cell_opens_nothing():
    text = 'a,b,n\nk,5" pipe,1\nj,"two\nlines",2\ni,x"",3\nh,"""",4\n'
    cells = [row[1] for row in read(text)[1]]
    assert cells == ['5" pipe', "two\nlines", 'x""', '"']


def test_the_quote_before_a_formula_is_taken_back():
    text = "'=a,'b\n'=1+1,'x\n'-3,''=\n"
    assert read(text) == (["=a", "'b"], [["=1+1", "'x"], ["-3", "''="]])


def test_a_mark_within_a_file_stays_in_its_cell():
    assert read("id,v\na,1\n\ufeffb,2\n")[1][1] == ["\ufeffb", "2"]


def test_a_long_cell():
    cell = "云" * 200_000
    assert read(f"a,b\n{cell},1\n")[1] == [[cell, "1"]]


def test_a_lone_column_may_hold_an_empty_cell_but_a_blank_line_is_none():
    assert read('a\n1\n\n""\n2\n')[1] == [["1"], [""], ["2"]]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_are_physical(end):
    text = '"a\nx",b\n1,2\n\n"3\n4\n",5\n6,7'.replace("\n", end)
    assert lines(text) == [3, 5, 8]


@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
def test_a_delimiter_must_be_even_in_the_first_hundred_records(delimiter):
    even, odd = f"a{delimiter}b\n", f"1{delimiter}2{delimiter}3\n"
    for records, expected in ((99, ","), (100, delimiter)):
        with open_rows(memory(even * records + odd)) as file:
            assert file.delimiter == expected


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        ("a;b,c\n1;2,3\n", ","),  # Both are even.
        ("a;b\n1,5;2,5\n", ";"),
        ("a;b\n1,5;2\n", ";"),
        ('a,b\n"x;y",1\n"z;w",2\n', ","),
        ('a,b\n1,"x;y"\n2,"z;w"\n', ","),
        ('"a\tx",b\n1,2\n', ","),
        ('"a;\nx",b\n1,2\n', ","),
        ("a\n1\n", ","),
    ],
)
def test_delimiters_are_counted_outside_quotes(text, delimiter):
    with open_rows(memory(text)) as file:
        assert file.delimiter == delimiter
        assert file.notes == []


def test_a_lone_column_that_looks_delimited_is_noted():
    with open_rows(memory("a;b\n1;2;3\n")) as file:
        assert file.header == ["a;b"]
        assert "--delimiter semicolon" in file.notes[0]
    with open_rows(memory("a;b\n1;2;3\n"), delimiter="comma") as file:
        assert file.notes == []


def test_a_file_named_tsv_has_tabs_if_nothing_else_is_certain():
    with (
        open_rows(memory("a\tb\n1\n", "t.tsv")) as file,
        pytest.raises(DataError, match=r"t\.tsv:2: 1 fields"),
    ):
        list(file)


@pytest.mark.parametrize("given", [";", "semicolon", "Semicolon"])
def test_a_delimiter_is_forced(given):
    assert read("a;b,c\n1;2\n", delimiter=given) == (["a", "b,c"], [["1", "2"]])


@pytest.mark.parametrize("given", ["xx", '"', "\n", "，"])
def test_what_is_no_delimiter(given):
    with pytest.raises(UsageError, match="is not a delimiter"):
        read(SOUND, delimiter=given)


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16", "utf-8-sig", "big5"])
def test_another_encoding(encoding):
    text = "id,name\n1,甘\n"
    assert read(text.encode(encoding), encoding=encoding)[1] == [["1", "甘"]]


def test_an_unknown_encoding():
    with pytest.raises(UsageError, match="unknown encoding 'xx'"):
        read(SOUND, encoding="xx")


def test_ten_thousand_columns():
    names = [f"c{number}" for number in range(10_000)]
    row = ",".join("1" for _ in names)
    header, rows = read(f"{','.join(names)}\n" + f"{row}\n" * 200)
    assert header == names
    assert (len(rows), {len(row) for row in rows}) == (200, {10_000})


def test_a_chunk_is_bounded_however_wide_the_table():
    row = ",".join("12345678" for _ in range(10_000))
    names = ",".join(f"column{number}" for number in range(10_000))
    with open_rows(memory(f"{names}\n" + f"{row}\n" * 300)) as file:
        assert max(len(chunk.rows) for chunk in file) < 100


CELL = st.text(
    st.sampled_from(
        ["a", "é", "云", '"', "'", "=", ",", ";", "\t", "|", "\n", "\r", " ", "1", "-"]
    ),
    max_size=5,
)


@st.composite
def written(draw):
    """A table, and its text as csv.writer writes it."""
    width = draw(st.integers(1, 4))
    cells = st.lists(CELL, min_size=width, max_size=width)
    header = [f"c{number}" for number in range(width)]
    rows = draw(st.lists(cells, max_size=8))
    text = io.StringIO()
    quoting = draw(st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC]))
    # Without need csv.writer quotes only the line ends that it writes itself.
    ends = ["\r\n"] if quoting == csv.QUOTE_MINIMAL else ["\n", "\r\n", "\r"]
    writer = csv.writer(
        text,
        delimiter=draw(st.sampled_from(",;\t|")),
        quoting=quoting,
        lineterminator=draw(st.sampled_from(ends)),
    )
    writer.writerows([header, *rows])
    return header, rows, text.getvalue(), writer.dialect.delimiter


@given(written(), st.integers(1, 9), st.integers(1, 7))
def test_what_is_written_reads_back_equal_in_chunks_and_blocks_of_any_size(table, rows, block):
    header, cells, text, delimiter = table
    expected = [[reader.unguard(cell) for cell in row] for row in cells]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reader, "ROWS", rows)
        patch.setattr(text_lines, "_BLOCK", block)
        assert read(text, delimiter=delimiter) == (header, expected)


@given(written())
def test_lines_are_those_on_which_rows_begin(table):
    _, _, text, delimiter = table
    physical = io.StringIO(text, newline="").readlines()
    with open_rows(memory(text), delimiter=delimiter, encoding="utf-8") as file:
        numbered = [(line, row) for chunk in file for line, row in zip(*chunk, strict=True)]
    for line, row in numbered:
        rest = csv.reader(physical[line - 1 :], delimiter=delimiter, strict=True)
        assert [reader.unguard(cell) for cell in next(rest)] == row


@given(written())
def test_the_delimiter_is_recognised_where_cells_hold_none(table):
    header, cells, _, _ = table
    plain = [
        [cell.translate(dict.fromkeys(map(ord, ',;\t|\n\r"'), "x")) for cell in row]
        for row in cells
    ]
    for delimiter in ",;\t|":
        text = io.StringIO()
        csv.writer(text, delimiter=delimiter).writerows([header, *plain])
        found_header, rows = read(text.getvalue())
        assert found_header == header
        assert rows == [[reader.unguard(cell) for cell in row] for row in plain]
