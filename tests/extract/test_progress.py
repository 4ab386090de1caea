"""A bar on standard error, only where somebody watches."""

import io

from transfer_cli.render.progress import progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_it_moves(monkeypatch):
    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    with progress("Reading", wanted=True) as step:
        step(1, 2)
        step(2, 2)
    assert "Reading" in terminal.getvalue()
    assert "100%" in terminal.getvalue()


def test_it_is_not_wanted(monkeypatch):
    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    with progress("Reading", wanted=False) as step:
        assert step is None
    monkeypatch.setenv("TERM", "dumb")
    with progress("Reading", wanted=True) as step:
        assert step is None
    assert terminal.getvalue() == ""


def test_nobody_watches(monkeypatch):
    monkeypatch.setattr("sys.stderr", io.StringIO())
    with progress("Reading", wanted=True) as step:
        assert step is None
