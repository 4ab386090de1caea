"""Names of provinces: more forms than those of the look-up table."""

import pytest

from transfer_cli.errors import UsageError
from transfer_cli.messages import speaking
from transfer_cli.model import regions
from transfer_cli.model.vocabulary import provinces


@pytest.mark.parametrize(
    ("name", "forms"),
    [
        ("Yunnan", ["Yunnan", "Yunnan省", "云省", "Yunnan province", "YUNNAN SHENG", "Yun-nan",
                    "yun_nan", "Yun.nan", "YN", "cn-yn", "CN.YN", "530000", "53", "滇"]),
        ("Beijing", ["Beijing市", "京市", "北京"]),
        ("Guangxi", ["广西自治区", "桂", "Guangxi"]),
        ("Shaanxi", ["Sha'anxi", "Sha’anxi"]),
        ("China", ["China", "CN", "CHN", "中国", "全国", "100000", "nation", "National"]),
    ],
)  # fmt: skip
def test_forms_of_a_name(name, forms):
    assert {form: regions.find(form) for form in forms} == dict.fromkeys(forms, name)


@pytest.mark.parametrize("form", ["Yunnanx", "Shani", "省", "市", "自治区", "province", "5", ""])
def test_what_is_no_name(form):
    assert regions.find(form) is None


def test_every_name_of_a_province_the_one_for_display_first():
    assert list(regions.names_of(provinces()["Inner Mongolia"])) == [
        "Inner Mongolia", "内蒙古", "内蒙古自治区", "CN-NM", "NM", "150000", "15", "蒙", "内蒙",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("given", "hint"),
    [("Yunan", "did you mean 'Yunnan'"), ("云男", "did you mean '云南'"),
     ("Atlantis", "list the names with: transfer-cli values province")],
)  # fmt: skip
def test_a_name_that_is_wrong(given, hint):
    with pytest.raises(UsageError, match=f"unknown province '{given}'") as caught:
        regions.resolve(given)
    assert str(caught.value.hint).startswith(hint)


@pytest.mark.parametrize(
    ("name", "chinese"), [("Yunnan", "云南"), ("China", "全国"), ("Mars", "Mars"), ("", "")]
)
def test_names_for_people(name, chinese):
    assert regions.label(name) == name
    with speaking("zh"):
        assert regions.label(name) == chinese
