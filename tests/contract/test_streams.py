"""stdout carries the table and nothing else; closed pipes, Ctrl-C and bugs end in good order."""

import os
import shlex
import subprocess
import sys

import pytest

import terminal

PYTHON = shlex.quote(sys.executable)


def test_notes_go_to_stderr_and_are_silenced(cli, case):
    loud, quiet = cli(*case.run), cli(*case.run, "--quiet")
    assert quiet.stdout == loud.stdout
    assert quiet.stderr == ""


def test_a_pipe_gets_csv_without_colour(cli, case, monkeypatch):
    monkeypatch.setenv("FORCE_COLOR", "1")
    done = cli(*case.run)
    assert "\x1b" not in done.stdout
    assert done.csv


@pytest.mark.parametrize(
    ("setting", "args", "colour"),
    [
        ({}, (), False),
        ({"FORCE_COLOR": "1"}, (), True),
        ({"FORCE_COLOR": "1", "TERM": "dumb"}, (), True),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, (), False),
        ({"NO_COLOR": "1"}, ("--color", "always"), True),
        ({"FORCE_COLOR": "1"}, ("--color", "never"), False),
    ],
)
def test_colour_at_a_terminal(cli, selecting, monkeypatch, setting, args, colour):
    for name, value in setting.items():
        monkeypatch.setenv(name, value)
    assert ("\x1b[" in cli(*selecting.run, *args, tty=True).stdout) is colour


def test_colour_on_standard_error_is_as_requested(cli, monkeypatch):
    noted = ("filter", "--limit", "1")
    assert "\x1b[36mNote:" in cli(*noted, "--color", "always").stderr
    assert "\x1b" not in cli(*noted).stderr
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b[36mNote:" in cli(*noted).stderr
    assert "\x1b" not in cli(*noted, "--color", "never").stderr
    monkeypatch.setenv("TERM", "dumb")
    assert "\x1b[36mNote:" in cli(*noted).stderr


@pytest.mark.parametrize("columns", [60, 80, 120])
def test_a_screen_stays_within_its_width(cli, columns):
    from rich.cells import cell_len

    for args in (("compare", "tax"), ("filter",), ("aggregate", "--by", "province")):
        for lang in ("en", "zh"):
            text = cli(*args, "--lang", lang, tty=True, columns=columns).stdout
            assert max(map(cell_len, text.splitlines())) <= columns, (args, lang)


def test_the_language_changes_the_screen_and_no_machine_format(cli, tabular, monkeypatch):
    english, plain = cli(*tabular.run, tty=True).stdout, cli(*tabular.run).stdout
    monkeypatch.setenv("TRANSFER_LANG", "zh")
    assert cli(*tabular.run, tty=True).stdout != english
    assert cli(*tabular.run).stdout == plain


@pytest.mark.parametrize("words", ["compare tax", "filter", "calc '1 + 1'", "export projects"])
def test_a_reader_that_has_gone_is_no_failure(words):
    command = [sys.executable, "-m", "transfer_cli", *shlex.split(words)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        process.stdout.close()
        messages = process.stderr.read().decode()
        assert process.wait(60) == 0
    assert not any(word in messages for word in ("Traceback", "Broken", "Error"))


def test_head_ends_a_long_table(write):
    name = write("id,name\n" + "".join(f"{n},{'云' * 30}\n" for n in range(20_000)))
    command = f"{PYTHON} -m transfer_cli filter {name} | head -1; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", command], capture_output=True, timeout=60)
    assert (done.stdout, done.stderr) == (b"id,name\n0\n", b"")


def test_ctrl_c_exits_130(cli, selecting, monkeypatch):
    from transfer_cli.tables import read

    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(read, "read_files", interrupted)
    done = cli(*selecting.run)
    assert (done.stdout, done.stderr, done.code) == ("", "", 130)


def test_a_bug_is_reported_without_a_traceback(cli, selecting, monkeypatch):
    from transfer_cli.tables import read

    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("oops")

    monkeypatch.setattr(read, "read_files", broken)
    done = cli(*selecting.run)
    assert (done.code, done.stdout) == (1, "")
    assert done.stderr.startswith("Error: this should not have happened (ZeroDivisionError)\n")
    assert "TRANSFER_DEBUG=1" in done.stderr and "oops" not in done.stderr
    monkeypatch.setenv("TRANSFER_DEBUG", "1")
    with pytest.raises(ZeroDivisionError):
        cli(*selecting.run)


def test_a_real_terminal_gets_a_drawn_table():
    command = [sys.executable, "-m", "transfer_cli", "compare", "tax"]
    shown, code = terminal.run(command, env={**os.environ, "COLUMNS": "100"})
    assert code == 0
    assert "Inner Mongolia" in shown.decode()
    assert b"\x1b[" in shown
    assert "14.37" in shown.decode()


def test_commands_compose_through_a_pipe(cli):
    rows = cli("filter", "--category", "investment").stdout
    done = cli("aggregate", "-", "--by", "status", "--stat", "count", stdin=rows)
    assert done.code == 0
    assert {row["status"] for row in done.csv} >= {"signed", "started", "target"}
    direct = cli("aggregate", "--category", "investment", "--by", "status", "--stat", "count")
    assert done.stdout == direct.stdout


def test_a_module_run_is_the_same_tool(cli, shell):
    for args in (("filter", "--province", "Yunan"), ("compare", "tax")):
        assert shell(*args) == cli(*args)


def test_a_full_disk_is_reported_plainly():
    command = f"{PYTHON} -m transfer_cli filter > /dev/full"
    done = subprocess.run(["bash", "-c", command], capture_output=True, timeout=60)
    assert done.returncode == 1
    assert b"the disk is full" in done.stderr
    assert b"should not have happened" not in done.stderr


@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&-"])
def test_a_stream_that_was_never_open(closed):
    command = f"{PYTHON} -m transfer_cli filter --category tax {closed}"
    done = subprocess.run(["bash", "-c", command], capture_output=True, timeout=60)
    assert b"Traceback" not in done.stderr and b"should not have" not in done.stderr
    assert done.returncode in (0, 1)


def test_errors_are_coloured_as_requested(cli, monkeypatch):
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b" not in cli("filter", "-f", "none", "--color", "never").stderr
    assert "\x1b" in cli("filter", "-f", "none").stderr


@pytest.mark.parametrize(("name", "value"), [("TRANSFER_LARGE", "abc"), ("TRANSFER_LARGE", "0")])
def test_a_size_that_is_none(cli, monkeypatch, name, value):
    monkeypatch.setenv(name, value)
    done = cli("filter", "data.csv")
    assert done.code in (2, 3)
    assert f"Error: {name} is {value!r}" in done.stderr
