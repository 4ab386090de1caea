"""Tables as analysts have them, with and without each column, in memory and through DuckDB."""

import shlex

import pytest

FIGURES = """\
province,indicator,period,value,unit
Yunnan,gdp,2022,28954,亿元
Yunnan,gdp,2023,30021,亿元
Sichuan,gdp,2022,56750,亿元
Sichuan,gdp,2023,60133,亿元
Yunnan,人口,2023,4673,万人
Sichuan,人口,2023,8368,万人
"""
CHINESE = """\
省份,年份,指标,数值,单位
云南,2022,工业,100,亿元
云南,2023,工业,110,亿元
四川,2022,工业,200,亿元
四川,2023,工业,230,亿元
四川,2023,gdp,60133,亿元
"""
AMOUNTS = "name,value,unit\nA,5000,万元\nB,1.2,亿元\nC,3,亿元\n"
WIDE = """\
province,year,gdp,population
Yunnan,2022,28954,4693
Yunnan,2023,30021,4673
Sichuan,2022,56750,8374
Sichuan,2023,60133,8368
"""
WIDE_CHINESE = """\
省份,年度,产值（亿元）,人口(万人),增速（%）
云南,2022,28954,4693,4.3
云南,2023,30021,4673,4.4
四川,2022,56750,8374,2.9
四川,2023,60133,8368,6.0
"""
FIRMS = "企业,省份,产值（万元）,占比(%)\n甲,云南,5,10\n乙,云南,7,20\n丙,四川,9,30\n"

pytestmark = pytest.mark.usefixtures("size")


@pytest.fixture
def run(cli, write):
    """Run a command line on a table: ``run("compare t.csv", TABLE)``."""

    def ask(line: str, table: str, code: int = 0):
        write(table, "t.csv")
        result = cli(*shlex.split(line))
        assert result.code == code, result.stderr
        return result

    return ask


@pytest.fixture
def pasted(run, cli):
    """Return what the hint of a refused command gives when it is typed."""

    def ask(line: str, table: str):
        refused = run(line, table, code=1)
        hint = refused.stderr.partition("Hint: transfer-cli ")[2].splitlines()[0]
        assert "t.csv" in hint
        again = cli(*shlex.split(hint))
        assert again.code == 0, again.stderr
        return hint

    return ask


# Rows without an id


def test_rows_without_an_id_are_named_by_file_and_line(run):
    result = run("calc 't.csv:2 / t.csv:4' --data t.csv", FIGURES)
    assert "t.csv:2 = 28,954 CNY 100m: Yunnan, 2022" in result.stderr
    assert result.csv[0]["value"].startswith("0.5102")


@pytest.mark.parametrize("option", ["--share", "--rank", "--vs Yunnan"])
def test_contrasts_need_no_id(run, option):
    rows = run(f"compare t.csv gdp {option}", FIGURES).csv
    assert {row["indicator"] for row in rows} == {"gdp"}


def test_growth_needs_no_id(run):
    rows = run("compare t.csv gdp --by period --growth", FIGURES).csv
    assert [row["change"][:5] for row in rows] == ["3.685", "5.961"]


def test_averages_need_no_id(run):
    rows = run("compare t.csv 'gdp / 人口'", FIGURES).csv
    assert [row["value"][:5] for row in rows] == ["6.424", "7.186"]
    assert rows[0]["id"] == "t.csv:3 / t.csv:6"


@pytest.mark.parametrize(
    "expression",
    ["share(t.csv:2, t.csv:4)", "t.csv:2 + t.csv:3", "growth(t.csv:3, t.csv:2)",
     "t.csv:2 + t.csv:6", "growth(t.csv:2, t.csv:5)"],
)  # fmt: skip
def test_hints_name_the_rows_and_keep_the_data(pasted, expression):
    hint = pasted(f"calc '{expression}' --data t.csv", FIGURES)
    assert "t.csv:2" in hint
    assert "--data" in hint


def test_a_hint_of_compare_keeps_the_file(pasted):
    pasted("compare t.csv '工业 / gdp' --period 2022", CHINESE.replace("工业,100", "tax,100"))


