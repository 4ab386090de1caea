"""Whatever stands in a file, check answers with findings and never breaks down."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transfer_cli.check import check
from transfer_cli.errors import TransferError

CELLS = st.sampled_from([
    *["", "0", "-1", "1e30", "1e31", ".5", "5.", "nan", "Infinity", "９", "99999999999", "1"],
    *["万" * 60, "%", "/", "//", "每", "元/", "亿元", "15亿元", "\0", "\ufeff", "=1+1", "'"],
    *["2024", "2024/..", "0000", "9999-12-31", "2024-Q5", "gs_tax_1", "gs_tax_2", "China"],
    *["tax", "gdp_share", "under", "over", "about", "nearly", "unknown", "signed"],
    *["not exhaustive", "rounded", "read by hand"],
])  # fmt: skip
COLUMNS = ("id", "indicator", "value", "unit", "bound", "part_of", "period", "status", "line",
           "printed", "note", "scope", "province")  # fmt: skip
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.sampled_from(["", "mine.csv", "metrics", ".."]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
        st.sampled_from(["resources", "name", "path", "schema", "fields", "constraints", "enum",
                         "pattern", "type", "primaryKey", "minimum", "unique"]), inner, max_size=4),
    max_leaves=12,
)  # fmt: skip


@pytest.fixture
def report(write):
    return write("甘肃税收15亿元，约15亿元。\n", "report.txt")


def assert_answered(names, report=""):
    """Check tables: findings in order, each with a fix, or an error with a hint."""
    try:
        result = check.check(names, report)
    except TransferError as error:
        assert str(error) and error.hint
    else:
        assert result.findings == sorted(result.findings)
        assert all(finding.problem and finding.fix for finding in result.findings)


@given(rows=st.lists(st.lists(CELLS, min_size=13, max_size=13), min_size=1, max_size=6))
def test_any_cells(tmp_path, report, rows):
    lines = [",".join(COLUMNS), *(",".join(row) for row in rows)]
    (tmp_path / "metrics.csv").write_text("\n".join(lines), "utf-8")
    result = check.check(["metrics.csv"], report)
    assert result.findings == sorted(result.findings)
    assert all(finding.problem and finding.fix for finding in result.findings)


@given(data=st.binary(max_size=200))
def test_any_bytes(tmp_path, report, data):
    (tmp_path / "table.csv").write_bytes(data)
    assert_answered(["table.csv"], report)


@given(
    package=st.fixed_dictionaries(
        {
            "resources": st.lists(
                JSON
                | st.fixed_dictionaries(
                    {"name": st.just("metrics"), "path": st.just("mine.csv"), "schema": JSON}
                ),
                max_size=3,
            )
        }
    )
)
def test_any_description(tmp_path, package):  # fmt: skip
    (tmp_path / "mine.csv").write_text("id,value\na,1\n", "utf-8")
    (tmp_path / "datapackage.json").write_text(json.dumps(package), "utf-8")
    assert_answered([str(tmp_path)])
