"""Whatever a user types or a file holds, only the project's errors come out."""

from itertools import islice

import pytest

import hostile
import readers
from transfer_cli.errors import TransferError, UsageError

SEED = 20261126
CASES = 30
READINGS = 1000


@pytest.mark.parametrize("part", range(10))
def test_random_input(monkeypatch, tmp_path, part):
    """``benchmarks/fuzz.py`` runs the same cases for as long as one likes."""
    for case in islice(hostile.cases(SEED + part), CASES):
        with monkeypatch.context() as patch:
            for name, value in case.environment.items():
                patch.setenv(name, value)
            for path in tmp_path.iterdir():
                path.unlink()
            assert not hostile.failure(case), case


@pytest.mark.parametrize("part", range(8))
def test_random_text_for_each_reader(part):
    """They read without a command around them, so that thousands of texts take a second."""
    for read, text in islice(readers.readings(SEED + part), READINGS):
        assert not readers.failure(read, text), ascii(text)


@pytest.mark.parametrize("read", readers.SAMPLES, ids=lambda read: read.__name__)
def test_each_reader_reads_sound_text(read):
    """Random input is made of text that is read: else it would try only the first error."""
    for text in readers.SAMPLES[read]:
        assert not readers.failure(read, text)
    assert any(_is_read(read, text) for text in readers.SAMPLES[read])


def _is_read(read, text):
    try:
        read(text)
    except TransferError:
        return False
    return True


def test_a_failure_of_a_reader_is_seen():
    def broken(_text: str) -> None:
        raise ZeroDivisionError("oops")

    def refusing(_text: str) -> None:
        raise UsageError("no")

    assert readers.failure(broken, "") == "broken: ZeroDivisionError: oops"
    assert readers.failure(refusing, "") == ""


def test_the_cases_are_those_of_the_seed():
    assert [*islice(hostile.cases(1), 20)] == [*islice(hostile.cases(1), 20)]
    assert [*islice(hostile.cases(1), 20)] != [*islice(hostile.cases(2), 20)]


def test_a_failure_is_seen(monkeypatch):
    """The judge of the cases knows a bug from an error."""
    from transfer_cli.tables import read

    case = hostile.Case(["filter"], {}, {})
    assert hostile.failure(case) == ""

    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("oops")

    monkeypatch.setattr(read, "read_files", broken)
    assert "this should not have happened (ZeroDivisionError)" in hostile.failure(case)


def test_a_long_word_is_no_file(cli):
    done = cli("calc", "a" * 300)
    assert done.code == 2
    assert "Error: " in done.stderr


@pytest.mark.parametrize("columns", ["1²", "x", "-5", "0", "99999999999999999999", "20"])
def test_a_width_that_is_none(cli, monkeypatch, columns):
    monkeypatch.setenv("COLUMNS", columns)
    assert cli("filter", "--limit", "2", "-f", "table").code == 0
