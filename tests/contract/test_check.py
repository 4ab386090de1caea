"""``check``: silence and exit 0 for sound tables, a row for each fault and exit 3 for others."""

import shutil
from pathlib import Path

import pytest

FAULTS = {
    "no number": (",4573,亿元,", ",45x3,亿元,", "value"),
    "an unknown bound": (",4573,亿元,exact,", ",4573,亿元,exat,", "bound"),
    "an unknown status": (",signed,2023,4573,", ",singed,2023,4573,", "status"),
    "no such whole": (",nm_signed_investment,161,", ",nm_signd_investment,161,", "part_of"),
    "no period": (",signed,2023,4573,", ",signed,2023-13,4573,", "period"),
}  # fmt: skip


@pytest.fixture
def damaged(root):
    """Copy the tables beside the test and replace some text in metrics."""

    def make(old: str, new: str) -> str:
        shutil.copytree(root / "data", "data")
        path = Path("data/metrics.csv")
        text = path.read_text("utf-8")
        assert text.count(old) == 1, old
        path.write_text(text.replace(old, new), "utf-8")
        return "data"

    return make


def test_the_built_in_tables_are_sound(cli):
    done = cli("check")
    assert (done.code, done.csv) == (0, [])
    assert "sound" in done.stderr


def test_the_report_proves_them(cli, report_path):
    done = cli("check", "--report", str(report_path))
    assert (done.code, done.csv) == (0, []), done.stdout


@pytest.mark.parametrize(("old", "new", "column"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_named_with_file_line_and_column(cli, damaged, old, new, column):
    done = cli("check", damaged(old, new))
    assert done.code == 3
    found = [(Path(row["file"]).name, row["column"]) for row in done.csv]
    assert ("metrics.csv", column) in found
    [line] = {row["line"] for row in done.csv if row["column"] == column}
    assert new in Path("data/metrics.csv").read_text("utf-8").splitlines()[int(line) - 1]


@pytest.mark.parametrize("form", ["json", "tsv", "markdown", "table"])
def test_faults_come_in_every_format(cli, damaged, form):
    done = cli("check", damaged(*FAULTS["no number"][:2]), "-f", form)
    assert done.code == 3
    assert "45x3" in done.stdout and "Traceback" not in done.stderr


def test_a_missing_path(cli):
    done = cli("check", "nowhere")
    assert done.code in (2, 3)
    assert "nowhere" in done.stderr and "Error: " in done.stderr