def test_a_line_without_a_figure_is_named(run):
    result = run("calc 't.csv:2 + t.csv:99' --data t.csv", FIGURES, code=2)
    assert "unknown id 't.csv:99'" in result.stderr


# Words of one's own in indicator


@pytest.mark.parametrize("names", ["", "all", "工业 gdp"])
def test_compare_shows_every_indicator_of_the_table(run, names):
    rows = run(f"compare t.csv {names}", CHINESE).csv
    assert [row["指标"] for row in rows] == ["gdp", *["工业"] * 4]


def test_a_word_of_the_table_is_an_indicator(run):
    assert len(run("compare t.csv 工业", CHINESE).csv) == 4
    assert len(run("filter t.csv --indicator 工业", CHINESE).csv) == 4
    total = run("aggregate t.csv --indicator 工业 --stat sum --across 年份", CHINESE).csv
    assert total[0]["sum"] == "640"


def test_a_label_stands_for_its_code(run):
    table = "province,indicator,value\nYunnan,地区生产总值,5\nSichuan,地区生产总值,7\n"
    assert len(run("compare t.csv gdp", table).csv) == 2
    assert len(run("filter t.csv --indicator gdp", table).csv) == 2


@pytest.mark.parametrize(
    ("line", "note"),
    [
        ("compare t.csv tax", "t.csv has no figure on tax; it has gdp; 工业"),
        ("filter t.csv --indicator tax", "none of the 5 has indicator tax"),
        ("compare t.csv 工业 --period 2030", "none of the 5 has period 2030"),
    ],
)
def test_an_empty_answer_says_why(run, line, note):
    result = run(line, CHINESE)
    assert result.csv == []
    assert note in result.stderr


def test_a_wrong_word_is_an_error_that_knows_the_tables_words(run):
    result = run("filter t.csv --indicator 工也", CHINESE, code=2)
    assert "did you mean '工业'" in result.stderr


def test_a_place_that_is_no_province_can_be_selected(run):
    table = "province,indicator,value\n昆明,工业,5\n四川,工业,7\n"
    assert len(run("filter t.csv --province 昆明", table).csv) == 1
    assert len(run("compare t.csv --province 昆明", table).csv) == 1


@pytest.mark.parametrize("names", ["", "all"])
def test_rows_that_are_no_figures_are_counted(run, names):
    table = "province,indicator,value\n云南,工业,5\n四川,工业,\n四川,,7\n"
    result = run(f"compare t.csv {names}", table)
    assert len(result.csv) == 1
    assert "2 of 3 rows have no value or no indicator: not shown" in result.stderr


def test_coverage_counts_indicators_of_ones_own(run):
    rows = run("describe t.csv --what coverage", CHINESE).csv
    assert rows[-1] == {"category": "no_category", "Yunnan": "2", "Sichuan": "2"}


# With indicator, without status and scope


@pytest.mark.parametrize(
    "expression", ["t.csv:2 + t.csv:3", "sum(t.csv:2, t.csv:3)", "mean(t.csv:2, t.csv:3)",
                   "t.csv:2 - t.csv:3"],
)  # fmt: skip
def test_unlike_indicators_do_not_add(run, expression):
    table = "province,indicator,value,unit\nYunnan,investment,7.5,亿元\nYunnan,tax,5,亿元\n"
    result = run(f"calc '{expression}' --data t.csv", table, code=1)
    assert "investment and tax are different things" in result.stderr


def test_years_and_indicators_stay_apart(run):
    rows = run("aggregate t.csv --stat sum", FIGURES).csv
    assert [(row["indicator"], row["period"]) for row in rows] == [
        ("gdp", "2022"), ("gdp", "2023"), ("人口", "2023")
    ]  # fmt: skip


def test_negotiating_never_joins_another_stage_in_the_tables_words(run):
    table = "省份,状态,金额(万元)\n云南,已签约,100\n云南,在谈,500\n"
    result = run("aggregate t.csv --by 省份 --stat sum --across 状态", table, code=1)
    assert "在谈 never joins another" in result.stderr
    assert run("filter t.csv --status signed", table).csv[0]["状态"] == "已签约"


