"""Tables against the text they were made from, on a small report of one's own."""

import pytest

REPORT = """甘 肃
2023年，兰州市新增企业约30家、税收15
亿元，同比下降2.5%。全市企业达30
家，四分之一在高新区，月产能8000吨。
"""
ROWS = (
    {"indicator": "enterprises", "value": "30", "unit": "家", "bound": "about", "line": "2",
     "printed": "30家"},
    {"value": "15", "unit": "亿元", "line": "2", "printed": "15亿元"},
    {"indicator": "output_growth", "value": "-2.5", "unit": "%", "line": "3", "printed": "2.5%"},
    {"indicator": "enterprises", "value": "30", "unit": "家", "line": "3", "printed": "30家"},
    {"indicator": "gdp_share", "value": "25", "unit": "%", "line": "4", "printed": "四分之一"},
    {"indicator": "monthly_capacity", "value": "8000", "unit": "吨", "line": "4",
     "printed": "8000吨"},
)  # fmt: skip
OMITTED = "line,token,reason\n2,2023,date\n"


@pytest.fixture
def audit(check, write, metrics_text):
    """Check rows, each with what is altered in it, and what is omitted, against the report."""

    def run(*alter: tuple[int, dict], drop=(), omitted=OMITTED, text=REPORT, more=()):
        rows = [dict(row, id=f"gs_figure_{n}") for n, row in enumerate(ROWS)]
        for number, cells in alter:
            rows[number].update(cells)
        kept = [row for number, row in enumerate(rows) if number not in drop]
        write(metrics_text(*kept, *more), "metrics.csv")
        write(omitted, "omitted.csv")
        report = write(text if isinstance(text, bytes) else text.encode(), "report.txt")
        return check("metrics.csv", "omitted.csv", "--report", report)

    return run


def test_true_tables_are_sound(audit):
    assert audit() == []


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_in_every_encoding(audit, encoding):
    assert audit(text=REPORT.encode(encoding)) == []
    assert audit(text=REPORT.replace("\n", "\r\n").encode(encoding)) == []


@pytest.mark.parametrize(
    ("row", "cells", "column", "fix"),
    [
        (1, {"value": "16"}, "value", "write '15'"),
        (1, {"unit": "万元"}, "unit", "write '亿元'"),
        (0, {"bound": "exact"}, "bound", "write 'about'"),
        (1, {"line": "3"}, "line", "write 2"),
        (1, {"printed": "51亿元"}, "printed", "delete the row"),
        (1, {"printed": "15"}, "printed", "write '15亿元'"),
        (1, {"printed": "5亿元"}, "printed", "delete the row"),
        (1, {"printed": "税收15亿元"}, "printed", "write '15亿元'"),
        (1, {"value": "-15"}, "value", "write '15'"),
        (5, {"unit": "吨/天"}, "unit", "write '吨'"),
        (4, {"value": "20"}, "value", "write '25'"),
    ],
)
def test_what_is_altered_is_named(audit, row, cells, column, fix):
    found = audit((row, cells))
    assert any(f["column"] == column and fix in f["fix"] for f in found), found


@pytest.mark.parametrize(
    ("row", "cells"),
    [
        (2, {"value": "2.5"}),
        (2, {"unit": "％", "printed": "２．５％"}),
        (5, {"unit": "吨/月", "indicator": "product_mass"}),
        (3, {"unit": "个"}),
        (1, {"printed": "15 亿元"}),
    ],
)
def test_what_says_the_same_is_sound(audit, row, cells):
    assert [f for f in audit((row, cells)) if f["column"] != "unit" or row != 2] == []


def test_a_numeral_in_no_row_is_named_with_what_to_add(audit):
    [found] = audit(drop=[1])
    assert (found["file"], found["line"]) == ("report.txt", "2")
    assert "15 CNY 100m (printed '15亿元') to metrics.csv" in found["fix"]
    assert "2,15,REASON to omitted.csv" in found["fix"]
    [found] = audit(omitted="line,token,reason\n")
    assert "2,2023,REASON" in found["fix"]
    [found] = audit(drop=[4])
    assert "'四分之一'" in found["problem"]


def test_a_numeral_in_two_rows_is_named_with_both(audit):
    [found] = audit(omitted=f"{OMITTED}2,15,second printing\n")
    assert (found["file"], found["line"]) == ("omitted.csv", "3")
    assert "metrics.csv:3" in found["problem"]


def test_two_rows_of_one_form_claim_successive_places(audit):
    text = REPORT.replace("月产能8000吨", "税收15亿元")
    rows = [(5, {"indicator": "tax", "value": "15", "unit": "亿元", "printed": "15亿元"})]
    assert audit(*rows, text=text) == []
    both = text.replace("四分之一在高新区", "另有15亿元")
    again = {**ROWS[1], "id": "gs_figure_7", "line": "4"}
    assert audit(*rows, drop=[4], text=both, more=[again]) == []
    assert len(audit(*rows, drop=[4], text=both)) == 1
    twice = [again, {**again, "id": "gs_figure_8"}]
    [found] = audit(*rows, drop=[4], text=both, more=twice)
    assert "is claimed by" in found["problem"]


