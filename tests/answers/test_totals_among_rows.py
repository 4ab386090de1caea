"""Totals among the rows of a table without scopes: what they are of is never added to them."""

import pytest

YEARBOOK = """\
地区,县区,年份,收入（万元）
云南,盘龙区,2022,10
云南,官渡区,2022,20
云南,合计,2022,30
云南,盘龙区,2023,11
云南,官渡区,2023,22
云南,合计,2023,33
四川,合计,2023,100
"""


@pytest.fixture(params=["small", "large"])
def write(request, tmp_path, monkeypatch):
    """Write a table where the test runs; it is read as a small one, and through DuckDB."""
    if request.param == "large":
        monkeypatch.setenv("TRANSFER_LARGE", "1")

    def write(text, name="own.csv"):
        (tmp_path / name).write_text(text, "utf-8")
        return name

    return write


def test_a_total_in_an_unknown_column_is_left_out(cli, write):
    name = write(YEARBOOK)
    done = cli("aggregate", name, "--value", "收入", "--by", "年份", "--stat", "sum,mean")
    cells = [(row["年份"], row["n"], row["left_out"], row["sum"]) for row in done.csv]
    # Of Sichuan the total alone is printed: it is not a total of others here.
    assert cells == [("2022", "2", "1", "30"), ("2023", "3", "1", "133")]
    assert "县区: left out, as the total of others here: 合计" in done.stderr


def test_compare_adds_no_total_to_its_parts_and_says_so(cli, write):
    done = cli("compare", write(YEARBOOK))
    cells = {(row["年份"], row["地区"]): row["value"] for row in done.csv}
    assert cells == {("2022", "Yunnan"): "30", ("2023", "Yunnan"): "33", ("2023", "Sichuan"): "100"}
    assert "县区: left out, as the total of others here: 合计" in done.stderr


def test_a_selection_of_totals_alone_is_used(cli, write):
    done = cli("aggregate", write(YEARBOOK), "--value", "收入", "--where", "县区 == '合计'",
               "--stat", "sum", "--period", "2023")  # fmt: skip
    assert [(row["n"], row["sum"]) for row in done.csv] == [("2", "133")]
    assert "left out" not in done.stderr


def test_shares_are_of_the_printed_total(cli, write):
    name = write("省份,产值（亿元）\n云南,30\n四川,60\n全国,1000\n")
    done = cli("aggregate", name, "--value", "产值", "--by", "省份", "--stat", "sum", "--share",
               "--total")  # fmt: skip
    assert [(row["省份"], row["sum_share"]) for row in done.csv] == [
        ("Yunnan", "3"), ("Sichuan", "6"), ("China", "100"), ("total", "100")]  # fmt: skip
    assert "total: left out, as they may lie inside a wider figure here" in done.stderr
    firms = write("名称,产值\nA,10\nB,20\nTotal,90\n", "firms.csv")
    shares = cli("aggregate", firms, "--value", "产值", "--by", "名称", "--stat", "sum", "--share")
    assert {row["名称"]: row["sum_share"][:4] for row in shares.csv} == {
        "A": "11.1", "B": "22.2", "Total": "100"}  # fmt: skip


def test_a_total_is_not_among_the_largest_nor_among_the_ranks(cli, write):
    name = write("省份,年份,产值\n云南,2023,30\n四川,2023,60\n合计,2023,90\n")
    done = cli("aggregate", name, "--value", "产值", "--by", "省份", "--stat", "sum", "--top", "1")
    assert [row["省份"] for row in done.csv] == ["Sichuan"]
    assert "not among the largest, as the total of others: 合计" in done.stderr
    ranks = cli("compare", name, "--rank")
    assert {row["省份"]: row["rank"] for row in ranks.csv} == {"Yunnan": "2", "Sichuan": "1"}
    assert "合计 contains the others" in ranks.stderr
    hhi = cli("aggregate", name, "--value", "产值", "--by", "省份", "--stat", "hhi")
    assert hhi.csv[0]["hhi"] == "0.555555555555556"


def test_a_register_whose_places_are_not_all_printed_is_added_up(cli, write):
    rows = "".join(f"四川,成都,2023,{n}\n" for n in (1, 2, 3))
    name = write("省份,地市,年份,投资\n四川,,2023,4\n" + rows)
    done = cli("aggregate", name, "--value", "投资", "--stat", "sum")
    assert [(row["n"], row["sum"]) for row in done.csv] == [("4", "10")]


