"""What means nothing is refused: why, what to type instead, exit 1; and the hint works."""

import shlex

import pytest

REFUSED = {
    "a sum of shares": "aggregate --category share --stat sum",
    "a sum of growth rates": "aggregate --category growth --stat sum",
    "a sum of ranks": "aggregate --category rank --stat sum",
    "a sum over stages": "aggregate --indicator investment --stat sum --across status,scope,period",
    "a sum of projects over all": "aggregate --indicator projects --stat sum"
    " --across status,scope,period",
    "a stock over time": "aggregate --indicator enterprises --stat sum"
    " --across period,status,scope",
    "a sum of unlike indicators": "aggregate --indicator cell_capacity,module_capacity --stat sum"
    " --across indicator --period 2024-06-30",
    "money in GW": "aggregate --indicator tax --stat sum --unit GW",
    "money beside projects": "calc 'nm_signed_investment + nm_signed_projects'",
    "a whole and its part": "calc 'nm_signed_investment + nm_started_investment'",
    "posts and persons": "calc 'yn_longi_jobs + yn_wenshan_aluminium_new_jobs'",
    "cells and modules": "calc 'yn_cell_capacity + yn_module_capacity'",
    "a factory and a power plant": "calc 'nm_renewable_capacity + yn_cell_capacity'",
    "shares added": "calc 'sc_hightech_gdp_share + sc_hightech_land_share'",
    "ranks added": "calc 'nm_minerals_rank + nm_solar_rank'",
    "a quarter against a year": "calc 'growth(yn_wenshan_aluminium_tax_2023,"
    " yn_wenshan_aluminium_tax_2024q1)'",
    "a division by zero": "calc 'nm_signed_projects / 0'",
    "a share of another thing": "calc 'share(nm_started_projects, nm_signed_investment)'",
    "a target beside what is signed": "calc 'sc_leshan_target_investment + sc_yibin_pv_investment'",
    "a result in another dimension": "calc 'nm_signed_investment' --unit GW",
    "a rank across unlike figures": "compare investment --rank",
    "shares of what has no total": "compare investment --share",
    "tax in GW": "compare tax --unit GW",
}


@pytest.fixture(params=REFUSED.values(), ids=REFUSED)
def refused(request, cli):
    done = cli(*shlex.split(request.param))
    assert (done.code, done.stdout) == (1, ""), done
    return done


def test_the_reason_and_the_hint(refused):
    lines = refused.stderr.splitlines()
    assert [line.partition(" ")[0] for line in lines][-2:] == ["Error:", "Hint:"]
    assert "should not have happened" not in refused.stderr


def test_the_hint_typed_as_it_stands_works(refused, cli):
    hint = refused.stderr.rpartition("Hint: ")[2].strip()
    if "transfer-cli " not in hint:
        assert any(word in hint for word in ("--", "use ", "divide", "choose", "ask")), hint
        return
    words = shlex.split(hint[hint.index("transfer-cli ") :])
    done = cli(*words[1:])
    assert done.code == 0, (hint, done.stderr)


def test_there_are_at_least_20_kinds():
    assert len(REFUSED) >= 20
