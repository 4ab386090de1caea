"""Words of options that are joined by commas."""

import pytest

from transfer_cli.model.columns import split


@pytest.mark.parametrize(
    ("values", "columns", "names"),
    [
        (None, [], []),
        (["a"], [], ["a"]),
        (["a,b", "c"], [], ["a", "b", "c"]),
        ([" a ，-b,, "], [], ["a", "-b"]),
        (["a,b,c"], ["a,b", "c"], ["a,b", "c"]),
        (["a,b,c,a"], ["a,b", "b,c", "a"], ["a,b", "c", "a"]),
        (["a,b,c"], ["a", "a,b", "a,b,c"], ["a,b,c"]),
        (["x,y,-a,b"], ["a,b"], ["x", "y", "-a,b"]),
        (["甲，乙, 丙，,-丁 "], ["甲，乙"], ["甲，乙", "丙", "-丁"]),
        (["a,c"], ["a,b"], ["a", "c"]),
        (None, ["a,b"], []),
        ([""], ["a,b"], []),
    ],
)
def test_names_joined_by_commas(values, columns, names):
    assert split(values, columns) == names
