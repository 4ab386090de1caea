"""A broken table names file, line and column, and exits 3; a sound one is read as printed."""

import pytest

SOUND = "id,name\n1,甘肃\n2,云南\n"

BROKEN = {
    "too few fields": ("a,b,c\n1,2,3\n4,5\n", ":3:", "column 'c' is missing"),
    "too many fields": ("a,b\n1,2\n3,4,5\n", ":3:", "'5' stands after the last column, 'b'"),
    "after a blank line": ("a,b\n\n1,2\n3\n", ":4:", "'b'"),
    "after a quoted line end": ('a,b\n"x\ny",2\n3\n', ":4:", "'b'"),
    "a quote that never closes": ('a,b\n1,2\n"3,4\n5,6\n', ":3:", "quote"),
    "text after a quote": ('a,b\n"1"x,2\n', ":2:", "quote"),
    "a column twice": ("a,b,a\n1,2,3\n", ":1:", "twice"),
    "a column without a name": ("a,,c\n1,2,3\n", ":1:", "column 2 has no name"),
    "not UTF-8": ("id,name\n1,甘肃\n2,云南\n".encode("gb18030"), ":2:", "not UTF-8"),
}


@pytest.mark.parametrize(("text", "place", "told"), BROKEN.values(), ids=BROKEN)
@pytest.mark.parametrize("piped", [False, True], ids=["file", "stdin"])
def test_broken(cli, write, text, place, told, piped):
    done = cli("filter", "-", stdin=text) if piped else cli("filter", write(text))
    name = "standard input" if piped else "table.csv"
    assert (done.code, done.stdout) == (3, "")
    assert f"Error: {name}{place}" in done.stderr
    assert told in done.stderr
    assert "Hint: " in done.stderr or "no name" in told


def test_the_way_out_of_gb18030_works_as_typed(cli, write):
    import subprocess

    name = write(SOUND.encode("gb18030"))
    hint = cli("filter", name).stderr.partition("Hint: ")[2]
    command = hint[hint.index("iconv") :].strip()
    fixed = subprocess.run(command.split(), capture_output=True, check=True).stdout
    assert cli("filter", "-", stdin=fixed).stdout == SOUND


@pytest.mark.parametrize("text", ["", "\n", " \n\n", "\ufeff"])
def test_empty(cli, write, text):
    done = cli("filter", write(text))
    assert done.code == 3
    assert "is empty" in done.stderr


def test_a_header_alone_is_an_empty_result(cli, write):
    done = cli("filter", write("id,value\n"))
    assert (done.code, done.stdout) == (0, "id,value\n")
    assert done.stderr.startswith("Note: ")


def test_a_missing_file(cli):
    done = cli("filter", "nowhere.csv")
    assert done.code == 3
    assert "'nowhere.csv'" in done.stderr and "Hint: " in done.stderr


def test_a_directory_is_no_table(cli, tmp_path):
    (tmp_path / "folder").mkdir()
    done = cli("filter", "./folder")
    assert done.code == 3
    assert "folder" in done.stderr


def test_a_value_that_is_no_number_is_named(cli, write):
    head = "id,indicator,status,scope,period,value,unit,bound\n"
    name = write(
        head + "a,tax,actual,city,2023,5,亿元,exact\nb,tax,actual,city,2023,5x,亿元,exact\n"
    )
    for args in (("aggregate", name, "--stat", "sum"), ("filter", name, "--min", "3")):
        done = cli(*args)
        assert done.code == 3
        assert "table.csv:3: column 'value': '5x'" in done.stderr


def test_an_unknown_bound_is_named(cli, write):
    head = "id,indicator,status,scope,period,value,unit,bound\n"
    name = write(
        head + "a,tax,actual,city,2023,5,亿元,exact\nb,tax,actual,city,2023,6,亿元,maybe\n"
    )
    done = cli("aggregate", name, "--stat", "sum")
    assert done.code == 3
    assert "table.csv:3: column 'bound'" in done.stderr and "maybe" in done.stderr


@pytest.mark.parametrize(
    "text",
    [
        SOUND,
        SOUND.replace("\n", "\r\n"),
        "\ufeff" + SOUND,
        SOUND.removesuffix("\n"),
        SOUND.replace(",", "\t"),
        '"id","name"\n"1","甘肃"\n"2","云南"\n',
        SOUND.replace("\n", "\n\n"),
    ],
    ids=["plain", "CRLF", "BOM", "no last line end", "TSV", "quoted", "blank lines"],
)
def test_sound(cli, write, text):
    done = cli("filter", write(text))
    assert (done.code, done.stdout) == (0, SOUND), done.stderr


def test_cells_stay_as_printed(cli, write):
    text = 'a,b,c,d\n-3.30,007,NA,None\n1e3,"x,y","say ""hi""","two\nlines"\n'
    assert cli("filter", write(text)).stdout == text
    row = cli("filter", write(text), "--json").json[0]
    assert (row["a"], row["b"], row["c"], row["d"]) == ("-3.30", "007", "NA", "None")


def test_a_long_cell(cli, write):
    text = f"a\n{'云' * 200_000}\n"
    assert cli("filter", write(text)).stdout == text
