"""An editable install reads the repository's own tables; a wheel carries them inside."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import transfer_cli
from transfer_cli.model.lookups import data_directory


def test_an_editable_install_reads_the_repositorys_data(root):
    if not Path(transfer_cli.__file__).is_relative_to(root / "src"):
        pytest.skip("transfer-cli is not installed editable from this repository")
    assert data_directory() == root / "data"


def test_the_script_is_installed(shell):
    script = Path(sys.executable).parent / "transfer-cli"
    done = subprocess.run([script, "--version"], capture_output=True, text=True, timeout=60)
    assert (done.stdout, done.returncode) == (shell("--version").stdout, 0)


@pytest.fixture(scope="session")
def wheel(root, tmp_path_factory):
    pytest.importorskip("hatchling", reason="hatchling builds the wheel without a download")
    out = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(out)]
    subprocess.run(command, cwd=root, check=True, capture_output=True, timeout=120)
    [path] = out.glob("*.whl")
    return path


def test_a_wheel_holds_the_tables(root, wheel):
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
        for path in (root / "data").iterdir():
            assert archive.read(f"transfer_cli/data/{path.name}") == path.read_bytes()
    for path in (root / "src" / "transfer_cli").rglob("*.py"):
        assert path.relative_to(root / "src").as_posix() in names
    assert "transfer_cli/py.typed" in names
    assert not [name for name in names if name.startswith(("tests", "data/"))]


def test_an_installed_wheel_works_away_from_the_repository(wheel, tmp_path):
    """Unpacked into a directory with a space in its name, and run from there."""
    home = tmp_path / "a place"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(home)
    program = "import transfer_cli, transfer_cli.cli as c; print(transfer_cli.__file__); c.main()"
    command = [sys.executable, "-c", f"import sys; sys.path.insert(0, '.'); {program}"]
    done = subprocess.run(
        [*command, "filter", "--category", "tax", "--columns", "id,value"],
        cwd=home, capture_output=True, text=True, timeout=60, check=True,
    )  # fmt: skip
    assert "yn_wenshan_aluminium_tax_2023,14.37\n" in done.stdout
    assert done.stderr == ""