def test_a_form_printed_again_on_the_next_line(audit):
    """The row on the wrong line takes the place of what is omitted there, and leaves its own."""
    text = "甘肃税收超过15亿元，\n成为首个突破15亿元的省区。\n"
    row = {**ROWS[1], "id": "gs_tax_9", "bound": "over", "line": "1"}
    omitted = "line,token,reason\n2,15,second printing\n"
    drop = range(len(ROWS))
    assert audit(drop=drop, text=text, omitted=omitted, more=[row]) == []
    found = audit(drop=drop, text=text, omitted=omitted, more=[{**row, "line": "2"}])
    assert {f["file"] for f in found} == {"report.txt", "omitted.csv"}


def test_a_person_may_read_better_than_the_grammar(cli, audit):
    text = REPORT.replace("税收15\n亿元", "税收15\n个亿多一点")
    assert any(f["file"] == "metrics.csv" for f in audit(text=text))
    by_hand = {"printed": "15个亿多", "bound": "over", "note": "read by hand"}
    assert audit((1, by_hand), text=text) == []
    done = cli("check", "metrics.csv", "omitted.csv", "--report", "report.txt")
    assert "read by hand, and not checked: gs_figure_1" in done.stderr


def test_a_part_of_a_numeral_does_not_account_for_it(audit):
    assert len(audit(drop=[5], omitted=f"{OMITTED}4,8,part\n4,000吨,part\n")) >= 1


def test_the_coverage_is_told(cli, audit):
    audit(drop=[1, 4])
    done = cli("check", "metrics.csv", "omitted.csv", "--report", "report.txt")
    assert "5 of 6 numerals accounted for; 0 of 1 Chinese numerals that measure" in done.stderr


def test_rows_that_cannot_be_placed_are_told_once(audit):
    for cells in ({"line": "x"}, {"line": "-1"}, {"line": "9" * 30}, {"printed": " "}):
        found = audit((1, cells))
        assert {f["file"] for f in found} <= {"metrics.csv", "report.txt"}
        assert any(f["file"] == "report.txt" for f in found)


def test_a_report_without_any_ground(audit):
    found = audit(text="春风又绿江南岸。")
    assert len([f for f in found if f["file"] == "metrics.csv"]) == len(ROWS)


def test_a_project_named_nowhere_and_a_figure_of_none(check, write, metrics_text):
    header = ("id,province,place,place_zh,project,project_zh,company,company_zh,industry,status,"
              "year,investment,investment_unit,investment_bound,capacity,capacity_unit,output,"
              "output_unit,jobs,jobs_bound,line,printed,note\n")  # fmt: skip
    row = "gs_plant,Gansu,,,Plant,大厂,,,,,,15,亿元,exact,,,,,,,{},{},\n"
    text = write("大厂投资15亿元。\n小厂也投资。\n", "report.txt")
    write(header + row.format(1, "大厂"), "projects.csv")
    figure = {"id": "gs_plant_investment", "indicator": "investment", "scope": "project"}
    write(metrics_text(figure), "metrics.csv")
    files = ("metrics.csv", "projects.csv", "--report", text)
    assert check(*files) == []
    write(header + row.format(2, "大厂"), "projects.csv")
    [found] = check(*files)
    assert (found["column"], found["fix"]) == ("line", "write 1")
    write(header + row.format(1, "大厂"), "projects.csv")
    write(metrics_text({**figure, "id": "gs_other_investment"}), "metrics.csv")
    assert {(f["file"], f["column"]) for f in check(*files)} == {
        ("metrics.csv", "id"), ("projects.csv", "investment"),
    }  # fmt: skip


def test_only_one_of_them_is_standard_input(cli, check, write, metrics_text):
    assert cli("check", "-", "--report", "-").code == 2
    assert cli("check", "--report", "nowhere.txt").code == 3
    name = write(metrics_text({}), "metrics.csv")
    assert check(name, "--report", "-", stdin="税收15亿元。") == []
    assert cli("check", name, "--report", "-", stdin=b"\xff\xff\xff\x00").code == 3


def test_a_figure_is_not_omitted_by_a_word_in_a_table(audit):
    omitted = OMITTED + "2,15,date\n"
    [found] = audit(drop=[1], omitted=omitted)
    assert (found["file"], found["column"]) == ("omitted.csv", "reason")
    assert "'15' is read as a figure: 15 CNY 100m" in found["problem"]
    assert "read by hand" in found["fix"]
    assert audit(drop=[1], omitted=omitted.replace(",15,date", ",15,read by hand: a name")) == []


def test_the_scope_may_be_empty(audit):
    assert audit((0, {"scope": ""}), (1, {"scope": ""})) == []
