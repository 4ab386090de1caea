"""Columns, types, vocabularies and broken rows: all found at once, each at its place."""

import pytest

LONG = "9" * 60


@pytest.mark.parametrize(
    ("column", "cell", "fix"),
    [
        ("id", "", "fill it in"),
        ("id", "Gansu tax", "match"),
        ("id", "class", "match"),
        ("scope", "area", "choose from nation"),
        ("scope", "provinc", "'province'"),
        ("status", "singed", "'signed'"),
        ("status", "Atlantis", "choose from actual"),
        ("bound", "ovr", "'over'"),
        ("bound", "", "choose from exact"),
        ("value", "1,300", "plain digits"),
        ("value", "lots", "plain digits"),
        ("value", "１５", "plain digits"),
        ("value", "1e999999999", "plain digits"),
        ("value", "nan", "plain digits"),
        ("value", LONG, "plain digits"),
        ("value", "", "fill it in"),
        ("line", "1.5", "plain digits"),
        ("line", "0", "correct"),
        ("printed", "", "fill it in"),
        ("province", "云南", "write 'Yunnan'"),
        ("province", "Yunan", "'Yunnan'"),
        ("indicator", "tx", "'tax'"),
        ("indicator", "就业岗位", "write 'jobs'"),
        ("industry", "photovoltaic", "'photovoltaics'"),
        ("unit", "亿元每", "'亿元'"),
        ("unit", "万" * 3000 + "元", "units.csv"),
        ("unit", "furlong", "units.csv"),
        ("period", "2024Q1", "write '2024-Q1'"),
        ("period", "2024-13", "write a period"),
        ("period", "2024-02-30", "write a period"),
        ("period", "2023/2021", "write a period"),
        ("period", "soon", "write a period"),
    ],
)
def test_a_wrong_cell(rows, column, cell, fix):
    found = [row for row in rows({}, {column: cell}) if row["column"] == column]
    assert [row["line"] for row in found] in (["3"], ["3", "3"])
    assert any(fix in row["fix"] for row in found), found


@pytest.mark.parametrize("unit", ["亿元", "万亿元", "元/人", "万吨/年", "百万元", "%"])
def test_magnitudes_and_quotients_are_units(rows, unit):
    assert rows({"unit": unit}) == []


@pytest.mark.parametrize(
    "period", ["", "2023", "2024-Q1", "2024-S1", "2024-06-30", "2021/2023", "2023-03/..",
               "2024-01/2024-04"]
)  # fmt: skip
def test_periods_of_every_kind(rows, period):
    assert rows({"period": period}) == []


def test_all_findings_at_once_in_order(rows):
    found = rows({"value": "lots", "bound": "ovr"}, {}, {"scope": "area", "province": "Atlantis"})
    assert [(row["line"], row["column"]) for row in found] == [
        ("2", "bound"), ("2", "value"), ("4", "province"), ("4", "scope"),
    ]  # fmt: skip


def test_columns_missing_and_unknown(check, write, metrics_text):
    text = metrics_text({}).replace("status", "statsu").replace(",note", ",confidence")
    found = {row["column"]: row for row in check(write(text))}
    assert set(found) == {"statsu", "status", "confidence", "note"}
    assert "did you mean 'status'?" in found["statsu"]["fix"]
    assert "rows are corrected" in found["confidence"]["fix"]


def test_duplicate_ids(rows):
    [found] = rows({"id": "gs_tax_1"}, {"id": "gs_tax_1"})
    assert (found["line"], found["column"]) == ("3", "id")
    assert "line 2" in found["problem"]


def test_every_broken_row_is_found_and_the_others_are_checked(check, write, metrics_text):
    sound = metrics_text({}, {"id": "gs_tax_2", "value": "lots"})
    header, first, second = sound.splitlines()
    text = "\n".join([header, first + ",more", "too,few", first[:8] + '"' + first, second]) + "\n"
    found = check(write(text))
    assert [row["line"] for row in found] == ["2", "3", "4", "5"]
    assert any(row["column"] == "value" and "lots" in row["problem"] for row in found)


def test_a_quote_that_never_closes(check, write, metrics_text):
    found = check(write(metrics_text({}) + '"open,and\nnever closed'))
    assert [row["line"] for row in found] == ["3"]
    assert found[0]["problem"] == "a quote is not closed in the row that begins here"


@pytest.mark.parametrize(
    "data", [b"", b"\n\n", b"\xff\xfe\x00", "指标,值\n".encode("gb18030"), b"\x00\x00,\n", b",,\n"]
)
def test_files_that_are_no_tables(check, write, data):
    name = write(data)
    assert all(row["file"] == name for row in check(name))


def test_the_wrong_encoding_is_named_with_its_line(check, write, metrics_text):
    [found] = check(write(metrics_text({"place": "Caf?"}).encode().replace(b"Caf?", b"Caf\xe9")))
    assert (found["line"], found["problem"]) == ("2", "not UTF-8 text")
    assert "UTF-8" in found["fix"]


def test_a_table_of_no_schema_is_checked_by_its_form(cli, write):
    done = cli("check", write("a,b\n1,2\n1,2,3\n"))
    assert done.code == 3
    assert [row["line"] for row in done.csv] == ["3"]
    assert "follows no schema: only its form was checked" in done.stderr


def test_a_table_from_standard_input(check, metrics_text):
    [found] = check("-", stdin=metrics_text({"value": "lots"}))
    assert found["file"] == "standard input"


def test_a_guarded_cell_is_read_as_it_was(rows):
    assert rows({"note": "'=1+1"}) == []


def test_tabs_part_cells_too(check, write, metrics_text):
    assert check(write(metrics_text({}).replace(",", "\t"), "t.tsv")) == []


def test_missing_paths_are_missing_data(cli, tmp_path):
    (tmp_path / "empty").mkdir()
    for path in ("nowhere.csv", "empty", "nowhere/datapackage.json"):
        done = cli("check", path)
        assert (done.code, done.stdout) == (3, "")
        assert "Error: " in done.stderr
