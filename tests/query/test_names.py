"""Options take names in any language, code and spelling, and give the same rows."""

import pytest


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
    rows = cli("filter", "--province", "Yunnan,Sichuan").stdout
    assert cli("filter", "--province", "云南，四川").stdout == rows
    assert cli("filter", "--province", "YN", "--province", "SC").stdout == rows


def test_a_place_of_neither_list_is_corrected(cli, root, size):
    for option, typed, meant in (
        ("--place", "Wenshn", "Wenshan"),
        ("--place", "文山市州", "文山"),
        ("--subject", "Longy Green Energy", "LONGi"),
    ):
        done = cli("filter", str(root / "data/metrics.csv"), option, typed)
        assert done.code == 2
        assert meant in done.stderr


def test_the_users_own_spelling_of_a_province_matches(cli, write, size):
    name = write("id,province\na,云南\nb,Yunnan\nc,yunnan province\nd,山西\ne,陕西\nf,\n")
    assert cli("filter", name, "--province", "530000").ids == ["a", "b", "c"]
    assert cli("filter", name, "--province", "Shanxi").ids == ["d"]
    assert cli("filter", name, "--province", "Shaanxi").ids == ["e"]