def test_projects_without_a_place_are_of_no_whole_province(cli, write):
    name = write("省份,城市,项目,年份,投资\n四川,,甲,2023,4\n四川,成都,乙,2023,5\n")
    done = cli("aggregate", name, "--value", "投资", "--stat", "sum")
    assert [(row["n"], row["sum"]) for row in done.csv] == [("2", "9")]


def test_an_industry_called_total_holds_the_others(cli, write):
    name = write("省份,行业,年份,产值\n云南,合计,2023,90\n云南,铝,2023,30\n云南,硅,2023,60\n")
    done = cli("aggregate", name, "--value", "产值", "--stat", "sum")
    assert [(row["n"], row["left_out"], row["sum"]) for row in done.csv] == [("1", "2", "90")]


@pytest.mark.parametrize(("others", "total"), [("印度,10\n美国,30", "140"), ("东部地区,60", "100")])
def test_china_holds_its_parts_and_no_other_country(cli, write, others, total):
    name = write(f"地区,产值\n中国,100\n{others}\n")
    done = cli("aggregate", name, "--value", "产值", "--stat", "sum")
    assert [row["sum"] for row in done.csv] == [total]


def test_a_row_without_a_place_that_is_smaller_than_a_city_is_of_no_province(cli, write):
    name = write("省份,城市,年份,投资\n云南,昆明,2023,100\n云南,曲靖,2023,50\n云南,,2023,30\n")
    done = cli("aggregate", name, "--value", "投资", "--stat", "sum")
    assert [(row["n"], row["sum"]) for row in done.csv] == [("3", "180")]
    assert "left out" not in done.stderr


def test_a_figure_without_a_scope_that_is_smaller_than_a_city_contains_none(cli, write):
    name = write("id,place,scope,indicator,value,unit\na,,,tax,1,亿元\nb,昆明,city,tax,2,亿元\n")
    grouped = cli("aggregate", name, "--stat", "sum", "--across", "scope")
    computed = cli("calc", "sum(a, b)", "--data", name, "--across", "scope")
    assert [row["sum"] for row in grouped.csv] == [row["value"] for row in computed.csv] == ["3"]


def test_a_total_below_many_numbered_rows_is_left_out(cli, write):
    rows = "".join(f"{number},2023,1\n" for number in range(1100))
    name = write(f"序号,年份,产值\n{rows}合计,2023,1100\n")
    done = cli("aggregate", name, "--value", "产值", "--stat", "sum")
    assert [(row["n"], row["left_out"], row["sum"]) for row in done.csv] == [("1100", "1", "1100")]
    assert "序号: left out, as the total of others here: 合计" in done.stderr


@pytest.mark.parametrize(
    "column", ["note", "note_zh", "printed", "line", "source", "id", "place_zh", "part_of"]
)
def test_a_remark_that_says_total_makes_no_total(cli, write, column):
    name = write(f"名称,{column},value\n甲,x,1\n乙,合计,2\n")
    done = cli("aggregate", name, "--value", "value", "--stat", "sum")
    assert sum(int(row["sum"]) for row in done.csv) == 3
    assert "left out" not in done.stderr


def test_a_total_alone_in_its_year_stays(cli, write):
    name = write("地区,县区,年份,收入\n云南,盘龙区,2022,10\n,合计,2022,30\n,合计,2023,99\n")
    done = cli("aggregate", name, "--value", "收入", "--by", "年份", "--stat", "sum")
    cells = [(row["年份"], row["left_out"], row["sum"]) for row in done.csv]
    assert cells == [("2022", "1", "10"), ("2023", "0", "99")]


def test_totals_in_a_second_column_count_as_well(cli, write):
    name = write("类别,名称,产值\n合计,甲,1\n合计,乙,2\n合计,总计,3\n")
    done = cli("aggregate", name, "--value", "产值", "--stat", "sum")
    assert [(row["left_out"], row["sum"]) for row in done.csv] == [("1", "3")]


@pytest.mark.parametrize(
    ("column", "others", "largest"),
    [("省份", "云南,30\n四川,60", "Sichuan"), ("省份", "印度,30\n美国,60", "China"),
     ("企业", "云南,30\n四川,60", "全国")],
)  # fmt: skip
def test_the_nation_is_not_among_its_largest_provinces(cli, write, column, others, largest):
    name = write(f"{column},产值\n全国,100\n{others}\n")
    done = cli("aggregate", name, "--value", "产值", "--by", column, "--stat", "sum", "--top", "1")
    assert [row[column] for row in done.csv] == [largest]
