"""The commands ``calc`` and ``show``: the rules through the command line, tables without ids."""

import pytest

PAIR = "gx_soe_investment + nm_signed_investment"
PLAIN = "name,value,unit\na,2,亿元\nb,5000,万元\n"


def test_signed_money_of_two_provinces_in_calc_and_aggregate(cli):
    refused = cli("calc", PAIR)
    assert (refused.code, refused.stdout) == (1, "")
    assert refused.stderr.endswith(f"Hint: transfer-cli calc '{PAIR}' --across period\n")
    selected = ("aggregate", "--category", "investment", "--status", "signed", "--scope",
                "programme", "--stat", "sum")  # fmt: skip
    assert {row["sum"] for row in cli(*selected).csv} == {"1300", "4573"}
    calculated = cli("calc", PAIR, "--across", "period")
    summed = cli(*selected, "--across", "period")
    assert [(row["value"], row["bound"]) for row in calculated.csv] == [("5873", "over")]
    assert [(row["sum"], row["sum_bound"]) for row in summed.csv] == [("5873", "over")]
    for done in (calculated, summed):
        assert "no period is printed for Guangxi: it may overlap the others" in done.stderr


def test_several_columns_are_given_up_at_once(cli):
    total = "sum(gs_jiuquan_base_investment, nm_signed_investment, gx_soe_investment)"
    for given_up in (("--across", "scope,period"), ("--across", "scope", "--across", "period")):
        assert cli("calc", total, *given_up).csv[0]["value"] == "5888"


def test_what_cannot_be_given_up(cli):
    done = cli("calc", PAIR, "--across", "place")
    assert done.code == 2
    assert "--across cannot give up 'place'" in done.stderr
    assert "choose from indicator, status, scope, period, source" in done.stderr


def test_what_is_left_out_is_named_and_not_counted_as_used(cli):
    command = ("calc", "sum(nm_signed_investment, nm_started_investment)", "--across", "status")
    done = cli(*command, "-f", "json")
    assert done.json["figures"] == ["nm_signed_investment"]
    assert "left out, as part of another figure here: nm_started_investment" in done.stderr


def test_a_zone_is_not_added_to_its_city_by_either(cli, write):
    name = write(
        "id,province,place,scope,indicator,status,period,value,unit\n"
        "city,Sichuan,Chengdu,city,tax,actual,2023,10,亿元\n"
        "zone,Sichuan,Chengdu High-tech Zone,zone,tax,actual,2023,4,亿元\n"
    )
    given_up = ("--across", "scope")
    [row] = cli("aggregate", name, "--stat", "sum", *given_up).csv
    assert (row["sum"], row["left_out"]) == ("10", "1")
    [row] = cli("calc", "sum(city, zone)", "--data", name, *given_up).csv
    assert row["value"] == "10"
    refused = cli("calc", "city + zone", "--data", name, *given_up)
    assert refused.code == 1
    assert "zone may lie inside city, which is wider" in refused.stderr


@pytest.mark.parametrize("expression", ["t.csv:2 + t.csv:3", "`t.csv:2` + `t.csv:3`"])
def test_rows_without_ids_go_by_file_and_line(cli, write, expression):
    name = write(PLAIN, "t.csv")
    done = cli("calc", expression, "--data", name)
    assert done.csv[0]["value"] == "2.5"
    assert "Note: t.csv:3 = 5,000 CNY 10k" in done.stderr
    assert cli("show", "t.csv:3", "--data", name).csv[0]["citation"].endswith("[t.csv:3]")
    screen = cli("show", "t.csv:3", "--data", name, tty=True).stdout
    assert screen.startswith("t.csv:3\n")


def test_a_row_that_does_not_exist(cli, write):
    name = write(PLAIN, "t.csv")
    for args in (("calc", "`t.csv:9` * 2"), ("show", "t.csv:9")):
        done = cli(*args, "--data", name)
        assert done.code == 2
        assert "unknown id 't.csv:9'" in done.stderr


def test_whole_numbers_are_exact(cli):
    assert cli("calc", "1234567890123456789 + 1").csv[0]["value"] == "1234567890123456790"
