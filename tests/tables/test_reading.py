"""What a command says of a broken table: file, line and column, and exit code 3."""

import subprocess

import pytest

SOUND = "id,name\n1,甘肃\n2,云南\n"

BROKEN = {
    "too few fields": ("a,b,c\n1,2,3\n4,5\n", ":3:", "column 'c' is missing"),
    "too many fields": ("a,b\n1,2\n3,4,5\n", ":3:", "'5' comes after the last column, 'b'"),
    "after a blank line": ("a,b\n\n1,2\n3\n", ":4:", "'b'"),
    "after a quoted line end": ('a,b\n"x\ny",2\n3\n', ":4:", "'b'"),
    "a quote that never closes": ('a,b\n1,2\n"3,4\n5,6\n', ":3:", "quote"),
    "text after a quote": ('a,b\n"1"x,2\n', ":2:", "quote"),
    "a column twice": ("a,b,a\n1,2,3\n", ":1:", "twice"),
    "a column without a name": ("a,,c\n1,2,3\n", ":1:", "column 2 has no name"),
    "no encoding": (b"id,name\n1,Caf\xe9\n", ":2:", "neither UTF-8 nor GB18030"),
    "empty": ("\n\n", " is empty", ""),
}


@pytest.mark.parametrize(("text", "place", "message"), BROKEN.values(), ids=BROKEN)
@pytest.mark.parametrize("piped", [False, True], ids=["file", "stdin"])
def test_broken(cli, write, size, text, place, message, piped):
    done = cli("filter", "-", stdin=text) if piped else cli("filter", write(text))
    name = "standard input" if piped else "table.csv"
    assert (done.code, done.stdout) == (3, "")
    assert f"Error: {name}{place}" in done.stderr
    assert message in done.stderr
    assert "Hint: " in done.stderr


def test_the_command_of_the_hint_makes_utf_8_of_latin_1(cli, write):
    text = "id,name\n1,Café\n"
    name = write(text.encode("latin-1"))
    hint = cli("filter", name).stderr.partition("Hint: ")[2]
    command = hint[hint.index("iconv") :].strip()
    fixed = subprocess.run(command.split(), capture_output=True, check=True).stdout
    assert cli("filter", "-", stdin=fixed).stdout == text


@pytest.mark.parametrize("command", ["filter", "export"])
def test_a_header_alone_is_an_empty_result(cli, write, size, command):
    done = cli(command, write("id,value\n"))
    assert (done.code, done.stdout) == (0, "id,value\n")
    assert done.stderr == "Note: no rows: the table has none\n"


def test_a_missing_file(cli):
    done = cli("filter", "nowhere.csv")
    assert done.code == 3
    assert "'nowhere.csv'" in done.stderr and "Hint: " in done.stderr


def test_cells_stay_as_printed(cli, write):
    text = 'a,b,c,d\n-3.30,007,NA,None\n1e3,"x,y","say ""hi""","two\nlines"\n'
    assert cli("filter", write(text)).stdout == text
    row = cli("filter", write(text), "--json").json[0]
    assert (row["a"], row["b"], row["c"], row["d"]) == ("-3.30", "007", "NA", "None")


def test_a_long_cell(cli, write):
    text = f"a\n{'云' * 200_000}\n"
    assert cli("filter", write(text)).stdout == text
