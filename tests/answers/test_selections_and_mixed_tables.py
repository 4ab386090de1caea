"""Selections, ranks, indices, cities among provinces: what is printed of them is true of them."""

import pytest

from transfer_cli import streams

AREAS = (
    "地区,年份,产值（亿元）\n四川省,2023,10000\n成都市,2023,6000\n云南省,2023,4000\n"
    "昆明市,2023,1900\n"
)
NATION = "地区,年份,产量（万吨）\n全国,2023,100\n四川,2023,20\n云南,2023,30\n"
PROFITS = (
    "省份,年份,利润（亿元）\n四川,2022,-10\n四川,2023,20\n云南,2022,0\n云南,2023,5\n"
    "贵州,2022,10\n贵州,2023,-5\n甘肃,2022,8\n甘肃,2023,10\n"
)
BOUNDS = (
    "province,indicator,value,unit,bound,period\nGansu,contracts,200,亿元,exact,2023\n"
    "Guizhou,contracts,500,亿元,about,2023\nSichuan,contracts,1000,亿元,over,2023\n"
)


def test_six_digits_with_a_unit_are_an_amount(cli, write, size):
    name = write(
        "省份,年份,投资额（万元）,代码\n云南,2023,120000,530000\n四川,2023,900000,510000\n"
    )
    done = cli("compare", name)
    assert [(row["indicator"], row["value"]) for row in done.csv] == [
        ("投资额", "120000"),
        ("投资额", "900000"),
    ]
    assert "120,000" in cli("filter", name, tty=True).stdout


def test_codes_and_years_do_not_add(cli, write):
    name = write("地区,行政区划代码,建成年份,企业数\n甲,530100,1999,2010\n乙,530300,2005,2035\n")
    assert {row["indicator"] for row in cli("compare", name, "--by", "地区").csv} == {"企业数"}
    for column in ("行政区划代码", "建成年份"):
        done = cli("aggregate", name, "--value", column, "--stat", "sum")
        assert done.code == 1 and "do not add" in done.stderr


@pytest.mark.parametrize("heading", ["价格指数（上年=100）", "价格指数（上年同期＝100）",
                                     "price index (previous year = 100)"])  # fmt: skip
def test_an_index_of_the_period_before_is_a_growth(cli, write, heading):
    name = write(
        f"省份,年份,{heading}\n四川,2022,102\n四川,2023,100\n云南,2022,101\n云南,2023,103\n"
    )
    done = cli("compare", name, "--by", "年份", "--growth")
    assert done.code == 1 and "a growth changes by percentage points" in done.stderr
    done = cli("aggregate", name, "--value", heading, "--by", "省份", "--stat", "sum")
    assert done.code == 1 and "growths do not add" in done.stderr


def test_the_lowest_place_of_an_unknown_ranking_is_the_best(cli, write):
    name = write("省份,年份,GDP全国排名\n四川,2023,5\n云南,2023,18\n贵州,2023,22\n")
    done = cli("compare", name, "--rank")
    assert [(row["省份"], row["rank"]) for row in done.csv] == [
        ("Guizhou", "3"), ("Yunnan", "2"), ("Sichuan", "1"),
    ]  # fmt: skip


def test_cities_in_a_column_of_provinces_lie_in_them(cli, write, size):
    name = write(AREAS)
    [row] = cli("aggregate", name, "--value", "产值", "--stat", "sum").csv
    assert (row["n"], row["left_out"], row["sum"]) == ("2", "2", "14000")
    done = cli("compare", name, "--rank")
    assert {row["地区"]: row["rank"] for row in done.csv} == {
        "成都市": "1", "昆明市": "2",
    }  # fmt: skip
    assert "others may lie in Yunnan, Sichuan" in done.stderr
    shares = cli("compare", name, "--share")
    assert "the total is what is printed for Yunnan, Sichuan" in shares.stderr
    totals = cli("compare", name, "--total")
    assert "different place" not in totals.stderr and "14000" in totals.stdout


@pytest.mark.parametrize("municipality", ["北京市", "天津市", "上海市", "重庆市"])
def test_municipalities_hold_no_other_city(cli, write, municipality):
    name = write(f"城市,产值（亿元）\n{municipality},40\n广州市,30\n成都市,20\n")
    for option in ((), ("--map", "城市=province")):
        [row] = cli("aggregate", name, "--value", "产值", "--stat", "sum", *option).csv
        assert row["sum"] == "90"


