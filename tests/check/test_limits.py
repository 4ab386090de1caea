"""A figure outside the plausible bounds of its indicator, whatever its unit and bound."""

import pytest

SHARE = {"indicator": "gdp_share", "unit": "%"}
RANK = {"indicator": "national_rank", "unit": "位"}


@pytest.mark.parametrize(
    "row",
    [
        {**SHARE, "value": "100.1"},
        {**SHARE, "value": "-1"},
        {**SHARE, "value": "100", "bound": "over"},
        {**SHARE, "value": "0", "bound": "under"},
        {**SHARE, "value": "5", "unit": "亿元"},
        {**RANK, "value": "0"},
        {**RANK, "value": "3", "unit": "家"},
        {"value": "-3"},
        {"indicator": "projects", "unit": "个", "value": "-1", "bound": "about"},
    ],
)
def test_beyond(rows, row):
    [found] = rows(row)
    assert found["column"] in ("value", "unit")


@pytest.mark.parametrize(
    "row",
    [
        {**SHARE, "value": "100"},
        {**SHARE, "value": "100", "bound": "nearly"},
        {**SHARE, "value": "0"},
        {**RANK, "value": "1"},
        {"indicator": "output_growth", "unit": "%", "value": "-250.5"},
        {"indicator": "growth_contribution", "unit": "%", "value": "130"},
        {"indicator": "trade", "unit": "亿美元", "value": "3"},
        {"value": "0"},
    ],
)
def test_within(rows, row):
    assert rows(row) == []
