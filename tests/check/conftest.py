"""A copy of the built-in tables to alter, and small tables of one's own to check."""

import csv
import io
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

COLUMNS = (
    "id", "province", "place", "place_zh", "subject", "subject_zh", "scope", "indicator",
    "industry", "status", "period", "value", "unit", "bound", "part_of", "line", "printed", "note",
)  # fmt: skip
SOUND = {
    "id": "gs_tax_1", "province": "Gansu", "scope": "province", "indicator": "tax",
    "status": "actual", "period": "2023", "value": "15", "unit": "亿元", "bound": "exact",
    "line": "1", "printed": "15亿元",
}  # fmt: skip


def metrics_text(*rows: dict[str, str]) -> str:
    """The text of a metrics.csv; what a row does not say is as in a sound one."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n", restval="")
    writer.writeheader()
    writer.writerows({**SOUND, **row} for row in rows)
    return out.getvalue()


@pytest.fixture(name="metrics_text")
def text_of_metrics() -> Callable[..., str]:
    """The function that makes the text of a metrics.csv."""
    return metrics_text


@dataclass(frozen=True)
class Package:
    """A directory with a copy of the built-in tables."""

    home: Path
    lines: dict[str, int] = field(default_factory=dict)

    def alter(self, table: str, row: int | str, **cells: str) -> None:
        """Write other cells into a row, by its number or its id."""
        path = self.home / f"{table}.csv"
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        chosen = rows[row] if isinstance(row, int) else next(r for r in rows if r["id"] == row)
        chosen.update(cells)
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)


@pytest.fixture
def package(root: Path, tmp_path: Path) -> Package:
    """The built-in tables, to alter."""
    shutil.copytree(root / "data", tmp_path / "mine")
    return Package(tmp_path / "mine")


@pytest.fixture(params=["small", "large"])
def check(cli, request, monkeypatch) -> Callable[..., list[dict[str, str]]]:
    """Run ``check`` and return its findings; its exit code says whether there are any.

    Every test of it runs twice: on tables that count as small, in one chunk, and on tables that
    count as large, in chunks of three rows.
    """
    if request.param == "large":
        monkeypatch.setenv("TRANSFER_LARGE", "1")
        monkeypatch.setattr("transfer_cli.tables.reader.ROWS", 3)

    def run(*args: str, stdin: str | bytes = "") -> list[dict[str, str]]:
        done = cli("check", *args, "-f", "csv", stdin=stdin)
        assert done.code == (3 if done.csv else 0), done.stderr
        assert "Traceback" not in done.stderr
        assert all(row["problem"] and row["fix"] for row in done.csv)
        return done.csv

    return run


@pytest.fixture
def rows(check, write) -> Callable[..., list[dict[str, str]]]:
    """Check a metrics.csv of these rows: each says how it differs from a sound one."""

    def run(*rows: dict[str, str]) -> list[dict[str, str]]:
        numbered = ({"id": f"gs_tax_{number}", **row} for number, row in enumerate(rows, 1))
        return check(write(metrics_text(*numbered), "metrics.csv"))

    return run


@pytest.fixture(scope="session")
def report(report_path: Path) -> str:
    """The report that the built-in tables are made from, where it is at hand."""
    return str(report_path)