@pytest.mark.parametrize(
    "city", ["Chengdu city", "Liangshan prefecture", "Pi county", "Wuhou district"]
)
def test_a_city_in_english_lies_in_its_province(cli, write, city):
    name = write(f"province,GDP (CNY bn)\nSichuan,1000\n{city},600\nYunnan,400\n")
    [row] = cli("aggregate", name, "--value", "GDP", "--stat", "sum").csv
    assert (row["left_out"], row["sum"]) == ("1", "1400")


def test_a_municipality_is_no_container_of_a_city(cli, write):
    name = write("地区,年份,产值（亿元）\n重庆市,2023,9000\n四川省,2023,10000\n成都市,2023,6000\n")
    done = cli("compare", name, "--rank")
    assert "others may lie in Sichuan" in done.stderr


@pytest.mark.parametrize("option", ["--share", "--total", "--rank", "--contribution"])
def test_what_is_not_selected_is_not_called_unprinted(cli, write, option):
    table = NATION + "四川,2022,10\n云南,2022,20\n全国,2022,90\n"
    done = cli("compare", write(table), option, "--province", "四川,云南")
    assert done.code == 0 and "this selection" in done.stderr
    assert "what is printed" not in done.stderr
    whole = cli("compare", write(table), option)
    assert "this selection" not in whole.stderr


def test_one_selected_column_is_not_the_only_one_printed(cli, write):
    done = cli("compare", write(NATION), "--share", "--province", "四川")
    assert done.code == 1 and "only Sichuan has it in this selection" in done.stderr


def test_industries_have_ranks_without_totals_and_parts(cli, write):
    name = write("行业,产值（亿元）\n合计,100\n制造业,70\n其中：电子,40\n采矿业,30\n")
    done = cli("compare", name, "--by", "行业", "--rank")
    assert {row["行业"]: row["rank"] for row in done.csv} == {
        "制造业": "1", "采矿业": "2",
    }  # fmt: skip
    assert "其中：电子 is part of another" in done.stderr


def test_headings_are_not_repeated_as_footnotes(cli, write):
    name = write("行业,产值（亿元）\n制造业,70\n采矿业,30\n")
    screen = cli("compare", name, "--by", "行业", tty=True).stdout
    assert "¹" not in screen


def test_growth_names_what_is_zero_or_below(cli, write):
    name = write(PROFITS)
    done = cli("compare", name, "--by", "年份", "--growth")
    assert "利润 Yunnan 2022 is zero, and growth is from an amount above it" in done.stderr
    assert "利润 Sichuan 2022 is below zero" in done.stderr
    done = cli("compare", name, "--by", "年份", "--index", "2022")
    assert "利润 Sichuan 2022 is below zero" in done.stderr
    assert "does not come before" not in done.stderr
    done = cli("compare", name, "--by", "年份", "--index", "2023")
    assert "利润 Guizhou 2023 is below zero" in done.stderr
    numbers = {(row["省份"], row["年份"]): row["index"] for row in done.csv}
    assert numbers["Yunnan", "2022"] == "0" and numbers["Sichuan", "2022"] == "-50"


def test_a_difference_from_zero_or_a_loss_has_no_ratio(cli, write):
    done = cli("compare", write(PROFITS), "--vs", "贵州", "--period", "2023")
    cells = {row["省份"]: (row["difference"], row.get("ratio", "")) for row in done.csv}
    assert cells["Gansu"] == ("15", "") and cells["Sichuan"] == ("25", "")


def test_shares_are_the_same_in_every_command(cli, write):
    name = write(BOUNDS)
    compared = cli("compare", name, "--share")
    grouped = cli("aggregate", name, "--by", "province", "--stat", "sum", "--share")
    one = {row["province"]: (row["share"], row["share_bound"]) for row in compared.csv}
    two = {row["province"]: (row["sum_share"], row["sum_share_bound"]) for row in grouped.csv}
    assert one == two
    # 200 of at least 200 + 450 + 1000; 550 of at least 550 + 200 + 1000; over 1000 of 1000 + 700.
    assert one["Gansu"][1] == "under" and one["Gansu"][0].startswith("12.12")
    assert one["Guizhou"][1] == "under" and one["Guizhou"][0].startswith("31.42")
    for done in (compared, grouped):
        assert '"about" is read as ±10 %' in done.stderr


