"""What must stand beside a number on a screen: who, what, when, how much, and its notes."""

import re

import pytest


@pytest.mark.parametrize("columns", [80, 120])
@pytest.mark.parametrize("run", ["filter --category investment", "export --category investment",
                                 "filter"])  # fmt: skip
def test_who_what_when_and_how_much(cli, run, columns):
    screen = cli(*run.split(), tty=True, columns=columns).stdout
    head = screen.splitlines()[1]
    order = [word for word in ("Province", "Place", "Subject", "Status", "Period", "Value", "Unit",
                               "Id") if f" {word}" in head]  # fmt: skip
    assert {"Province", "Status", "Period", "Value", "Unit"} <= {*order}
    assert [head.index(f" {word}") for word in order] == sorted(
        head.index(f" {word}") for word in order
    )
    assert "Indicator" in head or "The same in every row: Indicator Investment" in screen
    assert "total planned for the project (line 28)" in re.sub(r"\s+", " ", screen)
    assert "of the report on industrial transfer" in re.sub(r"\s+", " ", screen)


@pytest.mark.parametrize("columns", [80, 120])
def test_a_project_has_its_province_and_its_notes(cli, columns):
    screen = cli("filter", "projects", "--province", "Sichuan", tty=True, columns=columns).stdout
    assert "Sichuan" in screen and "Chengdu" in screen
    assert "ground broken in March 2024 (line 368)" in screen


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("columns", [80, 120])
def test_rows_that_differ_in_a_hidden_column_only(cli, columns, lang):
    """The three tax payments differ in their period; two rows of jobs in their scope."""
    run = ("aggregate", "--by", "province", "--stat", "sum", "--lang", lang)
    screen = cli(*run, tty=True, columns=columns).stdout
    word = "Tax paid" if lang == "en" else "入库税款"
    rows = [line for line in screen.splitlines() if word in line]
    assert len({re.sub(r"[\d.,]+$", "", row) for row in rows}) == len(rows) == 3
    assert all(len(row) <= columns for row in screen.splitlines())


def test_a_constant_column_gives_way_and_is_named(cli, write):
    rows = "".join(f"Yunnan,{'Kunming ' * 4},investment,signed,202{n},7,亿元,{'x' * 30}{n}\n"
                   for n in range(3))  # fmt: skip
    name = write(f"province,place,indicator,status,period,value,unit,lot\n{rows}")
    screen = cli("filter", name, tty=True, columns=80).stdout
    assert "xxx0" in screen and "xxx2" in screen


def test_a_contrast_keeps_its_levels_and_footnotes(cli):
    screen = cli("compare", "tax", "--by", "period", "--growth", tty=True).stdout
    for words in ("0.478¹", "14.37²", "30.1×", "4780万元, line 284", "Source: metrics, 3 of 97"):
        assert words in screen
    shares = cli("compare", "investment", "--by", "status", "--province", "NM", "--vs", "signed",
                 tty=True, columns=120).stdout  # fmt: skip
    assert "4,573¹" in shares and "0.764×" in shares and "of the 2023 signings" in shares


def test_the_figures_used_are_counted(cli, write):
    head = "id,province,scope,indicator,subject,status,period,value,unit\n"
    rows = "".join(
        f"{p}{i},{p},programme,{i},Event,signed,2023,{v},{u}\n"
        for p in ("Gansu", "Yunnan")
        for i, v, u in (("investment", 10, "亿元"), ("projects", 2, "个"))
    )
    done = cli("compare", write(head + rows, "y.csv"), "investment / projects", tty=True)
    assert "Source: y.csv, 4 of 4 figures." in done.stdout


def test_lines_say_which_text_they_count(cli, write):
    title = "of the report on industrial transfer to western provinces, 2024"
    assert f"lines are {title}" in cli("compare", "tax", tty=True, columns=120).stdout
    assert f"lines are {title}" in cli("calc", "gx_soe_investment").stderr
    assert f"line 342 {title}" in cli("show", "gx_soe_investment", "--json").json[0]["citation"]
    own = write("id,province,indicator,value,unit,line\na,Yunnan,tax,1,亿元,5\n", "own.csv")
    screen = cli("compare", own, "tax", tty=True, columns=120).stdout
    assert "(line 5)" in screen or "line 5" in screen
    assert "report" not in screen
    both = cli("compare", "tax", "--data", "builtin", "--data", own, tty=True, columns=120).stdout
    assert f"lines of builtin are {title}" in re.sub(r"\s+", " ", both)


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        ("nm_signed_projects", "160 projects"),
        ("gs_qingyang_project_officials", "1 person"),
        ("nm_wind_rank", "1st"),
        ("sc_innovation_rank_rise", "2 places"),
        ("sc_innovation_rank + sc_innovation_rank_rise", "12th"),
    ],
)
def test_counts_and_ranks_are_read(cli, expression, text):
    assert cli("calc", expression, tty=True).stdout == f"{text}\n"


def test_a_count_that_is_no_whole_number(cli):
    notes = cli("calc", "sc_chengdu_incubators / sc_chengdu_incubator_share").stderr
    assert "102.5 is not a whole number of incubators: 40% (sc_chengdu_incubator_share) is" in notes
    assert "whole number" not in cli("calc", "nm_signed_projects").stderr
    assert "whole number" not in cli("calc", "nm_signed_investment / nm_signed_projects").stderr


def test_ranks_on_screens(cli):
    assert "10th" in cli("compare", "rank", tty=True).stdout
    assert "10th  place" in cli("filter", "--category", "rank", tty=True, columns=120).stdout
    assert "第10" in cli("compare", "rank", "--lang", "zh", tty=True).stdout


def test_a_row_names_the_indicators_that_it_combines(cli, write, size):
    head = "id,province,scope,indicator,status,period,value,unit,part_of\n"
    rows = ("w,Yunnan,province,enterprises,actual,2023,9,家,\n"
            "a,Yunnan,province,prospects,actual,2023,5,家,w\n"
            "b,Yunnan,province,prospective_institutes,actual,2023,4,家,w\n"
            "t,Yunnan,province,tax,actual,2023,7,亿元,\n")  # fmt: skip
    done = cli("aggregate", write(head + rows), "--across", "indicator", "--stat", "max")
    assert {row["indicator"] for row in done.csv} >= {"tax"}
    assert all(row["indicator"] for row in done.csv)


def test_things_that_stay_apart_are_named(cli):
    done = cli("aggregate", "--category", "jobs", "--status", "actual", "--across",
               "indicator,scope", "--stat", "sum")  # fmt: skip
    if len(done.csv) == 1:  # The rules add posts and persons.
        assert done.csv[0]["indicator"] == "jobs;new_employment"
    else:
        assert [row["indicator"] for row in done.csv] == ["jobs", "new_employment"]
        assert "kept apart, as they measure different things: jobs (posts)" in done.stderr


def test_one_wording_for_what_is_given_up(cli):
    given_up = ("--across", "scope")
    ids = ("yn_longi_jobs", "yn_dehong_textile_jobs")
    by_calc = cli("calc", " + ".join(ids), *given_up).stderr
    by_group = cli("aggregate", "--indicator", "jobs", "--status", "actual", "--stat", "sum",
                   *given_up).stderr  # fmt: skip
    assert "Note: different scope: prefecture, company\n" in by_calc
    assert "Note: different scope: prefecture, company\n" in by_group
