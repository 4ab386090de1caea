"""Packages of the user: their own schemas and look-ups, and descriptions that are broken."""

import json

import pytest


def describe(tmp_path, package):
    text = package if isinstance(package, str) else json.dumps(package)
    (tmp_path / "datapackage.json").write_text(text, "utf-8")


def resource(**more):
    return {"name": "mine", "path": "mine.csv", **more}


@pytest.mark.parametrize(
    ("package", "told"),
    [
        ("{", "invalid JSON"),
        ("[" * 100_000, "nested too deeply"),
        ("[]", "no resources"),
        ({}, "no resources"),
        ({"resources": []}, "no resources"),
        ({"resources": {"a": 1}}, "no resources"),
        ({"resources": [1]}, "no name"),
        ({"resources": [{"path": "mine.csv"}]}, "no name"),
        ({"resources": [{"name": "mine"}]}, "no path"),
        ({"resources": [{"name": "mine", "data": [1]}]}, "no path"),
        ({"resources": [resource(path="gone.csv")]}, "no file 'gone.csv'"),
        ({"resources": [resource(path="../mine.csv")]}, "leaves the package"),
        ({"resources": [resource(path="/etc/passwd")]}, "leaves the package"),
        ({"resources": [resource(path="a\0b")]}, "leaves the package"),
        ({"resources": [resource(), resource()]}, "occurs twice"),
        ({"resources": [resource(schema={"fields": [{}]})]}, "a field has no name"),
        ({"resources": [resource(schema={"fields": [
            {"name": "a", "constraints": {"pattern": "("}}]})]}, "not a regular expression"),
        ({"resources": [resource(schema={"fields": [
            {"name": "a", "constraints": {"enum": 5}}]})]}, "not of the form"),
        ({"resources": [resource(schema={"fields": [{"name": "a", "constraints": 5}]})]},
         "not of the form"),
        ({"resources": [resource(name=5)]}, "no name"),
        ({"resources": [resource(name=None)]}, "no name"),
        ({"resources": [resource(path="a" * 5000)]}, "no file"),
        ({"resources": [resource(path="\ud800.csv")]}, "no file"),
        ('{"resources": [%s]}' % ("9" * 5000), "invalid JSON"),
        ("\ufeff{", "invalid JSON"),
    ],
)  # fmt: skip
def test_a_broken_description(check, write, tmp_path, package, told):
    write("a,b\n1,2\n", "mine.csv")
    describe(tmp_path, package)
    [found] = [row for row in check(".") if row["file"] == "datapackage.json"]
    assert told in found["problem"]


def test_its_own_schema_holds(check, write, tmp_path):
    write("a,b,c\nx,5,2024-06-30\ny,12,soon\nx,4,\n", "mine.csv")
    fields = [
        {"name": "a", "type": "string", "constraints": {"unique": True}},
        {"name": "b", "type": "integer", "constraints": {"minimum": 5, "maximum": 10}},
        {"name": "c", "type": "date"},
    ]
    describe(tmp_path, {"resources": [resource(schema={"fields": fields, "primaryKey": "a"})]})
    found = [(row["line"], row["column"]) for row in check(".")]
    assert found == [("3", "b"), ("3", "c"), ("4", "a"), ("4", "b")]


def test_a_key_of_two_columns(check, write, tmp_path):
    write("a,b\nx,1\nx,2\nx,1\n", "mine.csv")
    fields = [{"name": "a"}, {"name": "b"}]
    schema = {"fields": fields, "primaryKey": ["a", "b"]}
    describe(tmp_path, {"resources": [resource(schema=schema)]})
    assert [row["line"] for row in check(".")] == ["4"]


def test_what_is_no_csv_is_left_out_with_a_note(cli, write, tmp_path):
    write("%PDF-1.7", "mine.pdf")
    describe(tmp_path, {"resources": [resource(path="mine.pdf")]})
    assert "was not checked" in cli("check", ".").stderr


def test_look_ups_beside_a_table_extend_ours(check, write, metrics_text):
    name = write(metrics_text({"unit": "亿欧元", "indicator": "exports"}), "metrics.csv")
    assert {row["column"] for row in check(name)} == {"unit", "indicator"}
    write("unit,dimension,base_unit,factor,label,symbol\n亿欧元,money_eur,欧元,100000000,,\n",
          "units.csv")  # fmt: skip
    write(
        "indicator,category,label,label_zh,kind,adds_across,unit,per,counts,better,minimum,maximum"
        "\nexports,output,Exports,出口额,flow,place,亿欧元,,,high,0,\n",
        "indicators.csv",
    )
    assert check(name) == []
    assert check(".") == []


@pytest.mark.parametrize("name", [5, None, "", "a b", [1]])
def test_the_name_of_a_package_is_free(check, write, tmp_path, name):
    write("a,b\n1,2\n1,2,3\n", "mine.csv")
    describe(tmp_path, {"name": name, "resources": [resource()]})
    assert [row["line"] for row in check(".")] == ["3"]


def test_a_description_that_is_no_utf_8(check, write):
    write(b"{\xff}", "datapackage.json")
    [found] = check(".")
    assert found["problem"] == "not UTF-8 text"


@pytest.mark.parametrize("lookup", ["units", "indicators", "industries"])
def test_a_look_up_that_is_no_utf_8_is_a_finding_and_does_not_hold(
    check, write, metrics_text, lookup
):
    name = write(metrics_text({"unit": "furlong"}), "metrics.csv")
    key = {"units": "unit", "indicators": "indicator", "industries": "industry"}[lookup]
    write(f"{key},label\n\xff\xfe,x\n".encode("latin-1"), f"{lookup}.csv")
    found = {(row["file"], row["problem"]) for row in check(name)}
    assert found == {
        (f"{lookup}.csv", "neither UTF-8 nor GB18030 text"),
        ("metrics.csv", "unknown unit 'furlong'"),
    }
    assert {row["file"] for row in check(".")} == {f"{lookup}.csv", "metrics.csv"}


def test_a_factor_of_zero(check, write, metrics_text):
    name = write(metrics_text({}), "metrics.csv")
    write("unit,dimension,base_unit,factor,label,symbol\nfurlong,length,米,0,,\n", "units.csv")
    [found] = check(name)
    assert found["file"] == "units.csv"
    assert "factor" in found["problem"] + found["column"]


@pytest.mark.parametrize("factor", ["lots", "nan", "1e999999999", "", "0x10"])
def test_a_broken_look_up_is_a_finding_and_does_not_hold(check, write, factor, metrics_text):
    name = write(metrics_text({"unit": "furlong"}), "metrics.csv")
    write(f"unit,dimension,base_unit,factor,label,symbol\nfurlong,length,米,{factor},,\n",
          "units.csv")  # fmt: skip
    found = {(row["file"], row["column"]) for row in check(name)}
    assert found == {("units.csv", "factor"), ("metrics.csv", "unit")}


def test_the_look_ups_of_one_directory_do_not_hold_in_another(check, write, tmp_path, metrics_text):
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        write(metrics_text({"unit": "furlong"}), f"{name}/metrics.csv")
    write("unit,dimension,base_unit,factor,label,symbol\nfurlong,money_f,f,1,,\n",
          "one/units.csv")  # fmt: skip
    assert {row["file"] for row in check("one", "two")} == {"two/metrics.csv"}
    assert check() == []
