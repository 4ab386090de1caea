"""Results on their way out: notes, files that are replaced whole, rows that come at once."""

import io
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from transfer_cli.errors import DataError
from transfer_cli.model.schema import schemas
from transfer_cli.output.formats import Settings
from transfer_cli.output.target import Target
from transfer_cli.output.write import View, print_notes, write, write_view

BOUNDED = {"id": ["a", "b", "c"], "value": ["1", "2", "3"], "bound": ["over", "exact", ""]}
NOTE = "Note: 1 of 3 numbers in 'value' are not exact: add the column bound to see it\n"


@pytest.fixture
def bounded(table):
    return table(BOUNDED, schemas()["metrics"], hidden=("bound",), notes=("first",))


@pytest.mark.parametrize("name", ["csv", "tsv", "json", "jsonl"])
@pytest.mark.parametrize("streamed", [False, True])
def test_machines_are_told_of_hidden_bounds(bounded, parts, capfd, name, streamed):
    rows = write(parts(bounded, 1) if streamed else bounded, Target(name))
    out, err = capfd.readouterr()
    assert rows == 3
    assert err == f"Note: first\n{NOTE}"
    assert "over" not in out and ">" not in out


@pytest.mark.parametrize("name", ["markdown", "html", "table"])
def test_people_see_the_symbol_and_no_note_on_bounds(bounded, parts, capfd, name):
    for tables in (bounded, parts(bounded, 2)):
        write(tables, Target(name))
        out, err = capfd.readouterr()
        out = re.sub("<[^>]+>", " ", out)
        assert (">1" in out or "&gt;1" in out) and ">2" not in out
        assert err == "Note: first\n"


def test_notes_are_made_after_the_last_row_and_printed_once(table, capfd):
    seen = []

    def tables():
        for number in range(3):
            seen.append(number)
            yield table({"a": [str(number)]}, notes=("same",))

    rows = write(tables(), Target("csv"), Settings(notes=lambda: ["same", f"{len(seen)} seen"]))
    assert rows == 3
    assert capfd.readouterr() == ("a\n0\n1\n2\n", "Note: same\nNote: 3 seen\n")


def test_quiet(bounded, capfd, monkeypatch):
    monkeypatch.setattr("transfer_cli.streams.quiet", True)
    write(bounded, Target("csv"))
    print_notes(["another"])
    assert capfd.readouterr().err == ""


def test_an_unsound_source_leaves_the_file_as_it_was(table):
    def tables():
        yield table({"a": ["1"]})
        raise DataError("row 2 is broken")

    Path("out.csv").write_text("mine")
    with pytest.raises(DataError):
        write(tables(), Target(path=Path("out.csv")))
    assert Path("out.csv").read_text() == "mine"
    assert [path.name for path in Path().iterdir()] == ["out.csv"]


def test_a_file_has_what_standard_output_has(table, parts, capfd):
    whole = table({"a": ["1", "云", "x"]})
    for suffix, name in (
        (".csv", "csv"),
        (".jsonl", "jsonl"),
        (".md", "markdown"),
        (".txt", "table"),
    ):
        write(parts(whole, 1), Target(path=Path(f"out{suffix}")))
        write(whole, Target(name))
        assert Path(f"out{suffix}").read_text("utf-8") == capfd.readouterr().out


STREAM = """
import sys, time
from transfer_cli.frames import pd
from transfer_cli.output.formats import Settings
from transfer_cli.output.target import Target
from transfer_cli.output.write import write
from transfer_cli.tables.table import Table

def tables():
    for number in range(100_000):
        if number == 1:
            sys.stdin.read(1)  # Until the reader has the first row.
        yield Table(pd.DataFrame({"a": [f"row {number}"]}, dtype=object))
    print("read to the end", file=sys.stderr)

try:
    numeric = Settings(numeric=lambda names: dict.fromkeys(names, False))
    write(tables(), Target(sys.argv[1]), numeric)
except BrokenPipeError:
    import os
    os._exit(0)
"""


@pytest.mark.parametrize("name", ["csv", "tsv"])
def test_each_part_is_out_before_the_next_is_read(name):
    """A reader that leaves after one row ends the run."""
    with subprocess.Popen(
        [sys.executable, "-c", STREAM, name],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=os.environ,
    ) as process:  # fmt: skip
        assert process.stdout.readline() == b"a\n"
        assert process.stdout.readline() == b"row 0\n"
        process.stdout.close()
        process.stdin.write(b"x")
        process.stdin.close()
        assert process.stderr.read() == b""
        assert process.wait(60) == 0


def test_a_terminal_of_another_encoding(table, monkeypatch):
    """Text passes through the encoding of the terminal; a pipe gets UTF-8."""
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding="latin-1", errors="backslashreplace")
    stream.isatty = lambda: True
    monkeypatch.setattr(sys, "stdout", stream)
    write(table({"a": ["é云"]}), Target("csv"))
    assert raw.getvalue() == b"a\n\xe9\\u4e91\n"
    stream.isatty = lambda: False
    write(table({"a": ["é云"]}), Target("csv"))
    assert raw.getvalue().decode("utf-8", "ignore").endswith("a\né云\n")


def test_a_view_is_drawn_for_people_and_a_table_for_machines(table, capfd):
    view = View(
        lambda: table({"a": ["1"]}, notes=("of the table",)),
        lambda color: f"drawn {color}\n",
        1,
        ("of the view",),
        lambda: '{"a": 1, "more": []}\n',
    )
    outputs = {}
    for name in ("table", "csv", "json", "jsonl", "markdown"):
        assert write_view(view, Target(name)) == 1
        outputs[name], err = capfd.readouterr()
        assert "Note: of the view\n" in err
    assert outputs["table"] == "drawn False\n"
    assert outputs["csv"] == "a\n1\n"
    assert outputs["json"] == outputs["jsonl"] == '{"a": 1, "more": []}\n'
    assert outputs["markdown"].startswith("|   a |")


@pytest.mark.parametrize(
    ("target", "name"),
    [
        (Target(), "csv"),
        (Target("md"), "markdown"),
        (Target(path=Path("x.json")), "json"),
        (Target("tsv", Path("x.json")), "tsv"),
        (Target(path=Path("-")), "csv"),
    ],
)
def test_the_format_of_a_target(target, name, monkeypatch):
    assert target.resolve().name == name
    if name == "csv":
        monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
        assert target.resolve().name == "table"
