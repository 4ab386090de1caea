"""A large table is checked as a small one is: the same findings, with a limit to what is listed."""

import bz2
import gzip

import duckdb
import pytest

HEAD = (
    "id,province,place,place_zh,subject,subject_zh,scope,indicator,industry,status,period,value,"
    "unit,bound,part_of,line,printed,note\n"
)
ROW = "{id},Gansu,,,,,province,tax,,actual,2023,{value},亿元,exact,,1,{value}亿元,\n"
SOUND = "".join(ROW.format(id=f"gs_tax_{n}", value=n + 15) for n in range(30))
LAST = ROW.format(id="gs_last", value=7)
TWICE = ROW.format(id="gs_tax_3", value=7)
BROKEN = {
    "sound": LAST,
    "an id twice": LAST + TWICE,
    "an id three times, and a broken row": TWICE + TWICE + "too,few\n",
    "an id twice behind a quote left open": TWICE + LAST.replace("Gansu", '"Gansu'),
    "no id": LAST.replace("gs_last", ""),
    "no id twice": LAST.replace("gs_last", "") * 2,
    "a word that is none": LAST.replace("Gansu", "Gansoo").replace("actual", "acual"),
    "a number that is none": LAST.replace(",7,", ",7.x,"),
    "a bound against the print": LAST.replace("exact", "over"),
    "a period that is none": LAST.replace("2023", "2023-Q7"),
    "a part of nothing": LAST.replace("exact,,", "exact,nowhere,"),
    "a part of the first": LAST.replace("exact,,", "exact,gs_tax_0,"),
    "a part of itself": LAST.replace("exact,,", "exact,gs_last,"),
    "a part of a broken row": ROW.format(id="gs_broken", value=9).replace("\n", ",x\n")
    + LAST.replace("exact,,", "exact,gs_broken,"),
    "a field too many": LAST.replace("\n", ",x\n"),
    "a field too few": LAST.replace(",\n", "\n"),
    "a quote left open": LAST.replace("Gansu", '"Gansu'),
    "a blank beside a quote": LAST.replace("Gansu", '"Gansu" '),
    "a value below its minimum": LAST.replace(",7,", ",-7,"),
}


@pytest.fixture
def large(cli, monkeypatch):
    """Run the app with every table counted as large, ``rows`` to a chunk."""

    def run(*args, rows=3, **options):
        with monkeypatch.context() as patch:
            patch.setenv("TRANSFER_LARGE", "1")
            patch.setattr("transfer_cli.tables.reader.ROWS", rows)
            return cli(*args, **options)

    return run


@pytest.fixture(params=BROKEN, ids=[name.replace(" ", "_") for name in BROKEN])
def text(request):
    """A sound table with one or two more rows."""
    return HEAD + SOUND + BROKEN[request.param]


@pytest.mark.parametrize("rows", [1, 7, 8192])
def test_large_is_as_small(cli, large, write, text, rows):
    name = write(text, "metrics.csv")
    assert large("check", name, "-f", "csv", rows=rows) == cli("check", name, "-f", "csv")


@pytest.mark.parametrize(("pack", "suffix"), [(gzip.compress, "gz"), (bz2.compress, "bz2")])
def test_packed_is_as_plain(cli, large, write, text, pack, suffix):
    plain = cli("check", write(text, "metrics.csv"), "-f", "csv")
    name = write(pack(text.encode()), f"metrics.csv.{suffix}")
    for packed in (cli("check", name, "-f", "csv"), large("check", name, "-f", "csv")):
        assert packed.code == plain.code
        assert packed.stdout.replace(name, "metrics.csv") == plain.stdout


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_wrong_is_found(cli, write, name):
    done = cli("check", write(HEAD + SOUND + BROKEN[name], "metrics.csv"), "-f", "csv")
    sound = name in ("sound", "a bound against the print", "a part of the first")
    assert (done.code, done.csv == []) == ((0, True) if sound else (3, False))


def test_a_part_of_a_broken_row_is_no_second_finding(cli, write):
    rows = BROKEN["a part of a broken row"]
    [found] = cli("check", write(HEAD + rows, "metrics.csv"), "-f", "csv").csv
    assert (found["line"], found["fix"][:5]) == ("2", "quote")


