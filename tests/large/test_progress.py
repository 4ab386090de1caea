"""A bar on standard error for what takes long, only where somebody watches."""

import io

import pytest

from transfer_cli.render.progress import watched


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def shown(monkeypatch, stream, **how):
    """Return what stands on standard error after 200 bytes were read."""
    monkeypatch.setattr("sys.stderr", stream)
    with watched("Reading", 200, **how) as seen:
        seen(50)
        seen(200)
    return stream.getvalue()


def test_what_takes_long_shows_how_far_it_is(monkeypatch):
    drawn = shown(monkeypatch, Terminal(), wanted=True, after=0)
    assert "Reading" in drawn
    assert "100%" in drawn


def test_what_is_quick_shows_nothing(monkeypatch):
    assert shown(monkeypatch, Terminal(), wanted=True) == ""


def test_nobody_watches(monkeypatch):
    assert shown(monkeypatch, Terminal(), wanted=False, after=0) == ""
    assert shown(monkeypatch, io.StringIO(), wanted=True, after=0) == ""


@pytest.mark.parametrize("command", ["filter", "export", "compare"])
def test_commands_tell_how_far_they_are(in_blocks, write, engine, monkeypatch, command):
    """Every byte of the file is told of, block by block."""
    told: list[int] = []
    monkeypatch.setattr("transfer_cli.render.progress.progress", lambda *_, **__: _Told(told))
    monkeypatch.setattr("transfer_cli.render.progress.monotonic", iter(range(0, 999, 3)).__next__)
    text = "province,indicator,value\n" + "Yunnan,tax,1\n" * 50
    assert in_blocks(command, write(text), "--engine", engine).code == 0
    assert engine == "duckdb" or told[-1] == len(text)


class _Told:
    def __init__(self, told):
        self.told = told

    def __enter__(self):
        return lambda done, total: self.told.append(done)

    def __exit__(self, *_):
        return None