# name, value, unit


def test_limits_compare_by_unit(run):
    assert [row["name"] for row in run("filter t.csv --min 1亿元", AMOUNTS).csv] == ["B", "C"]


def test_sorting_compares_by_unit(run):
    rows = run("filter t.csv --sort -value", AMOUNTS).csv
    assert [row["name"] for row in rows] == ["C", "B", "A"]


def test_a_limit_in_a_unit_needs_units(run):
    table = "name,value\nA,5\nB,300000000\n"
    result = run("filter t.csv --min 1亿元", table, code=2)
    assert "--min 1亿元: the table has no units to compare it with" in result.stderr
    assert "value (CNY 100m)" in result.stderr
    assert len(run("filter t.csv --min 1亿元", table.replace("value", "value (CNY 100m)")).csv) == 2


def test_numbers_without_a_unit_are_named(run):
    result = run("filter t.csv --min 1亿元", AMOUNTS.replace("3,亿元", "3,"))
    assert [row["name"] for row in result.csv] == ["B"]
    assert "1 number prints no unit and was not compared: at least 1 CNY 100m" in result.stderr


def test_a_table_without_a_province_says_what_can_spread(run, cli):
    result = run("compare t.csv", AMOUNTS, code=2)
    assert "Hint: transfer-cli compare t.csv --by name" in result.stderr
    assert len(cli("compare", "t.csv", "--by", "name").csv) == 3


# Wide tables


def test_compare_adds_neither_columns_nor_years(run):
    rows = run("compare t.csv", WIDE).csv
    assert len(rows) == 8
    assert {"province": "Yunnan", "year": "2023", "indicator": "gdp", "value": "30021"} in rows


def test_a_column_is_chosen_by_its_name(run):
    rows = run("compare t.csv gdp", WIDE).csv
    assert {row["indicator"] for row in rows} == {"gdp"}
    result = run("compare t.csv tax", WIDE)
    assert "t.csv has no column on tax; it has gdp; population" in result.stderr
    assert "choose from gdp, population" in run("compare t.csv foo", WIDE, code=2).stderr


@pytest.mark.parametrize("name", ["year", "period", "年份"])
def test_a_year_is_the_period(run, name):
    rows = run(f"compare t.csv gdp --by {name} --growth", WIDE).csv
    assert [(row["province"], row["since"]) for row in rows] == [
        ("Yunnan", "2022"), ("Sichuan", "2022")
    ]  # fmt: skip
    rows = run(f"aggregate t.csv --value gdp --by {name} --stat sum", WIDE).csv
    assert [(row["year"], row["sum"]) for row in rows] == [("2022", "85704"), ("2023", "90154")]
    rows = run(f"aggregate t.csv --value gdp --stat sum --across {name}", WIDE).csv
    assert [row["sum"] for row in rows] == ["175858"]
    assert len(run("filter t.csv --period 2023", WIDE).csv) == 2


def test_periods_are_added_only_with_across(run):
    rows = run("aggregate t.csv --value gdp --by province --stat sum", WIDE).csv
    assert len(rows) == 4


def test_contrasts_of_wide_tables(run):
    shares = run("compare t.csv gdp --share", WIDE).csv
    assert [row["share"][:4] for row in shares] == ["33.7", "66.2", "33.2", "66.7"]
    each = run("compare t.csv 'gdp / population' --period 2023", WIDE).csv
    assert [row["value"][:4] for row in each] == ["6.42", "7.18"]


def test_shares_of_several_rows_are_left_out_of_a_comparison(run):
    result = run("compare t.csv", FIRMS)
    assert [(row["省份"], row["indicator"], row["value"]) for row in result.csv] == [
        ("Yunnan", "产值", "12"), ("Sichuan", "产值", "9"), ("Sichuan", "占比", "30")
    ]  # fmt: skip
    assert "占比: 1 cell left out, as several rows in it do not add" in result.stderr