def test_a_multiple_without_a_bound_keeps_its_sign_at_the_number(cli, write):
    table = "province,indicator,value,unit,bound,period\n" + "".join(
        f"Sichuan,contracts,{value},亿元,over,{year}\n"
        for value, year in ((900, 2021), (1000, 2023))
    )
    screen = cli("compare", write(table), "--by", "period", "--growth", tty=True).stdout
    assert "≈1.11× (no bound)" in screen and "%/yr (no bound)" in screen


def test_rows_left_out_for_one_reason_are_named_together(cli, write):
    table = (
        "省份,年份,产值（亿元）,城镇化率（%）\n四川,2023,1,50\n云南,2023,2,60\n贵州,2023,3,40\n"
        "甘肃,2023,3,40\n甘肃,2022,2,30\n"
    )
    done = cli("compare", write(table), "--by", "年份", "--growth")
    assert (
        "产值 Guizhou, 产值 Yunnan, 产值 Sichuan and 3 more: only 2023 prints it, and silence"
        " is not zero; 城镇化率 Gansu: this is a share, and a share changes by percentage points"
    ) in done.stderr


def test_a_note_names_the_group_without_a_sum(cli, write):
    name = write(
        "省份,时间,税收（亿元）\n云南,2023年一季度,10\n四川,2023年一季度,30\n四川,2023年上半年,61\n"
    )
    done = cli("aggregate", name, "--value", "税收", "--by", "省份", "--stat", "sum",
               "--across", "时间")  # fmt: skip
    assert "no sum for 1 of 2 groups (Sichuan): the periods" in done.stderr


def test_one_is_singular(cli, write):
    name = write("province,place,value\nYunnan,,4\nYunnan,Kunming,2\nSichuan,,6\n")
    done = cli("aggregate", name, "--stat", "sum,count", "--by", "province", "--top", "1")
    assert "1 of 2 groups is shown" in done.stderr
    assert ": 1 figure\n" in done.stderr


def test_stages_in_the_words_of_a_table_are_in_their_order(cli, write, size):
    name = write("省份,阶段,投资额（亿元）\n云南,投产,1\n云南,开工,2\n云南,签约,3\n")
    done = cli("aggregate", name, "--by", "阶段", "--value", "投资额", "--stat", "sum")
    assert [row["阶段"] for row in done.csv] == ["签约", "开工", "投产"]


@pytest.mark.parametrize(
    "text, args",
    [
        ("地区,GDP,人口\n,亿元,万人\n四川,60133,8368\n", ("compare",)),
        (
            "地区,GDP,人口\n,亿元,万人\n四川,60133,8368\n",
            ("aggregate", "--value", "GDP", "--stat", "sum"),
        ),
        ("地区,2022年,2023年\n四川,1,2\n", ("compare", "--by", "年份", "--growth")),
    ],
)
def test_a_table_that_tidy_reads_is_hinted_at_it(cli, write, text, args):
    name = write(text)
    done = cli(args[0], name, *args[1:])
    assert done.code and f"Hint: transfer-cli tidy {name}\n" in done.stderr
    done = cli(args[0], "--data", name, *args[1:])
    assert done.code and f"Hint: transfer-cli tidy {name}\n" in done.stderr
    done = cli(args[0], "-", *args[1:], stdin=text.encode())
    assert done.code and "Hint: transfer-cli tidy -\n" in done.stderr


def test_a_year_of_numbers_and_marks_is_noted(cli, write):
    name = write("省份,2022年,2023年\n四川,1,1400*\n云南,2,-\n贵州,3,50\n甘肃,4,140（预计）\n")
    assert "column '2023年' is not compared: '1400*' is not a number" in cli("compare", name).stderr


def test_words_that_are_no_bounds_are_shown(cli, write):
    name = write("省份,value,unit,bound\n四川,100,亿元,A\n云南,50,亿元,B\n")
    screen = cli("filter", name, tty=True).stdout
    assert "bound" in screen.lower() and " A" in screen


def test_a_command_in_a_note_stands_on_a_line_of_its_own():
    text = "words are checked in a table with figures; to make one of a wide table"
    lines = streams.wrapped(f"{text}: transfer-cli tidy 'a b.csv' -o metrics.csv", 60)
    assert lines[-1] == "  transfer-cli tidy 'a b.csv' -o metrics.csv"
    assert streams.wrapped(text, 200) == [text]
