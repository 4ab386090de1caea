"""provinces.csv against pycountry (ISO 3166-2) and the form of GB/T 2260."""

import re

import pytest

REGIONS_OF_CODES = {"1": 5, "2": 3, "3": 7, "4": 6, "5": 5, "6": 5, "7": 1, "8": 2}


@pytest.fixture
def provinces(tables):
    return tables["provinces"]


def test_the_34_of_iso_3166_2(provinces):
    pycountry = pytest.importorskip("pycountry")
    known = {entry.code: entry.name for entry in pycountry.subdivisions.get(country_code="CN")}
    assert {row["iso_3166_2"] for row in provinces} == set(known)
    assert len(provinces) == 34
    odd = {"Inner Mongolia": "Nei Mongol", "Tibet": "Xizang", "Hong Kong": "Hong Kong",
           "Macao": "Macao"}  # fmt: skip
    for row in provinces:
        assert known[row["iso_3166_2"]].startswith(odd.get(row["province"], row["province"]))


def test_the_codes_of_gb_2260(provinces):
    codes = [row["gb_2260"] for row in provinces]
    assert all(re.fullmatch(r"[1-8]\d0000", code) for code in codes)
    assert codes == sorted(set(codes))
    assert {first: sum(c[0] == first for c in codes) for first in REGIONS_OF_CODES} == (
        REGIONS_OF_CODES
    )


def test_chinese_names(provinces):
    for row in provinces:
        assert row["name_zh_full"].startswith(row["name_zh"])
        assert re.search(r"(省|市|自治区|特别行政区)$", row["name_zh_full"])
        assert all(1 <= len(short) <= 2 for short in row["abbreviation"].split("/"))


def test_no_name_means_two_provinces(provinces):
    from transfer_cli.model import vocabulary
    from transfer_cli.model.regions import names_of

    names = [name for row in vocabulary.provinces().values() for name in {*names_of(row)}]
    assert len(names) == len(set(names))


def test_the_six_are_western(provinces):
    from transfer_cli.model.codelists import PROVINCES

    region = {row["province"]: row["region"] for row in provinces}
    assert {region[name] for name in PROVINCES} == {"Western"}
    assert sum(value == "Western" for value in region.values()) == 12
