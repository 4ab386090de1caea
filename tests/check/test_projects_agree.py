"""A figure that stands in projects and in metrics is one figure."""

import pytest


@pytest.mark.parametrize(
    ("project", "cells", "column"),
    [
        ("sc_boe", {"investment": "631"}, "investment"),
        ("sc_boe", {"investment_unit": "万元"}, "investment_unit"),
        ("sc_boe", {"investment_bound": "exact"}, "investment_bound"),
        ("sc_boe", {"investment_bound": ""}, "investment_bound"),
        ("sc_boe", {"province": "Yunnan"}, "province"),
        ("sc_heguang", {"capacity": "17"}, "capacity"),
        ("sc_heguang", {"capacity": ""}, "capacity"),
        ("sc_heguang", {"capacity_unit": ""}, "capacity_unit"),
        ("gs_jiuquan_base", {"capacity": "100"}, "capacity"),
        ("gs_jiuquan_base", {"output": "15"}, "output"),
        ("yn_qujing_eve", {"jobs": "2001"}, "jobs"),
        ("yn_qujing_eve", {"jobs_bound": "over"}, "jobs_bound"),
    ],
)
def test_a_difference(check, package, project, cells, column):
    package.alter("projects", project, **cells)
    found = check("mine")
    assert {row["file"] for row in found} == {"mine/projects.csv"}
    assert column in {row["column"] for row in found}


def test_jobs_are_plain_posts(check, package):
    package.alter("metrics", "yn_qujing_eve_jobs", value="1.6", unit="万个")
    package.alter("projects", "yn_qujing_eve", jobs="16000")
    assert check("mine") == []


def test_the_longer_id_leads(check, package):
    """gs_jiuquan_base is not part of a project gs_jiuquan, whatever their ids begin with."""
    text = (package.home / "projects.csv").read_text("utf-8")
    new = text.splitlines()[1].replace("gs_jiuquan_base,Gansu", "gs_jiuquan,Yunnan")
    (package.home / "projects.csv").write_text(f"{text}{new}\n", "utf-8")
    assert check("mine") == []
