"""What the columns of a table mean."""

import pytest

from transfer_cli.errors import UsageError
from transfer_cli.messages import speaking
from transfer_cli.model.schema import (
    DERIVED_TITLES,
    NO_SCHEMA,
    PERIODS,
    Field,
    Schema,
    has_figures,
    recognise,
    report_title,
    require,
    schemas,
    written,
)


def test_columns_of_the_built_in_tables():
    metrics, projects = schemas()["metrics"], schemas()["projects"]
    assert metrics.name == "metrics"
    assert metrics.field("province") == Field("province", "string", "Province", "省份")
    assert metrics.field("value") == Field(
        "value", "number", "Value", "数值", unit="unit", bound="bound"
    )
    assert metrics.field("line") == Field("line", "integer", "Line", "行", adds=False)
    assert projects.field("year") == Field("year", "year", "Year", "年份", adds=False)
    jobs, output = projects.field("jobs"), projects.field("output")
    assert (jobs.unit, jobs.bound, jobs.adds) == ("", "jobs_bound", True)
    assert (output.unit, output.bound, output.bound_column) == ("output_unit", "", "output_bound")
    assert jobs.bound_column == "jobs_bound"


def test_a_column_that_no_table_describes():
    assert Schema("", ()) == NO_SCHEMA
    assert NO_SCHEMA.field("own") == Field("own")
    own = Field("own")
    assert (own.type, own.title, own.title_zh, own.unit, own.bound) == ("any", "", "", "", "")
    assert (own.adds, own.heading, own.constant, own.written) == (True, "", "", "own")
    assert own.label() == "own"
    assert Field("own", heading="自有").written == "自有"


def test_titles_of_columns():
    field = Field("n", title="Number", title_zh="数目")
    assert field.label() == "Number"
    derived = {name: (one.type, one.label()) for name, one in DERIVED_TITLES.items()}
    assert derived == {"category": ("string", "Category"), "region": ("string", "Region"),
                       "source": ("string", "Source")}  # fmt: skip
    assert [one.name for one in DERIVED_TITLES.values()] == list(DERIVED_TITLES)
    with speaking("zh"):
        assert field.label() == "数目"
        titles = {name: one.label() for name, one in DERIVED_TITLES.items()}
    assert titles == {"category": "类别", "region": "区域", "source": "来源"}


def test_the_title_of_the_report():
    assert report_title() == "report on industrial transfer to western provinces, 2024"
    with speaking("zh"):
        assert report_title() == "西部省区承接产业转移报告（2024年）"


@pytest.mark.parametrize(
    ("kind", "cells", "numeric"),
    [
        ("any", ["1", "2.5", ""], True),
        ("any", ["1", "x"], False),
        ("any", ["0620"], False),
        ("any", ["", ""], False),
        ("any", [], False),
        ("number", ["x"], True),
        ("integer", ["x"], True),
        ("year", ["x"], True),
        ("string", ["1"], False),
    ],
)
def test_columns_of_numbers(kind, cells, numeric):
    field = Field("n", kind)
    assert field.holds_numbers(cells) is numeric
    assert field.may_hold_numbers is (kind != "string")
    assert field.is_numeric(every_cell_is=numeric) is numeric


@pytest.mark.parametrize(
    ("columns", "name"),
    [
        (["indicator", "value"], "metrics"),
        (["indicator", "value", "x"], "metrics"),
        (["indicator"], ""),
        (["value"], ""),
        (["project", "investment"], "projects"),
        (["project", "investment", "x"], "projects"),
        (["project"], ""),
        (["investment"], ""),
        ([], ""),
    ],
)
def test_the_table_that_columns_follow(columns, name):
    assert recognise(columns).name == name
    assert has_figures(columns) is (name == "metrics")


@pytest.mark.parametrize(
    ("columns", "companions"),
    [
        (["a", "a_unit"], {"a": ("a_unit", "")}),
        (["a", "a_bound", "x"], {"a": ("", "a_bound")}),
        (["value", "unit", "bound"], {"value": ("unit", "bound")}),
        (["value", "value_unit", "unit"], {"value": ("value_unit", "")}),
        (["a", "unit", "bound", "x", ""], {}),
    ],
)
def test_columns_of_units_and_bounds(columns, companions):
    fields = recognise(columns).fields
    assert {one.name: (one.unit, one.bound) for one in fields} == companions


OWN = Schema(
    "",
    (
        Field("province", heading="省份"),
        Field("value", unit="unit", heading="值（元）"),
        Field("unit", constant="元"),
    ),
)


def test_columns_by_their_headings():
    assert written(["province", "value", "unit", "note"], OWN) == ["省份", "值（元）", "note"]
    assert OWN.headings == {"省份": "province", "值（元）": "value"}
    assert OWN.constants == {"unit": "元"}


@pytest.mark.parametrize(
    ("name", "hint"),
    [("units", "choose from 省份, 值（元）, note"), ("provinc", "did you mean 'province'?"),
     ("notes", "did you mean 'note'?")],
)  # fmt: skip
def test_a_column_that_a_table_lacks(name, hint):
    columns = ["province", "value", "unit", "note"]
    require(columns, columns, OWN)
    with pytest.raises(UsageError, match=f"unknown column '{name}'") as caught:
        require(columns, ["note", name], OWN)
    assert caught.value.hint == hint


def test_the_columns_of_periods():
    assert PERIODS == ("period", "year")
