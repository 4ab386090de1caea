"""A large table is counted and described as a small one is."""

import pytest

HEAD = (
    "id,province,place,place_zh,subject,subject_zh,scope,indicator,industry,status,period,value,"
    "unit,bound,part_of,line,printed,note\n"
)
ROW = "{id},Gansu,,,,,province,tax,,actual,2023,{value},亿元,exact,,1,{value}亿元,\n"
SOUND = "".join(ROW.format(id=f"gs_tax_{n}", value=n + 15) for n in range(30))
LAST = ROW.format(id="last", value=7)


@pytest.mark.parametrize("column", ["province", "value", "category", "nothing"])
def test_values(cli, large, write, column):
    name = write(HEAD + SOUND + LAST)
    assert large("values", column, name) == cli("values", column, name)


@pytest.mark.parametrize("what", ["columns", "indicators", "coverage"])
def test_describe(cli, large, write, what):
    name = write(HEAD + SOUND + LAST.replace(",7,", ",7.50,"))
    asked = ("describe", name, "--what", what, "-f", "csv")
    assert large(*asked) == cli(*asked)