def test_an_empty_selection_of_a_wide_table_says_why(run):
    result = run("compare t.csv --period 2029", WIDE)
    assert result.csv == []
    assert "none of the 4 has period 2029" in result.stderr


# Headings


@pytest.mark.parametrize("line", ["filter t.csv", "export t.csv", "compare t.csv"])
def test_a_table_keeps_its_headings_and_their_order(run, line):
    header = run(line, CHINESE).stdout.splitlines()[0]
    assert header == "省份,年份,指标,数值,单位"


def test_screens_keep_the_headings(run):
    lines = run("filter t.csv -f table", CHINESE).stdout.splitlines()
    assert lines[1].split() == ["省份", "年份", "指标", "数值", "单位"]
    shown = run("describe t.csv --what columns -f table", WIDE_CHINESE).stdout
    assert "产值（亿元）" in shown


@pytest.mark.parametrize(
    ("heading", "role"),
    [("省", "province"), ("地区", "province"), ("Province", "province"), ("年度", "period"),
     ("时间", "period"), ("Year", "period"), ("金额", "value"), ("行业", "industry"),
     ("项目", "project"), ("单位", "unit"), ("城市", "place")],
)  # fmt: skip
def test_headings_that_are_recognised(run, heading, role):
    cells = {"province": "云南", "period": "2023", "value": "5", "industry": "光伏", "unit": "亿元"}
    row = run(f"filter t.csv --columns {role}", f"{heading},x\n{cells.get(role, '甲')},1\n").csv
    assert [*row[0]] == [heading]


def test_both_names_of_a_column_work_in_every_option(run):
    for line in (
        "filter t.csv --columns 省份,数值 --where '数值 > 200 and 年份 == 2023' --sort -数值",
        "filter t.csv --columns province,value --where 'value > 200 and period == 2023'"
        " --sort -value",
    ):
        assert [row["数值"] for row in run(line, CHINESE).csv] == ["60133", "230"]
    assert [row["count"] for row in run("values 省份 t.csv", CHINESE).csv] == ["2", "3"]
    derived = run("filter t.csv --derive '人均=产值/人口'", WIDE_CHINESE).csv
    assert derived[0]["人均_unit"] == "亿元/万人"


def test_json_has_the_headings_and_numbers(run):
    row = run("filter t.csv --json --limit 1", CHINESE).json[0]
    assert row == {"省份": "云南", "年份": "2022", "指标": "工业", "数值": "100", "单位": "亿元"}


def test_a_unit_in_a_heading_travels_with_its_numbers(run):
    rows = run(
        "aggregate t.csv --by province --value 产值 --stat sum --unit 万元", WIDE_CHINESE
    ).csv
    assert (rows[0]["unit"], rows[0]["sum"]) == ("万元", "289540000")
    rows = run("compare t.csv 产值 --period 2023", WIDE_CHINESE).csv
    assert [row["unit"] for row in rows] == ["亿元", "亿元"]
    result = run("aggregate t.csv --value '增速（%）' --stat sum", WIDE_CHINESE, code=1)
    assert "growths do not add" in result.stderr


def test_an_english_unit_in_a_heading(run):
    table = "Province,Year,GDP (100m yuan)\nYunnan,2023,5\n"
    rows = run("aggregate t.csv --value GDP --stat sum", table).csv
    assert rows[0]["unit"] == "亿元"


def test_converted_numbers_do_not_stand_under_the_unit_of_the_heading(run):
    table = "地区,指标,数值（亿元）\n云南,工业,5\n"
    assert run("filter t.csv", table).csv == [{"地区": "云南", "指标": "工业", "数值（亿元）": "5"}]
    for command in ("filter", "compare"):
        row = run(f"{command} t.csv --unit 万元", table).csv[0]
        assert (row["数值"], row["unit"]) == ("50000", "万元")


def test_map_names_what_is_not_recognised(run):
    table = "区域,年,数（亿元）\n云南,2023,5\n"
    line = "aggregate t.csv --by province --stat sum --map 区域=province,年=period --map 数=value"
    assert run(line, table).csv[0] == {
        "区域": "Yunnan", "年": "2023", "unit": "亿元", "n": "1", "left_out": "0", "sum": "5"
    }  # fmt: skip


