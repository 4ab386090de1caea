"""Users' tables on which an answer could claim more than its figures do."""

import pytest

HEAD = "id,province,place,subject,scope,indicator,industry,status,period,value,unit,bound,part_of\n"


def rows(*cells):
    """Rows of a table with the columns of metrics, from what differs between them."""
    lines = []
    for number, cell in enumerate(cells):
        known = {"id": f"a_{number}", "province": "Yunnan", "scope": "province",
                 "indicator": "tax", "status": "actual", "period": "2023", "unit": "亿元",
                 "bound": "exact", **cell}  # fmt: skip
        lines.append(",".join(str(known.get(name, "")) for name in HEAD.strip().split(",")))
    return HEAD + "\n".join(lines) + "\n"


@pytest.fixture
def answer(cli, write):
    """Aggregate or compare a table of such rows; return the rows of the answer."""

    def run(table, *args):
        name = write(table, "t.csv")
        args = [name if arg == "T" else arg for arg in args]
        return cli(*args)

    return run


def test_the_max_of_over_5_and_10_may_be_10(answer):
    table = rows({"value": 10}, {"value": 5, "bound": "over"})
    [row] = answer(table, "aggregate", "T", "--stat", "max,min,median").csv
    assert (row["max"], row["max_bound"]) == ("10", "at_least")
    assert (row["min"], row["min_bound"]) == ("5", "over")


def test_the_min_of_nearly_100_and_90_is_at_most_90(answer):
    table = rows({"value": 100, "bound": "nearly"}, {"value": 90})
    [row] = answer(table, "aggregate", "T", "--stat", "min").csv
    assert (row["min"], row["min_bound"]) == ("90", "at_most")


def test_what_is_under_zero_has_no_end_below(answer, size):
    table = rows({"value": 0, "bound": "under"}, {"value": 5, "province": "Gansu"})
    [row] = answer(table, "aggregate", "T", "--by", "indicator", "--stat", "sum,min,median").csv
    assert (row["sum"], row["sum_bound"], row["sum_low"]) == ("5", "under", "")
    assert (row["min"], row["min_bound"], row["min_low"]) == ("0", "under", "")
    assert (row["median"], row["median_bound"], row["median_low"]) == ("2.5", "at_most", "")


def test_an_industry_is_not_added_to_all_of_them(answer):
    table = rows({"value": 1000}, {"value": 300, "industry": "aluminium"})
    done = answer(table, "aggregate", "T", "--stat", "sum")
    [row] = done.csv
    assert (row["sum"], row["n"], row["left_out"]) == ("1000", "1", "1")
    assert "a_1" in done.stderr
    calculated = answer(table, "calc", "a_0 + a_1", "--data", "T")
    assert (calculated.code, calculated.stdout) == (1, "")


def test_shares_of_an_unknown_indicator_do_not_add(answer):
    table = rows(*({"value": v, "indicator": "my_share", "unit": "%"} for v in (30, 40)))
    assert answer(table, "aggregate", "T", "--stat", "sum").code == 1


def test_a_rank_does_not_pass_over_a_province_with_two_figures(answer):
    table = rows(
        {"value": 10}, {"value": 20, "province": "Gansu"},
        {"value": 500, "province": "Guangxi"}, {"value": 600, "province": "Guangxi"},
    )  # fmt: skip
    done = answer(table, "compare", "T", "tax", "--rank")
    assert (done.code, done.stdout) == (1, "")
    assert "several figures" in done.stderr


@pytest.mark.parametrize("mode", [("--rank",), ("--share",), ("--vs", "Gansu")])
def test_different_subjects_in_a_row_are_named(answer, mode):
    table = rows(
        {"value": 10, "subject": "One list"},
        {"value": 20, "subject": "Another", "province": "Gansu"},
        {"value": 30, "subject": "One list", "status": "signed"},
        {"value": 40, "subject": "One list", "status": "signed", "province": "Gansu"},
    )
    done = answer(table, "compare", "T", "tax", *mode)
    notes = [line for line in done.stderr.splitlines() if "different subjects" in line]
    assert len(notes) == 1
    assert notes[0].endswith("different subjects: One list; Another")


def test_units_count_where_a_column_of_comparability_is_missing(cli, write):
    table = "province,indicator,value,unit\n河南,investment,100,亿元\n湖北,investment,50000,万元\n"
    done = cli("aggregate", write(table, "t.csv"), "--by", "indicator", "--stat", "sum")
    [row] = done.csv
    assert (row["sum"], row["unit"]) == ("105", "亿元")
    assert "plain arithmetic: the table has no status, scope, period" in done.stderr


def test_a_circle_of_parts_leaves_nothing_out(answer):
    table = rows({"value": 1, "part_of": "a_1"}, {"value": 2, "part_of": "a_0"})
    [row] = answer(table, "aggregate", "T", "--stat", "sum").csv
    assert (row["sum"], row["left_out"]) == ("3", "0")


