"""Which rows a condition keeps, in what order, and what is said about the rest."""

import pytest


@pytest.mark.parametrize(
    ("conditions", "ids"),
    [
        (("--category", "tax", "--min", "1亿元"), ["2023", "2024q1"]),
        (("--category", "tax", "--max", "5000万元"), ["2020"]),
        (("--category", "tax", "--max", "50000万元"), ["2020", "2024q1"]),
        (("--category", "tax", "--period", "2024"), ["2024q1"]),
        (("--category", "tax", "--period", "2024-S1"), ["2024q1"]),
        (("--category", "tax", "--period", "2020/2023"), ["2020", "2023"]),
        (("--category", "tax", "--period", "2020,2023"), ["2020", "2023"]),
        (("--search", "入库", "--category", "tax"), []),
        (("--category", "tax", "--where", "unit == '万元'"), ["2020"]),
        (("--category", "tax", "--limit", "1"), ["2020"]),
        (("--category", "tax", "--sort", "-value"), ["2023", "2024q1", "2020"]),
        (("--category", "tax", "--sort", "value"), ["2020", "2024q1", "2023"]),
        (("--category", "tax", "--sort", "-period"), ["2024q1", "2023", "2020"]),
    ],
    ids=" ".join,
)
def test_tax(cli, conditions, ids):
    done = cli("filter", *conditions)
    assert done.code == 0, done.stderr
    assert [name.removeprefix("yn_wenshan_aluminium_tax_") for name in done.ids] == ids


def test_a_bound_is_not_overlooked_by_a_limit(cli):
    """What is over 1000 is not at most 1000; nearly 2000 is not at least 2000."""
    assert "sc_yibin_pv_investment" not in cli("filter", "--max", "1000亿元").ids
    assert "yn_qujing_eve_jobs" not in cli("filter", "--min", "2000个").ids


def test_a_limit_without_a_unit_across_units_is_said_or_guarded(cli):
    """4780万元 is less than 14.37亿元, so --min 100 must not keep the one and drop the other."""
    done = cli("filter", "--category", "tax", "--min", "100")
    assert done.ids == ["yn_wenshan_aluminium_tax_2020"]
    assert "numbers were compared as printed, whatever their unit" in done.stderr


def test_a_limit_is_told(cli):
    done = cli("filter", "--limit", "3")
    assert len(done.csv) == 3
    assert "3 of 97" in done.stderr


def test_columns_in_the_order_asked_for(cli):
    done = cli("filter", "--columns", "value,id", "--columns", "category", "--limit", "1")
    assert done.stdout.partition("\n")[0] == "value,id,category"


def test_empty_cells_come_last_either_way(cli):
    for key in ("period", "-period", "industry", "-industry", "part_of"):
        cells = [row[key.removeprefix("-")] for row in cli("filter", "--sort", key).csv]
        filled = [cell for cell in cells if cell]
        assert cells == filled + [""] * (len(cells) - len(filled)), key


def test_ties_are_in_the_order_of_ids(cli):
    rows = cli("filter", "--sort", "province").csv
    keys = [(row["province"], row["id"]) for row in rows]
    assert [key for key in keys if key[0] == "Yunnan"] == sorted(
        key for key in keys if key[0] == "Yunnan"
    )


def test_why_nothing_is_left(cli):
    one = cli("filter", "--status", "target", "--province", "Gansu").stderr
    assert "none meets all" in one
    assert "none of the 97" in cli("filter", "--search", "zzz").stderr


def test_the_printed_decimals_are_kept(cli, write):
    name = write("id,value\na,3.30\nb,3.300\n")
    assert cli("filter", name).stdout == "id,value\na,3.30\nb,3.300\n"
    assert [row["value"] for row in cli("filter", name, "--json").json] == ["3.30", "3.300"]


def test_derived_columns(cli):
    rows = cli("filter", "--columns", "indicator,category,region", "--province", "YN").csv
    assert {row["region"] for row in rows} == {"Western"}
    assert {"tax", "jobs"} <= {row["category"] for row in rows}
