"""``-o``: the suffix names the format, and a failure leaves what stood there untouched."""

import shlex
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from transfer_cli.output.formats import suffixes
from transfer_cli.output.formats.picture import Picture


def written(cli, args, suffix):
    done = cli(*args, "-o", f"out{suffix}")
    assert (done.code, done.stdout) == (0, ""), done.stderr
    return Path(f"out{suffix}").read_bytes().decode("utf-8", "replace")


@pytest.mark.parametrize(("suffix", "form"), suffixes().items())
def test_each_suffix_names_a_format(cli, suffix, form):
    picture = isinstance(form, Picture)
    args = ("chart" if picture else "filter", "--category", "tax")
    text = written(cli, args, suffix)
    again = cli(*args, "-f", form.name, "-o", "again.xyz")
    assert (again.code, again.stdout) == (0, "")
    if suffix == ".pdf":
        return  # The library orders its fonts anew each time.
    assert text == Path("again.xyz").read_bytes().decode("utf-8", "replace")


@pytest.mark.parametrize("form", ["csv", "json", "html"])
def test_the_suffix_names_the_format(cli, case, form):
    assert written(cli, case.run, f".{form}") == cli(*case.run, "-f", form).stdout


def test_capitals_in_a_suffix(cli, case):
    assert cli(*case.run, "-o", "OUT.JSON").code == 0
    assert Path("OUT.JSON").read_text("utf-8") == cli(*case.run, "--json").stdout


def test_format_goes_before_the_suffix(cli, case):
    cli(*case.run, "-o", "out.csv", "-f", "json")
    assert Path("out.csv").read_text("utf-8") == cli(*case.run, "--json").stdout


def test_a_dash_is_standard_output(cli, case):
    assert cli(*case.run, "-o", "-").stdout == cli(*case.run).stdout
    assert list(Path().iterdir()) == []


def test_an_unknown_suffix(cli, case):
    done = cli(*case.run, "-o", "out.docx")
    assert done.code == 2
    assert "Error: " in done.stderr and "--format" in done.stderr
    assert list(Path().iterdir()) == []


def test_a_missing_directory(cli, case):
    done = cli(*case.run, "-o", "nowhere/out.csv")
    assert done.code in (1, 2)
    assert "nowhere" in done.stderr
    assert ".transfer-" not in done.stderr
    assert done.stderr.splitlines()[-1].startswith("Hint: mkdir -p /")
    assert list(Path().iterdir()) == []


@pytest.mark.parametrize("extra", [(), ("-f", "csv")])
def test_a_directory_in_the_way(cli, case, extra):
    Path("taken.csv").mkdir()
    done = cli(*case.run, "-o", "taken.csv", *extra)
    assert done.code == 2
    assert "is a directory" in done.stderr
    assert list(Path("taken.csv").iterdir()) == []


@pytest.mark.parametrize("wrong", [("--province", "Yunan"), ("-f", "jsn"), ("--lang", "fr")])
def test_an_error_leaves_the_file_as_it_was(cli, selecting, wrong):
    Path("out.csv").write_text("mine")
    assert cli(*selecting.run, "-o", "out.csv", *wrong).code == 2
    assert Path("out.csv").read_text() == "mine"
    assert len(list(Path().iterdir())) == 1


def test_a_failed_write_leaves_the_file_as_it_was(cli, case, monkeypatch):
    Path("out.csv").write_text("mine")

    def full(self: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    done = cli(*case.run, "-o", "out.csv")
    assert done.code == 1
    error, hint = done.stderr.splitlines()[-2:]
    assert error.startswith("Error: cannot write ")
    assert hint == f"Hint: df -h {shlex.quote(str(Path().absolute()))}"
    assert Path("out.csv").read_text() == "mine"
    assert len(list(Path().iterdir())) == 1


def test_the_mode_of_a_file_is_kept(cli, case):
    Path("out.csv").write_text("mine")
    Path("out.csv").chmod(0o640)
    assert cli(*case.run, "-o", "out.csv").code == 0
    assert Path("out.csv").stat().st_mode & 0o777 == 0o640


def test_a_new_file_follows_the_umask(cli, case):
    Path("plain").touch()
    assert cli(*case.run, "-o", "out.csv").code == 0
    assert Path("out.csv").stat().st_mode == Path("plain").stat().st_mode


def test_a_pipe_by_its_name_is_written_to():
    run = f"{shlex.quote(sys.executable)} -m transfer_cli values province"
    command = f"{run} -o /dev/stdout -f csv | cat"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, timeout=60)
    assert done.stdout.startswith("province,")
    assert done.stderr == ""


def test_a_link_to_itself(cli, case):
    Path("loop.csv").symlink_to("loop.csv")
    done = cli(*case.run, "-o", "loop.csv")
    assert done.code == 1
    assert "is a link to itself" in done.stderr


ENDED = """
import os, signal
from pathlib import Path
from transfer_cli.tables.replace import replace_file

def parts():
    yield b"half of it"
    os.kill(os.getpid(), getattr(signal, "{name}"))
    yield b"the rest"

replace_file(Path("out.csv"), parts())
"""


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_nothing_is_left_of_a_run_that_is_ended(name):
    Path("out.csv").write_text("mine")
    done = subprocess.run([sys.executable, "-c", ENDED.format(name=name)], timeout=60)
    assert done.returncode == 128 + getattr(signal, name)
    assert Path("out.csv").read_text() == "mine"
    assert [path.name for path in Path().iterdir()] == ["out.csv"]