def test_an_id_that_stands_twice(answer):
    table = rows({"value": 1, "id": "a_x"}, {"value": 2, "id": "a_x"})
    for args in (("aggregate", "T", "--stat", "sum"), ("calc", "a_x", "--data", "T")):
        done = answer(table, *args)
        assert done.code == 3
        assert "occurs twice" in done.stderr


def test_one_figure_under_two_ids_is_named(answer):
    table = rows({"value": 1}, {"value": 1, "line": "9"}, {"value": 1, "subject": "Another"})
    done = answer(table, "aggregate", "T", "--stat", "sum")
    assert done.csv[0]["sum"] == "3"
    note = "Note: figures that differ only in their ids are counted each: a_0 and a_1\n"
    assert note in done.stderr
    assert "their ids" not in answer(table, "aggregate", "T", "--stat", "count").stderr


def test_many_figures_under_two_ids_are_not_all_named(answer):
    table = rows(*({"value": number // 2} for number in range(10)))
    notes = answer(table, "aggregate", "T", "--stat", "sum").stderr
    assert "a_0 and a_1; a_2 and a_3; a_4 and a_5; and 2 more" in notes


def test_a_quarter_is_not_set_against_a_year(answer):
    table = rows({"value": 1, "period": "2023"}, {"value": 2, "period": "2024-Q1"})
    for mode in (("--rank",), ("--vs", "2023")):
        done = answer(table, "compare", "T", "tax", "--by", "period", *mode)
        assert done.code == 1
        assert "differ in length" in done.stderr


def test_what_is_left_of_about_is_unknown(cli):
    [little] = cli("calc", "sc_boe_investment - 0.97 * sc_boe_investment").csv
    assert little["bound"] == "unknown"
    [much] = cli("calc", "sc_boe_investment - sc_hangda_investment").csv
    assert (much["value"], much["bound"]) == ("615", "about")


def test_a_requested_unit_reaches_the_pipe(cli):
    rows = cli("compare", "tax", "--unit", "万元").csv
    assert [(row["value"], row["unit"]) for row in rows] == [
        ("4780", "万元"), ("143700", "万元"), ("45300", "万元"),
    ]  # fmt: skip


def test_an_empty_option_is_not_all(cli):
    assert cli("filter", "--province", "").code == 2


@pytest.mark.parametrize("expression", ["1e400000000", "(((9**64)**64)**64)**64", "9" * 400])
def test_numbers_beyond_measure(cli, expression):
    done = cli("calc", expression)
    assert done.code in (1, 2)
    assert "should not have happened" not in done.stderr


def test_a_device_is_written_to_and_a_link_followed(cli, tmp_path):
    (tmp_path / "real.csv").write_text("old")
    (tmp_path / "link.csv").symlink_to(tmp_path / "real.csv")
    assert cli("filter", "--category", "tax", "-o", "link.csv").code == 0
    assert (tmp_path / "link.csv").is_symlink()
    assert (tmp_path / "real.csv").read_text().startswith("id,")


def test_json_is_read_as_json_whatever_the_suffix(cli, write):
    done = cli("filter", write('[{"a": 1.10}]\n', "t.csv"))
    assert (done.code, done.stdout) == (0, "a\n1.10\n")


def test_export_of_all_writes_the_users_tables(cli, write, tmp_path):
    write(rows({"value": 1}), "metrics.csv")
    assert cli("export", "all", "--data", ".", "-o", "out").code == 0
    assert (tmp_path / "out" / "metrics.csv").read_text("utf-8").count("\n") == 2


def test_a_month_becomes_a_year_only_by_a_step_of_its_own(cli):
    assert cli("calc", "gs_jiuquan_base_capacity", "--unit", "万吨/年").code == 1
    [row] = cli("calc", "per_year(gs_jiuquan_base_capacity)").csv
    assert (row["value"], row["unit"]) == ("9.6", "万吨/年")
    assert cli("calc", "per_year(yn_tongwei_capacity)").code == 1


def test_a_quotient_in_the_requested_unit(cli):
    [row] = cli("calc", "yn_longi_jobs / yn_new_three_output", "--unit", "post/亿元").csv
    assert (row["value"][:4], row["unit"]) == ("6.13", "post/亿元")


def test_years_and_codes_are_no_amounts(cli, write):
    name = write("region,code,when,amount\neast,530000,2020,1200\nwest,620000,2021,10\n")
    screen = cli("filter", name, tty=True).stdout
    assert "530000" in screen and "2020" in screen and "1,200" in screen
    assert {row["indicator"] for row in cli("compare", name, "--by", "region").csv} == {"amount"}


def test_stages_of_one_whole_do_not_add_without_it(cli):
    args = ("aggregate", "--province", "NM", "--category", "investment", "--across", "status",
             "--status", "started,completed", "--stat", "sum")  # fmt: skip
    done = cli(*args)
    assert (done.code, done.stdout) == (1, "")
    assert "started, completed are stages of one whole, nm_signed_investment" in done.stderr


def test_a_rank_before_a_rise_is_their_sum(cli):
    rank, rise = "sc_innovation_rank", "sc_innovation_rank_rise"
    for expression in (f"{rank} + {rise}", f"{rise} + {rank}"):
        [row] = cli("calc", expression).csv
        assert (row["value"], row["unit"]) == ("12", "位")
    done = cli("calc", f"{rank} - {rise}")
    assert (done.code, done.stdout) == (1, "")
    assert done.stderr.splitlines()[-1] == f"Hint: transfer-cli calc '{rank} + {rise}'"


def test_the_difference_of_unlike_things_is_refused(cli):
    assert cli("calc", "yn_cell_capacity - yn_module_capacity").code == 1
    assert cli("calc", "gz_qdn_prospects - gz_qdn_prospects_institutes").csv[0]["value"] == "630"


def test_what_others_print_is_not_denied(cli):
    notes = cli("compare", "tax", "--province", "广西").stderr
    assert notes == "Note: the report prints no tax figure for Guangxi, which is not zero\n"


def test_numbers_compared_without_their_units_are_noted(cli):
    args = ("filter", "--category", "tax", "--columns", "id", "--where")
    assert "compared as printed" in cli(*args, "value > 5").stderr
    for where in ("value is None", 'value > 5 and unit == "亿元"', 'status == "actual"'):
        assert "compared as printed" not in cli(*args, where).stderr


@pytest.mark.parametrize(
    "where", ['province == "云南"', '"YN" == province', 'province in ("云南",)']
)
def test_a_condition_knows_a_province_by_any_name(cli, where):
    rows = cli("filter", "--where", f'{where} and status != "签约"').csv
    assert {row["province"] for row in rows} == {"Yunnan"}
    stages = [row["status"] for row in cli("filter", "--province", "Yunnan").csv]
    assert len(rows) == sum(stage not in ("", "signed") for stage in stages)


def test_a_limit_in_tonnes_is_one_for_tonnes_a_year(cli):
    rows = cli("filter", "--indicator", "annual_capacity", "--min", "10万吨").csv
    assert {row["unit"] for row in rows} == {"万吨", "万吨/年"}


@pytest.mark.parametrize(
    "expression",
    [
        "nm_signed_investment*2 - (nm_signed_investment - nm_started_investment)*1",
        "nm_signed_investment - -1*nm_started_investment",
        "nm_signed_investment - (-nm_started_investment)",
        "nm_signed_investment - (2 - 3)*nm_started_investment",
    ],
)
def test_to_take_off_less_is_to_add(cli, expression):
    done = cli("calc", expression)
    assert (done.code, done.stdout) == (1, "")
    assert "counts it twice" in done.stderr


def test_flows_over_unequal_periods_have_no_mean(cli):
    args = ("aggregate", "--category", "tax", "--across", "period", "--stat")
    assert cli(*args, "mean").code == 1
    done = cli(*args, "sum,mean,median")
    [row] = done.csv
    assert (row["sum"], row["mean"], row["median"]) == ("19.378", "", "")
    assert "differ in length" in done.stderr
    tax = "yn_wenshan_aluminium_tax"
    assert "differ in length" in cli("calc", f"mean({tax}_2023, {tax}_2024q1)").stderr
    given_up = ("--across", "period")
    assert cli("calc", f"mean({tax}_2023, {tax}_2020)", *given_up).csv[0]["value"] == "7.424"


def test_a_mean_of_a_province_and_its_city_is_refused(answer):
    table = rows({"value": 10}, {"value": 2, "scope": "city"})
    done = answer(table, "calc", "mean(a_0, a_1)*2", "--data", "T")
    assert (done.code, done.stdout) == (1, "")


def test_parts_that_are_left_out_are_not_said_to_be_counted(answer):
    table = rows(
        {"value": 5}, {"value": 1, "part_of": "a_0"}, {"value": 1, "part_of": "a_0"},
        {"value": "2.0", "id": ""}, {"value": "2", "id": ""},
    )  # fmt: skip
    assert "their ids" not in answer(table, "aggregate", "T", "--stat", "sum").stderr


def test_numbers_are_equal_however_they_are_printed(answer):
    table = rows({"value": "1"}, {"value": "1.0"})
    assert "their ids" in answer(table, "aggregate", "T", "--stat", "sum").stderr


def test_subjects_side_by_side_are_no_surprise(answer):
    table = rows({"value": 1, "subject": "One"}, {"value": 2, "subject": "Two"})
    done = answer(table, "compare", "T", "tax", "--by", "subject", "--rank")
    assert done.code == 0 and "different subjects" not in done.stderr
