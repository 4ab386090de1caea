"""What an analyst asks of the report has one honest answer, and a caveat that stands beside it."""

import json

import pytest

ANSWERS = {
    "nm_started_projects / nm_signed_projects": ("0.86875", "exact"),
    "share(nm_started_projects, nm_signed_projects)": ("86.875", "exact"),
    "share(nm_started_investment, nm_signed_investment)": ("76.42", "exact"),
    "share(nm_completed_investment, nm_signed_investment)": ("8.169", "exact"),
    "growth(yn_wenshan_aluminium_tax_2020, yn_wenshan_aluminium_tax_2023)": ("2906.", "exact"),
    "cagr(yn_wenshan_aluminium_tax_2020, yn_wenshan_aluminium_tax_2023)": ("210.9", "exact"),
    "yn_wenshan_aluminium_tax_2023 / yn_wenshan_aluminium_tax_2020": ("30.06", "exact"),
    "gx_industry_growth_2024 - gx_industry_growth_lead": ("6.3", "exact"),
    "gx_soe_investment / gx_soe_agreements": ("72.22", "over"),
    "sc_yibin_pv_investment / sc_yibin_pv_projects": ("50", "unknown"),
    "sc_hightech_gdp_share / sc_hightech_land_share": ("43.25", "over"),
    "gz_qdn_prospects - gz_qdn_prospects_institutes": ("630", "exact"),
}
CAVEATS = {
    "gx_soe_investment / gx_soe_agreements": "agreements, not projects",
    "sc_hightech_gdp_share / sc_hightech_land_share": "year not printed",
    "sc_chengdu_innovation_platforms / sc_chengdu_innovation_platform_share": "rounded",
    "gz_qdn_prospects / 1": "prospects, not investors",
    "yn_qujing_eve_jobs / yn_qujing_eve_lines": "once all six lines run",
}


@pytest.mark.parametrize(("expression", "answer"), ANSWERS.items(), ids=ANSWERS)
def test_answers(cli, expression, answer):
    done = cli("calc", expression, "--json")
    assert done.code == 0, done.stderr
    found = json.loads(done.stdout, parse_float=str, parse_int=str)
    assert found["value"].startswith(answer[0])
    assert found["bound"] == answer[1]
    assert found["figures"]


@pytest.mark.parametrize(("expression", "caveat"), CAVEATS.items(), ids=CAVEATS)
def test_caveats(cli, expression, caveat):
    done = cli("calc", expression, "--json")
    assert done.code == 0
    assert caveat in done.stderr
    assert any(caveat in note for note in json.loads(done.stdout)["notes"])


def test_what_guizhou_signed_is_not_printed(cli):
    done = cli("filter", "--province", "贵州", "--status", "signed")
    assert (done.code, done.csv) == (0, [])
    assert "no rows" in done.stderr
    assert cli("filter", "--province", "贵州", "--status", "在谈").ids == [
        "gz_qdn_negotiating_projects",
        "gz_qdn_negotiating_investment",
    ]


def test_only_yunnan_prints_jobs(cli):
    screen = cli("compare", "jobs", tty=True).stdout
    assert "Nothing printed for: Gansu, Guizhou, Inner Mongolia, Guangxi, Sichuan" in screen
    assert " 0 " not in screen


def test_the_largest_project_printed(cli):
    rows = cli("filter", "projects", "--sort", "-investment").csv
    assert (rows[0]["id"], rows[0]["investment_bound"]) == ("sc_boe", "about")
    assert rows[-1]["investment"] == ""


def test_leshan_and_yibin_stand_side_by_side(cli):
    done = cli("compare", "investment", "--province", "Sichuan", "--wide")
    rows = [row for row in done.csv if row["scope"] == "zone"]
    assert {(row["status"], row["Sichuan"]) for row in rows} == {
        ("target", "860"), ("signed", ">1000")}  # fmt: skip


def test_a_whole_and_its_parts_of_qiandongnan(cli):
    done = cli("show", "gz_qdn_prospects", tty=True)
    assert "812" in done.stdout
    assert "182 institutes and associations" in " ".join(done.stdout.split())