@pytest.mark.parametrize(
    ("mapping", "message"),
    [("省=provinze", "unknown column 'provinze'"), ("国=province", "unknown column '国'"),
     ("省", "not HEADING=NAME"), ("省份=value", "the table has a column 'value'")],
)  # fmt: skip
def test_map_refuses_what_it_cannot_do(run, mapping, message):
    table = CHINESE.replace("数值", "value")
    assert message in run(f"filter t.csv --map {mapping}", table, code=2).stderr


def test_errors_name_the_heading(run):
    result = run("aggregate t.csv --stat sum", CHINESE.replace("110", "x"), code=3)
    assert "t.csv:3: column '数值': 'x' is not a number" in result.stderr


def test_two_headings_for_one_meaning(run):
    rows = run("aggregate t.csv --by province --stat sum", "省份,地区,金额\n云南,x,5\n").csv
    assert rows[0]["省份"] == "Yunnan"


def test_a_column_with_a_text_among_its_numbers_is_named(run):
    table = WIDE.replace("28954", "—")
    result = run("compare t.csv", table)
    assert {row["indicator"] for row in result.csv} == {"population"}
    assert "column 'gdp' is not compared: '—' is not a number" in result.stderr
    assert "t.csv:2: column 'gdp': '—' is not a number" in run("compare t.csv gdp", table, 3).stderr


def test_a_word_with_a_slash_is_no_quotient(run):
    table = "省份,指标,数值\n云南,产值/人,5\n四川,产值/人,7\n"
    assert len(run("compare t.csv 产值/人", table).csv) == 2


@pytest.mark.parametrize("line", ["compare - 工业", "filter - --indicator 工业"])
def test_standard_input_has_words_of_its_own(cli, line):
    assert len(cli(*shlex.split(line), stdin=CHINESE).csv) == 4


def test_tables_side_by_side_have_one_name_for_a_column(run, write):
    write(CHINESE, "a.csv")
    rows = run("aggregate --data a.csv --data t.csv --stat sum --by source", FIGURES).csv
    assert [row["sum"] for row in rows if row["indicator"] == "gdp"] == ["60133", "85704", "90154"]


def test_categories_that_are_not_shown_are_noted(run):
    table = "province,indicator,value,unit\n云南,tax,5,亿元\n云南,projects,7,个\n"
    result = run("compare t.csv", table)
    assert [row["indicator"] for row in result.csv] == ["tax"]
    assert "1 of 2 rows are of other categories: compare all shows them" in result.stderr
    assert len(run("compare t.csv all", table).csv) == 2


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_the_row_numbers_that_pandas_writes_are_no_amount(cli, tmp_path, suffix):
    pd = pytest.importorskip("pandas")
    frame = pd.DataFrame({"province": ["Yunnan", "Sichuan"], "year": [2023, 2023], "gdp": [3, 6]})
    name = f"own.{suffix}"
    frame.to_csv(name) if suffix == "csv" else frame.to_excel(name)
    done = cli("compare", name)
    assert [(row["province"], row["indicator"], row["value"]) for row in done.csv] == [
        ("Yunnan", "gdp", "3"), ("Sichuan", "gdp", "6")]  # fmt: skip
    assert "counts the rows: it is called 'row'" in done.stderr
    total = cli("aggregate", name, "--value", "gdp", "--stat", "sum")
    assert [row["sum"] for row in total.csv] == ["9"]


def test_an_own_indicator_among_those_of_the_report_may_have_no_figure_selected(cli, write):
    own = write("province,indicator,value,unit,period\nYunnan,widgets,5,个,2023\n")
    tables = ("--data", "builtin", "--data", own)
    done = cli("compare", "widgets", *tables, "--province", "Sichuan")
    assert (done.csv, done.code) == ([], 0)
    assert "no widgets figure for Sichuan, which is not zero" in done.stderr
    assert cli("compare", "widgets", *tables).csv[0]["value"] == "5"
