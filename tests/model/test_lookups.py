"""The files of look-up tables."""

import pytest

from transfer_cli.errors import DataError
from transfer_cli.model import lookups

COLUMNS = {
    "indicators": ["indicator", "kind", "adds_across", "label", "label_zh", "category"],
    "units": ["unit", "factor", "base_unit", "dimension", "label", "symbol"],
    "industries": ["industry", "label", "label_zh"],
}
UNITS = "unit,dimension,base_unit,factor,label,symbol"


def write(path, text, encoding="utf-8"):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode(encoding))
    return path


def files(directory, name="units"):
    return list(lookups.look_up_files([directory], name))


@pytest.mark.parametrize("name", COLUMNS)
def test_a_look_up_has_its_key_and_another_column(tmp_path, name):
    key, *others = COLUMNS[name]
    for other in others:
        path = write(tmp_path / f"{name}.csv", f"x,{key},{other}\n")
        assert files(tmp_path, name) == [path]
    for header in (key, ",".join(others), f"{key},x", f"{key}x,{others[0]}", f"{key},{others[0]}x"):
        write(tmp_path / f"{name}.csv", f"{header}\n1,2\n")
        assert files(tmp_path, name) == []


@pytest.mark.parametrize(
    ("header", "encoding"),
    [('"unit", "factor"\r\n', "utf-8"), ("unit,factor", "utf-8"), ("unit,factor\n", "utf-8-sig"),
     ("factor,标签,unit\n", "gb18030")],
)  # fmt: skip
def test_headers_of_look_ups(tmp_path, header, encoding):
    path = write(tmp_path / "units.csv", header, encoding)
    assert files(tmp_path) == [path]


def test_every_directory_may_have_one(tmp_path):
    path = write(tmp_path / "b/units.csv", UNITS)
    (tmp_path / "a/units.csv").mkdir(parents=True)
    assert list(lookups.look_up_files([tmp_path / "a", tmp_path / "b"], "units")) == [path]


def test_a_link_out_of_the_directory_is_not_read(tmp_path):
    target = write(tmp_path / "out/units.csv", UNITS)
    inside = write(tmp_path / "in/others.csv", UNITS)
    (tmp_path / "in/units.csv").symlink_to(inside)
    assert files(tmp_path / "in") == [tmp_path / "in/units.csv"]
    (tmp_path / "in/units.csv").unlink()
    (tmp_path / "in/units.csv").symlink_to(target)
    with pytest.raises(DataError, match=r"is a link to a file in another directory") as caught:
        files(tmp_path / "in")
    assert caught.value.hint == "put the file itself there, or rename the link"


def test_rows_of_the_user_come_behind_the_built_in_ones(tmp_path):
    built_in = list(lookups.rows("units", []))
    path = write(
        tmp_path / "units.csv", f"{UNITS}\n筐,b,筐,1,baskets,baskets\n袋,b,袋,1,bags,bags\n"
    )
    own = list(lookups.rows("units", [tmp_path]))[len(built_in) :]
    assert [(place, row["unit"]) for place, row in own] == [
        (f"{path}:2", "筐"),
        (f"{path}:3", "袋"),
    ]
    assert list(lookups.rows("units", [lookups.data_directory()])) == built_in


def test_a_column_that_came_later_may_be_missing(tmp_path):
    write(tmp_path / "industries.csv", "industry,label,label_zh\ntea,Tea,茶\n")
    assert list(lookups.rows("industries", [tmp_path]))[-1][1]["industry"] == "tea"
    header = "indicator,category,label,label_zh,kind,adds_across,unit,per,counts,better"
    write(tmp_path / "indicators.csv", f"{header},minimum,maximum\ntea{',' * 11}\n")
    assert list(lookups.rows("indicators", [tmp_path]))[-1][1]["indicator"] == "tea"
    write(tmp_path / "indicators.csv", "indicator,category\ntea,output\n")
    with pytest.raises(DataError, match=r"indicators.csv:1: column 'label' is missing"):
        list(lookups.rows("indicators", [tmp_path]))


@pytest.mark.parametrize(
    ("row", "message", "hint"),
    [
        ("筐,b,筐,1,x", ":2: a field is missing or left over", "give the row as many"),
        ("筐,b,筐,1,x,y,z", ":2: a field is missing or left over", "give the row as many"),
        ("筐,b,筐,1,x\0,y", ":2: a NUL character: not text", "remove the character"),
        ("筐,b,筐,1,x\0,y,z", ":2: a field is missing or left over", "give the row as many"),
        ('筐,b,筐,1,"x"y,z', " is not a CSV file in UTF-8: ", "save it as CSV in UTF-8"),
        ('筐,b,筐,1,"x', " is not a CSV file in UTF-8: ", "save it as CSV in UTF-8"),
    ],
)
def test_rows_that_are_broken(tmp_path, row, message, hint):
    path = write(tmp_path / "units.csv", f"{UNITS}\n{row}\n")
    with pytest.raises(DataError) as caught:
        list(lookups.rows("units", [tmp_path]))
    assert str(caught.value).startswith(f"{path}{message}")
    assert str(caught.value.hint).startswith(hint)


def test_a_look_up_in_another_encoding(tmp_path):
    write(tmp_path / "units.csv", f"{UNITS}\n筐,b,筐,1,x,y\n", "gb18030")
    with pytest.raises(DataError, match="is not a CSV file in UTF-8"):
        list(lookups.rows("units", [tmp_path]))


def test_a_field_may_hold_line_breaks(tmp_path):
    write(tmp_path / "units.csv", f'{UNITS}\r\n筐,b,筐,1,"a\r\nb",y\r\n', "utf-8-sig")
    place, row = list(lookups.rows("units", [tmp_path]))[-1]
    assert place.endswith("units.csv:3") and row["label"] == "a\r\nb" and row["unit"] == "筐"


def test_built_in_tables():
    columns, rows = lookups.builtin("units")
    assert list(columns) == UNITS.split(",")
    assert rows[0] == dict(zip(columns, ["元", "money", "元", "1", "yuan", "CNY"], strict=True))


def test_where_the_built_in_tables_are(tmp_path, monkeypatch):
    """In the wheel they lie in the package, else at the top of the repository."""
    find = lookups.data_directory.__wrapped__
    source = tmp_path / "src/transfer_cli/model/lookups.py"
    monkeypatch.setattr(lookups, "__file__", str(source))
    with pytest.raises(DataError, match="the built-in tables are missing") as caught:
        find()
    assert caught.value.hint == "reinstall with: pip install transfer-cli"
    top = write(tmp_path / "data/datapackage.json", "{}").parent
    assert find() == top
    package = write(tmp_path / "src/transfer_cli/data/datapackage.json", "{}").parent
    assert find() == package