def test_findings_without_end_are_counted(cli, large, write):
    rows = "".join(ROW.format(id=f"x_{n}", value=n).replace("Gansu", "Gansoo") for n in range(300))
    name = write(HEAD + rows, "metrics.csv")
    done = large("check", name, "-f", "csv")
    assert done.code == 3
    lines = [row["line"] for row in done.csv if row["column"] == "province"]
    assert lines == [str(line) for line in range(2, 102)]
    assert "100 of 300 findings are listed of the kind of metrics.csv:2:province" in done.stderr
    assert "300 figures: 300 findings" in done.stderr
    assert len(cli("check", name, "-f", "csv").csv) == 300


@pytest.mark.parametrize("last", ["", "too,few\n"])
def test_repeated_keys_without_end_are_counted(large, write, last):
    rows = "".join(ROW.format(id=f"x_{n}", value=n + 1) for n in range(150)) * 3
    done = large("check", write(HEAD + rows + last, "metrics.csv"), "-f", "csv")
    assert sum(row["column"] == "id" for row in done.csv) == 100
    assert "100 of 300 findings are listed" in done.stderr


def test_a_key_in_two_files_of_a_pattern(cli, large, write):
    write(HEAD + SOUND, "m1.csv")
    write(HEAD + TWICE, "m2.csv")
    small = cli("check", "m*.csv", "-f", "csv")
    [found] = small.csv
    assert (found["file"], found["line"]) == ("m2.csv", "2")
    assert "line 5 of m1.csv" in found["problem"]
    assert large("check", "m*.csv", "-f", "csv") == small


def test_files_with_other_columns(cli, write):
    write(HEAD + SOUND, "m1.csv")
    write("a,b\n1,2\n", "m2.csv")
    [found] = cli("check", "m*.csv", "-f", "csv").csv
    assert (found["file"], found["line"]) == ("m2.csv", "1")
    assert "m1.csv" in found["problem"]


def test_brackets_in_a_name_are_no_pattern(large, write, tmp_path):
    (tmp_path / "y[1]").mkdir()
    write(HEAD + SOUND + TWICE, "y[1]/m[2].csv")
    write(HEAD + SOUND, "y[1]/m2.csv")
    [found] = large("check", "y[1]/m[2].csv", "-f", "csv").csv
    assert (found["file"], found["line"]) == ("y[1]/m[2].csv", "32")


def test_standard_input_is_as_a_file(cli, large, text):
    small = cli("check", "-", "-f", "csv", stdin=text)
    assert large("check", "-", "-f", "csv", stdin=text) == small
    assert {row["file"] for row in small.csv} <= {"standard input"}


def test_parquet_is_as_csv(cli, write):
    extra = BROKEN["a word that is none"] + TWICE + BROKEN["a part of nothing"]
    write(HEAD + SOUND + extra, "metrics.csv")
    duckdb.sql("COPY (FROM read_csv('metrics.csv')) TO 'metrics.parquet'")
    text, parquet = (
        cli("check", f"metrics.{suffix}", "-f", "csv") for suffix in ("csv", "parquet")
    )
    assert parquet.code == 3
    assert [(int(row["line"]) + 1, row["column"], row["problem"]) for row in parquet.csv
            if row["column"] != "id"] == [
        (int(row["line"]), row["column"], row["problem"]) for row in text.csv
        if row["column"] != "id"]  # fmt: skip
    assert [row["line"] for row in parquet.csv if row["column"] == "id"] == ["32", "33"]


def test_a_file_that_is_no_parquet(check, write):
    [found] = check(write(b"PAR1 and nothing else", "metrics.parquet"))
    assert "not a valid Parquet file" in found["problem"]


@pytest.mark.parametrize("bad", [b"\xff", b"\0"])
def test_bytes_that_are_no_text_are_found_in_every_column(large, cli, write, bad):
    rows = (SOUND * 400).encode()
    name = write(HEAD.encode() + rows + LAST.encode().replace(b",\n", b"," + bad + b"\n"))
    [found] = large("check", name, "-f", "csv").csv
    assert found["line"] == "12002"
    assert cli("check", name, "-f", "csv").csv == [found]
