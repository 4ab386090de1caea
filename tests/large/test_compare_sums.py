"""A large table without figures is compared by the sums of its number columns, as a small one."""

import pytest

TABLE = "place,year,code,amount,name,share\n" + "".join(
    f"{place},{2020 + n % 3},{430000 + n},{n}.50,{'' if n % 4 else 'x'},{n}%\n"
    for n in range(30)
    for place in ("昆明市", "Dali", "")
)
OTHER = [
    ("--by", "place"),
    ("--by", "year"),
    ("--by", "place", "--vs", "Dali"),
    ("--by", "nothing"),
    ("--by", "place", "--where", "amount > 5"),
    ("--by", "place", "--where", "amount > 500"),
    ("--by", "name", "--year", "1"),
]


@pytest.mark.parametrize("asked", OTHER, ids=" ".join)
@pytest.mark.parametrize("text", [TABLE, TABLE.replace("0.50", '"0.50"'), "place,a\nx,y\n"])
def test_as_a_small_one(cli, large, write, text, asked):
    name = write(text)
    small = cli("compare", name, *asked)
    assert _without_lines(large("compare", name, *asked)) == _without_lines(small)


def _without_lines(result):
    """Return what a run left behind, without the note that names a line only of a small table."""
    kept = [
        line
        for line in result.stderr.splitlines()
        if "not a number" not in line and "not numbers" not in line
    ]
    return result.stdout, kept, result.code


def test_json(cli, large, write):
    name = write('[{"a": 1},\n {"a": 2}]\n')
    for command in ("filter", "aggregate", "describe"):
        small, big = cli(command, name), large(command, name)
        assert (small, small.code) == (big, 0)


def test_what_is_no_number_is_told(cli, large, write):
    name = write(f"{TABLE}x,2020,430000,5,y,1%\n".replace("29.50", "29.5O"))
    small = cli("compare", name, "--by", "place")
    assert _without_lines(large("compare", name, "--by", "place")) == _without_lines(small)


def test_a_column_with_a_name_of_its_own_is_compared_as_it_is(cli, large, write):
    """The columns into which many are melted take no name of the table's."""
    name = write("province,column,cell,c0,it's {source}\nYunnan,1,2,3,4\nYunnan,10,20,30,40\n")
    for run in (cli, large):
        rows = run("compare", name).csv
        assert [(row["indicator"], row["value"]) for row in rows] == [
            ("column", "11"), ("cell", "22"), ("c0", "33"), ("it's {source}", "44"),
        ]  # fmt: skip


def test_many_columns_are_added_up_at_once(cli, large, write, monkeypatch):
    from transfer_cli.compare import sums

    calls = []
    aggregate = sums.aggregate
    monkeypatch.setattr(sums, "aggregate", lambda *args: calls.append(1) or aggregate(*args))
    name = write("province,a,b,c,d\nYunnan,1,2,3,4\n")
    for run in (cli, large):
        calls.clear()
        assert len(run("compare", name).csv) == 4
        assert calls == [1]


def test_nothing_selected_is_no_error(cli, large, write):
    name = write("province,tax\nYunnan,1\n")
    for run in (cli, large):
        done = run("compare", name, "--where", "tax > 5")
        assert (len(done.csv), done.code) == (0, 0)
        assert "no rows: none of the 1 has" in done.stderr


def test_columns_and_quotients_of_them_are_named(cli, large, write):
    """Per capita is the quotient of the sums of rows that have both; other names are errors."""
    name = write(
        "province,year,gdp,population\nYunnan,2022,28954,4693\nYunnan,2023,30021,4673\n"
        "Sichuan,2023,60000,8000\nSichuan,2023,4000,\n"
    )
    for run in (cli, large):
        assert {row["indicator"] for row in run("compare", name, "gdp").csv} == {"gdp"}
        done = run("compare", name, "gdp / population")
        assert "1 row has no gdp or population and is left out" in done.stderr
        rows = done.csv
        found = {(row["province"], row["year"]): row["value"] for row in rows}
        assert found["Sichuan", "2023"] == "7.5"
        assert found["Yunnan", "2022"].startswith("6.1696")
        wrong = run("compare", name, "gdp / people")
        assert (wrong.code, "choose from gdp, population" in wrong.stderr) == (2, True)


def test_by_period_each_province_has_its_row(cli, large, write):
    """A year for which a province is missing is no growth of the others."""
    name = write("province,year,gdp\nYunnan,2022,1\nYunnan,2023,2\nSichuan,2023,9\n")
    for run in (cli, large):
        rows = run("compare", name, "--by", "year").csv
        assert [(row["province"], row["year"], row["value"]) for row in rows] == [
            ("Yunnan", "2022", "1"), ("Yunnan", "2023", "2"), ("Sichuan", "2023", "9"),
        ]  # fmt: skip
