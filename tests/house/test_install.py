"""An editable install reads the repository's own tables; a wheel carries them inside."""

import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

import transfer_cli
from transfer_cli.model.lookups import data_directory


def test_an_editable_install_reads_the_repositorys_data(root):
    if not Path(transfer_cli.__file__).is_relative_to(root / "src"):
        pytest.skip("transfer-cli is not installed editable from this repository")
    assert data_directory() == root / "data"


def test_the_script_is_installed(shell, script):
    done = subprocess.run([script, "--version"], capture_output=True, text=True, timeout=60)
    assert (done.stdout, done.returncode) == (shell("--version").stdout, 0)


def build(root, kind, out):
    """Build a distribution as pip does, without a download, and return its path."""
    command = [sys.executable, "-m", "hatchling", "build", "-t", kind, "-d", str(out)]
    subprocess.run(command, cwd=root, check=True, capture_output=True, timeout=120)
    [path] = out.iterdir()
    return path


@pytest.fixture(scope="session")
def wheel(root, tmp_path_factory):
    return build(root, "wheel", tmp_path_factory.mktemp("wheel"))


def test_a_source_distribution_holds_all_that_a_wheel_is_built_from(root, tmp_path):
    with tarfile.open(build(root, "sdist", tmp_path)) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    data = {path.relative_to(root).as_posix() for path in (root / "data").iterdir()}
    source = {path.relative_to(root).as_posix() for path in (root / "src").rglob("*.py")}
    docs = {path.relative_to(root).as_posix() for path in (root / "docs").rglob("*.*")}
    others = {"README.md", "README.zh.md", "LICENSE", "LICENSE-DATA", "pyproject.toml", ".ci/run",
              "oldest.txt", "tests/conftest.py", "tools/catalogue.py",
              "benchmarks/extraction.py"}  # fmt: skip
    assert names >= data | source | docs | others
    assert not [name for name in names if name.startswith(("benchmarks/recorded", ".venv"))]


def test_a_wheel_holds_the_tables(root, wheel):
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
        for path in (root / "data").iterdir():
            assert archive.read(f"transfer_cli/data/{path.name}") == path.read_bytes()
    for path in (root / "src" / "transfer_cli").rglob("*.py"):
        assert path.relative_to(root / "src").as_posix() in names
    assert "transfer_cli/py.typed" in names
    assert {name.rpartition("/")[2] for name in names} >= {"LICENSE", "LICENSE-DATA"}
    assert not [name for name in names if name.startswith(("tests", "data/"))]


def test_an_installed_wheel_works_away_from_the_repository(wheel, tmp_path):
    """Unpacked into a directory with a space in its name, and run from there."""
    home = tmp_path / "a place"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(home)  # noqa: S202
    program = "import transfer_cli, transfer_cli.cli as c; print(transfer_cli.__file__); c.main()"
    command = [sys.executable, "-c", f"import sys; sys.path.insert(0, '.'); {program}"]
    done = subprocess.run(
        [*command, "filter", "--category", "tax", "--columns", "id,value"],
        cwd=home, capture_output=True, text=True, timeout=60, check=True,
    )  # fmt: skip
    assert "yn_wenshan_aluminium_tax_2023,14.37\n" in done.stdout
    assert done.stderr == ""
