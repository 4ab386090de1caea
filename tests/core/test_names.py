"""Names match in any language and code; 陕西 and 山西 are never confused."""

import pytest
from transfer_cli.model.lookups import indicators, industries

from transfer_cli.errors import UsageError
from transfer_cli.model import names, regions
from transfer_cli.model.codelists import CATEGORIES, SCOPES, STATUSES

COLUMNS = ("province", "iso_3166_2", "gb_2260", "name_zh", "name_zh_full")


def test_a_province_by_every_name_and_code(tables):
    assert len(tables["provinces"]) == 34
    for row in tables["provinces"]:
        forms = [row[name] for name in COLUMNS] + row["abbreviation"].split("/")
        forms += [row["iso_3166_2"].removeprefix("CN-"), row["gb_2260"][:2]]
        for form in forms:
            for typed in (form, form.lower(), form.upper(), f" {form} "):
                assert regions.resolve(typed) == row["province"], typed


def test_shaanxi_and_shanxi():
    for typed in ("陕西", "陕西省", "陕", "秦", "Shaanxi", "SN", "CN-SN", "610000", "61"):
        assert regions.resolve(typed) == "Shaanxi"
    for typed in ("山西", "山西省", "晋", "Shanxi", "SX", "CN-SX", "140000", "14"):
        assert regions.resolve(typed) == "Shanxi"


def test_looser_forms():
    for typed in (
        "inner-mongolia",
        "InnerMongolia",
        "NM",
        "内蒙",
        "内蒙古自治区",
        "Inner  Mongolia",
    ):
        assert regions.resolve(typed) == "Inner Mongolia"
    for typed in ("Yunnan Province", "yunnan province", "Yunnan Sheng", "cn-yn", "CN YN"):
        assert regions.resolve(typed) == "Yunnan"
    for typed in ("China", "中国", "全国", "CN", "national"):
        assert regions.resolve(typed) == "China"


@pytest.mark.parametrize("typed", ["", " ", "省", "西", "Yunan", "5300", "530001", "Shan"])
def test_what_is_no_province(typed):
    assert regions.find(typed) is None
    with pytest.raises(UsageError) as told:
        regions.resolve(typed)
    assert told.value.hint


def test_codes_and_labels_of_closed_lists():
    lists = {
        "indicator": {code: (row.label, row.label_zh) for code, row in indicators().items()},
        "industry": {code: (row.label, row.label_zh) for code, row in industries().items()},
        "category": {code: (zh,) for code, zh in CATEGORIES.items()},
        "status": {code: (zh,) for code, zh in STATUSES.items()},
        "scope": {code: (zh,) for code, zh in SCOPES.items()},
    }
    for column, entries in lists.items():
        for code, others in entries.items():
            for typed in (code, code.upper(), code.replace("_", " "), *others):
                assert names.resolve(column, typed) == code, (column, typed)


def test_no_label_means_two_things():
    for rows in (indicators(), industries()):
        for language in ("label", "label_zh"):
            labels = [names.fold(getattr(row, language)) for row in rows.values()]
            assert len(labels) == len(set(labels))


@pytest.mark.parametrize(
    ("option", "forms"),
    [
        ("--province", ["Yunnan", "云南", "云南省", "云", "滇", "YN", "CN-YN", "530000", "yunnan"]),
        ("--place", ["Wenshan", "wenshan", "文山", "文山州", "文山壮族苗族自治州"]),
        ("--place", ["Jiuquan", "酒泉", "酒泉市"]),
        ("--place", ["Leshan High-tech Zone", "leshan", "乐山", "乐山高新区"]),
        ("--subject", ["LONGi Green Energy", "longi", "隆基", "隆基绿能"]),
        ("--indicator", ["tax", "Tax paid", "TAX", "入库税款"]),
        ("--industry", ["photovoltaics", "Silicon and photovoltaics", "硅光伏"]),
        ("--status", ["signed", "Signed", "签约"]),
        ("--category", ["jobs", "JOBS", "就业"]),
        ("--scope", ["zone", "园区"]),
    ],
)
def test_every_form_gives_the_same_rows(cli, option, forms):
    answers = [cli("filter", option, form) for form in forms]
    assert [done.stderr for done in answers if done.code] == []
    assert {done.stdout for done in answers} == {answers[0].stdout}
    assert 0 < len(answers[0].csv) < 97


def test_several_names_are_joined_by_commas_of_either_kind(cli):
    told = cli("filter", "--province", "Yunnan,Sichuan").stdout
    assert cli("filter", "--province", "云南，四川").stdout == told
    assert cli("filter", "--province", "YN", "--province", "SC").stdout == told


def test_a_place_of_neither_list_is_corrected(cli):
    for option, typed, meant in (
        ("--place", "Wenshn", "Wenshan"),
        ("--place", "文山市州", "文山"),
        ("--subject", "Longy Green Energy", "LONGi"),
    ):
        done = cli("filter", option, typed)
        assert done.code == 2
        assert meant in done.stderr


def test_the_users_own_spelling_of_a_province_matches(cli, write):
    name = write("id,province\na,云南\nb,Yunnan\nc,yunnan province\nd,山西\ne,陕西\nf,\n")
    assert cli("filter", name, "--province", "530000").ids == ["a", "b", "c"]
    assert cli("filter", name, "--province", "Shanxi").ids == ["d"]
    assert cli("filter", name, "--province", "Shaanxi").ids == ["e"]
