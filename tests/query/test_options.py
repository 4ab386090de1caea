"""The filter options as conditions, in pandas and in DuckDB."""

import pytest

from query_rows import rows
from transfer_cli.errors import UsageError
from transfer_cli.query.condition import EVERY_ROW
from transfer_cli.query.options import condition

FIGURES = rows(
    "id,province,place,place_zh,subject,indicator,status,period,value,unit,bound",
    (
        "a",
        "Yunnan",
        "Wenshan",
        "文山州",
        "LONGi",
        "tax",
        "actual",
        "2023",
        "14.37",
        "亿元",
        "exact",
    ),
    ("b", "云南省", "Qujing", "曲靖", "", "tax", "actual", "2024/01", "4780", "万元", "over"),
    ("c", "Gansu", "", "", "", "capacity", "signed", "2024-Q1", "120", "万吨", "exact"),
    ("d", "山西", "", "", "", "gdp", "Signed", "soon", "1000", "亿元", "nearly"),
    ("e", "陕西", "", "", "", "gdp", "签约", "", "", "亿元", ""),
)


def ids(table=FIGURES, **words):
    """Return the ids of the rows that the options select, the same in pandas and in DuckDB."""
    stated = condition(table, **words)
    selected = table.in_pandas(stated)
    assert table.in_duckdb(stated) == selected
    return "".join(table.frame["id"].iloc[selected])


def error(table=FIGURES, **words):
    with pytest.raises(UsageError) as caught:
        condition(table, **words)
    assert caught.value.hint
    return caught.value


def test_no_option_is_every_row():
    assert condition(FIGURES) == EVERY_ROW
    assert ids() == "abcde"


def test_codes_by_any_name():
    assert ids(words={"province": ["530000"]}) == "ab"
    assert ids(words={"province": ["滇，Gansu"]}) == "abc"
    assert ids(words={"province": ["Shanxi"]}) == "d"
    assert ids(words={"province": ["陕"]}) == "e"
    assert ids(words={"status": ["Signed"]}) == "cd"
    assert ids(words={"status": ["签约"]}) == "cde"
    assert ids(words={"category": ["税收"]}) == "ab"
    assert ids(words={"indicator": ["tax"], "province": None}) == "ab"


def test_mistakes():
    assert "Yunnan" in error(words={"province": ["Yunan"]}).hint
    assert "empty" in str(error(words={"status": [" ,"]}))
    assert "Wenshan" in error(words={"place": ["Wenshn"]}).hint
    assert "'scope'" in str(error(words={"scope": ["city"]}))
    assert "not a period" in str(error(words={"period": ["soon"]}))
    assert "not a number" in str(error(min="much"))
    assert "not a number" in str(error(min="1,23"))
    assert "unknown unit" in str(error(max="5 furlongs"))
    assert "'value'" in str(error(rows("id,n", ("a", "1")), min="5"))
    assert "category" in str(error(rows("id,n", ("a", "1")), words={"category": ["tax"]}))


def test_free_names_in_either_language():
    assert ids(words={"place": ["文山"]}) == "a"
    assert ids(words={"place": ["wenshan, 曲　靖"]}) == "ab"
    assert ids(words={"subject": ["longi"]}) == "a"


def test_places_with_blanks_and_decomposed_letters():
    table = rows("id,place", ("a", "天　津"), ("b", "　天津"), ("c", "Ürümqi"),
                 ("d", "U\u0308ru\u0308mqi"))  # fmt: skip
    assert ids(table, words={"place": ["天津"]}) == "ab"
    assert ids(table, words={"place": ["Ürümqi"]}) == "cd"


def test_the_subject_of_projects_is_the_project_or_the_company():
    table = rows("id,project,company,investment", ("a", "Cell plant", "LONGi", "5"),
                 ("b", "LONGi park", "", "7"))  # fmt: skip
    assert ids(table, words={"subject": ["longi"]}) == "ab"
    assert ids(table, min="6") == "b"


@pytest.mark.parametrize(
    ("typed", "expected"),
    [("2023", "a"), ("2024", "bc"), ("2024-01", "b"), ("2023/2024", "abc"), ("2023,2024Q1", "abc")],
)
def test_period(typed, expected):
    assert ids(words={"period": [typed]}) == expected


@pytest.mark.parametrize("name", ["period", "year"])
def test_the_column_of_the_period(name):
    table = rows(f"id,{name}", ("a", "2023.0"), ("b", "2024"))
    assert ids(table, words={"period": ["2023"]}) == "a"


def test_search_ignores_case_and_looks_at_derived_columns():
    assert ids(search="wenSHAN") == "a"
    assert ids(search="陕") == "e"
    assert ids(search="OVER") == "b"
    assert ids(search="investment") == ""
    assert ids(search="tax") == "ab"
    assert ids(rows("id,indicator", ("a", "gdp"), ("b", "tax")), search="output") == "a"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ({"min": "1000"}, "b"),
        ({"max": "1000"}, "acd"),
        ({"min": "1000亿元"}, ""),
        ({"max": "1000亿元"}, "abd"),
        ({"min": "14.37亿元"}, "ad"),
        ({"min": "4780万元", "max": "20亿元"}, "ab"),
        ({"max": "4780万元"}, ""),
        ({"min": "10万吨"}, "c"),
        ({"min": "1,000,000,000元"}, "ad"),
        ({"min": "－１"}, "abcd"),
        ({"max": "120", "where": "status == 'signed'"}, "c"),
    ],
)
def test_limits(words, expected):
    """Units convert within a dimension; "nearly 1000" is below 1000, "over 4780" above 4780."""
    assert ids(**words) == expected


def test_all_options_together():
    assert (
        ids(words={"province": ["Yunnan"], "period": ["2023"]}, min="1", where="value < 100") == "a"
    )
