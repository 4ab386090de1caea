"""A bar on standard error for what takes long, only where somebody watches."""

import io

import pytest

from transfer_cli.output.progress import ProgressBar, close_all
from transfer_cli.output.target import Target
from transfer_cli.output.write import print_notes, write


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def drawn(monkeypatch, stream, calls=((25,), (100,)), **how):
    monkeypatch.setattr("sys.stderr", stream)
    with ProgressBar("Reading", **how) as bar:
        for call in calls:
            bar(*call)
    return stream.getvalue()


@pytest.mark.parametrize("calls", [((25,), (100,)), ((50, 200), (200, 200))])
def test_what_takes_long_shows_how_far_it_is(monkeypatch, calls):
    text = drawn(monkeypatch, Terminal(), calls, after=0)
    assert "Reading" in text and "100%" in text


def test_an_unknown_amount(monkeypatch):
    assert "Reading" in drawn(monkeypatch, Terminal(), ((5, None),), after=0)


def test_what_is_quick_shows_nothing(monkeypatch):
    assert drawn(monkeypatch, Terminal()) == ""


def test_nobody_watches(monkeypatch):
    assert drawn(monkeypatch, io.StringIO(), after=0) == ""
    monkeypatch.setenv("TERM", "dumb")
    assert drawn(monkeypatch, Terminal(), after=0) == ""
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr("transfer_cli.streams.quiet", True)
    assert drawn(monkeypatch, Terminal(), after=0) == ""


def test_a_closed_bar_stays_away(monkeypatch):
    stream = Terminal()
    monkeypatch.setattr("sys.stderr", stream)
    bar = ProgressBar("Reading", after=0)
    bar(10)
    bar.close()
    text = stream.getvalue()
    bar(20)
    assert stream.getvalue() == text


def test_notes_and_rows_at_a_terminal_take_the_place_of_the_bar(monkeypatch, table):
    """The cursor is shown again before they are printed."""
    for finish in (
        close_all,
        lambda: print_notes(["a note"]),
        lambda: write(table({"a": ["1"]}), Target("csv")),
    ):
        stream = Terminal()
        monkeypatch.setattr("sys.stderr", stream)
        monkeypatch.setattr("sys.stdout", Terminal())
        bar = ProgressBar("Reading", after=0)
        bar(10)
        assert "\x1b[?25h" not in stream.getvalue()
        finish()
        text = stream.getvalue()
        assert "\x1b[?25h" in text and "Note" not in text.partition("\x1b[?25h")[0]
        bar(20)
        assert stream.getvalue() == text


def test_rows_go_to_standard_output_while_a_bar_is_drawn(monkeypatch):
    import sys

    monkeypatch.setattr("sys.stderr", Terminal())
    with ProgressBar("Reading", after=0) as bar:
        stdout = sys.stdout
        bar(10)
        assert sys.stdout is stdout
