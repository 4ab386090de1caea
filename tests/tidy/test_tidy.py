"""Wide tables in the shapes that bureaus publish, made into rows of figures."""

import csv
import io
from pathlib import Path

import openpyxl
import pytest

SAMPLES = Path(__file__).parent / "samples"
NBS = (SAMPLES / "nbs_indicator.csv").read_text("utf-8")


def workbook(text, merge=()):
    """A text file as the workbook that a bureau offers as well: numbers are numbers."""
    book = openpyxl.Workbook()
    for row in csv.reader(io.StringIO(text)):
        book.active.append([number(cell) for cell in row])
    for area in merge:
        book.active.merge_cells(area)
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def number(cell):
    try:
        return float(cell)
    except ValueError:
        return cell or None


def yearbook():
    """A page of a provincial yearbook: a title, a unit line, two rows of merged headings."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet["A1"], sheet["E2"], sheet["A3"] = "2-3  各市（州）地区生产总值", "单位：亿元", "地  区"
    sheet["B3"], sheet["D3"] = "2022年", "2023年"
    for column, text in zip("BCDE", ["地区生产总值", "第二产业"] * 2, strict=True):
        sheet[f"{column}4"] = text
    for area in ("A1:E1", "A3:A4", "B3:C3", "D3:E3"):
        sheet.merge_cells(area)
    for row in (
        ["全  省", 20164.58, 7113.03, 20913.25, 7311.5],
        ["　贵阳市", 4921.17, 1746.4, 5154.75, 1797.9],
        ["　黔东南州", 1293.3, 276.7, 1326.4, "—"],
        ["注：本表按当年价格计算。"],
        ["资料来源：贵州省统计局"],
    ):
        sheet.append(row)
    for row in sheet["B5:E7"]:
        for cell in row:
            cell.number_format = "0.00"
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


SHAPES = {
    "regions by years": ("t.csv", NBS.encode(), 14),
    "in GB18030": ("t.csv", NBS.encode("gb18030"), 14),
    "as a workbook": ("t.xlsx", workbook(NBS, ["A1:D1", "A2:D2"]), 14),
    "indicators by years": ("t.csv", (SAMPLES / "nbs_province.csv").read_bytes(), 15),
    "indicators as a workbook": (
        "t.xlsx", workbook((SAMPLES / "nbs_province.csv").read_text("utf-8")), 15,
    ),
    "months": ("t.csv", (SAMPLES / "nbs_months.csv").read_bytes(), 4),
    "the World Bank": ("t.csv", (SAMPLES / "worldbank.csv").read_bytes(), 11),
    "a yearbook": ("t.xlsx", yearbook(), 11),
    "years by indicators": ("t.csv", (SAMPLES / "yearbook_years.csv").read_bytes(), 14),
    "indented names": ("t.csv", (SAMPLES / "yearbook_indented.csv").read_bytes(), 12),
    "the World Bank's DataBank": (
        "t.csv",
        b"Country Name,Country Code,Series Name,Series Code,2022 [YR2022],2023 [YR2023]\n"
        b"China,CHN,GDP (current US$),NY.GDP.MKTP.CD,17881783387000.9,17794781986104.5\n"
        b"Viet Nam,VNM,GDP (current US$),NY.GDP.MKTP.CD,410324028883.5,..\n\n"
        b"Data from database: World Development Indicators\n",
        3,
    ),
    "provinces as columns": (
        "t.csv",
        "2023年主要指标\n指标,单位,云南,贵州\n地区生产总值,亿元,30021,20913\n"
        "固定资产投资增速,%,-10.6,-5.7\n".encode(),
        4,
    ),
    "parts of the year in a title": (
        "t.csv",
        "2024年工业增加值增速\n,,单位：%\n地区,一季度,上半年\n贵州省,8.1,8\n贵阳市,9.9,9\n".encode(),
        4,
    ),
    "two rows of headings": ("t.csv", (SAMPLES / "two_headings.csv").read_bytes(), 8),
}  # fmt: skip


@pytest.mark.parametrize("shape", SHAPES)
def test_the_rows_are_sound_and_other_commands_read_them(cli, write, shape):
    name, data, rows = SHAPES[shape]
    done = cli("tidy", write(data, name), "-o", "metrics.csv")
    assert (done.code, done.stdout) == (0, ""), done.stderr
    checked = cli("check", "metrics.csv")
    assert (checked.code, checked.stderr) == (0, f"Note: {rows} figures: sound\n"), checked.stdout
    assert len(cli("filter", "metrics.csv").csv) == rows
    assert cli("aggregate", "metrics.csv", "--by", "indicator,period,province").csv
    indicator = cli("values", "indicator", "metrics.csv").csv[0]["indicator"]
    assert cli("compare", indicator, "--data", "metrics.csv").csv


@pytest.fixture
def rows(cli, write):
    """Tidy a text, or a file, and return rows of some columns."""

    def run(data, *columns, name="t.csv", options=()):
        done = cli("tidy", write(data, name), *options)
        assert done.code == 0, done.stderr
        return [tuple(row[column] for column in columns) for row in done.csv]

    return run


def test_a_title_names_the_indicator_and_the_unit(rows):
    found = rows(NBS, "id", "province", "indicator", "period", "value", "unit", "line", "note")
    assert found[0] == (
        "bj_gdp_2023", "Beijing", "gdp", "2023", "43760.7", "亿元", "5", "国家统计局",
    )  # fmt: skip
    assert [row[3] for row in found[-2:]] == ["2023", "2021"]


def test_a_title_names_the_province_and_rows_their_indicators(rows):
    text = (SAMPLES / "nbs_province.csv").read_text("utf-8")
    found = rows(text, "province", "indicator", "subject_zh", "unit", "part_of")
    assert found[0] == ("Yunnan", "gdp", "", "亿元", "")
    assert found[3] == ("Yunnan", "value_added", "第一产业", "亿元", "")
    assert found[9][2] == "工业" and found[9][4].startswith("yn_value_added_2023")


def test_a_country(rows):
    text = (SAMPLES / "worldbank.csv").read_text("utf-8")
    found = rows(text, "province", "scope", "indicator", "period", "value", "unit")
    assert found[0] == ("China", "nation", "gdp", "2020", "14687744162801", "美元")
    assert {row[0] for row in found} == {"China", "Viet Nam", "Lao PDR"}


def test_a_yearbook_has_merged_headings_and_indented_places(rows):
    found = rows(yearbook(), "province", "place_zh", "scope", "indicator", "subject_zh", "period",
                 "value", "note", name="t.xlsx")  # fmt: skip
    note = "贵州省统计局; 本表按当年价格计算。"
    assert found[1] == ("Guizhou", "", "province", "value_added", "第二产业", "2022", "7113.03",
                        note)  # fmt: skip
    assert found[4] == ("Guizhou", "贵阳市", "prefecture", "gdp", "", "2022", "4921.17", note)
    assert found[-1][1:3] == ("黔东南州", "prefecture")


def test_parts_of_a_whole_are_not_added_to_it(cli, write):
    write((SAMPLES / "yearbook_indented.csv").read_bytes(), "t.csv")
    cli("tidy", "t.csv", "-o", "m.csv")
    done = cli("aggregate", "m.csv", "--indicator", "value_added", "--period", "2023",
               "--stat", "sum")  # fmt: skip
    assert [(row["n"], row["left_out"], row["sum"]) for row in done.csv] == [("3", "1", "20913.2")]


def test_months_and_cells_without_a_figure(cli, write):
    done = cli("tidy", write((SAMPLES / "nbs_months.csv").read_bytes()))
    assert [row["period"] for row in done.csv][:2] == ["2024-01/2024-06", "2024-01/2024-05"]
    assert "Note: 2 cells print no figure" in done.stderr


def test_a_part_of_the_year_belongs_to_that_of_the_title(rows):
    found = rows(SHAPES["parts of the year in a title"][1], "province", "place_zh", "period")
    assert found == [
        ("Guizhou", place, period) for place in ("", "贵阳市") for period in ("2024-Q1", "2024-S1")
    ]


def test_what_was_understood_is_noted(cli, write):
    done = cli("tidy", write(NBS))
    for note in ("header: row 4; figures: rows 5 to 9", "indicator: Gross domestic product (row 2)",
                 "unit: CNY 100m (row 2)", "period: 2023, 2022, 2021 (header)",
                 "source: 国家统计局 (row 10)", "1 cell prints no figure",
                 "write the rows: transfer-cli tidy table.csv -o metrics.csv"):  # fmt: skip
        assert f"Note: {note}\n" in done.stderr
    assert cli("tidy", "table.csv", "-q").stderr == ""


def test_a_remark_below_the_table_travels_with_its_figures(cli, write):
    done = cli("tidy", write(NBS + "注：2023年为初步核算数。\n"))
    assert "Note: remark: '2023年为初步核算数。' (row 11)\n" in done.stderr
    assert {row["note"] for row in done.csv} == {"国家统计局; 2023年为初步核算数。"}


def test_a_cell_that_is_no_number_is_named(cli, write):
    done = cli("tidy", write(NBS.replace("24627,", "24627①,")))
    assert "Note: not read as a number: B6 '24627①'" in done.stderr
    assert len(done.csv) == 13


def test_an_indicator_of_no_look_up_is_kept_and_noted(cli, write):
    done = cli("tidy", write(NBS.replace("地区生产总值(亿元)", "年末常住人口(万人)")))
    assert {(row["indicator"], row["unit"]) for row in done.csv} == {("年末常住人口", "万人")}
    assert "not in the look-up of indicators: 年末常住人口" in done.stderr


UNDECIDED = {
    "unit": ("地区生产总值\n地区,2023年\n云南,30021\n", ("--unit", "亿元")),
    "indicator": ("地区,2022年,2023年\n云南,3亿,4\n甘肃,5,6\n".replace("亿", ""),
                  ("--indicator", "gdp", "--unit", "亿元")),
    "province": ("地区生产总值（亿元）\n年份,数值\n2022,3\n2023,4\n", ("--province", "云南")),
    "period": ("各省地区生产总值（亿元）\n地区,数值\n云南,3\n甘肃,4\n", ("--period", "2023年")),
}  # fmt: skip


@pytest.mark.parametrize("what", UNDECIDED)
def test_what_cannot_be_decided_names_the_option_that_does(cli, write, what):
    text, options = UNDECIDED[what]
    done = cli("tidy", write(text))
    assert (done.code, done.stdout) == (3, "")
    assert f"table.csv: the {what} of B" in done.stderr
    assert f"--{what} " in done.stderr.partition("Hint: ")[2]
    fixed = cli("tidy", "table.csv", *options, "-o", "metrics.csv")
    assert fixed.code == 0, fixed.stderr
    assert cli("check", "metrics.csv").code == 0


def test_the_row_of_the_header(cli, write):
    text = "地区,甲,乙\n云南,x,y\n"
    done = cli("tidy", write(text))
    assert done.code == 3 and "Hint: name it: --header-row NUMBER" in done.stderr
    assert cli("tidy", "table.csv", "--header-row", "9").code == 2
    two = "地区生产总值（亿元）\n2020,2021\n地区,2022,2023\n云南,3,4\n"
    rows = cli("tidy", write(two), "--header-row", "3").csv
    assert [row["period"] for row in rows] == ["2022", "2023"]


@pytest.mark.parametrize("row", ["２０２３年", "2023", "2023年度", "2023 年"])
def test_how_years_are_written(rows, row):
    text = NBS.replace("2023年", row)
    assert rows(text, "period")[0] == ("2023",)


@pytest.mark.parametrize(
    ("data", "name", "code", "message"),
    [
        ("", "t.csv", 3, "is empty"),
        ("a,b\n", "t.csv", 3, "no header is found"),
        ('[{"a": 1}]', "t.json", 2, "has no headings to tidy"),
        ("indicator,value\ntax,1\n", "t.csv", 2, "are figures already"),
        ("省份,指标,数值\n云南,税收,1\n", "t.csv", 2, "are figures already"),
        (b"PK\x03\x04", "t.xlsx", 3, "not a valid workbook"),
        ('a,"' + "x" * 200_000, "t.csv", 3, "no header is found"),
        ("x", "nowhere.csv", 3, "there is no file"),
    ],
)
def test_what_is_no_wide_table(cli, write, data, name, code, message):
    if name != "nowhere.csv":
        write(data, name)
    done = cli("tidy", name)
    assert (done.code, message in done.stderr, "Hint: " in done.stderr) == (code, True, True)


def test_lines_are_those_of_the_file(rows):
    text = NBS.replace("时间：最近3年", '"时间：\n最近3年"')
    assert rows(text, "line")[0] == ("6",)
    text = NBS.replace("2023年", '"2023\n年"').replace("2022年", '"2022\n年"')
    assert rows(text, "period", "line")[:2] == [("2023", "7"), ("2022", "7")]


def test_standard_input_and_a_sheet(cli, write):
    assert cli("tidy", "-", stdin=NBS).csv == cli("tidy", write(NBS)).csv
    done = cli("tidy", write(yearbook(), "t.xlsx"), "--sheet", "x")
    assert (done.code, "unknown sheet" in done.stderr) == (2, True)


def test_cells_are_hostile(cli, write):
    text = NBS.replace("国家统计局", "=cmd|x\x1b[31m")
    done = cli("tidy", write(text), tty=True)
    assert "\x1b[31m" not in done.stdout + done.stderr
    assert cli("tidy", "table.csv").stdout.count("'=cmd") == 14


@pytest.mark.parametrize("heading", ["年度", "年份", "年", "时期", "时间", "Year", "period"])
def test_a_column_of_years_is_no_figure(cli, heading):
    text = f"省份,{heading},产值（亿元）\n甘肃,2022,1200\n贵州,2023,1300\n"
    Path("own.csv").write_text(text, encoding="utf-8")
    done = cli("tidy", "own.csv")
    assert [(row["period"], row["value"], row["unit"]) for row in done.csv] == [
        ("2022", "1200", "亿元"),
        ("2023", "1300", "亿元"),
    ]


def test_totals_of_several_provinces_are_left_out_and_named(cli, write):
    text = "地区生产总值（亿元）\n地区,2022年,2023年\n云南,3,4\n四川,5,6\n合 计,8,10\n"
    done = cli("tidy", write(text))
    assert [(row["province"], row["value"]) for row in done.csv] == [
        ("Yunnan", "3"), ("Yunnan", "4"), ("Sichuan", "5"), ("Sichuan", "6")]  # fmt: skip
    assert "Note: left out, as totals of several provinces: rows 5\n" in done.stderr
