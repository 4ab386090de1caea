"""Files are written in one step; packages are valid and describe what they hold."""

import json
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from transfer_cli.errors import TransferError, UsageError
from transfer_cli.model.schema import descriptor, schemas
from transfer_cli.tables import package
from transfer_cli.tables.replace import replace_file


def test_a_file_is_replaced_as_a_whole(write):
    path = Path(write("old", "x.csv"))
    path.chmod(0o640)
    replace_file(path, [b"new", b"er"])
    assert path.read_bytes() == b"newer"
    assert path.stat().st_mode & 0o777 == 0o640


def test_a_failure_leaves_the_old_file_and_nothing_else(write):
    def failing():
        yield b"half"
        raise ValueError

    path = Path(write("old", "x.csv"))
    with pytest.raises(ValueError):
        replace_file(path, failing())
    assert [(file.name, file.read_text()) for file in Path().iterdir()] == [("x.csv", "old")]


def test_a_link_is_followed(write):
    write("old", "x.csv")
    Path("link").symlink_to("x.csv")
    replace_file(Path("link"), [b"new"])
    assert Path("link").is_symlink() and Path("x.csv").read_text() == "new"


@pytest.mark.parametrize(
    ("name", "kind", "hint"),
    [
        ("folder", UsageError, ""),
        ("no/x.csv", TransferError, "mkdir -p"),
        ("loop", TransferError, ""),
    ],
)
def test_where_no_file_can_be(name, kind, hint):
    Path("folder").mkdir()
    Path("loop").symlink_to("loop")
    with pytest.raises(kind) as raised:
        replace_file(Path(name), [b"x"])
    assert hint in raised.value.hint


def test_a_pipe_is_written_to():
    os.mkfifo("pipe")
    seen = []
    reading = threading.Thread(target=lambda: seen.append(Path("pipe").read_bytes()))
    reading.start()
    replace_file(Path("pipe"), [b"x"])
    reading.join()
    assert seen == [b"x"] and Path("pipe").is_fifo()


def test_a_killed_process_leaves_nothing():
    code = (
        "import sys, time\n"
        "from pathlib import Path\n"
        "from transfer_cli.tables.replace import replace_file\n"
        "def slow():\n"
        "    yield b'half'\n"
        "    print('ready', flush=True)\n"
        "    time.sleep(60)\n"
        "replace_file(Path('x.csv'), slow())\n"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) as running:
        running.stdout.readline()
        running.send_signal(signal.SIGTERM)
        assert running.wait() == 128 + signal.SIGTERM
    assert list(Path().iterdir()) == []


def test_the_files_of_a_new_package(root):
    contents = package.starter(Path("Report 2025"))
    assert {*contents} == {*(f"{name}.csv" for name in schemas()), "datapackage.json"}
    assert contents["units.csv"] == (root / "data/units.csv").read_bytes()
    columns = ",".join(field.name for field in schemas()["metrics"].fields)
    assert contents["metrics.csv"].decode() == f"{columns}\n"
    described = json.loads(contents["datapackage.json"])
    assert described["name"] == "report-2025"
    assert "description" not in described and "sources" not in described


@pytest.mark.parametrize(
    ("directory", "name"), [("产业 转移", "report"), ("._", "report"), ("a/C d", "c-d")]
)
def test_the_name_of_a_package(directory, name):
    described = json.loads(package.starter(Path(directory))["datapackage.json"])
    assert described["name"] == name


def test_which_tables_are_exported(write):
    assert package.table_names(["all"]) == [*schemas()]
    assert package.table_names(["units", "metrics", "units"]) == ["units", "metrics"]
    Path("mine").mkdir()
    write("id\n", "mine/metrics.csv")
    assert package.table_names(["all"], ["mine"]) == ["metrics"]
    assert package.table_names(["all"], ["mine/metrics.csv"]) == ["metrics"]
    with pytest.raises(UsageError, match="'projcts' is not a built-in table"):
        package.table_names(["metrics", "projcts"])


def test_a_descriptor_has_no_keys_into_tables_that_are_not_there():
    described = json.loads(package.described(["metrics", "indicators"], complete=True))
    assert [resource["name"] for resource in described["resources"]] == ["metrics", "indicators"]
    keys = described["resources"][0]["schema"]["foreignKeys"]
    assert [key["reference"].get("resource") for key in keys] == ["indicators", None]
    described = json.loads(package.described(["metrics"], complete=False))
    assert described["resources"][0]["schema"]["foreignKeys"] == []
    assert json.loads(package.described([*schemas()], complete=True)) == descriptor() | {
        "resources": [
            resource
            | {
                "schema": {
                    **resource["schema"],
                    "foreignKeys": resource["schema"].get("foreignKeys", []),
                }
            }
            for resource in descriptor()["resources"]
        ]
    }


def test_files_of_a_package_are_written_into_a_new_directory(write):
    package.write_files(Path("a/b"), {"x.csv": [b"1"], "y.csv": [b"2"]})
    assert Path("a/b/y.csv").read_bytes() == b"2"
    with pytest.raises(TransferError, match=r"'a/b' already has x\.csv"):
        package.write_files(Path("a/b"), {"x.csv": [b"3"], "z.csv": [b"4"]})
    assert not Path("a/b/z.csv").exists()
    package.write_files(Path("a/b"), {"x.csv": [b"3"]}, overwrite=True)
    assert Path("a/b/x.csv").read_bytes() == b"3"
    write("mine", "taken")
    with pytest.raises(TransferError, match="cannot make the directory"):
        package.write_files(Path("taken/deeper"), {"x.csv": [b"1"]})
